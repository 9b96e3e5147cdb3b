"""The numbers in a text, so that "5.3 million", "5,300,000" and "386,000" compare by what they are worth."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.languages.en.numbers import (
    BOUND,
    BOUND_AFTER,
    BOUNDS,
    CURRENCIES,
    JOINED,
    MEASURE,
    QUANTITY,
    SAME_MEASURE,
    SCALES,
    SEASON,
    SPELLED,
)


class Quantity(NamedTuple):
    """A number with its unit: a currency's sign, ``%``, ``th`` of an ordinal, a time's digits, or ""."""

    value: float
    unit: str
    written: str
    measure: str = ""
    """What it counts, where that is a measure: "kilometre", "week"."""
    bound: str = ""
    """Whether it is the least (">"), the most ("<"), "almost" it, near it ("~") or "only" it."""
    start: int = 0
    end: int = 0
    """Where it stands in its text."""


def quantities(text: str) -> list[Quantity]:
    """The numbers of a text, in digits or words; "one" by itself is mostly a pronoun and left out.

    >>> [(one.value, one.unit) for one in quantities("Twenty-one ferries cost $5.3 million, 12% more.")]
    [(21.0, ''), (5300000.0, '$'), (12.0, '%')]
    """
    found: list[Quantity] = []
    last: re.Match[str] | None = None
    for match in QUANTITY.finditer(text):
        digits = re.sub(r"[,\u00a0\u202f](?=\d{3}(?!\d))", "", match["digits"] or "")
        place = match.start(), match.start() + len(match.group().rstrip())
        if re.search(r"[:/]|[.,].*[.,]", digits):  # 14:05, 3/4, 1.2.3
            digits = re.sub(r"^(\d\d)(\d\d/)(\d\d)$", r"\1\2\1\3", digits)
            found.append(Quantity(float(re.sub(r"\D", "", digits)), digits, match.group().strip(), "", "", *place))
            continue
        if len(digits) == 2 and (season := SEASON.search(text, max(0, match.start() - 5), match.start())):
            digits = season[1] + digits
        value = float(digits.replace(",", ".")) if digits else _spelled(match)
        value += 0.5 if match["half"] else 0.0
        if re.search(r"(?:^|[\s(])[-−]$", text[max(0, match.start() - 2) : match.start()]):
            value = -value
        for scale in re.findall(r"[a-z]+", match["scales"].lower()):
            value *= SCALES[scale]
        sign = (match["money"] or match["sign"] or "").strip().lower()
        money = CURRENCIES.get(sign, sign)  # A$ is no $
        unit = "%" if match["percent"] else "th" if match["ordinal"] else money
        if match.group().lower() != "one":
            measure = MEASURE.match(text, match.end())
            counted = _measured(measure) if measure and unit == "" else ""
            one = Quantity(value, unit, match.group().strip(), counted, _bound(text, match), *place)
            if last and JOINED.fullmatch(text, last.end(), match.start()) and _goes_on(last, found[-1], match, one):
                written = text[last.start() : match.end()].strip()
                found[-1] = one._replace(
                    value=found[-1].value + value, written=written, bound=found[-1].bound, start=found[-1].start
                )
            else:
                found.append(one)
            last = match
    return found


def _goes_on(before: re.Match[str], first: Quantity, match: re.Match[str], then: Quantity) -> bool:
    """Whether a number in words goes on: "one hundred and twenty", "two thousand five hundred"."""
    scales = re.findall(r"[a-z]+", before["scales"].lower())
    spelled = scales and not before["digits"] and match["tens"] and not match["sign"] and not first.unit
    return bool(spelled) and 0 < then.value < SCALES[scales[-1]]


def _measured(measure: re.Match[str]) -> str:
    """In one word for all spellings."""
    if clock := measure[2]:
        return "a.m." if clock[0] == "a" else "p.m."
    return SAME_MEASURE.get(measure[1], measure[1])


def _bound(text: str, match: re.Match[str]) -> str:
    if before := BOUND.search(text, max(0, match.start() - 40), match.start()):
        return list(BOUNDS)[before.lastindex - 1] if before.lastindex else ""
    if after := BOUND_AFTER.match(text, match.end()):
        return ">" if after[1] else "<"
    return ""


def _spelled(match: re.Match[str]) -> float:
    if match["one"]:
        return 1.0
    return SPELLED[match["tens"].lower()] + (SPELLED[match["ones"].lower()] if match["ones"] else 0.0)
