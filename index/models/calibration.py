"""What turns a reader's logits into ranks, a confidence and a refusal: numbers fitted to one reader, kept beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path

from index.errors import ModelMissing
from index.models.sessions import FOLDER

FILE = FOLDER / "reader.json"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights by feature, and thresholds. ``python -m evals.research.fit`` fits them to a reader and prints them."""

    passage_order: Mapping[str, float]
    """Which passage comes first: a softmax over the passages read for a question."""
    passage_new: float
    """How much an article's being new counts beside them, in logits for a favour of 1: fitted on the half of RealTimeQA
    that ``evals.research.recency`` leaves out."""
    sentence_order: Mapping[str, float]
    """Which sentence comes first: a softmax over the sentences read for a question."""
    sentence_new: float
    """As ``passage_new``, for sentences."""
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


@cache
def read_calibration(file: Path = FILE) -> Calibration:
    """The numbers of a file, read once; raises ModelMissing.

    >>> read_calibration().refuse_below
    0.48
    """
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
        return Calibration(**{field.name: known[field.name] for field in fields(Calibration)})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelMissing(f"{file} cannot be read ({error}). Get it again with: git checkout {file}") from None
