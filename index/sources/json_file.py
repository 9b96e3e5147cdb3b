"""JSON files: an article, a list of articles, a JSON Feed, or news as ninjs has it (https://iptc.org/standards/ninjs/)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.errors import LineMalformed, SourceError
from index.sources.decode import decode
from index.sources.feed import entry_of, read_json_feed
from index.sources.fields import fields_of, too_long
from index.sources.jsonl import article_of_object
from index.types import Article

_MOST_BYTES = 500_000_000


def read_json(file: Path, *, address: str, max_characters: int) -> Iterator[tuple[str, Article | SourceError]]:
    """Each article's place and the article. Raises LineMalformed, ArticleTooLong, and what ``decode`` raises."""
    if file.stat().st_size > _MOST_BYTES:
        raise too_long(address, f"{file.stat().st_size:,} bytes", max_characters)
    try:
        record = json.loads(decode(file.read_bytes(), address))
    except (ValueError, RecursionError) as error:
        raise LineMalformed(f"{address} is not JSON: {str(error) or 'nested too deeply'}") from None
    if isinstance(record, dict) and isinstance(record.get("items"), list) and "jsonfeed" in str(record.get("version")):
        yield from read_json_feed(record, address=address, max_characters=max_characters)
        return
    rows = record if isinstance(record, list) else [record]
    for number, row in enumerate(rows, start=1):
        place = address if row is record else f"{address} item {number}"
        if isinstance(row, dict) and ("body_text" in row or "body_xhtml" in row or "bodies" in row):
            yield from _ninjs(row, place, address, max_characters)
            continue
        try:
            yield place, article_of_object(fields_of(row, place), place, address, max_characters)
        except SourceError as error:
            yield place, error


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _ninjs(
    row: dict[str, Any], place: str, address: str, max_characters: int
) -> Iterator[tuple[str, Article | SourceError]]:
    bodies = [one.get("value") for one in _listed(row.get("bodies")) if isinstance(one, dict)]
    heads = [one.get("value") for one in _listed(row.get("headlines")) if isinstance(one, dict)]
    found = (row.get("body_text"), row.get("body_xhtml"), *bodies)
    body = next((one for one in found if isinstance(one, str) and one.strip()), "")
    told = {
        "title": row.get("headline") or next(iter(heads), ""),
        "published": row.get("firstcreated") or row.get("contentcreated") or row.get("versioncreated"),
        "updated": row.get("versioncreated"),
        "author": row.get("byline") or row.get("by"),
        "agency": row.get("copyrightholder") or row.get("provider"),
        "place": row.get("located"),
        "language": row.get("language"),
    }
    plain = {name: value if isinstance(value, str) else "" for name, value in told.items()}
    yield from entry_of(body, plain, str(row.get("uri") or place), place, address, max_characters)
