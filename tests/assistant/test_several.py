"""What happened in some days, how often something has, the last time that other words tell of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from assistant import Assistant
from index.languages.en.question_words import FREQUENCY
from tests.assistant.news import News, archive_of, codes

NEWS: News = {
    "first cut": ("2025-02-06", "The Bank of Vessen cut its key rate on Thursday, the first cut in two years."),
    "second cut": ("2025-03-20", "The Bank of Vessen lowered its key rate by a quarter of a point on Thursday."),
    "expected": ("2025-05-02", "The Bank of Vessen may cut its key rate in June, analysts said on Friday."),
    "rise": ("2025-06-11", "The Bank of Vessen raised its key rate to 4.5% on Wednesday. Markets were surprised."),
    "fire": ("2025-07-19", "A fire destroyed the Orlo cannery on Friday. Smoke was seen in Talsund."),
    "strike": ("2025-07-21", "Bus drivers in Orlo began a strike on Monday. They are paid 14 crowns an hour."),
    "mayor": ("2025-07-22", "The mayor of Orlo resigned on Tuesday over the cannery fire."),
    "fair": ("2025-08-02", "The fair of Orlo opened on Saturday."),
    "sworn in": ("2025-05-14", "Tomas Weil became transport minister of Vessen on Wednesday. He succeeds Lena Rask."),
    "dateline": ("2025-08-20", "HOLM (Hillwire), 20 August 2025 - Bakers went on strike on Wednesday."),
    "quakes": ("2025-09-01", "The Marlow dam was shaken twice in August 2025, the survey said."),
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with archive_of(tmp_path_factory.mktemp("several"), NEWS) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "told", "cited"),
    [
        (
            "How often has the Bank of Vessen cut its key rate since January 2025?",
            "2 dated events: 6 February 2025, 20 March 2025.",
            ["first cut", "second cut"],
        ),
        (
            "How many times did the Bank of Vessen cut its key rate after February 2025?",
            "1 dated event: 20 March 2025.",
            ["second cut"],
        ),
        ("How often did the Bank of Vessen raise its key rate in 2025?", "1 dated event: 11 June 2025.", ["rise"]),
    ],
)
def test_events_that_the_articles_date_are_counted(
    archive: Assistant, question: str, told: str, cited: list[str]
) -> None:
    answer = archive.ask(question, now=date(2025, 11, 1))
    [notice] = [notice for notice in answer.notices if notice.code == "counted"]
    assert told in notice.message
    assert [citation.article_id for citation in answer.citations] == cited
    assert answer.short is None and answer.confidence is None


def test_what_is_said_of_how_often_goes_before_counting(archive: Assistant) -> None:
    answer = archive.ask("How often was the Marlow dam shaken in August 2025?", now=date(2025, 11, 1))
    assert "twice" in answer.text and "counted" not in codes(answer)


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("What happened in Orlo this week?", {"strike", "mayor"}),
        ("What happened in Orlo in August 2025?", {"fair"}),
        ("What happened in Holm in August 2025?", {"dateline"}),
        ("What is the latest from Orlo?", {"fair", "mayor", "strike"}),
    ],
)
def test_news_is_what_happened_in_those_days(archive: Assistant, question: str, cited: set[str]) -> None:
    now = date(2025, 7, 23) if "this week" in question else date(2025, 8, 10)
    answer = archive.ask(question, now=now)
    assert {citation.article_id for citation in answer.citations} == cited
    assert "14 crowns" not in answer.text and "Smoke" not in answer.text  # told beside the news
    days = [citation.published for citation in answer.citations]
    assert days == sorted(days, key=str, reverse=True)


@pytest.mark.parametrize(
    ("text", "often"),
    [("two years", False), ("twice", True), ("12 times", True), ("every summer", True), ("for the third time", True)],
)
def test_how_often_is_told_by_words_that_say_so(text: str, often: bool) -> None:
    assert bool(FREQUENCY.search(text)) is often
