"""Expressions of time as TIMEX3 has them: kinds, values, modifiers; and which year a day without one is of."""

from __future__ import annotations

import time
from datetime import date, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import times_in
from index.times.timex3 import annotate, inline
from index.types import Span

PUBLISHED = date(2026, 2, 10)  # a Tuesday


def told(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str, str, str]]:
    """What is found in a sentence: words, kind, value, modifier."""
    return [
        (text[one.start : one.end], one.type, one.value, one.mod)
        for one in annotate(text, [Span(0, len(text))], published)
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The dam held for about three weeks.", [("about three weeks", "DURATION", "P3W", "APPROX")]),
        ("It took less than half an hour.", [("less than half an hour", "DURATION", "PT30M", "LESS_THAN")]),
        ("A two-and-a-half-year wait is over.", []),
        ("Farmers waited for months.", [("months", "DURATION", "PXM", "")]),
        ("Prices doubled over the past two years.", [("the past two years", "DURATION", "P2Y", "")]),
        ("Ferries sail every Monday.", [("every Monday", "SET", "XXXX-WXX-1", "")]),
        ("The council meets twice a week.", [("twice a week", "SET", "P1W", "")]),
        ("The annual fair is over.", [("annual", "SET", "P1Y", "")]),
        ("It opens every two months.", [("every two months", "SET", "P2M", "")]),
        ("It burned from 6 to 9 May 2025.",
         [("6", "DATE", "2025-05-06", ""), ("9 May 2025", "DATE", "2025-05-09", "")]),
        ("The war of 1911-14 was short.", [("1911", "DATE", "1911", ""), ("14", "DATE", "1914", "")]),
        ("It opened in late May 2025.", [("late May 2025", "DATE", "2025-05", "END")]),
        ("It closed since May 2025.", [("May 2025", "DATE", "2025-05", "")]),
        ("They met on Monday morning.", [("Monday morning", "TIME", "2026-02-09TMO", "")]),
        ("He left at 9:30 p.m. on Sunday.", [("9:30 p.m. on Sunday", "TIME", "2026-02-08T21:30", "")]),
        ("The doors close at three o'clock Thursday afternoon.",
         [("three o'clock Thursday afternoon", "TIME", "2026-02-12T15:00", "")]),
        ("Sales rose in the year-ago quarter.", [("the year-ago quarter", "DATE", "2024-Q4", "")]),
        ("In fiscal 2025, sales rose.", [("fiscal 2025", "DATE", "2025", "")]),
        ("He was born in nineteen forty-six.", [("nineteen forty-six", "DATE", "1946", "")]),
        ("The mill was built in the nineties.", [("the nineties", "DATE", "199", "")]),
        ("He is in his nineties.", []),
        ("Crews worked on Thanksgiving Day.", [("Thanksgiving Day", "DATE", "2025-11-27", "")]),
        ("It cost three quarters of the budget.", []),
        ("A second attempt failed.", []),
        ('He spoke on the channel\'s "This Week" about it.', []),
    ],
)  # fmt: skip
def test_kinds_and_values(text: str, wanted: list[tuple[str, str, str, str]]) -> None:
    assert told(text) == wanted


@pytest.mark.parametrize(
    ("text", "published", "words", "value"),
    [
        ("The dividend is payable Jan. 2 to holders.", date(2025, 11, 2), "Jan. 2", "2026-01-02"),
        ("The owner could not be reached Wednesday.", PUBLISHED, "Wednesday", "2026-02-04"),
        ("They look for ways around Wednesday's ruling.", PUBLISHED, "Wednesday", "2026-02-04"),
        ("A blast hit the shop next to the bank Friday.", PUBLISHED, "Friday", "2026-02-06"),
        ("The offer runs until 5 p.m. EST Nov. 9.", date(2025, 11, 2), "5 p.m. EST Nov. 9", "2025-11-09T17:00"),
        ("A concert planned for Saturday was cancelled.", date(2025, 10, 26), "Saturday", "2025-10-25"),
        ("The congress was moved from 22 November to 6 December.", date(2025, 11, 5), "22 November", "2025-11-22"),
        ("It rained through October and was dry since.", date(2025, 11, 16), "October", "2025-10"),
        ("He was shot last Oct. 23 at home.", date(2025, 4, 19), "last Oct. 23", "2024-10-23"),
        ("In April and June 1955 the union struck.", PUBLISHED, "April", "1955-04"),
        ("She fled in June 1998 and returned later that year.", PUBLISHED, "later that year", "1998"),
        ("He was freed on 3 May 2024 and shot the next morning.", PUBLISHED, "the next morning", "2024-05-04TMO"),
        ("He confessed in May 2024. That July he was tried.", PUBLISHED, "That July", "2024-07"),
        ("Rain fell on 6 May 2024 and the 13th.", PUBLISHED, "the 13th", "2024-05-13"),
        ("The club, founded in 2001, will move on 3 March.", PUBLISHED, "3 March", "2026-03-03"),
        ("Two days after the vote of 3 May 2025 he left.", PUBLISHED, "Two days after", "2025-05-05"),
    ],
)
def test_which_day_is_meant(text: str, published: date, words: str, value: str) -> None:
    found = {text[one.start : one.end]: one.value for one in times_in(text, published)}
    assert found[words] == value


def test_a_day_goes_on_from_the_year_of_the_sentence_before_if_that_is_years_ago() -> None:
    told_in = {one.value for one in times_in("In January 1945 the armies attacked. On 4 February the leaders met.",
                                             "2025-12-19")}  # fmt: skip
    assert told_in == {"1945-01", "1945-02-04"}


def test_it_does_not_where_the_sentence_before_is_of_now_or_only_names_a_year() -> None:
    text = "The firm was founded in 1987. In March it sold two mills. On Monday it sold the third; in May two follow."
    assert [one.value for one in times_in(text, "2025-04-09")][:2] == ["1987", "2025-03"]


def test_a_year_of_which_several_sentences_tell_is_theirs() -> None:
    text = (
        "Few know how near the town came to vanishing in 1877. The army crossed the river on 2 June. The first assault "
        "came on 19 July. A second, on 7 August, failed. By the end of the month the siege was over."
    )
    values = [one.value for one in times_in(text, "2014-08-04")]
    assert values == ["1877", "1877-06-02", "1877-07-19", "1877-08-07", "1877-08"]


def test_the_date_in_the_text_counts_where_none_is_given() -> None:
    text = "Bridge opens\n\nKARSK, 12 August 2025 — The bridge opened on Monday, the agency said.\n"
    assert [one.value for one in times_in(text)] == ["2025-08-11"]
    assert [one.value for one in times_in("It opened on Monday.")] == [""]


def test_timeml_is_xml_with_the_same_text() -> None:
    text = "Rain & wind <hit> Orlo on\x0b Monday\x00, for two days."
    document = ElementTree.fromstring(inline(text, times_in(text, PUBLISHED), PUBLISHED).split("\n", 1)[1])
    inside = document.find("TEXT")
    assert inside is not None and "".join(inside.itertext()) == text.replace("\x0b", " ").replace("\x00", " ")
    assert [one.get("value") for one in inside] == ["2026-02-09", "P2D"]
    created = document.find("DCT/TIMEX3")
    assert created is not None and created.get("value") == "2026-02-10"


WORDS = st.lists(
    st.sampled_from(
        "the that each every past next last two half a an hour hours day weeks year-ago quarter 3 p.m. 9:30 noon May"
        " 14th 2025 1990s nineteen ninety-six fiscal spring morning of Monday Christmas before after later , . -"
        " – ( 's and"
        .split(" ")
    ),
    max_size=40,
)  # fmt: skip


@given(words=WORDS, published=st.none() | st.dates())
def test_any_row_of_such_words_gives_expressions_that_do_not_overlap(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    end = 0
    for one in annotate(text, [Span(0, len(text))], published):
        assert end <= one.start < one.end <= len(text)
        end = one.end


@pytest.mark.parametrize("words", ["about three weeks and ", "the day before ", "nineteen ninety-six, ", "9 p.m. on "])
def test_a_long_row_of_them_takes_no_time(words: str) -> None:
    text = words * 1500
    began = time.process_time()
    annotate(text, [Span(0, len(text))], PUBLISHED)
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The town was founded twenty-five years ago.", ["2001"]),
        ("The species vanished 1,500 years ago.", ["0526"]),
        ("A hundred and fifty years ago it burned.", ["1876"]),
        ("It was built half a century ago.", [""]),
        ("It will close within two years.", ["P2Y"]),
        ("It grew in the past decade.", ["P1DE"]),
        ("Two were shot at 1 a.m. on Saturday night.", ["2026-02-07T01:00"]),
        ("At 9pm on Saturday, and again at 3 a.m., shots fell.", ["2026-02-07T21:00", "2026-02-07T03:00"]),
        ("The bank warned of a fall in prices and a spring in the cellar.", []),
        ("The ban will last from Monday to Friday.", ["2026-02-16", "2026-02-20"]),
        ("The strike lasted from Thursday to Tuesday.", ["2026-02-05", "2026-02-10"]),
        ("In Tuesday's vote, the bill failed.", ["2026-02-10"]),
        ("Sales for March rose.", ["2025-03"]),
        ("By 2100 the sea will rise.", ["2100"]),
        ("The Sunday Times told of 1500 metres and a ratio of 3:45.", []),
        ("He waited a quarter of an hour.", ["PT15M"]),
        ("It was on 3\u00a0May\u00a02025.", ["2025-05-03"]),
    ],
)
def test_what_a_reader_would_say(text: str, wanted: list[str]) -> None:
    assert [one.value for one in times_in(text, datetime(2026, 2, 13, 12))] == wanted


def test_half_a_character_is_no_fault() -> None:
    assert [one.value for one in times_in("\ud800 on 3 May 2025", PUBLISHED)] == ["2025-05-03"]
    assert "\ufffe" not in inline("\ufffe on 3 May 2025", [])
