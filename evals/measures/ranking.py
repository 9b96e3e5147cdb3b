"""How well a ranking finds what answers: recall, MRR, nDCG and MAP, computed by trec_eval's own code."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from evals.cases import Case

Passage = Mapping[str, Any]

_MEASURES = {
    "recall_1": "recall@1",
    "recall_5": "recall@5",
    "recip_rank": "mrr",
    "ndcg_cut_10": "ndcg@10",
    "map": "map",
}
"""trec_eval's names and ours."""


def ranking_measures(ranked: Sequence[str], relevant: Collection[str]) -> dict[str, float]:
    """Recall@1 and @5, reciprocal rank, nDCG@10 and average precision of a ranking; ``relevant`` must not be empty.

    Source: trec_eval (Buckley and Voorhees), through pytrec_eval (Van Gysel and de Rijke 2018, arXiv:1805.01597).

    >>> ranking_measures(["x", "a"], {"a", "b"})["mrr"], ranking_measures(["x", "a"], {"a", "b"})["recall@5"]
    (0.5, 0.5)
    """
    import pytrec_eval

    judge = pytrec_eval.RelevanceEvaluator(
        {"q": dict.fromkeys(relevant, 1)}, {"recall.1,5", "recip_rank", "ndcg_cut.10", "map"}
    )
    # trec_eval sorts by score, and ranks must not tie.
    scores = {name: 1.0 / rank for rank, name in enumerate(dict.fromkeys(ranked), 1)}
    found = judge.evaluate({"q": scores}).get("q", {})
    return {ours: float(found.get(theirs, 0.0)) for theirs, ours in _MEASURES.items()}


def retrieval(case: Case, passages: Sequence[Passage]) -> dict[str, float | None]:
    """The measures of the passages found for a case, by its gold articles, else by its gold quotes; None without them.

    What answers are the passages that hold a gold quote first; a quote in none of them is a passage not found.
    """
    if case.articles:
        return {**ranking_measures([passage["article_id"] for passage in passages], set(case.articles))}
    if not case.evidence:
        return dict.fromkeys(_MEASURES.values())
    names = [f"{passage['article_id']}:{passage['start']}" for passage in passages]
    first = [
        next((name for name, passage in zip(names, passages, strict=True) if quote in passage["text"]), quote)
        for quote in case.evidence
    ]
    return {**ranking_measures(names, set(first))}
