"""What turns a reader's logits into ranks, a confidence and a refusal: numbers fitted to one reader, kept beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from index.errors import ModelMissing
from index.models.sessions import FOLDER

FILE = FOLDER / "reader.json"
LARGE_FILE = FOLDER / "large_reader.json"

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights by feature, and thresholds. ``python -m evals.research.fit`` fits them to a reader and prints them."""

    passage_order: Mapping[str, float]
    """Which passage comes first: a softmax over the passages read for a question; ``python -m
    evals.research.fit_passages`` fits it."""
    sentence_order: Mapping[str, float]
    """Which sentence comes first: a softmax over the sentences read for a question."""
    sentence_new: float
    """How much an article's being new counts beside them, in logits for a favour of 1."""
    sure: Mapping[str, float]
    """Whether one of the first sentences holds the answer: a logistic regression."""
    refuse_below: float
    """Below this probability that one of the two likeliest sentences answers, none does."""
    fast: Mapping[str, float]
    """Which sentence comes first, and how sure that is, where nothing was read: a logistic regression over the
    sentences found for 306 questions of SQuAD 2.0 dev, the whole corpus searched. For 306 others it puts a right
    sentence first in 0.72 (words 0.71, meaning 0.61 alone)."""
    fast_refuse_below: float
    """As ``refuse_below``, for the first sentence, where nothing was read."""

    def to_json(self) -> str:
        """What ``read_calibration`` reads."""
        return json.dumps(asdict(self), indent=2)


@dataclass(frozen=True, slots=True)
class Choosing:
    """Weights by feature for candidates that were read closely."""

    order: Mapping[str, float]
    """Which comes first: a softmax over those of a question."""
    sure: Mapping[str, float]
    """Whether the first answers: a logistic regression."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Where verdicts on claims lie, as probabilities that a claim is borne out."""

    supported: float
    """From here on a claim is shown without a mark."""
    unsure: float
    """From here on it is shown with one; below it is left out."""


@dataclass(frozen=True, slots=True)
class CloseCalibration:
    """What turns the large reader's logits into an order, a confidence, a refusal, a yes or no, and verdicts.

    ``python -m evals.research.fit_close`` fits all but the verdicts.
    """

    words: Choosing
    """Where words of the sentence answer."""
    yes_no: Choosing
    refuse_below: float
    """Below this probability that the first candidate answers, none does."""
    says: float
    """From this probability of yes, or of no, on it is said."""
    verdict: Verdicts


@cache
def read_calibration(file: Path = FILE) -> Calibration:
    """The numbers of a file, read once; raises ModelMissing.

    >>> read_calibration().refuse_below
    0.48
    """
    known = _read(file)
    return _or_missing(file, lambda: Calibration(**{field.name: known[field.name] for field in fields(Calibration)}))


@cache
def read_close_calibration(file: Path = LARGE_FILE) -> CloseCalibration:
    """The large reader's numbers, read once; raises ModelMissing."""
    known = _read(file)
    return _or_missing(
        file,
        lambda: CloseCalibration(
            Choosing(**known["words"]),
            Choosing(**known["yes_no"]),
            known["refuse_below"],
            known["says"],
            Verdicts(**known["verdict"]),
        ),
    )


def _read(file: Path) -> Any:
    return _or_missing(file, lambda: json.loads(file.read_text(encoding="utf-8")))


def _or_missing(file: Path, make: Callable[[], _T]) -> _T:
    try:
        return make()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelMissing(f"{file} cannot be read ({error}). Get it again with: git checkout {file}") from None
