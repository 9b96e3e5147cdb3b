"""Feeds and sitemaps as lists of pages: each page's address, when it was changed, and what the feed says of it.

(https://www.sitemaps.org/protocol.html)
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

from lxml import etree

from index.errors import LineMalformed, SourceError
from index.sources.feed import FeedEntry, entry_of, feed_entries, json_feed_entries
from index.types import Article
from index.web.fetch import MOST_BYTES, Fetched, unpacked
from index.web.links import joined

_MOST_LISTED = 50_000
"""As the protocol of sitemaps has it."""

_FEEDS = frozenset(("rss", "feed", "rdf"))
_SITEMAPS = frozenset(("urlset", "sitemapindex"))


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that a feed or a sitemap lists."""

    url: str
    changed: str | None = None
    """When, as the sitemap says; ISO 8601, so that later is greater."""
    entry: Article | SourceError | None = None
    """What the feed itself has of it."""
    has_page: bool = True
    """Whether there is a page at its address: an entry of a feed may be all there is."""
    is_listed: bool = True
    """False for one that is known from before, and listed no more."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The pages and the further sitemaps that an address lists, in its order."""

    pages: list[Listed]
    sitemaps: list[Listed]
    is_feed: bool = False


def listing_of(fetched: Fetched, *, max_characters: int) -> Listing | None:
    """What a feed or a sitemap lists; None for what is neither. Raises SourceError for one that is broken."""
    data = _unpacked(fetched)
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{") and b"jsonfeed.org" in start:
        feed = _json(data, fetched.url)
        entries = json_feed_entries(feed, fetched.url) if isinstance(feed.get("items"), list) else iter(())
        return _feed(entries, fetched.url, max_characters)
    if not start.startswith(b"<") or start[:15].lower().startswith((b"<!doctype html", b"<html")):
        return None
    name = _outermost(data)
    if name in _FEEDS:
        return _feed(feed_entries(data, fetched.url), fetched.url, max_characters)
    if name in _SITEMAPS:
        return Listing([*_places(data, "url", fetched.url)], [*_places(data, "sitemap", fetched.url)])
    return None


def _json(data: bytes, url: str) -> dict[str, object]:
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise LineMalformed(f"{url} is no JSON: {str(error) or 'nested too deeply'}") from None
    return feed if isinstance(feed, dict) else {}


def _feed(entries: Iterator[FeedEntry], url: str, max_characters: int) -> Listing:
    listed = [_listed(one, url, max_characters) for one in islice(entries, _MOST_LISTED)]
    return Listing(listed, [], is_feed=True)


def _listed(entry: FeedEntry, base: str, max_characters: int) -> Listed:
    """An entry of a feed; its page is at its link."""
    link = joined(base, entry.link) if entry.link else ""
    told = entry.told | {"url": link}
    [(place, item)] = entry_of(entry.body, told, entry.part, entry.place, base, max_characters)
    if link:
        return Listed(link, entry=item)
    return Listed(item.uri if isinstance(item, Article) else place, entry=item, has_page=False)


def _places(data: bytes, kind: str, base: str) -> Iterator[Listed]:
    """What a sitemap lists, piece by piece: one of many megabytes is packed into a few kilobytes."""
    parts = etree.iterparse(
        BytesIO(data), tag="{*}" + kind, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for _, one in islice(parts, _MOST_LISTED):
            address = joined(base, one.findtext("{*}loc") or "")
            changed = (one.findtext("{*}lastmod") or "").strip() or None
            one.clear()
            while one.getprevious() is not None:
                del one.getparent()[0]
            if address:
                yield Listed(address, changed)
    except etree.XMLSyntaxError as error:
        raise LineMalformed(f"{base} is no well-formed XML: {error.msg}") from None


def _outermost(data: bytes) -> str:
    """The name of the outermost element, without its namespace."""
    parser = etree.XMLPullParser(
        events=("start",), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    parser.feed(data[:65536])
    for _, element in parser.read_events():
        return str(etree.QName(element).localname).lower()
    return ""


def _unpacked(fetched: Fetched) -> bytes:
    """A sitemap that is a gzip file, unpacked as far as may be."""
    if not fetched.data.startswith(b"\x1f\x8b"):
        return fetched.data
    try:
        return unpacked(fetched.data, MOST_BYTES)
    except ValueError as error:
        raise LineMalformed(f"{fetched.url} cannot be read: {error}") from None
