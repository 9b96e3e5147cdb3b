"""JSON Lines: one article a line, in a plain or gzipped file of any size.

``text`` (or ``body``, ``content``) is required; ``id``, ``title`` (or ``headline``), ``published`` (or ``date``),
``updated`` (or ``modified``), ``url``, ``author``, ``agency``, ``place`` and ``language`` may be given or null; other
keys are passed over. HTML tags and entities are read as what they show.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from index.errors import FileEmpty, LineMalformed, SourceError
from index.sources.fields import as_article, content_id, made_id, read_fields, too_long
from index.sources.markup import without_markup
from index.types import Article

_READ = ("text", "title", "author", "agency", "place")
"""The fields in which HTML is read as what it shows."""

_MOST_BLANK = 1_000_000
"""A packed file of 100 MB of empty lines is 100 KB long."""

_BYTES_PER_CHARACTER = 12
"""A character outside the basic plane, escaped in JSON: ``\\ud83d\\ude00``."""


def read_jsonl(file: Path, *, address: str, max_characters: int) -> Iterator[tuple[str, Article | SourceError]]:
    """Each line's place (``news.jsonl line 7``) and its article, or what is wrong with it."""
    limit = max_characters * _BYTES_PER_CHARACTER + 65_536
    with gzip.open(file) if file.suffix.lower() == ".gz" else file.open("rb") as stream:
        number, held, blank = 0, False, 0
        while line := stream.readline(limit):
            number += 1
            if line == b"\n":
                blank += 1
                if blank <= _MOST_BLANK:
                    continue
                told = f"{address} has {_MOST_BLANK:,} empty lines in a row; the rest is not read"
                yield address, LineMalformed(told)
                return
            blank = 0
            place = f"{address} line {number}"
            if len(line) == limit and not line.endswith(b"\n"):
                held = True
                size = len(line) + _skip_line(stream)
                yield place, too_long(place, f"{size:,} bytes", max_characters)
                continue
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if not line.strip():
                continue
            held = True
            try:
                yield place, article_of_object(read_fields(line, place), place, address, max_characters)
            except SourceError as error:
                yield place, error
    if not held:
        raise FileEmpty(f"{address} is empty")


def _skip_line(stream: IO[bytes] | gzip.GzipFile) -> int:
    skipped = 0
    while piece := stream.readline(1 << 20):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped


def article_of_object(fields: dict[str, Any], place: str, address: str, max_characters: int) -> Article:
    """The article that the fields of a JSON object tell of; raises LineMalformed, ArticleTooLong."""
    text = fields["text"]
    if not text or not text.strip():
        raise LineMalformed(f'{place} has no "text"')
    if len(text) > max_characters:
        raise too_long(place, f"{len(text):,} characters", max_characters)
    told = {name: value and without_markup(value) if name in _READ else value for name, value in fields.items()}
    article_id, uri = fields["id"], fields["url"]
    if article_id is None:
        # The address has to survive a line moving up or down, so without a url it is made of the content.
        article_id = made_id(uri or f"{address}#{content_id(fields['title'], text)}")
    if not told["text"].strip():
        raise LineMalformed(f'{place} has no "text" beside its HTML tags')
    return as_article(told["text"], told, article_id=article_id, uri=uri or f"{address}#{article_id}")
