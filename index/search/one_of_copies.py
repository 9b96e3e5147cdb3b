"""Of the copies of one report that a search found, what each has of its own, and the rest once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from index.analysis.near_copies import held_share, shingled
from index.storage.catalog import Catalog, Found
from index.storage.copies import reports_of

_REPEATED = 0.8
"""Of a chunk's runs of three words, so many stand in the first copy if it says nothing of its own."""


class OneOfCopies:
    """Tells which of the chunks that were found repeat a copy that was found too."""

    def __init__(self, catalog: Catalog, ranked: Sequence[str]) -> None:
        """``ranked`` are the ids of the chunks, best first."""
        self._catalog = catalog
        self._ranked = ranked

    @cached_property
    def _shown(self) -> dict[str, str]:
        """By the id of a chunk of an article with copies, the article that stands for them: the first, if found."""
        reports = reports_of(self._catalog, self._ranked)
        shown: dict[str, str] = {}
        for chunk_id in self._ranked:
            if chunk_id in reports:
                article, original = reports[chunk_id]
                shown.setdefault(original, article)
                if article == original:
                    shown[original] = original
        return {chunk_id: shown[original] for chunk_id, (_, original) in reports.items()}

    def repeats(self, found: Found) -> bool:
        """Whether a chunk says only what the copy that is shown says."""
        shown = self._shown.get(found.chunk.id, found.article.id)
        if shown == found.article.id:
            return False
        there = self._catalog.article(shown)
        own = shingled(found.article.text[found.chunk.start : found.chunk.end])
        return there is not None and held_share(own, shingled(there[0].text)) >= _REPEATED
