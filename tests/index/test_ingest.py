"""Ingest is incremental: what is added, updated, unchanged, removed, failed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant, IngestReport
from assistant.settings import Settings
from tests.conftest import SEEDS, ferry_article, write_jsonl


def counts(report: IngestReport) -> tuple[int, int, int, int, int]:
    lists = (report.added, report.updated, report.unchanged, report.removed, report.failed)
    added, updated, unchanged, removed, failed = map(len, lists)
    return added, updated, unchanged, removed, failed


def test_a_second_ingest_finds_everything_unchanged(empty_store: Assistant, news: Path) -> None:
    assert counts(empty_store.ingest([news])) == (3, 0, 0, 0, 0)
    again = empty_store.ingest([news])
    assert counts(again) == (0, 0, 3, 0, 0)
    assert again.chunks_embedded == 0


def test_a_changed_article_is_updated_and_its_old_words_are_no_longer_found(empty_store: Assistant, news: Path) -> None:
    empty_store.ingest([news])
    (news / "2.txt").write_text(ferry_article(2).replace("Ilse Torvald", "Ruben Quist"))
    assert counts(empty_store.ingest([news])) == (0, 1, 2, 0, 0)
    [best, *_] = empty_store.search("Ruben Quist")
    assert "Ruben Quist" in best.text
    assert all(
        "14 passengers" not in p.text or "Quist" in p.text for p in empty_store.search("Ilse Torvald 14 passengers")
    )


def test_a_vanished_article_is_removed_and_never_cited_again(empty_store: Assistant, news: Path) -> None:
    empty_store.ingest([news])
    (news / "3.txt").unlink()
    report = empty_store.ingest([news])
    assert counts(report) == (0, 0, 2, 1, 0)
    assert report.removed[0] not in {passage.article.id for passage in empty_store.search("ferry line 3", top_k=20)}
    assert empty_store.store.vectors.count(generation=empty_store.status()["generation"]) == 2


def test_an_article_whose_file_cannot_be_read_this_time_is_kept(empty_store: Assistant, news: Path) -> None:
    empty_store.ingest([news])
    (news / "3.txt").write_bytes(b"")
    report = empty_store.ingest([news])
    assert counts(report) == (0, 0, 2, 0, 1)
    assert "news/3.txt is empty" in report.failed[0].reason
    assert len(list(empty_store.articles())) == 3


def test_other_folders_are_untouched(empty_store: Assistant, news: Path) -> None:
    empty_store.ingest([SEEDS])
    empty_store.ingest([news])
    (news / "3.txt").unlink()
    assert counts(empty_store.ingest([news])) == (0, 0, 2, 1, 0)
    assert len(list(empty_store.articles())) == 4


def test_a_file_given_by_itself_and_with_its_folder_is_one_article(empty_store: Assistant, news: Path) -> None:
    assert counts(empty_store.ingest([news / "1.txt"])) == (1, 0, 0, 0, 0)
    assert counts(empty_store.ingest([news])) == (2, 0, 1, 0, 0)
    assert counts(empty_store.ingest([news / "2.txt"])) == (0, 0, 1, 0, 0)
    assert len(list(empty_store.articles())) == 3


def test_a_folder_above_takes_over_the_folders_inside(empty_store: Assistant, news: Path) -> None:
    empty_store.ingest([news])
    (empty_store.store.path / "notes.txt").write_text("A store may lie among its own articles.\nIt is left out.")
    report = empty_store.ingest([news.parent])
    assert counts(report) == (3, 0, 0, 3, 0)
    assert len(list(empty_store.articles())) == 3
    assert list(empty_store.status()["roots"]) == [news.parent.name]


def test_two_folders_of_one_name_are_told_apart(empty_store: Assistant, news: Path, tmp_path: Path) -> None:
    empty_store.ingest([news])
    other = tmp_path / "elsewhere" / "news"
    other.mkdir(parents=True)
    (other / "9.txt").write_text(ferry_article(9))
    report = empty_store.ingest([other])
    assert report.failed[0].kind == "RootAmbiguous"
    assert "--label" in report.failed[0].reason
    assert counts(empty_store.ingest([other], label="news2")) == (1, 0, 0, 0, 0)
    assert len(list(empty_store.articles())) == 4


def test_a_folder_that_was_moved_is_the_same_folder(empty_store: Assistant, news: Path, tmp_path: Path) -> None:
    empty_store.ingest([news])
    moved = tmp_path / "archive" / "news"
    moved.parent.mkdir()
    news.rename(moved)
    assert counts(empty_store.ingest([moved])) == (0, 0, 3, 0, 0)


def test_another_folder_of_a_name_does_not_cost_the_articles_of_one_that_is_unplugged(
    empty_store: Assistant, news: Path, tmp_path: Path
) -> None:
    empty_store.ingest([news])
    news.rename(tmp_path / "unplugged")
    other = tmp_path / "home" / "news"
    other.mkdir(parents=True)
    (other / "mine.txt").write_text(ferry_article(9))
    report = empty_store.ingest([other])
    assert [failure.kind for failure in report.failed] == ["RootAmbiguous"]
    assert len(list(empty_store.articles())) == 3


def test_a_folder_that_cannot_be_listed_costs_nothing_and_stops_nothing(
    empty_store: Assistant, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    (news / "closed").mkdir()
    (news / "closed" / "4.txt").write_text(ferry_article(4))
    empty_store.ingest([news])
    (news / "5.txt").write_text(ferry_article(5))
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):  # root may list everything, so the operating system's refusal is played
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    report = empty_store.ingest([news])
    assert counts(report) == (1, 0, 3, 0, 1)
    assert "closed cannot be listed: Permission denied" in report.failed[0].reason


def test_a_name_that_is_not_utf8_is_reported_and_the_rest_is_read(empty_store: Assistant, news: Path) -> None:
    import os

    bad = os.fsencode(news) + b"/caf\xe9.txt"
    try:
        descriptor = os.open(bad, os.O_CREAT | os.O_WRONLY)
    except OSError:
        return  # this file system takes no such name, so no such file can be met on it
    os.write(descriptor, b"Title\nText.")
    os.close(descriptor)
    report = empty_store.ingest([news])
    assert counts(report) == (3, 0, 0, 0, 1)
    assert "name that is not UTF-8" in report.failed[0].reason


def test_a_path_given_twice_is_read_once(empty_store: Assistant, news: Path) -> None:
    assert counts(empty_store.ingest([news / "1.txt", news, news])) == (3, 0, 0, 0, 0)


def test_a_link_to_a_file_is_read_under_its_own_name(empty_store: Assistant, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "blobs" / "abcdef", {"id": "1", "text": ferry_article(1)})
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "a.jsonl").symlink_to(tmp_path / "blobs" / "abcdef")
    assert counts(empty_store.ingest([tmp_path / "links" / "a.jsonl"])) == (1, 0, 0, 0, 0)
    assert counts(empty_store.ingest([tmp_path / "links"])) == (0, 0, 1, 0, 0)


def test_an_emptied_file_keeps_its_articles(empty_store: Assistant, tmp_path: Path) -> None:
    file = write_jsonl(tmp_path / "news" / "a.jsonl", {"id": "1", "text": ferry_article(1)})
    empty_store.ingest([file])
    file.write_text("\n")
    report = empty_store.ingest([file.parent])
    assert [failure.kind for failure in report.failed] == ["FileEmpty"]
    assert report.removed == ()


def test_removing_an_article_while_the_others_are_listed(empty_store: Assistant, news: Path) -> None:
    empty_store.ingest([news])
    listed = empty_store.articles()
    first = next(listed)
    rest = [article.id for article in empty_store.articles() if article.id != first.id]
    empty_store.remove(rest)
    assert list(listed) == []


def test_a_long_title_in_small_chunks(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "store", settings=Settings(chunk_tokens=96)) as assistant:
        record = {"title": "Harbour " * 400, "text": ferry_article(1)}
        assert counts(assistant.ingest([write_jsonl(tmp_path / "news" / "a.jsonl", record)])) == (1, 0, 0, 0, 0)


def test_vectors_that_somebody_deleted_come_back_with_the_next_ingest(empty_store: Assistant, news: Path) -> None:
    import shutil

    empty_store.ingest([news])
    empty_store.close()
    shutil.rmtree(empty_store.store.path / "vectors")
    report = empty_store.ingest([news])
    assert report.chunks_embedded == 0
    assert empty_store.store.vectors.count(generation=empty_store.status()["generation"]) == 3


def test_a_file_that_cannot_be_read_and_is_given_twice_keeps_its_article(empty_store: Assistant, news: Path) -> None:
    empty_store.ingest([news])
    (news / "3.txt").write_bytes(b"")
    assert counts(empty_store.ingest([news / "3.txt", news, news])) == (0, 0, 2, 0, 1)
    assert len(list(empty_store.articles())) == 3


def test_a_folder_above_keeps_what_cannot_be_read_and_takes_it_over_later(empty_store: Assistant, news: Path) -> None:
    empty_store.ingest([news])
    whole = (news / "3.txt").read_bytes()
    (news / "3.txt").write_bytes(b"")
    assert counts(empty_store.ingest([news.parent])) == (2, 0, 0, 2, 1)
    assert len(list(empty_store.articles())) == 3
    (news / "3.txt").write_bytes(whole)
    assert counts(empty_store.ingest([news.parent])) == (1, 0, 2, 1, 0)
    assert list(empty_store.status()["roots"]) == [news.parent.name]


def test_a_ring_of_links_stops_nothing(empty_store: Assistant, news: Path, tmp_path: Path) -> None:
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    report = empty_store.ingest([tmp_path / "ring", "x" * 5000, news])
    assert len(report.added) == 3
    assert len(report.failed) == 2


def test_a_bad_line_does_not_remove_the_article_it_held(empty_store: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "news" / "a.jsonl"
    one, two = {"id": "1", "text": ferry_article(1)}, {"id": "2", "text": ferry_article(2)}
    empty_store.ingest([write_jsonl(file, one, two)])
    report = empty_store.ingest([write_jsonl(file, one, '{"id": "2", "te')])
    assert counts(report) == (0, 0, 1, 0, 1)
    assert {article.id for article in empty_store.articles()} == {"1", "2"}


def test_ids_that_two_articles_claim(empty_store: Assistant, tmp_path: Path) -> None:
    one, two = {"id": "1", "text": ferry_article(1)}, {"id": "1", "text": ferry_article(2)}
    report = empty_store.ingest([write_jsonl(tmp_path / "a" / "a.jsonl", one, two)])
    assert counts(report) == (1, 0, 0, 0, 1)
    assert "a/a.jsonl line 2" in report.failed[0].reason
    assert "a/a.jsonl line 1" in report.failed[0].reason
    report = empty_store.ingest([write_jsonl(tmp_path / "b" / "b.jsonl", two)])
    assert [failure.kind for failure in report.failed] == ["IdDuplicate"]
    assert empty_store.article("1").text == ferry_article(1)


def test_one_bad_source_does_not_stop_the_others(empty_store: Assistant, news: Path, tmp_path: Path) -> None:
    (news / "bad.txt").write_bytes(bytes(range(256)))
    report = empty_store.ingest([tmp_path / "nowhere", news])
    assert counts(report) == (3, 0, 0, 0, 2)
    assert {failure.kind for failure in report.failed} == {"SourceMissing", "FileBinary"}


def test_moving_words_about_embeds_nothing_again(empty_store: Assistant, news: Path) -> None:
    empty_store.ingest([news])
    (news / "1.txt").rename(news / "1b.txt")
    report = empty_store.ingest([news])
    assert counts(report) == (1, 0, 2, 1, 0)
    assert report.chunks_embedded == 0


def test_another_language_is_said(empty_store: Assistant, tmp_path: Path) -> None:
    text = (
        "Le port de Marlow a ouvert lundi une nouvelle ligne de bateaux vers l'île de Brask, a déclaré le maire. " * 2
    )
    report = empty_store.ingest([write_jsonl(tmp_path / "fr" / "a.jsonl", {"text": text})])
    assert report.foreign == {"fr": 1}


def test_rebuilding_changes_the_cut_and_loses_nothing(news: Path, tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        assistant.ingest([news, SEEDS])
        before = assistant.status()
        assert assistant.rebuild() == 0
        assert assistant.status()["chunks"] == before["chunks"]
    with Assistant.open(tmp_path / "store", settings=Settings(chunk_tokens=96)) as assistant:
        assert assistant.rebuild() > 0
        after = assistant.status()
        assert after["chunks"] > before["chunks"]
        assert after["articles"] == before["articles"]
        assert "July" in assistant.ask("When did Macron and Putin last speak?").text


def test_the_same_input_gives_the_same_store(news: Path, tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        with Assistant.open(tmp_path / name, settings=Settings()) as assistant:
            assistant.ingest([news, SEEDS])
            passages = assistant.search("Who opened the ferry line?", top_k=8)
            found.append([(p.chunk, round(p.score, 9), p.why.terms) for p in passages])
    assert found[0] == found[1]


def test_what_was_removed_stays_out_until_it_is_asked_back(empty_store: Assistant, news: Path) -> None:
    first = empty_store.ingest([news])
    gone = first.added[0]
    empty_store.remove([gone])
    report = empty_store.ingest([news])
    assert (report.added, report.updated, report.left_out) == ((), (), (gone,))
    assert gone not in {passage.article.id for passage in empty_store.search("ferry line", top_k=50)}
    back = empty_store.ingest([news], again=True)
    assert (back.added, back.left_out) == ((gone,), ())
    assert empty_store.ingest([news]).unchanged != ()
    removed = empty_store.remove([gone])
    empty_store.restore(removed)
    assert empty_store.ingest([news]).left_out == ()


def test_what_was_removed_is_put_back_as_it_was(empty_store: Assistant, tmp_path: Path) -> None:
    write_jsonl(
        tmp_path / "news.jsonl", {"id": "a", "title": "Ferry", "published": "2024-05-03", "text": ferry_article()}
    )
    empty_store.ingest([tmp_path / "news.jsonl"])
    before, asked = empty_store.article("a"), empty_store.search("Who opened the ferry line?")
    removed = empty_store.remove(["a"])
    assert empty_store.status()["articles"] == 0 and empty_store.search("Who opened the ferry line?") == []
    assert empty_store.restore(removed) == 1
    assert empty_store.article("a") == before
    assert empty_store.search("Who opened the ferry line?") == asked
    assert empty_store.restore(removed) == 0
    assert empty_store.ingest([tmp_path / "news.jsonl"]).unchanged == ("a",)


def test_a_date_in_the_future_and_one_that_may_be_two_days_are_told(empty_store: Assistant, tmp_path: Path) -> None:
    path = write_jsonl(
        tmp_path / "news.jsonl",
        {"id": "a", "text": "The ferry of Esk sank.", "published": "2931-01-02"},
        {"id": "b", "text": "The ferry of Lund sank.", "published": "03/04/2025"},
    )
    report = empty_store.ingest([path])
    assert any("its date is in the future, 2931-01-02" in note for note in report.notes)
    assert [failure.reason.partition('"published" is ')[2] for failure in report.failed] == [
        "'03/04/2025', which could mean two dates; write it as 2026-02-10"
    ]
