"""A later count, another occasion, a development and a denial are told apart from a contradiction."""

from __future__ import annotations

from datetime import date

import pytest

from tests.assistant.news import Ingest, News, codes


@pytest.mark.parametrize(
    ("question", "articles", "first", "code"),
    [
        (
            "How many people did the quake in the Darrow valley kill?",
            {
                "day": ("2025-02-11", "A quake struck the Darrow valley on Tuesday, killing at least 14 people."),
                "next": ("2025-02-12", "The death toll from the Darrow valley quake rose to 31 on Wednesday."),
            },
            "next",
            "newer_count",
        ),
        (
            "How many people were killed in the February quake in the Darrow valley?",
            {
                "day": ("2025-02-11", "A quake struck the Darrow valley on Tuesday, killing 14 people."),
                "next": ("2025-02-15", "The number of people killed by the quake in the Darrow valley reached 58."),
            },
            "next",
            "newer_count",
        ),
        (
            "How many workers died in the fire at the Halden refinery?",
            {
                "two": ("2025-06-11", "Two workers hurt in a fire at the Halden refinery died in hospital on Tuesday."),
                "three": (
                    "2025-06-14",
                    "A third worker has died of burns suffered in the fire at the Halden refinery, the hospital said, "
                    "raising the number of dead to three.",
                ),
            },
            "three",
            "newer_count",
        ),
        (
            "How many people were killed in the bus crash near Olmstad?",
            {
                "first": ("2025-06-01", "A bus crash near Olmstad killed 7 people on Sunday."),
                "second": ("2025-06-20", "A bus crash near Olmstad killed 4 people on Friday."),
            },
            "second",
            "occasions",
        ),
        (
            "Who was elected mayor of Tolme?",
            {
                "first": ("2020-11-08", "Ada Kern was elected mayor of Tolme on Sunday."),
                "second": (
                    "2024-11-10",
                    "Milos Rade was elected mayor of Tolme on Sunday.",
                ),
            },
            "second",
            "occasions",
        ),
        (
            "When did parliament pass the forest law?",
            {
                "not yet": (
                    "2025-11-12",
                    "Parliament has not yet passed the forest law.",
                ),
                "passed": ("2025-11-18", "Parliament passed the forest law on Tuesday."),
            },
            "passed",
            None,
        ),
        (
            "Did parliament pass the forest law?",
            {
                "not yet": (
                    "2025-11-12",
                    "Parliament has not yet passed the forest law.",
                ),
                "passed": ("2025-11-18", "Parliament passed the forest law on Tuesday."),
            },
            "passed",
            None,
        ),
        (
            "How many people did the storm in Haug kill?",
            {
                "bound": ("2025-10-03", "A storm killed at least 5 people in Haug on Friday."),
                "number": ("2025-10-03", "A storm killed 9 people in Haug on Friday."),
            },
            None,
            None,
        ),
        (
            "Who is the mayor of Vastmark?",
            {
                "elected": ("2024-11-05", "Teodor Brisk was elected mayor of Vastmark on Sunday."),
                "sworn in": ("2025-10-28", "Lena Thorsby was sworn in as mayor of Vastmark on Tuesday."),
            },
            "sworn in",
            None,
        ),
    ],
)
def test_a_newer_count_another_occasion_and_a_development_are_no_contradiction(
    news: Ingest, question: str, articles: News, first: str | None, code: str | None
) -> None:
    with news({**articles, "bread": ("2025-01-01", "Bread became dearer in Marlow.")}) as assistant:
        answer = assistant.ask(question, now=date(2025, 11, 25))
    assert first is None or answer.citations[0].article_id == first
    assert [found for found in codes(answer) if found in ("contradiction", "newer_count", "occasions")] == (
        [code] if code else []
    )


def test_who_is_beaten_did_not_win_another_time(news: Ingest) -> None:
    articles: News = {
        "won": ("2024-02-03", "Union won the Argent Cup on Saturday, beating Harbour Town 3-0."),
        "lost": ("2025-02-01", "Rovers FC won the Argent Cup on Saturday, beating Union 2-1."),
        "bread": ("2025-01-01", "Bread became dearer in Marlow."),
    }
    with news(articles) as assistant:
        answer = assistant.ask("When did Union win the Argent Cup?", now=date(2025, 11, 25))
    assert answer.citations[0].article_id == "won" and "occasions" not in codes(answer)


def test_a_denied_visit_is_not_the_last(news: Ingest) -> None:
    articles: News = {
        "visit": ("2025-05-12", "Halina Orlenko visited Vastmark on Sunday."),
        "denial": (
            "2025-09-10",
            "Halina Orlenko denied on Wednesday that she had visited Vastmark on 5 May.",
        ),
        "bread": ("2025-01-01", "Bread became dearer in Marlow."),
    }
    with news(articles) as assistant:
        answer = assistant.ask("When did Orlenko last visit Vastmark?", now=date(2025, 11, 25))
    assert answer.citations[0].article_id == "visit"


def test_a_day_that_does_not_exist_is_told(news: Ingest) -> None:
    articles: News = {
        "fire": ("2025-02-20", "A fire destroyed the Oost mill in Velmora on Thursday."),
        "bread": ("2025-01-01", "Bread became dearer in Marlow."),
    }
    with news(articles) as assistant:
        answer = assistant.ask("What burned in Velmora on 31 February 2025?", now=date(2025, 11, 25))
    assert "no_such_day" in codes(answer)
