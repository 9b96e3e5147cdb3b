"""The running story that a question is about: which of the reports that were found belong to it.

Topic detection and tracking (Allan et al., 1998). The report whose title and first sentences are nearest to the
question begins the story; others belong to it as far as they are about it too, begin alike, and share its rarer names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from index.analysis.editorial_notes import is_correction
from index.analysis.terms import terms
from index.analysis.types import Role, SentenceAnalysis
from index.passage import Passage
from index.search.query import Query
from index.storage.store import Store

WEIGHTS = {"about": 3.59, "alike": 3.11, "names": 14.15, "bias": -7.65}
"""Of how much a report is about what is asked beside the first one, of the cosine of their beginnings, of shared names.

``python -m evals.research.fit_stories`` fits them.
"""

_BELONGS = 0.6
"""From this probability on a report belongs to the story."""

_AS_MUCH = 0.8
"""A report with all names of the question is told too where it is as much about what is asked, beside the first one."""

_LEAST, _LEAST_NAMED = 0.7, 0.5
"""Where no report is as much about what is asked as this, there is no such story; less is enough of one that has all
names of the question in its title or beginning."""

_BEGINNING = 2
"""So many sentences are the beginning of a report."""

_TELLING = 6
"""So many sentences at the beginning of a report may tell its news."""

_FEWEST = 6
"""Words of a sentence that tells news."""

_FIRST = 0.25
"""By so much the first is favoured; cosine similarity with the title."""

_IN_BEGINNING, _IN_TEXT = 0.3, 0.3
"""What the question's words tell in a report's beginning, and in all of it, beside the cosine of the beginning."""


@dataclass(frozen=True)
class Report:
    """An article that was found, the best passage of it, and how much it is about what is asked."""

    passage: Passage
    vector: NDArray[np.float32]
    """The embedding of its title and beginning."""
    about: float
    named: bool
    """Whether its title and beginning have all names of the question, of which there are some."""

    @cached_property
    def names(self) -> frozenset[str]:
        """The terms of all that it names."""
        text = self.passage.article.text
        places = (place for sentence in self.passage.around for place in sentence.mentions)
        return frozenset(term for start, end in places for term in terms(text[start:end]))

    def telling(self, query: Query, last: date | None = None) -> list[SentenceAnalysis]:
        """The sentences that may tell its news: its first ones, of a live blog those of the newest updates.

        Where its title and beginning do not name whom the question names, those that do. Updates after the ``last`` day
        do not count; corrections and calls of a few words tell no news.
        """
        text = self.passage.article.text
        body = [one for one in self.passage.around if one.role is Role.BODY and not _after(one, last)]
        told = [one for one in body if len(text[one.start : one.end].split()) >= _FEWEST]
        if query.names and not self.named:
            naming = [one for one in told if _named(query, frozenset(terms(text[one.start : one.end])))]
            if naming:
                return naming[-_TELLING:]
        if any(one.posted for one in told):  # the newest may only close the blog
            told = sorted(told, key=lambda one: one.posted or datetime.min, reverse=True)
        return told[:_TELLING]


def news(store: Store, query: Query, reports: Sequence[Report], last: date | None = None) -> list[Passage]:
    """Of each report the sentence of its beginning that says most of what its title says, as a passage.

    A feature begins with a scene; its title knows what is new. Updates after the ``last`` day do not count.
    """
    begun = [(report, sentences) for report in reports if (sentences := report.telling(query, last))]
    if not begun:
        return []
    texts = [report.passage.article.text[one.start : one.end] for report, row in begun for one in row]
    titles = [report.passage.article.title or "" for report, _ in begun]
    vectors = store.embedder.embed([*titles, *texts])
    passages: list[Passage] = []
    place = len(titles)
    for number, (report, sentences) in enumerate(begun):
        near = vectors[place : place + len(sentences)] @ vectors[number] if titles[number] else np.zeros(len(sentences))
        near[0] += 0 if sentences[0].posted else _FIRST
        best = sentences[int(np.argmax(near))]
        chunk = replace(report.passage.chunk, start=best.start, end=best.end)
        passages.append(replace(report.passage, chunk=chunk, readings=(), kept=(best,)))
        place += len(sentences)
    return passages


def find_story(store: Store, query: Query, passages: Sequence[Passage]) -> list[Report]:
    """The reports of the story that a question is about, the newest first; none where no report is about it."""
    reports = find_reports(store, query, passages)
    if not reports or reports[0].about < (_LEAST_NAMED if reports[0].named else _LEAST):
        return []
    rows = zip(reports, story_features(store, reports), strict=True)
    story = [report for report, row in rows if report is reports[0] or _belongs(report, row)]
    return sorted(story, key=lambda report: report.passage.article.published or "", reverse=True)


def story_told(store: Store, query: Query, passages: Sequence[Passage], told: str) -> frozenset[str]:
    """The ids of the articles of the story that an answer told: of the report that has its words, else the nearest."""
    reports = find_reports(store, query, passages)
    if not reports:
        return frozenset()
    reports.sort(key=lambda report: told not in report.passage.article.text)
    rows = zip(reports, story_features(store, reports), strict=True)
    return frozenset(
        report.passage.article.id for report, row in rows if report is reports[0] or _probability(row) >= _BELONGS
    )


def find_reports(store: Store, query: Query, passages: Sequence[Passage]) -> list[Report]:
    """The articles of some passages, those that are most about what is asked first; corrections are none."""
    best: dict[str, Passage] = {}
    for passage in passages:
        if not is_correction(passage.article.title or "") and any(one.role is Role.BODY for one in passage.around):
            best.setdefault(passage.article.id, passage)
    if not best:
        return []
    beginnings = [_beginning(passage) for passage in best.values()]
    vectors = store.embedder.embed(beginnings)
    reports = []
    for passage, beginning, vector in zip(best.values(), beginnings, vectors, strict=True):
        begun, whole = frozenset(terms(beginning)), frozenset(terms(passage.article.text))
        about = float(vector @ query.vector) + _IN_BEGINNING * _told(query, begun) + _IN_TEXT * _told(query, whole)
        reports.append(Report(passage, vector, about, _named(query, begun)))
    return sorted(reports, key=lambda report: -report.about)


def story_features(store: Store, reports: Sequence[Report]) -> list[dict[str, float]]:
    """What tells whether each report belongs to the story of the first."""
    first = reports[0]
    named = sorted({term for report in reports for term in report.names})
    frequencies = store.document_frequencies(named)
    chunks = max(1, store.catalog.counts()["chunks"])
    tells = {term: log(1 + chunks / (1 + frequencies[term])) for term in named}

    def told(some: frozenset[str]) -> float:
        return sum(tells[term] for term in some)

    return [
        {
            "about": report.about / first.about,
            "alike": float(report.vector @ first.vector),
            "names": told(report.names & first.names) / sqrt((told(report.names) or 1) * (told(first.names) or 1)),
            "bias": 1.0,
        }
        for report in reports
    ]


def _probability(row: dict[str, float]) -> float:
    return 1 / (1 + exp(-sum(WEIGHTS[name] * value for name, value in row.items())))


def _after(sentence: SentenceAnalysis, last: date | None) -> bool:
    return bool(last and sentence.posted and sentence.posted.date() > last)


def _belongs(report: Report, row: dict[str, float]) -> bool:
    """Whether a report is of the story of the first, or of whom and what the question names: "news from Orlo"."""
    return _probability(row) >= _BELONGS or (report.named and row["about"] >= _AS_MUCH)


def _beginning(passage: Passage) -> str:
    text = passage.article.text
    first: list[SentenceAnalysis] = [one for one in passage.around if one.evidence][:_BEGINNING]
    return f"{passage.article.title or ''}. {' '.join(text[one.start : one.end] for one in first)}"


def _named(query: Query, there: frozenset[str]) -> bool:
    names = [term for name in query.names for term in name]
    return bool(names) and all(there.intersection(query.terms[term]) for term in names)


def _told(query: Query, there: frozenset[str]) -> float:
    """The share of what a question's words tell that some terms have."""
    told = sum(weight for term, weight in query.weights.items() if there.intersection(query.terms[term]))
    return told / (sum(query.weights.values()) or 1.0)
