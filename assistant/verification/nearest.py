"""The sentences of the archive that bear most on a claim."""

from __future__ import annotations

from assistant.evidence.as_of import without_later_notes
from assistant.evidence.candidates import Candidate, find_candidates
from assistant.options import Asking
from assistant.question.analysis import analyse_question
from assistant.verification.injection import gives_orders
from index.search.retrieve import retrieve
from index.storage.store import Store


def nearest_sentences(store: Store, claim: str, asking: Asking, *, passages: int, most: int) -> list[Candidate]:
    """Of so many passages the sentences that bear most on a claim, best first; none that gives orders."""
    asked = analyse_question(store, claim, asking.now, asking.window)
    read = without_later_notes(asked.query, retrieve(store, asked.query, top_k=passages, fast=True))
    ranked = sorted(find_candidates(asked, read, store.embedder), key=lambda one: -nearness(one))
    return [one for one in ranked if not gives_orders(one.text)][:most]


def nearness(candidate: Candidate) -> float:
    """How near a sentence is to a claim: by meaning and by words."""
    return candidate.features.similarity + candidate.features.coverage
