"""Names: an article that has none of the names of a question tells of somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.scoring import Ranked
from assistant.question.analysis import QuestionAnalysis
from assistant.rules.rule import Example, Factors, Rule, demoted
from index.analysis.terms import terms
from index.search.query import Query
from index.types import Article


def _elsewhere(question: QuestionAnalysis, ranked: Sequence[Ranked]) -> Factors:
    lacking = {
        article.id
        for article in {item.candidate.article.id: item.candidate.article for item in ranked}.values()
        if not _names_any(question.query, article)
    }
    return demoted([item for item in ranked if item.candidate.article.id in lacking])


def _names_any(query: Query, article: Article) -> bool:
    """Whether an article has a word of the question's names, in any of the spellings of the corpus."""
    there = set(terms(f"{article.title or ''} {article.place or ''} {article.text}"))
    return any(not there.isdisjoint(query.terms[term]) for name in query.names for term in name)


SOMEBODY_ELSE = Rule(
    "somebody else",
    "its article has none of the names of the question",
    lambda question: bool(question.query.names),
    _elsewhere,
    (
        Example(
            "How many people were hurt in the quake in Holt?",
            "2025-12-01",
            (
                ("2025-03-04", "A quake shook Marlow on Sunday. Some 40 people were hurt in the quake, a doctor said."),
                ("2025-08-14", "The quake in Holt on Sunday was felt far away. Two people were hurt."),
            ),
            "Two people",
        ),
    ),
    excludes=True,
    earned="680 questions, 28 November 2026: changes 1, helps 0, hurts 0; it keeps another country's news out",
)
