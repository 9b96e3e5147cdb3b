"""Articles are chosen, exported and compared; the commands say what became of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from assistant import Assistant
from assistant.settings import Settings
from assistant.terminal.cli import cli
from tests.conftest import ferry_article, write_jsonl

pytestmark = pytest.mark.usefixtures("settled")


def test_a_store_written_by_its_export_answers_alike(tmp_path: Path, seed_store: Assistant) -> None:
    file = tmp_path / "all.jsonl"
    assert seed_store.export(file) == 2
    question = "When did Macron and Putin last speak?"
    with Assistant.open(tmp_path / "copy", settings=Settings()) as copy:
        copy.ingest([file])
        first, second = (one.ask(question, now="2026-02-12") for one in (seed_store, copy))
    assert (first.text, first.confidence) == (second.text, second.confidence)
    assert [(one.quote, one.start, one.article_id) for one in first.citations] == [
        (one.quote, one.start, one.article_id) for one in second.citations
    ]


def test_articles_are_chosen_by_outlet_day_language_place_and_words(empty_store: Assistant, tmp_path: Path) -> None:
    text = "The harbour of Eskmouth was closed on Monday. Its pilots had voted to strike for a week."
    german = "Der Hafen von Eskmouth ist seit Montag geschlossen. Die Lotsen hatten für eine Woche Streik gestimmt."
    write_jsonl(
        tmp_path / "a.jsonl",
        {"id": "a", "text": text, "published": "2031-03-01", "agency": "Esk Post"},
        {"id": "b", "text": german, "published": "2031-04-01", "agency": "Hafenblatt"},
    )
    write_jsonl(tmp_path / "c.jsonl", {"id": "c", "text": "A bakery opened in Tarn. It sells rye bread."})
    empty_store.ingest([tmp_path])

    def chosen(**choice: Any) -> list[str]:
        return [article.id for article in empty_store.articles(**choice)]

    assert chosen(outlets=["Esk Post"]) == ["a"]
    assert chosen(published=("2031-03-15", None)) == ["b"]
    assert chosen(language="de") == ["b"]
    assert chosen(source=f"{tmp_path.name}/c.jsonl") == ["c"]
    assert chosen(words="pilot strikes") == ["a"] and chosen(words="zeppelin") == []
    assert chosen(words="harbour", language="de") == []


def test_the_commands_say_what_became_of_each(news: Path, tmp_path: Path) -> None:
    store = ["--store", str(tmp_path / "store")]

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(cli, [*arguments, *store], catch_exceptions=False)
        return done.output

    assert "3 added" in run("ingest", str(news))
    (news / "2.txt").write_text(ferry_article(2).replace("Ilse Torvald", "Ruben Quist"))
    told = run("sync", "--dry-run")
    assert "would be: 0 added, 1 updated" in told and "~ news/2.txt" in told
    assert "1 updated, 2 unchanged" in run("sync")
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        [changed] = [one.id for one in assistant.articles(words="Quist")]
    assert "Torvald" in run("articles", "history", changed)
    assert "1 written" in run("articles", "export", str(tmp_path / "one.jsonl"), "--words", "Quist")
    assert str(news)[:20] in run("sources", "list")
    assert "1 forgotten" in run("sources", "forget", str(news))


def test_what_looks_like_html_in_an_article_is_exported_as_what_it_is(empty_store: Assistant, tmp_path: Path) -> None:
    text = (
        "The council of Tarn wrote <code>x < y</code> and AT&amp;T into its minutes.\n\nIt will meet again on Monday."
    )
    (tmp_path / "minutes.txt").write_text(text)
    empty_store.ingest([tmp_path / "minutes.txt"])
    empty_store.export(tmp_path / "out.jsonl")
    with Assistant.open(tmp_path / "copy", settings=Settings()) as copy:
        copy.ingest([tmp_path / "out.jsonl"])
        assert [one.text for one in copy.articles()] == [one.text for one in empty_store.articles()]


def test_an_export_keeps_to_its_file_and_words_that_are_none_choose_nothing(
    empty_store: Assistant, news: Path, tmp_path: Path
) -> None:
    empty_store.ingest([news])
    real, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    real.write_text("before")
    link.symlink_to(real)
    (tmp_path / "link.jsonl.part").write_text("mine")
    assert empty_store.export(link) == 3
    assert link.is_symlink() and real.read_text().count("\n") == 3
    assert (tmp_path / "link.jsonl.part").read_text() == "mine"
    assert empty_store.export(Path("/dev/null")) == 3 and not Path("/dev/null").is_file()
    assert empty_store.export(real, words="???") == 0
