"""What can happen to a store: other settings, other processes, kills, full disks, damage."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant import Assistant, StoreDamaged, StoreFull, StoreLocked, StoreMismatch, StoreMissing, StoreUnwritable
from assistant.settings import Settings
from tests.conftest import ROOT, SEEDS, ferry_article, write_jsonl


def run(*arguments: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "assistant.terminal.cli", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def big_folder(path: Path, articles: int) -> Path:
    write_jsonl(path / "news.jsonl", *({"id": str(n), "text": ferry_article(n) * 3} for n in range(articles)))
    return path


def change(assistant: Assistant, statement: str) -> None:
    with closing(sqlite3.connect(assistant.store.path / "catalog.db")) as db, db:
        db.execute(statement)


def test_asking_where_there_is_no_store_says_how_to_make_one(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "none", settings=Settings()) as assistant:
        with pytest.raises(StoreMissing, match="assistant ingest FOLDER"):
            assistant.ask("Who opened the ferry?")
        with pytest.raises(StoreMissing):
            assistant.rebuild()
    assert not (tmp_path / "none").exists()


def test_a_store_built_with_other_settings_says_how_to_rebuild_it(empty_store: Assistant) -> None:
    empty_store.ingest([SEEDS])
    with Assistant.open(empty_store.store.path, settings=Settings(chunk_tokens=96)) as other:
        for use in (lambda: other.ask("Who spoke?"), lambda: other.ingest([SEEDS])):
            with pytest.raises(StoreMismatch, match=r"chunk_tokens '256'.*'96'.*assistant rebuild"):
                use()


def test_a_store_built_with_another_embedder_is_not_searched(empty_store: Assistant) -> None:
    empty_store.ingest([SEEDS])
    change(empty_store, "UPDATE meta SET value = 'other-model@0' WHERE name = 'embedder'")
    with pytest.raises(StoreMismatch, match="other-model@0"):
        empty_store.search("Who spoke?")
    empty_store.rebuild()
    assert empty_store.search("Who spoke?")


def test_a_store_of_a_later_version_is_left_alone(empty_store: Assistant) -> None:
    empty_store.ingest([SEEDS])
    empty_store.close()
    change(empty_store, "PRAGMA user_version = 999")
    with pytest.raises(StoreMismatch, match="schema version 999"):
        empty_store.ask("Who spoke?")


def test_a_damaged_catalog_is_said(empty_store: Assistant) -> None:
    empty_store.ingest([SEEDS])
    empty_store.close()
    for file in empty_store.store.path.glob("catalog.db-*"):
        file.unlink()
    (empty_store.store.path / "catalog.db").write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(StoreDamaged, match="assistant doctor"):
        empty_store.ask("Who spoke?")


def test_only_one_process_writes_and_the_other_is_told_which(empty_store: Assistant) -> None:
    empty_store.ingest([SEEDS])
    holder = (
        "import sys, pathlib; from index.storage.store import Store; from index.settings import IndexSettings\n"
        "with Store(pathlib.Path(sys.argv[1]), IndexSettings()).writing(): print('held', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", holder, str(empty_store.store.path)],
        cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout and process.stdout.readline() == "held\n"
    try:
        with pytest.raises(StoreLocked, match=f"process {process.pid} "):
            empty_store.ingest([SEEDS])
        assert "July" in empty_store.ask("When did Macron and Putin last speak?").text
    finally:
        process.communicate()
    assert len(empty_store.ingest([SEEDS]).unchanged) == 2


@pytest.mark.slow
def test_several_first_writers_leave_one_whole_store(tmp_path: Path) -> None:
    folder = big_folder(tmp_path / "news", 5)
    processes = [run("ingest", folder, "--store", tmp_path / "store") for _ in range(3)]
    said = [process.communicate()[1] for process in processes]
    codes = sorted(process.returncode for process in processes)
    assert codes[0] == 0, said
    assert set(codes) <= {0, StoreLocked.exit_code}, said
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        assert assistant.status()["articles"] == 5


def test_an_empty_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "catalog.db").touch()
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        with pytest.raises(StoreDamaged, match="is empty"):
            assistant.ask("Who spoke?")
        assert len(assistant.ingest([SEEDS]).added) == 2


def test_a_store_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Assistant.open(tmp_path / "file" / "store", settings=Settings()) as assistant, pytest.raises(StoreUnwritable):
        assistant.ingest([SEEDS])


@pytest.mark.slow
def test_an_ingest_killed_halfway_can_be_asked_and_goes_on(tmp_path: Path) -> None:
    store = tmp_path / "store"
    folder = big_folder(tmp_path / "news", 900)
    process = run("ingest", folder, "--store", store)
    try:
        _wait(lambda: _count(store, "SELECT count(*) FROM embeddings") > 0)
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    done = _count(store, "SELECT count(*) FROM embeddings")
    assert 0 < done < 900
    with Assistant.open(store, settings=Settings()) as assistant:
        answer = assistant.ask("How many minutes does ferry line 890 take to Brask Island?")
        assert "chunks_to_embed" in {notice.code for notice in answer.notices}
        assert any("line 890" in passage.text for passage in answer.passages)
        report = assistant.ingest([folder])
        assert len(report.unchanged) == 900
        assert 0 < report.chunks_embedded <= 900 - done
        assert assistant.status()["chunks_to_embed"] == 0
        assert assistant.store.vectors.count(generation=assistant.status()["generation"]) == 900


@pytest.mark.usefixtures("in_chroma")
@pytest.mark.slow
def test_two_assistants_of_one_process_see_what_another_process_wrote(empty_store: Assistant, tmp_path: Path) -> None:
    empty_store.ingest([SEEDS])
    with Assistant.open(empty_store.store.path, settings=Settings()) as other:
        assert other.ask("How long does the crossing to Brask Island take?").refused
        assert empty_store.ask("How long does the crossing to Brask Island take?").refused
        (tmp_path / "news").mkdir()
        (tmp_path / "news" / "1.txt").write_text(ferry_article(1))
        process = run("ingest", tmp_path / "news", "--store", empty_store.store.path)
        _, said = process.communicate()
        assert process.returncode == 0, said
        for assistant in (empty_store, other):
            answer = assistant.ask("How long does the crossing to Brask Island take?")
            assert "21 minutes" in answer.text
            assert answer.passages[0].why.dense_rank == 1


@pytest.mark.slow
def test_a_full_disk_is_said_and_what_was_committed_is_kept(empty_store: Assistant, tmp_path: Path) -> None:
    empty_store.ingest([SEEDS])
    catalog = empty_store.store.catalog
    with catalog.transaction() as db:
        [pages] = db.execute("PRAGMA page_count").fetchone()
    # SQLite's own limit stands in for the disk: the error is the same SQLITE_FULL.
    catalog._db.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(StoreFull, match="make room"):
        empty_store.ingest([big_folder(tmp_path / "news", 200)])
    assert "July" in empty_store.ask("When did Macron and Putin last speak?").text
    catalog._db.execute(f"PRAGMA max_page_count = {pages + 100_000}")
    assert len(empty_store.ingest([tmp_path / "news"]).added) + len(empty_store.ingest([SEEDS]).unchanged) == 202


@pytest.mark.usefixtures("in_chroma")
def test_lost_vectors_are_noticed_and_rebuilt_without_embedding(empty_store: Assistant) -> None:
    from assistant.terminal.doctor import examine

    empty_store.ingest([SEEDS])
    empty_store.store.vectors.clear()
    answer = empty_store.ask("When did Macron and Putin last speak?")
    assert "July" in answer.text
    assert "vectors_lost" in [notice.code for notice in answer.notices]
    [check] = [check for check in examine(empty_store.store) if check.name == "vectors"]
    assert not check.ok
    assert "assistant rebuild" in check.message
    assert empty_store.rebuild() == 0
    assert all(check.ok for check in examine(empty_store.store))


@pytest.mark.usefixtures("in_chroma")
def test_damaged_vectors_are_said_and_can_be_had_back(empty_store: Assistant) -> None:
    empty_store.ingest([SEEDS])
    empty_store.close()
    (empty_store.store.path / "vectors" / "chroma.sqlite3").write_bytes(b"not what Chroma wrote" * 1000)
    with pytest.raises(StoreDamaged, match="assistant rebuild"):
        empty_store.ask("When did Macron and Putin last speak?")
    assert empty_store.rebuild() == 0
    assert "July" in empty_store.ask("When did Macron and Putin last speak?").text


def test_a_small_store_needs_nothing_of_chroma_to_answer(empty_store: Assistant) -> None:
    empty_store.ingest([SEEDS])
    empty_store.store.vectors.clear()
    [best, *_] = empty_store.search("When did Macron and Putin last speak?")
    assert best.why.dense_rank == 1


def test_searching_exactly_and_in_chroma_find_the_same(seed_store: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    question = "When did Macron and Putin last speak?"
    exactly = [(passage.chunk, round(passage.score, 6)) for passage in seed_store.search(question)]
    monkeypatch.setattr("index.storage.store.EXACT_UP_TO", 0)
    assert [(passage.chunk, round(passage.score, 6)) for passage in seed_store.search(question)] == exactly


@pytest.mark.slow
def test_an_interrupted_rebuild_says_that_it_has_to_be_done_again(empty_store: Assistant, tmp_path: Path) -> None:
    empty_store.ingest([big_folder(tmp_path / "news", 150)])

    def interrupt(stage: str, done: int, total: int | None) -> None:
        if stage == "cutting articles" and done:
            raise KeyboardInterrupt

    other = Assistant.open(empty_store.store.path, settings=Settings(chunk_tokens=96))
    with other, pytest.raises(KeyboardInterrupt):
        other.rebuild(progress=interrupt)
    for use in (lambda: empty_store.ask("Who sailed?"), lambda: empty_store.ingest([SEEDS])):
        with pytest.raises(StoreMismatch, match="an unfinished rebuild"):
            use()
    empty_store.rebuild()
    assert empty_store.status()["articles"] == 150
    assert empty_store.search("ferry line 149")


def test_a_kill_between_chroma_and_the_mark_leaves_no_vector_behind(empty_store: Assistant, tmp_path: Path) -> None:
    empty_store.ingest([big_folder(tmp_path / "news", 5)])
    change(empty_store, "UPDATE chunks SET in_vectors = 0")  # as a kill right before the mark leaves it
    empty_store.remove(["1", "2"])
    assert empty_store.ingest([SEEDS]).chunks_embedded == 5
    counted = empty_store.store.vectors.count(generation=empty_store.status()["generation"])
    assert counted == empty_store.status()["chunks"]


@pytest.mark.slow
def test_a_store_asked_for_the_first_time_by_many_threads(tmp_path: Path) -> None:
    import threading

    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        assistant.ingest([SEEDS])
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        texts: list[str] = []

        def ask() -> None:
            texts.append(assistant.ask("When did Macron and Putin last speak?").text)

        for _ in range(3):
            threads = [threading.Thread(target=ask) for _ in range(5)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert len(texts) == 15
        assert len(set(texts)) == 1
        assert len(assistant.store.catalog._connections) < 12


@pytest.mark.slow
def test_questions_from_many_threads_at_once(seed_store: Assistant) -> None:
    from concurrent.futures import ThreadPoolExecutor

    questions = ["When did Macron and Putin last speak?", "Who is Emmanuel Bonne?", "Who shot Putin?"] * 4
    with ThreadPoolExecutor(6) as pool:
        texts = list(pool.map(lambda question: seed_store.ask(question).text, questions))
    assert texts == texts[:3] * 4


def _count(store: Path, query: str) -> int:
    if not (store / "catalog.db").exists():
        return 0
    with closing(sqlite3.connect(store / "catalog.db", timeout=10)) as db:
        try:
            return int(db.execute(query).fetchone()[0])
        except sqlite3.OperationalError:  # the tables are not there yet
            return 0


def _wait(ready: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)
