"""A budget, redaction and a record of what language models are sent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import Assistant
from assistant.settings import Settings, read_settings
from assistant.terminal.cli import cli
from index.errors import SettingsInvalid
from tests.model_server import Reply, sentences, serve
from tests.stores import open_store

QUESTION = "When did the ferry line to Brask open?"
QUOTE = "The ferry line to Brask opened on 3 May 2024, the harbour master Ilse Torvald said."
REPLY = sentences(("The ferry line to Brask opened on 3 May 2024.", QUOTE))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with open_store(tmp_path, {"ferry": ("2024-05-04", QUOTE)}) as assistant:
        return assistant.store.path


def test_when_the_budget_is_used_up_the_answer_is_verbatim_and_says_why(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(model="scripted", price_in=1000, price_out=0, budget=0.15)
    with serve(Reply(REPLY, usage=(100, 20))) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        with Assistant.open(store, settings=settings) as assistant:
            first = assistant.ask(QUESTION)
            assert (first.answerer, first.usage["cost"]) == ("scripted", 0.1)
            assert assistant.ask(QUESTION).answerer == "scripted"
            third = assistant.ask(QUESTION)
        with Assistant.open(store, settings=settings) as again:  # another process knows what was spent
            assert again.ask(QUESTION).answerer == "extractive"
    assert len(server.requests) == 2
    assert third.answerer == "extractive" and not third.refused
    [notice] = [notice for notice in third.notices if notice.code == "model_failed"]
    assert "0.20 of 0.15 spent" in notice.message and "ASSISTANT_BUDGET" in notice.message


def test_a_budget_without_prices_is_a_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_BUDGET", "2")
    with pytest.raises(SettingsInvalid, match="ASSISTANT_PRICE_IN"):
        read_settings()


def test_what_is_sent_is_redacted_and_can_be_read_afterwards(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(Reply(REPLY)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        settings = Settings(model="scripted")
        with Assistant.open(
            store, settings=settings, redact=lambda text: text.replace("Ilse Torvald", "N. N.")
        ) as assistant:
            answer = assistant.ask(QUESTION)
        sent = json.dumps(server.requests)
    assert "N. N." in sent and "Ilse Torvald" not in sent
    [call] = answer.sent
    assert (call.model, call.reply) == ("scripted", REPLY)
    assert list(call.messages) == server.requests[0]["messages"]
    assert answer.citations[0].quote == QUOTE  # the quote is the article's own, whatever was sent


def test_what_would_be_sent_is_shown_redacted(store: Path) -> None:
    with Assistant.open(
        store, settings=Settings(), redact=lambda text: text.replace("Ilse Torvald", "N. N.")
    ) as assistant:
        shown = json.dumps(assistant.preview(QUESTION))
    assert "N. N." in shown and "Ilse Torvald" not in shown and "for a single fact" in shown


def test_the_command_line_prints_what_was_sent(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(Reply(REPLY)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        asked = ["ask", "--store", str(store), "--model", "scripted", "--show-sent", QUESTION]
        shown = CliRunner().invoke(cli, asked).output
        assert "[system]" in shown and "[scripted replied]" in shown and "Ilse Torvald" in shown
        record = json.loads(CliRunner().invoke(cli, [*asked, "--json"]).output)
    assert record["sent"][0]["reply"] == REPLY
