"""The claims written over the invented archives, beside their quotes; those of the stories that were not trained on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.verification.evidence import Evidence, evidence_of
from evals.research.asked import store_at
from evals.research.claim_support.claim import Claim
from index.training.teacher.split import NEVER_TRAINED_ON, held_story
from index.types import Span


def load(folder: Path, work: Path, *, held_back: bool = True) -> Iterator[Claim]:
    """The claims of one archive's folder; the store is made below ``work``."""
    articles = {row["id"]: row for row in _rows(folder / "articles.jsonl")}
    with store_at(work / folder.name, [folder / "articles.jsonl"]) as assistant:
        for row in _rows(folder / "claims.jsonl"):
            if held_back and not all(is_held_back(folder.name, articles[one["article"]]) for one in row["quotes"]):
                continue
            evidence = [_evidence(assistant, one["article"], one["quote"]) for one in row["quotes"]]
            if evidence:
                yield Claim(row["claim"], evidence, row["label"] == "S", row["kind"])


def _evidence(assistant: Assistant, article_id: str, quote: str) -> Evidence:
    """A quote, widened to whole sentences, as the product does."""
    article = assistant.article(article_id)
    around = assistant.store.catalog.analysis(article)
    start = article.text.index(quote)
    touched = [one for one in around if one.start < start + len(quote) and start < one.end]
    span = Span(touched[0].start, touched[-1].end) if touched else Span(start, start + len(quote))
    return evidence_of(article, span, around)


def is_held_back(archive: str, article: dict[str, Any]) -> bool:
    """Whether nothing of an article was trained on."""
    return archive in NEVER_TRAINED_ON or held_story(article.get("story") or archive + article["id"])


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
