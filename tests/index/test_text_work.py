"""Many articles are read and prepared in several processes: with the same outcome, and whatever becomes of these."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from assistant import Assistant
from index.ingest import text_work
from index.ingest.prepare import Tools, tools_of
from index.ingest.text_work import TextWork
from index.storage.rows import Entry
from index.types import Article
from tests.conftest import ROOT, ferry_article


@pytest.fixture
def early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes are begun for few articles, on a machine with one core too."""
    monkeypatch.setattr(text_work, "_ALONE", 3)
    monkeypatch.setattr("loky.cpu_count", lambda: 2)


@pytest.fixture
def tools(tmp_path: Path) -> Iterator[Tools]:
    with Assistant.open(tmp_path / "elsewhere") as assistant:
        yield tools_of(assistant.store)


def archive(folder: Path) -> Path:
    """Articles in files of their own, one of which cannot be read, and in one file."""
    folder.mkdir()
    for number in range(1, 9):
        (folder / f"{number}.txt").write_text(ferry_article(number))
    (folder / "9.json").write_text('{"title": "Half of it", "text": ')
    lines = [f'{{"id": "line-{number}", "text": "The toll of ferry {number} rose."}}\n' for number in range(12)]
    (folder / "more.jsonl").write_text("".join(lines))
    return folder


def contents(store: Assistant) -> list[tuple[object, ...]]:
    with store.store.catalog.reading() as db:
        rows: list[tuple[object, ...]] = db.execute(
            "SELECT id, root, source, fingerprint, text, analysis FROM articles ORDER BY number"
        ).fetchall()
        return rows + db.execute("SELECT id, start, end FROM chunks ORDER BY number").fetchall()


@pytest.mark.usefixtures("settled", "early")
def test_several_processes_do_what_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news = archive(tmp_path / "news")
    with Assistant.open(tmp_path / "several") as several:
        report = several.ingest([news])
        assert (len(report.added), [one.uri for one in report.failed]) == (20, ["news/9.json"])
        monkeypatch.setattr(text_work, "_ALONE", 1000)
        with Assistant.open(tmp_path / "one") as one:
            assert one.ingest([news]) == report
            assert contents(one) == contents(several)
        assert len(several.sync().unchanged) == 20


@pytest.mark.usefixtures("early")
def test_what_a_killed_process_was_at_is_done_all_the_same(tools: Tools) -> None:
    def entry(number: int) -> Entry:
        return work.prepare(Article(f"a{number}", "The port was closed. It opens on Friday.", "u"), "r", "s", b"")()

    with closing(TextWork(tools)) as work:
        there = [entry(number).article.id for number in range(5)]
        for process in [*work._pool._processes]:
            os.kill(process, signal.SIGKILL)
        there += [entry(number).article.id for number in range(5, 9)]
    assert there == [f"a{number}" for number in range(9)]


@pytest.mark.usefixtures("early")
def test_where_no_process_can_be_begun_this_one_does_it(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError("no semaphores here")

    monkeypatch.setattr("loky.ProcessPoolExecutor", refused)
    with closing(TextWork(tools)) as work:
        waiting = [work.prepare(Article(f"a{one}", "The port was closed.", "u"), "r", "s", b"") for one in range(6)]
        assert [one().article.id for one in waiting] == [f"a{one}" for one in range(6)]


class Counter:
    """The words of a text; with a lock, so that it cannot be sent to another process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def token_offsets(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        return [[(0, 1)] * len(text.split()) for text in texts]


@pytest.mark.usefixtures("early")
def test_what_cannot_be_sent_to_another_process_is_used_in_this_one() -> None:
    with closing(TextWork(Tools(Counter(), "words", 200, day_first=True))) as work:
        waiting = [
            work.prepare(Article(f"a{number}", "The port was closed.", "u"), "r", "s", b"") for number in range(6)
        ]
        assert [one().article.id for one in waiting] == [f"a{number}" for number in range(6)]
        assert work._pool is None


@pytest.mark.slow
def test_a_program_without_a_guard_is_not_run_again_in_each_process(tmp_path: Path) -> None:
    program = tmp_path / "mine.py"
    program.write_text(
        "from assistant import Assistant\n"
        "from index.ingest import text_work\n"
        "import loky\n"
        "text_work._ALONE, loky.cpu_count = 2, lambda: 2\n"
        "print('begun')\n"
        f"print(len(Assistant.open({str(tmp_path / 'store')!r}).ingest([{str(archive(tmp_path / 'news'))!r}]).added))\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, env=env, timeout=120, check=True)
    assert (done.stdout, done.stderr) == ("begun\n20\n", "")
