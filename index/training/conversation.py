"""Fits the linear classifiers of messages: ``python -m index.training.conversation``.

``evals/conversation`` has what people might write: to greet, to ask for the archive itself, or, though it looks alike,
to ask what articles report; questions, broad, plain, and for how a subject stands; and messages that lean on those
before. Fitted on the files named ``_train``, measured on those named ``_test``, which other hands wrote. Softmax
regression with an L2 penalty, by gradient descent.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.question.breadth import BROAD, NARROW
from assistant.question.breadth import SURE as BREADTH_SURE
from assistant.question.breadth import WEIGHTS as BREADTH
from assistant.question.intent import SURE, WEIGHTS
from assistant.question.leaning import ALONE, LEANS
from assistant.question.leaning import SURE as LEANING_SURE
from assistant.question.leaning import WEIGHTS as LEANING
from assistant.question.newest import NEWEST, OTHER
from assistant.question.newest import SURE as NEWEST_SURE
from assistant.question.newest import WEIGHTS as NEWEST_WEIGHTS
from index.models.embedding import MiniLM
from index.models.linear import Linear
from index.models.word_runs import as_features, as_vector, features
from index.training.teacher.split import NEVER_TRAINED_ON

MESSAGES = Path(__file__).parents[2] / "evals" / "conversation"
ARCHIVES = MESSAGES.with_name("archives")
_EVERY = 12
"""One in so many questions over the archives stands among the plain ones."""

_FILES = {"broad": (BREADTH, BREADTH_SURE), "newest": (NEWEST_WEIGHTS, NEWEST_SURE)}
_ALIKE = re.compile("latest|going on|happening|stand|develop", re.IGNORECASE)
"""Broad questions with these ask for the newest state as well."""

_PENALTY = 1e-4
_STEPS, _RATE = 3000, 4.0
_Floats = NDArray[np.float32]


def read(name: str) -> list[dict[str, Any]]:
    """The lines of a file of messages."""
    return [json.loads(line) for line in (MESSAGES / name).read_text(encoding="utf-8").splitlines() if line]


def fit(features: _Floats, wanted: NDArray[np.int64], names: tuple[str, ...], *, rate: float = _RATE) -> Linear:
    """Weights by which each row of features has its class; classes count alike, however many rows they have."""
    weights = np.zeros((len(names), features.shape[1]), dtype=np.float32)
    bias = np.zeros(len(names), dtype=np.float32)
    goal = np.eye(len(names), dtype=np.float32)[wanted]
    counts = np.bincount(wanted, minlength=len(names))
    share = np.sqrt(len(wanted) / (len(names) * counts))[wanted].astype(np.float32)[:, None] / len(wanted)
    for _ in range(_STEPS):
        logits = features @ weights.T + bias
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        slope = (shares / shares.sum(axis=1, keepdims=True) - goal) * share
        weights -= rate * (slope.T @ features + _PENALTY * weights)
        bias -= rate * slope.sum(axis=0)
    return Linear(names, weights, bias)


def write(linear: Linear, file: Path) -> None:
    """Keep a classifier in its file."""
    rows = [[round(float(value), 3) for value in row] for row in linear.weights]
    record: dict[str, Any] = {"features": linear.features} if linear.features else {}
    record |= {"names": linear.names, "bias": [round(float(value), 3) for value in linear.bias], "weights": rows}
    file.write_text(json.dumps(record, separators=(",", ":")) + "\n", encoding="utf-8")


def intents() -> None:
    """Fit the classifier of intents, write it, and print how it does on what others wrote."""
    rows, others = read("intents_train.jsonl"), read("intents_test.jsonl")
    names = tuple(dict.fromkeys(row["intent"] for row in rows))
    embedder = MiniLM()
    features = embedder.embed([row["text"] for row in rows])
    linear = fit(features, np.array([names.index(row["intent"]) for row in rows]), names)
    write(linear, WEIGHTS)
    seen: Counter[tuple[str, str]] = Counter()
    for row, vector in zip(others, embedder.embed([row["text"] for row in others]), strict=True):
        chances = linear.chances(vector)
        best = int(np.argmax(chances))
        told = names[best] if chances[best] >= SURE else "other"
        seen[row["intent"], told] += 1
    total = Counter(wanted for wanted, _ in seen.elements())
    for name in names:
        wrong = {told: count for (wanted, told), count in seen.items() if wanted == name != told}
        print(f"{name:10} {seen[name, name]:3} of {total[name]:3} {wrong or ''}")


def plain_questions(kind: str) -> list[dict[str, Any]]:
    """Some questions over the archives that are trained on: one place answers each of them, so it is not of a kind."""
    folders = sorted(folder for folder in ARCHIVES.iterdir() if folder.is_dir() and folder.name not in NEVER_TRAINED_ON)
    lines = [line for one in folders for line in (one / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    return [{"text": json.loads(line)["question"], kind: False} for line in lines[::_EVERY]]


def tell(linear: Linear, vectors: _Floats, wanted: list[bool], sure: float, name: str, mistaken: str) -> None:
    """Print how many of the second class are found, and how many of the first are taken for it."""
    told, right = np.array([linear.chances(vector)[1] >= sure for vector in vectors]), np.array(wanted)
    found, taken = told[right].sum(), told[~right].sum()
    print(f"{name}: found {found} of {right.sum()}, {mistaken} {taken} of {(~right).sum()}")


def with_embedding(rows: list[dict[str, Any]], others: list[dict[str, Any]], kind: str, names: tuple[str, str]) -> None:
    """Fit one of the classifiers over runs of words and the embedding, write it, and print how it does on ``others``.

    ``kind`` is the field that says whether a row is of the second class.
    """
    file, sure = _FILES[kind]
    seen = Counter(feature for row in rows for feature in features(row["text"], []))
    kept = tuple(sorted(feature for feature, count in seen.items() if count > 1))
    places = {feature: place for place, feature in enumerate(kept)}
    embedder = MiniLM()

    def vectors(some: list[dict[str, Any]]) -> _Floats:
        texts = [row["text"] for row in some]
        return np.array([as_features(*one, places) for one in zip(texts, embedder.embed(texts), strict=True)])

    wanted = np.array([int(row[kind]) for row in rows])
    linear = replace(fit(vectors(rows), wanted, names), features=kept)
    write(linear, file)
    right = [row[kind] for row in others]
    tell(linear, vectors(others), right, sure, kind, f"taken for {kind}")


def breadth() -> None:
    """Fit the classifier of broad questions."""
    rows = [*read("broad_train.jsonl"), *plain_questions("broad")]
    with_embedding(rows, read("broad_test.jsonl"), "broad", (NARROW, BROAD))


def newest() -> None:
    """Fit the classifier of questions for how a subject stands; of the plain questions some ask for that too."""
    texts = [row["text"] for row in read("broad_train.jsonl")]
    other = [{"text": text, "newest": False} for text in texts if not _ALIKE.search(text)]
    rows = [*read("newest_train.jsonl"), *other, *plain_questions("newest")]
    with_embedding(rows, read("newest_test.jsonl"), "newest", (OTHER, NEWEST))


def leaning() -> None:
    """Fit the classifier of messages that lean on those before, write it, and print how it does."""
    rows, others = read("turns_train.jsonl"), read("turns_test.jsonl")
    seen = Counter(feature for row in rows for feature in features(row["question"], row["history"]))
    kept = tuple(sorted(feature for feature, count in seen.items() if count > 1))
    places = {feature: place for place, feature in enumerate(kept)}

    def vectors(some: list[dict[str, Any]]) -> _Floats:
        held = [features(row["question"], row["history"]) for row in some]
        return np.array([as_vector([places[one] for one in found if one in places], len(kept)) for found in held])

    wanted = np.array([int(row["leans"]) for row in rows])
    linear = replace(fit(vectors(rows), wanted, (ALONE, LEANS)), features=kept)
    write(linear, LEANING)
    right = [row["leans"] for row in others]
    tell(linear, vectors(others), right, LEANING_SURE, "leans", "stands alone but taken to lean")


if __name__ == "__main__":
    intents()
    breadth()
    newest()
    leaning()
