"""What the product answers to many questions, kept to be compared: ``python -m evals.research.snapshot [--data DIR]``.

Writes, for each set of ``asked.all_sets``, the answers (text, short answer, confidence, notices, citations) as JSON
into the work folder, and prints how they differ from those of the last run. A change that is meant to change nothing
leaves them byte for byte the same (exit code 0; 1 where something differs). The first run has nothing to compare with.
One question in ``--every`` is asked; all of them take hours.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant
from assistant.terminal.render import Progress, consoles
from evals.research.asked import ARCHIVES, Asked, all_sets, store_of

Json = dict[str, Any]
_SHOWN = 40
"""So many differences are printed."""


def recorded(answer: Answer) -> Json:
    """What is compared of an answer."""
    return {
        "text": answer.text,
        "short": answer.short,
        "confidence": answer.confidence,
        "notices": [[notice.code, notice.message] for notice in answer.notices],
        "annotations": [[note.kind, note.sentence, note.text] for note in answer.annotations],
        "citations": [[one.article_id, one.start, one.end, one.mark] for one in answer.citations],
    }


def ask(assistant: Assistant, asked: Asked) -> Answer:
    """Ask a question on its day, after those of its conversation."""
    history: list[tuple[str, str]] = []
    as_of = asked.now if asked.as_of else None
    for question in asked.history:
        history.append((question, assistant.chat(question, history=history, now=asked.now, as_of=as_of).text))
    return assistant.chat(asked.question, history=history, now=asked.now, as_of=as_of)


def differences(before: Json, after: Json) -> list[str]:
    """In words which answers differ between two snapshots of a set, and in what."""
    told = []
    for name in [*before, *(name for name in after if name not in before)]:
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            told.append(f"{name}: {'new' if old is None else 'gone'}")
        elif old != new:
            parts = [f"    {part}: {old[part]!r}\n      -> {new[part]!r}" for part in new if old.get(part) != new[part]]
            told.append("\n".join([f"{name}: {new['question']}", *parts]))
    return told


def main() -> None:
    """Ask everything, write, compare."""
    parser = argparse.ArgumentParser(prog="python -m evals.research.snapshot", description="Answers, compared.")
    parser.add_argument("--data", type=Path, help="the folder of the public data sets")
    parser.add_argument("--archives", type=Path, default=ARCHIVES, help="the folder of the invented archives")
    parser.add_argument(
        "--work", type=Path, default=Path(".reports/research"), help="where stores and answers are kept"
    )
    parser.add_argument("--only", help="sets whose name has this in it")
    parser.add_argument("--every", type=int, default=40, help="ask one question in so many (%(default)s)")
    options = parser.parse_args()
    console, beside = consoles()
    changed = asked_in_all = 0
    for questions in all_sets(options.work, options.data, options.archives):
        if options.only and options.only not in questions.name:
            continue
        with Progress(beside) as progress, store_of(questions, options.work, progress) as assistant:
            after: Json = {}
            rows = questions.questions[:: options.every]
            for number, asked in enumerate(rows):
                progress(f"asking {questions.name}", number, len(rows))
                after[asked.id] = {"question": asked.question, **recorded(ask(assistant, asked))}
        path = options.work / "answers" / str(options.every) / f"{questions.name}.json"
        before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        path.parent.mkdir(parents=True, exist_ok=True)
        after = json.loads(json.dumps(after))
        path.write_text(json.dumps(after, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        told = differences(before, after) if before else []
        asked_in_all += len(after)
        changed += len(told)
        console.print(
            f"{questions.name}: {len(after)} questions, {f'{len(told)} differ' if before else 'none known before'}"
        )
        for line in told[:_SHOWN]:
            console.print(line, markup=False, highlight=False)
    console.print(f"{changed} of {asked_in_all} answers differ from the last snapshot")
    sys.exit(bool(changed))


if __name__ == "__main__":
    main()
