"""The expressions of time that are known: a pattern each, and what its words stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from index.languages.en import numbers
from index.languages.en.numbers import ONES, SPELLED, TEENS, TENS, count_of
from index.times.days import (
    MONTHS,
    WEEKDAYS,
    Days,
    Precision,
    a_day,
    a_half,
    a_month,
    a_quarter,
    a_season,
    a_week,
    a_year,
    moved,
    near_season,
    part_of,
    shifted_unit,
    unit_around,
    years,
)  # fmt: skip
from index.times.holidays import HOLIDAYS


class Unit(NamedTuple):
    """A calendar unit that an expression names: of "late May" May, of "6–7 May" each of the two days."""

    start: int
    end: int
    days: Days
    mod: str = ""
    """As TIMEX3 has it: START, MID, END, APPROX, or nothing."""


class Told(NamedTuple):
    """What a rule makes of a match."""

    days: Days
    derived: str
    units: tuple[Unit, ...] = ()
    """Where the days are no calendar unit, or are more than one."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a rule may look at beside its own words."""

    published: date | None
    future: bool
    """Whether the words around speak of what is to come."""
    year: int | None
    """That the sentence names before."""
    day_first: bool
    reached: Days | None = None
    """The days that a history has come to; None in any other text."""
    past: bool = False
    """Whether the verb before it, or "since", tells that it has been."""


MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|\b(?! [a-z])))"
)
MONTH_2 = MONTH.replace("<month>", "<month2>")
WEEKDAY = (
    rf"(?P<weekday>{'|'.join(f'{day}|{day.upper()}' for day in WEEKDAYS)}"
    r"|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.(?=,? [\w(]))"
)
DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_ORDINAL_DAYS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth"
    " twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
SPELLED_DAY = rf"(?P<day>{'|'.join(sorted(_ORDINAL_DAYS, key=len, reverse=True))})"
_ONE = "|".join(ONES)
_BELOW_100 = rf"(?:oh[ -](?:{_ONE})|{'|'.join(TEENS)}|(?:{'|'.join(TENS)})(?:[ -](?:{_ONE}))?)"
_SPELLED_YEAR = (
    rf"(?:seventeen|eighteen|nineteen|twenty)[ -](?:hundred|{_BELOW_100})"
    rf"|two thousand(?: and)?(?:[ -](?:{_ONE}|{'|'.join(TEENS)}))?"
)
YEAR = r"(?P<year>1\d\d\d|2[01]\d\d)(?![\d,.]\d)\b"
SPELLED_YEAR = rf"(?P<year>{_SPELLED_YEAR}|(?<=\bof )(?:{'|'.join(TENS[4:])})[ -](?:{_ONE}))\b"
"""A year in words, and after "of" its last two: "the winter of seventy-eight"."""
COUNT = rf"(?<![\d.,-])(?<!\bhalf )(?<!\bhundred and )(?P<count>{numbers.COUNT})"
UNIT = r"(?P<unit>day|week|fortnight|month|year|decade|centur)(?:y|ies|s)?\b"
ABOUT = r"(?P<about>nearly |almost |about |around |some |over |more than |roughly |just over |less than |at least )?"
SEASON = r"(?P<season>spring|summer|autumn|fall(?! (?:in|to|from|by|off|behind) )|winter)"
PART = (
    r"(?P<part>early|mid|late|(?:the )?(?:start|beginning|middle|end) of|early in|late in|mid-)[ -]?(?:the month of )?"
)
PART_2 = PART.replace("<part>", "<part2>")
DECADES = TENS
CENTURIES = ("sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first")
DAYTIME_OF = r"(?:(?:early |late )?(?:in |on )?the (?:early |late )?(?P<daytime>morning|afternoon|evening|night) of )?"
DAYTIME = r"(?:[ -](?:morning|afternoon|evening|night|lunchtime)s?)?"

Rule = Callable[[re.Match[str], Around], "Told | None"]
"""What gives the days of what a pattern matched, and how they were found; None where that is not known."""


def year_of(written: str) -> int:
    """A year in digits or in words.

    >>> year_of("1996"), year_of("nineteen ninety-six"), year_of("two thousand and one"), year_of("nineteen oh four")
    (1996, 1996, 2001, 1904)
    """
    if written.isdecimal():
        return int(written)
    first, *rest = re.split(r"[ -]", written.lower())
    if first in TENS[4:]:
        return 1900 + _sum([first, *rest])
    if first == "two":
        return 2000 + _sum(rest)
    return 100 * _sum([first]) + _sum(rest)


def _year_told(match: re.Match[str], around: Around) -> int:
    """The year that an expression names, or its sentence before it."""
    return year_of(match["year"]) if match["year"] else around.year or 0


def _sum(words: Iterable[str]) -> int:
    return int(sum(SPELLED.get(word, 0) for word in words))


def _month_number(written: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(written.title().rstrip(".")[:3]))


def _weekday_number(written: str) -> int:
    return next(number for number, day in enumerate(WEEKDAYS) if day.startswith(written.title()[:3]))


_MODS = {"ear": "START", "sta": "START", "beg": "START", "mid": "MID", "lat": "END", "end": "END"}


def _part_told(match: re.Match[str], days: Days, derived: str) -> Told:
    """A unit, or the early, middle or late part of it."""
    part = match.groupdict().get("part") or match.groupdict().get("part2")
    if not part:
        return Told(days, derived)
    mod = _MODS[part.lower().replace("the ", "")[:3]]
    return Told(part_of(days, part), derived, (Unit(*match.span(), days, mod),))


def _range_told(match: re.Match[str], days: Days, derived: str, first: Days, last: Days, cut: tuple[int, int]) -> Told:
    """From one unit to another; ``cut`` is where the first ends and the second begins."""
    start = match.end() - len(re.sub(r"^(?:from|between) ", "", match.group(), flags=re.IGNORECASE))
    return Told(days, derived, (Unit(start, cut[0], first), Unit(cut[1], match.end(), last)))


# The rules: each gives the days of what its pattern matched, and how they were found.


def read_full_date(match: re.Match[str], around: Around) -> Told | None:
    """3 May 2024, May 3, Tuesday 3 May, May 3–5."""
    month = _month_number(match["month"])
    day = _ORDINAL_DAYS.index(match["day"]) + 1 if match["day"] in _ORDINAL_DAYS else int(match["day"])
    until = int(match["until"]) if match.groupdict().get("until") else day
    which = (match.groupdict().get("which") or "").strip().lower()
    if which and around.published:
        year = around.published.year
        if which == "last" and date(year, month, day) >= around.published:
            year -= 1
        elif which == "next" and date(year, month, day) <= around.published:
            year += 1
        derived = "before publication" if date(year, month, day) <= around.published else "after publication"
    elif (match.groupdict().get("of_year") or "that") != "that" and around.published:
        year = around.published.year + _SHIFTS[match["of_year"]]
        derived = "after publication" if year > around.published.year else "before publication"
    elif match["year"] or around.year:
        year, derived = _year_told(match, around), "absolute"
    elif around.published:
        year, derived = _year_of_day(around, lambda year: date(year, month, day))
    else:
        return None
    first = a_day(date(year, month, day))
    if until == day:
        return Told(first, derived)
    last = a_day(date(year, month, until))
    cut = match.end("day"), match.start("until")
    return _range_told(match, (first[0], last[0], "day" if until == day else "week"), derived, first, last, cut)


_LATELY = timedelta(days=45)
"""Some weeks."""

_SOON = timedelta(days=45)
_SOON_HOLIDAY = timedelta(days=14)
_JUST = timedelta(days=14)


def _year_of_day(around: Around, day_in: Callable[[int], date], soon: timedelta = _SOON) -> tuple[int, str]:
    """The year of a day without one: see ``_nearest_year``.

    What was some weeks ago is meant rather than what is next year, and what is in some weeks rather than what was
    almost a year ago, either of which would be told with its year.
    """
    year, derived = _nearest_year(around, day_in)
    with suppress(ValueError):
        if around.future and around.published and timedelta(0) < around.published - day_in(year - 1) <= _LATELY:
            return year - 1, "before publication"
    with suppress(ValueError):
        if (
            derived == "before publication"
            and around.published
            and day_in(year + 1) - around.published <= (_JUST if around.past else soon)
        ):
            return year + 1, "after publication"
    return year, derived


_BACK = 1.2
"""So much nearer must be what is told before, in a history, than what is told after it."""


def _going_on(reached: Days, day_in: Callable[[int], date]) -> int | None:
    """The year in which a history goes on: the one it has named, or that of the nearest such day."""
    first, _, precision = reached
    found: list[tuple[float, int]] = []
    for year in range(first.year, first.year + 1) if precision == "year" else range(first.year - 1, first.year + 9):
        with suppress(ValueError):
            away = (day_in(year) - first).days
            found.append((away if away >= 0 else -away * _BACK, year))
    return min(found)[1] if found else None


def _nearest_year(around: Around, day_in: Callable[[int], date]) -> tuple[int, str]:
    """The year of the last such day, or of the next where the words speak of what is to come.

    A history goes on from the day that it has come to. A 29 February is looked for up to eight years away. Raises
    ValueError for a day that no year has.
    """
    published = around.published
    assert published
    if around.reached and (year := _going_on(around.reached, day_in)):
        return year, "from the text"
    step = 1 if around.future else -1
    for year in range(published.year, published.year + 9 * step, step):
        with suppress(ValueError):
            day = day_in(year)
            if day >= published if around.future else day <= published:
                return year, "after publication" if around.future else "before publication"
    raise ValueError("no such day")


def read_iso_date(match: re.Match[str], around: Around) -> Told | None:
    return Told(a_day(date(year_of(match["year"]), int(match["number"]), int(match["day"]))), "absolute")


def read_numeric_date(match: re.Match[str], around: Around) -> Told | None:
    one, other = int(match["one"]), int(match["other"])
    day, month = (one, other) if around.day_first else (other, one)
    if month > 12:
        day, month = month, day
    ambiguous = one != other and one <= 12 and other <= 12
    derived = "absolute, if day and month are not the other way round" if ambiguous else "absolute"
    return Told(a_day(date(year_of(match["year"]), month, day)), derived)


def read_month(match: re.Match[str], around: Around) -> Told | None:
    """May 2024, late May, last May, May of last year."""
    month = _month_number(match["month"])
    groups = match.groupdict()
    which, of_year = groups.get("which"), groups.get("of_year")
    if groups.get("year"):
        return _part_told(match, a_month(year_of(match["year"]), month), "absolute")
    if around.year and not which and not of_year:
        return _part_told(match, a_month(around.year, month), "absolute")
    published = around.published
    if published is None:
        return None
    if of_year:
        year = published.year + {"last": -1, "this": 0, "next": 1}[of_year.lower()]
        derived = "after publication" if year > published.year else "before publication"
    elif which and which.lower() in ("this", "current"):
        year, derived = published.year, "in the year of publication"
    elif which and which.lower() in ("last", "past", "previous"):
        year, derived = published.year - (month >= published.month), "before publication"
    elif which:
        year, derived = published.year + (month <= published.month), "after publication"
    else:
        edge = 1 if around.future else 0  # the last month has at least begun, the next not yet ended
        year, derived = _nearest_year(around, lambda year: a_month(year, month)[:2][edge])
    return _part_told(match, a_month(year, month), derived)


def read_months(match: re.Match[str], around: Around) -> Told | None:
    """From May to July 2024."""
    first, last = _month_number(match["month"]), _month_number(match["month2"])
    if match["year"]:
        year, derived = year_of(match["year"]), "absolute"
    elif around.published:
        year, derived = _nearest_year(around, lambda year: date(year, first, 1))
        year += first > last
    else:
        return None
    one, other = a_month(year - (first > last), first), a_month(year, last)
    return _range_told(
        match, (one[0], other[1], "month"), derived, one, other, (match.end("month"), match.start("month2"))
    )


def read_week_of(match: re.Match[str], around: Around) -> Told | None:
    """The week of 7 October."""
    told = _one_day(match, around)
    return Told(a_week(told[0]), told[1]) if told else None


def _one_day(match: re.Match[str], around: Around) -> tuple[date, str] | None:
    month, day = _month_number(match["month"]), int(match["day"])
    if match["year"] or around.year:
        return date(_year_told(match, around), month, day), "absolute"
    if around.published is None:
        return None
    year, derived = _year_of_day(around, lambda year: date(year, month, day))
    return date(year, month, day), derived


def read_across_months(match: re.Match[str], around: Around) -> Told | None:
    """28 November to 1 December."""
    year2 = int(match["year2"]) if match["year2"] else None
    told = _one_day(match, replace(around, year=around.year or year2))
    if told is None:
        return None
    month = _month_number(match["month2"])
    last = date(year2 or told[0].year + (month < told[0].month), month, int(match["day2"]))
    cut = match.end("year") if match["year"] else match.end("day"), match.start("month2")
    return _range_told(match, (told[0], last, "week"), told[1], a_day(told[0]), a_day(last), cut)


def read_nth_in_month(match: re.Match[str], around: Around) -> Told | None:
    """The first Monday in September, the last day of February."""
    told = _month_of(match, around)
    if told is None:
        return None
    (first, last, _), derived, _ = told
    nth = ("first", "second", "third", "fourth", "last").index(match["nth"])
    one = match["one"]
    if one == "week":
        begin = last - timedelta(days=6) if nth == 4 else first + timedelta(weeks=nth)
        return Told((begin, begin + timedelta(days=6), "week"), derived)
    number = None if one == "day" else 5 if one == "weekend" else _weekday_number(match["weekday"])
    if number is None:
        day = last if nth == 4 else first + timedelta(days=nth)
    elif nth == 4:
        day = last - timedelta(days=(last.weekday() - number) % 7)
    else:
        day = first + timedelta(weeks=nth, days=(number - first.weekday()) % 7)
    return Told(((day, day + timedelta(days=1), "day") if one == "weekend" else a_day(day)), derived)


def _month_of(match: re.Match[str], around: Around) -> Told | None:
    month = _month_number(match["month"])
    if match["year"] or around.year:
        return Told(a_month(_year_told(match, around), month), "absolute")
    if around.published is None:
        return None
    year, derived = _nearest_year(around, lambda year: a_month(year, month)[:2][1 if around.future else 0])
    return Told(a_month(year, month), derived)


def hanging_day(match: re.Match[str], around: Around) -> Told | None:
    """On the 14th, where no day is told before it: the last or the next one; see ``hang_within``."""
    if around.published is None:
        return None
    number, step = int(match["day"]), 1 if around.future else -1
    for months in range(13):
        moved = around.published.replace(day=1) + relativedelta(months=step * months)
        with suppress(ValueError):
            day = moved.replace(day=number)
            if day >= around.published if around.future else day <= around.published:
                return Told(a_day(day), "after publication" if around.future else "before publication")
    return None


def read_weekday(match: re.Match[str], around: Around) -> Told | None:
    """Tuesday, last Tuesday, Tuesday of next week."""
    published = around.published
    if published is None:
        return None
    number = _weekday_number(match["weekday"])
    which, week = (match["which"] or "").lower(), (match["week"] or "").lower()
    if week:
        day = published + timedelta(weeks=_SHIFTS[week], days=number - published.weekday())
    elif which == "next":
        day = published + timedelta(weeks=1, days=number - published.weekday())
    elif match["later"]:
        day = published + timedelta(weeks=1, days=(number - published.weekday()) % 7)
    elif which == "coming":
        day = published + timedelta(days=(number - published.weekday() - 1) % 7 + 1)
    elif which in ("last", "past", "previous"):
        day = published - timedelta(days=(published.weekday() - number - 1) % 7 + 1)
    elif which == "this" or around.future:
        day = published + timedelta(days=(number - published.weekday()) % 7)
    else:
        day = published - timedelta(days=(published.weekday() - number) % 7)
    return Told(a_day(day), "before publication" if day <= published else "after publication")


def read_before_last(match: re.Match[str], around: Around) -> Told | None:
    """The Sunday before last."""
    if around.published is None:
        return None
    days = (around.published.weekday() - _weekday_number(match["weekday"]) - 1) % 7 + 8
    return Told(a_day(around.published - timedelta(days=days)), "before publication")


def read_from_day(match: re.Match[str], around: Around) -> Told | None:
    """A week from today, two weeks from Thursday."""
    published = around.published
    if published is None:
        return None
    if match["weekday"]:
        day = published + timedelta(days=(_weekday_number(match["weekday"]) - published.weekday() - 1) % 7 + 1)
    else:
        day = published + timedelta(days=1 if match["word"].lower() == "tomorrow" else 0)
    unit = match["unit"].lower()
    there = moved(day, unit, counted(match))
    return Told(a_day(there) if unit in ("day", "week", "fortnight") else unit_around(there, unit), "after publication")


_SHIFTS = {"last": -1, "past": -1, "previous": -1, "this": 0, "the": 0, "current": 0, "next": 1, "coming": 1, "that": 0}


def read_calendar_unit(match: re.Match[str], around: Around) -> Told | None:
    """Last week, earlier this month, the end of next year, last summer."""
    published = around.published
    if published is None:
        return None
    shift, unit = _SHIFTS[match["which"].lower()], match["unit"].lower()
    if around.reached and match["which"].lower() == "the" and unit != "weekend":
        return _part_told(match, unit_around(around.reached[0], unit), "from the text")
    if match["which"].lower() == "past" and unit in ("year", "decade", "century"):
        return Told((moved(published, unit, -1), published, unit_around(published, unit)[2]), "before publication")
    days = shifted_unit(published, unit, shift, around.future)
    side = (match["side"] or "").lower()
    if side == "earlier":
        days = (days[0], min(days[1], max(days[0], published)), days[2])
    elif side == "later":
        days = (max(days[0], min(days[1], published)), days[1], days[2])
    derived = "before publication" if part_of(days, match["part"])[0] <= published else "after publication"
    return _part_told(match, days, derived)


_NEAR_DAYS = {
    "day before yesterday": -2, "day after tomorrow": 2, "yesterday": -1, "last night": -1, "tomorrow": 1
}  # fmt: skip


def read_deictic(match: re.Match[str], around: Around) -> Told | None:
    """Yesterday, the day after tomorrow, tonight."""
    if around.published is None:
        return None
    words = match["word"].lower()
    shift = 0
    for word, days in _NEAR_DAYS.items():
        if word in words:
            shift = days
            break
    return Told(
        a_day(around.published + timedelta(days=shift)), "after publication" if shift > 0 else "before publication"
    )


def counted(match: re.Match[str]) -> int:
    """How many units a match names; raises ValueError for what is no whole number of them: "half a year"."""
    count = count_of(match["count"])
    if not count.is_integer():
        raise ValueError(match["count"])
    return int(count)


def read_ago(match: re.Match[str], around: Around) -> Told | None:
    """Two weeks ago: that week; three years ago: that year; exactly so long ago: that day."""
    if around.published is None:
        return None
    unit = match["unit"].lower()
    if match["exactly"] or match["today"]:
        return Told(a_day(moved(around.published, unit, -counted(match))), "before publication")
    return Told(unit_around(moved(around.published, unit, -counted(match)), unit), "before publication")


def read_ahead(match: re.Match[str], around: Around) -> Told | None:
    """In two weeks."""
    if around.published is None or not around.future:
        return None
    unit = match["unit"].lower()
    day = moved(around.published, unit, counted(match))
    if match["within"].lower() == "within":
        return Told((around.published, day, "day"), "after publication")
    return Told(unit_around(day, unit), "after publication")


def read_span_of(match: re.Match[str], around: Around) -> Told | None:
    """The past two weeks, the next ten days."""
    published = around.published
    if published is None:
        return None
    unit, count = match["unit"].lower(), counted(match)
    precision: Precision = unit_around(published, unit)[2]
    if match["which"].lower() in ("next", "coming"):
        return Told((published, moved(published, unit, count), precision), "after publication")
    return Told((moved(published, unit, -count), published, precision), "before publication")


def read_quarter_told(match: re.Match[str], around: Around) -> Told | None:
    """The quarter, as companies tell of the last whole one; the year-ago quarter."""
    if around.published is None:
        return None
    ended = _QUARTER_ENDED.match(match.string, match.end())
    month = _month_number(ended["month"]) if ended else (around.published.month - 1) // 3 * 3
    last = around.published - relativedelta(years=ended is not None and month > around.published.month)
    days = a_quarter(last.year, (month + 2) // 3) if month else a_quarter(last.year - 1, 4)
    if match["year_ago"]:
        days = a_quarter(days[0].year - 1, (days[0].month + 2) // 3)
    return Told(days, "before publication")


_QUARTER_ENDED = re.compile(rf",? (?:which )?(?:ended|ending) (?:on )?{MONTH}")


def read_year_end(match: re.Match[str], around: Around) -> Told | None:
    """Year-end: 31 December of the year of publication, or of that which the sentence names before."""
    if around.published is None and not around.year:
        return None
    year = around.year or (around.reached[0] if around.reached else around.published or date.min).year
    return Told(a_day(date(year, 12, 31)), "in the year of publication")


def read_year(match: re.Match[str], around: Around) -> Told | None:
    return _part_told(match, a_year(year_of(match["year"])), "absolute")


def read_year_range(match: re.Match[str], around: Around) -> Told | None:
    first, last = year_of(match["year"]), match["last"]
    end = int(str(first)[:-2] + last) if len(last) == 2 else year_of(last)
    if first >= end:
        return None
    one, other = a_year(first), a_year(end)
    cut = match.end("year"), match.start("last")
    return _range_told(match, (one[0], other[1], "year"), "absolute", one, other, cut)


def read_decade(match: re.Match[str], around: Around) -> Told | None:
    written = match["decade"].lower().replace("nineteen", "").strip(" -")
    if not written.isdecimal():
        written = "19" + str(20 + 10 * [name.replace("y", "ies") for name in TENS].index(written))
    first = int(written) if len(written) == 4 else 1900 + int(written) if int(written) >= 30 else 2000 + int(written)
    if first % 100 == 0 and first < 2000:
        return _part_told(match, years(first, 100), "absolute")
    return _part_told(match, years(first, 10), "absolute")


def read_century(match: re.Match[str], around: Around) -> Told | None:
    written = match["number"].lower()
    number = 16 + CENTURIES.index(written) if written in CENTURIES else int(written)
    return _part_told(match, years(100 * number - 99, 100), "absolute")


_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": 4,
             "opening": 1, "latter": 2, "final": 4}  # fmt: skip
_REPORTS = re.compile(r"\b(?:report|post|announce|record|publish|show)s?\b[^.;]{0,40}$")
"""What is told of a quarter when it has ended."""


def read_quarter(match: re.Match[str], around: Around) -> Told | None:
    """Q3 2024, the third quarter, the first half of last year."""
    number = int(match["q"]) if match["q"] else _ORDINALS[match["ordinal"].lower()]
    half = (match["kind"] or "").lower() == "half" or (match["letter"] or "").upper() == "H"
    if half and number > 2:
        return None
    make = a_half if half else a_quarter
    if match["year"] or match["before"]:
        return Told(make(year_of(match["year"] or match["before"]), number), "absolute")
    published = around.published
    if published is None:
        return None
    if match["of_year"]:
        year = published.year + {"last": -1, "this": 0, "the": 0, "next": 1}[match["of_year"].lower()]
    else:
        if around.future and _REPORTS.search(match.string, 0, match.start()):
            around = replace(around, future=False)
        year, _ = _nearest_year(around, lambda year: make(year, number)[:2][1 if around.future else 0])
    days = make(year - bool(match["year_ago"]), number)
    return Told(days, "before publication" if days[0] <= published else "after publication")


def read_season(match: re.Match[str], around: Around) -> Told | None:
    """Spring 2024, in the summer of 2023, in autumn."""
    season = match["season"].lower()
    if match["year"]:
        return _part_told(match, a_season(year_of(match["year"]), season), "absolute")
    if around.year or around.reached:
        year = around.year or _nearest_year(around, lambda year: a_season(year, season)[0])[0]
        return _part_told(match, a_season(year, season), "absolute" if around.year else "from the text")
    if around.published is None:
        return None
    days = near_season(around.published, season, 0)
    if around.future and days[1] < around.published:
        days = near_season(around.published, season, 1)
    elif not around.future and days[0] > around.published:
        days = near_season(around.published, season, -1)
    return _part_told(match, days, "before publication" if days[0] <= around.published else "after publication")


def read_holiday(match: re.Match[str], around: Around) -> Told | None:
    """Christmas Eve 2023, last Easter."""
    day_in = HOLIDAYS[match["holiday"].lower().replace("’", "'")]
    if match["year"]:
        return Told(a_day(day_in(year_of(match["year"]))), "absolute")
    if around.year:
        return Told(a_day(day_in(around.year)), "absolute")
    if around.published is None:
        return None
    year, derived = _year_of_day(around, day_in, _SOON_HOLIDAY)
    return Told(a_day(day_in(year)), derived)


def hanging_in(match: re.Match[str], around: Around) -> Told | None:
    """That July, the following spring, the next Tuesday: likewise; see ``hang_within``."""
    return None


def within(days: Days, way: str, match: re.Match[str]) -> Days:
    """The month, season or weekday of the same, the next or the last year or week, counted from some days."""
    groups = match.groupdict()
    named, season = groups.get("month") or groups.get("month_b"), groups.get("season") or groups.get("season_b")
    step = {"following": 1, "next": 1, "previous": -1}.get(way, 0)
    first, last, _ = days
    if groups.get("weekday"):
        number = _weekday_number(match["weekday"])
        if step > 0:
            return a_day(last + timedelta(days=(number - last.weekday() - 1) % 7 + 1))
        return a_day(first - timedelta(days=(first.weekday() - number - 1) % 7 + 1))

    def make(year: int) -> Days:
        return a_month(year, _month_number(named)) if named else a_season(year, (season or "").lower())

    if step > 0:
        return next(found for year in range(last.year, last.year + 3) if (found := make(year))[0] > last)
    if step < 0:
        return next(found for year in range(first.year, first.year - 3, -1) if (found := make(year))[1] < first)
    return make(first.year)


def day_within(days: Days, match: re.Match[str]) -> Days | None:
    """Such a day in the month of some days, or in the next one if that is nearer."""
    number, first = int(match["day"]), days[0]
    found = []
    for months in (0, 1):
        with suppress(ValueError):
            found.append((first.replace(day=1) + relativedelta(months=months)).replace(day=number))
    if not found:
        return None
    return a_day(min(found, key=lambda day: abs((day - first).days)) if days[2] == "day" else found[0])


def hanging(match: re.Match[str], around: Around) -> Told | None:
    """Two days later: what it hangs on is known when the others are; see ``hang_on``."""
    return None
