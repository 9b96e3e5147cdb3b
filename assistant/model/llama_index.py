"""LlamaIndex at our edges: any of its language models handed in, our retrieval handed out as one of its retrievers."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Any

from assistant.model.openai import Form, Messages, Usage
from assistant.model.tokens import count_tokens
from index.errors import ExtraMissing, ModelFailed
from index.models.embedding import MiniLM, Vectors, unit_rows

try:
    from llama_index.core.base.llms.types import ChatMessage
    from llama_index.core.callbacks import CallbackManager
    from llama_index.core.retrievers import BaseRetriever
    from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
except ModuleNotFoundError as error:
    raise ExtraMissing("this needs llama-index-core: pip install 'article-assistant[llama-index]'") from error

if TYPE_CHECKING:
    from assistant.api import Assistant


class LlamaIndexModel:
    """A LlamaIndex ``LLM`` as what writes answers; it is asked in plain lines, which every model can write."""

    def __init__(self, llm: Any) -> None:
        self._llm = llm
        self.name: str = llm.metadata.model_name or type(llm).__name__

    def write(
        self, messages: Callable[[Form], Messages], usage: Usage, *, structured: bool = False
    ) -> Generator[str, None, None]:
        """See ``LanguageModel``."""
        del structured
        sent = messages("plain")
        usage.calls += 1
        usage.finish = None
        written = ""
        try:
            asked = [ChatMessage(role=message["role"], content=message["content"]) for message in sent]
            for part in self._llm.stream_chat(asked):
                if usage.stop.is_set():
                    raise CancelledError
                if piece := (part.delta or "").encode("utf-8", "replace").decode():
                    written += piece
                    yield piece
            usage.finish = "stop"
        except CancelledError:
            raise
        except Exception as error:  # each integration has its own errors
            raise ModelFailed(f"{self.name} failed with {type(error).__name__}") from None  # its text may repeat a key
        finally:
            usage.estimated = True
            usage.prompt_tokens += sum(count_tokens(message["content"]) for message in sent)
            usage.completion_tokens += count_tokens(written)


class LlamaIndexEmbedder:
    """A LlamaIndex ``BaseEmbedding`` as what embeds texts and questions; chunks are cut as for the house's own."""

    def __init__(self, embedding: Any) -> None:
        self._embedding = embedding
        self._counter = MiniLM()
        self.name = f"LlamaIndex {type(embedding).__name__} {embedding.model_name}"

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] = lambda done: None) -> Vectors:
        """See ``Embedder``; raises ModelFailed."""
        rows: list[list[float]] = []
        for start in range(0, len(texts), self._embedding.embed_batch_size):
            batch = list(texts[start : start + self._embedding.embed_batch_size])
            rows += self._call(lambda batch=batch: self._embedding.get_text_embedding_batch(batch))  # type: ignore[misc]
            progress(len(rows))
        return unit_rows(rows)

    def embed_question(self, question: str) -> Vectors:
        """See ``Embedder``; raises ModelFailed."""
        vector: Vectors = unit_rows([self._call(lambda: self._embedding.get_query_embedding(question))])[0]
        return vector

    def token_offsets(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """See ``Embedder``."""
        return self._counter.token_offsets(texts)

    def _call(self, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except CancelledError:
            raise
        except Exception as error:  # each integration has its own errors
            raise ModelFailed(f"{self.name} failed with {type(error).__name__}") from None  # its text may repeat a key


class ArticleRetriever(BaseRetriever):
    """The retrieval of an ``Assistant`` for LlamaIndex agents and query engines.

    A node's text is the passage, its metadata are those of the article and the passage's offsets in it.

    >>> ArticleRetriever(assistant).retrieve("When did Macron and Putin last speak?")  # doctest: +SKIP
    """

    def __init__(self, assistant: Assistant, *, top_k: int | None = None, fast: bool | None = None) -> None:
        super().__init__(callback_manager=CallbackManager())
        self._assistant = assistant
        self._top_k = top_k
        self._fast = fast

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._assistant.search(query_bundle.query_str, top_k=self._top_k, fast=self._fast)
        return [
            NodeWithScore(
                node=TextNode(
                    id_=passage.chunk.id,
                    text=passage.text,
                    metadata={
                        "article_id": passage.article.id,
                        "title": passage.article.title,
                        "uri": passage.article.uri,
                        "published": passage.article.published,
                    },
                    start_char_idx=passage.chunk.start,
                    end_char_idx=passage.chunk.end,
                ),
                score=passage.score,
            )
            for passage in found
        ]
