"""Fits what turns the reader's logits into an order and a confidence: ``python -m evals.research.fit --data DIR``.

DIR holds the train sets. Asked are questions about articles that were held back from training, so that the reader is no
better on them than on others, and of these articles only those of every second title: ``evals.research.reader`` draws
from the rest. Printed is what belongs into ``index/weights/reader.json``; what is not fitted here is as it was.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import Assistant
from assistant.evidence.candidates import find_candidates
from assistant.evidence.scoring import doubts, either, leads_by, speaks_of_others
from assistant.question.analysis import analyse_question
from assistant.settings import Settings
from assistant.terminal.render import Progress, consoles
from evals.research.data import draw
from evals.research.reader import holds_candidate
from index.models.calibration import Calibration, read_calibration
from index.models.reader import MiniLMReader
from index.search.retrieve import retrieve
from index.training.sources import Question

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
SETS = {"squad_v2_dev": 1200, "squad_v11_dev": 300, "nq_open_oracle": 300}
"""Of which sets how many questions are asked."""

REFUSED = 0.65


def fit_order(groups: Sequence[tuple[Floats, Flags]], ridge: float = 1e-3, rounds: int = 50) -> Floats:
    """Weights that put what is right first: a softmax over the candidates of each question, by Newton's method.

    A group is a question's candidates, shape (n, features), and which of them are right; several right ones count
    together, so the loss is not convex everywhere, and a step that does not lessen it is halved.
    """
    groups = [(rows, right) for rows, right in groups if right.any() and not right.all()]
    size = groups[0][0].shape[1]

    def loss(weights: Floats) -> float:
        scores = [(rows @ weights, right) for rows, right in groups]
        wrong = [np.logaddexp.reduce(all_) - np.logaddexp.reduce(all_[right]) for all_, right in scores]
        return float(np.mean(wrong) + ridge * (weights @ weights) / 2)

    weights = np.zeros(size)
    for _ in range(rounds):
        slope, bend = ridge * weights, ridge * np.eye(size)
        for rows, right in groups:
            mean, spread = _softmax(rows, weights)
            wanted, _ = _softmax(rows[right], weights)
            slope += (mean - wanted) / len(groups)
            bend += spread / len(groups)
        step = np.linalg.solve(bend, slope)
        while (step @ step) > 1e-12 and loss(weights - step) > loss(weights):
            step = step / 2
        weights = weights - step
    return weights


def fit_probability(rows: Floats, right: Flags, ridge: float = 1e-3, rounds: int = 30) -> Floats:
    """Logistic regression by Newton's method; rows have shape (n, features), and the last weight is the bias."""
    rows = np.column_stack([rows, np.ones(len(rows))])
    weights = np.zeros(rows.shape[1])
    for _ in range(rounds):
        sure = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (sure - right) / len(rows) + ridge * weights
        bend = (rows * (sure * (1 - sure))[:, None]).T @ rows / len(rows) + ridge * np.eye(len(weights))
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def _softmax(rows: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Mean and covariance of the rows under a softmax of their scores."""
    scores = rows @ weights
    share = np.exp(scores - scores.max())
    share /= share.sum()
    mean = share @ rows
    return mean, ((rows - mean) * share[:, None]).T @ (rows - mean)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was found for a question: sentences, each with its features and whether it is right."""

    sentences: list[tuple[dict[str, float], bool]]
    words: list[str]
    """What the reader likes best in each sentence."""
    answerable: bool


def ask(assistant: Assistant, question: Question) -> Asked:
    """Read the passages of one question."""
    asked = analyse_question(assistant.store, question.text)
    passages = retrieve(assistant.store, asked.query, top_k=1)
    found = find_candidates(asked, passages, assistant.store.embedder)
    return Asked(
        [(doubts(asked, one), holds_candidate(question, one)) for one in found],
        [e.words for e in found],
        bool(question.answers),
    )


def columns(rows: Sequence[tuple[dict[str, float], bool]], names: Sequence[str]) -> tuple[Floats, Flags]:
    """Chosen features as a matrix, and which rows are right."""
    return np.array([[row[name] for name in names] for row, _ in rows]), np.array([right for _, right in rows])


def fit(asked: Sequence[Asked], known: Calibration) -> Calibration:
    """The weights of ``known``, and the probability to refuse below, fitted to what was found; the rest stays."""
    read = [item for item in asked if item.sentences]
    features_ = list(known.sentence_order)
    order = fit_order([columns(item.sentences, features_) for item in read])
    names = [name for name in known.sure if name != "bias"]
    ordered = [_ordered(item, features_, order) for item in read]
    sure = fit_probability(*columns([rows[0] for rows in ordered], names))
    able = [[row for row in rows if not speaks_of_others(row[0])][:2] for rows in ordered]
    answers = [either(_probabilities(rows, names, sure)) for rows in able]
    below = threshold(np.array(answers), np.array([item.answerable for item in read]))
    return replace(
        known,
        sentence_order=_named(features_, order),
        sure=_named([*names, "bias"], sure),
        refuse_below=round(below, 2),
    )


def _named(names: Iterable[str], weights: Floats) -> dict[str, float]:
    return {name: round(weight, 3) for name, weight in zip(names, weights.tolist(), strict=True)}


def _probabilities(rows: Sequence[tuple[dict[str, float], bool]], names: Sequence[str], sure: Floats) -> list[float]:
    if not rows:
        return []
    known = columns(rows, names)[0]
    found: list[float] = (1 / (1 + np.exp(-known @ sure[:-1] - sure[-1]))).tolist()
    return found


def threshold(probabilities: Floats, answerable: Flags) -> float:
    """The lowest probability below which REFUSED of the questions without an answer lie.

    They were written to mislead, so refusing more of them would cost too many of those that are answered rightly.
    """
    return float(np.quantile(probabilities[~answerable], REFUSED))


def _ordered(item: Asked, names: Sequence[str], order: Floats) -> list[tuple[dict[str, float], bool]]:
    """The sentences, best first, each with its lead."""
    scores = (columns(item.sentences, names)[0] @ order).tolist()
    rivals = list(zip(scores, item.words, strict=True))
    rows = [
        (score, {**row, "lead": leads_by(score, words, rivals)}, right)
        for (score, words), (row, right) in zip(rivals, item.sentences, strict=True)
    ]
    return [(row, right) for _, row, right in sorted(rows, key=lambda entry: -entry[0])]


def main() -> None:
    """Ask, fit, print."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.research.fit", description="Fit weights of ranks and confidence."
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the train sets")
    parser.add_argument("--stores", type=Path, help="keep the stores here, for the next run")
    parser.add_argument("--weights", type=Path, help="an ONNX file of the reader other than the shipped one")
    options = parser.parse_args()
    console, beside = consoles()
    asked: list[Asked] = []
    with Progress(beside) as progress, tempfile.TemporaryDirectory() as folder:
        for name, count in SETS.items():
            questions, note = draw(options.data / name, count, seed=1, fitting=True)
            console.print(f"{name}: {len(questions)} questions; {note}", soft_wrap=True)
            with Assistant.open((options.stores or Path(folder)) / name, settings=Settings()) as assistant:
                if options.weights:
                    assistant.store.reader = MiniLMReader(options.weights, sha256=None)
                assistant.ingest([options.data / name / "corpus.jsonl.gz"], label="data", progress=progress)
                for number, question in enumerate(questions):
                    progress(f"asking {name}", number, len(questions))
                    asked.append(ask(assistant, question))
    console.print(fit(asked, read_calibration()).to_json(), highlight=False, markup=False, soft_wrap=True)


if __name__ == "__main__":
    main()
