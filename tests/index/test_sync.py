"""A store is kept in step with its sources: what is new, changed or gone there is so here, and nothing else is read."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from index.errors import NothingRemembered, SourceUnknown
from tests.conftest import ferry_article, write_jsonl
from tests.index.test_ingest import counts

pytestmark = pytest.mark.usefixtures("settled")


_opened: list[str] | None = None


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and _opened is not None:
        _opened.append(str(arguments[0]))


sys.addaudithook(_hear)


@contextmanager
def opened() -> Iterator[list[str]]:
    """The names of the files that are opened meanwhile."""
    global _opened
    found: list[str] = []
    _opened = found
    try:
        yield found
    finally:
        _opened = None


def test_only_what_has_changed_is_read_again(empty_store: Assistant, news: Path) -> None:
    empty_store.ingest([news])
    (news / "2.txt").write_text(ferry_article(2).replace("Ilse Torvald", "Ruben Quist"))
    (news / "4.txt").write_text(ferry_article(4))
    (news / "1.txt").unlink()
    with opened() as names:
        assert counts(empty_store.sync()) == (1, 1, 1, 1, 0)
    assert str(news / "3.txt") not in names and str(news / "2.txt") in names
    assert counts(empty_store.sync()) == (0, 0, 3, 0, 0)


def test_what_stands_beside_a_text_is_looked_at_too(empty_store: Assistant, news: Path) -> None:
    empty_store.ingest([news])
    (news / "2.meta.json").write_text('{"published": "2031-05-06"}')
    report = empty_store.sync()
    assert counts(report) == (0, 1, 2, 0, 0)
    assert empty_store.article(report.updated[0]).published == "2031-05-06"


def test_a_dry_run_says_what_would_be_and_changes_nothing(empty_store: Assistant, news: Path) -> None:
    empty_store.ingest([news])
    before = empty_store.status()
    (news / "2.txt").write_text(ferry_article(2).replace("Ilse Torvald", "Ruben Quist"))
    (news / "3.txt").unlink()
    assert counts(empty_store.sync(dry_run=True)) == (0, 1, 1, 1, 0)
    assert empty_store.status() == before
    assert counts(empty_store.sync()) == (0, 1, 1, 1, 0)


def test_what_an_article_said_before_is_history_and_is_never_quoted(empty_store: Assistant, news: Path) -> None:
    first = empty_store.ingest([news / "2.txt"]).added
    (news / "2.txt").write_text(ferry_article(2).replace("Ilse Torvald", "Ruben Quist"))
    empty_store.sync()
    [change] = empty_store.history(first[0])
    assert any(line.startswith("- ") and "Torvald" in line for line in change.lines)
    assert any(line.startswith("+ ") and "Quist" in line for line in change.lines)
    assert "Torvald" in change.before.text
    answer = empty_store.ask("Who is Ilse Torvald?")
    assert not any("Torvald" in citation.quote for citation in answer.citations)
    empty_store.remove(first)
    (news / "2.txt").write_text(ferry_article(2))
    empty_store.ingest([news / "2.txt"], again=True)
    assert empty_store.history(first[0]) == []  # what was removed is removed with what it said before


def test_a_folder_whose_last_file_went_is_empty_and_says_so(empty_store: Assistant, news: Path) -> None:
    empty_store.ingest([news])
    for file in news.iterdir():
        file.unlink()
    assert counts(empty_store.sync(keep=True)) == (0, 0, 0, 0, 0)
    report = empty_store.sync()
    assert counts(report) == (0, 0, 0, 3, 0)
    assert "holds no file any more" in report.notes[0]
    assert empty_store.status()["articles"] == 0


def test_a_folder_that_is_not_there_costs_nothing_and_stops_nothing(
    empty_store: Assistant, news: Path, tmp_path: Path
) -> None:
    other = tmp_path / "wire"
    other.mkdir()
    (other / "9.txt").write_text(ferry_article(9))
    empty_store.ingest([news, other])
    shutil.move(news, tmp_path / "unplugged")
    (other / "10.txt").write_text(ferry_article(10))
    report = empty_store.sync()
    assert counts(report) == (1, 0, 1, 0, 1)
    assert "does not exist" in report.failed[0].reason
    assert [one.fault is None for one in empty_store.sources()] == [False, True]
    shutil.move(tmp_path / "unplugged", news)
    assert counts(empty_store.sync()) == (0, 0, 5, 0, 0)
    assert all(one.fault is None for one in empty_store.sources())


def test_a_file_that_cannot_be_read_is_tried_again_until_it_is_dismissed(empty_store: Assistant, news: Path) -> None:
    (news / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    assert counts(empty_store.ingest([news])) == (3, 0, 0, 0, 1)
    assert counts(empty_store.sync()) == (0, 0, 3, 0, 1)
    empty_store.dismiss(["news/broken.pdf"])
    assert counts(empty_store.sync()) == (0, 0, 3, 0, 0)
    assert counts(empty_store.ingest([news], again=True)) == (0, 0, 3, 0, 1)
    assert counts(empty_store.sync()) == (0, 0, 3, 0, 1)


def test_a_file_that_was_named_alone_does_not_bring_its_neighbours(empty_store: Assistant, news: Path) -> None:
    empty_store.ingest([news / "2.txt"])
    assert counts(empty_store.sync()) == (0, 0, 1, 0, 0)
    empty_store.ingest([news])
    assert [one.place for one in empty_store.sources()] == [str(news)]
    empty_store.ingest([news / "2.txt"])
    assert [one.place for one in empty_store.sources()] == [str(news)]


def test_what_was_removed_stays_out_of_a_sync(empty_store: Assistant, news: Path) -> None:
    [first, *_] = empty_store.ingest([news]).added
    empty_store.remove([first])
    report = empty_store.sync()
    assert counts(report) == (0, 0, 2, 0, 0) and report.left_out == (first,)
    assert counts(empty_store.sync()) == (0, 0, 2, 0, 0)


def test_an_article_that_moves_to_another_file_is_the_same_article(empty_store: Assistant, tmp_path: Path) -> None:
    folder = tmp_path / "wire"
    folder.mkdir()
    rows = [{"id": f"ferry-{number}", "text": ferry_article(number)} for number in (1, 2, 3)]
    write_jsonl(folder / "b.jsonl", *rows)
    write_jsonl(folder / "c.jsonl", {"id": "ferry-9", "text": ferry_article(9)})
    empty_store.ingest([folder])
    write_jsonl(folder / "a.jsonl", rows[0])
    report = empty_store.sync()
    # It stands in two files now: told, as it would be had both been read.
    assert "already used" in report.failed[0].reason
    write_jsonl(folder / "b.jsonl", *rows[1:])
    assert counts(empty_store.sync()) == (0, 0, 4, 0, 0)


def test_a_forgotten_source_is_looked_at_no_more(empty_store: Assistant, news: Path) -> None:
    empty_store.ingest([news])
    with pytest.raises(SourceUnknown, match="elsewhere"):
        empty_store.forget(["elsewhere"])
    empty_store.forget([str(news)])
    assert empty_store.sources() == [] and empty_store.status()["articles"] == 3
    with pytest.raises(NothingRemembered, match="assistant ingest"):
        empty_store.sync()


def test_an_article_that_stood_in_two_files_stays_where_it_still_stands(empty_store: Assistant, tmp_path: Path) -> None:
    folder = tmp_path / "wire"
    folder.mkdir()
    rows = [{"id": f"ferry-{number}", "text": ferry_article(number)} for number in (1, 2)]
    write_jsonl(folder / "m.jsonl", *rows)
    empty_store.ingest([folder])
    write_jsonl(folder / "a.jsonl", rows[0])
    assert "already used" in empty_store.sync().failed[0].reason
    assert "already used" in empty_store.sync().failed[0].reason  # told until it is mended
    (folder / "a.jsonl").unlink()
    empty_store.sync()
    assert empty_store.status()["articles"] == 2


def test_a_line_that_is_kept_goes_when_it_is_not_to_be_kept(empty_store: Assistant, tmp_path: Path) -> None:
    rows = [{"id": f"ferry-{number}", "text": ferry_article(number)} for number in (1, 2)]
    file = write_jsonl(tmp_path / "a.jsonl", *rows)
    empty_store.ingest([file])
    write_jsonl(file, rows[1])
    assert counts(empty_store.sync(keep=True)) == (0, 0, 1, 0, 0)
    assert empty_store.sync().removed == ("ferry-1",)


def test_a_sync_that_was_killed_removes_what_has_vanished_the_next_time(empty_store: Assistant, tmp_path: Path) -> None:
    class Killed(BaseException):
        pass

    folder = tmp_path / "wire"
    folder.mkdir()
    rows = [{"id": f"ferry-{number}", "text": ferry_article(number)} for number in range(3)]
    write_jsonl(folder / "a.jsonl", *rows)
    empty_store.ingest([folder])
    write_jsonl(folder / "a.jsonl", *rows[1:])
    write_jsonl(folder / "b.jsonl", *({"id": f"new-{number}", "text": ferry_article(number)} for number in range(150)))

    def kill(stage: str, done: int, total: int | None) -> None:
        if stage == "reading b.jsonl" and done == 100:
            raise Killed

    with pytest.raises(Killed):
        empty_store.sync(progress=kill)
    report = empty_store.sync()
    assert report.removed == ("ferry-0",) and empty_store.status()["articles"] == 152


def test_a_first_ingest_that_breaks_off_is_gone_on_with(empty_store: Assistant, news: Path) -> None:
    class Killed(BaseException):
        pass

    def kill(stage: str, done: int, total: int | None) -> None:
        if stage == "reading files" and done == 1:
            raise Killed

    with pytest.raises(Killed):
        empty_store.ingest([news], progress=kill)
    assert counts(empty_store.sync())[4] == 0
    assert empty_store.status()["articles"] == 3


def test_a_file_that_was_named_by_itself_and_has_gone_is_gone(empty_store: Assistant, news: Path) -> None:
    empty_store.ingest([news / "2.txt"])
    (news / "2.txt").unlink()
    assert counts(empty_store.sync(keep=True))[3:] == (0, 0)
    assert counts(empty_store.sync()) == (0, 0, 0, 1, 0)
    assert empty_store.sources() == []
