"""Feeds: RSS, Atom and RDF as XML, and JSON Feed; each entry is an article.

An entry that has only the beginning of an article is taken as it is. (https://www.rssboard.org/rss-specification,
RFC 4287, https://www.jsonfeed.org/version/1.1)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from index.errors import FileEmpty, LineMalformed, SourceError
from index.sources.fields import article_of
from index.sources.markup import shown, without_markup
from index.types import Article

Found = Iterator[tuple[str, Article | SourceError]]


class FeedEntry(NamedTuple):
    """What a feed has of one article."""

    body: str
    """Text or HTML; often only its beginning."""
    told: dict[str, str]
    """The other fields of an article; ``url`` is empty where several entries have it."""
    part: str
    """What names it within the feed."""
    place: str
    link: str
    """Where its page is."""


def read_feed(data: bytes, *, address: str, max_characters: int) -> Found:
    """Each entry's place (``news.rss entry 7``) and its article. Raises LineMalformed for what is no feed."""
    for one in feed_entries(data, address):
        yield from entry_of(one.body, one.told, one.part, one.place, address, max_characters)


def read_json_feed(feed: dict[str, Any], *, address: str, max_characters: int) -> Found:
    """The same of a JSON Feed, an object with ``items``."""
    for one in json_feed_entries(feed, address):
        yield from entry_of(one.body, one.told, one.part, one.place, address, max_characters)


def feed_entries(data: bytes, address: str) -> Iterator[FeedEntry]:
    """The entries of a feed in XML. Raises LineMalformed for what is no feed."""
    import feedparser

    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries and feed.bozo:
        raise LineMalformed(f"{address} is no feed that can be read: {feed.get('bozo_exception')}")
    outlet = without_markup(str(feed.feed.get("title", "")))
    links = Counter(str(entry.get("link", "")) for entry in feed.entries)
    for number, entry in enumerate(feed.entries, start=1):
        bodies = [str(one.get("value", "")) for one in entry.get("content", ())] + [str(entry.get("summary", ""))]
        told = {
            "title": without_markup(str(entry.get("title", ""))),
            "published": str(dict.get(entry, "published", "")),
            "updated": str(dict.get(entry, "updated", "")),
            "author": str(entry.get("author", "")),
            "agency": outlet,
            "url": str(entry.get("link", "")) if links[str(entry.get("link", ""))] == 1 else "",
        }
        if not told["published"]:
            told["published"] = told.pop("updated")
        part = str(entry.get("id", "")) or told["url"] or told["title"]
        place, link = f"{address} entry {number}", str(entry.get("link", ""))
        yield FeedEntry(max(bodies, key=len), told, part, place, link)


def json_feed_entries(feed: dict[str, Any], address: str) -> Iterator[FeedEntry]:
    """The entries of a JSON Feed."""
    for number, item in enumerate(feed.get("items") or (), start=1):
        if not isinstance(item, dict):
            continue
        authors = item.get("authors") or feed.get("authors") or [item.get("author") or {}]
        names = [one.get("name") for one in authors if isinstance(one, dict)] if isinstance(authors, list) else []
        told = {
            "title": _plain(item.get("title")),
            "published": _plain(item.get("date_published")) or _plain(item.get("date_modified")),
            "updated": _plain(item.get("date_modified")),
            "author": _plain(next(filter(None, names), "")),
            "agency": _plain(feed.get("title")),
            "url": _plain(item.get("url")),
        }
        body = _plain(item.get("content_html")) or _plain(item.get("content_text")) or _plain(item.get("summary"))
        yield FeedEntry(body, told, str(item.get("id") or number), f"{address} item {number}", told["url"])


def entry_of(body: str, told: dict[str, str], part: str, place: str, address: str, max_characters: int) -> Found:
    """The article of an entry whose body may be HTML."""
    try:
        text = shown(body) if "<" in body or "&" in body else body
        if not text.strip():
            raise FileEmpty(f"{place} has no text")
        yield place, article_of(text, told, address=address, place=place, max_characters=max_characters, part=part)
    except SourceError as error:
        yield place, error


def _plain(value: object) -> str:
    return value if isinstance(value, str) else ""
