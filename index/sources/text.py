"""Plain text: one file, one article; its first line is its title, unless a file beside it tells another.

Beside ``ferry.txt`` may stand ``ferry.meta.json``: an object with any of the fields of a JSON line but ``text``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from index.errors import LineMalformed, SourceError
from index.sources.decode import decode
from index.sources.fields import FIELDS, as_article, made_id, read_fields, too_long
from index.types import Article

BESIDE = ".meta.json"
MOST_BESIDE = 100_000
"""Bytes of what stands beside a text."""


def read_one_text(file: Path, *, address: str, max_characters: int) -> Iterator[tuple[str, Article | SourceError]]:
    """The one article of a text file. Raises what ``read_text`` raises."""
    yield address, read_text(file, address=address, article_id=made_id(address), max_characters=max_characters)


def read_text(path: Path, *, address: str, article_id: str, max_characters: int) -> Article:
    """Read a plain text file.

    Raises ArticleTooLong, LineMalformed for what stands beside it, and what ``decode`` raises.
    """
    size = path.stat().st_size
    if size > 4 * max_characters:  # no encoding needs more bytes: do not read 200 MB to say so
        raise too_long(address, f"{size:,} bytes", max_characters)
    text = decode(path.read_bytes(), address)
    if len(text) > max_characters:
        raise too_long(address, f"{len(text):,} characters", max_characters)
    told = _told_beside(path, address)
    return as_article(text, told, article_id=told["id"] or article_id, uri=told["url"] or address)


def _told_beside(path: Path, address: str) -> dict[str, str | None]:
    beside = path.with_name(path.stem + BESIDE)
    if not beside.is_file():
        return dict.fromkeys(FIELDS)
    place = address.rpartition(".")[0] + BESIDE
    if beside.stat().st_size > MOST_BESIDE:
        raise LineMalformed(
            f"{place} has {beside.stat().st_size:,} bytes; {MOST_BESIDE:,} are enough for what it tells"
        )
    return read_fields(beside.read_bytes().removeprefix(b"\xef\xbb\xbf"), place)
