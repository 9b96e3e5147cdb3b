"""One agency report in many outlets is one report: found once, quoted once, and no crowd of witnesses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from index.storage.copies import copies_of
from tests.conftest import write_jsonl

REPORT = (
    "Brenk, 3 March (UNA) - The ferry Marit ran aground off Brenk on Sunday with 212 people on board, the coastguard "
    "said. All of them were taken off by two lifeboats and a fishing boat before dark.",
    "The captain, Jonas Feld, told reporters that the rudder had failed twenty minutes after the ship had left the "
    "harbour. He had dropped both anchors at once, he said, but the wind had carried the ship onto the bank.",
    "The owner, Norrland Lines, said the ferry had been inspected in January and that nothing had been found. "
    "A tug from Eskmouth is to pull it free at the next spring tide, on Thursday.",
    "The coastguard has opened an inquiry, which is to report within six months. The line carries some 90,000 people "
    "a year.",
)
LOCAL = (
    "Among those on board were eleven pupils of the school at Tarnby, who were on their way home from a rowing match. "
    "Their teacher, Mette Lund, said that they had been calm and had sung on the lifeboat."
)
OWN = (
    "It was nearly dark when the Marit struck the sandbank. Our reporter watched from the pier as lifeboats brought in "
    "212 passengers and crew, wrapped in blankets. Nobody was hurt, the coastguard said later. The captain had radioed "
    "that his rudder did not answer."
)


def story(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


@pytest.fixture
def wire(empty_store: Assistant, tmp_path: Path) -> Assistant:
    """An agency's report, three outlets that print it, one report of another hand, and one of the next day."""
    rows = [
        ("una", "UNA", "2031-03-03T08:00:00", "Ferry aground off Brenk", story(*REPORT)),
        ("post", "Esk Post", "2031-03-03T10:00:00", "Ferry with 212 on board runs aground", story(*REPORT)),
        ("short", "Daily Holm", "2031-03-04", "Ferry runs aground", story(*REPORT[:2])),
        ("local", "Tarnby Echo", "2031-03-04", "Tarnby pupils on stranded ferry", story(REPORT[0], LOCAL, *REPORT[1:])),
        ("own", "Brenk Times", "2031-03-03T12:00:00", "Stranded: the Marit's last voyage of winter", OWN),
    ]
    write_jsonl(
        tmp_path / "wire.jsonl",
        *(
            {"id": name, "agency": agency, "published": day, "title": title, "text": text}
            for name, agency, day, title, text in rows
        ),
    )
    empty_store.ingest([tmp_path / "wire.jsonl"])
    return empty_store


def ids_of(assistant: Assistant, article_id: str) -> list[str]:
    return [one.id for one in copies_of(assistant.store.catalog, article_id)]


def test_copies_are_told_from_another_report_of_the_same_event(wire: Assistant) -> None:
    assert ids_of(wire, "local") == ["una", "post", "short"]
    assert ids_of(wire, "una") == ["post", "short", "local"]
    assert ids_of(wire, "own") == []


def test_search_shows_a_report_once_the_first_and_what_a_copy_has_of_its_own(wire: Assistant) -> None:
    found = [passage.article.id for passage in wire.search("Why did the ferry run aground?")]
    assert found.count("una") >= 1 and not {"post", "short"} & set(found) and "own" in found
    [best, *_] = wire.search("Which pupils were on board the ferry?")
    assert best.article.id == "local"


def test_an_answer_names_the_outlets_that_print_the_same_report(wire: Assistant) -> None:
    answer = wire.ask("Who is the captain of the Marit?", now="2031-03-05")
    [citation, *_] = answer.citations
    assert citation.article_id == "una"
    assert citation.also_in == ("Esk Post", "Daily Holm", "Tarnby Echo")
    assert answer.to_json()["citations"][0]["also_in"] == ["Esk Post", "Daily Holm", "Tarnby Echo"]


def test_what_one_outlet_has_of_its_own_is_credited_to_no_other(wire: Assistant) -> None:
    answer = wire.ask("Who is the teacher of the pupils of Tarnby?", now="2031-03-05")
    [citation, *_] = answer.citations
    assert citation.article_id == "local" and citation.also_in == ()


def test_copies_are_one_witness_for_a_draft(wire: Assistant) -> None:
    [checked] = wire.check("The ferry Marit ran aground off Brenk with 212 people on board.").sentences
    assert checked.verdict == "supported" and checked.sources <= 2


def test_within_one_outlet_its_own_copy_is_found(wire: Assistant) -> None:
    assert {one.article.id for one in wire.search("ferry rudder", outlets=["Esk Post"])} == {"post"}


def test_when_the_first_copy_goes_the_next_stands_for_the_rest(wire: Assistant) -> None:
    removed = wire.remove(["una"])
    wire.ingest([wire.sources()[0].place])
    assert ids_of(wire, "local") == ["post", "short"]
    wire.restore(removed)
    assert ids_of(wire, "local") == ["una", "post", "short"]


def test_a_report_that_comes_late_but_is_earlier_is_the_first(empty_store: Assistant, tmp_path: Path) -> None:
    def row(name: str, day: str) -> dict[str, Any]:
        return {"id": name, "published": day, "text": story(*REPORT)}

    write_jsonl(tmp_path / "b.jsonl", row("second", "2031-03-04"), row("third", "2031-03-05"))
    empty_store.ingest([tmp_path / "b.jsonl"])
    assert ids_of(empty_store, "third") == ["second"]
    write_jsonl(tmp_path / "a.jsonl", row("first", "2031-03-03"))
    empty_store.ingest([tmp_path / "a.jsonl"])
    assert ids_of(empty_store, "third") == ["first", "second"]


def test_undated_articles_are_copies_only_word_for_word(empty_store: Assistant, tmp_path: Path) -> None:
    texts = {"a": story(*REPORT[1:]), "b": story(*REPORT[1:]), "c": story(*REPORT[1:3])}
    write_jsonl(tmp_path / "a.jsonl", *({"id": name, "text": text} for name, text in texts.items()))
    empty_store.ingest([tmp_path / "a.jsonl"])
    assert ids_of(empty_store, "a") == ["b"] and ids_of(empty_store, "c") == []


def test_articles_of_a_year_alone_are_copies_only_word_for_word(empty_store: Assistant, tmp_path: Path) -> None:
    texts = {"a": story(*REPORT[1:]), "b": story(*REPORT[1:]), "c": story(*REPORT[1:3])}
    rows = ({"id": name, "text": text, "published": "2025"} for name, text in texts.items())
    write_jsonl(tmp_path / "a.jsonl", *rows)
    empty_store.ingest([tmp_path / "a.jsonl"])
    assert ids_of(empty_store, "a") == ["b"] and ids_of(empty_store, "c") == []


def test_the_same_words_months_later_are_news_of_their_own(empty_store: Assistant, tmp_path: Path) -> None:
    rows = ({"id": day, "text": story(*REPORT[1:]), "published": day} for day in ("2025-03-03", "2025-09-03"))
    write_jsonl(tmp_path / "a.jsonl", *rows)
    empty_store.ingest([tmp_path / "a.jsonl"])
    assert ids_of(empty_store, "2025-03-03") == []
