"""Conversations, shared answers and opinions are kept beside a store, and a rebuild leaves them alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from assistant import Assistant
from assistant.settings import Settings
from assistant.terminal.cli import cli
from assistant.user_data import Kept
from index.errors import StoreDamaged
from tests.conftest import SEEDS

QUESTION = "When did Macron and Putin last speak?"


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "store")


def turn(question: str) -> dict[str, Any]:
    return {"question": question, "options": {}, "searched": "", "answer": None, "error": None}


def test_a_conversation_is_kept_as_it_grows_renamed_and_deleted(kept: Kept) -> None:
    name = kept.save("mine", None, [turn(QUESTION)])
    assert kept.save("mine", name, [turn(QUESTION), turn("Why?")]) == name
    [found] = kept.conversations("mine")
    assert (found.id, found.title) == (name, QUESTION)
    assert [one["question"] for one in kept.turns("mine", name)] == [QUESTION, "Why?"]
    kept.rename("mine", name, " Calls ")
    assert [one.title for one in kept.conversations("mine")] == ["Calls"]
    kept.delete("mine", name)
    assert kept.conversations("mine") == [] and kept.turns("mine", name) == []


def test_another_browser_reads_renames_deletes_and_overwrites_nothing(kept: Kept) -> None:
    name = kept.save("mine", None, [turn(QUESTION)])
    assert kept.conversations("theirs") == [] and kept.turns("theirs", name) == []
    kept.rename("theirs", name, "taken")
    kept.delete("theirs", name)
    assert kept.save("theirs", name, [turn("Mine now?")]) != name
    assert [one.title for one in kept.conversations("mine")] == [QUESTION]
    assert [one["question"] for one in kept.turns("mine", name)] == [QUESTION]


def test_a_shared_answer_stays_as_it_was_and_its_link_cannot_be_guessed(kept: Kept) -> None:
    assert kept.shared("nothing") is None
    one, other = kept.share(turn(QUESTION)), kept.share(turn(QUESTION))
    assert one != other and len(one) >= 22  # 128 bits
    found = kept.shared(one)
    assert found and found[0] == turn(QUESTION)


def test_a_thumb_is_replaced_by_a_later_one_and_keeps_its_comment(kept: Kept) -> None:
    answer = {"answer": "In July.", "short": "July", "refused": False, "citations": [{"article_id": "a", "quote": "q"}]}
    asked = {"question": QUESTION, "history": [["Who?", "He."]], "options": {"as_of": "2026-02-10"}, "answer": answer}
    kept.judge("talk", 0, True, asked)
    kept.comment("talk", 0, "the right month ")
    kept.judge("talk", 0, False, asked)
    [opinion] = kept.opinions()
    assert (opinion.liked, opinion.comment, opinion.history) == (False, "the right month", (("Who?", "He."),))
    assert opinion.to_json()["evidence"] == ({"article_id": "a", "quote": "q"},)


def test_a_rebuild_leaves_it_alone_and_the_command_line_exports_it(tmp_path: Path) -> None:
    store = tmp_path / "store"
    with Assistant.open(store, settings=Settings()) as assistant:
        assistant.ingest([SEEDS])
        answer = assistant.ask(QUESTION).to_json()
        kept = Kept(store)
        kept.judge("talk", 0, True, {"question": QUESTION, "history": [], "options": {}, "answer": answer})
        assistant.rebuild()
    assert [opinion.liked for opinion in kept.opinions()] == [True]
    exported = json.loads(CliRunner().invoke(cli, ["feedback", "--json", "--store", str(store)]).output)
    [case] = exported["cases"]
    assert case["question"] == QUESTION and case["short"] == "July" and case["liked"] is True
    text = (SEEDS / f"{case['evidence'][0]['article_id']}.txt").parent
    assert any(case["evidence"][0]["quote"] in file.read_text() for file in text.glob("*.txt"))
    assert "good" in CliRunner().invoke(cli, ["feedback", "--store", str(store)]).output


def test_without_any_the_command_line_says_how_to_give_one(tmp_path: Path) -> None:
    said = CliRunner().invoke(cli, ["feedback", "--store", str(tmp_path)])
    assert said.exit_code == 0 and "No feedback yet" in said.output
    assert not (tmp_path / "kept.db").exists()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "kept.db").write_bytes(b"this is no database, whatever its name says" * 40)
    with pytest.raises(StoreDamaged, match=r"kept\.db"):
        Kept(tmp_path).opinions()
