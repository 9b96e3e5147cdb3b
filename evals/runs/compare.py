"""Two runs of the same cases beside each other: what changed, and whether it is more than chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import comb
from typing import Any

import numpy as np

from evals.measures.metrics import interval
from index.errors import SuiteInvalid

_DRAWS = 10_000
_LEVEL, _POWER = 0.05, 0.8
_NEARLY = 0.0005
_NEGLIGIBLE = 1e-9
_FEW = 10
_ALL_SIGNS = 14
"""So many differences have 16,384 ways to sign them."""


@dataclass(frozen=True, slots=True)
class Change:
    """How a measure moved from one run to another over the cases that have it in both.

    ``low`` and ``high`` bound the difference with 95%; ``p`` is one-sided, for a drop; ``detectable`` is the smallest
    drop that so many cases would show with 80% power at 5%, as often as the two runs differ; None where that is not
    known, as no case of a measure differs.
    """

    measure: str
    cases: int
    before: float
    after: float
    low: float
    high: float
    p_drop: float
    p_rise: float
    detectable: float | None

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before

    @property
    def told(self) -> tuple[str, ...]:
        """The cells of a table with ``HEAD``."""
        moved = f"{self.difference:+.3f} [{self.low:+.3f}, {self.high:+.3f}]" if self.low or self.high else "none"
        least = f"{100 * self.detectable:.0f} points" if self.detectable is not None and self.detectable < 1 else "–"
        p = told_p(self.p_drop).removeprefix("p ").removeprefix("= ")
        return self.measure, str(self.cases), f"{self.before:.3f}", f"{self.after:.3f}", moved, p, least


HEAD = ("measure", "cases", "before", "after", "difference", "p (drop)", "can show a drop of")
"""Of a table of changes."""


def mcnemar(lost: int, won: int) -> float:
    """The one-sided exact p-value that cases lost outnumber those won by chance alone (McNemar 1947).

    The cases that differ are fair coins under the null: P(X >= lost) of a binomial of lost + won with one half.

    >>> round(mcnemar(lost=8, won=1), 4), mcnemar(0, 0)
    (0.0195, 1.0)
    """
    flips = int(lost) + int(won)  # an integer of NumPy's would overflow
    return float(sum(comb(flips, count) for count in range(int(lost), flips + 1)) / 2**flips)


def sign_flips(differences: Sequence[float], seed: int = 0) -> tuple[float, float]:
    """The one-sided p-values that a mean of paired differences is below 0, and above it, by chance alone.

    Under the null each difference could as well have had the other sign (Fisher 1935, chapter 3): all signs are tried
    where few differ, 10,000 drawn else. Of right and wrong it is McNemar's exact test.

    >>> sign_flips([-0.1]), sign_flips([-1.0] * 5)[0] == mcnemar(5, 0)
    ((0.5, 1.0), True)
    """
    moved = np.asarray([one for one in differences if one], dtype=float)
    if not len(moved):
        return 1.0, 1.0
    if len(moved) <= _ALL_SIGNS:
        signs = 1.0 - 2.0 * ((np.arange(2 ** len(moved))[:, None] >> np.arange(len(moved))) & 1)
    else:
        signs = np.random.default_rng(seed).choice([-1.0, 1.0], (_DRAWS, len(moved)))
        signs[0] = 1.0  # what was seen is one of the draws, so that no p is 0 (Phipson and Smyth 2010)
    sums, seen = signs @ moved, moved.sum()
    near = 1e-9 * np.abs(moved).sum()
    return float((sums <= seen + near).mean()), float((sums >= seen - near).mean())


def detectable(cases: int, differing: float) -> float:
    """The smallest drop in a share that McNemar's exact test shows with 80% power at 5%, one-sided; 1 if none is.

    ``differing`` is the share of cases that come out differently; a drop that is larger makes it so large. The power is
    summed over how many differ and how many of these are lost (Duffy 1984).

    >>> round(detectable(60, 0.1), 2), round(detectable(600, 0.1), 2)
    (0.11, 0.03)
    """
    low, high = 0.0, 1.0
    if not cases or power(cases, differing, 1.0) < _POWER:
        return 1.0
    while high - low > _NEARLY:
        middle = (low + high) / 2
        low, high = (low, middle) if power(cases, differing, middle) >= _POWER else (middle, high)
    return high


def power(cases: int, differing: float, drop: float) -> float:
    """How often McNemar's exact test at 5%, one-sided, shows a drop; see ``detectable``."""
    from scipy.stats import binom

    share = min(1.0, max(differing, drop))
    counts = np.arange(cases + 1)
    likely = binom.pmf(counts, cases, share)
    kept = likely > _NEGLIGIBLE
    counts, likely = counts[kept], likely[kept]
    enough = binom.isf(_LEVEL, counts, 0.5) + 1  # so many lost have p < 0.05
    return float((likely * binom.sf(enough - 1, counts, (share + drop) / (2 * share))).sum())


def detectable_mean(differences: Sequence[float]) -> float | None:
    """The drop in a mean that so many paired differences show with 80% power at 5%, by the normal approximation.

    None where they do not differ among themselves, which tells nothing of how they would, and for fewer than
    ``_FEW``, which tell little of it.
    """
    spread = float(np.std(differences)) if len(differences) >= _FEW else 0.0
    return (1.645 + 0.842) * spread / len(differences) ** 0.5 if spread else None


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """How each measure moved; raises SuiteInvalid for runs with no case in common."""
    pairs = _pairs(before, after)
    names = dict.fromkeys(name for one, _ in pairs for name in one["measures"] if name != "confidence")
    return [change for name in names if (change := _change(name, pairs))]


def compare_groups(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """How the share of right answers moved for each type and each tag; a measure is called "right, tag flagship"."""
    groups: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = {}
    for pair in _pairs(before, after):
        for name in [pair[1]["type"], *(f"tag {tag}" for tag in pair[1]["tags"])]:
            if name:
                groups.setdefault(str(name), []).append(pair)
    changes = [(name, _change("right", pairs)) for name, pairs in sorted(groups.items(), key=_tags_last)]
    return [replace(change, measure=f"right, {name}") for name, change in changes if change]


def _tags_last(group: tuple[str, Any]) -> bool:
    return group[0].startswith("tag ")


def flips(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The cases that are more, or less, often right than they were, as they were and as they are."""
    return [pair for pair in _pairs(before, after) if pair[0]["measures"]["right"] != pair[1]["measures"]["right"]]


def told_p(p: float) -> str:
    """A p-value in words.

    >>> told_p(0.012345), told_p(1e-9)
    ('p = 0.0123', 'p < 0.0001')
    """
    return f"p = {p:.4f}" if p >= 0.0001 else "p < 0.0001"


def _pairs(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    known = {_key(result): result for result in before["cases"]}
    pairs = [(known[_key(result)], result) for result in after["cases"] if _key(result) in known]
    if not pairs:
        raise SuiteInvalid("the two runs have no case in common; compare runs of the same suite")
    return pairs


def _key(result: Mapping[str, Any]) -> tuple[str, str]:
    """A case is the same if it asks and expects the same under its id."""
    return result["id"], result["case"]


def unpaired(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The ids of the cases of a run that another has not, or that ask or expect something else there."""
    there = {_key(result) for result in after["cases"]}
    return [str(result["id"]) for result in before["cases"] if _key(result) not in there]


def _change(name: str, pairs: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> Change | None:
    values = [(one["measures"].get(name), other["measures"].get(name)) for one, other in pairs]
    both = np.array([(one, other) for one, other in values if one is not None and other is not None], dtype=float)
    if not len(both):
        return None
    differences = both[:, 1] - both[:, 0]
    _, low, high = interval(differences)
    p_drop, p_rise = sign_flips(differences)
    if set(np.unique(both)) <= {0.0, 1.0}:  # exact where each case is right or wrong
        lost, won = int((differences < 0).sum()), int((differences > 0).sum())
        p_drop, p_rise = mcnemar(lost, won), mcnemar(won, lost)
        least: float | None = detectable(len(both), float((differences != 0).mean()))
    else:
        least = detectable_mean(differences)
    before, after = both.mean(axis=0)
    return Change(name, len(both), float(before), float(after), low, high, p_drop, p_rise, least)
