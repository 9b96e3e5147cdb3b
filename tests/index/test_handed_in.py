"""Documents of LlamaIndex's readers are handed in, and handed in again."""

from __future__ import annotations

from pathlib import Path

from llama_index.core import Document, SimpleDirectoryReader

from assistant import Assistant
from tests.conftest import ferry_article
from tests.index.test_ingest import counts


def test_what_a_reader_of_llama_index_gives_is_an_article(empty_store: Assistant, tmp_path: Path) -> None:
    folder = tmp_path / "minutes"
    folder.mkdir()
    (folder / "ferry.txt").write_text(ferry_article(7))
    documents = SimpleDirectoryReader(str(folder)).load_data()
    assert counts(empty_store.ingest(documents)) == (1, 0, 0, 0, 0)
    assert counts(empty_store.ingest(SimpleDirectoryReader(str(folder)).load_data())) == (0, 0, 1, 0, 0)
    (folder / "ferry.txt").write_text(ferry_article(7).replace("Ilse Torvald", "Ruben Quist"))
    assert counts(empty_store.ingest(SimpleDirectoryReader(str(folder)).load_data())) == (0, 1, 0, 0, 0)
    [best, *_] = empty_store.search("Ruben Quist")
    assert best.article.published is None  # the day on which a file was made is no date of publication


def test_metadata_tell_of_an_article_and_what_was_handed_in_stays(empty_store: Assistant, tmp_path: Path) -> None:
    told = {
        "title": "Ferry line grows",
        "published": "3 March 2025",
        "url": "https://esk-post.example/ferry",
        "outlet": "Esk Post",
        "pages": 3,
    }
    [added] = empty_store.ingest([Document(text=ferry_article(1), metadata=told)]).added
    article = empty_store.article(added)
    assert (article.title, article.published, article.uri, article.outlet) == (
        "Ferry line grows",
        "2025-03-03",
        "https://esk-post.example/ferry",
        "Esk Post",
    )
    report = empty_store.ingest([Document(text=ferry_article(2)), Document(text=" ")])
    assert counts(report) == (1, 0, 0, 0, 1) and "has no text" in report.failed[0].reason
    assert empty_store.status()["articles"] == 2 and empty_store.sources() == []
