"""Measures of rankings and of citations, against implementations of their definitions by another route."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from evals.cases import Case
from evals.measures.metrics import citation_quality, refusal, share_interval
from evals.measures.ranking import ranking_measures, retrieval

NAMES = "abcdefghijkl"


@given(st.permutations(NAMES), st.sets(st.sampled_from([*NAMES, "missing"]), min_size=1), st.integers(1, 12))
def test_rankings_are_measured_as_the_textbook_says(order: list[str], relevant: set[str], depth: int) -> None:
    ranked = order[:depth]
    hits = [name in relevant for name in ranked]
    precisions = [sum(hits[: place + 1]) / (place + 1) for place, hit in enumerate(hits) if hit]
    gain = sum(hit / log2(place + 2) for place, hit in enumerate(hits[:10]))
    best = sum(1 / log2(place + 2) for place in range(min(10, len(relevant))))
    expected = {
        "recall@1": sum(hits[:1]) / len(relevant),
        "recall@5": sum(hits[:5]) / len(relevant),
        "mrr": 1 / (hits.index(True) + 1) if any(hits) else 0.0,
        "ndcg@10": gain / best,
        "map": sum(precisions) / len(relevant),
    }
    assert ranking_measures(ranked, relevant) == pytest.approx(expected)


def test_a_passage_counts_once_by_its_article_or_by_the_quotes_it_holds() -> None:
    found = [
        {"article_id": "a", "start": 0, "text": "Nothing of it."},
        {"article_id": "b", "start": 0, "text": "The ferry sank. Nine swam ashore."},
        {"article_id": "b", "start": 9, "text": "Nine swam ashore."},
    ]
    by_article = retrieval(Case("1", "Who?", articles=("b",)), found)
    by_quote = retrieval(Case("1", "Who?", evidence=("Nine swam ashore.", "They were rescued.")), found)
    assert (by_article["mrr"], by_article["recall@5"]) == (0.5, 1.0)
    assert (by_quote["mrr"], by_quote["recall@5"], by_quote["map"]) == (0.5, 0.5, 0.25)
    assert set(retrieval(Case("1", "Who?"), found).values()) == {None}
    assert set(retrieval(Case("1", "Who?", articles=("b",)), []).values()) == {0.0}


WORDS = st.lists(st.sampled_from("pqrs"), min_size=1, max_size=3)


def supports(said: str, quotes: Sequence[str]) -> bool:
    return set(said) <= set("".join(quotes))


@given(st.lists(st.tuples(WORDS, st.lists(WORDS, max_size=3)), min_size=1, max_size=4))
def test_citations_are_as_good_as_alce_defines(rows: list[tuple[list[str], list[list[str]]]]) -> None:
    told = [("".join(said), ["".join(quote) for quote in quotes]) for said, quotes in rows]
    recalled = [bool(quotes) and supports(said, quotes) for said, quotes in told]
    precise = []
    for (said, quotes), held in zip(told, recalled, strict=True):
        for place in range(len(quotes)):
            alone = supports(said, quotes[place : place + 1])
            without = supports(said, quotes[:place] + quotes[place + 1 :])
            irrelevant = not alone and without
            precise.append(held and not irrelevant)
    found = citation_quality(told, supports)
    assert found is not None
    assert found[0] == pytest.approx(sum(recalled) / len(told))
    assert found[1] == pytest.approx(sum(precise) / len(precise) if precise else 0.0)
    assert citation_quality([], supports) is None


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_the_interval_of_a_share_is_wilsons(values: list[bool]) -> None:
    share, low, high = share_interval([float(value) for value in values])
    theirs = binomtest(sum(values), len(values)).proportion_ci(method="wilson")
    assert (share, low, high) == pytest.approx((sum(values) / len(values), theirs.low, theirs.high), abs=1e-6)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=20))
def test_refusals_are_retrieved_like_documents(cases: list[tuple[bool, bool]]) -> None:
    precision, recall = refusal([one for one, _ in cases], [other for _, other in cases])
    refused = {place for place, (one, _) in enumerate(cases) if one}
    lacking = {place for place, (_, other) in enumerate(cases) if other}
    assert precision == (len(refused & lacking) / len(refused) if refused else None)
    assert recall == (len(refused & lacking) / len(lacking) if lacking else None)


def test_a_passage_that_holds_both_quotes_is_all_that_is_wanted() -> None:
    case = Case("1", "Who?", evidence=("Ilse swam.", "Nobody helped."))
    both = {"article_id": "a", "start": 0, "text": "Ilse swam. Nobody helped."}
    other = {"article_id": "b", "start": 0, "text": "Bread became dearer."}
    assert retrieval(case, [both, other])["recall@1"] == 1
    assert retrieval(case, [other, both])["recall@1"] == 0
    assert retrieval(case, [other])["map"] == 0
