"""Where good passages contradict each other on a number, a date or a name: both sides are told, never averaged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.evidence.candidates import Evidence
from assistant.evidence.event_coreference import (
    SHARE,
    reported_apart,
    same_event,
    same_kind,
    share_days,
    told_alike,
)
from assistant.evidence.event_time import Happened
from assistant.evidence.exclusive_answers import contradict, new_names
from assistant.evidence.scoring import Scored
from assistant.evidence.when import asked_place, time_of, when_happened
from assistant.findings.casualties import are_occasions, asks_for_dead, counts_the_dead, later_count, two_counts
from assistant.question.answer_type import Kind, kind_of
from assistant.rules.terminating_events import tells_the_end
from assistant.rules.timing import is_of_another_time
from index.analysis.attribution import speakers
from index.analysis.editorial_notes import calls_wrong, is_correction
from index.analysis.factuality import is_denied, lies_ahead
from index.analysis.quantities import BOUND, quantities
from index.analysis.terms import STOP_WORDS, terms
from index.storage.store import Store
from index.times.published import report_days, report_in_words
from index.types import Article, Query

SURE = 0.4
"""The least probability of an answer that may contradict another."""

_AS_SURE = 0.8
"""What tells of another such event is told beside the first if it is this much as likely to answer."""

_BEARS = 0.5
"""A sentence that denies what another says bears on the question at least this share as much."""

_OF_THEM = re.compile(r"\d\S* of (?:them|these|those|the|whom|which)\b", re.IGNORECASE)
_ENDS_IN_NUMBER = re.compile(r"(?:\d|illion|thousand|hundred|dozen)$")
_UNIT = re.compile(r"[ -]?(?:%|[a-zA-Z]+)(?: cent\b)?")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sentences that answer the same question differently; ``newer`` is None where that is not known."""

    first: Scored
    other: Scored
    newer: Article | None
    corrects: bool = False
    """Whether the first is a correction that calls the other wrong."""
    counts_later: bool = False
    """Whether the first counts the dead of the same event anew, later."""
    replanned: bool = False
    """Whether both tell for when something is planned, the first in the newer report."""
    occasions: bool = False
    """Whether both tell of events of the same kind, the first of the newer one: none need be wrong."""

    @property
    def code(self) -> str:
        """Of its notice."""
        if self.occasions:
            return "occasions"
        if self.replanned:
            return "newer_plan"
        return "correction" if self.corrects else "newer_count" if self.counts_later else "contradiction"

    @property
    def told(self) -> str:
        """In words for people, the newest first.

        "The articles disagree: “Tampa” (5 May 2024, newer), “Glendale” (undated)."
        """
        said = _counted if self.counts_later else _measured
        sides = ", ".join(_side(said(side.evidence), side, self.newer) for side in (self.first, self.other))
        if self.corrects:
            return f"A correction calls wrong what another article says: {sides}."
        if self.counts_later:
            return f"A later report counts anew what another counted before: {sides}."
        if self.replanned:
            return f"A later report gives another day than an earlier one: {sides}."
        if self.occasions:
            return f"This happened more than once: {sides}."
        if self.first.evidence.article.id == self.other.evidence.article.id:
            return f"The article tells what two say against each other: {sides}."
        return f"The articles disagree: {sides}."


def _side(said: str, side: Scored, newer: Article | None) -> str:
    """What one side says, when it was published, and whether it is the newer one."""
    evidence = side.evidence
    when = report_in_words(evidence.article) + (", newer" if newer is evidence.article else "")
    return f"“{said or evidence.text}” ({when})"


def _counted(evidence: Evidence) -> str:
    """The words that answer if they count; else the sentence: "a third victim died, raising the toll to three"."""
    said = _measured(evidence)
    return said if quantities(said) else evidence.text


def find_disagreement(store: Store, query: Query, ranked: Sequence[Scored]) -> Disagreement | None:
    """The best answer and the best of those that contradict it, the newer one first; None where none does.

    What is of other days than those asked for contradicts nothing that is of them, and what a sentence denies or only
    expects contradicts nothing that has happened.
    """
    kind = kind_of(query.text)
    if asks_for_dead(query) and (counts := two_counts(store, query, ranked)):
        newest, earlier = counts
        return Disagreement(newest, earlier, newest.evidence.article, counts_later=True)
    if kind == "yes_no":
        return _yes_and_no(store, query, ranked)
    counted = counts_the_dead(query)
    if counted and ranked and not _is_denied(ranked[0].evidence):
        first = ranked[0]
        if later := later_count(store, query, first, ranked):
            sure = later._replace(probability=first.probability)  # as sure as that the other counts the same
            return Disagreement(sure, first, later.evidence.article, counts_later=True)
    read = [item for item in ranked if item.evidence.reading and item.evidence.words and item.probability >= SURE]
    if not read or _is_denied(read[0].evidence):
        return None
    first = read[0]
    for other in read[1:]:
        if not _may_contradict(store, query, kind, first, other):
            continue
        if not _exclude_each_other(store, kind, query, first.evidence, other.evidence):
            continue
        if are_occasions(store, counted, first.evidence, other.evidence):
            no_time = not query.time or not (query.time.order or query.time.bounded)
            alike = other.probability >= _AS_SURE * first.probability
            if no_time and alike and told_alike(query, first.evidence, other.evidence):
                return replace(_newer_first(first, other), occasions=True)
        elif not reported_apart(first.evidence, other.evidence):
            told = _contradiction(counted, first, other)
            return replace(told, replanned=bool(told.newer) and kind == "when" and _lies_ahead(first.evidence))
    return None


def _may_contradict(store: Store, query: Query, kind: Kind, first: Scored, other: Scored) -> bool:
    """Whether two answers are to the same question about the same kind of thing, and both tell what is so."""
    one, another = first.evidence, other.evidence
    if one.article.id == another.article.id:
        if not _two_say_so(one, another):
            return False
    elif _is_update(query, first, other):
        return False
    if tells_the_end(query, one) != tells_the_end(query, another):
        return False
    if _is_denied(another) or _lies_ahead(another) != _lies_ahead(one):
        return False
    if query.time and is_of_another_time(store, query.time, another):
        return False
    if kind == "where" and _may_lie_in(one, another):
        return False
    return _same_matter(query, one, another)


def _two_say_so(one: Evidence, other: Evidence) -> bool:
    """Whether two sentences of one article are what two say against each other, and no part of the same whole."""
    said_by = [speakers(item.text) for item in (one, other)]
    return all(said_by) and said_by[0].isdisjoint(said_by[1]) and not any(_OF_THEM.search(x.text) for x in (one, other))


def _contradiction(counted: bool, first: Scored, other: Scored) -> Disagreement:
    for one, wrong in ((first, other), (other, first)):
        if is_correction(one.evidence.text) and calls_wrong(one.evidence.text, wrong.evidence.words):
            return Disagreement(one, wrong, None, corrects=True)
    told = _newer_first(first, other)
    return replace(told, counts_later=True) if counted and told.newer else told


def _exclude_each_other(store: Store, kind: Kind, query: Query, one: Evidence, other: Evidence) -> bool:
    """Whether two answers cannot both be right: times by their days, where these are known."""
    if kind == "when":
        days = [when_happened(store, item) or _planned_for(store, item) for item in (one, other)]
        if all(when and when.told for when in days):
            return not share_days(days)
    return contradict(kind, query, _measured(one), _measured(other))


def _planned_for(store: Store, evidence: Evidence) -> Happened | None:
    """The days that a plan is for."""
    timex = time_of(store, evidence)
    return Happened(timex.first, timex.last, True) if timex and _lies_ahead(evidence) else None


def _newer_first(one: Scored, other: Scored) -> Disagreement:
    """Both as sides, that of the newer article first; as they are where none is known to be newer."""
    days, others = (report_days(item.evidence.article) for item in (one, other))
    if not days or not others or days[1] == others[1]:
        return Disagreement(one, other, None)
    newer, older = (one, other) if days[1] > others[1] else (other, one)
    return Disagreement(newer, older, newer.evidence.article)


def _yes_and_no(store: Store, query: Query, ranked: Sequence[Scored]) -> Disagreement | None:
    """Of the sentences that bear on a yes-or-no question the best one and one that denies what it says."""
    if not ranked:
        return None
    first = ranked[0]
    for other in ranked[1:]:
        if other.probability < _BEARS * first.probability:
            break
        one, another = first.evidence, other.evidence
        if one.article.id == another.article.id or _is_update(query, first, other):
            continue
        denied = [is_denied(item.text, *asked_place(query, item)) for item in (one, another)]
        ahead = [lies_ahead(item.text, *asked_place(query, item)) for item in (one, another)]
        if denied[0] == denied[1] or ahead[0] != ahead[1] or not same_event(query, one, another):
            continue
        said, denial = (another, one) if denied[0] else (one, another)
        if not _came_later(store, said, denial):
            return _newer_first(first, other)
    return None


def _came_later(store: Store, said: Evidence, denial: Evidence) -> bool:
    """Whether what is said happened after it was denied: "not yet passed", then "passed"."""
    when, published = when_happened(store, said), report_days(denial.article)
    return bool(when and when.told and when.first and published and when.first > published[1])


def _is_denied(evidence: Evidence) -> bool:
    return is_denied(evidence.text, *_answer_in(evidence))


def _lies_ahead(evidence: Evidence) -> bool:
    return lies_ahead(evidence.text, *_answer_in(evidence))


def _answer_in(evidence: Evidence) -> tuple[int, int]:
    """Where in a sentence the words stand that answer."""
    reading, start = evidence.reading, evidence.span.start
    return (reading.start - start, reading.end - start) if reading else (0, 1)


def _measured(evidence: Evidence) -> str:
    """The words that answer; a number with what it counts: the reader may leave the "miles" of "60 miles" out."""
    end = evidence.reading.end if evidence.reading else 0
    start = evidence.reading.start if evidence.reading else 0
    text = evidence.article.text
    after = _UNIT.match(text, end) if _ENDS_IN_NUMBER.search(evidence.words) else None
    before = BOUND.search(text, max(0, start - 40), start) if evidence.words[:1].isdigit() else None
    unit = after.group() if after and after.group().strip() not in STOP_WORDS else ""
    return (before.group() if before else "") + evidence.words + unit


def _may_lie_in(one: Evidence, other: Evidence) -> bool:
    """Whether an article names the place that another tells too: Lund, and the south of Sweden."""
    places = [new_names(item.words, None) for item in (one, other)]
    titled = [set(terms(f"{item.article.title or ''} {item.article.text}")) for item in (one, other)]
    return any(there and there <= text for there, text in zip(places, reversed(titled), strict=True))


def _is_update(query: Query, one: Scored, other: Scored) -> bool:
    """Whether the latest or the first is asked for and the reports may be of different days: none need be wrong."""
    days = [report_days(item.evidence.article) for item in (one, other)]
    of_a_day = query.time and (query.time.order or (query.time.state and query.time.bounded))
    return bool(of_a_day) and days[0] != days[1]


def _same_matter(query: Query, one: Evidence, other: Evidence) -> bool:
    """Whether two sentences are about the same: as much of the question is in both, and the years named agree."""
    if other.features.context < SHARE * max(one.features.context, SHARE):
        return False
    return other.features.names >= one.features.names and same_kind(query, one, other)
