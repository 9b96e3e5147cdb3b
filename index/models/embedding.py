"""Text to vectors: all-MiniLM-L6-v2 as int8 ONNX, run by onnxruntime on the CPU.

Weights and vocabulary are in ``index/weights``; README.md there tells how they were made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.models.sessions import FOLDER, open_session, open_tokenizer, workers

DIMENSIONS = 384
MAX_TOKENS = 256
"""What the model card gives as the longest input, [CLS] and [SEP] included."""

WEIGHTS = FOLDER / "minilm_int8.onnx"
WEIGHTS_SHA256 = "c78736a4eacc1693e60ab1ca1deec560021420953018c89b085ea56cdb9b1a0e"

Vectors = NDArray[np.float32]


def unit_rows(rows: Sequence[Sequence[float]] | Vectors) -> Vectors:
    """Rows of numbers as float32 vectors of unit length, shape (rows, dimensions).

    >>> unit_rows([[3.0, 4.0]]).round(1).tolist()
    [[0.6000000238418579, 0.800000011920929]]
    """
    vectors = np.asarray(rows, dtype=np.float32)
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Vectors = vectors / np.maximum(lengths, np.float32(1e-12))
    return unit


class Embedder(Protocol):
    """What makes vectors of texts; its name stands in the store, which asks for a rebuild where it changes."""

    name: str

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] = lambda done: None) -> Vectors:
        """Embed texts for storage: float32, shape (len(texts), dimensions), rows of unit length, in the order given."""
        ...

    def embed_question(self, question: str) -> Vectors:
        """Embed a question for search: float32, shape (dimensions,), of unit length."""
        ...

    def token_offsets(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """The code-point offsets of each text's tokens, by which chunks are cut."""
        ...


class MiniLM:
    """The embedder of the house; loads its weights on first use, and may be used from several threads."""

    name: str = f"all-MiniLM-L6-v2-int8@{WEIGHTS_SHA256[:12]}"

    def __reduce__(self) -> tuple[type[MiniLM], tuple[()]]:
        return MiniLM, ()  # in another process it loads its weights itself

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] = lambda done: None) -> Vectors:
        """Embed texts: float32, shape (len(texts), 384), rows of unit length, in the order given.

        Each text is run by itself, on one core, as many at once as there are cores: activations are quantised over
        all that is run together, so in a batch a text's vector would depend on its neighbours; and nothing is padded.
        ``progress`` is called with the number of texts done.
        Raises ModelMissing if the weights are not there or not the expected ones.
        Source: mean pooling and normalisation as in the all-MiniLM-L6-v2 model card.
        """
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for number, vector in enumerate(self._run_all(texts)):
            vectors[number] = vector
            progress(number + 1)
        return vectors

    def embed_question(self, question: str) -> Vectors:
        """Embed a question: float32, shape (384,), of unit length."""
        vector: Vectors = self.embed([question])[0]
        return vector

    def token_offsets(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """The code-point offsets of each text's WordPiece tokens, without [CLS] and [SEP], never cut off."""
        return [encoding.offsets for encoding in self._counter.encode_batch(list(texts), add_special_tokens=False)]

    def _run_all(self, texts: Sequence[str]) -> Iterator[Vectors]:
        if len(texts) < 2:
            return map(self._run, texts)
        self._run("")  # load once, before several threads would
        return workers().map(self._run, texts)

    def _run(self, text: str) -> Vectors:
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        pooled: Vectors = self._session.run(["last_hidden_state"], inputs)[0][0].mean(axis=0)
        return pooled / np.linalg.norm(pooled)

    @cached_property
    def _tokenizer(self) -> Any:
        return open_tokenizer(MAX_TOKENS)

    @cached_property
    def _counter(self) -> Any:
        return open_tokenizer()

    @cached_property
    def _session(self) -> Any:
        return open_session(WEIGHTS, WEIGHTS_SHA256)
