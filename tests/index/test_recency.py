"""New articles are favoured where news is asked for, and nothing else changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from index.search.recency import WEIGHT, favour, news_asked_for
from tests.conftest import write_jsonl

NOW = date(2026, 2, 10)


@pytest.mark.parametrize(
    ("question", "asked_for"),
    [
        ("Who won this week?", 1.0),
        ("What is the latest on the ferry?", 1.0),
        ("Who runs the ferry?", 0.5),
        ("Who won in May 2014?", 0.0),
        ("What happened in January 2026?", 0.5),
    ],
)
def test_how_much_a_question_asks_for_news(question: str, asked_for: float) -> None:
    assert news_asked_for(question, NOW) == asked_for


@given(published=st.dates(), other=st.dates(), now=st.dates(), asked_for=st.floats(0, 1))
def test_the_favour_is_small_and_falls_with_the_distance(
    published: date, other: date, now: date, asked_for: float
) -> None:
    near, far = sorted((published, other), key=lambda day: abs(now - day))
    assert 1 <= favour(far.isoformat(), now, asked_for) <= favour(near.isoformat(), now, asked_for) <= 1 + WEIGHT


@pytest.fixture
def strikes(empty_store: Assistant, tmp_path: Path) -> Assistant:
    """The same story twice, two years apart."""
    text = "The dockers of Esk went on strike, the union of the dockers said.\n"
    records = [{"id": day, "title": "Strike in Esk", "date": day, "text": text} for day in ("2024-02-08", "2026-02-08")]
    empty_store.ingest([write_jsonl(tmp_path / "a" / "a.jsonl", *records)])
    return empty_store


@pytest.mark.parametrize(("now", "first"), [(NOW, "2026-02-08"), (date(2024, 2, 10), "2024-02-08")])
def test_of_two_alike_that_of_the_days_before_the_question_comes_first(
    strikes: Assistant, now: date, first: str
) -> None:
    question = "Which dockers went on strike this week?"
    found = strikes.search(question, now=now)
    assert found[0].article.id == first
    assert "new: ×" in str(found[0].why)
    answer = strikes.ask(question, now=now)
    assert answer.now == now.isoformat()
    assert answer.citations[0].article_id == first


def test_years_later_the_age_says_nothing(strikes: Assistant) -> None:
    scores = [passage.why.recency for passage in strikes.search("Which dockers went on strike?", now=date(2040, 1, 1))]
    assert scores == [pytest.approx(1.0), pytest.approx(1.0)]
