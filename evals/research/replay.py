"""What becomes of a strong model's answers: ``python -m evals.research.replay --data DIR --replies DIR``.

Without replies the prompts that a model would be sent for questions of the news quiz are written to ``NN.prompt.txt``.
Whoever plays the model writes, from the prompts alone, ``NN.reply.json`` in the form that they ask for, and may add
``NN.twins.json`` (``[{"sentence", "text", "kind"}]``: its sentences with one thing wrong) and ``NN.paraphrases.json``
(true ones in other words). Run again, the command prints how many of each would be shown unmarked, shown as unsure, or
dropped, and how many answers would need a second call.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from assistant import Assistant, Passage
from assistant.answer.generative import Written, check
from assistant.lookup import Lookup
from assistant.model.drafts import Draft
from assistant.options import read_options
from assistant.terminal.render import Progress, consoles
from evals.measures.metrics import interval
from evals.research.asked import Asked, all_sets, store_of

_SET = "realtimeqa_silver_2022_25"
_TRUE, _PARAPHRASE, _WRONG = "true sentences", "true paraphrases", "wrong twins"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a sentence of the answer with that number."""

    answer: int
    kind: str
    became: str
    """ "supported", "unsure" or "dropped"."""


def record(assistant: Assistant, questions: Sequence[Asked], folder: Path) -> None:
    """Write the prompts."""
    for number, asked in enumerate(questions):
        messages = assistant.preview(asked.question, now=asked.now)
        path = folder / f"{number:02}.prompt.txt"
        path.write_text("\n\n".join(message["content"] for message in messages), encoding="utf-8")


def replay(assistant: Assistant, asked: Asked, number: int, folder: Path) -> Iterator[Outcome]:
    """Check the sentences of one reply, its twins and its paraphrases."""
    asking = read_options({"now": asked.now}, fast=False)
    passages = Lookup(assistant.store, assistant.settings, asking, asked.question, written=True).evidence()
    for place, sentence in enumerate(_read(folder, number, "reply")["sentences"]):
        for kind, text in _texts(sentence["text"], place, number, folder):
            yield Outcome(number, kind, _becomes(assistant, Draft(quotes=sentence["quotes"], text=text), passages))


def _texts(text: str, place: int, number: int, folder: Path) -> Iterator[tuple[str, str]]:
    yield _TRUE, text
    for row in _read(folder, number, "twins"):
        if row["sentence"] == place:
            yield _WRONG, row["text"]
            yield f"  {row['kind']}", row["text"]
    for row in _read(folder, number, "paraphrases"):
        if row["sentence"] == place:
            yield _PARAPHRASE, row["text"]


def _becomes(assistant: Assistant, draft: Draft, passages: Sequence[Passage]) -> str:
    found = check(draft, passages, assistant.store.close_reader)
    return found.verdict.value if isinstance(found, Written) else "dropped"


def _read(folder: Path, number: int, name: str) -> Any:
    path = folder / f"{number:02}.{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


def main() -> None:
    """Record or replay."""
    parser = argparse.ArgumentParser(prog="python -m evals.research.replay", description="Replay a model's replies.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the public data sets")
    parser.add_argument("--replies", type=Path, required=True, help="where prompts are written and replies are read")
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--work", type=Path, default=Path(".reports/research"), help="where stores are kept")
    options = parser.parse_args()
    console, beside = consoles()
    quiz = next(one for one in all_sets(options.work, options.data) if one.name == _SET)
    questions = quiz.questions[: options.questions]
    options.replies.mkdir(parents=True, exist_ok=True)
    with Progress(beside) as progress, store_of(quiz, options.work, progress) as assistant:
        replied = [number for number in range(len(questions)) if _read(options.replies, number, "reply")]
        if not replied:
            record(assistant, questions, options.replies)
            console.print(f"{len(questions)} prompts written to {options.replies}")
            return
        found: list[Outcome] = []
        for number in replied:
            progress("replaying", number, len(questions))
            found += replay(assistant, questions[number], number, options.replies)
    table = Table("", "number", "unmarked", "unsure", "dropped", box=None, pad_edge=False)
    kinds = dict.fromkeys([_TRUE, _PARAPHRASE, _WRONG, *sorted({one.kind for one in found})])
    for kind in kinds:
        ones = [one.became for one in found if one.kind == kind]
        if ones:
            table.add_row(kind, str(len(ones)), *(_share(ones, name) for name in ("supported", "unsure", "dropped")))
    console.print(table)
    again, unsure = (
        len({one.answer for one in found if one.kind == _TRUE and one.became == name}) for name in ("dropped", "unsure")
    )
    console.print(
        f"of {len(replied)} answers {again} need a second call to mend a true sentence, {unsure} to judge one"
    )


def _share(became: Sequence[str], name: str) -> str:
    share, low, high = interval([float(one == name) for one in became])
    return f"{share:.3f} [{low:.2f}, {high:.2f}]"


if __name__ == "__main__":
    main()
