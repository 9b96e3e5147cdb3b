"""When a text says that something is: "on Tuesday", "last July", "two days later", as runs of days.

Such an expression is called a timex, after TimeML (Pustejovsky and others 2003). It is resolved against the day of
publication, never against today, by the conventions of news: a weekday or a month without a year is the last one,
unless the words around it speak of what is to come. Without that day only what is absolute resolves, and what hangs on
it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from index.times.days import COARSENESS, WEEKDAYS, Days, Precision, moved, unit_around
from index.times.patterns import matches
from index.times.rules import Around, Rule, counted, hanging
from index.times.tense import is_future
from index.types import Span

DERIVED = (
    "as said",
    "absolute",
    "absolute, if day and month are not the other way round",
    "before publication",
    "in the year of publication",
    "after publication",
    "from the text",
)
"""How the days of an expression were found."""


@dataclass(frozen=True, slots=True)
class Timex:
    """An expression of time: where it stands, and the days it stands for, both ends included.

    ``first`` or ``last`` is None at an open end; both and ``precision`` are None where the days are not known.
    """

    start: int
    end: int
    first: date | None = None
    last: date | None = None
    precision: Precision | None = None
    derived: str = "as said"
    """How the days were found, one of ``DERIVED``."""

    @property
    def resolved(self) -> bool:
        """Whether it is known which days are meant."""
        return self.precision is not None


_SAME_VERB = (" and ", " or ", ", ", ", not ", ", not on ")
"""Between times that have one verb: "on Monday and Tuesday"."""

_SINCE = re.compile(r"\bsince(?: at least)?(?: (?:the|early|late|last))? $", re.IGNORECASE)
"""What it leads to is past, whatever the verb says: "Since Monday no wheat may leave"."""

_RANGE = re.compile(r" (?:to|until|till|through)\b")
_WOULD = re.compile(r"\bwould\b")
_LEAD = re.compile(
    r"\b(?:(since|until|till|by|before|after|from|not? (?:earlier|sooner|later) than)"
    r"(?: at least)?(?: (?:the|early|late))?"
    r"|(since|until|till|by|from)(?: at least)? (?:\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?|noon|midnight) on)\s$",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"(?:\b(?:not|never|cannot|nobody|nothing|no)|n['’]t)\b(?:(?!\b(?:that|when|which|who|but)\b)[^.;,:])*$",
    re.IGNORECASE,
)
"""What is not so before a time, or after it, is so from then on, or up to then: "will not open before May"."""

_OF_MAY = re.compile(
    r"\b(?:the|in|of|since|by|until|till|from|to|and|or|between|last|next|this|early|late|mid-?|through|during|before"
    r"|after)\s$",
    re.IGNORECASE,
)


def find_times(
    text: str, sentences: Sequence[Span], published: date | None, *, day_first: bool = True, coming: bool = False
) -> list[Timex]:
    """The expressions of time in the sentences of a text, in order.

    ``published`` is the day they were published, None where that is not known; ``day_first`` reads 03/04/2025 as 3
    April; ``coming`` takes for the next whatever may be the next or the last.

    Days outside the years 1 to 9999, and days that do not exist, are left as said.

    >>> [timex] = find_times("They last spoke in July.", [Span(0, 24)], date(2026, 2, 10))
    >>> timex.first, timex.last, timex.derived
    (datetime.date(2025, 7, 1), datetime.date(2025, 7, 31), 'before publication')
    """
    found: list[Timex] = []
    for span in sentences:
        found += _in_sentence(text[span.start : span.end], span.start, found[-3:], published, day_first, coming)
    return _as_history(text, sentences, found, published, day_first) if _is_history(text, found, published) else found


_FEWEST_YEARS = 8
"""Of a text that is a history, at least; the shares below were chosen on WikiWars and on 1,068 news texts."""
_MOSTLY = 0.9
_IN_ORDER = 0.65
_SELDOM = 0.02
_LONG_AGO = timedelta(days=2 * 366)
_OF_NOW = re.compile(
    rf"\b(?:(?:{'|'.join(WEEKDAYS)})(?!,)|yesterday|today|tomorrow|now|this|these|ago|(?<!the )(?:last|next))\b",
    re.IGNORECASE,
)


def _is_history(text: str, times: Sequence[Timex], published: date | None) -> bool:
    """Whether a text tells of times long past in their order, and not of now: days without a year go on from them.

    Nearly all that it dates with a year is long past and told in order, and it hardly says "on Tuesday" or "last week".
    """
    of_now = sum(bool(_OF_NOW.search(text[max(0, one.start - 4) : one.end])) for one in times)
    if published is None or of_now > _SELDOM * len(times):
        return False
    named = [one.first for one in times if one.derived == "absolute" and one.first]
    past = sum(published - day > _LONG_AGO for day in named)
    ordered = sum(one <= other for one, other in pairwise(named))
    return past >= _FEWEST_YEARS and past >= _MOSTLY * len(named) and ordered >= _IN_ORDER * (len(named) - 1)


def _as_history(
    text: str, sentences: Sequence[Span], times: Sequence[Timex], published: date | None, day_first: bool
) -> list[Timex]:
    """The expressions of a history: each without a year goes on from the last before it."""
    found: list[Timex] = []
    reached: date | None = None
    for span in sentences:
        said = text[span.start : span.end]
        own = _in_sentence(said, span.start, found[-3:], published, day_first, False, reached)
        found += own
        told = [one.first or one.last for one in own if one.resolved and one.derived in ("absolute", "from the text")]
        reached = next((day for day in reversed(told) if day), reached)
    return found


def of_either(times: Sequence[Timex], others: Sequence[Timex]) -> list[Timex]:
    """The same expressions resolved against two days, of which one is right: from the earlier days to the later.

    >>> said = "It sank on Tuesday.", [Span(0, 19)]
    >>> [timex] = of_either(find_times(*said, date(2025, 3, 1)), find_times(*said, date(2025, 3, 6)))
    >>> timex.first, timex.last, timex.precision
    (datetime.date(2025, 2, 25), datetime.date(2025, 3, 4), 'month')
    """
    return [one if one == other else _hull(one, other) for one, other in zip(times, others, strict=True)]


def _hull(one: Timex, other: Timex) -> Timex:
    if not one.precision or not other.precision:
        return Timex(one.start, one.end)
    first = min(one.first, other.first) if one.first and other.first else None
    last = max(one.last, other.last) if one.last and other.last else None
    coarsest = max(one.precision, other.precision, key=COARSENESS.index)
    if first and last:
        length = (last - first).days + 1
        coarsest = max(coarsest, next(name for days, name in _LENGTHS if length <= days), key=COARSENESS.index)
    return replace(one, first=first, last=last, precision=coarsest)


_LENGTHS: tuple[tuple[float, Precision], ...] = (
    (1, "day"), (7, "week"), (31, "month"), (92, "season"), (184, "half"), (366, "year"), (float("inf"), "decade"),
)  # fmt: skip


def _in_sentence(
    sentence: str,
    offset: int,
    before: Sequence[Timex],
    published: date | None,
    day_first: bool,
    coming: bool,
    reached: date | None = None,
) -> list[Timex]:
    matches = _matches(sentence)
    times: list[Timex] = []
    year: int | None = None
    future = False
    for number, (match, rule) in enumerate(matches):
        after = matches[number + 1][0].start() if number + 1 < len(matches) else len(sentence)
        beside = sentence[matches[number - 1][0].end() : match.start()] if number else ""
        if beside not in _SAME_VERB:
            future = coming or is_future(sentence, match.start(), match.end(), after)
            future = future or (published is not None and _is_nearer_ahead(sentence, match, published))
        future = future and not _SINCE.search(sentence, 0, match.start())
        told_at = _told_at(sentence, match, times) if future else None
        around = Around(told_at or published, future, year, day_first, reached)
        timex = Timex(offset + match.start(), offset + match.end())
        try:
            told = rule(match, around)
        except (ValueError, OverflowError):  # no such day, or no such year
            told = None
        if told:
            first, last, precision, derived = *told[0], told[1]
            timex = replace(timex, first=first, last=last, precision=precision, derived=derived)
            if derived == "absolute":
                year = first.year
        times.append(timex)
    for number, (match, rule) in enumerate(matches):
        if rule is hanging:
            times[number] = _hang(match, times[number], [*before, *times[:number]], times[number + 1 :])
    return [_bounded(sentence, timex, offset, published) for timex in times]


_HAD_BEEN = re.compile(r"\bhad been (?:due|expected|scheduled|set|planned|meant) (?:to|for|on)\b[^,;]*$")


def _is_nearer_ahead(sentence: str, match: re.Match[str], published: date) -> bool:
    """Whether a weekday for which something had been due is rather the next: of the last and the next the nearer."""
    named = [number for number, name in enumerate(WEEKDAYS) if match.group() == name]
    if not named or not _HAD_BEEN.search(sentence[: match.start()]):
        return False
    return 0 < (named[0] - published.weekday()) % 7 <= 3


def _told_at(sentence: str, match: re.Match[str], times: Sequence[Timex]) -> date | None:
    """When somebody said "would", if the sentence tells: what follows comes after that."""
    if times and _WOULD.search(sentence, max(0, match.start() - 300), match.start()):
        return times[-1].last
    return None


_PERSON = re.compile(
    r"Jan [A-Z][a-z]|(?<!.)(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day [A-Z][a-z]+"
    r"(?:, (?:who|the|an?|\d)| (?:has|had|was|is)\b| [a-z]+ed\b)"
)
"""Jan Holt, and Sunday Okafor, who begins a sentence."""


def _matches(sentence: str) -> list[tuple[re.Match[str], Rule]]:
    """What the rules match, the longest where they overlap."""
    candidates = [
        (match, rule)
        for match, rule in matches(sentence)
        if not _PERSON.match(sentence, match.start())
        and (
            match.group() not in ("May", "March") or _OF_MAY.search(sentence, max(0, match.start() - 20), match.start())
        )
    ]
    candidates.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    taken: list[tuple[re.Match[str], Rule]] = []
    for match, rule in candidates:
        if not taken or match.start() >= taken[-1][0].end():
            taken.append((match, rule))
    return taken


def _bounded(sentence: str, timex: Timex, offset: int, published: date | None) -> Timex:
    """ "Since May" lasts up to the publication; "until May" has no beginning."""
    lead = _LEAD.search(sentence, max(0, timex.start - offset - 40), timex.start - offset)
    if not lead or not timex.first or not timex.last or sentence[timex.end - offset :].startswith(("'", "’")):
        return timex
    word = (lead[1] or lead[2]).lower()
    if word in ("until", "till", "before", "after") and _NEGATED.search(sentence[: lead.start()]):
        word = "not " + word
    match word:
        case "not until" | "not till" if published and timex.last <= published:
            return timex  # "did not open until May": it did then
        case "not until" | "not till" | "not before":
            return replace(timex, last=None)
        case "not after":
            return replace(timex, first=None)
        case "since":
            return replace(timex, last=published if published and published >= timex.first else None)
        case "from" if (
            timex.derived == "after publication"
            and timex.first == timex.last
            and not _RANGE.match(sentence, timex.end - offset)
        ):
            return replace(timex, last=None)
        case "until" | "till" | "by":
            return replace(timex, first=None)
        case _ if word.endswith("than"):
            return replace(timex, first=None) if "later" in word else replace(timex, last=None)
        case "before" if timex.first > date.min:
            return replace(timex, first=None, last=timex.first - timedelta(days=1))
        case "after" if timex.last < date.max:
            return replace(timex, first=timex.last + timedelta(days=1), last=None)
        case _:
            return timex


EXACTLY: dict[str, Precision] = {
    "day": "day", "week": "day", "fortnight": "day", "month": "month", "year": "month"
}  # fmt: skip
LOOSELY: dict[str, Precision] = {
    "day": "day", "week": "week", "fortnight": "week", "month": "month", "year": "year"
}  # fmt: skip


def _hang(match: re.Match[str], timex: Timex, before: Sequence[Timex], after: Sequence[Timex]) -> Timex:
    """What is so long before or after another time that the text names."""
    groups = match.groupdict()
    way = groups["way"].lower()
    on_next = way in ("after", "before", "since")
    anchor = next((other for other in (after if on_next else reversed(before)) if other.resolved and other.first), None)
    if anchor is None or anchor.first is None or anchor.precision is None:
        return timex
    unit = match["unit"].lower()
    count = counted(match) if groups.get("count") else 1
    sign = {"earlier": -1, "before": -1, "previous": -1, "same": 0}.get(way, 1)
    try:
        first = moved(anchor.first, unit, sign * count)
        # "Two years after" a day is known to the month; "nearly two years" or "the following year" only to the year.
        loose = bool(groups.get("about") or not groups.get("count"))
        least: Precision = (LOOSELY if loose else EXACTLY).get(unit, "decade" if loose else "year")
        precision = max(least, anchor.precision, key=COARSENESS.index)
        if precision in ("season", "half", "quarter"):
            length = (anchor.last or anchor.first) - anchor.first
            days: Days = (first, first + length, precision)
        else:
            days = unit_around(first, precision)
    except (ValueError, OverflowError):
        return timex
    return replace(timex, first=days[0], last=days[1], precision=days[2], derived="from the text")
