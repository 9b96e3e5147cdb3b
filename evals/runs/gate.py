"""Rules that fail a build: a measure that drops by more than chance, or that crosses a bound."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.runs.compare import compare, compare_groups, told_p, unpaired
from evals.runs.summary import by_group, summarise
from index.errors import SuiteInvalid

_MEASURE = r"\s*(?P<measure>[\w@][\w@ -]*?(?:, ?(?:tag )?[\w -]+?)?)"
_MOVES = re.compile(_MEASURE + r" (?P<way>drops|rises)\s*,\s*p\s*<\s*(?P<level>0?\.\d+)\s*")
_BOUND = re.compile(_MEASURE + r"\s*(?P<way>[<>])\s*(?P<bound>\d+(?:\.\d+)?|\.\d+)\s*")
_EXAMPLES = "'accuracy drops, p<0.05', 'accuracy, tag flagship drops, p<0.05' or 'citations_exact < 1'"
_NAMES = {"accuracy": "right"}
"""What people call a measure of a run."""

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Rule:
    """What is not to happen; ``way`` is "drops" or "rises", by chance less often than ``limit``, or "<" or ">"."""

    written: str
    measure: str
    way: str
    limit: float


def read_rules(written: Sequence[str]) -> list[Rule]:
    """Rules as people write them; raises SuiteInvalid for what is none.

    >>> read_rules(["accuracy drops, p<0.05"])[0].measure, read_rules(["citations_exact < 1"])[0].limit
    ('right', 1.0)
    """
    rules = []
    for one in written:
        moves, bound = _MOVES.fullmatch(one), _BOUND.fullmatch(one)
        read = moves or bound
        limit = float(moves["level"]) if moves else float(bound["bound"]) if bound else 0.0
        if not read or (moves and not 0 < limit <= 0.5):
            raise SuiteInvalid(f"{one!r} is no rule; write one as {_EXAMPLES}")
        name, *group = re.split(r", ?", read["measure"], maxsplit=1)
        measure = ", ".join([_NAMES.get(name, name), *group])
        rules.append(Rule(one.strip(), measure, read["way"], limit))
    return rules


def broken_rules(rules: Sequence[Rule], before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[str]:
    """Which rules a run breaks, in words: those of moves beside a run of the same cases, those of bounds by itself.

    Raises SuiteInvalid where a rule names no measure of theirs and none is broken, and where the runs have not the same
    cases: what is not compared cannot be held.
    """
    moving = [rule for rule in rules if rule.way in ("drops", "rises")]
    if moving and before is None:
        raise SuiteInvalid(f"{moving[0].written!r} compares with a run: name it with --baseline")
    if moving and before and (others := unpaired(before, after)):
        some = ", ".join(others[:_SHOWN]) + (", …" if len(others) > _SHOWN else "")
        raise SuiteInvalid(
            f"{len(others)} cases of the baseline are not in this run, or ask or expect something else now: {some}."
            " Make the baseline anew (assistant eval run SUITE --out BASELINE) once its answers have been looked at"
        )
    changes = {}
    if moving and before:
        changes = {one.measure: one for one in (*compare(before, after), *compare_groups(before, after))}
    figures = {one.name: one.value for one in summarise(after)}
    for field, lead in (("type", ""), ("tags", "tag ")):
        figures |= {f"right, {lead}{one.name}": one.value for one in by_group(after, field)}
    broken: list[str] = []
    unknown: list[tuple[Rule, Iterable[str]]] = []
    for rule in rules:
        if rule.way in ("<", ">"):
            value = figures.get(rule.measure)
            if value is None:
                unknown.append((rule, figures))
            elif value < rule.limit if rule.way == "<" else value > rule.limit:
                broken.append(f"{rule.written}: {value:.3f}")
        elif change := changes.get(rule.measure):
            p = change.p_drop if rule.way == "drops" else change.p_rise
            if p < rule.limit:
                broken.append(f"{rule.written}: {change.before:.3f} to {change.after:.3f}, {told_p(p)}")
        else:
            unknown.append((rule, changes))
    if unknown and not broken:
        rule, known = unknown[0]
        names = ", ".join(sorted({*_NAMES, *known}))
        raise SuiteInvalid(f"{rule.written!r}: the runs have no measure {rule.measure!r}; they have {names}")
    return broken
