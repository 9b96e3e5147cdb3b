"""Dates as people write them, each as the beginning of an ISO date: "2022", "2022-09", "2022-09-14"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

_MONTHS = "January February March April May June July August September October November December".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NUMBER_OF = {month[:3]: number for number, month in enumerate(_MONTHS, 1)}

_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_SHORT = "|".join(["Sept", *(month[:3] for month in _MONTHS)])
_WRITTEN = re.compile(
    rf"\b(?:(?P<day>{_DAY})(?: of)? )?"
    rf"(?P<month>(?:{'|'.join(_MONTHS)})\b|(?(day)(?:{_SHORT})\b|(?:{_SHORT})\b(?=\.|,? \d)))\.?"
    rf"(?(day)|(?: (?P<later>{_DAY})(?!\w))?)(?:,? (?P<year>\d{{4}})\b)?"
)
"""A name of a month, with a day before it or behind it, and a year; "Jan" alone may be a person."""

_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_YEAR = re.compile(
    r"(?:^|\b(?:(?:in|since|during|until|early|late|mid)[ -]|(?:of|by|from|to|before|after|between|and) "
    r"(?=\d{4}(?:[.,;)]|$| (?:and|to|until)\b))))(?P<year>1[5-9]\d\d|20\d\d)(?![\w%]|,\d)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_WEEKDAYS)})\b")
_RELATIVE = re.compile(r"\b(?:yesterday|today|tomorrow|(?:last|this) (?:month|year))\b", re.IGNORECASE)


def dates_in(text: str, published: date | None) -> list[tuple[int, int, str]]:
    """The dates of a text, each with where it begins and ends; "" where nothing tells which day or month it is.

    What is told without a year is the last such day or month when its article was published.

    >>> [found for _, _, found in dates_in("On 5 May 2024, in Sept. 2022 and in 2019", None)]
    ['2024-05-05', '2022-09', '2019']
    >>> [found for _, _, found in dates_in("in July, on Tuesday, last month", date(2024, 6, 5))]
    ['2023-07', '2024-06-04', '2024-05']
    """
    found = [*_calendar(text, published), *_relative(text, published)]
    inside = [(begin, end) for begin, end, _ in found]
    years = [(*match.span("year"), match["year"]) for match in _YEAR.finditer(text)]
    return sorted(found + [year for year in years if not any(begin <= year[0] < end for begin, end in inside)])


def one_way(text: str) -> str:
    """A text with its dates written one way, the day before the month.

    >>> one_way("Sept. 5"), one_way("May 5th, 2024"), one_way("the 5th of May")
    ('5 September', '5 May 2024', 'the 5 May')
    """
    return _WRITTEN.sub(lambda found: " ".join(part for part in _parts(found) if part), text)


def without_dates(text: str) -> str:
    """A text without the dates in it."""
    for begin, end, _ in reversed(dates_in(text, None)):
        text = f"{text[:begin]} {text[end:]}"
    return text


def _parts(found: re.Match[str]) -> tuple[str, str, str]:
    day = re.sub(r"\D", "", found["day"] or found["later"] or "")
    return day, _MONTHS[_NUMBER_OF[found["month"][:3]] - 1], found["year"] or ""


def _calendar(text: str, published: date | None) -> Iterator[tuple[int, int, str]]:
    for match in _ISO.finditer(text):
        yield *match.span(), match.group()
    for match in _WRITTEN.finditer(text):
        day, _, year = _parts(match)
        month = _NUMBER_OF[match["month"][:3]]
        if not year and published:
            later = (month, int(day or 1)) > (published.month, published.day)
            year = str(published.year - later)
        known = f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")
        yield *match.span(), known if year else ""


def _relative(text: str, published: date | None) -> Iterator[tuple[int, int, str]]:
    for match in _WEEKDAY.finditer(text):
        back = (published.weekday() - _WEEKDAYS.index(match.group())) % 7 if published else 0
        yield *match.span(), (published - timedelta(days=back)).isoformat() if published else ""
    for match in _RELATIVE.finditer(text):
        if not published:
            yield *match.span(), ""
            continue
        word, _, unit = match.group().lower().partition(" ")
        ago = {"yesterday": 1, "tomorrow": -1, "last": 1}.get(word, 0)
        day = published - relativedelta(**{f"{unit or 'day'}s": ago})
        yield *match.span(), day.isoformat()[: {"": 10, "month": 7, "year": 4}[unit]]
