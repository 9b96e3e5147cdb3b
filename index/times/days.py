"""Units of time as runs of days: a week from Monday to Sunday, the late third of a month, last summer."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

Precision = Literal["day", "week", "month", "quarter", "season", "half", "year", "decade", "century"]
Days = tuple[date, date, Precision]
"""First and last day, both included, and how exactly they are known."""

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
COARSENESS: tuple[Precision, ...] = ("day", "week", "month", "quarter", "season", "half", "year", "decade", "century")

_SEASON_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def a_day(day: date) -> Days:
    return day, day, "day"


def a_week(day: date) -> Days:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6), "week"


def a_month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"


def a_quarter(year: int, quarter: int) -> Days:
    return date(year, 3 * quarter - 2, 1), a_month(year, 3 * quarter)[1], "quarter"


def a_half(year: int, half: int) -> Days:
    return date(year, 6 * half - 5, 1), a_month(year, 6 * half)[1], "half"


def a_season(year: int, season: str) -> Days:
    month = _SEASON_MONTHS[season]
    end = date(year, month, 1) + relativedelta(months=3, days=-1)
    return date(year, month, 1), end, "season"


def a_year(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31), "year"


def years(first: int, count: int) -> Days:
    return date(first, 1, 1), date(first + count - 1, 12, 31), "decade" if count == 10 else "century"


def part_of(days: Days, part: str | None) -> Days:
    """The early, middle or late third of a month or a year; of its start and end only a week, or a month."""
    if not part:
        return days
    first, last, precision = days
    part = part.lower().replace("the ", "")
    if precision == "month":
        ends = {"early": (1, 10), "mid": (11, 20), "middle": (11, 20), "late": (21, 31)}
        begin, end = ends.get(part.split()[0].rstrip("-"), (1, 7))
        if part.startswith("end"):
            begin, end = last.day - 6, last.day
        return first.replace(day=begin), first.replace(day=min(end, last.day)), "week"
    if precision in ("year", "decade", "century"):
        length = {"year": 12, "decade": 120}.get(precision, 1200)
        thirds = {"early": (0, 4), "mid": (4, 8), "middle": (4, 8), "late": (8, 12), "start": (0, 1), "end": (11, 12)}
        begin, end = thirds.get(part.split()[0].rstrip("-"), (0, 1))
        scale = length // 12
        start = first + relativedelta(months=begin * scale)
        return (
            start,
            first + relativedelta(months=end * scale, days=-1),
            "decade" if length == 1200 else "month" if end - begin == 1 else "season",
        )
    return days


def near_season(day: date, season: str, shift: int) -> Days:
    """The last, this or next one: the last has ended, or at least begun in the year before."""
    of_years = [a_season(year, season) for year in range(day.year - 2, day.year + 3)]
    if shift < 0:
        return [days for days in of_years if days[1] < day][-1]
    if shift > 0:
        return next(days for days in of_years if days[0] > day)
    under_way = [days for days in of_years if days[0] <= day <= days[1]]
    return [*under_way, *(days for days in of_years if days[0].year == day.year)][0]


def shifted_unit(day: date, unit: str, shift: int, future: bool) -> Days:
    match unit:
        case "week":
            return a_week(day + timedelta(weeks=shift))
        case "weekend":
            saturday = day - timedelta(days=day.weekday()) + timedelta(days=5)
            if shift < 0 or (shift == 0 and not future and day.weekday() < 5):
                saturday -= timedelta(weeks=1)
            elif shift > 0 and day.weekday() >= 5:
                saturday += timedelta(weeks=1)
            return saturday, saturday + timedelta(days=1), "day"
        case "month":
            moved = day + relativedelta(months=shift)
            return a_month(moved.year, moved.month)
        case "quarter":
            moved = day + relativedelta(months=3 * shift)
            return a_quarter(moved.year, (moved.month + 2) // 3)
        case "year":
            return a_year(day.year + shift)
        case "decade":
            return years(day.year // 10 * 10 + 10 * shift, 10)
        case "century":
            return years(day.year // 100 * 100 + 100 * shift, 100)
        case _:
            return near_season(day, unit, shift)


def moved(day: date, unit: str, count: int) -> date:
    """The day so many units later; raises ValueError or OverflowError outside the years 1 to 9999."""
    if unit in ("day", "week", "fortnight"):
        return day + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    months = count * {"month": 1, "year": 12, "decade": 120}.get(unit, 1200)
    found: date = day + relativedelta(months=months)
    return found


def unit_around(day: date, unit: str) -> Days:
    match unit:
        case "day":
            return a_day(day)
        case "week" | "fortnight":
            return a_week(day)
        case "month":
            return a_month(day.year, day.month)
        case "year":
            return a_year(day.year)
        case "decade":
            return years(day.year // 10 * 10, 10)
        case _:
            return years(day.year // 100 * 100, 100)


def day_in_words(day: date) -> str:
    """
    >>> day_in_words(date(2026, 2, 10))
    '10 February 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def days_in_words(first: date | None, last: date | None) -> str:
    """A run of days as people say it; None for an open end.

    >>> days_in_words(date(2025, 7, 1), date(2025, 7, 31)), days_in_words(None, date(2025, 12, 31))
    ('July 2025', 'up to 31 December 2025')
    >>> days_in_words(date(2026, 2, 2), date(2026, 2, 8))
    '2 to 8 February 2026'
    """
    if first is None or last is None:
        return f"from {day_in_words(first)} on" if first else f"up to {day_in_words(last)}" if last else "at any time"
    if first == last:
        return day_in_words(first)
    if (first, last) == a_month(first.year, first.month)[:2]:
        return f"{MONTHS[first.month - 1]} {first.year}"
    if (first, last) == a_year(first.year)[:2]:
        return str(first.year)
    begin = day_in_words(first)
    if first.year == last.year:
        begin = begin.removesuffix(f" {first.year}")
        if first.month == last.month:
            begin = str(first.day)
    return f"{begin} to {day_in_words(last)}"
