"""Whether what a sentence reports has happened, and on which days: by the clause that tells of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from index.times.intent import REPORTED_WITHIN, TimeIntent
from index.times.published import published_days
from index.times.timex import Timex
from index.types import Article
from index.words import terms

_AHEAD = re.compile(
    r"\b(?:will|would|may|might|could|should|can|shall|(?i:if|unless|whether)"
    r"|(?:plan|hope|intend|aim|want|vow|agree|promise"
    r"|prepare|expect|seek|offer|threaten|propose)(?:s|d|ed|ned|ning|ing|ring)? (?:to|for|a|an|the)"
    r"|(?:is|are|was|were) (?:to|preparing|planning|due|set|expected|scheduled|likely|about|ready|willing)"
    r"|resum(?:e|ing)|cancelled|canceled|postponed|called off"
    r"|proposal|upcoming|forthcoming)\b"
)
"""What makes of an event a plan, a wish or a condition."""

_NOT = re.compile(r"\b(?:(?i:no longer|never|neither)|not(?! (?:only|until|before|since)\b))\b|n['’]t\b")
_BREAK = re.compile(
    r"[;—–] ?|, (?=(?:and|but|while|which|who|though|although|not|rather|ahead|before)\b)|\bbut\b"
    r"|\band (?=(?:could|may|might|will|would|is|are|was|were|has|have|had|said|says)\b)|(?<=\w) (?=not \d)"
    r"|, (?=(?:and |but )?(?:could|may|might|will|would)\b)"
)
"""Between what happened and what is told beside it: "rose to 33 and could rise further"."""

_LEADING = re.compile(r"\W*(?:After|Before|Since|Following|Despite|When|While|As|Ahead of|Until|Once)\b[^,]*, ")
_PLANNED_FOR = re.compile(
    r"\b(?:planned|scheduled|set|due|expected|originally meant|slated|billed)(?: to [a-z]+)?(?: (?:for|on|in|by))?"
    r"(?: the)?\s*$"
)
_DAYS_BEFORE = timedelta(days=6)
"""What was so long before a week may be of it."""

_SAID = re.compile(
    r"\b(?:said|told|announced|stated|wrote|added|warned|confirmed|declared|believed)\b"
    r"(?:\W+\w+){0,2}?\W+(?:(?:on|in) )?$"
)
"""A verb whose own time follows: "said on Tuesday"."""


class Happened(NamedTuple):
    """The days on which an event happened; ``told`` is whether the sentence itself tells them."""

    first: date | None
    last: date | None
    told: bool


def may_meet(intent: TimeIntent, when: Happened) -> bool:
    """Whether an event may have happened in the days asked for.

    What is only known from the day of the report happened in the month before it.
    """
    if when.last and not when.told:
        return intent.meets(when.last - REPORTED_WITHIN, when.last)
    if when.last and _is_a_week(intent):  # on a Friday, "this week" began on Saturday for many
        return intent.meets(when.first, when.last + _DAYS_BEFORE)
    return intent.meets(when.first, when.last)


def _is_a_week(intent: TimeIntent) -> bool:
    return bool(intent.first and intent.last and (intent.last - intent.first).days == 6)


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause of a sentence begins and ends that holds some of its words.

    >>> text = "The toll rose to 33 and could rise further."
    >>> text[slice(*clause_around(text, 17, 19))]
    'The toll rose to 33 '
    """
    first, last = 0, len(text)
    for found in _BREAK.finditer(text):
        if found.end() <= start:
            first = found.end()
        elif found.start() >= end:
            last = found.start()
            break
    return first, last


def clause_about(text: str, about: Collection[str]) -> tuple[int, int]:
    """Where the clause of a sentence begins and ends that has most of some terms."""
    ends = [0, *(found.end() for found in _BREAK.finditer(text)), len(text)]
    return max(pairwise(ends), key=lambda place: len(set(terms(text[slice(*place)])).intersection(about)))


def lies_ahead(text: str, start: int, end: int) -> bool:
    """Whether a clause makes a plan, a wish or a condition of the event at some of its words."""
    first, last = clause_around(text, start, end)
    before = text[first:start]
    if _SAID.search(before) and not _AHEAD.search(before):  # "said on Tuesday that he was preparing": he did say it
        return False
    return bool(_AHEAD.search(text, first, last) or _PLANNED_FOR.search(text[first:start]))


def is_denied(text: str, start: int, end: int) -> bool:
    """Whether the clause around some words of a sentence says that it did not happen."""
    return bool(_NOT.search(text, *clause_around(text, start, end)))


def happened(
    article: Article, times: Sequence[Timex], start: int, end: int, words: tuple[int, int] | None
) -> Happened | None:
    """When what the sentence at some place reports happened: as it tells, else before it was published.

    ``words`` is where in the article the words that matter stand, ``times`` are those of the article. None for what
    did not happen; both days are None where they are not known.
    """
    text = article.text[start:end]
    at = (words[0] - start, words[1] - start) if words else _main(text)
    if is_denied(text, *at) or lies_ahead(text, *at):
        return None
    days = published_days(article.published)
    if timex := event_time(times, start, end, words, days[1] if days else None):
        return Happened(timex.first, timex.last, True)
    return Happened(None, days[1], False) if days else Happened(None, None, False)


def event_time(
    times: Sequence[Timex], start: int, end: int, words: tuple[int, int] | None, published: date | None
) -> Timex | None:
    """Which of the times in a sentence is that of its event: in the words that matter, else nearest to them.

    Without such words it is the newest. What lies after the day of publication, if one is given, is none.
    """
    known = [
        timex
        for timex in times
        if start <= timex.start
        and timex.end <= end
        and timex.resolved
        and not (published and timex.derived == "after publication")
        and not (published and timex.first and timex.first > published)
    ]
    if words is None:
        return max(known, key=lambda timex: timex.last or timex.first or date.min, default=None)
    return min(known, key=lambda timex: max(timex.start - words[1], words[0] - timex.end, 0), default=None)


def main_time(text: str, times: Sequence[Timex], start: int) -> Timex:
    """The time of a sentence's main clause: the first that does not stand in "After the scandal of 3 May, …".

    ``times``, one at least, are those in the sentence, which begins at ``start``.
    """
    lead = _LEADING.match(text)
    after = [timex for timex in times if lead and timex.start >= start + lead.end()]
    return (after or list(times))[0]


def _main(text: str) -> tuple[int, int]:
    """The main clause of a sentence of which nothing is known to matter more: the first."""
    lead = _LEADING.match(text)
    begin = lead.end() if lead else 0
    return begin, begin + 1
