"""A whole draft checked; what was done stays beside the store until all is, so that an interrupted check goes on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.options import Asking
from assistant.types import CheckedSentence, Citation, DraftReport
from assistant.verification.draft import WEIGHTS, check_sentences, draft_sentences
from index.errors import QuestionInvalid
from index.ingest.fill_vectors import Progress
from index.storage.store import Store

MOST_CHARACTERS = 1_000_000
"""Of a draft: some 300 pages."""


def check_draft(store: Store, text: str, asking: Asking, progress: Progress | None = None) -> DraftReport:
    """Check all sentences of a draft; raises QuestionInvalid where it has none, and what ``Assistant.ask`` raises."""
    if len(text) > MOST_CHARACTERS:
        raise QuestionInvalid(f"the draft has {len(text):,} characters; {MOST_CHARACTERS:,} at most: check it in parts")
    plain = "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
    spans = draft_sentences(text) if plain else []
    if not spans:
        raise QuestionInvalid("the draft has no sentence that can be checked; give it as plain text")
    kept = _kept_at(store, text, asking)
    done = [one for one, span in zip(_read(kept), spans, strict=False) if one.start == span.start]
    try:
        kept.parent.mkdir(exist_ok=True)
        with kept.open("a", encoding="utf-8") as file:
            for sentence in check_sentences(store, text, asking, first=len(done)):
                done.append(sentence)
                file.write(json.dumps(sentence.to_json(), ensure_ascii=False) + "\n")
                file.flush()
                if progress:
                    progress("checking sentences", len(done), len(spans))
    finally:
        if len(done) == len(spans):
            kept.unlink(missing_ok=True)
    return DraftReport(text, tuple(done))


def _kept_at(store: Store, text: str, asking: Asking) -> Path:
    """Where the sentences that were checked are kept: for the same text, store, options and weights."""
    weights = (hashlib.sha256(WEIGHTS.read_bytes()).hexdigest(), store.close_reader.name)
    asked = f"{store.catalog.generation()} {asking.window} {asking.now} {weights}\n{text}"
    return store.path / "drafts" / f"{hashlib.sha256(asked.encode('utf-8', 'surrogatepass')).hexdigest()}.jsonl"


def _read(kept: Path) -> Iterator[CheckedSentence]:
    """The sentences that were checked before; a line that was cut off ends them."""
    if not kept.exists():
        return
    whole = []
    for line in kept.read_text(encoding="utf-8").splitlines():
        try:
            whole.append(_sentence(json.loads(line)))
        except (ValueError, TypeError, KeyError):
            break
    lines = (json.dumps(one.to_json(), ensure_ascii=False) + "\n" for one in whole)
    kept.write_text("".join(lines), encoding="utf-8")
    yield from whole


def _sentence(row: dict[str, Any]) -> CheckedSentence:
    citations = tuple(Citation(**{**one, "mark": None, "also_in": tuple(one["also_in"])}) for one in row["citations"])
    marks = tuple((start, end) for start, end in row["marks"])
    return replace(CheckedSentence(**{**row, "citations": (), "marks": ()}), citations=citations, marks=marks)
