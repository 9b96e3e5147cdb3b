"""Fits which passage comes first: ``python -m evals.research.fit_passages --data DIR``.

All invented archives are one store, and each question is asked three times: on its own day, on a later day drawn at
random, when other stories are the newest, and without a day. DIR is ``squad_v2_dev``, undated paragraphs. Weights are
fitted on every other archive and on half of the paragraphs' questions: with ``--fast`` ``WEIGHTS`` of
``index/search/rerank.py``, else ``passage_order`` of ``index/weights/reader.json``. Printed are they, and for the rest
how often a passage that answers is first, and among five and twelve.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from rich.table import Table

from assistant import Assistant
from assistant.terminal.render import Progress, consoles
from evals.research.asked import ARCHIVES, store_at
from evals.research.fit import fit_order
from index.models.calibration import read_calibration
from index.passage import Passage
from index.search.query import plan_query
from index.search.rerank import features, found_by, found_score
from index.search.retrieve import retrieve
from index.types import Window

DEPTHS = (1, 5, 12)
_MOST = 60
"""How many passages of those found are ranked."""

_RIDGE = 0.01


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question; ``fitted`` is whether weights are fitted on it."""

    kind: str
    fitted: bool
    rows: list[tuple[dict[str, float], bool]]
    """Of each passage what it is ranked by, and whether it answers."""


def of_archives(work: Path, most: int, fast: bool, progress: Progress) -> Iterator[Found]:
    """The questions over the archives, each on three days."""
    folders = sorted(path.parent for path in ARCHIVES.glob("*/questions.jsonl"))
    draw = random.Random(3)
    together = work / "articles" / "together.jsonl"
    together.parent.mkdir(parents=True, exist_ok=True)
    together.write_text("".join((folder / "articles.jsonl").read_text(encoding="utf-8") for folder in folders), "utf-8")
    with store_at(work / "together", [together], progress) as assistant:
        for number, folder in enumerate(folders):
            progress("asking archives", number, len(folders))
            rows = [row for row in _rows(folder / "questions.jsonl") if row["answerable"] and _asks_for_words(row)]
            draw.shuffle(rows)
            for row in rows[:most]:
                own = date.fromisoformat(row["asked_on"][:10])
                last = max(own, date(2026, 11, 28)).toordinal()
                later = date.fromordinal(draw.randint(own.toordinal(), last))
                gold = [one["sentence"] for one in row["evidence"]]

                def answers(passage: Passage, gold: Sequence[str] = gold) -> bool:
                    return any(sentence in passage.text for sentence in gold)

                for kind, day in {"on its day": own, "later": later, "without a day": None}.items():
                    found = _found(assistant, row["question"], day, answers, fast)
                    yield Found(kind, number % 2 == 0, found)


def of_paragraphs(data: Path, work: Path, most: int, fast: bool, progress: Progress) -> Iterator[Found]:
    """Questions over undated paragraphs, with where their answers stand."""
    with gzip.open(data / "questions.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if row.get("answers") and row.get("spans")]
    random.Random(1).shuffle(rows)
    with store_at(work / data.name, [data / "corpus.jsonl.gz"], progress) as assistant:
        for number, row in enumerate(rows[:most]):
            progress(f"asking {data.name}", number, most)
            spans = [(one["doc"], one["start"], one["end"]) for one in row["spans"]]

            def answers(passage: Passage, spans: Sequence[tuple[str, int, int]] = spans) -> bool:
                chunk = passage.chunk
                return any(
                    doc == passage.article.id and chunk.start <= start and end <= chunk.end for doc, start, end in spans
                )

            yield Found("paragraphs", number % 2 == 0, _found(assistant, row["question"], None, answers, fast))


def _asks_for_words(row: dict[str, Any]) -> bool:
    return bool(row["evidence"]) and row["kind"] != "yes-no" and not row.get("history")


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _found(
    assistant: Assistant, text: str, day: date | None, answers: Callable[[Passage], bool], fast: bool
) -> list[tuple[dict[str, float], bool]]:
    query = plan_query(assistant.store, text, day, Window(last=day) if day else None)
    passages = retrieve(assistant.store, query, top_k=_MOST if fast else 1, fast=fast)
    rows = []
    for passage in passages:
        known = found_by(passage.why) | {"found": found_score(passage.why)}
        rows.append((known if fast else known | features(passage), answers(passage)))
    return rows


def fitted(found: Sequence[Found], names: Sequence[str]) -> dict[str, float]:
    """Weights of some features by what is there to fit on; all are held small alike, whatever their range."""
    chosen = [one for one in found if one.fitted and one.rows]
    rows = [np.array([[known[name] for name in names] for known, _ in one.rows]) for one in chosen]
    spread = np.concatenate(rows).std(axis=0)
    right = [np.array([flag for _, flag in one.rows]) for one in chosen]
    weights = fit_order([(some / spread, flags) for some, flags in zip(rows, right, strict=True)], _RIDGE) / spread
    return dict(zip(names, weights.round(3).tolist(), strict=True))


def recall(found: Sequence[Found], weights: dict[str, float]) -> list[float]:
    """How often a passage that answers is among the first few."""
    hits = []
    for one in found:
        ranked = sorted(one.rows, key=lambda row: -sum(weights[name] * row[0][name] for name in weights))
        hits.append([any(right for _, right in ranked[:depth]) for depth in DEPTHS])
    return [float(share) for share in np.mean(np.array(hits, dtype=float), axis=0)]


def main() -> None:
    """Ask, fit, print."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.research.fit_passages", description="Which passage is first."
    )
    parser.add_argument("--data", type=Path, required=True, help="squad_v2_dev")
    parser.add_argument("--measured", type=Path, help="another set, to measure on")
    parser.add_argument("--work", type=Path, default=Path(".reports/research"), help="where stores are kept")
    parser.add_argument("--most", type=int, default=24, help="so many questions of each archive (%(default)s)")
    parser.add_argument("--fast", action="store_true", help="without the reader: fits WEIGHTS")
    options = parser.parse_args()
    console, beside = consoles()
    with Progress(beside) as progress:
        found = list(of_archives(options.work, options.most, options.fast, progress))
        found += of_paragraphs(options.data, options.work, options.most * 40, options.fast, progress)
        if options.measured:
            others = of_paragraphs(options.measured, options.work, options.most * 25, options.fast, progress)
            found += [Found(options.measured.name, False, one.rows) for one in others]
    names = ["fused", "matched", "similarity", "new"] if options.fast else ["found", "relevance", "mass"]
    weights = fitted(found, names)
    console.print(json.dumps(weights), highlight=False)
    now = {"found": 1.0} if options.fast else dict(read_calibration().passage_order)
    table = Table("", "questions", "ranked by", *(f"among {depth}" for depth in DEPTHS), box=None, pad_edge=False)
    for kind in dict.fromkeys(one.kind for one in found if not one.fitted):
        rows = [one for one in found if one.kind == kind and not one.fitted]
        for name, used in {"ranks alone": {"fused": 1.0}, "as it is": now, "fitted": weights}.items():
            table.add_row(kind, str(len(rows)), name, *(f"{share:.3f}" for share in recall(rows, used)))
    console.print(table)


if __name__ == "__main__":
    main()
