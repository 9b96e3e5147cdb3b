"""When an article was published, as its own first and last lines, or its address, say.

A date counts only where a page states it: after a word such as "Published", on a line that holds little else than a
byline, in a dateline with its year, or in the address. One in a sentence is what the sentence is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import NamedTuple

from dateutil import tz
from dateutil.parser import ParserError, parse, parserinfo

from index.languages.page_dates import PAGE_DATES, any_of, spellings
from index.times.published import published_days

TOP, BOTTOM = 12, 4
"""How many lines at the top and at the bottom of a text may state its date."""

_LONGEST_LINE = 200

_MONTHS = spellings()
_ZONES = {
    "GMT": 0, "UTC": 0, "Z": 0, "BST": 1, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "IST": 5.5, "SGT": 8, "HKT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12,
    "NZDT": 13, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
ZONES = {name: round(hours * 3600) for name, hours in _ZONES.items()}
"""Seconds east of Greenwich, by the name of a zone."""

_CLOCKS = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "UK": "Europe/London",
}
"""Zones that are named without saying whether it is summer time."""

_month = rf"(?:{'|'.join(sorted((name for names in _MONTHS for name in names), key=len, reverse=True))})\b\.?"
_weekday = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,? )?"
_day = r"\d{1,2}(?:st|nd|rd|th|er|\.|º)?"
_year = r"(?:1[6-9]|2\d)\d\d"
_FOUR = re.compile(r"\d{4}")
_DATE = re.compile(
    rf"(?P<iso>\b{_year}-\d{{2}}(?:-\d{{2}})?(?!\d))"
    rf"|{_weekday}(?:(?P<dmy>\b{_day}(?: de| of)? {_month}(?: de| del|,)? {_year}\b)"
    rf"|(?P<mdy>\b{_month} {_day},? {_year}\b)|(?P<numeric>\b\d{{1,2}}([./-])\d{{1,2}}\5{_year}\b)"
    rf"|(?P<ymd>\b{_year}/\d{{1,2}}/\d{{1,2}}\b)|(?P<my>\b{_month}(?: de|,)? {_year}\b)"
    r"|(?P<signs>\b\d{4} ?[年년] ?\d{1,2} ?[月월] ?\d{1,2} ?[日일])"
    r"|(?P<year>(?<=published )(?:19|20)\d\d\b))",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d.])(?P<hour>[01]?\d|2[0-3])(?:(?::|\.|h| h )(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?)?"
    r" ?(?P<half>[ap]\.?m\b\.?)?(?: Uhr)?"
    rf"(?: ?\(?(?P<zone>(?:(?:GMT|UTC)?[+-]\d\d?(?::?\d\d)?)\b|(?:{'|'.join([*_ZONES, *_CLOCKS])})\b)\)?)?(?![\d.]\d)",
    re.IGNORECASE,
)
_FARTHEST = 14 * 60
"""Minutes that the time of a place may be away from UTC."""

_AFTER = rf"(?: {any_of('on')})?\s*[:|–-]?\s*"
_PUBLISHED = re.compile(
    rf"(?<!re)\b(?:{any_of('published')}|edition of|(?<![^\W\d_] )date(?:line)?|pubdate"
    rf"|(?:publication|publishing|posting|issue|article) date)\b{_AFTER}$",
    re.IGNORECASE,
)
_CHANGED = rf"\b{any_of('updated')}"
_UPDATE = re.compile(_CHANGED, re.IGNORECASE)
_STAMPED = re.compile(rf"{_CHANGED}|\b{any_of('published')}", re.IGNORECASE)
_UPDATED = re.compile(rf"{_CHANGED}{_AFTER}$", re.IGNORECASE)
_YEARLESS = re.compile(rf"{_weekday}(?:\b{_day} {_month}|\b{_month} {_day})(?!,? ?\d{{4}}|\d)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"https?://\S+?/((?:19|20)\d\d)(?:[/-](\d{1,2})(?:[/-](\d{1,2}))?(?=[/-])|([01]\d[0-3]\d)(?=[/_-]))"
)
_LINK = re.compile(r"(?:\w+:? )?https?://\S+\s*", re.IGNORECASE)
_ANY_LINK = re.compile(r"https?://\S+")
_NOT_THIS = re.compile(
    r"\b(?:photo|picture|image|file|archive|correction|corrected|clarification|copyright|©|born|died|tickets?|concert"
    r"|event|doors|starts?|begins?|deadline|by post|retrieved|accessed|saved|printed on|until|from|since|before|after"
    r"|expires|valid|law|act|meeting|recorded|filmed)\b|©",
    re.IGNORECASE,
)
_TO = re.compile(rf"^\s*[–—-]\s*(?:\d{{1,2}}(?!\d|[:.h]\d\d)|{_month})", re.IGNORECASE)
_FROM = re.compile(r"\d{4}\s*[–—-]\s*$")
_SITE = re.compile(r"\b(?:terms of|privacy|cookies)\b", re.IGNORECASE)
_FOR = re.compile(r"(?:\b(?:for|to|of|on|in)|:)\s*$", re.IGNORECASE)
"""What stands before the date of something else: "Forecast for 5 May", "Kick-off: 5 May"."""

_DIGITS = {code: str(number) for start in (0x0660, 0x06F0) for number, code in enumerate(range(start, start + 10))}
"""Arabic and Persian digits."""

_READING_TIME = re.compile(r"(?:reading time:? )?\d+[ -]min(?:ute)?s?(?: read)?", re.IGNORECASE)
_BESIDE = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_SMALL = {"by", "in", "and", "of", "at", "for", "the", "um", "à", "om"}.union(
    *(row.on.split("|") for language, row in PAGE_DATES.items() if language != "en")  # "Updated on 3 May by the state."
)
_THIS_PAGE = re.compile(r"\b(?:this|the) (?:article|story|page|post|version)\b", re.IGNORECASE)
_MOST_BESIDE = 7
"""How many words a line may have beside its date and time, if no word leads to the date: a byline and an outlet."""

_DATELINE = re.compile(
    r"^[^\W\d_a-z]{2,}[^\W_a-z\d]*(?:[ ,.'’/-]+[^\W\d_]+\.?){0,4}(?:, |[،，] ?| ?\([^)]{2,40}\),? )$"
)
_DATELINE_END = re.compile(r"^(?: року| года| г\.| roku| r\.)?\s*(?:\([^)]{2,40}\))?\s*(?:[-–—]|--)\s")


class Stated(NamedTuple):
    """A date that a text states: ISO 8601, as exact as it is stated, and whether the order of 03/04 was a guess."""

    value: str
    ambiguous: bool = False


class _Words(parserinfo):  # type: ignore[misc]  # it has no types
    MONTHS = _MONTHS


def stated_publication(text: str, *, day_first: bool = True) -> Stated | None:
    """The date of publication that a text states; None where it states none, or an impossible one.

    A date of publication goes before one of an update. ``day_first`` reads 03/04/2025 as 3 April.

    >>> stated_publication("Ferry sails\\nUpdated 14:05 GMT, 3 May 2024\\nThe ferry sailed.")
    Stated(value='2024-05-03T14:05:00+00:00', ambiguous=False)
    >>> stated_publication("Ferry sank\\nOn 3 May 2019 the ferry sank.")
    """
    ranked = sorted(_statements(text, day_first), key=lambda pair: pair[0])
    return ranked[0][1] if ranked else None


def stated_update(text: str, published: date, *, day_first: bool = True) -> Stated | None:
    """The newest date after that of publication on which a text states that it was changed; None where it states none.

    One without its year is the next after the publication. What an article says to have added, a paragraph that begins
    with "Update, 12 May 2025:", changes nothing else of it.

    >>> stated_update("Ferry sails\\nPublished 1 March 2025, updated 2 April\\nThe ferry sailed.", date(2025, 3, 1))
    Stated(value='2025-04-02', ambiguous=False)
    """
    if not _UPDATE.search(text):  # most texts: nothing is stated of one
        return None
    stated = [one for rank, one in _statements(text, day_first) if rank == 2]
    for line in _lines(text):
        for match in _YEARLESS.finditer(line[:_LONGEST_LINE]):
            if _rank(line, match, last=True) == 2:
                stated += _next_after(published, match.group())
    later = [one for one in stated if (days := published_days(one.value)) and days[0] > published]
    return max(later, key=lambda one: published_days(one.value) or (), default=None)


def first_date(line: str, *, day_first: bool = True) -> Stated | None:
    """The first date of a line that is known to state when its page was published; None where it has none.

    >>> first_date("Submitted by Gil Tranter on Tue, 19/11/2024 - 08:15")
    Stated(value='2024-11-19T08:15:00', ambiguous=False)
    """
    line = line.translate(_DIGITS)
    for match in _DATE.finditer(line[:_LONGEST_LINE]):
        with suppress(ValueError, OverflowError):
            led = _UPDATED.search(line[: match.start()])
            if not led and not _NOT_THIS.search(line) and (found := _read(line, match, day_first)):
                return found
    return None


def dateline_end(line: str) -> int:
    """Where a dateline with its day and year ends, in any of the languages in which dates are read; 0 for none.

    >>> line = "LÜTZOW (NWD), 4. März 2025 - Die Bürgermeisterin ist zurückgetreten."
    >>> line[dateline_end(line) :]
    'Die Bürgermeisterin ist zurückgetreten.'
    """
    start = line[:_LONGEST_LINE].translate(_DIGITS)
    for match in _DATE.finditer(start):
        after = _DATELINE_END.match(start[match.end() :])
        if after and _DATELINE.match(start[: match.start()]):
            return match.end() + after.end()
    return 0


def leads_to_update(text: str) -> bool:
    """Whether a date that follows a text is one of a change.

    >>> leads_to_update("Last updated: "), leads_to_update("Published")
    (True, False)
    """
    return _UPDATED.search(f"{text.rstrip()} ") is not None


def is_stamp(line: str) -> bool:
    """Whether a line says no more than when its page was published or changed.

    >>> is_stamp("Published 14:20, 3 May 2025 | Updated 5 May"), is_stamp("Updated on 3 May by the state.")
    (True, False)
    """
    if len(line) > _LONGEST_LINE or _THIS_PAGE.search(line) or not _STAMPED.search(line):
        return False
    dates = [*_DATE.finditer(line), *_YEARLESS.finditer(line)]
    return len(_told_beside(line)) <= 1 and any(_rank(line, match, last=True) in (0, 2) for match in dates)


def _next_after(published: date, written: str) -> list[Stated]:
    """The first such day, "2 April", on or after another."""
    clean = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|[.,]", " ", written)
    for year in (published.year, published.year + 1):
        with suppress(ParserError, OverflowError, ValueError):
            day = parse(clean, _Words(), default=datetime(year, 1, 1)).date()
            if day >= published:
                return [Stated(day.isoformat())]
    return []


def _lines(text: str) -> list[str]:
    """The lines that may state a date: those at the top and at the bottom."""
    lines = [line.strip().translate(_DIGITS) for line in text.split("\n") if line.strip()]
    return [*lines[:TOP], *lines[max(TOP, len(lines) - BOTTOM) :]]


def _statements(text: str, day_first: bool) -> Iterator[tuple[int, Stated]]:
    """What is stated, with 0 for a date of publication, 1 for one without a word, 2 for an update, 3 for an address."""
    for number, line in enumerate(_lines(text)):
        if (address := _ADDRESS.search(line[:500])) and _LINK.fullmatch(line):
            digits = "".join(part.zfill(2) for part in address.groups() if part)
            if stated := _iso("-".join(filter(None, (digits[:4], digits[4:6], digits[6:])))):
                yield 3, Stated(stated)
            continue
        line = _ANY_LINK.sub("", line)
        if not _FOUR.search(line[:_LONGEST_LINE]):  # most lines: no year, no date
            continue
        for match in _DATE.finditer(line[:_LONGEST_LINE]):
            rank = _rank(line, match, last=number >= TOP)
            with suppress(ValueError, OverflowError):  # what no calendar has is no date
                if rank is not None and (found := _read(line, match, day_first)):
                    yield rank, found


def _rank(line: str, match: re.Match[str], *, last: bool) -> int | None:
    before, after = line[: match.start()], line[match.end() :]
    if _DATELINE.match(before) and _DATELINE_END.match(after):
        return 1
    if len(line) > _LONGEST_LINE:
        return None
    lead = _TIME.sub("", before).rstrip(" ,;(|•·–—-") + " " if _TIME.search(before) else before
    if _SITE.search(line):
        return None
    if led := _UPDATED.search(lead):
        return None if _is_told(lead[: led.start()], after) else 2
    if led := _PUBLISHED.search(lead):
        return None if _is_told(lead[: led.start()], after) else 0
    if last or _NOT_THIS.search(line):
        return None
    return 1 if _is_byline(before, after) else None


def _is_told(before: str, after: str) -> bool:
    """Whether the words beside a "published" are a sentence of the article: "A report published on …"."""
    if _THIS_PAGE.search(before):
        return False
    return len(_told_beside(_READING_TIME.sub("", f"{before} | {after}"))) > 1


def _told_beside(line: str) -> list[str]:
    """The words of a line that are no names and none of a stamp's: of its days, of its times, of what was changed."""
    for of_stamp in (_DATE, _YEARLESS, _TIME, _UPDATE):
        line = of_stamp.sub(" ", line)
    return [word for word in _BESIDE.findall(line) if word[0].islower() and word not in _SMALL]


def _is_byline(before: str, after: str) -> bool:
    """Whether what stands beside a date is no sentence: a name, an outlet, a section, a time."""
    if _FOR.search(before) or _FROM.search(before) or _TO.search(after):
        return False
    beside = _TIME.sub("", _READING_TIME.sub("", f"{before} | {after}"))
    words = _BESIDE.findall(beside)
    if len(words) > _MOST_BESIDE or beside.rstrip().endswith((".", "!", "?")):
        return False
    return len([word for word in words if word[0].islower() and word not in _SMALL]) <= 1


def _read(line: str, match: re.Match[str], day_first: bool) -> Stated | None:
    """A date with the time beside it."""
    written = match.group(match.lastgroup or 0)
    if match["year"]:
        return Stated(written)
    if match["iso"] or match["ymd"] or match["signs"]:
        day = _iso("-".join(f"{int(part):02d}" for part in re.findall(r"\d+", written)))
        return Stated(_with_time(line, match, day)) if day else None
    try:
        clean = re.sub(r"(?<=\d)(?:st|nd|rd|th|er|º)\b|\b(?:de|del|of)\b", "", written, flags=re.IGNORECASE)
        if match["numeric"]:
            return _numeric(line, match, clean, day_first)
        info = _Words(dayfirst=day_first)
        found = parse(clean.replace(".", " ").replace(",", " "), info, default=datetime(1, 1, 1))
    except (ParserError, OverflowError, ValueError):
        return None
    if match["my"]:
        return Stated(f"{found:%Y-%m}" if found.year > 999 else f"{found.year:04d}-{found.month:02d}")
    return Stated(_with_time(line, match, found.date().isoformat()))


def _numeric(line: str, match: re.Match[str], written: str, day_first: bool) -> Stated | None:
    """03/04/2025; a weekday beside it settles the order."""
    one, other, year = (int(part) for part in re.split("[./-]", written))
    months_first = [date(year, one, other)] if one <= 12 and _exists(year, one, other) else []
    days_first = [date(year, other, one)] if other <= 12 and _exists(year, other, one) else []
    both = [*days_first, *months_first] if day_first or "." in written else [*months_first, *days_first]
    named = [day for day in both if f"{day:%a}".lower() in match.group().lower()]
    if not both:
        return None
    ambiguous = len(set(both)) > 1 and len(named) != 1 and "." not in written
    return Stated(_with_time(line, match, (named or both)[0].isoformat()), ambiguous)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _iso(value: str) -> str | None:
    """A year, a month or a day, if it exists."""
    year, month, day = [*(int(part) for part in value.split("-")), 1, 1][:3]
    return value if _exists(year, month, day) else None


def _with_time(line: str, match: re.Match[str], day: str) -> str:
    """A day with the time of day that stands right after it, or right before it."""
    if len(day) < 10:
        return day
    after = re.match(rf"[\s,|T•·–—-]*(?:{any_of('at')}\s+)?", line[match.end() :])
    found = _TIME.match(line, match.end() + (after.end() if after else 0))
    if not _is_time(found):
        earlier = [time for time in _TIME.finditer(line, 0, match.start()) if _is_time(time)]
        found = earlier[-1] if earlier else None
    if not found or not _is_time(found):
        return day
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"][0].lower() == "p")
    moment = datetime.fromisoformat(day).replace(hour=hour, minute=minute)
    zone = (found["zone"] or "").upper()
    if zone in _CLOCKS:
        moment = moment.replace(tzinfo=tz.gettz(_CLOCKS[zone]))
    elif zone in _ZONES:
        moment = moment.replace(tzinfo=tz.tzoffset(None, int(_ZONES[zone] * 3600)))
    elif offset := re.search(r"([+-])(\d\d?):?(\d\d)?$", zone):
        minutes = 60 * int(offset[2]) + int(offset[3] or 0)
        if minutes <= _FARTHEST:
            moment = moment.replace(tzinfo=tz.tzoffset(None, 60 * (minutes if offset[1] == "+" else -minutes)))
    return moment.isoformat()


def _is_time(found: re.Match[str] | None) -> bool:
    """Whether it is a time of day, and not a number."""
    return bool(found and (found["minute"] or found["half"]))
