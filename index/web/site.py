"""The articles at an address of the web: of a page or a file, or of the pages that a feed or a sitemap lists."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Container, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin, urlsplit

from index.errors import AddressForbidden, FileEmpty, PageGone, PageUnreachable, SourceError
from index.ingest.fill_vectors import Progress
from index.settings import READING
from index.sources import end_of, read_any
from index.sources.html import article_of_page, page_text, parse_page
from index.sources.reading import Item, Reading
from index.types import Article, Note
from index.web.fetch import Fetched, Web
from index.web.listing import Listed, Listing, listing_of

_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_MOST_SITEMAPS = 200
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")


class Site:
    """Reads one address that somebody named, with what it lists."""

    def __init__(
        self,
        web: Web,
        stamps: Mapping[str, str],
        seen: Container[str],
        *,
        most: int,
        max_characters: int,
        progress: Progress,
    ) -> None:
        """``stamps`` are those of last time, by address; at most ``most`` pages are fetched, none that was ``seen``."""
        self.web = web
        self.stamps = stamps
        self.seen = seen
        self.gone: set[str] = set()
        """The addresses of which their server said that there is nothing any more."""
        self.most = most
        self.max_characters = max_characters
        self.progress = progress

    def readings(self, url: str) -> Iterator[Reading]:
        """Each page, as it is now. Raises nothing: what is wrong with a page is said when it is read."""
        try:
            yield from self._readings(url)
        finally:
            self.web.close()

    def _readings(self, url: str) -> Iterator[Reading]:
        try:
            fetched = self.web.fetch(url, self.stamps.get(url))
            listing = None if fetched.unchanged else listing_of(fetched, max_characters=self.max_characters)
        except PageGone as error:
            self.gone.add(url)
            yield Reading(url, None, partial(_notes, url, str(error)))
            return
        except SourceError as error:
            yield Reading(url, None, partial(_fault, url, error))
            return
        if listing is None:
            yield Reading(url, fetched.stamp, partial(self._read, fetched, url))
            return
        # A list without a stamp: its pages may have changed though it has not.
        yield from self._pages(url, listing)

    def _pages(self, url: str, listing: Listing) -> Iterator[Reading]:
        listed = listing.pages
        notes: list[str] = []
        if listing.sitemaps:
            listed = [*listed, *self._of_sitemaps(url, listing, notes)]
        listed = list({one.url: one for one in listed}.values())
        if not listing.is_feed:
            listed.sort(key=lambda one: one.changed or "", reverse=True)
        fetched = empty = elsewhere = 0
        for number, one in enumerate(listed):
            self.progress("reading pages", number, len(listed))
            if one.url in self.seen:
                continue
            if not one.has_page or not self.web.names(one.url):
                elsewhere += 1
                if one.entry is not None:
                    yield Reading(one.url, None, partial(_entry, one))
                continue
            stamp = self.stamps.get(one.url)
            if stamp and one.changed and json.loads(stamp).get("changed") == one.changed:
                yield Reading(one.url, stamp, partial(self._read_anew, one))
                continue
            if fetched >= self.most:
                continue
            fetched += 1
            try:
                page = self.web.fetch(one.url, stamp)
            except PageGone as error:
                self.gone.add(one.url)
                yield Reading(one.url, None, partial(_notes, one.url, str(error)))
                continue
            except SourceError as error:
                yield Reading(one.url, None, partial(_instead, one, error))
                continue
            if page.unchanged:
                yield Reading(one.url, page.stamp, partial(self._read_anew, one))
                continue
            items = [*self._read(page, one.url)]
            if all(isinstance(item, FileEmpty) for _, item in items):
                if one.entry is None:
                    empty += 1
                    yield Reading(one.url, _with_change(page.stamp, one.changed), partial(iter, ()))
                    continue
                items = [*_entry(one)]
            yield Reading(one.url, _with_change(page.stamp, one.changed), partial(iter, items))
        self.progress("reading pages", len(listed), len(listed))
        if empty:
            notes.append(f"{empty:,} of its pages hold no article")
        if elsewhere:
            notes.append(_told_elsewhere(listed, elsewhere, self.web))
        if fetched >= self.most and (left := len(listed) - fetched - elsewhere) > 0:
            notes.append(f"{fetched:,} pages were fetched; up to {left:,} are left for the next time, or --most N")
        yield Reading(f"{url}#", None, partial(_notes, url, *notes))

    def _of_sitemaps(self, url: str, listing: Listing, notes: list[str]) -> list[Listed]:
        """The pages of the sitemaps that a sitemap lists, the newest first, until there are enough."""
        waiting = sorted(listing.sitemaps, key=lambda one: one.changed or "", reverse=True)
        seen = {url}
        pages: list[Listed] = []
        while waiting and len(seen) <= _MOST_SITEMAPS and len(pages) < self.most:
            one = waiting.pop(0)
            if one.url in seen:
                continue
            seen.add(one.url)
            self.progress("reading sitemaps", len(seen), None)
            try:
                found = listing_of(self.web.fetch(one.url), max_characters=self.max_characters)
            except SourceError as error:
                notes.append(str(error))
                continue
            if found:
                pages += found.pages
                waiting += found.sitemaps
        if waiting:
            notes.append(f"{len(waiting):,} of its sitemaps were not read: those read list {len(pages):,} pages")
        return pages

    def _read_anew(self, one: Listed) -> Iterator[Item]:
        """A page of which nothing was fetched."""
        try:
            yield from self._read(self.web.fetch(one.url), one.url)
        except SourceError as error:
            yield one.url, error

    def _read(self, fetched: Fetched, place: str) -> Iterator[Item]:
        """The articles of what was fetched."""
        try:
            if fetched.kind in _PAGES or (not _end(fetched) and fetched.data[:500].lstrip().startswith(b"<")):
                page = article_of_page(
                    fetched.data,
                    place,
                    max_characters=self.max_characters,
                    charset=fetched.charset,
                    url=fetched.url,
                )
                yield from ((place, item) for item in page)
            elif end := _end(fetched):
                with TemporaryDirectory() as folder:
                    file = Path(folder, f"page{end}")
                    file.write_bytes(_as_utf8(fetched))
                    found = read_any(file, address=fetched.url, max_characters=self.max_characters)
                    yield from ((place, item) for _, item in found)
            else:
                raise PageUnreachable(f"{place} is of a kind that cannot be read: {fetched.kind or 'it says none'}")
        except FileEmpty as error:
            feeds = _feeds_of(fetched)
            hint = f"; it has a feed: assistant ingest {feeds[0]}" if feeds else ""
            yield place, FileEmpty(f"{error}{hint}")
        except SourceError as error:
            yield place, error
        except Exception as error:  # a library's own, of a page that is broken in a new way: the rest goes on
            what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            yield place, PageUnreachable(f"{place} is broken in a way that its reader does not know ({what})")


def _end(fetched: Fetched) -> str:
    """The end of a file's name that tells what reads this, by its media type, else by its address."""
    ends = mimetypes.guess_all_extensions(fetched.kind) if fetched.kind else []
    if fetched.kind in ("application/xml", "text/xml"):
        ends = [".xml"]
    by_kind = next((end for end in ends if end_of(f"page{end}")), "")
    return by_kind or end_of(urlsplit(fetched.url).path)


def _as_utf8(fetched: Fetched) -> bytes:
    """A text in UTF-8, where its server says in which encoding it is; else what was fetched."""
    if fetched.kind.startswith("text/") and fetched.charset:
        with suppress(UnicodeError, LookupError):
            return fetched.data.decode(fetched.charset).encode()
    return fetched.data


def _feeds_of(fetched: Fetched) -> list[str]:
    """The addresses of the feeds that a page names."""
    try:
        tree = parse_page(page_text(fetched.data, fetched.url, fetched.charset), fetched.url)
    except SourceError:
        return []
    links = tree.iterfind(".//link[@rel='alternate']")
    return [urljoin(fetched.url, one.get("href", "")) for one in links if one.get("type") in _FEEDS]


def _with_change(stamp: str | None, changed: str | None) -> str | None:
    """A stamp that tells also when a sitemap says that a page was changed."""
    if changed is None:
        return stamp
    return json.dumps(json.loads(stamp or "{}") | {"changed": changed, "reading": READING}, sort_keys=True)


def _told_elsewhere(listed: list[Listed], count: int, web: Web) -> str:
    hosts = sorted({urlsplit(one.url).hostname or "" for one in listed if one.has_page and not web.names(one.url)})
    if not hosts:
        return f"{count:,} of its entries have no address; what the feed has of them was taken"
    return f"{count:,} of its pages are on other hosts and were not fetched; to have them add: --host {hosts[0]}"


def _entry(one: Listed) -> Iterator[Item]:
    """What a feed itself has of a page."""
    if one.entry is not None:
        yield one.url, one.entry


def _instead(one: Listed, error: SourceError) -> Iterator[Item]:
    """What a feed has of a page that cannot be fetched, or why it cannot."""
    if isinstance(one.entry, Article) and isinstance(error, AddressForbidden | PageUnreachable):
        yield one.url, one.entry
        yield one.url, Note(f"only what the feed has of it was taken: {error}")
    else:
        yield one.url, error


def _fault(place: str, error: SourceError) -> Iterator[Item]:
    yield place, error


def _notes(place: str, *notes: str) -> Iterator[Item]:
    for note in notes:
        yield place, Note(note)
