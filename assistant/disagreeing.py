"""Where good passages contradict each other on a number, a date or a name: both sides are told, never averaged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from assistant.answerers.extractive import Scored
from assistant.correcting import calls_wrong, is_correction
from assistant.evidence import Evidence
from assistant.excluding import contradict, new_names
from assistant.happening import clause_about, is_denied
from assistant.question import Kind, kind_of
from assistant.timing import is_of_another_time
from index.store import Store
from index.times.published import published_days, published_in_words
from index.types import Article, Query
from index.words import STOP_WORDS, terms

SURE = 0.4
"""The least probability of an answer that may contradict another."""

SHARE = 0.6
"""How much of what the better one shares with the question the other must share with it."""

ALIKE = 0.3
"""How much of the words of the shorter one both share beside their answers: the same is told, with another filling."""

_BEARS = 0.5
"""A sentence that denies what another says bears on the question at least this share as much."""

APART = 60
"""Days between two reports of the same event, at most; later ones mostly tell of the next such event."""

_TOLL = frozenset("kill die dead death toll victim casualty fatality".split())
_PEOPLE = frozenset("people person many man woman child".split())
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
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

    @property
    def code(self) -> str:
        """Of its notice."""
        return "correction" if self.corrects else "newer_count" if self.counts_later else "contradiction"

    @property
    def told(self) -> str:
        """In words for people, the newest first.

        "The articles disagree: “Tampa” (5 May 2024, newer), “Glendale” (undated)."
        """
        sides = ", ".join(_side(side, self.newer) for side in (self.first, self.other))
        if self.corrects:
            return f"A correction calls wrong what another article says: {sides}."
        if self.counts_later:
            return f"A later report counts anew what another counted before: {sides}."
        return f"The articles disagree: {sides}."


def _side(side: Scored, newer: Article | None) -> str:
    """What one side says, when it was published, and whether it is the newer one."""
    evidence = side.evidence
    when = published_in_words(evidence.article.published) + (", newer" if newer is evidence.article else "")
    return f"“{evidence.words or evidence.text}” ({when})"


def find_disagreement(store: Store, query: Query, ranked: Sequence[Scored]) -> Disagreement | None:
    """The best answer and the best of those that contradict it, the newer one first; None where none does.

    What is of other days than those asked for contradicts nothing that is of them.
    """
    if kind_of(query.text) == "yes_no":
        return _yes_and_no(query, ranked)
    read = [item for item in ranked if item.evidence.reading and item.evidence.words and item.probability >= SURE]
    if not read:
        return None
    first = read[0]
    kind = kind_of(query.text)
    for other in read[1:]:
        if other.evidence.article.id == first.evidence.article.id or _is_update(query, first, other):
            continue
        if query.time and is_of_another_time(store, query.time, other.evidence):
            continue
        if kind == "where" and _may_lie_in(first.evidence, other.evidence):
            continue
        if _same_matter(query, first.evidence, other.evidence) and contradict(
            kind, query, _measured(first.evidence), _measured(other.evidence)
        ):
            pair = [first, other]
            for one, wrong in (pair, pair[::-1]):
                if is_correction(one.evidence.text) and calls_wrong(one.evidence.text, wrong.evidence.words):
                    return Disagreement(one, wrong, None, corrects=True)
            return _newer_first(first, other)
    later = _later_count(query, kind, first, ranked)
    if later is None:
        return None
    sure = later._replace(probability=first.probability)  # as sure as that the other counts the same
    return Disagreement(sure, first, later.evidence.article, counts_later=True)


def _newer_first(one: Scored, other: Scored) -> Disagreement:
    """Both as sides, that of the newer article first; as they are where none is known to be newer."""
    days, others = (published_days(item.evidence.article.published) for item in (one, other))
    if not days or not others or days[1] == others[1]:
        return Disagreement(one, other, None)
    newer, older = (one, other) if days[1] > others[1] else (other, one)
    return Disagreement(newer, older, newer.evidence.article)


def _yes_and_no(query: Query, ranked: Sequence[Scored]) -> Disagreement | None:
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
        if _denies(query, one) != _denies(query, another) and _same_event(query, one, another):
            return _newer_first(first, other)
    return None


def _denies(query: Query, evidence: Evidence) -> bool:
    begin, _ = clause_about(evidence.text, {word for words in query.terms.values() for word in words})
    return is_denied(evidence.text, begin, begin + 1)


def _later_count(query: Query, kind: Kind, first: Scored, ranked: Sequence[Scored]) -> Scored | None:
    """The newest count of the dead of the same event, where it is newer than that of the best sentence.

    A toll rises from day to day, and is told in other words each day: the reader seldom takes "the toll rose to 33"
    for an answer to "how many did it kill?".
    """
    counted_on = published_days(first.evidence.article.published)
    if kind != "how_many" or counted_on is None or _TOLL.isdisjoint(query.terms):
        return None
    about = {term for term in query.terms if term not in STOP_WORDS | _TOLL | _PEOPLE}
    newest, found = counted_on[1], None
    for item in ranked:
        evidence = item.evidence
        days = published_days(evidence.article.published)
        if not days or not newest < days[0] <= counted_on[1] + timedelta(days=APART):
            continue
        counts = evidence.features.names == 1 and about <= evidence.terms and not _TOLL.isdisjoint(evidence.terms)
        if counts and contradict(kind, query, _measured(first.evidence), _measured(evidence)):
            newest, found = days[1], item
    return found


def _measured(evidence: Evidence) -> str:
    """The words that answer; a number with what it counts: the reader may leave the "miles" of "60 miles" out."""
    end = evidence.reading.end if evidence.reading else 0
    after = _UNIT.match(evidence.article.text, end) if _ENDS_IN_NUMBER.search(evidence.words) else None
    return evidence.words + (after.group() if after else "")


def _may_lie_in(one: Evidence, other: Evidence) -> bool:
    """Whether an article names the place that another tells too: Lund, and the south of Sweden."""
    places = [new_names(item.words, None) for item in (one, other)]
    titled = [set(terms(f"{item.article.title or ''} {item.article.text}")) for item in (one, other)]
    return any(there and there <= text for there, text in zip(places, reversed(titled), strict=True))


def _is_update(query: Query, one: Scored, other: Scored) -> bool:
    """Whether the latest or the first is asked for and the reports may be of different days: none need be wrong."""
    days = [published_days(item.evidence.article.published) for item in (one, other)]
    return bool(query.time and query.time.order and days[0] != days[1])


def _same_matter(query: Query, one: Evidence, other: Evidence) -> bool:
    """Whether two sentences are about the same: as much of the question is in both, and the years named agree."""
    if other.features.context < SHARE * max(one.features.context, SHARE):
        return False
    return other.features.names >= one.features.names and _same_event(query, one, other)


def _same_event(query: Query, one: Evidence, other: Evidence) -> bool:
    """Whether two sentences share what they have of the question and much beside it, and their times may agree."""
    asked = _as_toll(term for term in query.terms if term not in STOP_WORDS)
    mine, yours = asked & _as_toll(one.terms), asked & _as_toll(other.terms)
    if len(mine & yours) < SHARE * max(1, min(len(mine), len(yours))):
        return False
    days = [published_days(item.article.published) for item in (one, other)]
    if days[0] and days[1] and abs((days[0][1] - days[1][1]).days) > APART:
        return False
    said = [_as_toll(item.terms - set(terms(item.words)) - STOP_WORDS) for item in (one, other)]
    if len(said[0] & said[1]) < ALIKE * max(1, min(map(len, said))):
        return False
    outside = [_YEAR.findall(item.text.replace(item.words, " ") if item.words else item.text) for item in (one, other)]
    return not (outside[0] and outside[1] and set(outside[0]).isdisjoint(outside[1]))


def _as_toll(words: Iterable[str]) -> set[str]:
    """Terms, with one for all that a death toll is told with: "killed 12", "the dead are 12", "a toll of 12"."""
    return {"toll" if word in _TOLL else word for word in words}
