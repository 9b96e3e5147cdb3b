"""What is told about an article in a JSON object: a line of JSON Lines, or the file beside a text."""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import suppress
from typing import Any

from dateutil.parser import ParserError, parse

from index.analysis.layout import read_layout
from index.errors import ArticleTooLong, FileEmpty, LineMalformed
from index.times.publication import ZONES, stated_publication
from index.times.published import published_days
from index.types import Article

FIELDS = ("text", "id", "title", "published", "updated", "url", "author", "agency", "place", "language")
_OTHERS = {
    "text": ("body", "content", "articleBody", "body_text"),
    "title": ("headline",),
    "published": ("date", "datePublished"),
    "agency": ("outlet", "publisher"),
}
"""The other names of a field: the first that is not empty counts, where the field itself is."""

MAX_ID = 500
_SHORTEST_DATE, _LONGEST_DATE = 4, 80
_SINCE_1970 = re.compile(r"\d{9,10}|\d{12,13}")
_EIGHT = re.compile(r"\d{8}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d")
_MAIL_DATE = re.compile(r"(?:[A-Z][a-z]{2}, +)?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d")


def read_fields(data: bytes, place: str) -> dict[str, Any]:
    """The fields of a JSON object that describe an article, None for one that is missing or empty.

    Raises LineMalformed for what is no such object, and for a field of another kind or a date that cannot be read.
    """
    try:
        record = json.loads(data)
    except UnicodeDecodeError as error:
        raise LineMalformed(f"{place}: byte {error.start} (0x{data[error.start]:02x}) is not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise LineMalformed(f"{place} is not JSON: {str(error) or 'nested too deeply'}") from None
    return fields_of(record, place)


def fields_of(record: object, place: str) -> dict[str, Any]:
    """The same of what JSON was read to."""
    if not isinstance(record, dict):
        raise LineMalformed(f"{place} is a JSON {type(record).__name__}, not an object")
    fields: dict[str, Any] = {}
    for name in FIELDS:
        if name == "updated":
            fields[name] = _update(record.get("updated") or record.get("modified") or record.get("dateModified"))
            continue
        known = next((one for one in (name, *_OTHERS.get(name, ())) if not _is_blank(record.get(one))), name)
        value = record.get(known)
        if name == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise LineMalformed(f'{place}: "{known}" is a {type(value).__name__}, not text')
        if value and not _is_unicode(value):
            raise LineMalformed(f'{place}: "{known}" holds half a surrogate pair, which is no character')
        fields[name] = value if name == "text" or (value and value.strip()) else None
    if fields["id"] and not fields["id"].isprintable():
        raise LineMalformed(f'{place}: "id" is {fields["id"]!r}, which cannot be typed')
    if fields["id"] and len(fields["id"]) > MAX_ID:
        raise LineMalformed(f'{place}: "id" has {len(fields["id"])} characters; {MAX_ID} at most')
    if fields["published"]:
        fields["published"] = _date(fields["published"], place)
    return fields


def as_article(text: str, told: dict[str, Any], *, article_id: str, uri: str) -> Article:
    """An article of what was told about it, and where that is silent of what its own lines tell."""
    layout = read_layout(text, title=told["title"])
    return Article(
        id=article_id,
        text=text,
        uri=uri,
        title=told["title"] or layout.title,
        published=told["published"],
        author=told["author"] or layout.author,
        agency=told["agency"] or layout.agency,
        place=told["place"] or layout.place,
        language=told["language"],
        updated=told["updated"],
    )


def read_date(value: str | None, *, day_first: bool = True) -> str | None:
    """A date as ISO 8601, however a source writes it; None for what is none, or may be two.

    >>> read_date("Tue, 04 Mar 2025 09:12:00 +0100"), read_date("20250304"), read_date("soon")
    ('2025-03-04T09:12:00+01:00', '2025-03-04', None)
    """
    value = (value or "").strip()
    if not _SHORTEST_DATE <= len(value) <= _LONGEST_DATE or _SINCE_1970.fullmatch(value):
        return None
    if published_days(value):
        return f"{value[:4]}-{value[4:6]}-{value[6:]}" if _EIGHT.fullmatch(value) else value
    if _MOMENT.match(value) or _MAIL_DATE.match(value):  # "2025-03-04T09:12:00+0100", as e-mail and RSS have it
        with suppress(ParserError, ValueError, OverflowError):
            found = parse(value, tzinfos=ZONES).isoformat()
            return found if published_days(found) else None
    stated = stated_publication(f"Published: {value}", day_first=day_first)
    return stated.value if stated and not stated.ambiguous else None


def article_of(
    text: str, told: dict[str, Any], *, address: str, place: str, max_characters: int, part: str | None = None
) -> Article:
    """An article of what a source tells: its text, and fields of ``FIELDS`` as they are written there.

    Its id is made of its url, else of where it stands: ``part`` is what names it within a file of several, so that it
    is the same when it moves. An id of the source's own, "1", may be another's too. Raises FileEmpty, ArticleTooLong,
    and LineMalformed for what is no Unicode.
    """
    if not all(_is_unicode(value) for value in (text, *told.values()) if isinstance(value, str)):
        raise LineMalformed(f"{place} holds half a surrogate pair, which is no character")
    if not text.strip():
        raise FileEmpty(f"{place} has no text")
    if len(text) > max_characters:
        raise too_long(place, f"{len(text):,} characters", max_characters)
    clean = {name: value.strip() if isinstance(value, str) and value.strip() else None for name, value in told.items()}
    fields: dict[str, Any] = dict.fromkeys(FIELDS) | clean
    fields |= {name: read_date(fields[name]) for name in ("published", "updated")}
    if fields["url"] and not fields["url"].startswith(("http://", "https://")):
        fields["url"] = None  # "/about/", "12 Main St"
    key = fields["url"] or (f"{address}#{part}" if part else address)
    article_id = made_id(key)
    uri = fields["url"] or (f"{address}#{article_id}" if part else address)
    return as_article(text, fields, article_id=article_id, uri=uri)


def made_id(key: str) -> str:
    """An id made of what names an article."""
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()[:16]


def content_id(title: str | None, text: str) -> str:
    """What names an article within a file where nothing else does: it stays when it moves up or down."""
    return made_id(f"{title}\0{text}")


def too_long(name: str, length: str, limit: int) -> ArticleTooLong:
    """The error for an article that is longer than one may be."""
    return ArticleTooLong(
        f"{name} has {length}; an article may have {limit:,} characters "
        "(split it, or set ASSISTANT_MAX_ARTICLE_CHARACTERS)"
    )


def _date(value: str, place: str) -> str:
    """A date as ISO 8601, however it is written, as long as it can be read in one way only."""
    if published_days(value):
        return value
    stated = stated_publication(f"Published: {value}")
    if stated and stated.ambiguous:
        raise LineMalformed(f'{place}: "published" is {value!r}, which could mean two dates; write it as 2026-02-10')
    if not stated:
        raise LineMalformed(f'{place}: "published" is {value!r}, not an ISO 8601 date such as 2026-02-10')
    return stated.value


def _update(value: object) -> str | None:
    """When an article was changed; what cannot be read is passed over, as many sources have other things there."""
    if not isinstance(value, str):
        return None
    stated = stated_publication(f"Published: {value[:100]}")
    return value if published_days(value) else stated.value if stated and not stated.ambiguous else None


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _is_unicode(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
