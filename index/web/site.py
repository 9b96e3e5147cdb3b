"""The articles at an address of the web: of a page or a file, or of the pages that a feed or a sitemap lists."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Container, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial

from index.errors import FileEmpty, PageGone, PageUnreachable, SourceError
from index.ingest.fill_vectors import Progress
from index.settings import READING
from index.sources.reading import Item, Reading
from index.types import Article, Note
from index.web.fetch import Web
from index.web.links import host_of
from index.web.listing import Listed, Listing, listing_of
from index.web.page import items_of

_MOST_SITEMAPS = 200
_ONCE_LISTED = 20
"""So many pages that are listed no more are asked for again each time, others each hour."""


class Site:
    """Reads one address that somebody named, with what it lists."""

    def __init__(
        self,
        web: Web,
        stamps: Mapping[str, str],
        passed_over: Container[str],
        known: Collection[str],
        length_of: Callable[[str], int | None],
        *,
        most: int,
        max_characters: int,
        progress: Progress,
    ) -> None:
        """``stamps`` are those of last time, by address; ``length_of`` tells how long the text is of a ``known`` one.

        At most ``most`` pages are fetched, and none that is ``passed_over``.
        """
        self.web = web
        self.stamps = stamps
        self.passed_over = passed_over
        self.known = known
        self.length_of = length_of
        self.gone: set[str] = set()
        """The addresses of which their server said that there is nothing any more."""
        self.most = most
        self.max_characters = max_characters
        self.progress = progress

    def readings(self, url: str) -> Iterator[Reading]:
        """Each page, as it is now. Raises nothing: what is wrong with one is said when it is read."""
        try:
            yield from self._readings(url)
        except Exception as error:  # a list that is broken in a new way: other sources go on
            what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            yield Reading(url, None, partial(_fault, url, PageUnreachable(f"{url} is broken: {what}")))
        finally:
            self.web.close()

    def _readings(self, url: str) -> Iterator[Reading]:
        try:
            fetched = self.web.fetch(url, self.stamps.get(url))
            listing = None if fetched.unchanged else listing_of(fetched, max_characters=self.max_characters)
        except PageGone as error:
            self.gone.add(url)
            known = self.length_of(url) is not None
            yield Reading(
                url, None, partial(_notes, url, _without(url, error)) if known else partial(_fault, url, error)
            )
            return
        except SourceError as error:
            yield Reading(url, None, partial(_fault, url, error))
            return
        if fetched.unchanged:
            yield Reading(url, fetched.stamp, partial(self._read_anew, Listed(url)))
        elif listing is None:
            yield Reading(url, fetched.stamp, partial(items_of, fetched, url, self.max_characters))
        else:  # without a stamp: its pages may have changed though it has not
            yield from self._pages(url, listing)

    def _pages(self, url: str, listing: Listing) -> Iterator[Reading]:
        notes: list[str] = []
        listed = listing.pages + (self._of_sitemaps(url, listing, notes) if listing.sitemaps else [])
        listed = list({one.url: one for one in listed if one.url not in self.passed_over and one.url != url}.values())
        if not listing.is_feed:
            listed.sort(key=lambda one: one.changed or "", reverse=True)
        # What is not known yet comes first, so that a long list is read wholly in some goes.
        listed.sort(key=self._is_known)
        elsewhere = [one for one in listed if not one.has_page or not self.web.names(one.url)]
        for one in elsewhere:
            if one.entry is not None:
                yield Reading(one.url, None, partial(_entry, one))
        asked = empty = 0
        here = [one for one in listed if one.has_page and self.web.names(one.url)]
        for number, one in enumerate(here):
            self.progress("reading pages", number, len(here))
            stamp = self.stamps.get(one.url)
            if stamp and one.changed and _told(stamp) == (one.changed, READING):
                yield Reading(one.url, stamp, partial(self._read_anew, one))
            elif asked < self.most:
                asked += 1
                reading, is_empty = self._page(one, stamp)
                empty += is_empty
                yield reading
        for one in self._once_listed({one.url for one in listed} | {url}):
            yield self._page(one, self.stamps.get(one.url))[0]
        self.progress("reading pages", len(here), len(here))
        if empty:
            notes.append(f"{empty:,} of its pages hold no article")
        if elsewhere:
            notes.append(_told_elsewhere(elsewhere))
        if left := sum(not self._is_known(one) for one in here[asked:]) if asked >= self.most else 0:
            notes.append(f"{asked:,} pages were fetched; {left:,} more are left for the next time, or --most N")
        yield Reading(f"{url}#", None, partial(_notes, url, *notes))

    def _once_listed(self, listed: Container[str]) -> list[Listed]:
        """Some known pages of these hosts that are listed no more: one of them may have been taken down."""
        hour = f"{datetime.now(UTC):%Y-%m-%d %H}"
        others = [
            url
            for url in self.known
            if url not in listed and url not in self.passed_over and "#" not in url and self.web.names(url)
        ]
        others.sort(key=lambda url: hashlib.sha256(f"{hour} {url}".encode()).digest())
        return [Listed(url, is_listed=False) for url in others[: min(_ONCE_LISTED, self.most)]]

    def _is_known(self, one: Listed) -> bool:
        """Whether a page was read before: it has a stamp, or the store has its article."""
        return one.url in self.stamps or self.length_of(one.url) is not None

    def _page(self, one: Listed, stamp: str | None) -> tuple[Reading, bool]:
        """A page of a list as it is now, and whether it holds no article."""
        try:
            page = self.web.fetch(one.url, stamp)
        except PageGone as error:
            self.gone.add(one.url)
            return Reading(one.url, None, partial(_notes, one.url, _without(one.url, error))), False
        except SourceError as error:
            return Reading(one.url, None, partial(self._instead, one, error)), False
        if page.unchanged:
            return Reading(one.url, page.stamp, partial(self._read_anew, one)), False
        items = [*items_of(page, one.url, self.max_characters)]
        stamp = _with_change(page.stamp, one.changed)
        if not all(isinstance(item, FileEmpty) for _, item in items):
            return Reading(one.url, stamp, partial(iter, items)), False
        if one.entry is not None:
            return Reading(one.url, None, partial(self._instead, one, None)), False
        return Reading(one.url, stamp, partial(iter, ())), True

    def _instead(self, one: Listed, error: SourceError | None) -> Iterator[Item]:
        """What a feed has of a page that cannot be had, unless more of it is known; or why it cannot be."""
        known = self.length_of(one.url)
        if isinstance(one.entry, Article) and (known is None or known <= len(one.entry.text)):
            yield one.url, one.entry
            if error:
                yield one.url, Note(f"only what the feed has of it was taken: {error}")
        elif one.is_listed:
            yield one.url, error or PageUnreachable(f"{one.url} shows no article today; what is known of it stays")

    def _of_sitemaps(self, url: str, listing: Listing, notes: list[str]) -> list[Listed]:
        """The pages of the sitemaps that a sitemap lists, the newest first, until enough are not known yet."""
        waiting = sorted(listing.sitemaps, key=lambda one: one.changed or "", reverse=True)
        seen = {url}
        pages: list[Listed] = []
        unknown = 0
        while waiting and len(seen) <= _MOST_SITEMAPS and unknown < self.most:
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
                unknown += sum(not self._is_known(page) for page in found.pages)
                waiting += found.sitemaps
        if waiting:
            notes.append(f"{len(waiting):,} of its sitemaps are left for the next time")
        return pages

    def _read_anew(self, one: Listed) -> Iterator[Item]:
        """A page of which nothing was fetched."""
        try:
            yield from items_of(self.web.fetch(one.url), one.url, self.max_characters)
        except SourceError as error:
            yield one.url, error


def _told(stamp: str) -> tuple[str | None, str | None]:
    """When a sitemap said that a page was changed, and by which readers it was read."""
    told = json.loads(stamp)
    return told.get("changed"), told.get("reading")


def _with_change(stamp: str | None, changed: str | None) -> str | None:
    """A stamp that tells also when a sitemap says that a page was changed."""
    if changed is None:
        return stamp
    return json.dumps(json.loads(stamp or "{}") | {"changed": changed, "reading": READING}, sort_keys=True)


def _told_elsewhere(listed: list[Listed]) -> str:
    hosts = sorted({host_of(one.url) for one in listed if one.has_page} - {""})
    if not hosts:
        return f"{len(listed):,} of its entries have no address; what the feed has of them was taken"
    return f"{len(listed):,} of its pages are on other hosts and were not fetched; to have them add: --host {hosts[0]}"


def _entry(one: Listed) -> Iterator[Item]:
    """What a feed itself has of a page."""
    if one.entry is not None:
        yield one.url, one.entry


def _without(url: str, error: SourceError) -> str:
    """What an error says of an address that stands before it."""
    return str(error).removeprefix(f"{url} ")


def _fault(place: str, error: SourceError) -> Iterator[Item]:
    yield place, error


def _notes(place: str, *notes: str) -> Iterator[Item]:
    for note in notes:
        yield place, Note(note)
