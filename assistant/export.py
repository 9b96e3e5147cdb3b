"""Articles written as JSON Lines, which an ingest reads again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from index.types import Article

_SHOWN = ("text", "title", "author", "agency", "place")


def write_json_lines(articles: Iterable[Article], file: Path) -> int:
    """Write articles into a file, which is there wholly or not at all; how many they are."""
    file = file.resolve()
    if file.exists() and not file.is_file():  # a pipe, or what stands for the terminal
        with file.open("w", encoding="utf-8") as stream:
            return _write(articles, stream)
    with NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, prefix=f".{file.name}.", delete=False) as beside:
        made = Path(beside.name)
        try:
            count = _write(articles, beside)
            beside.close()
            made.chmod(file.stat().st_mode & 0o777 if file.exists() else 0o644)
            made.replace(file)
        except BaseException:
            made.unlink(missing_ok=True)
            raise
    return count


def _write(articles: Iterable[Article], stream: IO[str]) -> int:
    count = 0
    for article in articles:
        stream.write(json.dumps(_fields(article), ensure_ascii=False) + "\n")
        count += 1
    return count


def _fields(article: Article) -> dict[str, str]:
    """The fields of a line of JSON that an article has."""
    told = {
        "id": article.id,
        "url": article.uri if article.uri.startswith(("http://", "https://")) else None,
        "title": article.title,
        "published": article.published,
        "updated": article.updated,
        "author": article.author,
        "agency": article.agency,
        "place": article.place,
        "language": article.language,
        "text": article.text,
    }
    # Whoever reads JSON Lines reads them as HTML: what looks like it here is none.
    return {name: escape(value, quote=False) if name in _SHOWN else value for name, value in told.items() if value}
