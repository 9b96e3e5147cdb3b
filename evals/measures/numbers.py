"""Numbers as people write them, in plain digits: words, separators, scales and units in one spelling."""

from __future__ import annotations

import re

_SMALL = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
} | {
    word: float(value)
    for value, word in zip(
        range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True
    )
}
_TIMES = {"dozen": 12.0, "hundred": 100.0}
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT_SCALES = {"k": "thousand", "m": "million", "mn": "million", "bn": "billion", "tn": "trillion"}  # 5bn, $5m
_UNITS = {
    "percent": r"%|per ?cent",
    "kilometre": r"km|kilomet(?:er|re)s?",
    "metre": r"met(?:er|re)s?",
    "mile": r"miles?",
    "kilogram": r"kg|kilos?|kilogram(?:me)?s?",
    "dollar": r"(?:US )?dollars?|USD",
    "euro": r"euros?|EUR",
    "pound": r"pounds?|GBP",
    "am": r"a\.?m\.?",
    "pm": r"p\.?m\.?",
}
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound"}

_SCALE = "|".join([*_SCALES, *_TIMES])
_WORD = "|".join([*_SMALL, *_TIMES, *_SCALES])
_FIGURE = r"(?<![\d.])(?:\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)(?!\d|(?:st|nd|rd|th)\b)"
_NUMBER = re.compile(
    rf"(?:{_FIGURE}(?:[ -](?:{_SCALE})\b)*"
    rf"|\bhalf an? (?=(?:{_SCALE})\b)(?:{_SCALE})\b"
    rf"|\b(?:{_WORD})\b(?:(?:(?<=hundred) and |(?<=thousand) and |[ -])(?:{_WORD})\b)*"
    rf"(?: and a half\b)?(?: (?:{_SCALE})\b)*)",
    re.IGNORECASE,
)
_SIGN = re.compile(r"(?:US)?([$€£]) ?(\d[\d.]*)")
_UNIT = {name: re.compile(rf"(?<=\d)[ -]?(?:{written})(?!\w)", re.IGNORECASE) for name, written in _UNITS.items()}

_RANGE = re.compile(r"\d[\d.]*(?: ?[–-] ?| to )\d[\d.]*|\bbetween \d[\d.]* and \d[\d.]*")
_BEFORE = re.compile(r"\bfrom \d[\d.]*(?=.*\bto \d)|(?<=\d) from \d[\d.]*")
_OF_ALL = re.compile(
    r"(?<=\d) (?:out )?of (?:the |its |their )?\d[\d.]*|^of (?:the |its |their )?\d[\d.]*", re.IGNORECASE
)
_BOUND = re.compile(
    r"\b(?:(?:more|less|fewer) than|at least|at most|up to|over|under|above|below) \d[\d.]*", re.IGNORECASE
)
_NO_NUMBER = re.compile(r"\b(?:no one|one another)\b", re.IGNORECASE)
_NOBODY = re.compile(r"\b(?:no|none|nobody|no one|not a single|zero|without)\b", re.IGNORECASE)
_SHARE = re.compile(r"per ?cent|%|\b(?:share|rate|proportion|part)\b", re.IGNORECASE)


def in_digits(text: str) -> str:
    """A text with its numbers in plain digits, each with its unit behind it.

    >>> in_digits("two thousand five hundred boats for $5.3 million, 12% of them 5km off")
    '2500 boats for 5300000 dollar, 12 percent of them 5 kilometre off'
    >>> in_digits("two and a half years, half a million, 1 200, the 12th, 1-0")
    '2.5 years, 500000, 1200, the 12th, 1-0'
    """
    money = re.sub(r"([$€£]\d[\d.,]*)([km])\b", lambda found: f"{found[1]} {_SHORT_SCALES[found[2]]}", text)
    scaled = re.sub(r"(?<=\d) ?(mn|bn|tn)\b", lambda found: f" {_SHORT_SCALES[found[1]]}", money)
    plain = _NUMBER.sub(lambda found: f"{_value(found.group()):.15g}", scaled)
    plain = _SIGN.sub(lambda found: f"{found[2]} {_SIGNS[found[1]]}", plain)
    for name, written in _UNIT.items():
        plain = written.sub(f" {name}", plain)
    return plain


def counts(text: str, number: float, tolerance: float, question: str) -> bool:
    """Whether a text, from which dates are gone, tells a number, up to a share that it may be off by.

    Of "3 of 12" and of "to 3 from 12" it is the 3; the ends of a range, bounds and what is only a share are none.
    """
    if number == 0 and _NOBODY.search(text):
        return True
    told = in_digits(_NO_NUMBER.sub(" ", text))
    for other in (_RANGE, _BEFORE, _OF_ALL, _BOUND):
        told = other.sub(" ", told)
    shares = bool(_SHARE.search(question)) or not question
    found = re.findall(r"(?<![\w.])(\d+(?:\.\d+)?)(?!\d|(?:st|nd|rd|th)\b)( percent\b)?", told)
    return any(
        abs(float(value) - number) <= tolerance * abs(number) + 1e-9 for value, share in found if shares or not share
    )


def _value(written: str) -> float:
    total = part = 0.0
    for word in re.findall(r"\d[\d., \u00a0\u202f]*|[a-z]+", written.lower()):
        if word in _SMALL or word == "half":
            part += _SMALL.get(word, 0.5)
        elif word in _TIMES:
            part = (part or 1) * _TIMES[word]
        elif word in _SCALES:
            total, part = total + (part or 1) * _SCALES[word], 0.0
        elif word[0].isdigit():
            part = float(re.sub(r"[, \u00a0\u202f]", "", word))
    return total + part
