"""Articles written as JSON Lines, which an ingest reads again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from index.types import Article


def write_json_lines(articles: Iterable[Article], file: Path) -> int:
    """Write articles into a file, which is there wholly or not at all; how many they are."""
    beside = file.with_name(f"{file.name}.part")
    count = 0
    try:
        with beside.open("w", encoding="utf-8") as stream:
            for article in articles:
                stream.write(json.dumps(_fields(article), ensure_ascii=False) + "\n")
                count += 1
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
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
    return {name: value for name, value in told.items() if value is not None}
