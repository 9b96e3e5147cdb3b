"""Questions that need two steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.model.openai import OpenAIModel, Usage
from assistant.question.decompose import plan_steps
from assistant.settings import Settings
from assistant.types import PassagesFound
from tests.conftest import write_jsonl
from tests.model_server import Reply, sentences, serve

STEPS = "Who runs the harbour of Esk?\nWhen was #1 born?"


@pytest.mark.parametrize(
    ("written", "steps"),
    [
        (STEPS, STEPS.splitlines()),
        ("1. Who runs Esk?\n2. When was #1 born?", ["Who runs Esk?", "When was #1 born?"]),
        ("<think>Two steps?</think>\n- Who runs Esk?\n- When was #1 born?\n", ["Who runs Esk?", "When was #1 born?"]),
        ("NONE", []),
        ("Who runs Esk?", []),
        ("Who runs Esk?\nWhen was #2 born?", []),
        ("Sure, here is the plan.\nWho runs Esk?", []),
        ("\n".join(["Who runs Esk?"] * 5), []),
    ],
)
def test_only_a_plan_is_taken_for_one(monkeypatch: pytest.MonkeyPatch, written: str, steps: list[str]) -> None:
    with serve(Reply(written)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        assert plan_steps(OpenAIModel("scripted", Settings()), "?", Usage()) == steps


def test_the_second_step_is_looked_up_with_the_answer_of_the_first(
    empty_store: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [
        {"id": "1", "title": "Esk", "text": "The harbour of Esk has been run by Ilse Torvald for ten years.\n"},
        {"id": "2", "title": "A birthday", "text": "Ilse Torvald was born in Brask in May 1971, in a snow storm.\n"},
    ]
    empty_store.ingest([write_jsonl(tmp_path / "a" / "a.jsonl", *articles)])
    told = sentences(("Ilse Torvald was born in May 1971.", "Ilse Torvald was born in Brask in May 1971"))
    question = "In which month and year did whoever runs the harbour of Esk come into the world?"
    with serve(Reply(STEPS), Reply(told)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        with Assistant.open(empty_store.store.path, settings=Settings(model="scripted")) as assistant:
            answer = assistant.ask(question)
    [planned] = [notice for notice in answer.notices if notice.code == "planned"]
    assert "When was Ilse Torvald born?" in planned.message
    assert answer.text == "Ilse Torvald was born in May 1971."
    assert set(answer.prompts) == {"plan", "answer", "form_json"}
    assert answer.usage["calls"] == 2


def test_without_a_plan_what_the_first_names_lead_to_is_looked_up(
    empty_store: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = [
        {"id": f"n{number}", "title": f"Harbour {number}", "text": f"The harbour of Marlow {number} was painted.\n"}
        for number in range(20)
    ]
    articles = [
        {"id": "1", "title": "Esk", "text": "The harbour of Esk has been run by Ilse Torvald for ten years.\n"},
        {"id": "2", "title": "A birthday", "text": "Ilse Torvald was born in Brask in a snow storm.\n"},
        *noise,
    ]
    empty_store.ingest([write_jsonl(tmp_path / "a" / "a.jsonl", *articles)])
    question = "Where did the head of the harbour of Esk come into the world?"
    settings = Settings(model="scripted", top_k=2)
    with serve(Reply("NONE"), Reply('{"sentences": []}')) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        with Assistant.open(empty_store.store.path, settings=settings) as assistant:
            found = next(assistant.stream(question))
    assert isinstance(found, PassagesFound)
    assert {"1", "2"} <= {passage.article.id for passage in found.passages}
