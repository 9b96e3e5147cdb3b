"""Plants defects and shows that the gate catches each, passes what is harmless, and cries wolf as seldom as it says.

``python -m evals.proof [--quick]``; exit code 1 if anything is not as it should be.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from rich.table import Table

from assistant import Assistant
from assistant.settings import Settings
from assistant.terminal.render import Progress, consoles
from evals.cases import Suite
from evals.measures.metrics import share_interval
from evals.proof import defects, worse_prompt
from evals.proof.remembering import RememberingCloseReader, RememberingReader
from evals.proof.world import make_world
from evals.runs.compare import detectable, detectable_mean, mcnemar, sign_flips
from evals.runs.gate import broken_rules, read_rules
from evals.runs.run import run_suite
from index.models.large_reader import LargeReader
from index.models.reader import MiniLMReader

RULES = read_rules(
    ["accuracy drops, p<0.05", "evidence_found drops, p<0.05", "borne_out drops, p<0.05", "citations_exact < 1"]
)
"""What ``make eval`` holds the seeds to, but for their refusals."""

_DEFECTS: tuple[tuple[str, Callable[[], AbstractContextManager[None]]], ...] = (
    ("retrieval off by one", defects.retrieval_off_by_one),
    ("quotes that stand elsewhere than they say", defects.places_shifted),
    ("quotes shifted by one character", defects.quotes_shifted),
    ("refusals answered", defects.refusals_answered),
    ("dates ignored", defects.dates_ignored),
)
_SWAPPED = 0.2
_QUICK = 100
"""Of its questions, of every kind, those that the quick proof asks."""

_HARMLESS, _NULLS, _POWERED = 20, 2000, 1000
_RERUN = 60
"""Of the cases, drawn anew for each harmless run: in 20 runs each case is asked some six times."""

_ASKED = 20
"""Questions that the language model is asked."""

_ALARMS = 0.07
"""The upper bound of the share of false alarms, at most."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What was tried, what came out, and whether it is as it should be."""

    tried: str
    came_out: str
    holds: bool


def main() -> int:
    """Try everything, print the table."""
    parser = argparse.ArgumentParser(prog="python -m evals.proof", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="half of the questions, three re-runs, no language model")
    quick = parser.parse_args().quick
    console, beside = consoles()
    rows: list[Shown] = []
    with tempfile.TemporaryDirectory() as folder, Progress(beside) as progress:
        for shown in prove(Path(folder), progress, quick=quick):
            rows.append(shown)
            progress(shown.tried, len(rows), None)
    table = Table("tried", "came out", "as it should be")
    for row in rows:
        table.add_row(row.tried, row.came_out, "yes" if row.holds else "NO")
    console.print(table)
    return 0 if all(row.holds for row in rows) else 1


def prove(folder: Path, progress: Progress, *, quick: bool) -> Iterator[Shown]:
    """All that is tried, one after the other."""
    articles, suite = make_world(folder)
    if quick:
        suite = replace(suite, cases=tuple(random.Random(4).sample(suite.cases, _QUICK)))
    reader, close = RememberingReader(MiniLMReader()), RememberingCloseReader(LargeReader())
    with Assistant.open(folder / "store", settings=Settings(), reader=reader, close_reader=close) as assistant:
        assistant.ingest([articles])
        good = run_suite(
            assistant, suite, progress=lambda done, total: progress("the run to compare with", done, total)
        )
        right = share_interval([case["measures"]["right"] for case in good["cases"]])
        yield Shown("the run to compare with", f"{len(suite.cases)} cases, right {_told(right)}", right[0] > 0.8)
        for name, planted in _DEFECTS:
            with planted():
                yield _caught(name, good, run_suite(assistant, suite))
        yield _caught(f"{_SWAPPED:.0%} of the answers swapped", good, defects.answers_swapped(good, suite, _SWAPPED, 1))
    with Assistant.open(folder / "store", settings=Settings()) as assistant:  # which reads anew each time
        yield _harmless(assistant, suite, good, 3 if quick else _HARMLESS)
    yield _shuffled_store(folder, articles, suite, good)
    yield from _false_alarms(_NULLS)
    yield from _power(_POWERED)
    if not quick:
        with worse_prompt.model_at_work():
            yield _worse_prompt(folder / "store", suite)


def _worse_prompt(store: Path, suite: Suite) -> Shown:
    """A model that is shown a sentence as an example, and little else, writes that one: it is dropped."""
    asked = replace(suite, cases=tuple(case for case in suite.cases if case.type in ("when", "number"))[:_ASKED])
    with Assistant.open(store, settings=worse_prompt.settings()) as assistant:
        good = run_suite(assistant, asked)
        with worse_prompt.planted():
            bad = run_suite(assistant, asked)
    broken = broken_rules(read_rules(["dropped rises, p<0.05"]), good, bad)
    return Shown("a worse prompt, a real language model", "; ".join(broken) or "nothing was noticed", bool(broken))


def _caught(name: str, good: dict[str, Any], bad: dict[str, Any]) -> Shown:
    broken = broken_rules(RULES, good, bad)
    return Shown(name, "; ".join(broken) or "nothing was noticed", bool(broken))


def _harmless(assistant: Assistant, suite: Suite, good: dict[str, Any], often: int) -> Shown:
    """Run some again, in another order, several at a time: nothing may fail, and no answer may differ."""
    failed = flipped = 0
    for seed in range(often):
        cases = random.Random(seed).sample(suite.cases, _RERUN)
        again = run_suite(assistant, replace(suite, cases=tuple(cases)), at_once=1 + seed % 3)
        asked = {case.id for case in cases}
        before = good | {"cases": [case for case in good["cases"] if case["id"] in asked]}
        failed += bool(broken_rules(RULES, before, again))
        flipped += _differing(before, again)
    told = f"{failed} of {often} runs failed; {flipped} answers differed"
    return Shown("harmless: run again, cases shuffled", told, failed == flipped == 0)


def _shuffled_store(folder: Path, articles: Path, suite: Suite, good: dict[str, Any]) -> Shown:
    """The articles read in another order are the same articles."""
    lines = articles.read_text(encoding="utf-8").splitlines(keepends=True)
    random.Random(5).shuffle(lines)
    (folder / "again").mkdir()
    shuffled = folder / "again" / articles.name
    shuffled.write_text("".join(lines), encoding="utf-8")
    with Assistant.open(folder / "store2", settings=Settings()) as assistant:
        assistant.ingest([shuffled])
        again = run_suite(assistant, suite)
    broken = broken_rules(RULES, good, again)
    told = f"{len(broken)} rules broken; {_differing(good, again)} answers differed"
    return Shown("harmless: articles ingested in another order", told, not broken and not _differing(good, again))


def _differing(one: dict[str, Any], other: dict[str, Any]) -> int:
    said = {case["id"]: case["answer"]["answer"] for case in one["cases"]}
    return sum(said[case["id"]] != case["answer"]["answer"] for case in other["cases"])


def _false_alarms(often: int) -> Iterator[Shown]:
    """Runs that differ by chance alone: each case flips to and fro as readily, a mean moves up as far as down."""
    rng = np.random.default_rng(7)
    flips = [mcnemar(*rng.multinomial(150, [0.05, 0.05, 0.9])[:2]) < 0.05 for _ in range(often)]
    yield _alarms("false alarms, right or wrong (McNemar)", flips)
    for count in (5, 12, 64, 150):
        even = [sign_flips(rng.normal(0, 0.2, count).tolist(), seed)[0] < 0.05 for seed in range(often)]
        yield _alarms(f"false alarms, a mean of {count} (sign flips)", even)
        rare = [sign_flips(_skewed(rng, count), seed)[0] < 0.05 for seed in range(often)]
        yield _alarms(f"false alarms, a mean of {count} that seldom moves", rare)


def _skewed(rng: np.random.Generator, count: int) -> list[float]:
    """Differences of which one in five is not 0, and as often up as down, by little or by much."""
    size = rng.exponential(0.3, count) * (rng.random(count) < 0.2)
    return list(size * rng.choice([-1.0, 1.0], count))


def _alarms(name: str, alarms: Sequence[bool]) -> Shown:
    share, low, high = share_interval([float(alarm) for alarm in alarms])
    return Shown(name, f"{_told((share, low, high))} of {len(alarms)} comparisons", high <= _ALARMS)


def _power(often: int) -> Iterator[Shown]:
    """A drop as large as what is printed to be detectable is found as often as that says: 80%."""
    rng = np.random.default_rng(11)
    for cases, differing in ((64, 0.1), (150, 0.2), (600, 0.1)):
        drop = detectable(cases, differing)
        share = max(differing, drop)
        chances = [(share + drop) / 2, (share - drop) / 2, 1 - share]
        found = [float(mcnemar(*rng.multinomial(cases, chances)[:2]) < 0.05) for _ in range(often)]
        yield _agrees(f"a drop of {100 * drop:.0f} points in {cases} cases", found)
    spread = 0.2
    drop = detectable_mean(rng.normal(0, spread, 150).tolist()) or 0.0
    found = [float(sign_flips(rng.normal(-drop, spread, 150).tolist(), seed)[0] < 0.05) for seed in range(often)]
    yield _agrees(f"a mean that drops by {drop:.3f} in 150 cases", found)


def _agrees(name: str, found: Sequence[float]) -> Shown:
    share = share_interval(found)
    return Shown(name, f"found {_told(share)} of the time; 0.8 was said", share[1] - 0.03 <= 0.8 <= share[2] + 0.03)


def _told(share: tuple[float, float, float]) -> str:
    return "{:.3f} [{:.3f}, {:.3f}]".format(*share)


if __name__ == "__main__":
    sys.exit(main())
