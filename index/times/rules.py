"""The expressions of time that are known: a pattern each, and what its words stand for."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

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


@dataclass(frozen=True, slots=True)
class Around:
    """What a rule may look at beside its own words."""

    published: date | None
    future: bool
    """Whether the words around speak of what is to come."""
    year: int | None
    """That the sentence names before."""
    day_first: bool
    reached: date | None = None
    """The day that a history has come to; None in any other text."""


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
YEAR = r"(?P<year>1\d\d\d|20\d\d)(?![\d,.]\d)"
_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
).split()
_COUNTS = {word: number for number, word in enumerate(_ONES, 1)} | {
    "a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "a hundred": 100,
    "a couple of": 2,
}  # fmt: skip
COUNT = rf"(?P<count>\d{{1,3}}|a couple of|a hundred|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
UNIT = r"(?P<unit>day|week|fortnight|month|year|decade|centur)(?:y|ies|s)?\b"
ABOUT = r"(?P<about>nearly |almost |about |around |some |over |more than |roughly |just over |less than |at least )?"
SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
PART = (
    r"(?P<part>early|mid|late|(?:the )?(?:start|beginning|middle|end) of|early in|late in|mid-)[ -]?(?:the month of )?"
)
DAYTIME = r"(?:[ -](?:morning|afternoon|evening|night|lunchtime)s?)?"

Rule = Callable[[re.Match[str], Around], "tuple[Days, str] | None"]
"""What gives the days of what a pattern matched, and how they were found; None where that is not known."""


def _month_number(written: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(written.title().rstrip(".")[:3]))


def _weekday_number(written: str) -> int:
    return next(number for number, day in enumerate(WEEKDAYS) if day.startswith(written.title()[:3]))


# The rules: each gives the days of what its pattern matched, and how they were found.


def read_full_date(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    """3 May 2024, May 3, Tuesday 3 May, May 3–5."""
    month, day = _month_number(match["month"]), int(match["day"])
    until = int(match["until"]) if match["until"] else day
    if match["of_year"] and around.published:
        year = around.published.year + _SHIFTS[match["of_year"]]
        derived = "after publication" if year > around.published.year else "before publication"
    elif match["year"] or around.year:
        year, derived = int(match["year"] or around.year or 0), "absolute"
    elif around.published:
        year, derived = _year_of_day(around, month, day)
    else:
        return None
    return (date(year, month, day), date(year, month, until), "day" if until == day else "week"), derived


_LATELY = timedelta(days=45)
"""Some weeks."""

_SOON = timedelta(days=14)


def _year_of_day(around: Around, month: int, day: int) -> tuple[int, str]:
    """The year of a day without one: see ``_nearest_year``.

    What was some weeks ago is meant rather than what is next year, and what is in some days rather than what was almost
    a year ago, either of which would be told with its year.
    """
    year, derived = _nearest_year(around, lambda year: date(year, month, day))
    with suppress(ValueError):
        before = date(year - 1, month, day)
        if around.future and around.published and timedelta(0) < around.published - before <= _LATELY:
            return year - 1, "before publication"
    with suppress(ValueError):
        after = date(year + 1, month, day)
        if derived == "before publication" and around.published and after - around.published <= _SOON:
            return year + 1, "after publication"
    return year, derived


_BACK = timedelta(days=180)
"""So far a history goes back without saying so; what is earlier in the calendar is of the next year."""


def _nearest_year(around: Around, day_in: Callable[[int], date]) -> tuple[int, str]:
    """The year of the last such day, or of the next where the words speak of what is to come.

    A history goes on from the day that it has come to. A 29 February is looked for up to eight years away. Raises
    ValueError for a day that no year has.
    """
    published = around.published
    assert published
    if around.reached:
        for year in range(around.reached.year, around.reached.year + 9):
            with suppress(ValueError):
                if (day := day_in(year)) >= around.reached - _BACK:
                    return year, "from the text"
    step = 1 if around.future else -1
    for year in range(published.year, published.year + 9 * step, step):
        with suppress(ValueError):
            day = day_in(year)
            if day >= published if around.future else day <= published:
                return year, "after publication" if around.future else "before publication"
    raise ValueError("no such day")


def read_iso_date(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    return a_day(date(int(match["year"]), int(match["number"]), int(match["day"]))), "absolute"


def read_numeric_date(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    one, other = int(match["one"]), int(match["other"])
    day, month = (one, other) if around.day_first else (other, one)
    if month > 12:
        day, month = month, day
    ambiguous = one != other and one <= 12 and other <= 12
    derived = "absolute, if day and month are not the other way round" if ambiguous else "absolute"
    return a_day(date(int(match["year"]), month, day)), derived


def read_month(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    """May 2024, late May, last May, May of last year."""
    month = _month_number(match["month"])
    groups = match.groupdict()
    part, which, of_year = groups.get("part"), groups.get("which"), groups.get("of_year")
    if groups.get("year"):
        return part_of(a_month(int(match["year"]), month), part), "absolute"
    if around.year and not which and not of_year:
        return part_of(a_month(around.year, month), part), "absolute"
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
    return part_of(a_month(year, month), part), derived


def read_months(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    """From May to July 2024."""
    first, last = _month_number(match["month"]), _month_number(match["month2"])
    if match["year"]:
        year, derived = int(match["year"]), "absolute"
    elif around.published:
        year, derived = _nearest_year(around, lambda year: date(year, first, 1))
        year += first > last
    else:
        return None
    return (date(year - (first > last), first, 1), a_month(year, last)[1], "month"), derived


def read_week_of(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    """The week of 7 October."""
    told = _one_day(match, around)
    return (a_week(told[0]), told[1]) if told else None


def _one_day(match: re.Match[str], around: Around) -> tuple[date, str] | None:
    month, day = _month_number(match["month"]), int(match["day"])
    if match["year"] or around.year:
        return date(int(match["year"] or around.year or 0), month, day), "absolute"
    if around.published is None:
        return None
    year, derived = _year_of_day(around, month, day)
    return date(year, month, day), derived


def read_across_months(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    """28 November to 1 December."""
    year2 = int(match["year2"]) if match["year2"] else None
    told = _one_day(match, replace(around, year=around.year or year2))
    if told is None:
        return None
    month = _month_number(match["month2"])
    last = date(year2 or told[0].year + (month < told[0].month), month, int(match["day2"]))
    return (told[0], last, "week"), told[1]


def read_nth_in_month(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    """The first Monday in September, the last day of February."""
    told = _month_of(match, around)
    if told is None:
        return None
    (first, last, _), derived = told
    nth = ("first", "second", "third", "fourth", "last").index(match["nth"])
    one = match["one"]
    if one == "week":
        begin = last - timedelta(days=6) if nth == 4 else first + timedelta(weeks=nth)
        return (begin, begin + timedelta(days=6), "week"), derived
    number = None if one == "day" else 5 if one == "weekend" else _weekday_number(match["weekday"])
    if number is None:
        day = last if nth == 4 else first + timedelta(days=nth)
    elif nth == 4:
        day = last - timedelta(days=(last.weekday() - number) % 7)
    else:
        day = first + timedelta(weeks=nth, days=(number - first.weekday()) % 7)
    return ((day, day + timedelta(days=1), "day") if one == "weekend" else a_day(day)), derived


def _month_of(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    month = _month_number(match["month"])
    if match["year"] or around.year:
        return a_month(int(match["year"] or around.year or 0), month), "absolute"
    if around.published is None:
        return None
    year, derived = _nearest_year(around, lambda year: a_month(year, month)[:2][1 if around.future else 0])
    return a_month(year, month), derived


def read_day_of_month(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    """On the 14th."""
    if around.published is None:
        return None
    number, step = int(match["day"]), 1 if around.future else -1
    for months in range(13):
        moved = around.published.replace(day=1) + relativedelta(months=step * months)
        with suppress(ValueError):
            day = moved.replace(day=number)
            if day >= around.published if around.future else day <= around.published:
                return a_day(day), "after publication" if around.future else "before publication"
    return None


def read_weekday(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
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
    return a_day(day), "before publication" if day <= published else "after publication"


def read_before_last(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    """The Sunday before last."""
    if around.published is None:
        return None
    days = (around.published.weekday() - _weekday_number(match["weekday"]) - 1) % 7 + 8
    return a_day(around.published - timedelta(days=days)), "before publication"


def read_from_day(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
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
    return a_day(there) if unit in ("day", "week", "fortnight") else unit_around(there, unit), "after publication"


_SHIFTS = {"last": -1, "past": -1, "previous": -1, "this": 0, "the": 0, "current": 0, "next": 1, "coming": 1, "that": 0}


def read_calendar_unit(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    """Last week, earlier this month, the end of next year, last summer."""
    published = around.published
    if published is None:
        return None
    shift, unit = _SHIFTS[match["which"].lower()], match["unit"].lower()
    days = shifted_unit(published, unit, shift, around.future)
    side = (match["side"] or "").lower()
    if side == "earlier":
        days = (days[0], min(days[1], max(days[0], published)), days[2])
    elif side == "later":
        days = (max(days[0], min(days[1], published)), days[1], days[2])
    days = part_of(days, match["part"])
    derived = "before publication" if days[0] <= published else "after publication"
    return days, derived


_NEAR_DAYS = {
    "day before yesterday": -2, "day after tomorrow": 2, "yesterday": -1, "last night": -1, "tomorrow": 1
}  # fmt: skip


def read_deictic(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    """Yesterday, the day after tomorrow, tonight."""
    if around.published is None:
        return None
    words = match["word"].lower()
    shift = 0
    for word, days in _NEAR_DAYS.items():
        if word in words:
            shift = days
            break
    return a_day(around.published + timedelta(days=shift)), "after publication" if shift > 0 else "before publication"


def counted(match: re.Match[str]) -> int:
    written = match["count"].lower()
    return int(written) if written.isdecimal() else _COUNTS[written]


def read_ago(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    """Two weeks ago: that week; three years ago: that year; exactly so long ago: that day."""
    if around.published is None:
        return None
    unit = match["unit"].lower()
    if match["exactly"] or match["today"]:
        return a_day(moved(around.published, unit, -counted(match))), "before publication"
    return unit_around(moved(around.published, unit, -counted(match)), unit), "before publication"


def read_ahead(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    """In two weeks."""
    if around.published is None or not around.future:
        return None
    unit = match["unit"].lower()
    day = moved(around.published, unit, counted(match))
    if match["within"].lower() == "within":
        return (around.published, day, "day"), "after publication"
    return unit_around(day, unit), "after publication"


def read_span_of(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    """The past two weeks, the next ten days."""
    published = around.published
    if published is None:
        return None
    unit, count = match["unit"].lower(), counted(match)
    precision: Precision = unit_around(published, unit)[2]
    if match["which"].lower() in ("next", "coming"):
        return (published, moved(published, unit, count), precision), "after publication"
    return (moved(published, unit, -count), published, precision), "before publication"


def read_year(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    return part_of(a_year(int(match["year"])), match["part"]), "absolute"


def read_year_range(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    first, last = int(match["year"]), match["last"]
    end = int(str(first)[:-2] + last) if len(last) == 2 else int(last)
    return ((date(first, 1, 1), date(end, 12, 31), "year"), "absolute") if first < end else None


def read_decade(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    written = match["decade"]
    first = int(written) if len(written) == 4 else 1900 + int(written) if int(written) >= 30 else 2000 + int(written)
    return part_of(years(first, 10), match["part"]), "absolute"


def read_century(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    return years(100 * int(match["number"]) - 99, 100), "absolute"


_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": 4}


def read_quarter(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    """Q3 2024, the third quarter, the first half of last year."""
    number = int(match["q"]) if match["q"] else _ORDINALS[match["ordinal"].lower()]
    half = (match["kind"] or "").lower() == "half" or (match["letter"] or "").upper() == "H"
    if half and number > 2:
        return None
    make = a_half if half else a_quarter
    if match["year"]:
        return make(int(match["year"]), number), "absolute"
    published = around.published
    if published is None:
        return None
    if match["of_year"]:
        year = published.year + {"last": -1, "this": 0, "the": 0, "next": 1}[match["of_year"].lower()]
    else:
        year, _ = _nearest_year(around, lambda year: make(year, number)[:2][1 if around.future else 0])
    days = make(year, number)
    return days, "before publication" if days[0] <= published else "after publication"


def read_season(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    """Spring 2024, in the summer of 2023, in autumn."""
    season = match["season"].lower()
    if match["year"]:
        return a_season(int(match["year"]), season), "absolute"
    if around.published is None:
        return None
    days = near_season(around.published, season, 0)
    if around.future and days[1] < around.published:
        days = near_season(around.published, season, 1)
    elif not around.future and days[0] > around.published:
        days = near_season(around.published, season, -1)
    return days, "before publication" if days[0] <= around.published else "after publication"


HOLIDAYS: dict[str, Callable[[int], date]] = {
    "christmas eve": lambda year: date(year, 12, 24),
    "christmas day": lambda year: date(year, 12, 25),
    "christmas": lambda year: date(year, 12, 25),
    "boxing day": lambda year: date(year, 12, 26),
    "new year's eve": lambda year: date(year, 12, 31),
    "new year's day": lambda year: date(year, 1, 1),
    "valentine's day": lambda year: date(year, 2, 14),
    "good friday": lambda year: easter(year) - timedelta(days=2),
    "easter monday": lambda year: easter(year) + timedelta(days=1),
    "easter sunday": easter,
    "easter": easter,
    "halloween": lambda year: date(year, 10, 31),
}


def read_holiday(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    """Christmas Eve 2023, last Easter."""
    day_in = HOLIDAYS[match["holiday"].lower().replace("’", "'")]
    if match["year"]:
        return a_day(day_in(int(match["year"]))), "absolute"
    if around.published is None:
        return None
    year, derived = _nearest_year(around, day_in)
    return a_day(day_in(year)), derived


def hanging(match: re.Match[str], around: Around) -> tuple[Days, str] | None:
    """Two days later: what it hangs on is known when the others are; see ``_hang``."""
    return None
