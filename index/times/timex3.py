"""Expressions of time as TIMEX3 has them: type, value and modifier of dates, times of day, durations and sets.

TIMEX3 is the annotation of TimeML (Pustejovsky and others 2003; ISO 24617-1). A range is two expressions, "late May" is
May with a modifier, "since May" is May.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from dateutil.relativedelta import relativedelta

from index.languages.en.durations import (
    BESIDE_CLOCK,
    CLOCK,
    DAY_PART,
    DAY_PARTS,
    DURATIONS,
    MAY_LAST,
    NAMED_DURATIONS,
    REFERENCES,
    SETS,
    duration_value,
    mod_of,
    set_value,
)
from index.languages.en.numbers import SPELLED
from index.times.days import Days, Precision, a_half, a_quarter, unit_around
from index.times.expression import Timex
from index.times.rules import Unit
from index.times.timex import find_times
from index.types import Span

Type = Literal["DATE", "TIME", "DURATION", "SET"]
_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}


@dataclass(frozen=True, slots=True)
class Timex3:
    """One expression, from ``start`` to ``end`` of the text."""

    start: int
    end: int
    type: Type
    value: str
    """``2026-02-10``, ``2026-W07``, ``2026-02-10TMO``, ``P3D``, ``XXXX-WXX-1``, ``PRESENT_REF``; "" for none known."""
    mod: str = ""
    """``START``, ``MID``, ``END``, ``APPROX``, ``LESS_THAN``, ``MORE_THAN`` or nothing."""
    first: date | None = None
    last: date | None = None


def annotate(text: str, sentences: Sequence[Span], published: date | None, *, day_first: bool = True) -> list[Timex3]:
    """The expressions of time in the sentences of a text, in order; none overlaps another.

    >>> said = "They met every Monday for three weeks in late May 2025."
    >>> [(said[one.start : one.end], one.value, one.mod) for one in annotate(said, [Span(0, 55)], None)]
    [('every Monday', 'XXXX-WXX-1', ''), ('three weeks', 'P3W', ''), ('late May 2025', '2025-05', 'END')]
    """
    times = find_times(text, sentences, published, day_first=day_first)
    text = _SPACE.sub(" ", text)
    begins = [one.start for one in times]
    found: list[Timex3] = []
    day = published
    for span in sentences:
        own = times[bisect_left(begins, span.start) : bisect_left(begins, span.end)]
        chosen = _chosen(text, span, own)
        found += _with_clocks(text, span, chosen, day)
        day = next((one.first for one in reversed(chosen) if _is_day(one)), day)
    return found


def lengths(text: str, span: Span, times: Sequence[Timex]) -> tuple[Timex3, ...]:
    """The durations and sets in a sentence of a text; ``times`` are the other expressions that it has.

    >>> said = "They met every Monday for three weeks in May."
    >>> [(one.type, one.value) for one in lengths(said, Span(0, 45), [])]
    [('SET', 'XXXX-WXX-1'), ('DURATION', 'P3W')]
    """
    if not MAY_LAST.search(text, span.start, span.end):
        return ()
    return tuple(one for one in _chosen(text, span, times, references=False) if one.type in ("DURATION", "SET"))


def _chosen(text: str, span: Span, times: Sequence[Timex], *, references: bool = True) -> list[Timex3]:
    """The expressions of a sentence; of those that overlap the one that says more, else the longest.

    Without ``references`` "now" is none.
    """
    said = _SPACE.sub(" ", text[span.start : span.end])
    ranked = [(2, _of_unit(said[unit.start - span.start :], unit)) for one in times for unit in one.units]
    ranked += [(5, Timex3(one.start, one.end, "DATE", "")) for one in times if not one.units]
    ranked += _lengths(said, span.start)
    ranked += _references(said, span.start) if references else ()
    found: list[Timex3] = []
    for _, one in sorted(ranked, key=lambda entry: (entry[0], entry[1].start, -entry[1].end)):
        if all(one.end <= other.start or other.end <= one.start for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


_SPACE = re.compile(r"\s")


def _is_day(one: Timex3) -> bool:
    return one.first is not None and one.first == one.last


def value_of(days: Days) -> str:
    """The value of a calendar unit.

    >>> value_of((date(2025, 7, 1), date(2025, 9, 30), "quarter"))
    '2025-Q3'
    """
    first, last, precision = days
    match precision:
        case "day" if first == last:
            return first.isoformat()
        case "day" | "week":
            year, week, _ = first.isocalendar()
            return f"{year:04d}-W{week:02d}" + ("-WE" if precision == "day" else "")
        case "month":
            return f"{first.year:04d}-{first.month:02d}"
        case "quarter":
            return f"{first.year:04d}-Q{(first.month + 2) // 3}"
        case "half":
            return f"{first.year:04d}-H{1 if first.month < 7 else 2}"
        case "season":
            return f"{first.year:04d}-{_SEASONS[first.month]}" if first.month in _SEASONS else ""
        case "year":
            return f"{first.year:04d}"
        case "decade":
            return f"{first.year // 10:03d}"
        case _:
            return f"{first.year // 100:02d}"


def interval_of(first: date | None, last: date | None, precision: Precision | None) -> str:
    """Days as a value of TIMEX3 if they are a calendar unit, else as an interval of ISO 8601, open ends as ``..``.

    >>> interval_of(date(2025, 7, 1), date(2025, 7, 31), "month"), interval_of(None, date(2025, 7, 6), "day")
    ('2025-07', '../2025-07-06')
    """
    if first and last and precision and (first, last) == _unit(first, precision):
        return value_of((first, last, precision))
    return f"{first or '..'}/{last or '..'}" if first or last else ""


def _unit(day: date, precision: Precision) -> tuple[date, date]:
    """The calendar unit of such a length that a day is in."""
    match precision:
        case "quarter":
            days = a_quarter(day.year, (day.month + 2) // 3)
        case "half":
            days = a_half(day.year, 1 if day.month < 7 else 2)
        case "season":
            days = (day, day + relativedelta(months=3, days=-1), precision)
        case _:
            days = unit_around(day, precision)
    return days[:2]


def _of_unit(said: str, unit: Unit) -> Timex3:
    start, end, days, mod = unit
    value = value_of(days)
    part = DAY_PART.search(said[: end - start])
    if part and days[2] == "day":
        return Timex3(start, end, "TIME", f"{value}T{DAY_PARTS[part[1].lower()]}", mod, *days[:2])
    return Timex3(start, end, "DATE", value, mod, *days[:2])


def _lengths(said: str, offset: int) -> Iterator[tuple[int, Timex3]]:
    """Sets and durations, each with its rank: what says more comes before what it holds."""
    for rank, patterns in ((0, SETS), (1, NAMED_DURATIONS), (3, DURATIONS)):
        for match in chain.from_iterable(pattern.finditer(said) for pattern in patterns):
            place = match.start() + offset, match.end() + offset
            if _is_name(match):
                continue
            if rank == 0:
                yield rank, Timex3(*place, "SET", set_value(match))
            else:
                yield rank, Timex3(*place, "DURATION", duration_value(match), mod_of(match))


def _is_name(match: re.Match[str]) -> bool:
    """Whether a unit, or "daily", is part of a name: "60 Minutes", the "Daily Mail"."""
    groups = match.groupdict()
    word = groups.get("often") or groups.get("unit") or groups.get("units") or ""
    return match.end() > len(word) and word[:1].isupper() and not match.group().isupper()


def _references(said: str, offset: int) -> Iterator[tuple[int, Timex3]]:
    """What means now, before or later, and names no days."""
    for value, pattern in REFERENCES.items():
        for match in pattern.finditer(said):
            yield 4, Timex3(match.start() + offset, match.end() + offset, "DATE", value)


def _with_clocks(text: str, span: Span, found: Sequence[Timex3], day: date | None) -> list[Timex3]:
    """A sentence's expressions with hours: "9 a.m. on Tuesday" is one, an hour alone is of the day named last."""
    left = list(found)
    timed: list[Timex3] = []
    for match in CLOCK.finditer(text, span.start, span.end):
        hour = _hour(match)
        start, end = match.span()
        if any(one.start < end and start < one.end for one in (*left, *timed)):
            continue
        day = next((one.first for one in reversed(left) if one.end <= start and _is_day(one)), day)
        beside = [one for one in left if _is_day(one) and _beside(text, one, start, end)]
        if not beside:
            timed.append(Timex3(start, end, "TIME", f"{day or 'XXXX-XX-XX'}T{hour}", "", day, day))
            continue
        one = beside[-1]
        left.remove(one)
        day = one.first
        if match["spelled"] and one.value.endswith(("TAF", "TEV", "TNI")) and hour < "12":
            hour = f"{int(hour[:2]) + 12}{hour[2:]}"
        value = f"{one.first}T{hour}"
        whole = min(start, one.start), max(end, one.end)
        timed.append(Timex3(*whole, "TIME", value, one.mod, one.first, one.last))
    return sorted([*left, *timed], key=lambda one: one.start)


def _beside(text: str, one: Timex3, start: int, end: int) -> bool:
    between = text[end : one.start] if end <= one.start else text[one.end : start] if one.end <= start else ""
    return bool(BESIDE_CLOCK.fullmatch(between)) or between in (" at ", ", at ")


def _hour(match: re.Match[str]) -> str:
    if match["word"]:
        return "12:00" if match["word"].lower() == "noon" else "24:00"
    if match["spelled"]:
        hour = int(SPELLED.get(match["spelled"].lower(), 0) or match["spelled"])
        return f"{hour:02d}:00"
    if match["hour24"]:
        return f"{int(match['hour24']):02d}:{match['minute24']}"
    hour = int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0)
    return f"{hour:02d}:{match['minute'] or '00'}"


def plain(one: Timex3) -> dict[str, str | int | None]:
    """An expression for JSON, its days as 2026-02-10."""
    first, last = (day.isoformat() if day else None for day in (one.first, one.last))
    return {"start": one.start, "end": one.end, "type": one.type, "value": one.value, "mod": one.mod,
            "first": first, "last": last}  # fmt: skip


def inline(text: str, found: Sequence[Timex3], published: date | None = None) -> str:
    """A text as a document of TimeML: its expressions in TIMEX3 elements, the day it counts from, all else escaped.

    >>> print(inline("On 3 May 2025 & after", annotate("On 3 May 2025 & after", [Span(0, 21)], None)))
    <?xml version="1.0" encoding="UTF-8"?>
    <TimeML>
    <TEXT>On <TIMEX3 tid="t1" type="DATE" value="2025-05-03">3 May 2025</TIMEX3> &amp; after</TEXT>
    </TimeML>
    """
    pieces, at = ["<TEXT>"], 0
    for number, one in enumerate(found, 1):
        given = {"tid": f"t{number}", "type": one.type, "value": one.value, "mod": one.mod}
        named = "".join(f" {name}={quoteattr(value)}" for name, value in given.items() if value)
        pieces += [_xml(text[at : one.start]), f"<TIMEX3{named}>{_xml(text[one.start : one.end])}</TIMEX3>"]
        at = one.end
    pieces += [_xml(text[at:]), "</TEXT>"]
    created = (
        f'<DCT><TIMEX3 tid="t0" type="DATE" value="{published}" functionInDocument="CREATION_TIME">{published}</TIMEX3>'
        "</DCT>\n"
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<TimeML>\n' + (created if published else "")
    return head + "".join(pieces) + "\n</TimeML>"


def _xml(text: str) -> str:
    """Escaped, without the control characters that XML cannot hold."""
    return escape(_NOT_XML.sub(" ", text))


_NOT_XML = re.compile(r"[^\n\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
