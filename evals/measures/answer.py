"""What is measured of one answer: right or wrong, its words, its citations, the passages it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant import Assistant
from assistant.types import EXTRACTIVE
from assistant.verification.evidence import evidence_of
from assistant.verification.verify import verify
from evals.cases import Case
from evals.measures.correctness import is_right
from evals.measures.metrics import citation_quality, exact_match, f1
from evals.measures.ranking import retrieval
from index.types import Span


def measure(assistant: Assistant, case: Case, answer: Mapping[str, Any]) -> dict[str, float | None]:
    """What is measured of an answer's JSON, 0 to 1; None where a measure does not apply.

    right: see ``is_right``. exact, f1: of the short answer beside the accepted forms. refused: 1 for a refusal.
    citations_exact: the share of citations whose quote stands in its article where it says. evidence_found: the share
    of the gold quotes, or of the gold articles, that are cited (recall); citations_on_evidence: of the citations that
    are of them (precision); evidence_first: 1 if the first citation is. borne_out, quotes_needed: see
    ``citation_quality``. Whether quotes bear a sentence out is asked of the assistant's own check of what a model
    writes: these two say what that check thinks, not what is so. recall@1 and on: of the passages, see ``retrieval``.
    dropped: the share of the sentences a model wrote that were left out, as no quote carries them; 0 where it wrote
    none.
    """
    short = answer["short"] or (answer["sentences"][0]["text"] if answer["sentences"] else "")
    cited = answer["citations"]
    words = bool(case.accept)
    gold = case.evidence or case.articles
    of_gold = [[_is_of(one, citation, case) for citation in cited] for one in gold]
    on_gold = [any(row[place] for row in of_gold) for place in range(len(cited))]
    quality = citation_quality(*_sentences(assistant, answer))
    left_out, kept = len(answer["dropped"]), len(answer["sentences"]) * (answer["answerer"] != EXTRACTIVE)
    return {
        "right": float(is_right(case, answer)),
        "exact": exact_match(short, case.accept) if words else None,
        "f1": f1(short, case.accept) if words else None,
        "refused": float(answer["refused"]),
        "confidence": answer["confidence"],
        "citations_exact": _share([_is_exact(assistant, one) for one in cited]),
        "borne_out": quality[0] if quality else None,
        "quotes_needed": quality[1] if quality else None,
        "evidence_found": _share([any(row) for row in of_gold]) if gold else None,
        "citations_on_evidence": _share(on_gold) if gold else None,
        "evidence_first": float(on_gold[:1] == [True]) if gold else None,
        "dropped": left_out / max(1, left_out + kept) if answer["usage"] else None,
        **retrieval(case, answer["passages"]),
    }


def _is_of(gold: str, citation: Mapping[str, Any], case: Case) -> bool:
    """Whether a citation is of a gold quote, or, where there is none, of a gold article."""
    if not case.evidence:
        return bool(citation["article_id"] == gold)
    return gold in citation["quote"] or citation["quote"] in gold


def _is_exact(assistant: Assistant, citation: Mapping[str, Any]) -> bool:
    text = assistant.article(citation["article_id"]).text
    return bool(text[citation["start"] : citation["end"]] == citation["quote"])


def _sentences(assistant: Assistant, answer: Mapping[str, Any]) -> tuple[list[tuple[str, list[str]]], Any]:
    """The sentences of an answer, each with its quotes, and what says whether quotes support a sentence of it."""
    by_number = {one["number"]: one for one in answer["citations"]}
    told = [
        (sentence["text"], [by_number[number]["quote"] for number in sentence["citations"]])
        for sentence in answer["sentences"]
    ]
    by_quote = {one["quote"]: one for one in answer["citations"]}

    def supports(said: str, quotes: Sequence[str]) -> bool:
        if said in quotes:
            return True
        evidence = [
            evidence_of(article, Span(one["start"], one["end"]), assistant.store.catalog.analysis(article))
            for one in (by_quote[quote] for quote in quotes)
            for article in [assistant.article(one["article_id"])]
        ]
        return verify(said, evidence, assistant.store.close_reader).kept

    return told, supports


def _share(values: list[bool]) -> float | None:
    return sum(values) / len(values) if values else None
