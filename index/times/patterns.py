"""What an expression of time looks like: a pattern for each kind, with the rule that gives its days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.times.days import MONTHS, WEEKDAYS
from index.times.rules import (
    ABOUT,
    COUNT,
    DAY,
    DAYTIME,
    HOLIDAYS,
    MONTH,
    MONTH_2,
    PART,
    SEASON,
    UNIT,
    WEEKDAY,
    YEAR,
    Rule,
    hanging,
    read_across_months,
    read_ago,
    read_ahead,
    read_before_last,
    read_calendar_unit,
    read_century,
    read_day_of_month,
    read_decade,
    read_deictic,
    read_from_day,
    read_full_date,
    read_holiday,
    read_iso_date,
    read_month,
    read_months,
    read_nth_in_month,
    read_numeric_date,
    read_quarter,
    read_season,
    read_span_of,
    read_week_of,
    read_weekday,
    read_year,
    read_year_range,
)  # fmt: skip


class Pattern(NamedTuple):
    """A pattern, its rule, and the kind of word (see ``_WORDS``) without which it cannot match."""

    pattern: re.Pattern[str]
    rule: Rule
    needs: str


_UNITS = "day week weekend fortnight month quarter half year decade hour minute"
_WORDS = {
    "month": {form for month in MONTHS for form in (month.lower(), month[:3].lower())} | {"sept"},
    "weekday": {form for day in WEEKDAYS for form in (day.lower(), day[:3].lower(), day[:4].lower(), day[:5].lower())},
    "unit": {form for unit in _UNITS.split() for form in (unit, f"{unit}s")}
    | set("century centuries spring summer autumn fall winter q1 q2 q3 q4 h1 h2 h3 h4".split()),
    "season": set("spring summer autumn fall winter".split()),
    "holiday": set("christmas boxing new valentine good easter halloween".split()),
    "deictic": set("yesterday today tomorrow tonight night morning afternoon evening overnight".split()),
}
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")


def matches(sentence: str) -> Iterator[tuple[re.Match[str], Rule]]:
    """What the patterns match in a sentence, those left out that lack a word they need: most sentences have none."""
    words = set(_WORD.findall(sentence.lower()))
    there = {kind for kind, known in _WORDS.items() if not words.isdisjoint(known)}
    if _DIGIT.search(sentence):
        there.add("digit")
    for pattern, rule, needs in PATTERNS:
        if needs in there:
            for match in pattern.finditer(sentence):
                yield match, rule


def _rule(pattern: str, rule: Rule, needs: str, *, cased: bool = True) -> Pattern:
    return Pattern(re.compile(pattern, 0 if cased else re.IGNORECASE), rule, needs)


_WHICH = r"(?P<which>[Ll]ast|[Pp]ast|[Pp]revious|[Tt]his|[Cc]urrent|[Nn]ext|[Cc]oming)"
PATTERNS: tuple[Pattern, ...] = (
    _rule(r"(?<![\d-])(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)", read_iso_date, "digit"),
    _rule(
        r"(?<![\d./])(?P<one>\d{1,2})(?P<sep>[./])(?P<other>\d{1,2})(?P=sep)(?P<year>\d{4})(?![\d/])",
        read_numeric_date,
        "digit",
    ),
    _rule(
        rf"\b(?:{WEEKDAY},? )?(?:the )?{DAY}(?:(?:[–-]| (?:to|and) )(?P<until>\d{{1,2}}))?(?: of)?[ -]{MONTH}"
        rf"(?:,? {YEAR}| (?:of )?(?P<of_year>last|this|next) year)?\b",
        read_full_date,
        "month",
    ),
    _rule(
        rf"\b(?:{WEEKDAY},? )?{MONTH} {DAY}(?:[–-](?P<until>\d{{1,2}}))?(?![\d:]|[.,]\d)"
        rf"(?:,? {YEAR}| (?:of )?(?P<of_year>last|this|next) year)?\b",
        read_full_date,
        "month",
    ),
    _rule(rf"\b(?:[Ff]rom|[Bb]etween) {MONTH} (?:to|until|and|through) {MONTH_2}(?: {YEAR})?", read_months, "month"),
    _rule(rf"\b(?:{PART})?{MONTH}(?:,| of)? {YEAR}\b", read_month, "month"),
    _rule(rf"\b{MONTH}(?: of)? (?P<of_year>last|this|next) year\b", read_month, "month"),
    _rule(rf"\b{_WHICH} {MONTH}", read_month, "month"),
    _rule(rf"\b(?:{PART})?{MONTH}(?!\w)", read_month, "month"),
    _rule(
        rf"\b(?:{_WHICH} )?{WEEKDAY}{DAYTIME}(?:,? (?:of )?(?P<week>last|this|next) week\b|(?P<later> week)\b)?",
        read_weekday,
        "weekday",
    ),
    _rule(
        rf"\b(?:(?P<side>earlier|later) (?:in )?|{PART})?(?P<which>last|past|previous|this|current|next|coming)"
        r" (?P<unit>weekend|week|month|quarter|year|decade|century|spring|summer|autumn|fall|winter)\b",
        read_calendar_unit,
        "unit",
        cased=False,
    ),
    _rule(
        rf"\b(?:(?P<side>earlier|later) in |{PART})(?P<which>the) (?P<unit>week|month|year|decade|century)\b(?! of)",
        read_calendar_unit,
        "unit",
        cased=False,
    ),
    _rule(
        r"(?:(?<=\bover )|(?<=\bat )|(?<=\bon )|(?<=\bduring ))(?P<side>)(?P<part>)(?P<which>the) (?P<unit>weekend)\b",
        read_calendar_unit,
        "unit",
        cased=False,
    ),
    _rule(rf"\bthe week (?:of|beginning|starting) {MONTH} {DAY}(?:,? {YEAR})?\b", read_week_of, "month"),
    _rule(rf"\bthe week (?:of|beginning|starting) {DAY} {MONTH}(?:,? {YEAR})?\b", read_week_of, "month"),
    _rule(
        rf"\b[Tt]he (?P<nth>first|second|third|fourth|last) (?:(?P<one>day|week|weekend)|{WEEKDAY}) (?:of|in) {MONTH}"
        rf"(?:,? {YEAR})?",
        read_nth_in_month,
        "month",
    ),
    _rule(
        rf"{MONTH} {DAY}(?:,? {YEAR})? ?[–-] ?{MONTH_2} (?P<day2>\d{{1,2}})(?:,? (?P<year2>\d{{4}}))?\b",
        read_across_months,
        "month",
    ),
    _rule(
        rf"(?<=\bon )the {DAY}(?<=[a-z])(?=[.,;]| (?:with|and|in|at|to|after|when|but)\b)", read_day_of_month, "digit"
    ),
    _rule(
        r"\b(?P<word>the day before yesterday|the day after tomorrow|yesterday|today|tomorrow|tonight|last night"
        r"|this (?:morning|afternoon|evening)|overnight)\b" + DAYTIME,
        read_deictic,
        "deictic",
        cased=False,
    ),
    _rule(
        rf"\b(?P<exactly>(?:exactly|precisely) )?{ABOUT}{COUNT} {UNIT} ago(?P<today> to the day| today)?\b",
        read_ago,
        "unit",
        cased=False,
    ),
    _rule(
        rf"\b(?P<within>in|within) (?:the next )?{ABOUT}{COUNT} {UNIT}(?:['’]s?)?(?: time)?"
        r"(?! (?:from|later|earlier|before|after|ago)\b)",
        read_ahead,
        "unit",
        cased=False,
    ),
    _rule(rf"\b(?:the )?(?P<which>last|past|next|coming) {COUNT} {UNIT}", read_span_of, "unit", cased=False),
    _rule(rf"\b{COUNT} {UNIT} from (?:(?P<word>today|tomorrow|now)|{WEEKDAY})\b", read_from_day, "unit", cased=False),
    _rule(rf"\b[Tt]he {WEEKDAY} before last\b", read_before_last, "weekday"),
    _rule(rf"\b{ABOUT}{COUNT} {UNIT} (?P<way>later|earlier|before|after|since)\b", hanging, "unit", cased=False),
    _rule(
        r"\b(?:the|that) (?P<way>next|following|previous|same) (?P<unit>day|week|month|year)\b",
        hanging,
        "unit",
        cased=False,
    ),
    _rule(rf"\b{YEAR}(?:[–-]|/)(?P<last>\d\d|1\d\d\d|20\d\d)(?![\d–-])", read_year_range, "digit"),
    _rule(
        rf"\b(?:[Ff]rom|[Bb]etween) {YEAR} (?:to|until|and|through) (?P<last>1\d\d\d|20\d\d)\b",
        read_year_range,
        "digit",
    ),
    _rule(
        rf"(?:{PART}|(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\b[Bb]y )|(?<=\b[Uu]ntil )|(?<=\b[Ff]rom )|(?<=\b[Oo]f )"
        rf"|(?<=\b[Dd]uring )|(?<=\b[Tt]he )|(?<=\b[Tt]o )|(?<=\b[Bb]efore )|(?<=\b[Aa]fter )|(?<=\b[Aa]nd )|(?<=\()"
        r"|(?<=\b[Oo]r )"
        rf"|(?<=\b[Tt]hrough )|(?<=\b[Ii]ts )|(?<=\b[Aa] )))\b{YEAR}\b(?![-–/]\d|s\b| (?:people|percent|per cent|%))",
        read_year,
        "digit",
    ),
    _rule(rf"(?<![\w-])(?:{PART})?(?:the )?['’]?(?P<decade>1\d\d0|20\d0|\d0)s\b", read_decade, "digit"),
    _rule(r"\b(?:the )?(?P<number>1\d|20|21)(?:th|st)[ -]century\b", read_century, "unit", cased=False),
    _rule(
        rf"\b(?:(?P<letter>[QH])(?P<q>[1-4])|(?:the )?(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th|last)[ -]"
        rf"(?P<kind>quarter|half))(?: of (?P<of_year>last|this|the|next) year|(?: of)?,? {YEAR})?\b",
        read_quarter,
        "unit",
        cased=False,
    ),
    _rule(rf"\b(?:the )?{SEASON}(?: of)? {YEAR}\b", read_season, "season", cased=False),
    _rule(
        rf"(?:(?<=\bin )|(?<=\bin the )|(?<=\bthis )|(?<=\bsince )|(?<=\bby )){SEASON}(?P<year>(?!))?\b",
        read_season,
        "season",
    ),
    _rule(
        rf"\b(?P<holiday>{'|'.join(sorted(HOLIDAYS, key=len, reverse=True)).replace(chr(39), '[' + chr(39) + '’]')})"
        rf"\b(?:,? {YEAR})?",
        read_holiday,
        "holiday",
        cased=False,
    ),
)
