"""How English says for how long, how often, at which hour, and now or then, with the values that TIMEX3 gives them."""

from __future__ import annotations

import re

from index.languages.en.numbers import COUNT, count_of
from index.times.days import MONTHS, WEEKDAYS

_PERIODS = {
    "second": "T{}S", "minute": "T{}M", "hour": "T{}H", "day": "{}D", "night": "{}D", "week": "{}W",
    "fortnight": "2W", "weekend": "{}WE", "month": "{}M", "quarter": "{}Q", "year": "{}Y", "decade": "{}DE",
    "century": "{}CE",
}  # fmt: skip
_UNITS = rf"(?:{'|'.join(name for name in _PERIODS if name != 'century')})s?|century|centuries"
_UNIT = rf"(?P<unit>{_UNITS})\b"
_MANY = rf"(?P<unit>(?:{'|'.join(name for name in _PERIODS if name != 'century')})s|centuries)\b"
_VAGUE = "several|a few more|a few|few|many|a number of|dozens of|hundreds of|thousands of|countless"
_COUNT = rf"(?P<count>a quarter of an|{_VAGUE}|{COUNT})"
_ABOUT = (
    r"(?:(?:(?P<about>about|around|roughly|approximately|some)"
    r"|(?P<less>nearly|almost|less than|under|up to|at most|no more than)"
    r"|(?P<more>more than|over|at least|longer than|well over|just over)) )?"
)
_NOT_A_DATE = r"(?![ -](?:ago|later|earlier|before|after|since|old)\b)"

NAMED_DURATIONS = (
    re.compile(
        rf"\b(?:the |his |her |its |their )?(?:last|past|next|coming|first|final|previous|following) {_ABOUT}"
        rf"(?:{_COUNT}[ -]{_UNIT}|{_MANY.replace('unit', 'units')})",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<=\bwithin )(?:the next )?{_ABOUT}{_COUNT}[ -]{_UNIT}", re.IGNORECASE),
    re.compile(r"\b(?:the )?(?P<one>past) (?P<unit>year|decade|century)\b", re.IGNORECASE),
)
"""So long, said so that no days are meant though they could be: "the past two years", "within three weeks"."""

DURATIONS = (
    re.compile(
        rf"(?<![\d.,-])\b(?!an? second\b|(?!a quarter of an)(?:(?:three|\w+ )quarters|\w+[ -]quarters?(?: of|[ -])))"
        rf"{_ABOUT}{_COUNT}(?P<and_half> and a half)?(?: or (?:so|more|two))?(?: full| whole| long| straight)?"
        rf"[ -]{_UNIT}"
        rf"{_NOT_A_DATE}(?P<half_after> and a half)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:(?<=\bfor )|(?<=\bover )|(?<=\btook )|(?<=\bspent )|(?<=\bafter )|(?<=\btake )|(?<=\blasted )"
        rf"|(?<=\bwithin )|(?<=\bin )){_MANY}{_NOT_A_DATE}",
        re.IGNORECASE,
    ),
)
"""So long: "about three weeks", "for months"."""

_DAY_NAMES = "|".join(WEEKDAYS)
_MONTH_NAMES = "|".join(MONTHS)
_DAY_PARTS = "morning|afternoon|evening|night"
_OFTEN = {"daily": "P1D", "nightly": "P1D", "hourly": "PT1H", "weekly": "P1W", "fortnightly": "P2W", "monthly": "P1M",
          "quarterly": "P1Q", "yearly": "P1Y", "annual": "P1Y", "annually": "P1Y", "biannual": "P6M",
          "biennial": "P2Y"}  # fmt: skip
SETS = (
    re.compile(
        r"\b(?:once|twice|\w+ times|(?<![\d.,])\d[\d.,]{0,15}(?: \w+)?)"
        rf" (?P<rate>an?|per|every|each) {_UNIT}{_NOT_A_DATE}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:every|each)(?: (?:other|second|single|few|{_COUNT}))? (?:(?P<day>{_DAY_NAMES})"
        rf"|(?P<month>{_MONTH_NAMES})"
        rf"|(?P<season>spring|summer|autumn|fall|winter)|(?P<part>{_DAY_PARTS})|{_UNIT})(?: (?:{_DAY_PARTS}))?",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<often>{'|'.join(_OFTEN)})\b", re.IGNORECASE),
    re.compile(rf"\b(?P<day>{_DAY_NAMES})s\b"),
    re.compile(rf"(?<=\bper ){_UNIT}", re.IGNORECASE),
)
"""So often: "every Monday", "twice a week", "annual"."""

MAY_LAST = re.compile(rf"\b(?:{_UNITS}|{'|'.join(_OFTEN)}|every|each|(?:{_DAY_NAMES})s)\b", re.IGNORECASE)
"""A word without which a sentence has neither."""

_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
DAY_PARTS = {"morning": "MO", "lunchtime": "MI", "afternoon": "AF", "evening": "EV", "night": "NI", "tonight": "NI",
             "overnight": "NI"}  # fmt: skip
"""Parts of a day to the codes that stand behind T."""

DAY_PART = re.compile(rf"\b({'|'.join(DAY_PARTS)})(?:s?$| (?:hours )?of\b)", re.IGNORECASE)
"""The part of the day that an expression ends in, or begins with."""

CLOCK = re.compile(
    r"(?<![\d.,:$€£])(?:(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])(?:\.m\.?|m\b)"
    r"|(?P<hour24>(?<=\bat )\d|[01]\d|2[0-3]):(?P<minute24>[0-5]\d)(?![\d:])|(?P<word>(?<![a-z])(?:noon|midnight))\b"
    r"|(?P<spelled>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9]) o['’]clock\b)"
    r"(?:,? \(?(?:GMT|UTC|BST|CES?T|[ECMP][SD]?T|local time|(?:Eastern|Pacific)(?: time)?)\b\)?)?",
    re.IGNORECASE,
)
"""An hour of the day."""

BESIDE_CLOCK = re.compile(r",? (?:on |this |the )?", re.IGNORECASE)
"""Between an hour and its day: "9 a.m. on Tuesday"."""

REFERENCES = {
    "PRESENT_REF": re.compile(r"\b(?:now|currently?|nowadays|at present|at the moment|these days)\b", re.IGNORECASE),
    "PAST_REF": re.compile(
        r"\b(?:recent(?:ly)?(?: (?:days|weeks|months|years))?|former(?:ly)?|(?<=in )the past|lately)\b", re.IGNORECASE
    ),
    "FUTURE_REF": re.compile(r"\b(?:the (?:near )?future|the coming (?:days|weeks|months|years))\b", re.IGNORECASE),
}
"""What names no days: now, before, and later."""


def mod_of(match: re.Match[str]) -> str:
    """How exact a length is, as TIMEX3 says it."""
    mods = {"less": "LESS_THAN", "more": "MORE_THAN", "about": "APPROX"}
    return next((mod for name, mod in mods.items() if match.groupdict().get(name)), "")


def duration_value(match: re.Match[str]) -> str:
    """The value of a match of ``DURATIONS`` or ``NAMED_DURATIONS``.

    >>> duration_value(DURATIONS[0].search("about two and a half years"))
    'P2.5Y'
    """
    groups = match.groupdict()
    half = bool(groups.get("and_half") or groups.get("half_after"))
    unit = groups.get("unit") or groups["units"]
    return _length("a" if groups.get("one") else groups.get("count") or "", unit, half=half)


def set_value(match: re.Match[str]) -> str:
    """The value of a match of ``SETS``."""
    groups = {name: value.lower() for name, value in match.groupdict().items() if value}
    if "often" in groups:
        return _OFTEN[groups["often"]]
    if "day" in groups:
        return f"XXXX-WXX-{[day.lower() for day in WEEKDAYS].index(groups['day']) + 1}"
    if "month" in groups:
        return f"XXXX-{[month.lower() for month in MONTHS].index(groups['month']) + 1:02d}"
    if "season" in groups:
        return f"XXXX-{_SEASONS[groups['season']]}"
    if "part" in groups:
        return f"XXXX-XX-XXT{DAY_PARTS[groups['part']]}"
    count = "2" if re.search(r"\b(?:other|second) ", match.group(), re.IGNORECASE) else groups.get("count", "1")
    return _length(count, groups["unit"])


_PARTS = {
    ("half", "hour"): "PT30M", ("half", "year"): "P6M", ("half", "decade"): "P5Y", ("half", "century"): "P50Y",
    ("a quarter of", "hour"): "PT15M",
}  # fmt: skip
"""Parts of a unit that are wholes of a smaller one."""


def _length(count: str, unit: str, *, half: bool = False) -> str:
    unit = unit.lower()
    unit = "century" if unit == "centuries" else unit.removesuffix("s")
    count = count.lower()
    if whole := _PARTS.get((re.sub(r" an?$", "", count), unit)):
        return whole
    known = re.fullmatch(COUNT, count)
    number = f"{count_of(count) + half / 2:g}" if known else "X"
    return "P" + _PERIODS[unit].format(number)
