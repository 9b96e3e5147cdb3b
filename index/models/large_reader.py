"""The large reader: reads a question or a claim beside a text, and marks, refuses, decides yes or no, and verifies.

A cross-encoder of MPNet's size (Song et al. 2020, arXiv:2004.09297) with four heads trained together: whether the text
answers (Nogueira and Cho 2019, arXiv:1901.04085), which words do (Devlin et al. 2019, arXiv:1810.04805), yes or no
(Clark et al. 2019, arXiv:1905.10044), and whether a claim is supported (Thorne et al. 2018, arXiv:1803.05355). It is
slower than the small reader by eight, so it reads the few places that the small one puts first. Its model card is
``index/weights/LARGE_READER.md``, its training ``index/training/teacher``.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.models.calibration import CloseCalibration, read_close_calibration
from index.models.sessions import FOLDER, open_session, open_tokenizer, workers
from index.models.span import best_span
from index.passage import Choice

LOWER = FOLDER / "large_lower_int8.onnx"
LOWER_SHA256 = "56567522c36e641442b5965a377218e3facaaab801a9229b2314eacbac3d888b"
UPPER = FOLDER / "large_upper_int8.onnx"
UPPER_SHA256 = "b288326e84d097fa118d70ddea06bc74f0045dbfc049792c0b429c11e2278329"

MOST_TOKENS = 256
"""Of both texts together; what follows is not read. So it was in training."""

ASKED_TOKENS = 96
"""Of a question or claim at most."""

START, END = 0, 2
_MOST_THREADS = 4
"""For one text; several texts are read beside each other besides."""

_SHIFT = 4
"""MPNet's vocabulary is that of BERT base uncased behind four words of its own."""

_Floats = NDArray[np.float32]


class Shown(NamedTuple):
    """A text with what is known of its article in front."""

    text: str
    front: str = ""
    """Title, outlet and date, as ``heading`` joins them."""


def heading(title: str | None, outlet: str | None = None, published: str | None = None) -> str:
    """What stands in front of a text, as in training.

    >>> heading("Ferry sinks", None, "2025-05-03")
    'Ferry sinks : 2025-05-03'
    """
    return " : ".join(part.strip() for part in (title, outlet, published) if part and part.strip())


class Judgement(NamedTuple):
    """The probabilities that a text bears a claim out, that it contradicts it, or leaves it open."""

    supported: float
    contradicted: float
    neither: float


@dataclass(frozen=True, slots=True)
class Look:
    """What the reader makes of a text beside a question."""

    relevance: float
    """The logit that the text answers."""
    choice: Choice
    spans: _Floats
    """Logits of start and end, shape (tokens, 2), against those of "not answered here"."""
    offsets: tuple[tuple[int, int], ...]
    """Where each token stands in the text."""

    def within(self, start: int, end: int) -> tuple[float, float, int, int] | None:
        """Between two places of the text: how likely an answer is there, then the best one's logit, start and end.

        The first is the mean over starts and ends of the logit that they are between the two places. None without a
        token there that was read.
        """
        inside = [number for number, (low, high) in enumerate(self.offsets) if start <= low and high <= end]
        if not inside:
            return None
        shift = inside[0]
        best = best_span(self.spans[shift : inside[-1] + 1])
        return best.mass, best.logit, self.offsets[shift + best.first][0], self.offsets[shift + best.last][1]


class CloseReader(Protocol):
    """What reads a question or a claim closely beside a few texts."""

    @property
    def name(self) -> str:
        """For people: ``assistant doctor`` shows it."""
        ...

    @property
    def calibration(self) -> CloseCalibration:
        """What turns its logits into an order, a confidence, a refusal and verdicts."""
        ...

    def look(self, asked: Sequence[tuple[str, Shown]]) -> list[Look]:
        """What it makes of each question beside its text."""
        ...

    def judge(self, claim: str, evidence: Sequence[str]) -> list[Judgement]:
        """Whether each piece of evidence bears a claim out."""
        ...

    def tokens(self, text: str) -> int:
        """How many tokens a text has."""
        ...

    def load(self) -> None:
        """Load what it needs, unless it is there; raises ModelMissing."""
        ...


class LargeReader:
    """The large reader that comes along; loads its weights on first use, and may be used from several threads."""

    def __init__(self, lower: Path = LOWER, upper: Path = UPPER, sha256: tuple[str, str] | None = None) -> None:
        """Name the two files of weights; without ``sha256`` those that come along are checked, others are not."""
        ours = (LOWER_SHA256, UPPER_SHA256) if (lower, upper) == (LOWER, UPPER) else None
        self._files = (lower, upper)
        self._sha256 = sha256 or ours or (None, None)
        self.name = f"large-reader@{(self._sha256[1] or str(upper))[:12]}"

    @property
    def calibration(self) -> CloseCalibration:
        """The numbers of ``index/weights/large_reader.json``, read when they are needed; raises ModelMissing."""
        return read_close_calibration()

    def look(self, asked: Sequence[tuple[str, Shown]]) -> list[Look]:
        """What it makes of each question beside its text, of which the first tokens are read. Raises ModelMissing."""
        self.load()  # once, before several threads would
        return list(workers().map(lambda pair: self._look(*pair), asked))

    def judge(self, claim: str, evidence: Sequence[str]) -> list[Judgement]:
        """Whether each piece of evidence, its first tokens, bears a claim out. Raises ModelMissing."""
        self.load()
        asked = self._ids(claim)[:ASKED_TOKENS]
        return list(workers().map(lambda text: self._judge(asked, text), evidence))

    def tokens(self, text: str) -> int:
        """How many tokens a text has."""
        return len(self._ids(text))

    def load(self) -> None:
        """Load the weights, unless they are; raises ModelMissing."""
        _ = self._sessions

    def _look(self, question: str, shown: Shown) -> Look:
        asked = self._ids(question)[:ASKED_TOKENS]
        front = self._ids(f"{shown.front} : ") if shown.front else []
        encoding = self._tokenizer.encode(shown.text, add_special_tokens=False)
        room = MOST_TOKENS - 4 - len(asked) - len(front)
        words = [token + _SHIFT for token in encoding.ids[:room]]
        said = self._run([START, *asked, END, END, *front, *words, END])
        spans = said["spans"][0]
        own = spans[-1 - len(words) : -1] - spans[0]
        return Look(float(said["relevance"][0, 0]), Choice(*_softmax(said["choice"][0])), own,
                    tuple(encoding.offsets[: len(words)]))  # fmt: skip

    def _judge(self, asked: list[int], text: str) -> Judgement:
        words = self._ids(text)[: MOST_TOKENS - 4 - len(asked)]
        return Judgement(*_softmax(self._run([START, *asked, END, END, *words, END])["verdict"][0]))

    def _run(self, ids: list[int]) -> dict[str, _Floats]:
        lower, upper = self._sessions
        [rows] = lower.run(["rows"], {"input_ids": np.array([ids], dtype=np.int64)})
        names = ["relevance", "choice", "verdict", "spans"]
        return dict(zip(names, upper.run(names, {"rows": rows}), strict=True))

    def _ids(self, text: str) -> list[int]:
        return [token + _SHIFT for token in self._tokenizer.encode(text, add_special_tokens=False).ids]

    @cached_property
    def _tokenizer(self) -> Any:
        return open_tokenizer()

    @cached_property
    def _sessions(self) -> tuple[Any, Any]:
        threads = min(os.cpu_count() or 1, _MOST_THREADS)
        rows = zip(self._files, self._sha256, strict=True)
        lower, upper = (open_session(file, digest, threads) for file, digest in rows)
        return lower, upper


def _softmax(logits: _Floats) -> list[float]:
    shares = np.exp(logits - logits.max())
    found: list[float] = (shares / shares.sum()).tolist()
    return found
