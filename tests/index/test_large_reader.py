"""The large reader: what it marks stands in the text, and what it needs is there or said to be missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import ModelMissing
from index.models.large_reader import LOWER, LOWER_SHA256, MOST_TOKENS, UPPER, UPPER_SHA256, LargeReader, Shown, heading

READER = LargeReader()
FRONT = heading("Ferry sinks off Holm", "Esk Courier", "2025-03-06")
TEXT = (
    "The ferry Skarn sank off Holm on Tuesday. Fishermen rescued 57 of the 61 people on board."
    " The captain was Ole Brandt."
)


def words(question: str, text: str, front: str = FRONT) -> str | None:
    """What it marks in a text; None where it finds no answer there."""
    [look] = READER.look([(question, Shown(text, front))])
    found = look.within(0, len(text))
    return text[found[2] : found[3]] if found and found[0] > 0 else None


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who was the captain of the Skarn?", "Ole Brandt"),
        ("How many people were rescued?", "57"),
        ("When did the Skarn sink?", "Tuesday"),
        ("Who won the football World Cup?", None),
    ],
)
def test_it_marks_what_answers_or_nothing(question: str, answer: str | None) -> None:
    found = words(question, TEXT)
    assert found is None if answer is None else found and answer in found


def test_offsets_are_of_the_text_whatever_it_has_in_it() -> None:
    text = f"🚢⚓ Überfahrt 漢字 — [MASK] <s> naïve. {TEXT}"
    assert "Ole Brandt" in (words("Who was the captain of the Skarn?", text) or "")


def test_what_is_too_long_to_be_read_has_no_reading() -> None:
    text = "The council sat on. " * MOST_TOKENS + TEXT
    [look] = READER.look([("Who was the captain?", Shown(text))])
    assert look.within(len(text) - len(TEXT), len(text)) is None
    assert look.within(0, 19) is not None


def test_each_text_is_read_beside_its_own_question() -> None:
    asked = [("Who was the captain?", Shown(TEXT)), ("How many were on board?", Shown(TEXT))]
    together = READER.look(asked)
    alone = [look for one in asked for look in READER.look([one])]
    assert [look.relevance for look in together] == [look.relevance for look in alone]
    assert READER.look([]) == [] and READER.judge("It sank.", []) == []


def test_probabilities_are_some_of_one() -> None:
    [judgement] = READER.judge("The ferry sank.", [TEXT])
    [look] = READER.look([("Did the ferry sink?", Shown(TEXT))])
    assert sum(judgement) == pytest.approx(1, abs=1e-5) and sum(look.choice) == pytest.approx(1, abs=1e-5)
    assert judgement.supported > judgement.contradicted


def test_a_heading_has_what_is_known() -> None:
    assert heading(" Ferry ", "", None) == "Ferry" and heading(None) == ""


@pytest.mark.parametrize("part", ["lower", "upper"])
def test_weights_that_are_missing_or_cut_off_are_named_with_what_to_do(tmp_path: Path, part: str) -> None:
    broken = tmp_path / f"{part}.onnx"
    files = (broken, UPPER) if part == "lower" else (LOWER, broken)
    with pytest.raises(ModelMissing, match="cannot be read"):
        LargeReader(*files, sha256=(LOWER_SHA256, UPPER_SHA256)).load()
    broken.write_bytes((LOWER if part == "lower" else UPPER).read_bytes()[:1000])
    with pytest.raises(ModelMissing, match="git checkout"):
        LargeReader(*files, sha256=(LOWER_SHA256, UPPER_SHA256)).load()
