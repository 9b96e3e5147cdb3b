"""Our embedder as LlamaIndex takes one: the way a person would write it who wants its default path with MiniLM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.embedding import MiniLM

if TYPE_CHECKING:
    # The type checker has to come to the same result where LlamaIndex is not installed.
    BaseEmbedding: Any = object
else:
    from llama_index.core.embeddings import BaseEmbedding

_MINILM = MiniLM()


class MiniLMEmbedding(BaseEmbedding):  # type: ignore[misc]
    """Texts are embedded in the order and in the batches that LlamaIndex gives them in."""

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [vector.tolist() for vector in _MINILM.embed(texts)]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)
