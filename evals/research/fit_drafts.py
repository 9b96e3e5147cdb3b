"""Fits the verdicts on a draft's sentences: ``python -m evals.research.fit_drafts``; ``--drafts`` measures them.

Fitted on claims over stories that nothing was trained on, looked up in one store of all invented archives: true ones,
wrong twins, and what the archives leave open. Writes ``index/weights/draft_verdicts.json``. ``--drafts`` asks for the
sentences of ``evals/drafts`` instead, over archives that nothing was fitted on: of the contradicted ones how many are
found, and how many of the others are called so.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from assistant import Assistant
from assistant.options import read_options
from assistant.terminal.render import Progress, consoles
from assistant.verification.draft import CONTRADICTED, NOT_FOUND, SUPPORTED, VERDICTS, WEIGHTS, compare, features
from evals.measures.metrics import interval
from evals.research.asked import ARCHIVES, store_at
from index.training.conversation import fit, write
from index.training.teacher.split import NEVER_TRAINED_ON, held_story

DRAFTS = Path(__file__).parents[1] / "drafts"
_LABELS = {"S": SUPPORTED, "R": CONTRADICTED, "N": NOT_FOUND}


def main() -> None:
    """Fit, or measure."""
    parser = argparse.ArgumentParser(prog="python -m evals.research.fit_drafts", description="Verdicts on drafts.")
    parser.add_argument("--work", type=Path, default=Path(".reports/research"), help="where the store is kept")
    parser.add_argument("--most", type=int, default=600, help="so many claims (%(default)s)")
    parser.add_argument("--drafts", action="store_true", help="measure on the drafts")
    options = parser.parse_args()
    console, beside = consoles()
    folders = sorted(path.parent for path in ARCHIVES.glob("*/claims.jsonl"))
    together = options.work / "articles" / "together.jsonl"
    together.parent.mkdir(parents=True, exist_ok=True)
    together.write_text("".join((folder / "articles.jsonl").read_text(encoding="utf-8") for folder in folders), "utf-8")
    with Progress(beside) as progress, store_at(options.work / "together", [together], progress) as assistant:
        if options.drafts:
            measure(assistant, console, progress)
        else:
            learn(assistant, options.most, progress)


def learn(assistant: Assistant, most: int, progress: Progress) -> None:
    """Fit the verdicts on held-back claims."""
    rows = list(_held_back())
    random.Random(4).shuffle(rows)
    asking = read_options({}, fast=False)
    found, wanted = [], []
    for number, row in enumerate(rows[:most]):
        progress("comparing", number, most)
        found.append(features(compare(assistant.store, row["claim"], asking)))
        wanted.append(VERDICTS.index(_LABELS[row["label"]]))
    linear = fit(np.array(found), np.array(wanted), VERDICTS, rate=0.05)
    write(linear, WEIGHTS)


def _held_back() -> Iterator[dict[str, Any]]:
    for folder in sorted(path.parent for path in ARCHIVES.glob("*/claims.jsonl")):
        if folder.name in NEVER_TRAINED_ON:
            continue
        articles = {row["id"]: row for row in _rows(folder / "articles.jsonl")}
        for row in _rows(folder / "claims.jsonl"):
            of = [articles[one["article"]] for one in row["quotes"] if one["article"] in articles]
            if of and all(held_story(one.get("story") or folder.name + one["id"]) for one in of):
                yield row


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def measure(assistant: Assistant, console: Console, progress: Progress) -> None:
    """Check the drafts and print what becomes of their sentences."""
    rows = [row for file in sorted(DRAFTS.glob("*.jsonl")) for row in _rows(file)]
    seen: Counter[tuple[str, str]] = Counter()
    quoted: list[float] = []
    texts = dict.fromkeys((row["archive"], row["draft"]) for row in rows)
    for number, (archive, draft) in enumerate(texts):
        progress("checking drafts", number, len(texts))
        own = [row for row in rows if (row["archive"], row["draft"]) == (archive, draft)]
        report = assistant.check(" ".join(row["sentence"] for row in own))
        told = {sentence.text: sentence for sentence in report.sentences}
        for row in own:
            sentence = told.get(row["sentence"])
            seen[row["label"], sentence.verdict if sentence else "(not read as one)"] += 1
            if sentence and row["evidence"] and sentence.verdict == row["label"]:
                gold = [one["sentence"] for one in row["evidence"]]
                quoted.append(float(any(cited.quote in one or one in cited.quote for cited in sentence.citations
                                        for one in gold)))  # fmt: skip
    names = (*VERDICTS, *sorted({told for _, told in seen} - {*VERDICTS}))
    table = Table("sentences that are", "number", *names, box=None, pad_edge=False)
    for label in VERDICTS:
        total = sum(count for (wanted, _), count in seen.items() if wanted == label)
        table.add_row(label, str(total), *(f"{seen[label, told] / max(1, total):.3f}" for told in names))
    console.print(table)
    others = [float(told == CONTRADICTED) for wanted, told in seen.elements() if wanted != CONTRADICTED]
    found = [float(told == CONTRADICTED) for wanted, told in seen.elements() if wanted == CONTRADICTED]
    for name, shares in {"contradicted found": found, "false alarms": others, "with a right quote": quoted}.items():
        console.print("{}: {:.3f} [{:.3f}, {:.3f}]".format(name, *interval(shares)), highlight=False)


if __name__ == "__main__":
    main()
