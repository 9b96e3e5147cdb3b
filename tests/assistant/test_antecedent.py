"""Whom a sentence speaks of."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from index.analysis.coreference import leaning_word
from index.types import Span
from tests.conftest import write_jsonl


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("He sent his adviser to Esk.", "He"),
        ("Torvald said she would resign.", None),
        ("On Monday she resigned.", "she"),
        ("“Torvald lied,” he said.", "he"),
        ("They met in Esk.", None),
        ("Both sides said they would meet.", None),
        ("Its length is four kilometres.", None),
        ("He who sows reaps.", None),
        ("The bridge is open.", None),
    ],
)
def test_a_pronoun_leans_on_another_sentence_unless_a_name_goes_before(sentence: str, word: str | None) -> None:
    assert leaning_word(sentence, Span(0, len(sentence))) == word


def test_a_pronoun_gets_the_sentence_that_names_whom_it_stands_for(empty_store: Assistant, tmp_path: Path) -> None:
    text = (
        "A fisherman's hut burnt down in the night.\n"
        "Governor Ilse Torvald opened the inquiry in Esk.\n"
        "She promised to publish its report on the fire by October.\n"
    )
    empty_store.ingest([write_jsonl(tmp_path / "a" / "a.jsonl", {"id": "1", "title": "Fire", "text": text})])
    answer = empty_store.ask("By when will the report on the fire be published?")
    assert answer.text == "She promised to publish its report on the fire by October."
    assert answer.sentences[0].citations == (1, 2)
    assert answer.citations[1].quote == "Governor Ilse Torvald opened the inquiry in Esk."
    [annotation] = [item for item in answer.annotations if item.kind == "antecedent"]
    assert (annotation.kind, annotation.sentence) == ("antecedent", 0)
    assert '"She"' in annotation.text and "Ilse Torvald" in annotation.text
