"""Plain text: one file, one article; the first line is its title."""

from __future__ import annotations

from pathlib import Path

from index.errors import ArticleTooLong
from index.layout import read_layout
from index.sources.decode import decode
from index.types import Article


def read_text(path: Path, *, address: str, article_id: str, max_characters: int) -> Article:
    """Read a plain text file.

    Raises ArticleTooLong, and what ``decode`` raises.
    """
    size = path.stat().st_size
    if size > 4 * max_characters:  # no encoding needs more bytes: do not read 200 MB to say so
        raise too_long(address, f"{size:,} bytes", max_characters)
    text = decode(path.read_bytes(), address)
    if len(text) > max_characters:
        raise too_long(address, f"{len(text):,} characters", max_characters)
    layout = read_layout(text)
    return Article(
        id=article_id,
        text=text,
        uri=address,
        title=layout.title,
        author=layout.author,
        agency=layout.agency,
        place=layout.place,
    )


def too_long(name: str, length: str, limit: int) -> ArticleTooLong:
    """The error for an article that is longer than one may be."""
    return ArticleTooLong(
        f"{name} has {length}; an article may have {limit:,} characters "
        "(split it, or set ASSISTANT_MAX_ARTICLE_CHARACTERS)"
    )
