"""What a source, a path or an address, has now: beside what the store has from it."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from index.errors import NothingToRead, SourceMissing
from index.ingest.fill_vectors import Progress
from index.ingest.roots import find_scope
from index.ingest.tally import Tally
from index.settings import READING
from index.sources import Listing, Root, absolute, find_files, read_file
from index.sources.documents import ROOT, Document, readings_of
from index.sources.reading import Reading
from index.sources.text import BESIDE
from index.storage.source_memory import Remembered
from index.storage.store import Store

_SETTLED = 2_000_000_000
"""A file that was changed within so many nanoseconds may be changed again in the same tick of its clock."""

_SMALL = 2_000_000
"""A file of so many bytes or fewer may be read before its articles are asked for: they wait in memory."""


@dataclass(frozen=True, slots=True)
class Supply:
    """What a source has now, and what the store has from it."""

    source: Remembered | None
    """None for what cannot be looked at again."""
    root: str
    """Of the articles."""
    readings: Iterator[Reading]
    known: dict[str, tuple[bytes, str]]
    """The fingerprint and the address, as it would be now, of each article that the store has from it."""
    is_gone: Callable[[str, Container[str]], bool]
    """Whether an address has none of its known articles any more that were not seen there; beside it the places at
    which articles were seen."""
    folder: Path | None = None
    """Of the root, where it is one of files."""
    is_over: Callable[[], bool] = lambda: False
    """Whether it was one file or page, and has gone: it need not be looked at again. Known once all was read."""
    may_repeat: bool = False
    """Whether an article may stand at several of its addresses."""
    absorbed: tuple[str, ...] = ()
    """Labels of roots that have become a part of this one."""


def supply_of_path(store: Store, path: Path, label: str | None, tally: Tally, progress: Progress) -> Supply:
    """What is in a file or in a folder and below. Raises SourceError, OSError, or RuntimeError for a ring of links."""
    catalog = store.catalog
    roots = catalog.roots()
    scope = find_scope(path, label, roots, moved=partial(_moved, store))
    root = scope.root
    known = catalog.sources(root.label, scope.address)
    for inside in scope.absorbed:
        before, now = f"{inside}/", f"{root.address(roots[inside])}/"
        known |= {
            # Whatever it says, it is written anew: its root is another.
            article_id: (b"", now + source.removeprefix(before))
            for article_id, (_, source) in catalog.sources(inside).items()
        }
    over = False
    try:
        files, unlisted, alone = find_files(path, leave_out=store.path)
    except SourceMissing:
        # A file that was named by itself has gone; of a folder that has gone it may be the disk that is missing.
        if not (known and path.parent.is_dir() and known.keys() == _at(known, scope.address)):
            raise
        over, files, unlisted, alone = True, [], [], []
    except NothingToRead:
        if not (known and path.is_dir()):
            raise
        files, unlisted, alone = Listing([], [], [])
        tally.notes.append(f"{path} holds no file any more that can be read")
    for folder, fault in unlisted:
        tally.fail(root.address(folder), fault)
    tally.notes += [f"{root.address(file)} is of no use: no .txt of its name is beside it" for file in alone]
    below = tuple(f"{root.address(folder)}/" for folder, _ in unlisted)
    return Supply(
        Remembered(str(absolute(path)), root.label),
        root.label,
        _readings(root, files, store.settings.max_article_characters, progress),
        known,
        is_gone=lambda source, _: not source.startswith(below),
        is_over=lambda: over,
        folder=root.path,
        absorbed=scope.absorbed,
    )


def _at(known: Mapping[str, tuple[bytes, str]], address: str) -> set[str]:
    """The ids of the articles that stand at an address itself."""
    return {article_id for article_id, (_, source) in known.items() if source == address}


def supply_of_documents(store: Store, documents: Sequence[Document]) -> Supply:
    """What a program hands in: what it handed in before stays."""
    return Supply(
        None,
        ROOT,
        readings_of(documents, max_characters=store.settings.max_article_characters),
        store.catalog.sources(ROOT),
        is_gone=lambda _, __: False,
    )


def _moved(store: Store, label: str, folder: Path) -> bool:
    """Whether any article of a root is found at its place below another folder."""
    sources = {source for _, source in store.catalog.sources(label).values()}
    return any((folder / source.removeprefix(f"{label}/")).exists() for source in sources)


def _readings(root: Root, files: list[Path], max_characters: int, progress: Progress) -> Iterator[Reading]:
    for number, file in enumerate(files):
        progress("reading files", number, len(files))
        yield Reading(
            root.address(file),
            stamp_of(file),
            partial(read_file, file, root=root, max_characters=max_characters),
            apart=_is_small(file),
        )
    progress("reading files", len(files), len(files))


def _is_small(file: Path) -> bool:
    try:
        return file.stat().st_size <= _SMALL
    except OSError:
        return False


def stamp_of(file: Path) -> str | None:
    """The size and times of a file and of the one that may stand beside it; None where they may not tell a change."""
    told = [READING]
    now = time.time_ns()
    for one in (file, file.with_name(f"{file.stem}{BESIDE}")) if file.suffix.lower() in (".txt", ".text") else (file,):
        try:
            found = one.stat()
        except OSError:
            if one == file:
                return None
            continue
        if now - max(found.st_mtime_ns, found.st_ctime_ns) < _SETTLED:
            return None
        told.append(f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}")
    return "; ".join(told)
