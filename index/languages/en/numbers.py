"""English words for numbers, units, currencies and how exact a number is."""

from __future__ import annotations

import re

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SPELLED = {word: float(value) for value, word in enumerate(_ONES.split())} | {
    word: 10.0 * value for value, word in enumerate(_TENS.split(), 2)
}
"""Number words below a hundred, each with its value."""

SCALES = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6,
    "bn": 1e9, "k": 1e3,
}  # fmt: skip
"""What a number before it is multiplied with."""

CURRENCIES = {
    "dollar": "$", "euro": "€", "pound": "£", "yen": "¥", "$": "$", "€": "€", "£": "£", "¥": "¥", "us$": "$"
}  # fmt: skip
"""Names and signs of currencies to the sign."""

_MEASURES = (
    "second minute hour day week month year decade century mile kilometre metre centimetre foot inch yard hectare acre"
    " tonne ton kilogram gram pound litre gallon barrel degree megawatt gigawatt"
)
MEASURE = re.compile(
    rf"(?:[ -](?:(?:US|metric|square|cubic|nautical) )?|(?=(?:km|kg|cm|mm|MW|GW)\b))({'|'.join(_MEASURES.split())}"
    r"|percentage point|kilometer|meter|centimeter|liter|feet|inches|centuries|km|kg|cm|mm|m|MW|GW)(?:e?s)?\b"
    r"|[ ]?([ap]\.?m\b)"
)
"""What a number before it counts; the second group is half of a clock's day."""

SAME_MEASURE = {
    "kilometer": "kilometre", "km": "kilometre", "meter": "metre", "m": "metre", "centimeter": "centimetre",
    "cm": "centimetre", "liter": "litre", "feet": "foot", "inches": "inch", "kg": "kilogram", "ton": "tonne",
    "MW": "megawatt", "GW": "gigawatt", "centuries": "century",
}  # fmt: skip
"""Spellings of a measure to the one that stands for all."""

BOUNDS = {
    ">": "at least|no less than|no fewer than|more than|over|above|upwards of|exceeding|older than|a minimum of",
    "<": "at most|no more than|not more than|up to|as many as|as much as|fewer than|less than|under|below|younger than"
    "|within"
    "|a maximum of",
    "almost": "nearly|almost",
    "~": "about|around|some|roughly|approximately|an estimated|estimated|circa|close to|near",
    "only": "only|just|merely",
}
"""How exact a number is, with the words before it that say so."""

BOUND = re.compile(
    rf"\b(?:{'|'.join(f'({words})' for words in BOUNDS.values())})(?: (?:the|a|an|another))?[ ]$", re.IGNORECASE
)
"""Those words, one group for each kind, right before a number."""

BOUND_AFTER = re.compile(r"(?:[ -]\w+){0,2} or (?:(more|over|older|above)|(fewer|less|under|younger|below))\b")
"""The same behind a number: "12 or more"."""

_WORDS = "|".join(sorted(SPELLED, key=len, reverse=True))
QUANTITY = re.compile(
    r"(?P<sign>(?:\b[A-Z]{1,3})?[$€£¥] ?)?"
    r"(?:(?<![\w.])(?P<digits>\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,:/]\d+)*)(?P<ordinal>st|nd|rd|th)?"
    rf"|\b(?P<tens>{_WORDS})\b(?:[ -](?P<ones>{_WORDS})\b)?"
    r"|\b(?P<one>an?)(?= (?:hundred|thousand|million|billion|dozen)\b))"
    r"(?P<half> and a half\b)?"
    r"(?P<scales>(?:[ -]?(?:hundred|thousand|million|billion|trillion|dozen|bn)\b"
    r"|[mk]\b(?! (?:high|long|wide|deep|tall|away|below|above|race|run|sprint)))*)"
    r"(?:(?P<percent> ?%| per ?cent\b)| (?P<money>dollar|euro|pound|yen)s?\b)?",
    re.IGNORECASE,
)
"""A number in digits or words, with its sign, scales and unit."""

SEASON = re.compile(r"(?<!\d)(\d\d)\d\d[-–/]$")
"""2018–19 is 2018–2019."""

JOINED = re.compile(r" (?:and )?")
"""Between the parts of one number: "one hundred and twenty"."""

ONE = re.compile(r"\b[Oo]ne\b(?! of\b)")
"""A number in an answer to "how many?", though mostly a pronoun elsewhere."""


AMOUNTS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion"
    " dozen half third quarter first second once twice double triple all some few most many every both only".split()
)
"""Words that say how many or how much."""

UNITS = frozenset("people person second minute hour day week month year percent per cent".split())
"""Words that many numbers are bound to."""

OF_THEM = re.compile(r"\d\S* of (?:them|these|those|the|whom|which)\b", re.IGNORECASE)
"""A number that is part of another: "12 of them"."""

ENDS_IN_NUMBER = re.compile(r"(?:\d|illion|thousand|hundred|dozen)$")
"""Words that end in a number, so that what they count may stand behind them."""

UNIT_BEHIND = re.compile(r"[ -]?(?:%|[a-zA-Z]+)(?: cent\b)?")
"""What a number before it counts, as one word or "per cent"."""

DIGITS = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
"""A number in digits."""

ONES = tuple(word for word, value in SPELLED.items() if 1 <= value <= 9)
TEENS = tuple(word for word, value in SPELLED.items() if 10 <= value <= 19)
TENS = tuple(word for word, value in SPELLED.items() if value >= 20)
"""Number words, as part of larger ones: "nineteen ninety-six"."""

_BELOW_HUNDRED = rf"(?:{'|'.join(TENS)})-(?:{'|'.join(ONES)})|{_WORDS}"
COUNT = (
    r"half an?|\d{1,3}(?:,\d{3})+|\d{1,4}(?:\.\d+)?|a couple of"
    rf"|(?:an?|{_WORDS})? ?hundred(?: and (?:{_BELOW_HUNDRED}))?|{_BELOW_HUNDRED}|an(?:other)?|a"
)
"""How many units of time there are, as part of a pattern: "twenty-five", "a couple of", "1,500", "half a"."""


def count_of(written: str) -> float:
    """The number that a match of ``COUNT`` says.

    >>> count_of("twenty-five"), count_of("a hundred and fifty"), count_of("1,500"), count_of("half a"), count_of("an")
    (25.0, 150.0, 1500.0, 0.5, 1.0)
    """
    written = written.lower().replace(",", "")
    if written[0].isdigit():
        return float(written)
    if written.startswith("half"):
        return 0.5
    if written in ("a", "an", "another"):
        return 1.0
    if written == "a couple of":
        return 2.0
    hundreds, hundred, rest = written.rpartition("hundred")
    below = sum(SPELLED.get(word, 0.0) for word in re.split(r"[ -]", rest))
    return below + (100 * SPELLED.get(hundreds.strip(), 1.0) if hundred else 0.0)
