"""Feeds and sitemaps as lists of pages: each page's address, when it was changed, and what the feed says of it.

(https://www.sitemaps.org/protocol.html)
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree

from index.errors import SourceError
from index.sources.feed import FeedEntry, entry_of, feed_entries, json_feed_entries
from index.sources.unpacked import parse_xml
from index.types import Article
from index.web.fetch import Fetched

_MOST_UNPACKED = 100_000_000
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


@dataclass(frozen=True, slots=True)
class Listing:
    """The pages and the further sitemaps that an address lists, in its order."""

    pages: list[Listed]
    sitemaps: list[Listed]
    is_feed: bool = False


def listing_of(fetched: Fetched, *, max_characters: int) -> Listing | None:
    """What a feed or a sitemap lists; None for what is neither. Raises SourceError for one that is broken."""
    data = _unpacked(fetched.data)
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{") and b"jsonfeed.org" in start:
        entries = json_feed_entries(json.loads(data), fetched.url)
        return Listing([_listed(one, fetched.url, max_characters) for one in entries], [], is_feed=True)
    if not start.startswith(b"<") or start[:15].lower().startswith((b"<!doctype html", b"<html")):
        return None
    name = _outermost(data)
    if name in _FEEDS:
        entries = feed_entries(data, fetched.url)
        return Listing([_listed(one, fetched.url, max_characters) for one in entries], [], is_feed=True)
    if name in _SITEMAPS:
        root = parse_xml(data, fetched.url)
        return Listing([*_places(root, "url", fetched.url)], [*_places(root, "sitemap", fetched.url)])
    return None


def _listed(entry: FeedEntry, base: str, max_characters: int) -> Listed:
    """An entry of a feed; its page is at its link."""
    link = urljoin(base, entry.told["url"]) if entry.told["url"] else ""
    told = entry.told | {"url": link}
    [(place, item)] = entry_of(entry.body, told, entry.part, entry.place, base, max_characters)
    if link.startswith(("http://", "https://")):
        return Listed(link.partition("#")[0], entry=item)
    return Listed(item.uri if isinstance(item, Article) else place, entry=item, has_page=False)


def _places(root: etree._Element, kind: str, base: str) -> Iterator[Listed]:
    for one in root.iter("{*}" + kind):
        address = (one.findtext("{*}loc") or "").strip()
        if address:
            yield Listed(urljoin(base, address), (one.findtext("{*}lastmod") or "").strip() or None)


def _outermost(data: bytes) -> str:
    """The name of the outermost element, without its namespace."""
    parser = etree.XMLPullParser(
        events=("start",), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    parser.feed(data[:65536])
    for _, element in parser.read_events():
        return str(etree.QName(element).localname).lower()
    return ""


def _unpacked(data: bytes) -> bytes:
    """A sitemap that is a gzip file, unpacked as far as may be."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return zlib.decompressobj(wbits=31).decompress(data, _MOST_UNPACKED)
    except (zlib.error, gzip.BadGzipFile):
        return data
