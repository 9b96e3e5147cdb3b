"""Times that hang on others: "two days later", "that July", "the 14th"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.times.days import COARSENESS, Days, Precision, a_quarter, moved, unit_around
from index.times.expression import Timex
from index.times.rules import Around, Rule, Unit, counted, day_within, hanging_day, hanging_in, within

EXACTLY: dict[str, Precision] = {
    "day": "day", "week": "day", "fortnight": "day", "month": "month", "year": "month"
}  # fmt: skip
LOOSELY: dict[str, Precision] = {
    "day": "day", "week": "week", "fortnight": "week", "month": "month", "year": "year"
}  # fmt: skip


def hang_within(match: re.Match[str], rule: Rule, timex: Timex, before: Sequence[Timex]) -> Timex:
    """That July, the following spring, 3 November of that year, the 14th: by the last time that the text names."""
    anchor = next((one for one in reversed(before) if one.units), None)
    if anchor is None:
        return timex
    days = anchor.units[0].days
    found: Days | None
    try:
        if rule is hanging_in:
            found = within(days, (match["way"] or "that").lower(), match)
        elif rule is hanging_day:
            found = day_within(days, match) if days[2] in ("day", "week", "month") else None
        else:
            told = rule(match, Around(None, False, days[0].year, True))
            found = told.days if told else None
    except (ValueError, OverflowError, StopIteration):
        return timex
    if found is None:
        return timex
    units = (Unit(timex.start, timex.end, found),)
    return replace(timex, first=found[0], last=found[1], precision=found[2], derived="from the text", units=units)


_DIRECT = re.compile(r" [^,;.:()]{0,60}")
_ALONE = re.compile(r" ?(?:[.,;:)]|$|(?:saw|was|had)\b)")
"""What stands behind "two days before" where it counts from a time named earlier."""


def _anchor(before: Sequence[Timex], unit: str) -> Timex | None:
    """The last time that is known exactly enough: to the week for "two days later", else to the year."""
    known = (one for one in reversed(before) if one.resolved and one.first)
    wanted = ("day", "week") if unit == "day" else COARSENESS[: COARSENESS.index("decade")]
    return next((one for one in known if one.precision in wanted), None)


def hang_on(
    sentence: str, match: re.Match[str], timex: Timex, before: Sequence[Timex], after: Sequence[Timex]
) -> Timex:
    """What is so long before or after another time that the text names."""
    groups = match.groupdict()
    way = (groups["way"] or "that").lower()
    if way == "following" and match.group().lower().endswith(way):
        way = "later"
    unit = "day" if groups.get("daytime") else match["unit"].lower()
    on_next = way in ("after", "before", "since")
    if on_next:
        following = sentence[match.end() : match.end() + after[0].start - timex.end] if after else "…"
        anchor = after[0] if after and _DIRECT.fullmatch(following) else None
        if anchor is None and _ALONE.match(sentence, match.end()):
            anchor = _anchor(before, unit)
            way = {"before": "earlier", "after": "later"}.get(way, way)
    else:
        anchor = _anchor(before, unit)
    if anchor is None or anchor.first is None or anchor.precision is None:
        return timex
    if unit == "quarter" and anchor.precision not in ("day", "week", "month", "quarter"):
        return timex
    sign = {"earlier": -1, "before": -1, "previous": -1, "same": 0, "that": 0}.get(way, 1)
    try:
        count = counted(match) if groups.get("count") else 1
        first = anchor.first if not sign else moved(anchor.first, unit, sign * count)
        # "Two years after" a day is known to the month; "nearly two years" or "the following year" only to the year.
        loose = bool(groups.get("about") or not groups.get("count"))
        least: Precision = (LOOSELY if loose else EXACTLY).get(unit, "decade" if loose else "year")
        precision = max(least, anchor.precision, key=COARSENESS.index)
        if way in ("that", "same", "next", "following", "previous") and not groups.get("count") and unit != "day":
            precision = next((name for name in COARSENESS if name == unit), precision)
        if precision == "quarter":
            days: Days = a_quarter(first.year, (first.month + 2) // 3)
        elif precision in ("season", "half"):
            length = (anchor.last or anchor.first) - anchor.first
            days = (first, first + length, precision)
        else:
            days = unit_around(first, precision)
    except (ValueError, OverflowError):
        return timex
    named = days
    if unit in ("month", "year", "decade") and days[2] in ("day", "week", "month") and unit != days[2]:
        named = unit_around(first, unit)  # TIMEX3 has "a year later" by the year
    units = (Unit(timex.start, timex.end, named),)
    return replace(timex, first=days[0], last=days[1], precision=days[2], derived="from the text", units=units)
