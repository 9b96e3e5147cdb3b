"""How long and how often: the words of the short answer come with their values."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stores import open_store

NEWS = {
    "pier": (
        "2025-06-12",
        "The pier of Ostrel will stay closed for about three weeks, the harbour office said on Thursday. Divers found"
        " two cracked piles under it.\n\nThe town council of Ostrel meets every Monday to hear how the repair goes"
        " on.\n\n"
        "The last repair, in 2009, took four months and cost 1.2 million crowns.",
    ),
    "market": (
        "2025-06-13",
        "Ostrel's fish market opens at six in the morning. Its traders have asked for a lower rent for ten years.",
    ),
}


@pytest.mark.parametrize(
    ("question", "kind", "said", "value"),
    [
        ("For how long will the pier of Ostrel stay closed?", "duration", "about three weeks", "P3W"),
        ("How often does the council of Ostrel meet?", "set", "every Monday", "XXXX-WXX-1"),
    ],
)
def test_a_length_comes_with_its_value(tmp_path: Path, question: str, kind: str, said: str, value: str) -> None:
    with open_store(tmp_path, NEWS) as assistant:
        answer = assistant.ask(question, now="2025-06-14")
    [told] = [note for note in answer.annotations if note.kind == kind]
    assert (told.text, told.value, told.sentence) == (said, value, 0)


def test_lengths_are_kept_with_their_sentence(tmp_path: Path) -> None:
    with open_store(tmp_path, NEWS) as assistant:
        [pier] = [one for one in assistant.articles() if one.text.startswith("The pier of Ostrel")]
        kept = [one for sentence in assistant.store.catalog.analysis(pier) for one in sentence.lengths]
    assert [(pier.text[one.start : one.end], one.type, one.value, one.mod) for one in kept] == [
        ("about three weeks", "DURATION", "P3W", "APPROX"),
        ("every Monday", "SET", "XXXX-WXX-1", ""),
        ("four months", "DURATION", "P4M", ""),
    ]
