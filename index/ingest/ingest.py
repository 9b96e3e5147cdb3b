"""Sources into a store, incrementally: text first, searchable by words at once, then vectors, resumably."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from index.errors import FileUnreadable, IdDuplicate, SourceError
from index.ingest.date_article import awaits_date, date_article
from index.ingest.fill_vectors import Progress, embed_chunks, silent
from index.ingest.find_copies import find_copies
from index.ingest.how import How
from index.ingest.prepare import fingerprint, tools_of
from index.ingest.supply import Supply, supply_of_documents, supply_of_path
from index.ingest.tally import Tally
from index.ingest.text_work import TextWork
from index.sources.documents import Document
from index.sources.reading import Item, Reading
from index.storage import source_memory
from index.storage.rows import Entry
from index.storage.source_memory import is_web
from index.storage.store import Store
from index.times.published import published_days
from index.types import Article, IngestReport, Note

_ARTICLES_PER_TRANSACTION = 100
_Waiting = deque[Callable[[], Entry] | tuple[str, str | None]]
"""Articles that are being prepared, and after those of a file that was read wholly its address and stamp."""


def ingest(
    store: Store,
    places: Sequence[str],
    how: How | None = None,
    *,
    documents: Sequence[Document] = (),
    progress: Progress | None = None,
) -> IngestReport:
    """Bring a store up to date with files, folders and addresses of the web, and remember these; and with documents.

    A file or page that is as it was the last time is not read. An article that vanished from a folder, or whose page
    is gone, is removed, unless its file could not be read this time. What was removed with ``remove`` stays out.
    What cannot be read is reported in ``failed`` and the rest goes on.
    Raises StoreLocked, StoreMismatch, StoreFull, StoreDamaged, ModelMissing; StoreMissing for a dry run.
    """
    how = how or How()
    with nullcontext() if how.dry else store.writing():
        if not how.dry:
            store.create()
        store.check_settings()
        if not how.dry:
            store.remember_settings()
        with closing(TextWork(tools_of(store))) as text:
            work = _Work(store, how, progress or silent, text)
            for place in places:
                work.take(place)
            if documents:
                work.write(supply_of_documents(store, documents))
        return work.tally.report(0 if how.dry else work.finish())


@dataclass(slots=True)
class _Work:
    """One ingest: what it knew before it began, and what became of each article."""

    store: Store
    how: How
    progress: Progress
    text: TextWork
    tally: Tally = field(default_factory=Tally)
    stamps: Mapping[str, str] = field(default_factory=dict)
    taken_out: set[str] = field(default_factory=set)
    """Those that somebody removed."""
    dismissed: set[str] = field(default_factory=set)
    late: dict[str, str | None] = field(default_factory=dict)
    """The stamps of files that have lost articles: written when these are removed."""

    def __post_init__(self) -> None:
        catalog = self.store.catalog
        if not (self.how.again or self.how.published):
            self.stamps = source_memory.stamps(catalog)
        self.taken_out = set() if self.how.again else catalog.taken_out()
        self.dismissed = set() if self.how.again else source_memory.dismissed(catalog)

    def take(self, place: str) -> None:
        """Bring the store up to date with one place; what is wrong with it is in the tally."""
        catalog = self.store.catalog
        try:
            supply = self._supply(place)
        except (SourceError, OSError, RuntimeError) as error:  # RuntimeError: a ring of links
            reason = getattr(error, "strerror", None) or str(error)
            fault = error if isinstance(error, SourceError) else FileUnreadable(f"{place} cannot be read: {reason}")
            self.tally.fail(place, fault)
            if not self.how.dry:
                source_memory.note_fault(catalog, place, str(fault))
            return
        if supply.folder and not self.how.dry:
            with catalog.transaction() as db:
                db.execute("INSERT OR REPLACE INTO roots VALUES (?, ?)", (supply.root, str(supply.folder)))
        failed_before = len(self.tally.failed)
        assert supply.source
        if not self.how.dry:
            source_memory.remember(catalog, supply.source)
        self.write(supply)
        if self.how.dry:
            return
        if failed := self.tally.failed[failed_before:]:
            source_memory.note_fault(catalog, supply.source.place, failed[0].reason)
        if supply.is_over() and not self.how.keep:
            source_memory.forget(catalog, [supply.source.place])

    def _supply(self, place: str) -> Supply:
        """What a path or an address has now. Raises SourceError, OSError, RuntimeError, ExtraMissing."""
        if is_web(place):
            from index.ingest.supply_web import supply_of_address

            passed_over = self.tally.sources | self.dismissed
            return supply_of_address(self.store, place, self.how, self.stamps, passed_over, self.progress)
        return supply_of_path(self.store, Path(place), self.how.label, self.tally, self.progress)

    def finish(self) -> int:
        """Let in again what was asked for, and embed; how many chunks were embedded."""
        if self.how.again:
            self.store.catalog.take_back([*self.tally.places])
            source_memory.readmit(self.store.catalog, [*self.tally.sources])
        find_copies(self.store, self.progress)
        return embed_chunks(self.store, self.progress)

    def write(self, supply: Supply) -> None:
        """Write what a supply has that is new or has changed, and remove what it has no more."""
        self._write_changes(supply)
        self._remove_vanished(supply)

    def _write_changes(self, supply: Supply) -> None:
        """Write what is new and what has changed, some articles at a time, and the stamps of what was read wholly."""
        tally = self.tally
        ids_at: dict[str, list[str]] = {}
        for article_id, (_, source) in supply.known.items():
            ids_at.setdefault(source, []).append(article_id)
        waiting: _Waiting = deque()
        count = 0
        for reading, read in self.text.read_ahead(supply.readings, self._is_wanted):
            source = reading.source
            if source in tally.sources:  # a file given twice: by itself, and with its folder
                continue
            if source in self.dismissed:
                tally.incomplete.add(source)
                continue
            tally.sources.add(source)
            here = ids_at.get(source, [])
            if self._is_as_before(reading, here):
                tally.places.update(dict.fromkeys(here, source))
                tally.unchanged += here
                continue
            for entry in self._entries(supply, reading, read()):
                waiting.append(entry)
                count += 1
                if count == 2 * _ARTICLES_PER_TRANSACTION:  # while one half is written the other is prepared
                    self._write_first(waiting)
                    count -= _ARTICLES_PER_TRANSACTION
            stamp = None if source in tally.incomplete or source in tally.repeating else reading.stamp
            lost = any(article_id not in tally.places for article_id in here)
            if lost:
                self.late[source] = stamp
            else:
                waiting.append((source, stamp))
        while waiting and not self.how.dry:
            self._write_first(waiting)

    def _write_first(self, waiting: _Waiting) -> None:
        """Write the first articles that wait, and the stamps of the files whose articles are written then."""
        entries: list[Entry] = []
        stamps: dict[str, str | None] = {}
        while waiting and len(entries) < _ARTICLES_PER_TRANSACTION:
            first = waiting.popleft()
            if isinstance(first, tuple):
                source, stamps[source] = first
                continue
            entries.append(first())
            if (language := entries[-1].article.language) not in (None, "en"):
                self.tally.foreign[str(language)] = self.tally.foreign.get(str(language), 0) + 1
        self.store.catalog.write_articles(entries, stamps=stamps)

    def _has_changed(self, reading: Reading) -> bool:
        """Whether a file may not be as it was the last time."""
        return reading.stamp is None or self.stamps.get(reading.source) != reading.stamp

    def _is_wanted(self, reading: Reading) -> bool:
        return reading.source not in self.dismissed and self._has_changed(reading)

    def _is_as_before(self, reading: Reading, here: list[str]) -> bool:
        """Whether a file is as it was, and no other has claimed one of its articles meanwhile."""
        return not self._has_changed(reading) and not any(article_id in self.tally.places for article_id in here)

    def _entries(self, supply: Supply, reading: Reading, items: Iterable[Item]) -> Iterator[Callable[[], Entry]]:
        """The entries of the articles of a file or page that are new or have changed, each when it is asked for."""
        store, tally, known = self.store, self.tally, supply.known
        for count, (place, item) in enumerate(items):
            if count and count % 100 == 0:
                self.progress(f"reading {reading.source.rpartition('/')[2]}", count, None)
            if isinstance(item, Note):
                tally.notes.append(f"{place}: {item}")
                continue
            try:
                if isinstance(item, SourceError):
                    raise item
                if supply.may_repeat and item.id in tally.places:
                    tally.repeating.add(reading.source)
                    continue
                self._check_id(item, place, known)
            except SourceError as error:
                tally.incomplete.add(reading.source)
                tally.fail(place, error)
                continue
            if item.id in self.taken_out:
                tally.left_out.append(item.id)
                continue
            mark = fingerprint(item)
            if item.id not in known:
                tally.added.append(item.id)
            elif (
                known[item.id][0] == mark
                and (supply.may_repeat or known[item.id][1] == reading.source)
                and not (self.how.published and awaits_date(store.catalog.article(item.id), self.how.published))
            ):
                tally.unchanged.append(item.id)
                if known[item.id][1] != reading.source:
                    tally.repeating.add(reading.source)
                continue
            else:
                tally.updated.append(item.id)
            if self.how.dry:
                continue
            before = store.catalog.article(item.id)
            dated, note = date_article(item, before, given=self.how.published, day_first=store.settings.day_first)
            if note:
                tally.notes.append(f"{place}: {note}")
            days = published_days(dated.published)
            if days and days[0] > date.today() + timedelta(days=1):  # it may be tomorrow already where it was written
                tally.notes.append(f"{place}: its date is in the future, {dated.published}")
            yield self.text.prepare(dated, supply.root, reading.source, mark)

    def _check_id(self, article: Article, place: str, known: Mapping[str, object]) -> None:
        places = self.tally.places
        if article.id in places:
            raise IdDuplicate(f"{place}: the id {article.id!r} is already used at {places[article.id]}")
        if article.id not in known and (other := self.store.catalog.article(article.id)):
            raise IdDuplicate(
                f"{place}: the id {article.id!r} already belongs to an article from {other[1]!r}; "
                f"give this one another id, or remove that article (assistant articles remove {article.id}) and ingest "
                "with --again"
            )
        places[article.id] = place

    def _remove_vanished(self, supply: Supply) -> None:
        """Remove the articles that a source has no more, and the roots that have become a part of its own."""
        catalog, tally = self.store.catalog, self.tally
        seen = set(tally.places.values())
        vanished = [
            article_id
            for article_id, (_, source) in supply.known.items()
            if article_id not in tally.places and source not in tally.incomplete and supply.is_gone(source, seen)
        ]
        if self.how.keep:
            vanished, self.late = [], dict.fromkeys(self.late)  # looked at again when they are not to be kept
        tally.removed += vanished
        tally.stood |= {article_id: supply.known[article_id][1] for article_id in vanished}
        if self.how.dry:
            return
        catalog.remove_articles(vanished, stamps=self.late)
        self.late = {}
        if supply.absorbed:
            with catalog.transaction() as db:
                # One that still has an article that could not be read is absorbed next time.
                db.executemany(
                    "DELETE FROM roots WHERE label = ?1 AND NOT EXISTS (SELECT 1 FROM articles WHERE root = ?1)",
                    [(label,) for label in supply.absorbed],
                )
