"""What two sources say against each other in one article is told with both sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assistant.news import archive_of, codes

AFTER = " Trade went on as usual.\n\nNothing more was known by the evening."
BLAST = "The blast at the Velm mill hurt 11 workers, the company said. The union said 14 workers were hurt in it."
DAM = "The Orsel dam will cost $40 million, the ministry said. Opponents said the dam at Orsel would cost $65 million."


@pytest.mark.parametrize(
    ("text", "question", "sides"),
    [
        (BLAST, "How many workers were hurt in the blast at the Velm mill?", ("11 workers", "14 workers")),
        (DAM, "How much will the Orsel dam cost?", ("$40 million", "$65 million")),
    ],
)
def test_both_sides_of_an_article_are_told(tmp_path: Path, text: str, question: str, sides: tuple[str, str]) -> None:
    with archive_of(tmp_path, {"a": ("2025-04-03", text + AFTER)}) as assistant:
        answer = assistant.ask(question, now="2025-05-01")
    [told] = [notice.message for notice in answer.notices if notice.code == "contradiction"]
    assert "Two sources in the article disagree" in told and all(side in told for side in sides)
    assert all(side in answer.text for side in sides)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "The minister said 40 people were arrested in Lorn. Lawyers said 25 of them were released.",
            "How many people were arrested in Lorn?",
        ),
        (
            "Ivo Lind said 11 people were hurt as a tram hit a wall in Esk. Mr Lind said 4 hurt in Esk were boys.",
            "How many people were hurt in Esk?",
        ),
    ],
)
def test_a_part_of_a_number_is_no_other_side(tmp_path: Path, text: str, question: str) -> None:
    with archive_of(tmp_path, {"a": ("2025-04-03", text + AFTER)}) as assistant:
        assert "contradiction" not in codes(assistant.ask(question, now="2025-05-01"))
