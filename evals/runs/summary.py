"""A run in figures: the mean of each measure, refusals, confidence, time and money, each with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evals.measures.metrics import area_interval, calibration_interval, cohens_kappa, refusal, share_interval

Json = Mapping[str, Any]

NOT_MEANS = ("confidence", "refused")
"""What is measured of a case and has no mean that says anything."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a run, over so many cases, with the bounds of its 95% interval where it has one.

    ``unit`` is "" for what lies between 0 and 1.
    """

    name: str
    cases: int
    value: float
    low: float | None = None
    high: float | None = None
    unit: str = ""

    @property
    def told(self) -> str:
        """In words: "0.922 [0.844, 0.984]", "148 ms"."""
        if self.unit:
            return f"{self.value:,.0f} {self.unit}" if self.value >= 10 else f"{self.value:.3g} {self.unit}"
        bounds = f" [{self.low:.3f}, {self.high:.3f}]" if self.low is not None and self.high is not None else ""
        return f"{self.value:.3f}{bounds}"


def summarise(run: Json) -> list[Figure]:
    """The figures of a run; what does not apply is left out."""
    return [
        *_means(run["cases"]),
        *_refusals(run["cases"]),
        *_confidence(run["cases"]),
        *_spent(run["cases"], run.get("judge_usage")),
    ]


def by_group(run: Json, field: str) -> list[Figure]:
    """How many answers are right, by ``type`` or by tag (``tags``); groups in the order of the suite."""
    groups: dict[str, list[float]] = {}
    for case in run["cases"]:
        for name in case["tags"] if field == "tags" else [case["type"]]:
            if name:
                groups.setdefault(str(name), []).append(case["measures"]["right"])
    return [Figure(name, len(values), *share_interval(values)) for name, values in groups.items()]


def names_of(cases: Sequence[Json]) -> list[str]:
    """The measures that some cases have, in order."""
    names = dict.fromkeys(name for case in cases for name in case["measures"])
    return [name for name in names if name not in NOT_MEANS]


def _means(cases: Sequence[Json]) -> Iterator[Figure]:
    for name in names_of(cases):
        values = [value for case in cases if (value := case["measures"].get(name)) is not None]
        if values:
            yield Figure(name, len(values), *share_interval(values))


def _refusals(cases: Sequence[Json]) -> Iterator[Figure]:
    """Of the refusals those that are right (precision), of the unanswerable those that are refused (recall)."""
    refused = [bool(case["measures"].get("refused")) for case in cases]
    lacking = [case["unanswerable"] is not None for case in cases]
    precision, recall = refusal(refused, lacking)
    both = [float(one and other) for one, other in zip(refused, lacking, strict=True)]
    for name, value, among in (("refusal precision", precision, refused), ("refusal recall", recall, lacking)):
        if value is not None and any(lacking):
            rows = [held for held, one in zip(both, among, strict=True) if one]
            yield Figure(name, len(rows), value, *share_interval(rows)[1:])
    judged = [(case["measures"]["right"], opinion) for case in cases if (opinion := _opinion(case)) is not None]
    if judged:
        yield Figure("judge agrees", len(judged), *share_interval([float(one == other) for one, other in judged]))
        if (kappa := cohens_kappa(judged)) is not None:
            yield Figure("judge agrees, kappa", len(judged), kappa)


def _opinion(case: Json) -> float | None:
    opinion: float | None = case["measures"].get("judged")
    return opinion


def _confidence(cases: Sequence[Json]) -> Iterator[Figure]:
    """Whether sure answers are right: over the questions that have an answer, refused ones being wrong."""
    sure = [case for case in cases if case["unanswerable"] is None and case["measures"].get("confidence") is not None]
    if len(sure) > 1:
        right = [case["measures"]["right"] for case in sure]
        confidence = [case["measures"]["confidence"] for case in sure]
        yield Figure("risk-coverage area", len(sure), *area_interval(right, confidence))
        yield Figure("calibration error", len(sure), *calibration_interval(right, confidence))


def _spent(cases: Sequence[Json], judge_usage: Json | None) -> Iterator[Figure]:
    took = [case["timings_ms"]["total"] for case in cases if "total" in case["timings_ms"]]
    if took:
        for share in (50, 95):
            yield Figure(f"latency p{share}", len(took), float(np.percentile(took, share)), unit="ms")
    for name, count in (judge_usage or {}).items():
        yield Figure(f"judge {name}", len(cases), float(count), unit="" if name == "calls" else "tokens")
    used = [case["answer"]["usage"] for case in cases if case["answer"] and case["answer"]["usage"]]
    if used:
        for name, unit in (("prompt_tokens", "tokens"), ("completion_tokens", "tokens"), ("cost", "of money")):
            values = [usage[name] for usage in used if name in usage]
            if values:
                yield Figure(name.replace("_", " "), len(values), float(sum(values)), unit=unit)
