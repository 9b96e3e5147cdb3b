"""What is read closely, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from assistant import Assistant
from index.models.large_reader import LargeReader, Look, Shown
from tests.assistant.news import Ingest, News
from tests.stores import open_store

VERDICT = (
    "Dana Mols, an aide to the minister Jelena Ruud, was given 14 months in prison on Monday for taking bribes."
    " Ruud herself was cleared of all charges. The trial in Marlow had lasted nine weeks."
)
COURT = {
    "verdict": ("2025-05-12", VERDICT),
    "copy": ("2025-05-12", VERDICT),
    "appeal": ("2025-05-20", "Mols will appeal, her lawyer Ivo Zelenskyy said. The prison in Hale holds 300 people."),
}


class Noted(LargeReader):
    """The large reader, which notes what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, Shown]] = []

    def look(self, asked: Sequence[tuple[str, Shown]]) -> list[Look]:
        """Note, and read."""
        self.asked += asked
        return super().look(asked)


@pytest.fixture(scope="module")
def court(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_store(tmp_path_factory.mktemp("court"), COURT)


def noted(court: Assistant, question: str, **options: object) -> list[tuple[str, Shown]]:
    court.store.close_reader = reader = Noted()
    court.ask(question, now=date(2025, 6, 1), **options)  # type: ignore[arg-type]
    return reader.asked


def test_a_copy_is_not_read_again(court: Assistant) -> None:
    texts = [shown.text for _, shown in noted(court, "How long must Dana Mols go to prison?")]
    assert len(texts) == 5
    assert sum("14 months" in text for text in texts) == 1


def test_title_outlet_and_date_stand_in_front(court: Assistant) -> None:
    fronts = {shown.front for _, shown in noted(court, "How long must Dana Mols go to prison?")}
    assert any(front.endswith("2025-05-12") for front in fronts)


def test_a_name_is_asked_for_as_the_text_spells_it(court: Assistant) -> None:
    asked = noted(court, "What did Zelensky say about an appeal?")
    assert {question for question, shown in asked if "Zelenskyy" in shown.text} == {
        "What did Zelenskyy say about an appeal?"
    }


def test_fast_reads_nothing(court: Assistant) -> None:
    assert noted(court, "How long must Dana Mols go to prison?", fast=True) == []


def test_a_yes_or_no_question_is_read_too(court: Assistant) -> None:
    assert noted(court, "Was Jelena Ruud cleared?")


def test_of_two_people_the_one_that_is_asked_for_answers(court: Assistant) -> None:
    court.store.close_reader = LargeReader()
    assert "14 months" in (court.ask("How long must Dana Mols go to prison?", now=date(2025, 6, 1)).short or "")


def test_a_name_or_a_code_that_stands_nowhere_refuses(court: Assistant) -> None:
    court.store.close_reader = LargeReader()
    for question in ("How long must Quillaby go to prison?", "What did ruling S2410 say about Dana Mols?"):
        answer = court.ask(question, now=date(2025, 6, 1))
        assert answer.refused
        assert "unknown_words" in [notice.code for notice in answer.notices]


def test_a_title_in_full_finds_it_in_short(news: Ingest) -> None:
    articles: News = {
        "meeting": (
            "2025-01-09",
            "The plan came out of a meeting with Gen. Oskar P. Brandt in the fort at Tarn on Jan. 4.",
        ),
        "parade": ("2025-02-01", "General Ruth Solberg led the parade in Marlow on Friday before a crowd of 9,000."),
    }
    with news(articles) as assistant:
        answer = assistant.ask("When was the meeting with General Brandt?", now=date(2025, 3, 1))
    assert answer.short and "Jan. 4" in answer.short
