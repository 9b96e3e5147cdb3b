"""A language model connected on the page gets no key that is not meant for it, and what is redacted stays so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.settings import Settings
from assistant.web.connect import connect
from tests.model_server import Reply, sentences, serve

QUESTION = "When did Macron and Putin last speak?"
JULY = "Macron and Putin last spoke in July, their first known phone conversation in over two and a half years."


def test_a_key_of_the_environment_goes_only_to_its_own_address(
    seed_store: Assistant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "of-the-owner")
    store = shutil.copytree(seed_store.store.path, tmp_path / "store")
    with serve(Reply("ready")) as other, serve(Reply("ready")) as own, Assistant.open(store) as assistant:
        monkeypatch.setenv("OPENAI_BASE_URL", own.url)
        assert connect(assistant, other.url, "scripted", "").startswith("Connected")
        assert "of-the-owner" not in json.dumps(other.headers)
        assert connect(assistant, own.url, "scripted", "").startswith("Connected")
        assert "of-the-owner" in json.dumps(own.headers)


def test_what_is_redacted_stays_redacted_and_a_failure_changes_nothing(seed_store: Assistant, tmp_path: Path) -> None:
    store = shutil.copytree(seed_store.store.path, tmp_path / "store")
    with (
        serve(Reply(sentences((JULY, JULY)))) as server,
        Assistant.open(store, settings=Settings(), redact=lambda text: text.replace("Lavrov", "N. N.")) as assistant,
    ):
        assert connect(assistant, "http://127.0.0.1:9/v1", "scripted", "").startswith("Not connected")
        assert connect(assistant, server.url, " ", "").startswith("Name a model")
        assert assistant.ask(QUESTION).answerer == "extractive"
        assert connect(assistant, server.url, "scripted", "").startswith("Connected")
        assert assistant.ask(QUESTION).answerer == "scripted"
    sent = json.dumps(server.requests)
    assert "N. N." in sent and "Lavrov" not in sent
