"""A conversation: follow-ups are understood from the turns before, shown, and looked up afresh."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from assistant import Assistant
from assistant.question.follow_up import standalone
from assistant.settings import Settings
from assistant.terminal.cli import cli
from tests.model_server import Reply, sentences, serve

WHEN = [("When did Macron and Putin last speak?", "Macron and Putin last spoke in July, their first call in years.")]
WHO = [("Who did Macron send to the Kremlin?", "Macron sent his advisor Emmanuel Bonne to the Kremlin last week.")]


@pytest.mark.parametrize(
    ("question", "history", "understood"),
    [
        ("Why?", WHEN, "Why did Macron and Putin last speak?"),
        ("Where was that?", WHEN, "Where did Macron and Putin last speak?"),
        ("What about Zelensky?", WHEN, "When did Macron and Zelensky last speak?"),
        ("And Zelensky?", WHEN, "When did Macron and Zelensky last speak?"),
        ("Did they meet?", WHEN, "Did Macron and Putin meet?"),
        ("When did he go there?", WHO, "When did Emmanuel Bonne go there?"),
        ("What was his mandate?", WHO, "What was Emmanuel Bonne's mandate?"),
        ("How long did it last?", WHEN, "How long did it last? (Macron Putin speak)"),
        ("Who is Lavrov?", WHEN, "Who is Lavrov?"),
        ("When did he go to the Kremlin?", WHO, "When did Emmanuel Bonne go to the Kremlin?"),
        ("What did Zelensky say about him?", WHO, "What did Zelensky say about Emmanuel Bonne?"),
        ("Did Zelensky say he would come?", WHO, "Did Zelensky say he would come?"),
        ("And who is Lavrov?", WHEN, "And who is Lavrov?"),
        ("Which newspaper interviewed Macron?", WHO, "Which newspaper interviewed Macron?"),
        ("When did he speak?", [], "When did he speak?"),
        (
            "Who sent him?",
            [("Who is Emmanuel Bonne?", "Emmanuel Bonne is the French president's adviser.")],
            "Who sent Emmanuel Bonne?",
        ),
        (
            "And to Marlow Sound?",
            [("When did the ferry to Brask Island open?", "In May.")],
            "When did the ferry to Marlow Sound open?",
        ),
        ("And June?", [("What did Mayor Lind do in May?", "She left.")], "What did Mayor Lind do in June?"),
        ("And Bob?", [("When did Anna meet Ann?", "In May.")], "When did Anna meet Bob?"),
        ("Who married her?", [("When did Ilse Torvald resign?", "In May.")], "Who married Ilse Torvald?"),
        ("And May?", [("How many passengers came in April?", "A hundred.")], "How many passengers came in May?"),
        ("What about 2023?", [("How many came in 2022?", "A hundred.")], "How many came in 2023?"),
        (
            "What did he promise?",
            [("Who won the election?", "Peter Brandt's Tide Party won.")],
            "What did Peter Brandt promise?",
        ),
        ("What did he say?", [*WHO, ("When was the visit?", "It was last week.")], "What did Emmanuel Bonne say?"),
    ],
)
def test_a_follow_up_stands_alone(question: str, history: list[tuple[str, str]], understood: str) -> None:
    assert standalone(question, history) == understood


def test_a_follow_up_is_answered_and_what_it_was_taken_for_is_shown(seed_store: Assistant) -> None:
    first = seed_store.ask("Who did Macron send to the Kremlin?")
    answer = seed_store.chat("When was he sent to the Kremlin?", history=[(first.question, first.text)])
    assert answer.question == "When was he sent to the Kremlin?"
    assert answer.understood == "When was Emmanuel Bonne sent to the Kremlin?"
    assert "last week" in answer.text
    assert seed_store.chat("Which newspaper interviewed Macron?", history=[]).understood is None


def test_the_terminal_chat_remembers(seed_store: Assistant) -> None:
    lines = "When did Macron and Putin last speak?\nAnd Zelensky?\n"
    shown = CliRunner().invoke(cli, ["chat", "--store", str(seed_store.store.path)], input=lines)
    assert "Understood as: When did Macron and Zelensky last speak?" in shown.output


def test_a_model_writes_the_standalone_question(seed_store: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    told = sentences(("Macron and Putin last spoke in July.", "Macron and Putin last spoke in July"))
    with serve(Reply("When did Macron and Putin last speak?"), Reply(told)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        with Assistant.open(seed_store.store.path, settings=Settings(model="scripted")) as assistant:
            answer = assistant.chat("And when was that last?", history=[("Did Macron and Putin speak?", "They did.")])
    assert answer.understood == "When did Macron and Putin last speak?"
    assert "July" in answer.text and answer.usage["calls"] == 2
    assert "They did." in server.requests[0]["messages"][1]["content"]
    assert "response_format" not in server.requests[0]


def test_a_server_that_is_gone_is_asked_once(seed_store: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(Reply(status=401)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        with Assistant.open(seed_store.store.path, settings=Settings(model="scripted")) as assistant:
            answer = assistant.chat("Where did they dance?", history=WHEN)
    assert len(server.requests) == 1
    assert answer.understood == "Where did Macron and Putin dance?"
    assert answer.notices[0].code == "model_failed"


def test_a_model_that_chats_instead_is_not_heeded(seed_store: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(Reply("Sure!\nHere is the question:\n1. Who?"), Reply('{"sentences": []}')) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        with Assistant.open(seed_store.store.path, settings=Settings(model="scripted")) as assistant:
            answer = assistant.chat("Did they meet?", history=WHEN)
    assert answer.understood == "Did Macron and Putin meet?"
