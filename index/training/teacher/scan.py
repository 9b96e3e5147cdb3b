"""Where names, numbers and dates stand in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.training.teacher.wordlists import MONTHS, PEOPLES, WEEKDAYS

MONTH = "|".join(MONTHS)
NAME = re.compile(r"\b[A-Z][\w’'-]*[\w](?:(?: (?:of|de|the|von|van|al|bin|and the))? [A-Z][\w’'-]*[\w])*")
NUMBER = re.compile(r"(?<![\w.,/-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w/-]|[.,]\d)")
YEAR = re.compile(
    r"(?<![\w.,/$£€-])(?:1[0-9]\d\d|20\d\d)(?![\w/]|[.,]\d| (?:people|men|women|miles|km|troops|soldiers|tons|feet))"
)
DAY = re.compile(rf"\b(?:(?P<m1>{MONTH}) (?P<d1>[0-3]?\d)(?!\d)(?:st|nd|rd|th)?|(?P<d2>[0-3]?\d) (?P<m2>{MONTH}))\b")
_FIRST = frozenset(
    "The A An In On At It He She They We I You This That These Those There Here When While After Before During Since"
    " For From With By As If But And Or So Although Though Because However Many Most Some All Both Each Every Several"
    " Other Another Such His Her Its Their Our My One Two Three Four Five Six Seven Eight Nine Ten First Second Third"
    " Later Early Today Also According Despite Until Not No To Of Over Under Between Among What Who Which Where Why How"
    " Then Thus Therefore Additionally Furthermore Moreover Finally Currently Unlike Like Instead Once".split()
)  # fmt: skip
_NEVER = frozenset((*MONTHS, *WEEKDAYS, "I", "AD", "BC", "CE", "BCE", "AM", "PM", *PEOPLES))
_DATES = frozenset((*MONTHS, *WEEKDAYS)) - {"May", "March", "August"}
PLACE = re.compile(r"\b(?:in|at|near|from|across|throughout|outside|around) (?:the )?$")


def names(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of names; the first word of a sentence counts where it is no common one."""
    for hit in NAME.finditer(text):
        start, end = hit.span()
        words = hit.group().split()
        opening = start == 0 or text[max(0, start - 2) : start] in (". ", '" ')
        while words and opening and words[0] in _FIRST:
            start += len(words[0]) + 1
            words = words[1:]
            opening = False
            while words and words[0][0].islower():
                start += len(words[0]) + 1
                words = words[1:]
        if (
            not words
            or (len(words) == 1 and words[0] in _NEVER)
            or set(words) & _DATES
            or (opening and len(words) == 1 and len(words[0]) < 4)
        ):
            continue
        name = text[start:end]
        for tail in ("'s", "’s", "'", "’"):
            if name.endswith(tail):
                end -= len(tail)
                break
        if end - start >= 3:
            yield start, end


def is_year(text: str) -> bool:
    """Whether a number alone reads as a year."""
    return len(text) == 4 and text.isdigit() and 1000 <= int(text) <= 2099


def near_date(text: str, start: int, end: int) -> bool:
    """Whether a number stands beside the name of a month."""
    return bool(re.search(rf"(?:{MONTH})\.? $", text[:start]) or re.match(rf" (?:of )?(?:{MONTH})\b", text[end:]))


def grouped(value: float, like: str) -> str:
    """A number written as `like` is: with its commas and its decimals."""
    decimals = len(like.split(".")[1]) if "." in like else 0
    return f"{value:,.{decimals}f}" if "," in like else f"{value:.{decimals}f}"
