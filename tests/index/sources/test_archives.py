# ruff: noqa: E501  (what stands in files)
"""Web archives, ZIP and tar files."""

from __future__ import annotations

import gzip
import io
import tarfile
import time
from pathlib import Path
from typing import Any

from docx import Document

from index.errors import FileUnreadable
from index.types import Article
from tests.index.sources.given import FERRY, PAGE, pack, read, the_article, the_fault


def _warc_record(url: str, status: str, kind: str, body: str | bytes) -> bytes:
    data = body if isinstance(body, bytes) else body.encode()
    block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def test_web_archives(tmp_path: Path) -> None:
    records = b"".join(
        gzip.compress(_warc_record(f"https://post.example/{path}", status, kind, body))
        for path, status, kind, body in (
            ("ferry", "200 OK", "text/html; charset=utf-8", PAGE),
            ("ferry", "200 OK", "text/html; charset=utf-8", PAGE),
            ("gone", "404 Not Found", "text/html", PAGE),
            ("style.css", "200 OK", "text/css", "p {}"),
        )
    )
    (tmp_path / "crawl.warc.gz").write_bytes(records)
    article = the_article(tmp_path / "crawl.warc.gz")
    assert (article.uri, article.published) == ("https://post.example/ferry", "2025-03-04T09:12:00+01:00")
    pack(tmp_path / "crawl.wacz", {"archive/a.warc.gz": (tmp_path / "crawl.warc.gz").read_bytes()})
    assert the_article(tmp_path / "crawl.wacz").uri == "https://post.example/ferry"
    (tmp_path / "broken.warc").write_text("no archive")
    assert isinstance(the_fault(tmp_path / "broken.warc"), FileUnreadable)


def test_pages_of_a_web_archive_that_are_packed_in_other_ways(tmp_path: Path) -> None:
    import brotli

    page = PAGE.encode()
    html, most = "text/html; charset=utf-8\r\nContent-Encoding: ", 200_000
    records = [
        _warc_record(f"https://post.example/{number}", "200 OK", html + packed, body)
        for number, (packed, body) in enumerate(
            (
                ("br", brotli.compress(page)),
                ("br", page),
                ("br", brotli.compress(page)[:-100]),
                ("br", brotli.compress(b"<p>" + b"a" * 50_000_000, quality=1)),
                ("zstd", b"\x28\xb5\x2f\xfd" + bytes(range(256)) * 9),
                ("zstd", page),
                ("gzip", gzip.compress(page)),
            )
        )
    ]
    (tmp_path / "crawl.warc").write_bytes(b"".join(records))
    told = [str(getattr(one, "title", None) or one) for one in read(tmp_path / "crawl.warc", max_characters=most)]
    assert [one for one in told if "crawl.warc" not in one] == ["Ferry runs aground"] * 4
    assert "/2 is packed with brotli, and is not whole" in told[2]
    assert "/3 has more than 4,000,000 bytes" in told[3]
    assert "/4 is packed as zstd, which cannot be unpacked" in told[4]


def test_packed_files_are_read_as_they_would_be_outside(tmp_path: Path) -> None:
    parts: dict[str, Any] = {
        "a/ferry.html": PAGE,
        "b.txt": f"Tram opens\n{FERRY[1]}",
        "../../evil.txt": f"Evil\n{FERRY[2]}",
        "logo.png": b"x",
        ".hidden.txt": "x",
    }
    pack(tmp_path / "news.zip", parts)
    with tarfile.open(tmp_path / "news.tar.gz", "w:gz") as packed:
        for name, content in parts.items():
            data = content if isinstance(content, bytes) else content.encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("passwd.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        packed.addfile(link)
    for name in ("news.zip", "news.tar.gz"):
        articles = [one for one in read(tmp_path / name) if isinstance(one, Article)]
        assert [one.title for one in articles] == ["Ferry runs aground", "Tram opens", "Evil"], name
        assert not (tmp_path.parent / "evil.txt").exists()


def _tar(file: Path, parts: dict[str, bytes]) -> None:
    with tarfile.open(file, "w:gz") as packed:
        for name, data in parts.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))


def test_what_stands_beside_a_text_counts_within_a_packed_file(tmp_path: Path) -> None:
    parts = {
        "a/ferry.meta.json": b'{"published": "2025-03-04", "title": "Aground"}',
        "a/ferry.txt": FERRY[0].encode(),
        "b/ferry.txt": FERRY[1].encode(),
        "b/ferry.meta.json": b'{"published": "soon"}',
        "ferry.txt": FERRY[2].encode(),
        "c/tram.meta.json": b"{}",
    }
    pack(tmp_path / "news.zip", parts)
    _tar(tmp_path / "news.tar.gz", parts)
    for name in ("news.zip", "news.tar.gz"):
        told, fault, plain, note = read(tmp_path / name)
        assert isinstance(told, Article)
        assert isinstance(plain, Article)
        assert (told.title, told.published, plain.published) == ("Aground", "2025-03-04", None), name
        assert f'{name}/b/ferry.meta.json: "published" is' in str(fault)
        assert str(note) == "of no use: no .txt of its name is beside it"


def test_a_packed_bomb_is_left_out_and_the_rest_goes_on(tmp_path: Path) -> None:
    pack(tmp_path / "news.zip", {"bomb.txt": b"a" * 300_000_000, "ferry.txt": f"Ferry\n{FERRY[0]}"})
    began = time.perf_counter()
    fault, article = read(tmp_path / "news.zip")
    assert "unpacks to more than" in str(fault)
    assert isinstance(article, Article)
    assert time.perf_counter() - began < 10


def test_a_book_within_a_packed_file_is_read_and_an_archive_is_not(tmp_path: Path) -> None:
    pack(tmp_path / "inner.zip", {"ferry.txt": FERRY[0]})
    document = Document()
    document.add_paragraph(FERRY[0])
    document.save(str(tmp_path / "a.docx"))
    parts = {name: (tmp_path / name).read_bytes() for name in ("inner.zip", "a.docx")}
    pack(tmp_path / "outer.zip", parts)
    fault, article = read(tmp_path / "outer.zip")
    assert "is packed itself" in str(fault)
    assert isinstance(article, Article)
