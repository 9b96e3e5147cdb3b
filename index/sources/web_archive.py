"""Web archives: the pages in WARC files and in WACZ packages, each under the address that it was fetched from.

The day on which a page was fetched is not when it was published, and is never taken for it.
(https://iipc.github.io/warc-specifications/)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from index.errors import FileEmpty, FileUnreadable, SourceError
from index.sources.fields import too_long
from index.sources.html import article_of_page
from index.types import Article, Note

_PAGES = ("text/html", "application/xhtml")
_BYTES_PER_CHARACTER = 20
_OK = "200"
_ZSTD = b"\x28\xb5\x2f\xfd"
"""How what is packed so begins."""

Found = Iterator[tuple[str, Article | SourceError | Note]]


def read_warc(file: Path, *, address: str, max_characters: int) -> Found:
    """Each page's place (the archive's and its own address) and its article. Raises FileUnreadable."""
    with file.open("rb") as stream:
        yield from _pages(stream, address, max_characters)


def read_wacz(file: Path, *, address: str, max_characters: int) -> Found:
    """The same of a WACZ package, a ZIP file with WARC files in ``archive/``."""
    try:
        with ZipFile(file) as packed:
            for name in sorted(packed.namelist()):
                if name.startswith("archive/") and name.endswith((".warc", ".warc.gz")):
                    with packed.open(name) as stream:
                        yield from _pages(stream, address, max_characters)
    except BadZipFile:
        raise FileUnreadable(f"{address} is no whole WACZ package") from None


def _pages(stream: IO[bytes], address: str, max_characters: int) -> Found:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    seen: set[str] = set()
    most = _BYTES_PER_CHARACTER * max_characters
    try:
        for record in ArchiveIterator(stream):
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            if not _is_page(record) or url in seen:
                continue
            seen.add(url)
            place = f"{address} {url}"
            try:
                data = _body(record, place, most)
                if len(data) > most:
                    raise too_long(place, f"more than {most:,} bytes", max_characters)
                charset = _charset(record.http_headers.get_header("Content-Type") or "")
                for item in article_of_page(data, place, max_characters=max_characters, charset=charset, url=url):
                    yield place, item
            except SourceError as error:
                yield place, error
        if not seen:
            raise FileEmpty(f"{address} holds no page that could be fetched")
    except (ArchiveLoadFailed, EOFError) as error:
        raise FileUnreadable(f"{address} is no whole web archive: {error}") from None


def _body(record: Any, place: str, most: int) -> bytes:
    """The bytes of a page, unpacked; of one with more than ``most``, more than those. Raises FileUnreadable."""
    packed = (record.http_headers.get_header("Content-Encoding") or "").strip().lower()
    if packed == "br":
        record.http_headers.remove_header("Content-Encoding")  # what warcio does with it has no bound
    data: bytes = record.content_stream().read(most + 1)
    if packed == "zstd" and data.startswith(_ZSTD):
        raise FileUnreadable(f"{place} is packed as zstd, which cannot be unpacked")
    return _from_brotli(data, place, most) if packed == "br" else data


def _from_brotli(data: bytes, place: str, most: int) -> bytes:
    import brotli

    with suppress(brotli.error):
        stream = brotli.Decompressor()
        page: bytes = stream.process(data, output_buffer_limit=most + 1)
        if stream.is_finished() or len(page) > most:
            return page
    if data.lstrip().startswith(b"<"):  # it was unpacked by who archived it
        return data
    raise FileUnreadable(f"{place} is packed with brotli, and is not whole")


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").lower()
    return record.http_headers.get_statuscode() == _OK and kind.startswith(_PAGES)


def _charset(content_type: str) -> str | None:
    _, _, value = content_type.lower().partition("charset=")
    return value.split(";")[0].strip(" \"'") or None
