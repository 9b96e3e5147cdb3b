"""What an expression of time looks like: a pattern for each kind, with the rule that gives its days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.times.days import MONTHS, WEEKDAYS
from index.times.holidays import HOLIDAYS
from index.times.rules import (
    ABOUT,
    CENTURIES,
    COUNT,
    DAY,
    DAYTIME,
    DAYTIME_OF,
    DECADES,
    MONTH,
    MONTH_2,
    PART,
    PART_2,
    SEASON,
    SPELLED_DAY,
    SPELLED_YEAR,
    UNIT,
    WEEKDAY,
    YEAR,
    Rule,
    hanging,
    hanging_day,
    hanging_in,
    read_across_months,
    read_ago,
    read_ahead,
    read_before_last,
    read_calendar_unit,
    read_century,
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
    read_quarter_told,
    read_season,
    read_span_of,
    read_week_of,
    read_weekday,
    read_year,
    read_year_end,
    read_year_range,
)  # fmt: skip


class Pattern(NamedTuple):
    """A pattern, its rule, the kind of word (see ``_WORDS``) without which it cannot match, and what it is for."""

    pattern: re.Pattern[str]
    rule: Rule
    needs: str
    examples: tuple[str, ...]


_WORD = re.compile(r"[^\W_]+")
_UNITS = "day week weekend fortnight month quarter half year decade hour minute"
_OF_MANY = {*(day.lower() for day in WEEKDAYS), "day"}
_WORDS = {
    "month": {form for month in MONTHS for form in (month.lower(), month[:3].lower())} | {"sept"},
    "weekday": {form for day in WEEKDAYS for form in (day.lower(), day[:3].lower(), day[:4].lower(), day[:5].lower())},
    "unit": {form for unit in _UNITS.split() for form in (unit, f"{unit}s")}
    | set("century centuries spring summer autumn fall winter q1 q2 q3 q4 h1 h2 h3 h4".split()),
    "season": set("spring summer autumn fall winter".split()),
    "holiday": {max(set(_WORD.findall(name)) - _OF_MANY, key=len) for name in HOLIDAYS},
    "deictic": set("yesterday today tomorrow tonight night morning afternoon evening overnight".split()),
    "spelled": {"seventeen", "eighteen", "nineteen", "twenty", "thousand", *DECADES},
    "within": set("that following next previous".split()),
    "hanging": set("day week month quarter year decade morning afternoon evening night".split()),
    "decade": {f"{word}s" for word in DECADES} | {word.replace("y", "ies") for word in DECADES},
}
_DIGIT = re.compile(r"\d")
_FOUR_DIGITS = re.compile(r"[12]\d\d\d")


def matches(sentence: str) -> Iterator[tuple[re.Match[str], Rule]]:
    """What the patterns match in a sentence, those left out that lack a word they need: most sentences have none."""
    words = set(_WORD.findall(sentence.lower()))
    there = {kind for kind, known in _WORDS.items() if not words.isdisjoint(known)}
    if _DIGIT.search(sentence):
        there.add("digit")
        if _FOUR_DIGITS.search(sentence):
            there.add("year")
    for pattern, rule, needs, _ in PATTERNS:
        if needs in there:
            for match in pattern.finditer(sentence):
                yield match, rule


def _rule(pattern: str, rule: Rule, needs: str, *, says: str, cased: bool = True) -> Pattern:
    """``says`` has examples, each of which the pattern matches (tested), with a semicolon between them."""
    return Pattern(re.compile(pattern, 0 if cased else re.IGNORECASE), rule, needs, tuple(says.split("; ")))


_NO_COUNT = (
    r"(?:[.,;:)]|$| (?:in|at|on|to|of|by|with|for|when|and|the|before|after|as|but|from|during|were|was|will)\b)"
)
"""What may follow a day: "on May 3 and 5", not "May 3 and 5 people"."""


def _behind(words: str) -> str:
    """Right behind one of these words, whatever the case of its first letter."""
    return "(?:" + "|".join(rf"(?<=\b[{word[0].upper()}{word[0]}]{word[1:]} )" for word in words.split()) + ")"


_LEADS_TO_YEAR = (
    "(?:"
    + _behind(
        "in throughout since by until till from of during the before after through its a both his her their our my that"
        " this between"
    )
    + r"|(?<=\()|(?<=['’]s ))"
)
_MAY_LEAD_TO_YEAR = _behind("for into to and or than about around")
"""These lead to numbers of other things, too."""

_NOT_THINGS = r"(?! [a-z]+s\b(?<!was)(?<!is)(?<!has)(?<!as))"
_NOBODYS = r"(?<!\b[Hh]is )(?<!\b[Hh]er )(?<!\b[Tt]heir )(?<!\b[Mm]y )(?<!\b[Oo]ur )"
"""An age is no decade: "in her 30s"."""

_NO_YEAR = r"(?![-–/]\d|s\b| (?:and \d+ )?(?:people|percent|per cent|%|met(?:re|er)s|miles|euros|dollars|pounds|m\b))"
_WHICH = r"(?P<which>[Ll]ast|[Pp]ast|[Pp]revious|[Tt]his|[Cc]urrent|[Nn]ext|[Cc]oming)"
_HOLIDAY = "|".join(sorted(HOLIDAYS, key=len, reverse=True)).replace("'", "['’]")
PATTERNS: tuple[Pattern, ...] = (
    _rule(r"(?<![\d-])(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)", read_iso_date, "year", says="2024-05-03"),
    _rule(
        r"(?<![\d./])(?P<one>\d{1,2})(?P<sep>[./])(?P<other>\d{1,2})(?P=sep)(?P<year>\d{4})(?![\d/])",
        read_numeric_date,
        "digit",
        says="3.5.2024; 03/04/2025",
    ),
    _rule(
        rf"\b{DAYTIME_OF}(?:{WEEKDAY},? )?(?:the )?{DAY}(?:(?:[–-]| (?:to|and|or|through|until) )(?P<until>\d{{1,2}}))?"
        rf"(?: of)?[ -]{MONTH}"
        rf"(?:,? {YEAR}| (?:of )?(?P<of_year>last|this|next|that) year)?\b",
        read_full_date,
        "month",
        says="on the morning of 3 May 2024; Tuesday 3 May; 6–7 May; 3 May last year",
    ),
    _rule(
        rf"\b{DAYTIME_OF}(?:{WEEKDAY},? )?(?P<which>[Ll]ast |[Tt]his |[Nn]ext )?{MONTH} {DAY}"
        rf"(?:(?:[–-]|(?:,? (?:and|or|to|through|until) )(?=\d\d?{_NO_COUNT}))(?P<until>\d{{1,2}}))?(?!\d|[.,:]\d)"
        rf"(?:,? {YEAR}| (?:of )?(?P<of_year>last|this|next|that) year)?\b",
        read_full_date,
        "month",
        says="May 3, 2024; last Oct. 23; April 24 and 25",
    ),
    _rule(rf"\b{MONTH} the {SPELLED_DAY}\b(?:,? {YEAR})?", read_full_date, "month", says="February the tenth"),
    _rule(rf"\bthe {SPELLED_DAY} of {MONTH}\b(?:,? {YEAR})?", read_full_date, "month", says="the second of November"),
    _rule(
        rf"(?:\b[Tt]he (?P<way>following|next|previous) (?:{MONTH}|{SEASON}|{WEEKDAY})"
        rf"|(?:^|{_behind('in by of until since')})[Tt]hat {MONTH.replace('<month>', '<month_b>')}"
        rf"|\b[Tt]hat (?:same )?{SEASON.replace('<season>', '<season_b>')})\b",
        hanging_in,
        "within",
        says="the following March; that autumn; That July",
    ),
    _rule(
        rf"\b(?:[Ff]rom|[Bb]etween) {MONTH} (?:to|until|and|through) {MONTH_2}(?: {YEAR})?",
        read_months,
        "month",
        says="from April to September 1957",
    ),
    _rule(rf"\b{MONTH} ?[–-] ?{MONTH_2}(?! \d{{1,2}}\b)(?:,? {YEAR})?", read_months, "month", says="May–August 1950"),
    _rule(rf"\b(?:{PART})?{MONTH}(?:,| of)? {YEAR}\b", read_month, "month", says="late May 2025; May of 2024"),
    _rule(rf"\b{MONTH}(?: of)? (?P<of_year>last|this|next) year\b", read_month, "month", says="May last year"),
    _rule(rf"\b{_WHICH} {MONTH}", read_month, "month", says="last May"),
    _rule(rf"\b(?:{PART})?{MONTH}(?!\w)", read_month, "month", says="early May; May"),
    _rule(
        rf"\b(?:{_WHICH} )?{WEEKDAY}{DAYTIME}(?:,? (?:of )?(?P<week>last|this|next) week\b|(?P<later> week)\b)?",
        read_weekday,
        "weekday",
        says="last Tuesday; Friday morning; Thursday next week",
    ),
    _rule(
        rf"\b(?:(?P<side>earlier|later) (?:in )?|{PART})?(?P<which>last|past|previous|this|current|next|coming)"
        r" (?P<unit>weekend|week|month|quarter|year|decade|century|spring|summer|autumn|fall|winter)\b"
        r"(?! and a half)",
        read_calendar_unit,
        "unit",
        cased=False,
        says="earlier this month; late last week; next summer",
    ),
    _rule(
        r"\b(?P<side>)(?P<part>)(?P<which>the) (?:latest |most recent |just[- ]ended )?(?P<unit>quarter)\b(?! of\b|-)"
        r"|\b(?P<year_ago>(?:the |its )?(?:year|yr\.?)[ -](?:ago|earlier)) (?:quarter|period)\b",
        read_quarter_told,
        "unit",
        cased=False,
        says="the latest quarter; the year-ago quarter",
    ),
    _rule(r"\b(?P<fiscal>[Ff]iscal(?: year)?|FY) ?" + YEAR + "(?P<part>)?", read_year, "digit", says="fiscal 1989"),
    _rule(r"\b(?:the )?(?:year[- ]end|year['’]s end)\b", read_year_end, "unit", cased=False, says="year-end"),
    _rule(
        rf"\b(?:(?P<side>earlier|later) in |{PART})(?P<which>the) (?P<unit>week|month|year|decade|century)\b(?! of)",
        read_calendar_unit,
        "unit",
        cased=False,
        says="the end of the month; later in the year",
    ),
    _rule(
        rf"{_behind('over at on during by for until')}(?P<side>)(?P<part>)(?P<which>the) (?P<unit>weekend)\b",
        read_calendar_unit,
        "unit",
        cased=False,
        says="over the weekend",
    ),
    _rule(
        rf"\bthe week (?:of|beginning|starting) {MONTH} {DAY}(?:,? {YEAR})?\b",
        read_week_of,
        "month",
        says="the week of May 4",
    ),
    _rule(
        rf"\bthe week (?:of|beginning|starting) {DAY} {MONTH}(?:,? {YEAR})?\b",
        read_week_of,
        "month",
        says="the week beginning 4 May",
    ),
    _rule(
        rf"\b[Tt]he (?P<nth>first|second|third|fourth|last) (?:(?P<one>day|week|weekend)|{WEEKDAY}) (?:of|in) {MONTH}"
        rf"(?:,? {YEAR})?",
        read_nth_in_month,
        "month",
        says="the first Monday in September; the last day of February 2024",
    ),
    _rule(
        rf"{MONTH} {DAY}(?:,? {YEAR})? ?[–-] ?{MONTH_2} (?P<day2>\d{{1,2}})(?:,? (?P<year2>\d{{4}}))?\b",
        read_across_months,
        "month",
        says="Nov. 28 – Dec. 1, 2024",
    ),
    _rule(
        rf"(?:{DAYTIME_OF[:-1]}|{_behind('on and of by until')})(?=the \d)the {DAY}(?<=[a-z])"
        r"(?! (?:of|[Cc]entury|[A-Z]\w*|\w+[- ]century|time|floor|birthday|anniversary|minute|hole|round|place)\b)"
        r"(?! \w+(?:s|er|ing)?$)",
        hanging_day,
        "digit",
        says="on the 14th; the night of the 20th",
    ),
    _rule(
        r"\b(?P<word>the day before yesterday|the day after tomorrow|yesterday|today|tomorrow|tonight|last night"
        r"|this (?:morning|afternoon|evening)|overnight)\b" + DAYTIME,
        read_deictic,
        "deictic",
        cased=False,
        says="yesterday; the day after tomorrow; this morning",
    ),
    _rule(
        rf"\b(?P<exactly>(?:exactly|precisely) )?{ABOUT}{COUNT} {UNIT} ago(?P<today> to the day| today)?\b",
        read_ago,
        "unit",
        cased=False,
        says="two weeks ago; exactly three years ago",
    ),
    _rule(
        rf"\b(?P<within>in|within) (?:the next )?{ABOUT}{COUNT} {UNIT}(?:['’]s?)?(?: time)?"
        r"(?! (?:from|later|earlier|before|after|ago)\b)",
        read_ahead,
        "unit",
        cased=False,
        says="in two weeks; within the next ten days",
    ),
    _rule(
        rf"\b(?:the )?(?P<which>last|past|next|coming) {COUNT} {UNIT}",
        read_span_of,
        "unit",
        cased=False,
        says="the past two weeks; next ten days",
    ),
    _rule(
        rf"\b{COUNT} {UNIT} from (?:(?P<word>today|tomorrow|now)|{WEEKDAY})\b",
        read_from_day,
        "unit",
        cased=False,
        says="two weeks from Thursday",
    ),
    _rule(rf"\b[Tt]he {WEEKDAY} before last\b", read_before_last, "weekday", says="The Sunday before last"),
    _rule(
        rf"\b{ABOUT}{COUNT} {UNIT} (?P<way>later|earlier|previously|before|after|since)\b",
        hanging,
        "unit",
        cased=False,
        says="two days later; nearly four years after",
    ),
    _rule(
        r"\b(?:(?P<side>earlier|later|early|late) (?:in |on )?)?"
        r"(?:(?:the|that) (?P<way>next|following|previous|same)|that)"
        r" (?P<unit>day|week|month|quarter|year|decade|(?P<daytime>morning|afternoon|evening|night))\b",
        hanging,
        "hanging",
        cased=False,
        says="later that year; the next morning; the same day",
    ),
    _rule(
        r"\bthe (?P<unit>day|(?:week|month|year)(?= \w+(?: ?[,.;:)]|$| (?:saw|was|had)\b)))"
        r" (?P<way>before|after|following)\b",
        hanging,
        "unit",
        cased=False,
        says="the day before; the week after.",
    ),
    _rule(
        rf"\b{YEAR}(?:[–-]|/)(?P<last>\d\d|1\d\d\d|20\d\d)(?![\d–-])", read_year_range, "year", says="1911-14; 2018/19"
    ),
    _rule(
        rf"\b(?:[Ff]rom|[Bb]etween) {YEAR} (?:to|until|and|through) (?P<last>1\d\d\d|20\d\d)\b",
        read_year_range,
        "year",
        says="from 1911 to 1914",
    ),
    _rule(rf"{PART}{YEAR}{_NO_YEAR}", read_year, "year", says="early 1999; end of 2024"),
    _rule(
        rf"(?P<part>)?(?=[12]\d){_LEADS_TO_YEAR}{YEAR}{_NO_YEAR}",
        read_year,
        "year",
        says="in 2024; (1999); its 2007 campaign",
    ),
    _rule(
        rf"(?P<part>)?(?=[12]\d){_MAY_LEAD_TO_YEAR}{YEAR}{_NO_YEAR}{_NOT_THINGS}", read_year, "year", says="for 1990"
    ),
    _rule(rf"(?P<part>)?(?=[12]\d)(?<=, ){YEAR}$", read_year, "year", says="blockade, 1861"),
    _rule(
        rf"^(?P<part>)?{YEAR}(?= ?[:–—-] |$| (?:also )?(?:saw|was|is|has|had|will|marked|brought|began|ended)\b)",
        read_year,
        "year",
        says="2004: the war; 2007 saw",
    ),
    _rule(
        rf"(?:{PART}|{_LEADS_TO_YEAR}|{_MAY_LEAD_TO_YEAR}|(?<=\bwith )){SPELLED_YEAR}",
        read_year,
        "spelled",
        cased=False,
        says="in nineteen ninety-six; of seventy-eight",
    ),
    _rule(rf"\b(?:{PART})?{MONTH}(?:,| of)? {SPELLED_YEAR}", read_month, "spelled", says="October of eighty-seven"),
    _rule(
        rf"\b(?:{PART})?(?:the )?{SEASON}(?: of)? {SPELLED_YEAR}",
        read_season,
        "spelled",
        cased=False,
        says="the winter of nineteen ninety-four",
    ),
    _rule(
        rf"(?<![\w-])(?=[emlst\d'’]){_NOBODYS}(?:{PART})?{_NOBODYS}(?:the )?['’]?(?P<decade>1\d\d0|20\d0|\d0)s\b",
        read_decade,
        "digit",
        says="the late 1990s; the '60s",
    ),
    _rule(
        rf"{_NOBODYS}\b(?:{PART})?{_NOBODYS}(?:the )?(?P<decade>(?:nineteen[ -])?"
        rf"(?:{'|'.join(DECADES).replace('y', 'ies')}))\b",
        read_decade,
        "decade",
        cased=False,
        says="the nineties; early nineties",
    ),
    _rule(
        rf"\b(?:{PART})?(?:the )?(?P<number>1\d|20|21|{'|'.join(CENTURIES)})(?:th|st)?[ -]century\b",
        read_century,
        "unit",
        cased=False,
        says="the 19th century; the late eighteenth century",
    ),
    _rule(
        rf"\b(?:(?P<letter>[QH])(?P<q>[1-4])|(?:the |its )?"
        rf"(?:(?P<before>{YEAR.replace('<year>', '<year0>')})(?:['’]s)? "
        r"|(?P<year_ago>year[ -](?:ago|earlier)) )?"
        r"(?:fiscal )?(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th|last|opening|latter|final)[ -](?:fiscal )?"
        rf"(?P<kind>quarter|half))(?: of (?P<of_year>last|this|the|next) year|(?: of)?(?: fiscal)?,? {YEAR})?\b",
        read_quarter,
        "unit",
        cased=False,
        says="Q3 2024; the third quarter; the 1988 third quarter; the first half of last year",
    ),
    _rule(
        rf"\b(?:{PART})?(?:the )?{SEASON}(?: of)? {YEAR}\b",
        read_season,
        "season",
        cased=False,
        says="the spring of 2024; Winter 2024",
    ),
    _rule(
        rf"(?:{_behind('in this since by of all that the same')}|(?<=\b[Aa] )(?=summer|autumn|winter)|\b{PART}(?:the )?"
        rf"|\b(?:the|that same|that|the same|the previous|the following) (?:{PART_2})?){SEASON}(?P<year>(?!))?\b"
        r"(?! [A-Z]| of (?!\d))",
        read_season,
        "season",
        says="in the autumn; that same spring; early summer",
    ),
    _rule(
        rf"\b{DAYTIME_OF}(?P<holiday>{_HOLIDAY})\b(?:,? {YEAR})?",
        read_holiday,
        "holiday",
        cased=False,
        says="Christmas Eve 2023; on the morning of Boxing Day; Easter; India's Independence Day",
    ),
)
