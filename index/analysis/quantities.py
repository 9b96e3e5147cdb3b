"""The numbers in a text, so that "5.3 million", "5,300,000" and "386,000" compare by what they are worth."""

from __future__ import annotations

import re
from typing import NamedTuple


class Quantity(NamedTuple):
    """A number with its unit: a currency's sign, ``%``, ``th`` of an ordinal, a time's digits, or ""."""

    value: float
    unit: str
    written: str
    measure: str = ""
    """What it counts, where that is a measure: "kilometre", "week"."""
    bound: str = ""
    """Whether it is the least (">"), the most ("<"), "almost" it, near it ("~") or "only" it."""

    @property
    def same_as(self) -> tuple[float, str]:
        """What two mentions of one quantity share."""
        return self.value, self.unit


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SPELLED = {word: float(value) for value, word in enumerate(_ONES.split())} | {
    word: 10.0 * value for value, word in enumerate(_TENS.split(), 2)
}
_SCALES = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6,
    "bn": 1e9, "k": 1e3,
}  # fmt: skip
_CURRENCIES = {
    "dollar": "$", "euro": "€", "pound": "£", "yen": "¥", "$": "$", "€": "€", "£": "£", "¥": "¥", "us$": "$"
}  # fmt: skip
_MEASURES = (
    "second minute hour day week month year decade century mile kilometre metre centimetre foot inch yard hectare acre"
    " tonne ton kilogram gram pound litre gallon barrel degree megawatt gigawatt"
)
_MEASURE = re.compile(
    rf"(?:[ -](?:(?:US|metric|square|cubic|nautical) )?|(?=(?:km|kg|cm|mm|MW|GW)\b))({'|'.join(_MEASURES.split())}"
    r"|percentage point|kilometer|meter|centimeter|liter|feet|inches|centuries|km|kg|cm|mm|m|MW|GW)(?:e?s)?\b"
    r"|[ ]?([ap]\.?m\b)"
)
_SAME_MEASURE = {
    "kilometer": "kilometre", "km": "kilometre", "meter": "metre", "m": "metre", "centimeter": "centimetre",
    "cm": "centimetre", "liter": "litre", "feet": "foot", "inches": "inch", "kg": "kilogram", "ton": "tonne",
    "MW": "megawatt", "GW": "gigawatt", "centuries": "century",
}  # fmt: skip
_BOUNDS = {
    ">": "at least|no less than|no fewer than|more than|over|above|upwards of|exceeding|older than|a minimum of",
    "<": "at most|no more than|not more than|up to|as many as|as much as|fewer than|less than|under|below|younger than"
    "|within"
    "|a maximum of",
    "almost": "nearly|almost",
    "~": "about|around|some|roughly|approximately|an estimated|estimated|circa|close to|near",
    "only": "only|just|merely",
}
BOUND = re.compile(
    rf"\b(?:{'|'.join(f'({words})' for words in _BOUNDS.values())})(?: (?:the|a|an|another))?[ ]$", re.IGNORECASE
)
_BOUND_AFTER = re.compile(r"(?:[ -]\w+){0,2} or (?:(more|over|older|above)|(fewer|less|under|younger|below))\b")
_WORDS = "|".join(sorted(_SPELLED, key=len, reverse=True))
_QUANTITY = re.compile(
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
_JOINED = re.compile(r" (?:and )?")
_SEASON = re.compile(r"\b(\d\d)(\d\d)([-–/])(\d\d)\b(?![-–/])")
"""2018–19 is 2018–2019."""


def quantities(text: str) -> list[Quantity]:
    """The numbers of a text, in digits or words; "one" by itself is mostly a pronoun and left out.

    >>> [quantity.same_as for quantity in quantities("Twenty-one ferries cost $5.3 million, 12% more.")]
    [(21.0, ''), (5300000.0, '$'), (12.0, '%')]
    """
    found: list[Quantity] = []
    last: re.Match[str] | None = None
    text = _SEASON.sub(r"\1\2\3\1\4", text)
    for match in _QUANTITY.finditer(text):
        digits = re.sub(r"[,\u00a0\u202f](?=\d{3}(?!\d))", "", match["digits"] or "")
        if re.search(r"[:/]|[.,].*[.,]", digits):  # 14:05, 3/4, 1.2.3
            found.append(Quantity(float(re.sub(r"\D", "", digits)), digits, match.group().strip()))
            continue
        value = float(digits.replace(",", ".")) if digits else _spelled(match)
        value += 0.5 if match["half"] else 0.0
        if re.search(r"(?:^|[\s(])[-−]$", text[max(0, match.start() - 2) : match.start()]):
            value = -value
        for scale in re.findall(r"[a-z]+", match["scales"].lower()):
            value *= _SCALES[scale]
        sign = (match["money"] or match["sign"] or "").strip().lower()
        money = _CURRENCIES.get(sign, sign)  # A$ is no $
        unit = "%" if match["percent"] else "th" if match["ordinal"] else money
        if match.group().lower() != "one":
            measure = _MEASURE.match(text, match.end())
            counted = _measured(measure) if measure and unit == "" else ""
            one = Quantity(value, unit, match.group().strip(), counted, _bound(text, match))
            if last and _JOINED.fullmatch(text, last.end(), match.start()) and _goes_on(last, found[-1], match, one):
                written = text[last.start() : match.end()].strip()
                found[-1] = one._replace(value=found[-1].value + value, written=written, bound=found[-1].bound)
            else:
                found.append(one)
            last = match
    return found


def _goes_on(before: re.Match[str], first: Quantity, match: re.Match[str], then: Quantity) -> bool:
    """Whether a number in words goes on: "one hundred and twenty", "two thousand five hundred"."""
    scales = re.findall(r"[a-z]+", before["scales"].lower())
    spelled = scales and not before["digits"] and match["tens"] and not match["sign"] and not first.unit
    return bool(spelled) and 0 < then.value < _SCALES[scales[-1]]


def measure_of(word: str) -> set[str]:
    """The measure that a word is, in one word for all spellings; empty where it is none.

    >>> measure_of("kilometers"), measure_of("boats")
    ({'kilometre'}, set())
    """
    measure = _MEASURE.fullmatch(f" {word.rstrip('.')}")
    return {_measured(measure)} if measure else set()


def _measured(measure: re.Match[str]) -> str:
    """In one word for all spellings."""
    if clock := measure[2]:
        return "a.m." if clock[0] == "a" else "p.m."
    return _SAME_MEASURE.get(measure[1], measure[1])


def _bound(text: str, match: re.Match[str]) -> str:
    if before := BOUND.search(text, max(0, match.start() - 40), match.start()):
        return list(_BOUNDS)[before.lastindex - 1] if before.lastindex else ""
    if after := _BOUND_AFTER.match(text, match.end()):
        return ">" if after[1] else "<"
    return ""


def _spelled(match: re.Match[str]) -> float:
    if match["one"]:
        return 1.0
    return _SPELLED[match["tens"].lower()] + (_SPELLED[match["ones"].lower()] if match["ones"] else 0.0)
