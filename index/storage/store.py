"""A store on disk: its catalog, vectors and models, and the lock that lets one process write."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import numpy as np

from index.errors import StoreLocked, StoreMismatch
from index.models.embedding import Embedder, MiniLM, Vectors
from index.models.large_reader import CloseReader, LargeReader
from index.models.reader import MiniLMReader, Reader
from index.settings import ANALYSIS, IndexSettings
from index.storage.catalog import Catalog
from index.storage.faults import store_error
from index.storage.vectors import VectorIndex
from index.storage.window import Within
from index.types import Window

_MOST_WINDOWS = 8
"""How many windows of publication are kept in mind; the vectors of an exact one are 15 MB at most."""

_MOST_FREQUENCIES = 100_000
"""Of so many terms it is kept in mind in how many chunks they stand; some 10 MB."""

EXACT_UP_TO = 5000
"""A store of so many chunks or fewer is searched without Chroma; 5,000 vectors are 8 MB and take a millisecond."""

EXACT_WINDOW = 10_000
"""A window of so many chunks or fewer is searched one by one: Chroma would be asked for hundreds to have 50 of it."""


class Store:
    """Everything that belongs to one store folder; use it as a context manager, or close it."""

    def __init__(
        self,
        path: Path,
        settings: IndexSettings,
        embedder: Embedder | None = None,
        reader: Reader | None = None,
        close_reader: CloseReader | None = None,
    ) -> None:
        """Name a store; nothing is opened before it is used."""
        self.path = path
        self.settings = settings
        self.embedder: Embedder = embedder or MiniLM()
        self.reader: Reader = reader or MiniLMReader()
        self.close_reader: CloseReader = close_reader or LargeReader()
        self.vectors = VectorIndex(path / "vectors")
        self.background = ThreadPoolExecutor(4, thread_name_prefix="store")
        """For what can go on while the caller does something else; threads start when they are first needed."""
        self._opening = threading.Lock()
        self._opening_window = threading.Lock()
        self._windows: tuple[int, dict[Window, Within]] = -1, {}
        self._catalog: Catalog | None = None
        self._vocabulary: tuple[int, dict[str, dict[str, int]]] | None = None
        self._frequencies: tuple[int, dict[str, int]] = -1, {}
        self._languages: tuple[int, frozenset[str]] = -1, frozenset()
        self._embeddings: tuple[int, list[str], Vectors] | None = None

    @property
    def catalog(self) -> Catalog:
        """The catalog; raises StoreMissing, StoreDamaged, or StoreMismatch for another schema version."""
        with self._opening:
            if self._catalog is None:
                self._catalog = Catalog(self.path / "catalog.db")
            return self._catalog

    def create(self) -> None:
        """Make an empty store, unless there is one; raises what ``catalog`` raises, and StoreFull."""
        Catalog(self.path / "catalog.db", create=True).close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def vocabulary(self, letter: str) -> dict[str, int]:
        """Every term of the corpus that begins with a letter, with its number of chunks; read once a generation."""
        generation = self.catalog.generation()
        if self._vocabulary is None or self._vocabulary[0] != generation:
            letters: dict[str, dict[str, int]] = {}
            for term, count in self.catalog.vocabulary().items():
                letters.setdefault(term[0], {})[term] = count
            self._vocabulary = generation, letters
        return self._vocabulary[1].get(letter, {})

    def languages(self) -> frozenset[str]:
        """The languages of its articles, as far as they are known; looked up once a generation."""
        generation = self.catalog.generation()
        if self._languages[0] != generation:
            self._languages = generation, frozenset(filter(None, self.catalog.languages()))
        return self._languages[1]

    def document_frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many chunks each term stands, 0 for nowhere; a term is looked up once a generation."""
        generation = self.catalog.generation()
        if self._frequencies[0] != generation or len(self._frequencies[1]) > _MOST_FREQUENCIES:
            self._frequencies = generation, {}
        known = self._frequencies[1]
        known.update(self.catalog.document_frequencies([term for term in terms if term not in known]))
        return {term: known[term] for term in terms}

    def within(self, window: Window) -> Within:
        """The chunks of the articles published in a window; looked up once a generation."""
        generation = self.catalog.generation()
        with self._opening_window:
            if self._windows[0] != generation:
                self._windows = generation, {}
            windows = self._windows[1]
            if window not in windows:
                while len(windows) >= _MOST_WINDOWS:
                    windows.pop(next(iter(windows)))
                windows[window] = Within.read(self.catalog, window)
            return windows[window]

    def search_vectors(self, vector: Vectors, limit: int, window: Window | None = None) -> list[tuple[str, float]]:
        """The nearest chunk ids with their cosine similarity, nearest first; of a window's chunks, if one is given.

        A small store is searched exactly, from the catalog: as quick as Chroma there, without the two seconds that
        importing it takes. A large one is searched in Chroma.
        """
        generation = self.catalog.generation()
        if window:
            within = self.within(window)
            if len(within.ids) <= EXACT_WINDOW:
                return within.nearest(vector, limit)
            return within.among(lambda most: self.vectors.search(vector, most, generation=generation), limit)
        if self.catalog.counts()["chunks"] > EXACT_UP_TO:
            return self.vectors.search(vector, limit, generation=generation)
        if self._embeddings is None or self._embeddings[0] != generation:
            self._embeddings = generation, *self.catalog.all_embeddings()
        _, ids, matrix = self._embeddings
        if not ids:
            return []
        similarities = matrix @ vector
        nearest = np.argsort(-similarities, kind="stable")[:limit]
        return [(ids[place], float(similarities[place])) for place in nearest]

    def search_words(self, terms: Sequence[str], limit: int, window: Window | None = None) -> list[tuple[str, bool]]:
        """See ``Catalog.search_words``; of a window's chunks, if one is given."""
        if window is None:
            return self.catalog.search_words(terms, limit)
        within = self.within(window)
        if len(within.ids) <= EXACT_WINDOW:
            return self.catalog.search_words(terms, limit, within.as_json)
        return within.among(lambda most: self.catalog.search_words(terms, most), limit)

    def stands(self, term: str, window: Window | None) -> bool:
        """Whether a term stands in what is in a window: a name that came up later is not known yet."""
        return window is None or self.catalog.stands(term, self.within(window).numbers)

    def lost_vectors(self) -> int:
        """How many chunks should have a vector in Chroma and have none; a store so small is searched without it."""
        counts = self.catalog.counts()
        if counts["chunks"] <= EXACT_UP_TO:
            return 0
        there = self.vectors.count(generation=self.catalog.generation())
        return max(0, counts["chunks"] - counts["chunks_to_embed"] - there)

    def close(self) -> None:
        """Let go of all files."""
        self.background.shutdown()
        self.background = ThreadPoolExecutor(4, thread_name_prefix="store")
        self.vectors.close()
        with self._opening:
            if self._catalog is not None:
                self._catalog.close()
            self._catalog = None

    def built_with(self) -> dict[str, str]:
        """The settings that decide what is in a store; two stores with equal ones answer alike."""
        return {
            "embedder": self.embedder.name,
            "chunk_tokens": str(self.settings.chunk_tokens),
            "analysis": ANALYSIS,
            "day_first": str(self.settings.day_first),
        }

    def check_settings(self) -> None:
        """Raise StoreMismatch if the store was built with other settings than these."""
        stored = self.catalog.meta()
        for name, wanted in self.built_with().items():
            if name in stored and stored[name] != wanted:
                raise StoreMismatch(
                    f"{self.path} was built with {name} {stored[name]!r}, but settings ask for {wanted!r}. "
                    f"Rebuild it with: assistant rebuild --store {self.path}"
                )

    def remember_settings(self) -> None:
        """Write the settings into the catalog."""
        with self.catalog.transaction() as db:
            db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", self.built_with().items())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store's write lock; raises StoreLocked (naming who has it), StoreFull, StoreUnwritable."""
        from filelock import FileLock, Timeout

        note = self.path / "writer"
        lock = FileLock(self.path / "write.lock", timeout=0)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock.acquire()
            note.write_text(f"process {os.getpid()} (since {datetime.now():%H:%M:%S})")
        except Timeout:
            raise StoreLocked(
                f"{self.path} is being written by {_holder(note)}. Try again when it has finished; "
                "questions can be asked meanwhile"
            ) from None
        except OSError as error:
            lock.release()
            raise store_error(self.path, error) from error
        try:
            yield
        finally:
            try:
                note.unlink(missing_ok=True)
            finally:
                lock.release()


def _holder(note: Path) -> str:
    try:
        return note.read_text() or "another process"
    except OSError:
        return "another process"
