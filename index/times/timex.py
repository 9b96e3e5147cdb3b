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

from index.languages.en.given_up import (
    AND_IS_NOT,
    FOLLOWS_GIVEN_UP,
    HAD_BEEN_MEANT,
    MEANT_FOR,
    MOVED_FROM,
    MOVED_TO_FROM,
    TO_ANOTHER,
)
from index.times.days import COARSENESS, MONTHS, WEEKDAYS, Days, Precision, a_year
from index.times.expression import Timex
from index.times.hanging import hang_on, hang_within
from index.times.narrative import is_history, years_told_of
from index.times.patterns import matches
from index.times.rules import Around, Rule, Unit, hanging, hanging_day, hanging_in, read_weekday, year_of
from index.times.tense import is_future, is_past, is_told_of_then
from index.types import Span

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
    r"|after|for|as|than|least|both|on)\s$",
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
    told = _Told(text, published, day_first, coming)
    for span in sentences:
        found += told.sentence(span, found[-3:])
    history = is_history(text, found, published)
    told_of: frozenset[int] = frozenset() if history else years_told_of(text, found, published)
    if not history and not told_of:
        return found
    found = []
    told = _Told(text, published, day_first, coming, history=history, told_of=told_of)
    for span in sentences:
        found += told.sentence(span, found[-3:])
    return found


_YEARS_AGO = timedelta(days=5 * 366)
_HEADING_YEAR = re.compile(r"\W*((?:1[5-9]|20)\d\d)\b(?![ -]?(?:[–-]|to)[ -]?\d)")


_SPACE = re.compile(r"\s")


class _Told:
    """Sentence by sentence what a text tells of times, and the day it has come to.

    A history goes on from that day throughout. In any other text a day without a year goes on only from a full date of
    years ago in the sentence before it: "In January 1945 the armies attacked. On 4 February the leaders met.", and from
    a year of which several sentences tell (``years_told_of``).
    """

    def __init__(
        self,
        text: str,
        published: date | None,
        day_first: bool,
        coming: bool,
        *,
        history: bool = False,
        told_of: frozenset[int] = frozenset(),
    ) -> None:
        self.text, self.published, self.day_first, self.coming = text, published, day_first, coming
        self.history, self.told_of = history, told_of
        self.reached: Days | None = None
        self.in_run = self.silent = False
        self.end = 0

    def sentence(self, span: Span, before: Sequence[Timex]) -> list[Timex]:
        """The expressions of one sentence; ``before`` are the last ones of those before it."""
        said = _SPACE.sub(" ", self.text[span.start : span.end])  # a line break or a hard space is one, too
        if not self.history and not self.in_run and (self.silent or "\n" in self.text[self.end : span.start]):
            self.reached = None
        self.end = span.end
        if self.history and not span.evidence and (year := _HEADING_YEAR.match(said)):
            self.reached = a_year(int(year[1]))
        place = _Place(self.published, self.day_first, self.coming, self.reached, self.history)
        own, ahead = _in_sentence(said, span.start, before, place)
        told = [one for one, coming in zip(own, ahead, strict=True) if not coming]
        self.silent = not told
        for one in told:
            self._go_on(one)
        return own

    def _go_on(self, one: Timex) -> None:
        if not one.units or one.derived not in ("absolute", "from the text"):
            if not self.history and one.resolved:
                self.reached, self.in_run = None, False
            return
        days = one.units[0].days
        begins_run = one.start in self.told_of
        exact = days[2] in ("day", "week", "month", "season") or begins_run
        if self.history:
            if exact or not self.reached or days[2] == "year":
                self.reached = days
        elif exact:
            whole = (one.first, one.last) == (days[0], one.units[-1].days[1])
            past = self.published is not None and self.published - days[0] > _YEARS_AGO
            self.in_run = begins_run or (self.in_run and one.derived == "from the text")
            if whole:
                self.reached = days if past else None


@dataclass(frozen=True, slots=True)
class _Place:
    """What a sentence does not tell itself."""

    published: date | None
    day_first: bool
    coming: bool
    reached: Days | None
    history: bool


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


def _in_sentence(sentence: str, offset: int, before: Sequence[Timex], place: _Place) -> tuple[list[Timex], list[bool]]:
    """The expressions of a sentence, and of each whether it is told of what is to come."""
    published = place.published
    matches = _matches(sentence)
    times: list[Timex] = []
    ahead: list[bool] = []
    year: int | None = None
    year_at = 0
    future = False
    reached, of_now = place.reached, False
    for number, (match, rule) in enumerate(matches):
        after = _end_of_clause(sentence, matches, number)
        beside = sentence[matches[number - 1][0].end() : match.start()] if number else ""
        if beside not in _SAME_VERB:
            future = place.coming or is_future(sentence, match.start(), match.end(), after)
            if published is not None and _is_meant_for_weekday(sentence, match):
                future = _is_nearer_ahead(match, published)
        since = bool(_SINCE.search(sentence, 0, match.start()))
        future = future and not since
        past = since or (not future and is_past(sentence, match.start()))
        told_at = _told_at(sentence, match, times) if future else None
        if not (place.history or not (future or of_now)):
            reached = None
        named = year
        if future and year and published and year < published.year and not told_at:
            named = year if is_told_of_then(sentence, year_at, match.start()) else None
        if past and named and published and named > published.year:
            named = None
        if number + 1 < len(matches) and not named:
            named = _year_behind(sentence, match, matches[number + 1][0])
        around = Around(told_at or published, future, named, place.day_first, reached, past)
        timex = Timex(offset + match.start(), offset + match.end())
        try:
            told = rule(match, around)
        except (ValueError, OverflowError):  # no such day, or no such year
            told = None
        if told:
            first, last, precision = told.days
            derived = told.derived
            shown = told.units or (Unit(*match.span(), told.days),)
            units = tuple(one._replace(start=offset + one.start, end=offset + one.end) for one in shown)
            timex = replace(timex, first=first, last=last, precision=precision, derived=derived, units=units)
            if reached and units[0].days[2] in ("day", "week", "month"):
                reached = units[0].days
            if derived == "absolute" and precision not in ("decade", "century"):
                year, year_at = first.year, match.start()
        of_now = of_now or (timex.resolved and timex.derived not in ("absolute", "from the text"))
        times.append(timex)
        ahead.append(future)
    for number, (match, rule) in enumerate(matches):
        earlier = [*before, *times[:number]]
        if rule is hanging:
            times[number] = hang_on(sentence, match, times[number], earlier, times[number + 1 :])
        elif rule in (hanging_in, hanging_day) or match.groupdict().get("of_year") == "that":
            times[number] = hang_within(match, rule, times[number], earlier)
    _turn_weekdays(sentence, matches, times, published)
    bounded = [_bounded(sentence, timex, offset, published) for timex in times]
    return [
        replace(timex, given_up=is_given_up(sentence, *match.span())) if timex.precision in _EXACT else timex
        for timex, (match, _) in zip(bounded, matches, strict=True)
    ], ahead


_EXACT = ("day", "week", "month")


_TO = re.compile(r" (?:to|until|till|through) ")


def _turn_weekdays(
    sentence: str, matches: Sequence[tuple[re.Match[str], Rule]], times: list[Timex], published: date | None
) -> None:
    """From Monday to Friday: the second is behind the first, in the week to come or in the one that has passed."""
    for number, ((match, rule), (other, following)) in enumerate(pairwise(matches)):
        one, two = times[number], times[number + 1]
        if not (rule is following is read_weekday and _TO.fullmatch(sentence, match.end(), other.start())):
            continue
        if published and one.first and two.first and two.first < one.first:
            if one.first >= published:
                times[number + 1] = _moved(two, 7)
            else:
                times[number] = _moved(one, -7)


def _moved(timex: Timex, days: int) -> Timex:
    assert timex.first and timex.last
    first, last = timex.first + timedelta(days=days), timex.last + timedelta(days=days)
    return replace(timex, first=first, last=last, units=(Unit(timex.start, timex.end, (first, last, "day")),))


def _end_of_clause(sentence: str, matches: Sequence[tuple[re.Match[str], Rule]], number: int) -> int:
    """Where the next time stands that has a verb of its own: not the Tuesday of "Monday and Tuesday"."""
    for (match, _), (other, _) in pairwise(matches[number:]):
        if sentence[match.end() : other.start()] not in _SAME_VERB:
            return other.start()
    return len(sentence)


_JOINS = re.compile(r"(?: ?(?:and|or|to|through|until|,|[–/-]) ?)(?:(?:in|on|the|early|mid|late)[ -])*")
_MONTH_OR_SEASON = re.compile(
    rf"\b(?:({'|'.join(month[:3] for month in MONTHS)})|(?:spring|summer|autumn|fall|winter)\b)"
)


def _year_behind(sentence: str, match: re.Match[str], other: re.Match[str]) -> int | None:
    """The year that stands behind the next expression only: "in April and June 1955"."""
    year = other.groupdict().get("year")
    if not year or not _JOINS.fullmatch(sentence[match.end() : other.start()]):
        return None
    one, two = _MONTH_OR_SEASON.search(match.group()), _MONTH_OR_SEASON.search(other.group())
    if not one or not two:
        return None
    later = bool(one[1] and two[1]) and _SHORT.index(one[1]) > _SHORT.index(two[1])
    return year_of(year) - later


_SHORT = [month[:3] for month in MONTHS]


def _is_meant_for_weekday(sentence: str, match: re.Match[str]) -> bool:
    """Whether something had been due on a weekday, or was and is called off: it is the nearer of two."""
    return match.group() in WEEKDAYS and _is_no_more_meant(sentence, *match.span())


def is_given_up(sentence: str, start: int, end: int) -> bool:
    """Whether something had been meant for the time between two places of a sentence, and is not.

    >>> said = "The talks had been due on Monday but were moved to Friday."
    >>> is_given_up(said, 26, 32), is_given_up(said, 51, 57)
    (True, False)
    """
    nearby = max(0, start - _NEARBY)
    if MOVED_TO_FROM.search(sentence, nearby, start):
        return True
    if TO_ANOTHER.match(sentence, end) and MOVED_FROM.search(sentence, nearby, start):
        return True
    return _is_no_more_meant(sentence, start, end)


def _is_no_more_meant(sentence: str, start: int, end: int) -> bool:
    nearby = max(0, start - _NEARBY)
    if HAD_BEEN_MEANT.search(sentence, nearby, start):
        return bool(AND_IS_NOT.match(sentence, end))
    meant = MEANT_FOR.search(sentence, nearby, start) or sentence[end : end + 2] in ("'s", "’s")
    return bool(meant and FOLLOWS_GIVEN_UP.match(sentence, end))


_NEARBY = 200


def _is_nearer_ahead(match: re.Match[str], published: date) -> bool:
    return 0 < (WEEKDAYS.index(match.group()) - published.weekday()) % 7 <= 3


def _told_at(sentence: str, match: re.Match[str], times: Sequence[Timex]) -> date | None:
    """When somebody said "would", if the sentence tells: what follows comes after that."""
    would = _WOULD.search(sentence, max(0, match.start() - 300), match.start())
    exact = times and times[-1].precision in ("day", "week", "month") and not match.groupdict().get("which")
    if exact and would and not re.search(r"[.?!]['”\"’]? ", sentence[would.end() : match.start()]):
        return times[-1].last
    return None


_PERSON = re.compile(
    r"Jan [A-Z][a-z]|(?:Sun|Mon|Wednes|Satur)day (?:Times|Telegraph|Mail|Mirror|Express|Herald|Post|Night Live)\b"
    r"|(?<!.)(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|April|May|June|August) [A-Z][a-z]+"
    r"(?:, (?:who|the|an?|\d)| (?:has|had|was|is)\b| [a-z]+ed\b)"
)
"""Jan Holt, and Sunday Okafor, who begins a sentence."""


_PROGRAMME = re.compile(r"(?:This|Last|Next) (?:Week|Weekend|Month|Year|Night)")
_LOWER = re.compile(r"\b(?!with|from|into|over|after|upon|than|that)[a-z]{4,}\b")
"""Not a headline, in which "Last Week" is a time."""


_EACH = re.compile(
    rf"\b(?:every|each) (?:(?:other|second|third|single) )?(?:(?:{'|'.join(WEEKDAYS)})(?:,| and| or|, and) )*$",
    re.IGNORECASE,
)
"""No day is meant, but all such days: "every Monday and Thursday"."""


def _matches(sentence: str) -> list[tuple[re.Match[str], Rule]]:
    """What the rules match, the longest where they overlap."""
    candidates = [
        (match, rule)
        for match, rule in matches(sentence)
        if not _PERSON.match(sentence, match.start())
        and not _EACH.search(sentence, max(0, match.start() - 40), match.start())
        and not (_PROGRAMME.fullmatch(match.group()) and _LOWER.search(sentence))
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
