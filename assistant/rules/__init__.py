"""What moves a candidate up or down: one rule a file or two, each with its reason, examples and what it has earned.

Add a rule HERE: write it in a file beside these, put it into ``RULES``, and say what
``python -m evals.research.ablate`` prints for it. Factors multiply, so the order of the rules does not matter.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.evidence.scoring import Adjustment, Ranked
from assistant.question.analysis import QuestionAnalysis
from assistant.rules import latest, plans, scheduled
from assistant.rules.rule import Example, Rule

RULES: tuple[Rule, ...] = (
    latest.IN_ORDER,
    scheduled.UNREALISED_LAST,
    plans.PASSED_LAST,
    plans.GIVEN_UP_FIRST,
    plans.GIVEN_UP_LAST,
)

__all__ = ["RULES", "Example", "Rule", "adjust"]


def adjust(question: QuestionAnalysis, ranked: Sequence[Ranked], rules: Collection[Rule] = RULES) -> list[Ranked]:
    """The ranked candidates with the adjustments of all rules that apply, those with the highest score first."""
    added: dict[tuple[str, int], list[Adjustment]] = {}
    if ranked:
        for rule in rules:
            if rule.applies(question):
                for key, factor in rule.judge(question, ranked).items():
                    added.setdefault(key, []).append(Adjustment(rule.name, factor, rule.reason, rule.excludes))
    adjusted = [replace(item, adjustments=tuple(added.get(item.candidate.key, ()))) for item in ranked]
    return sorted(adjusted, key=lambda item: -item.score)
