"""Which outlets print the report that is quoted: they are one witness, not several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.types import Citation
from index.storage.copies import copies_of
from index.storage.store import Store


def with_copies(store: Store, citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Citations that name the other outlets, or addresses, at which the same report stands."""
    known: dict[str, tuple[str, ...]] = {}
    told = []
    for one in citations:
        if one.article_id not in known:
            others = copies_of(store.catalog, one.article_id)
            names = (other.uri if other.outlet in (None, one.outlet) else str(other.outlet) for other in others)
            known[one.article_id] = tuple(dict.fromkeys(names))
        told.append(replace(one, also_in=known[one.article_id]))
    return tuple(told)
