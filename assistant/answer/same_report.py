"""Which outlets print the sentence that is quoted in copies of one report: they are one witness, not several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.types import Citation
from index.storage.copies import copies_of
from index.storage.store import Store
from index.types import Article


def with_copies(store: Store, citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Citations that name the other outlets, or addresses, where a copy of the report has the same words."""
    known: dict[str, list[Article]] = {}
    told = []
    for one in citations:
        if one.article_id not in known:
            known[one.article_id] = copies_of(store.catalog, one.article_id)
        words = " ".join(one.quote.split())
        names = (
            other.uri if other.outlet in (None, one.outlet) else str(other.outlet)
            for other in known[one.article_id]
            if words in " ".join(other.text.split())
        )
        told.append(replace(one, also_in=tuple(dict.fromkeys(names))))
    return tuple(told)
