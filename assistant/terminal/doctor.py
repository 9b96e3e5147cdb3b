"""Whether everything that the assistant needs is there and in order."""

from __future__ import annotations

import platform
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from index.errors import AssistantError, StoreDamaged, StoreFull, StoreMissing
from index.storage.store import Store


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; ``ok`` is None for what there was no need to look at."""

    name: str
    ok: bool | None
    message: str
    exit_code: int = 0


def examine(store: Store) -> list[Check]:
    """Look at Python, SQLite, the model, the store and the disk; nothing that is stored is changed."""
    return [
        _checked(name, look, store)
        for name, look in (
            ("python", _python),
            ("sqlite", _sqlite),
            ("embedding model", _model),
            ("reader", _reader),
            ("large reader", _close_reader),
            ("catalog", _catalog),
            ("settings", _settings),
            ("vectors", _vectors),
            ("disk", _disk),
        )
    ]


def _checked(name: str, look: Callable[[Store], str], store: Store) -> Check:
    try:
        return Check(name, True, look(store))
    except StoreMissing as error:
        return Check(name, None, str(error))
    except AssistantError as error:
        return Check(name, False, str(error), error.exit_code)


def _python(store: Store) -> str:
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}"


def _sqlite(store: Store) -> str:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
    except sqlite3.OperationalError:
        raise AssistantError(
            f"SQLite {sqlite3.sqlite_version} has no FTS5, the word index; use another build of Python"
        ) from None
    finally:
        connection.close()
    return f"{sqlite3.sqlite_version} with FTS5"


def _model(store: Store) -> str:
    store.embedder.embed(["Is the model there?"])
    return store.embedder.name


def _reader(store: Store) -> str:
    store.reader.load()
    return store.reader.name


def _close_reader(store: Store) -> str:
    store.close_reader.load()
    return store.close_reader.name


def _catalog(store: Store) -> str:
    if (found := store.catalog.check()) != "ok":
        raise StoreDamaged(f"{store.path / 'catalog.db'} is damaged: {found}. Ingest into a new store")
    counts = store.catalog.counts()
    return f"{counts['articles']:,} articles, {counts['chunks']:,} chunks"


def _settings(store: Store) -> str:
    store.catalog.counts()
    store.check_settings()
    return "as the store was built"


def _vectors(store: Store) -> str:
    counts = store.catalog.counts()
    if pending := counts["chunks_to_embed"]:
        raise AssistantError(f"{pending:,} chunks are not embedded yet. Go on with: assistant ingest FOLDER")
    if not store.vectors.path.exists() and counts["chunks"]:
        raise StoreDamaged(f"Chroma's vectors are gone. Rebuild them with: assistant rebuild --store {store.path}")
    there = store.vectors.count(generation=store.catalog.generation())
    if there < counts["chunks"]:
        raise StoreDamaged(
            f"Chroma has {there:,} vectors for {counts['chunks']:,} chunks. "
            f"Rebuild them with: assistant rebuild --store {store.path}"
        )
    return f"{there:,} in Chroma"


def _disk(store: Store) -> str:
    folder = store.path if store.path.exists() else store.path.absolute().parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < 100_000_000:
        raise StoreFull(f"{free / 1e6:.0f} MB are free at {folder}; free some space before ingesting")
    return f"{free / 1e9:.0f} GB free"
