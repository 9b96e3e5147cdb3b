"""Questions in other languages than English: ``python -m evals.research.languages``.

Articles in twelve languages lie in ``evals/languages``, all in one store. A question is in the language of the article
that answers it, or in English. Counted is whether an article with a sentence that answers is found, and whether such a
sentence is quoted, and quoted first.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from rich.table import Table

from assistant import Answer, Assistant
from assistant.settings import Settings
from assistant.terminal.render import Progress, consoles
from evals.research.asked import ROOT

LANGUAGES = ROOT / "evals" / "languages"
COLUMNS = ("article first", "among five", "right sentence first", "quoted", "refused")


def asked() -> list[tuple[str, dict[str, Any]]]:
    """The questions, each with what it counts for: its language, or English, or that nothing answers it."""
    rows = []
    for file in sorted(LANGUAGES.glob("*/questions.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            kind = row["language"] if row["language"] != "en" else "asked in English"
            rows.append((kind if row["evidence"] else "without an answer", row))
    return rows


def judged(assistant: Assistant, row: dict[str, Any], answer: Answer) -> list[float]:
    """What holds of an answer, by ``COLUMNS``."""
    places = []
    for one in row["evidence"]:
        text = assistant.article(one["article"]).text
        start = text.find(one["sentence"])
        places.append((one["article"], start, start + len(one["sentence"])))
    quotes = [
        any(one.article_id == article and one.start < end and start < one.end for article, start, end in places)
        for one in answer.citations
    ]
    found = [passage.article.id for passage in answer.passages]
    right = [number for number, one in enumerate(found) if any(one == article for article, *_ in places)]
    first = min(right, default=len(found))
    return [first == 0 and bool(right), bool(right), bool(quotes[:1]) and quotes[0], any(quotes), answer.refused]


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(prog="python -m evals.research.languages", description="Other languages.")
    parser.add_argument("--work", type=Path, default=Path(".reports/research"), help="where the store is kept")
    parser.add_argument("--embedder", help="another embedder, as in the settings")
    options = parser.parse_args()
    console, beside = consoles()
    told: dict[str, list[list[float]]] = defaultdict(list)
    store = options.work / f"languages-{options.embedder or 'own'}"
    settings = Settings(embedder=options.embedder)
    with Progress(beside) as progress, Assistant.open(store, settings=settings) as assistant:
        assistant.ingest(sorted(LANGUAGES.glob("*/articles.jsonl")), progress=progress)
        rows = asked()
        for number, (kind, row) in enumerate(rows):
            progress("asking", number, len(rows))
            told[kind].append(judged(assistant, row, assistant.ask(row["question"])))
    table = Table("language", "questions", *COLUMNS, box=None, pad_edge=False)
    own = [one for kind, some in told.items() if len(kind) == 2 for one in some]
    for kind, some in [*sorted(told.items()), ("in their own language, all", own)]:
        table.add_row(kind, str(len(some)), *(f"{sum(column) / len(some):.2f}" for column in zip(*some, strict=True)))
    console.print(table)


if __name__ == "__main__":
    main()
