"""What is so until it changes, on a day: who holds an office, what a thing costs, by the newest report before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence.candidates import Evidence
from assistant.evidence.event_time import Happened, may_meet
from assistant.evidence.scoring import Scored
from assistant.evidence.when import when_happened
from index.storage.store import Store
from index.times.time_request import TimeIntent

_HOLDS = 0.3
"""Sentences with this share of the best one's probability, or more, may tell what was so."""

_ENDED = re.compile(
    r"\b(?:was|were|had been|served|held|led|ran|cost|stood)\b[^.;]*\b(?:until|till)\b|\b(?:former|outgoing|ex-\w+)\b"
    r"|\b(?:resign|step|stood|stand|quit|sack|dismiss|oust|remov|retir)\w*(?: down)? as\b|\bno longer\b"
    r"|^(?:(?!\b(?:after|since|when|who|whom|which|succe\w+|replac\w+|follow\w+)\b)[^.;])*"
    r"\b(?:resigned|quit|stepped down|stood down|(?:was|were|been) (?:sacked|dismissed|ousted|removed|fired))\b"
)
"""What is so no longer: "was minister until May", "the former mayor"."""


def newest_before(intent: TimeIntent, ranked: Sequence[Scored], when: dict[int, Happened | None]) -> list[Scored]:
    """Those first that tell of the days asked for themselves, then what was so since the newest day before."""
    holds = [
        item
        for item in ranked
        if item.evidence.article.published  # in an undated one it may have been at any time
        and (found := when[id(item)])
        and found.last
        and may_meet(intent, found)
    ]
    least = _HOLDS * max((item.probability for item in holds), default=1.0)
    alike = {id(item) for item in holds if item.probability >= least}

    def place(item: Scored) -> tuple[bool, int]:
        found = when[id(item)]
        assert found and found.last
        of_then = found.told and intent.meets(found.first, found.last)
        return not of_then, -(found.first or found.last).toordinal()

    in_order = iter(sorted((item for item in ranked if id(item) in alike), key=place))
    return [next(in_order) if id(item) in alike else item for item in ranked]


def since_before(store: Store, intent: TimeIntent, evidence: Evidence) -> Happened | None:
    """When what is asked for began, as a sentence reports, if that was before the days asked for; None otherwise."""
    found = when_happened(store, evidence)
    if not intent.state or not intent.first or not evidence.article.published or not found or not found.last:
        return None
    return found if found.last < intent.first else None


def has_ended(evidence: Evidence) -> bool:
    """Whether a sentence tells of what is so no longer."""
    return bool(_ENDED.search(evidence.text))


def end_first(store: Store, ranked: Sequence[Scored]) -> list[Scored]:
    """A sentence before the first one by which what that tells has ended since, if there is one."""
    first = ranked[0]
    if has_ended(first.evidence):
        return [first.without_short, *ranked[1:]]
    began = when_happened(store, first.evidence)
    for item in ranked[1:]:
        if item.probability < _HOLDS * first.probability:
            continue
        ended = when_happened(store, item.evidence)
        newer = began and ended and began.last and ended.first and ended.first > began.last
        if newer and has_ended(item.evidence):
            others = [other for other in ranked if other is not item]
            return [item._replace(probability=first.probability).without_short, *others]
    return list(ranked)
