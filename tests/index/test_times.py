"""Expressions of time, resolved as an editor would."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.research.timex.__main__ import FILES, Expression, ours, read_gold
from index.times.patterns import PATTERNS, Pattern, matches
from index.times.timex import find_times
from index.types import Span

PUBLISHED = date(2026, 2, 10)


@pytest.mark.parametrize(
    ("sentence", "published", "first", "last"),
    [
        ("Schools will stay closed until 12 January.", date(2026, 1, 3), None, date(2026, 1, 12)),
        ("The road was closed until 12 January.", date(2026, 2, 3), None, date(2026, 1, 12)),
        ("The road remains closed until 12 January.", date(2026, 1, 3), None, date(2026, 1, 12)),
        ("The vote is on 14 December.", date(2025, 10, 6), date(2025, 12, 14), date(2025, 12, 14)),
        ("The deadline is Friday.", date(2025, 10, 6), date(2025, 10, 10), date(2025, 10, 10)),
        ("The toll rises from 30 to 36 crowns from 1 October.", date(2025, 9, 1), date(2025, 10, 1), None),
        ("The toll rose from 30 to 36 crowns on 1 October.", date(2026, 9, 1), date(2025, 10, 1), date(2025, 10, 1)),
        ("The new ferry will not sail before May, the owner said.", date(2025, 3, 4), date(2025, 5, 1), None),
        ("Nobody expects a ruling before 12 April.", date(2025, 3, 4), date(2025, 4, 12), None),
        ("Passes cannot be bought after 20 March.", date(2025, 3, 4), None, date(2025, 3, 20)),
        ("The archive opens no earlier than 3 April.", date(2025, 3, 4), date(2025, 4, 3), None),
        ("The stalls must be gone no later than 3 April.", date(2025, 3, 4), None, date(2025, 4, 3)),
        ("The line did not reopen until 3 February.", date(2025, 3, 4), date(2025, 2, 3), date(2025, 2, 3)),
        ("Since Monday no flour may leave the port.", date(2025, 10, 8), date(2025, 10, 6), date(2025, 10, 8)),
        ("The union will strike, as it has since 3 March.", date(2025, 6, 4), date(2025, 3, 3), date(2025, 6, 4)),
        ("She did not say who had paid before 3 February.", date(2025, 3, 4), None, date(2025, 2, 2)),
    ],
)
def test_what_holds_until_a_day_or_from_it_on(
    sentence: str, published: date, first: date | None, last: date | None
) -> None:
    [timex] = [one for one in find_times(sentence, [Span(0, len(sentence))], published) if one.resolved]
    assert (timex.first, timex.last) == (first, last)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The bank cut its forecast for growth on Monday.", date(2025, 10, 6)),
        ("The ministry put a ban on exports on Monday.", date(2025, 10, 6)),
        ("The town will cut three bus lines on Monday.", date(2025, 10, 13)),
        ("The mill could shut its doors on Monday.", date(2025, 10, 13)),
        ("Rain is forecast for Monday.", date(2025, 10, 13)),
        ("The start had to be moved to 23 September.", date(2025, 9, 23)),
        ("The start was moved to 23 July.", date(2026, 7, 23)),
    ],
)
def test_a_verb_that_is_the_same_in_the_past_tells_the_past_unless_it_is_to_come(sentence: str, day: date) -> None:
    [timex] = find_times(sentence, [Span(0, len(sentence))], date(2025, 10, 8))
    assert timex.first == day


@pytest.mark.parametrize("sentence", ["Her deputy Jan Holt signed it.", "Sunday Okafor, the engineer, resigned."])
def test_who_is_called_like_a_day_is_none(sentence: str) -> None:
    assert find_times(sentence, [Span(0, len(sentence))], date(2025, 1, 15)) == []


@pytest.mark.parametrize("name", FILES)
def test_ninety_five_of_a_hundred_are_exact(name: str) -> None:
    expressions = read_gold(name)
    wrong = [expression for expression in expressions if ours(expression) != expression.days]
    assert len(wrong) <= 0.05 * len(expressions), wrong


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_resolved_that_nothing_dates(name: str) -> None:
    undated = [item for item in read_gold(name) if item.published is None and item.days == "-"]
    assert len(undated) > 3
    assert [item for item in undated if ours(item) != "-"] == []


@pytest.mark.parametrize(
    "text",
    [
        "It was sold on 31 February 2025.",
        "He may resign, and they march on.",
        "It cost 2024 euros and 1,999 people came.",
        "The score was 3-2 after 14:05.",
    ],
)
def test_false_friends_are_left(text: str) -> None:
    assert not any(timex.resolved for timex in find_times(text, [Span(0, len(text))], PUBLISHED))


@pytest.mark.parametrize("published", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_first_and_the_last_day_there_are(published: date) -> None:
    text = "It will open next year, next week, tomorrow, in May, on Monday and in two decades; it closed last year."
    for timex in find_times(text, [Span(0, len(text))], published):
        assert timex.first is None or timex.last is None or timex.first <= timex.last


def test_a_thousand_dates_in_a_sentence_take_no_time() -> None:
    text = "on Tuesday, 3 May 2024, two days later, last week and in July " * 250
    began = time.process_time()
    found = find_times(text, [Span(0, len(text))], PUBLISHED)
    assert len(found) == 1000
    assert time.process_time() - began < 3


WORDS = st.lists(
    st.sampled_from(
        "the early late mid last next this two three 5 31 29 2024 1999 May March July Tuesday Feb. week month year days"
        " ago later before after in on since until by to from and will said was of quarter summer weekend , . - – ( '"
        .split(" ")
    ),
    max_size=30,
)  # fmt: skip


@given(words=WORDS, published=st.none() | st.dates())
def test_any_row_of_such_words_gives_runs_of_days_in_their_places(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    end = 0
    for timex in find_times(text, [Span(0, len(text))], published):
        assert end <= timex.start < timex.end <= len(text)
        end = timex.end
        if timex.first and timex.last:
            assert timex.first <= timex.last


@pytest.mark.parametrize("example", [(one, says) for one in PATTERNS for says in one.examples], ids=lambda one: one[1])
def test_every_pattern_finds_its_examples(example: tuple[Pattern, str]) -> None:
    pattern, says = example
    assert pattern.rule in [rule for _, rule in matches(says)]


def test_ours_tells_several_from_one() -> None:
    text = "from Tuesday on 3 May"
    assert ours(Expression(PUBLISHED, text, 0, len(text), "")) == "several"


@pytest.mark.parametrize(("published", "day"), [(2, 3), (4, 3), (3, 3)])
def test_what_had_been_due_on_a_weekday_was_due_on_the_nearer_one(published: int, day: int) -> None:
    text = "The two ministers had been due to meet on Thursday in Orsel, but the talks were called off."
    [timex] = find_times(text, [Span(0, len(text))], date(2025, 4, published))
    assert timex.first == date(2025, 4, day)


def test_until_an_election_on_a_day_is_until_the_next() -> None:
    text = "Her deputy takes over until the election on 21 September, not 14 September."
    found = find_times(text, [Span(0, len(text))], date(2025, 5, 12))
    assert [timex.last for timex in found] == [date(2025, 9, 21), date(2025, 9, 14)]


HISTORY = (
    "The war of the two rivers began on 3 March 1911, when Tarn crossed the Ore. In May its army reached Holm. "
    "The town fell on 12 August 1911. In early 1912 all was quiet. On 4 April the fleet sailed; it was beaten "
    "on 9 June 1912. A first truce was signed on 1 October 1913. In January the fighting broke out again, and "
    "on 20 March Esk burned. Peace talks opened on 2 May 1914. The treaty was signed on 11 July 1914 and took "
    "effect on 1 August 1914. The last prisoners came home in 1916."
)


def days_in(text: str, published: date) -> dict[str, tuple[date | None, date | None]]:
    spans = [Span(match.start(), match.end()) for match in re.finditer(r"[^.]+\.", text)]
    return {text[one.start : one.end]: (one.first, one.last) for one in find_times(text, spans, published)}


def test_in_a_history_a_day_without_a_year_goes_on_from_the_one_before() -> None:
    told = days_in(HISTORY, PUBLISHED)
    assert told["May"] == (date(1911, 5, 1), date(1911, 5, 31))
    assert told["4 April"] == (date(1912, 4, 4), date(1912, 4, 4))
    assert told["January"][0] == date(1914, 1, 1) and told["20 March"][0] == date(1914, 3, 20)


def test_in_news_with_much_background_only_what_the_sentence_before_dates_goes_on() -> None:
    news = HISTORY + " The museum of the war was closed last week. In July its director had resigned."
    assert days_in(news, PUBLISHED)["July"] == (date(2025, 7, 1), date(2025, 7, 31))
    assert days_in(news, PUBLISHED)["20 March"] == (date(1914, 3, 20), date(1914, 3, 20))
