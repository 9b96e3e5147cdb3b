"""Sources into a store, incrementally: text first, searchable by words at once, then vectors, resumably."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from index.analysis.analyse import analyse
from index.analysis.language import detect_language
from index.analysis.layout import read_layout
from index.analysis.sentences import split_sentences
from index.analysis.terms import terms
from index.errors import FileUnreadable, IdDuplicate, SourceError
from index.ingest.chunking import chunk_article
from index.ingest.date_article import awaits_date, date_article, times_of
from index.ingest.fill_vectors import Progress, delete_vectors, embed_chunks
from index.ingest.roots import Scope, find_scope
from index.sources import Root, find_files, read_file
from index.storage.rows import Entry
from index.storage.store import Store
from index.times.live_blog import posted, without_stamps
from index.times.published import published_days
from index.types import Article, Failure, IngestReport, Note

_ARTICLES_PER_TRANSACTION = 100


def _silent(stage: str, done: int, total: int | None) -> None:
    pass


def ingest(
    store: Store,
    paths: Sequence[Path],
    *,
    label: str | None = None,
    published: str | None = None,
    again: bool = False,
    progress: Progress | None = None,
) -> IngestReport:
    """Bring a store up to date with files and folders.

    ``published``, an ISO 8601 year, month, day or moment, is that of the articles that state none themselves.
    What was removed with ``remove`` stays out, unless it is asked for ``again``.

    An article that vanished from a folder is removed, unless its file could not be read this time. What cannot be
    read is reported in ``failed`` and the rest goes on.
    Raises StoreLocked, StoreMismatch, StoreFull, StoreDamaged, ModelMissing.
    """
    progress = progress or _silent
    with store.writing():
        store.create()
        store.check_settings()
        store.remember_settings()
        tally = _Tally(published, taken_out=set() if again else store.catalog.taken_out())
        for path in paths:
            try:
                scope = find_scope(path, label, store.catalog.roots(), moved=partial(_moved, store))
                files, unlisted, alone = find_files(path, leave_out=store.path)
            except SourceError as error:
                tally.fail(str(path), error)
                continue
            except (OSError, RuntimeError) as error:  # RuntimeError: a ring of links
                reason = getattr(error, "strerror", None) or str(error)
                tally.fail(str(path), FileUnreadable(f"{path} cannot be read: {reason}"))
                continue
            for folder, fault in unlisted:
                tally.fail(scope.root.address(folder), fault)
            tally.notes += [
                f"{scope.root.address(file)} is of no use: no .txt of its name is beside it" for file in alone
            ]
            _ingest_scope(store, scope, files, [folder for folder, _ in unlisted], tally, progress)
        if again:
            store.catalog.take_back([*tally.places])
        embedded = embed_chunks(store, progress)
        return tally.report(embedded)


class Removed(NamedTuple):
    """An article that was removed, with where it came from: enough to have it back."""

    article: Article
    root: str
    source: str
    fingerprint: bytes


def remove(store: Store, ids: Sequence[str]) -> list[Removed]:
    """Remove articles from a store, and give them back; raises StoreLocked."""
    with store.writing():
        removed = []
        for article_id in ids:
            if found := store.catalog.article(article_id):
                article, root = found
                fingerprint, source = store.catalog.sources(root, root)[article_id]
                removed.append(Removed(article, root, source, fingerprint))
        store.catalog.take_out(ids)
        delete_vectors(store)
    return removed


def restore(store: Store, removed: Sequence[Removed], *, progress: Progress | None = None) -> int:
    """Put articles back that were removed, but those whose ids are there again; returns how many were.

    Raises StoreLocked, StoreFull, StoreDamaged, ModelMissing.
    """
    with store.writing():
        gone = [item for item in removed if store.catalog.article(item.article.id) is None]
        store.catalog.take_back([item.article.id for item in gone])
        store.catalog.write_articles([_prepare(store, *item) for item in gone])
        embed_chunks(store, progress or _silent)
    return len(gone)


def rebuild(store: Store, *, progress: Progress | None = None) -> int:
    """Cut, index and embed every article anew with the settings of now; returns how many chunks were embedded.

    The articles stay searchable by words throughout; embeddings of unchanged words are taken from the catalog.
    Interrupted, it leaves a store that can be rebuilt again.
    """
    progress = progress or _silent
    store.catalog.counts()  # a missing store is said before a lock file is made for it
    with store.writing():
        with store.catalog.transaction() as db:
            # Until it has ended the store is half of the one kind and half of the other, and says so.
            db.execute("INSERT OR REPLACE INTO meta VALUES ('analysis', 'an unfinished rebuild')")
            db.execute("UPDATE chunks SET in_vectors = 0")
            rows = db.execute("SELECT id, root, source, fingerprint FROM articles ORDER BY number").fetchall()
        store.vectors.clear()
        with store.catalog.transaction() as db:
            db.execute("DELETE FROM vectors_to_delete")
        for position in range(0, len(rows), _ARTICLES_PER_TRANSACTION):
            progress("cutting articles", position, len(rows))
            entries = [
                _prepare(
                    store,
                    date_article(article[0], article, day_first=store.settings.day_first)[0],
                    root,
                    source,
                    fingerprint,
                )
                for article_id, root, source, fingerprint in rows[position : position + _ARTICLES_PER_TRANSACTION]
                if (article := store.catalog.article(article_id))
            ]
            store.catalog.write_articles(entries, rewrite=True)
        store.remember_settings()
        embedded = embed_chunks(store, progress)
        with store.catalog.transaction() as db:
            db.execute("DELETE FROM embeddings WHERE key NOT IN (SELECT embedding FROM chunks)")
        return embedded


@dataclass(slots=True)
class _Tally:
    """What an ingest has done so far."""

    published: str | None = None
    """Of the articles that state no date themselves."""
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    foreign: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    incomplete: set[str] = field(default_factory=set)
    """The addresses of the files that could not be read, or not wholly: no article of theirs has vanished."""
    sources: set[str] = field(default_factory=set)
    """The addresses of the files that were read."""
    places: dict[str, str] = field(default_factory=dict)
    """Where each article id of this ingest was first seen."""
    taken_out: set[str] = field(default_factory=set)
    """Those that somebody removed."""
    left_out: list[str] = field(default_factory=list)

    def fail(self, place: str, error: SourceError) -> None:
        self.failed.append(Failure(place, str(error), type(error).__name__, error.exit_code))

    def report(self, embedded: int) -> IngestReport:
        return IngestReport(
            added=tuple(self.added),
            updated=tuple(self.updated),
            unchanged=tuple(self.unchanged),
            removed=tuple(self.removed),
            left_out=tuple(self.left_out),
            failed=tuple(self.failed),
            chunks_embedded=embedded,
            foreign=dict(sorted(self.foreign.items())),
            notes=tuple(self.notes),
        )


def _moved(store: Store, label: str, folder: Path) -> bool:
    """Whether any article of a root is found at its place below another folder."""
    sources = {source for _, source in store.catalog.sources(label, label).values()}
    return any((folder / source.removeprefix(f"{label}/")).exists() for source in sources)


def _ingest_scope(
    store: Store, scope: Scope, files: list[Path], unlisted: list[Path], tally: _Tally, progress: Progress
) -> None:
    catalog, root = store.catalog, scope.root
    roots = catalog.roots()
    unlisted_addresses = tuple(f"{root.address(folder)}/" for folder in unlisted)
    with catalog.transaction() as db:
        db.execute("INSERT OR REPLACE INTO roots VALUES (?, ?)", (root.label, str(root.path)))
    known = catalog.sources(root.label, scope.address)
    for label in scope.absorbed:
        known |= catalog.sources(label, label)
    entries: list[Entry] = []
    for source, place, item in _read(store, root, files, tally, progress):
        if isinstance(item, Note):
            tally.notes.append(f"{place}: {item}")
            continue
        try:
            if isinstance(item, SourceError):
                raise item
            _check_id(store, item, place, known, tally)
        except SourceError as error:
            tally.incomplete.add(source)
            tally.fail(place, error)
            continue
        if item.id in tally.taken_out:
            tally.left_out.append(item.id)
            continue
        fingerprint = _fingerprint(item)
        if item.id not in known:
            tally.added.append(item.id)
        elif known[item.id] == (fingerprint, source) and not (
            tally.published and awaits_date(catalog.article(item.id), tally.published)
        ):
            tally.unchanged.append(item.id)
            continue
        else:
            tally.updated.append(item.id)
        dated, note = date_article(
            item, catalog.article(item.id), given=tally.published, day_first=store.settings.day_first
        )
        if note:
            tally.notes.append(f"{place}: {note}")
        days = published_days(dated.published)
        if days and days[0] > date.today() + timedelta(days=1):  # it may be tomorrow already where it was written
            tally.notes.append(f"{place}: its date is in the future, {dated.published}")
        entry = _prepare(store, dated, root.label, source, fingerprint)
        if (language := entry.article.language) not in (None, "en"):
            tally.foreign[str(language)] = tally.foreign.get(str(language), 0) + 1
        entries.append(entry)
        if len(entries) == _ARTICLES_PER_TRANSACTION:
            catalog.write_articles(entries)
            entries.clear()
    catalog.write_articles(entries)
    places_now = {f"{label}/": f"{root.address(roots[label])}/" for label in scope.absorbed}
    vanished = [
        article_id
        for article_id, (_, source) in known.items()
        if article_id not in tally.places
        and (here := _renamed(source, places_now)) not in tally.incomplete
        and not here.startswith(unlisted_addresses)
    ]
    catalog.remove_articles(vanished)
    tally.removed += vanished
    if scope.absorbed:
        with catalog.transaction() as db:
            # One that still has an article that could not be read is absorbed next time.
            db.executemany(
                "DELETE FROM roots WHERE label = ?1 AND NOT EXISTS (SELECT 1 FROM articles WHERE root = ?1)",
                [(label,) for label in scope.absorbed],
            )


def _renamed(source: str, places: dict[str, str]) -> str:
    """A source's address below the root that absorbed its own."""
    for before, now in places.items():
        if source.startswith(before):
            return now + source.removeprefix(before)
    return source


def _read(
    store: Store, root: Root, files: list[Path], tally: _Tally, progress: Progress
) -> Iterator[tuple[str, str, Article | SourceError | Note]]:
    """Every article of some files, or what is wrong with it: source address, place, article."""
    for number, file in enumerate(files):
        source = root.address(file)
        if source in tally.sources:  # a file given twice: by itself, and with its folder
            continue
        tally.sources.add(source)
        progress("reading files", number, len(files))
        articles = read_file(file, root=root, max_characters=store.settings.max_article_characters)
        for count, (place, item) in enumerate(articles):
            if count and count % 100 == 0:
                progress(f"reading {file.name}", count, None)
            yield source, place, item
    progress("reading files", len(files), len(files))


def _check_id(store: Store, article: Article, place: str, known: Iterable[str], tally: _Tally) -> None:
    if article.id in tally.places:
        raise IdDuplicate(f"{place}: the id {article.id!r} is already used at {tally.places[article.id]}")
    if article.id not in known and (other := store.catalog.article(article.id)):
        raise IdDuplicate(
            f"{place}: the id {article.id!r} already belongs to an article from {other[1]!r}; "
            f"give this one another id, or remove that article: assistant articles remove {article.id}"
        )
    tally.places[article.id] = place


def _prepare(store: Store, article: Article, root: str, source: str, fingerprint: bytes) -> Entry:
    """Cut an article into sentences and chunks, and analyse its words."""
    if article.language is None:
        article = replace(article, language=detect_language(article.text))
    layout = read_layout(article.text, title=article.title)
    sentences = split_sentences(article.text, layout, page=article.language == "en")
    # Counting tokens leaves the interpreter free, so the times are found in the meantime.
    told = [span for span in sentences if span.evidence]
    updates = posted(article, sentences)
    if updates:
        sentences = without_stamps(article.text, sentences, updates)
        told = [span for span in sentences if span.evidence]
    times = store.background.submit(times_of, article, told, updates, day_first=store.settings.day_first)
    pieces, chunks = chunk_article(article, sentences, store.embedder, max_tokens=store.settings.chunk_tokens)
    bodies = [article.text[chunk.start : chunk.end] for chunk in chunks]
    return Entry(
        article,
        root,
        source,
        fingerprint,
        analyse(article.text, pieces, times.result(), updates, article.title),
        chunks,
        keys=[_embedding_key(store, article.title, body) for body in bodies],
        title_terms=" ".join(terms(f"{article.title or ''} {article.place or ''}")),
        chunk_terms=[" ".join(terms(body)) for body in bodies],
    )


def _fingerprint(article: Article) -> bytes:
    return hashlib.sha256(json.dumps(asdict(article), sort_keys=True).encode()).digest()


def _embedding_key(store: Store, title: str | None, body: str) -> bytes:
    return hashlib.sha256(json.dumps([store.embedder.name, title, body]).encode()).digest()
