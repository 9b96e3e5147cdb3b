"""What stands on a news page and is no news is no evidence, also where it is glued to news."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.clutter import part_news, surroundings
from index.analysis.layout import read_layout
from index.analysis.sentences import split_sentences

BLOG = """\
Live updates: Storm Hedda closes in on the Tarn coast
By Ana Orlo and Piet Brandt
Last updated March 14, 2026, 6:52 p.m. ET
Share
6:52 p.m. ET Share this update Ana Orlo The governor of Tarn has asked for 400 soldiers to fill sandbags.
6:20 p.m. ET Share this update Piet Brandt Two ferries were torn from their moorings in Esk. Nobody was hurt.
A fisherman ties down his boat in Esk on Saturday. Photo: Jon Salka/Marlow Wire
Sign up for our newsletter to get the day's top stories in your inbox every morning.
5:41 p.m. ET Share this update Ana Orlo The harbour master closed the port at noon on Saturday.
Read more: How the flood of 1962 changed Esk
© 2026 Tarn Courier. All rights reserved.
"""


def told(text: str) -> list[str]:
    """The sentences of a page that an answer may rest on."""
    spans = split_sentences(text, read_layout(text), page=True)
    return [text[span.start : span.end] for span in spans if span.evidence]


def test_the_news_of_a_live_blog_stays_and_what_is_glued_to_it_goes() -> None:
    news = told(BLOG)
    assert "The governor of Tarn has asked for 400 soldiers to fill sandbags." in news
    assert "Nobody was hurt." in news
    shown = " ".join(news)
    for clutter in ("Share this update", "newsletter", "All rights reserved", "Last updated", "Read more"):
        assert clutter not in shown


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister updated her statement at 14:02.",
        "Nobody was hurt.",
        "Readers can follow the trial on the court's website, the judge said.",
        "At 10:15 the ferry left Esk with 90 people on board.",
    ],
)
def test_news_that_looks_like_clutter_is_news(sentence: str) -> None:
    text = f"Ferry sinks off Esk\nThe ferry Alba sank off Esk on Monday, the coast guard said.\n{sentence}\n"
    text += "The owner of the ferry, Torvald Lines, did not answer questions.\n"
    assert sentence in told(text)


WORDS = st.sampled_from(
    "Share 12:31 pm ET Ana Orlo said. The ferry sank. Photo: © 2026 Read more | • on Monday, Esk".split()
)


@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join))
def test_the_parts_of_a_line_are_in_order_and_leave_no_word_out(line: str) -> None:
    parts = list(part_news(line, [(0, len(line))], surroundings([line], 0)))
    places = [place for start, end, _ in parts for place in (start, end)]
    assert places == sorted(places) and places[0] == 0 and places[-1] == len(line)
    assert " ".join(line[start:end] for start, end, _ in parts).split() == line.split()


def test_an_article_never_loses_all_its_sentences() -> None:
    assert told("Sign up for our newsletter.") == ["Sign up for our newsletter."]
