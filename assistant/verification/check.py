"""Whether quotes carry a sentence: its numbers, dates and names, what it asserts, and who said it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.verification.heads import head_lost
from assistant.verification.order import reordered
from assistant.verification.polarity import turned
from assistant.verification.roles import misbound
from index.analysis.attribution import other_speaker, speaker_lost
from index.analysis.names import missing_name
from index.analysis.quantities import Quantity, quantities
from index.analysis.terms import tokens
from index.languages.en.calendar import DAY_OF_MONTH, DAYS_BY_TODAY, YEAR_OF_NEWS
from index.languages.en.function_words import CALENDAR_WORDS, STOP_WORDS
from index.languages.en.numbers import TWICE
from index.languages.en.pronouns import WRITER_OR_READER
from index.languages.en.question_words import BARE_YES_NO
from index.languages.en.spelling import WORD
from index.times.days import MONTHS, WEEKDAYS
from index.times.timex import find_times
from index.types import Span

_MARKUP = re.compile(
    r"https?:\S*|www\.\S+|\w+@\w+\.\w+|</?\w+[^>]*>|!?\[[^\]]*\]\([^)]*\)|[`{}<>|#*_~]{1,3}"
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a sentence may rest on: its quotes, what stands around them, and what is known of their articles."""

    quotes: Sequence[str]
    around: Sequence[str] = ()
    """The sentences before the quotes: who "he" is."""
    titles: str = ""
    """Of the articles: they may tell a full name, and carry nothing else."""
    published: Sequence[date | None] = ()
    """When the article of each quote was published: "on Tuesday" may be told as that day's date."""


def unsupported(sentence: str, carried: Carried) -> str | None:
    """What in a sentence its quotes do not carry, in words for a model and for people; None where they carry all.

    >>> unsupported("The ferry cost $12 million.", Carried(["The ferry cost $10 million."]))
    'the quotes do not have the number $12 million'
    """
    said = " ".join(carried.quotes)
    name = missing_name(sentence, carried.quotes, carried.around, carried.titles)
    return (
        _foreign(sentence, said)
        or _missing_number(sentence, said, carried)
        or _missing_date(sentence, said, carried)
        or (f"the quotes do not have the name {name}" if name else None)
        or turned(sentence, said)
        or reordered(sentence, said)
        or misbound(sentence, said)
        or (f"the quotes speak of {whose}" if (whose := head_lost(sentence, said)) else None)
        or (
            "the passage only says that somebody says so: name who says it"
            if speaker_lost(sentence, carried.quotes)
            else None
        )
        or (f"the quotes have {speaker!r} say it" if (speaker := other_speaker(sentence, said)) else None)
    )


def _foreign(sentence: str, said: str) -> str | None:
    """What no sentence of news has: markup, a link, somebody who speaks to the reader, a bare yes or no."""
    for found in _MARKUP.findall(sentence):
        if found not in said:
            return f"it has {found!r}, which is no text of an article"
    if (match := BARE_YES_NO.match(sentence)) and not said.lower().startswith(match.group().lower()):
        return "it begins with yes or no: say what the passage says"
    theirs = {word.lower() for word, _ in tokens(said)}
    for number, (word, _) in enumerate(tokens(sentence)):
        written = word.isupper() and (len(word) > 1 or number > 0)  # the US, World War I
        if word.lower() in WRITER_OR_READER and not written and word.lower() not in theirs:
            return f"it says {word!r}, which the quotes do not"
    return None


def _missing_number(sentence: str, said: str, carried: Carried) -> str | None:
    there: dict[tuple[float, str], list[Quantity]] = {}
    for quantity in quantities(said):
        there.setdefault(quantity.same_as, []).append(quantity)
    if TWICE.search(said):
        there.setdefault((2.0, ""), []).append(Quantity(2.0, "", "twice"))
    for quantity in [quantity for same in list(there.values()) for quantity in same]:
        for other in _in_other_units(quantity):
            there.setdefault(other.same_as, []).append(other)
    days, years = _days(said), set(map(float, YEAR_OF_NEWS.findall(said)))
    if told := _days_told(carried):
        days |= {float(day.day) for day in told}
        years |= {float(day.year) for day in told}
    dated = _days(sentence)
    for quantity in quantities(sentence):
        if same := there.get(quantity.same_as):
            if fault := _as_said(quantity, same):
                return fault
        elif not _is_dated(quantity, dated, days, years):
            return f"the quotes do not have the number {quantity.written}"
    return None


def _in_other_units(quantity: Quantity) -> list[Quantity]:
    """Two decades are twenty years."""
    if quantity.measure == "year" and quantity.value % 10 == 0:
        return [quantity._replace(value=quantity.value / 10, measure="decade")]
    if quantity.measure == "decade":
        return [quantity._replace(value=quantity.value * 10, measure="year")]
    return []


def _as_said(quantity: Quantity, same: Sequence[Quantity]) -> str | None:
    """What a sentence makes of a number: of twelve weeks twelve months, of "at least 12" 12."""
    measures = {other.measure for other in same}
    if quantity.measure and "" not in measures and quantity.measure not in measures:
        return f"the quotes have {quantity.written} as {min(measures)}s, not as {quantity.measure}s"
    bounds = {other.bound for other in same}
    if quantity.bound not in bounds and (quantity.bound != "~" or bounds.isdisjoint({"", "almost"})):
        said = min(other.written for other in same)
        return f"it has another bound for {said} (at least, at most, about, only) than the quotes"
    return None


def _is_dated(quantity: Quantity, dated: set[float], days: set[float], years: set[float]) -> bool:
    if quantity.unit not in ("", "th"):
        return False
    return quantity.value in (dated & days) or (
        YEAR_OF_NEWS.fullmatch(quantity.written) is not None and quantity.value in years
    )


def _days(text: str) -> set[float]:
    """The days of a month that a text has, as "5 May" or "May 5th"."""
    return {float(before or after) for before, after in DAY_OF_MONTH.findall(text)}


def _days_told(carried: Carried) -> list[date]:
    """The days that quotes speak of as "on Tuesday" or "yesterday", each by the day on which it was written."""
    times = [
        timex
        for quote, day in zip(carried.quotes, carried.published, strict=False)
        if day
        for timex in find_times(quote, [Span(0, len(quote))], day)
    ]
    return [timex.first for timex in times if timex.first and timex.precision == "day" and timex.first == timex.last]


def _missing_date(sentence: str, said: str, carried: Carried) -> str | None:
    there = {word.lower() for word in WORD.findall(said)}
    there |= {word.lower() for day in _days_told(carried) for word in (MONTHS[day.month - 1], WEEKDAYS[day.weekday()])}
    there |= {day for day in CALENDAR_WORDS if day[:3] in there or day[:4] in there}  # Nov., Sept., Tues.
    for number, word in enumerate(WORD.findall(sentence)):
        dated = word.lower() in CALENDAR_WORDS - STOP_WORDS and word[0].isupper() and (number > 0 or word != "May")
        if (dated or word.lower() in DAYS_BY_TODAY) and word.lower() not in there:
            return f"the quotes do not have the date {word}"
    return None
