"""A store is brought to what its sources hold now; which of these are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.errors import NothingRemembered, SourceUnknown
from index.ingest.fill_vectors import Progress
from index.ingest.how import How
from index.ingest.ingest import ingest
from index.ingest.supply_web import whole_address
from index.sources import absolute
from index.storage import source_memory
from index.storage.source_memory import is_web
from index.storage.store import Store
from index.types import IngestReport


def sync(store: Store, how: How, *, progress: Progress | None = None) -> IngestReport:
    """Look again at every source that was named in an ingest. Raises NothingRemembered, and what ``ingest`` raises."""
    places = [one.place for one in source_memory.remembered(store.catalog)]
    if not places:
        raise NothingRemembered(f"{store.path} remembers no source; name one with: assistant ingest FILE_OR_FOLDER")
    return ingest(store, places, replace(how, label=None, published=None), progress=progress)


def forget(store: Store, places: Sequence[str]) -> None:
    """Look at these sources no more; their articles stay. Raises SourceUnknown, StoreLocked."""
    known = [one.place for one in source_memory.remembered(store.catalog)]
    found = [whole_address(place) if is_web(place) else str(absolute(Path(place))) for place in places]
    if unknown := [place for place in found if place not in known]:
        raise SourceUnknown(f"nothing at {unknown[0]} was ingested. See: assistant sources list")
    with store.writing():
        source_memory.forget(store.catalog, found)


def dismiss(store: Store, addresses: Sequence[str]) -> None:
    """Pass over these files and pages from now on. Raises StoreMissing, StoreLocked."""
    store.catalog.counts()  # a missing store is said before a lock file is made for it
    with store.writing():
        source_memory.dismiss(store.catalog, addresses)
