"""What holds for every kind of file: broken ones, missing libraries, what stands beside."""

from __future__ import annotations

import gzip
import json
import sys
import time
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.settings import Settings
from index.sources import KINDS
from index.types import Article
from tests.index.sources.given import FERRY, pack, read, the_article, the_fault
from tests.pdf import a_pdf


@pytest.mark.parametrize(
    "name", ["x.zip", "x.tar.gz", "x.docx", "x.odt", "x.epub", "x.wacz", "x.xml", "x.json", "x.pdf", "x.warc.gz"]
)
def test_what_is_broken_is_told_in_one_line(tmp_path: Path, name: str) -> None:
    for data in (b"", b"\x00\x01broken", gzip.compress(b"broken"), b"PK\x03\x04broken"):
        (tmp_path / name).write_bytes(data)
        fault = the_fault(tmp_path / name)
        assert "\n" not in str(fault)
        assert name in str(fault)


def test_without_its_library_a_kind_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(a_pdf([[(11, 60, 700, FERRY[0])]]))
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert "pip install 'article-assistant[sources]'" in str(the_fault(tmp_path / "a.pdf"))


def test_every_kind_has_a_reader() -> None:
    from index.sources import reader_of

    assert all(reader_of(f"x{end}") for end in KINDS)


def test_what_stands_beside_a_text_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(f"Ferry\n{FERRY[0]}")
    (tmp_path / "ferry.meta.json").write_text('{"published": "2025-03-04"}')
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        report = assistant.ingest([tmp_path])
    assert (len(report.added), report.failed) == (1, ())


def test_a_date_that_may_be_two_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'date,text\n03/04/2025,"{FERRY[0]}"\n23/04/2025,"{FERRY[1]}"\n')
    assert [one.published for one in read(tmp_path / "a.csv") if isinstance(one, Article)] == [None, "2025-04-23"]


def test_what_would_never_end_is_told_at_once(tmp_path: Path) -> None:
    began = time.perf_counter()
    aliases = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    (tmp_path / "a.md").write_text(f"---\n{aliases}title: x\n---\n{FERRY[0]}\n")
    assert "aliases" in str(the_fault(tmp_path / "a.md"))
    for opened in ("<!--", "<script>"):
        (tmp_path / "a.jsonl").write_text(json.dumps({"text": "<p>x</p>" + opened * 20_000 + FERRY[0]}) + "\n")
        read(tmp_path / "a.jsonl")
    pack(tmp_path / "a.zip", {"b.zip": b"PK", "ferry.txt": f"Ferry\n{FERRY[0]}"})
    fault, article = read(tmp_path / "a.zip")
    assert "is packed itself" in str(fault)
    assert isinstance(article, Article)
    assert time.perf_counter() - began < 10


def test_what_a_library_does_not_expect_ends_one_file_alone(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    (tmp_path / "x.mbox").write_bytes(
        b"From a@x.example Tue Mar  4 09:12:00 2025\nMessage-ID: <\xe9a@x>\nSubject: S\n\nText.\n"
    )
    assert isinstance(the_article(tmp_path / "x.mbox"), Article)
    far = pyarrow.array([2**62], pyarrow.timestamp("us"))  # no calendar has such a day
    parquet.write_table(pyarrow.table({"text": [FERRY[0]], "date": far}), tmp_path / "far.parquet")
    assert "broken in a way" in str(the_fault(tmp_path / "far.parquet"))
    (tmp_path / "feed.json").write_text(
        '{"version": "https://jsonfeed.org/version/1", "items": [{"content_text": "a \\ud800"}]}'
    )
    assert "half a surrogate pair" in str(the_fault(tmp_path / "feed.json"))


def test_empty_lines_without_end_are_told_in_bounded_time(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl.gz"
    with gzip.open(file, "wb") as stream:
        stream.write(json.dumps({"text": FERRY[0]}).encode() + b"\n")
        for _ in range(60):
            stream.write(b"\n" * 1_000_000)
    begun = time.process_time()
    article, fault = read(file)
    assert isinstance(article, Article) and "1,000,000 empty lines" in str(fault)
    assert time.process_time() - begun < 10
