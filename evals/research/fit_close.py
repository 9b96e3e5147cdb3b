"""Fits what turns the large reader's logits into an order and a confidence: ``python -m evals.research.fit_close``.

Asked are the questions over the invented archives of which nothing was trained on (``claim_support.archives``); weights
are fitted on every other one. Printed are the parts of ``index/weights/large_reader.json``, and for the other half how
often the right sentence is first and given, and how often a question without an answer is refused. A sentence is right
if it is that which the question's author had in mind: another that says the same counts as wrong.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from math import exp
from pathlib import Path
from typing import Any

import numpy as np
from rich.table import Table

from assistant import Assistant
from assistant.evidence.candidates import find_candidates
from assistant.evidence.close_reading import features, read_closely
from assistant.evidence.scoring import leads_by, score, weighed
from assistant.question.analysis import analyse_question
from assistant.terminal.render import Progress, consoles
from evals.research.asked import ARCHIVES, store_at
from evals.research.claim_support.archives import is_held_back
from evals.research.fit import fit_order, fit_probability
from index.models.calibration import Choosing, read_close_calibration
from index.search.retrieve import retrieve
from index.types import Window

ORDER = {
    False: ("close_mass", "first", "fused", "recency"),
    True: ("first", "decided", "fused", "recency"),
}
SURE = {
    False: ("close_mass", "close_relevance", "first", "lead", "has_answer_type"),
    True: ("close_relevance", "decided", "first"),
}
"""Which features count, for questions with words as answer and for those with yes or no."""

REFUSED = 0.75
"""So many of the questions without an answer are refused: they were written to mislead, and those asked are fewer."""

_RIDGE = 0.02
_SURE_OF_YES = 0.9
"""Yes or no is said from where it is right so often."""


@dataclass
class Row:
    """A sentence that was read closely."""

    features: dict[str, float]
    words: str
    right: bool
    yes: float
    no: float


@dataclass
class Question:
    """A question with its sentences; ``says`` is "yes", "no", or None for another answer."""

    yes_no: bool
    answerable: bool
    says: str | None
    rows: list[Row]


def ask(folder: Path, work: Path, every: int, progress: Progress) -> Iterator[Question]:
    """What is read closely for the questions of one archive that nothing was trained on."""
    articles = {row["id"]: row for row in _rows(folder / "articles.jsonl")}
    questions = [row for row in _rows(folder / "questions.jsonl") if _held(folder.name, row, articles)][::every]
    with store_at(work / folder.name, [folder / "articles.jsonl"], progress) as assistant:
        for number, row in enumerate(questions):
            progress(f"asking {folder.name}", number, len(questions))
            yield _ask(assistant, row)


def _held(name: str, row: dict[str, Any], articles: dict[str, Any]) -> bool:
    return (
        not row.get("history")
        and bool(row["evidence"])
        and all(is_held_back(name, articles[one["article"]]) for one in row["evidence"])
    ) or (not row["evidence"] and not row.get("history") and is_held_back(name, {"id": row["id"]}))


def _ask(assistant: Assistant, row: dict[str, Any]) -> Question:
    store = assistant.store
    day = date.fromisoformat(row["asked_on"][:10])
    asked = analyse_question(store, row["question"], day, Window(last=day))
    yes_no = asked.answer_type == "yes_no"
    passages = retrieve(store, asked.query, top_k=5, fast=yes_no)
    ranked = score(asked, find_candidates(asked, passages, store.embedder), store.reader.calibration)
    before = {item.candidate.key: item.probability for item in ranked}
    gold = [_plain(one["sentence"]) for one in row["evidence"]] if row["answerable"] else []
    rows = []
    for candidate in read_closely(asked, ranked, store.close_reader) if ranked else []:
        said = _plain(candidate.text)
        assert candidate.close
        choice = candidate.close.choice
        right = any(one in said or said in one for one in gold)
        rows.append(Row(features(candidate, before[candidate.key]), candidate.words, right, choice.yes, choice.no))
    answer = row["answers"][0].lower() if row["answerable"] else ""
    return Question(yes_no, row["answerable"], answer if answer in ("yes", "no") else None, rows)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def fit(questions: Sequence[Question], yes_no: bool) -> Choosing:
    """Weights for one kind of question."""
    chosen = [one for one in questions if one.yes_no == yes_no and one.rows]
    groups = [
        (np.array([[row.features[name] for name in ORDER[yes_no]] for row in one.rows]), _flags(one.rows))
        for one in chosen
        if one.answerable
    ]
    order = dict(zip(ORDER[yes_no], fit_order(groups, _RIDGE).round(3).tolist(), strict=True))
    first = [in_order(one, order)[0] for one in chosen]
    columns = np.array([[row.features[name] for name in SURE[yes_no]] for row in first])
    sure = fit_probability(columns, _flags(first), _RIDGE)
    return Choosing(order, dict(zip((*SURE[yes_no], "bias"), sure.round(3).tolist(), strict=True)))


def _flags(rows: Sequence[Row]) -> Any:
    return np.array([row.right for row in rows])


def in_order(question: Question, order: dict[str, float]) -> list[Row]:
    """The sentences, best first, each with its lead."""
    scores = [weighed(order, row.features) for row in question.rows]
    rivals = [(value, row.words) for value, row in zip(scores, question.rows, strict=True)]
    for value, row in zip(scores, question.rows, strict=True):
        row.features["lead"] = leads_by(value, row.words, rivals)
    return [row for _, row in sorted(zip(scores, question.rows, strict=True), key=lambda pair: -pair[0])]


def probability(question: Question, choosing: Choosing) -> tuple[float, Row | None]:
    """How sure it is that the first sentence answers, and that sentence."""
    if not question.rows:
        return 0.0, None
    first = in_order(question, dict(choosing.order))[0]
    return 1 / (1 + exp(-weighed(choosing.sure, first.features))), first


def main() -> None:
    """Ask, fit, print."""
    parser = argparse.ArgumentParser(prog="python -m evals.research.fit_close", description="Fit the large reader.")
    parser.add_argument("--archives", type=Path, default=ARCHIVES, help="the folder of the invented archives")
    parser.add_argument("--work", type=Path, default=Path(".reports/research/claims"), help="where stores are kept")
    parser.add_argument("--every", type=int, default=1, help="ask one question in so many")
    options = parser.parse_args()
    console, beside = consoles()
    with Progress(beside) as progress:
        folders = sorted(path.parent for path in options.archives.glob("*/questions.jsonl"))
        asked = [one for folder in folders for one in ask(folder, options.work, options.every, progress)]
    fitted, measured = asked[::2], asked[1::2]
    kinds = {yes_no: fit(fitted, yes_no) for yes_no in (False, True)}
    unanswerable = [probability(one, kinds[one.yes_no])[0] for one in fitted if not one.answerable]
    below = round(float(np.quantile(unanswerable, REFUSED)), 2)
    found = {
        "words": asdict(kinds[False]),
        "yes_no": asdict(kinds[True]),
        "refuse_below": below,
        "says": _says([one for one in fitted if one.says], kinds[True]),
        "verdict": asdict(read_close_calibration().verdict),
    }
    console.print(json.dumps(found, indent=2), highlight=False, markup=False, soft_wrap=True)
    table = Table("", "questions", "first", "given", "given wrongly", "refused", box=None, pad_edge=False)
    for name, rows in {
        "answered in words": [one for one in measured if one.answerable and not one.yes_no],
        "answered yes or no": [one for one in measured if one.answerable and one.yes_no],
        "without an answer": [one for one in measured if not one.answerable],
    }.items():
        outcomes = [probability(one, kinds[one.yes_no]) for one in rows]
        first = [row is not None and row.right for _, row in outcomes]
        given = [sure >= below for sure, _ in outcomes]
        right = [one and two for one, two in zip(first, given, strict=True)]
        wrong = [two and not one for one, two in zip(first, given, strict=True)]
        shares = [f"{np.mean(row):.3f}" if rows else "–" for row in (first, right, wrong, np.logical_not(given))]
        table.add_row(name, str(len(rows)), *shares)
    console.print(table)


def _says(questions: Sequence[Question], choosing: Choosing) -> float:
    """The least probability of yes, or of no, from which on it is right often enough."""
    sure = []
    for one in questions:
        _, first = probability(one, choosing)
        if first and first.right:
            sure.append((max(first.yes, first.no), (first.yes > first.no) == (one.says == "yes")))
    sure.sort(reverse=True)
    best = 1.0
    for number in range(1, len(sure) + 1):
        if np.mean([right for _, right in sure[:number]]) >= _SURE_OF_YES:
            best = sure[number - 1][0]
    return round(best, 2)


if __name__ == "__main__":
    main()
