"""The reader: question and passage read together, to say whether it answers, and which words do.

A cross-encoder of MiniLM's size with a relevance head (Nogueira and Cho 2019, arXiv:1901.04085) and a span head (Devlin
et al. 2019, arXiv:1810.04805). Its model card is in ``index/weights``, its training in ``index/training``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.models.calibration import Calibration, read_calibration
from index.models.sessions import FOLDER, open_session, open_tokenizer, workers
from index.models.span import best_span
from index.passage import Passage, Reading

WEIGHTS = FOLDER / "reader_int8.onnx"
WEIGHTS_SHA256 = "3bc7bcdc3cfc694175c07c36d8241df1c9532c07ca223a04bd757af95b1b7503"

PASSAGES = 12
"""How many passages are read for a question, at most."""

READ_TOKENS = 1700
"""How many tokens are read for a question, the best passages first; one at least.

Of 182 questions over eleven invented archives the right sentence is in the five windows read closely after that for
0.923; with 2,600 tokens for 0.918 and half as long again, with 1,300 of eight passages for 0.901.
"""

WINDOW_TOKENS = 120
"""How many tokens of a passage are read at once."""

OVERLAP_TOKENS = 40
"""How many of them are read again with those that follow, at most."""

QUESTION_TOKENS, TITLE_TOKENS = 48, 20
"""Longer ones are cut, here and in training."""

CLS, SEP, COLON = 101, 102, 1024

_Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A passage's tokens; sentence i is those from ``begins[i]`` to ``ends[i]``, with what is no sentence between."""

    title: list[int]
    ids: list[int]
    offsets: list[tuple[int, int]]
    begins: list[int]
    ends: list[int]

    def length(self, first: int, last: int) -> int:
        """How many tokens the sentences from ``first`` to ``last`` have, and what stands between them."""
        return self.ends[last] - self.begins[first]


class Reader(Protocol):
    """What reads question and passage together. What it finds is not stored, so another one needs no rebuild."""

    @property
    def name(self) -> str:
        """For people: ``assistant doctor`` shows it."""
        ...

    @property
    def passages(self) -> int:
        """How many passages it is given for a question, at least."""
        ...

    @property
    def calibration(self) -> Calibration:
        """What turns its logits into ranks, a confidence and a refusal."""
        ...

    def read(self, questions: Sequence[str], passages: Sequence[Passage]) -> list[tuple[Reading | None, ...]]:
        """What each sentence of each passage has for its question, of which there is one for each passage.

        A row for each passage, with an entry for each of its ``sentences``: None for one that is no evidence, or that
        was not read. The logits of a ``Reading`` are against 0, which stands for "not answered here".
        """
        ...

    def load(self) -> None:
        """Load what it needs, unless it is there; raises ModelMissing."""
        ...


class MiniLMReader:
    """The reader that comes along; loads its weights on first use, and may be used from several threads."""

    def __init__(
        self,
        weights: Path = WEIGHTS,
        sha256: str | None = WEIGHTS_SHA256,
        *,
        passages: int = PASSAGES,
        window_tokens: int = WINDOW_TOKENS,
        read_tokens: int = READ_TOKENS,
        calibration: Calibration | None = None,
    ) -> None:
        """Name the weights; ``sha256`` is None for a file that may hold anything.

        Without ``calibration`` that of ``index/weights/reader.json`` holds, read when it is needed.
        """
        self.name = f"reader@{sha256[:12] if sha256 else weights}"
        self.passages = passages
        self.window_tokens = window_tokens
        self.read_tokens = read_tokens
        self._weights, self._sha256 = weights, sha256
        self._calibration = calibration

    @property
    def calibration(self) -> Calibration:
        """What turns its logits into ranks, a confidence and a refusal; raises ModelMissing."""
        return self._calibration or read_calibration()

    def read(self, questions: Sequence[str], passages: Sequence[Passage]) -> list[tuple[Reading | None, ...]]:
        """What each sentence of each passage has for its question; None for what is no evidence, or was not read.

        ``questions`` has one for each passage. The passages are read in their order, as many as ``read_tokens`` allow.

        A passage is read in windows of whole sentences that overlap; of a sentence read twice the better reading is
        kept. Each window is run by itself on one core, the longest first: what is made of it does not depend on its
        neighbours, and nothing is padded. Raises ModelMissing.
        """
        if not passages:
            return []
        self.load()  # once, before several threads would
        ids = {question: [CLS, *self._ids(question)[:QUESTION_TOKENS], SEP] for question in set(questions)}
        asked = [ids[question] for question in questions]
        tokens: list[_Tokens] = []
        windows: list[tuple[int, int, int]] = []
        left = self.read_tokens
        for number, passage in enumerate(passages):
            item = self._tokens(passage)
            runs = _windows(item, self.window_tokens)
            left -= sum(len(asked[number]) + len(item.title) + item.length(*run) + 1 for run in runs)
            if left < 0 and number > 0:
                break
            tokens.append(item)
            windows += [(number, *run) for run in runs]
        windows.sort(key=lambda window: tokens[window[0]].length(*window[1:]), reverse=True)
        outputs = workers().map(lambda window: self._run(asked[window[0]], tokens[window[0]], *window[1:]), windows)
        found: list[list[Reading | None]] = [[None] * len(passage.sentences) for passage in passages]
        for (number, first, last), (relevance, logits) in zip(windows, outputs, strict=True):
            passage, item = passages[number], tokens[number]
            for place in range(first, last + 1):
                begin, end = item.begins[place], item.ends[place]
                if not passage.sentences[place].evidence or begin == end:
                    continue
                own = logits[begin - item.begins[first] : end - item.begins[first]]
                known = found[number][place]
                reading = _reading(relevance, own, item.offsets[begin:end], passage.chunk.start)
                if known is None or known.mass < reading.mass:
                    found[number][place] = reading
        return [tuple(row) for row in found]

    def load(self) -> None:
        """Load the weights, unless they are; raises ModelMissing."""
        _ = self._session

    def _tokens(self, passage: Passage) -> _Tokens:
        encoding = self._tokenizer.encode(passage.text, add_special_tokens=False)
        starts = [start + passage.chunk.start for start, _ in encoding.offsets]
        begins = [bisect_left(starts, span.start) for span in passage.sentences]
        ends = [bisect_left(starts, span.end) for span in passage.sentences]
        title = self._ids(passage.article.title or "")[:TITLE_TOKENS]
        return _Tokens([*title, COLON] if title else [], encoding.ids, encoding.offsets, begins, ends)

    def _run(self, asked: list[int], tokens: _Tokens, first: int, last: int) -> tuple[float, _Floats]:
        """Relevance, and the start and end logits (tokens, 2) of the sentences ``first`` to ``last``."""
        words = tokens.ids[tokens.begins[first] : tokens.ends[last]]
        ids = np.array([[*asked, *tokens.title, *words, SEP]], dtype=np.int64)
        kinds = np.ones_like(ids)
        kinds[0, : len(asked)] = 0
        inputs = {"input_ids": ids, "token_type_ids": kinds, "attention_mask": np.ones_like(ids)}
        relevance, spans = self._session.run(["relevance", "spans"], inputs)
        return float(relevance[0, 0]), spans[0, -1 - len(words) : -1]

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    @cached_property
    def _tokenizer(self) -> Any:
        return open_tokenizer()

    @cached_property
    def _session(self) -> Any:
        return open_session(self._weights, self._sha256)


def _windows(tokens: _Tokens, most: int) -> list[tuple[int, int]]:
    """Runs of sentences, first and last, of so many tokens at most; one longer sentence stands by itself."""
    runs: list[tuple[int, int]] = []
    first, final = 0, len(tokens.begins) - 1
    while first <= final:
        last = first
        while last < final and tokens.length(first, last + 1) <= most:
            last += 1
        if not runs or last > runs[-1][1]:  # else its sentences were all read with those before
            runs.append((first, last))
        if last == final:
            break
        again = last + 1
        while again - 1 > first and tokens.length(again - 1, last) <= OVERLAP_TOKENS:
            again -= 1
        first = again
    return runs


def _reading(relevance: float, logits: _Floats, offsets: Sequence[tuple[int, int]], shift: int) -> Reading:
    """The reading of a sentence from its own start and end logits, and its tokens' offsets."""
    best = best_span(logits)
    return Reading(relevance, best.mass, best.logit, offsets[best.first][0] + shift, offsets[best.last][1] + shift)
