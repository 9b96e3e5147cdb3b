"""Measures of answers, each a pure function; intervals are 95% bootstrap intervals."""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np

_TYPED = str.maketrans("’‘–—−ß", "''---s")
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")


def normalise(answer: str) -> str:
    """The form in which SQuAD compares answers: lower case, no punctuation, no articles, single spaces.

    >>> normalise("The  July of 2025.")
    'july of 2025'
    """
    return " ".join(_ARTICLES.sub(" ", answer.lower().translate(_PUNCTUATION)).split())


def exact_match(guess: str, answers: Iterable[str]) -> float:
    """1 if a guess is one of the answers once both are normalised, else 0 (SQuAD, arXiv:1606.05250).

    >>> exact_match("The July of 2025.", ["July of 2025"]), exact_match("July", ["June"])
    (1.0, 0.0)
    """
    return float(normalise(guess) in {normalise(answer) for answer in answers})


def f1(guess: str, answers: Iterable[str]) -> float:
    """The harmonic mean of precision and recall in words, for the answer nearest to the guess (SQuAD).

    >>> f1("in July 2025", ["July"]), f1("June", ["July"])
    (0.5, 0.0)
    """
    words = normalise(guess).split()
    best = 0.0
    for answer in answers:
        other = normalise(answer).split()
        same = sum((Counter(words) & Counter(other)).values())
        best = max(best, 2 * same / (len(words) + len(other)) if same else 0.0)
    return best


def mentions(text: str, answers: Iterable[str]) -> bool:
    """Whether the words of an answer stand in a text, whole words, both normalised.

    >>> mentions("They spoke in July.", ["July"]), mentions("They spoke in July.", ["Jul"])
    (True, False)
    """
    padded = f" {normalise(folded(text))} "
    return any(form and f" {form} " in padded for form in (normalise(folded(answer)) for answer in answers))


def folded(text: str) -> str:
    """A text as people type it: without accents and dots in initials, apostrophes and dashes being plain.

    >>> folded("José O’Brien won 1–0 in the U.S.")
    "Jose O'Brien won 1-0 in the US"
    """
    apart = unicodedata.normalize("NFKD", text.translate(_TYPED))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _INITIALS.sub(lambda match: match.group().replace(".", ""), plain)


def citation_quality(
    sentences: Sequence[tuple[str, Sequence[str]]], supports: Callable[[str, Sequence[str]], bool]
) -> tuple[float, float] | None:
    """ALCE's citation recall and precision of sentences with their quotes; None where there is no sentence.

    Recall is the share of sentences that all their quotes together support. Precision is the share of quotes that are
    needed: those of a supported sentence that support it alone, or without which the others no longer do.
    Source: Gao and others 2023, arXiv:2305.14627, section 4.

    >>> citation_quality([("A", ["A", "x"]), ("B", ["A"])], lambda said, quotes: said in quotes)
    (0.5, 0.3333333333333333)
    """
    if not sentences:
        return None
    borne = needed = quotes = 0
    for said, cited in sentences:
        quotes += len(cited)
        if not cited or not supports(said, cited):
            continue
        borne += 1
        for place, quote in enumerate(cited):
            others = [*cited[:place], *cited[place + 1 :]]
            needed += supports(said, [quote]) or not (others and supports(said, others))
    return borne / len(sentences), needed / quotes if quotes else 0.0


def refusal(refused: Sequence[bool], unanswerable: Sequence[bool]) -> tuple[float | None, float | None]:
    """The precision and the recall of refusals; None where nothing was refused, and where all can be answered.

    >>> refusal([True, True, False], [True, False, False])
    (0.5, 1.0)
    """
    both = sum(one and other for one, other in zip(refused, unanswerable, strict=True))
    return (both / sum(refused) if any(refused) else None, both / sum(unanswerable) if any(unanswerable) else None)


def cohens_kappa(pairs: Sequence[tuple[float, float]]) -> float | None:
    """How far two opinions of right and wrong agree beyond chance, at most 1 (Cohen 1960); None where chance is all.

    >>> cohens_kappa([(1, 1), (0, 0), (1, 1), (0, 1)])
    0.5
    """
    yes = [sum(one[side] for one in pairs) / len(pairs) for side in (0, 1)]
    chance = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    agreed = sum(one == other for one, other in pairs) / len(pairs)
    return None if chance == 1 else (agreed - chance) / (1 - chance)


def risk_coverage_area(right: Sequence[float], confidence: Sequence[float]) -> float:
    """The mean share of wrong answers over all coverages, the most confident answered first; 0 is best.

    Source: Geifman and El-Yaniv 2017, arXiv:1705.08500. Of equal confidences the wrong come first.

    >>> risk_coverage_area([1, 0], [0.9, 0.1]), risk_coverage_area([1, 0], [0.1, 0.9])
    (0.25, 0.75)
    """
    order = np.lexsort((np.asarray(right), -np.asarray(confidence, dtype=float)))
    wrong = 1 - np.asarray(right, dtype=float)[order]
    return float((np.cumsum(wrong) / np.arange(1, len(wrong) + 1)).mean())


def calibration_error(right: Sequence[float], confidence: Sequence[float], bins: int = 10) -> float:
    """The mean distance between confidence and share of right answers, over bins of equal width, by their size.

    Source: Naeini et al. 2015 (expected calibration error).

    >>> calibration_error([1, 1, 0, 0], [0.75, 0.75, 0.25, 0.25])
    0.25
    """
    return sum(row[0] * abs(row[1] - row[2]) for row in reliability(right, confidence, bins)) / max(1, len(right))


def reliability(right: Sequence[float], confidence: Sequence[float], bins: int = 10) -> list[tuple[int, float, float]]:
    """How many answers, their mean confidence and the share of right ones, for bins of equal width that hold any.

    >>> reliability([1, 1, 0], [0.75, 0.75, 0.25], bins=2)
    [(1, 0.25, 0.0), (2, 0.75, 1.0)]
    """
    held, sure = np.asarray(right, dtype=float), np.asarray(confidence, dtype=float)
    places = np.minimum((sure * bins).astype(int), bins - 1)
    chosen = [places == place for place in range(bins)]
    return [(int(rows.sum()), float(sure[rows].mean()), float(held[rows].mean())) for rows in chosen if rows.any()]


def interval(values: Sequence[float], seed: int = 0) -> tuple[float, float, float]:
    """A mean with its 95% bootstrap interval (percentile method, 2,000 draws); raises ValueError for no values."""
    if not len(values):
        raise ValueError("there is no mean of no values")
    held = np.asarray(values, dtype=float)
    draws = np.random.default_rng(seed).choice(held, (2000, len(held))).mean(axis=1)
    low, high = np.quantile(draws, [0.025, 0.975])
    return float(held.mean()), float(low), float(high)


def share_interval(values: Sequence[float]) -> tuple[float, float, float]:
    """A mean with its 95% interval: Wilson's (1927) where each value is 0 or 1, else by ``interval``.

    Twelve of twelve are not surely all: a bootstrap would say so.

    >>> [round(value, 3) for value in share_interval([1.0] * 12)]
    [1.0, 0.758, 1.0]
    """
    if not len(values) or not {*values} <= {0.0, 1.0}:
        return interval(values)
    count, mean, z = len(values), sum(values) / len(values), 1.959964
    middle = (mean + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * (mean * (1 - mean) / count + z * z / (4 * count * count)) ** 0.5
    return mean, max(0.0, middle - half), min(1.0, middle + half)


def area_interval(right: Sequence[float], confidence: Sequence[float], seed: int = 0) -> tuple[float, float, float]:
    """The risk-coverage area with its 95% bootstrap interval (percentile method, 500 draws)."""
    return _drawn(risk_coverage_area, right, confidence, seed)


def calibration_interval(
    right: Sequence[float], confidence: Sequence[float], seed: int = 0
) -> tuple[float, float, float]:
    """The calibration error with its 95% bootstrap interval (percentile method, 500 draws).

    Drawn anew, few answers are less well calibrated than they are, so the interval may lie above the error.
    """
    return _drawn(calibration_error, right, confidence, seed)


def _drawn(
    measure: Callable[[Sequence[float], Sequence[float]], float],
    right: Sequence[float],
    confidence: Sequence[float],
    seed: int,
) -> tuple[float, float, float]:
    held, sure = np.asarray(right, dtype=float), np.asarray(confidence, dtype=float)
    draws = np.random.default_rng(seed).integers(len(held), size=(500, len(held)))
    low, high = np.quantile([measure(held[rows].tolist(), sure[rows].tolist()) for rows in draws], [0.025, 0.975])
    return measure(right, confidence), float(low), float(high)
