"""Embedders other than the house's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant import Assistant
from assistant.settings import Settings
from index.errors import ModelFailed, StoreMismatch
from tests.conftest import SEEDS, ferry_article
from tests.model_server import Reply, serve, vector

QUESTION = "When did Macron and Putin last speak?"


@pytest.mark.usefixtures("in_chroma")
def test_a_server_embeds_and_the_store_remembers_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(Reply()) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        settings = Settings(embedder="text-embedding-test")
        with Assistant.open(tmp_path / "s", settings=settings) as assistant:
            assistant.ingest([SEEDS])
            assert "in July" in assistant.ask(QUESTION).text
            assert any(passage.why.dense_rank == 1 for passage in assistant.search(QUESTION))
        assert {request["model"] for request in server.requests} == {"text-embedding-test"}
    with Assistant.open(tmp_path / "s", settings=Settings()) as assistant:
        with pytest.raises(StoreMismatch, match="text-embedding-test"):
            assistant.ask(QUESTION)
        assistant.rebuild()
        assert "in July" in assistant.ask(QUESTION).text


def test_a_server_that_refuses_loses_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(ferry_article())
    with serve(Reply(status=401)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        with Assistant.open(tmp_path / "s", settings=Settings(embedder="e")) as assistant:
            with pytest.raises(ModelFailed, match="refuses the key"):
                assistant.ingest([tmp_path / "a.txt"])
            assert assistant.status()["articles"] == 1


def test_a_llama_index_embedding_is_used(tmp_path: Path) -> None:
    from llama_index.core.embeddings import BaseEmbedding

    class Counting(BaseEmbedding):
        def _get_text_embedding(self, text: str) -> list[float]:
            return vector(text)

        def _get_query_embedding(self, query: str) -> list[float]:
            return vector(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return vector(query)

    embedder: Any = Counting(model_name="counting")
    with Assistant.open(tmp_path / "s", settings=Settings(), embedder=embedder) as assistant:
        assistant.ingest([SEEDS])
        assert "in July" in assistant.ask(QUESTION).text
        assert assistant.status()["built_with"]["embedder"] == "LlamaIndex Counting counting"
        lengths = np.linalg.norm(assistant.store.embedder.embed(["a ferry", "a harbour"]), axis=1)
    assert np.allclose(lengths, 1)
