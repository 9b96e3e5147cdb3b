"""Planted defects are caught, and a run over shuffled cases comes out the same; at length: ``make eval-proof``."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import pytest

from assistant import Assistant
from assistant.settings import Settings
from evals.cases import Suite
from evals.compare import broken_rules, compare
from evals.proof import defects, world
from evals.proof.__main__ import RULES
from evals.run import run_suite


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Assistant, Suite, dict[str, Any]]]:
    """An assistant with the news of a few towns, the suite about them, and a run of it."""
    folder = tmp_path_factory.mktemp("proof")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world, "TOWNS", 6)
        articles, suite = world.make_world(folder)
    with Assistant.open(folder / "store", settings=Settings()) as assistant:
        assistant.ingest([articles])
        yield assistant, suite, run_suite(assistant, suite)


@pytest.mark.parametrize(
    ("planted", "broken"),
    [
        (defects.retrieval_off_by_one, "accuracy drops"),
        (defects.quotes_shifted, "citations_exact drops"),
        (defects.refusals_answered, "accuracy drops"),
        (defects.dates_ignored, "accuracy drops"),
    ],
)
def test_a_planted_defect_fails_the_build(answered: Any, planted: Any, broken: str) -> None:
    assistant, suite, good = answered
    defect: AbstractContextManager[None] = planted()
    with defect:
        bad = run_suite(assistant, suite)
    assert any(rule.startswith(broken) for rule in broken_rules(RULES, compare(good, bad)))


def test_shuffled_cases_change_nothing(answered: Any) -> None:
    assistant, suite, good = answered
    cases = tuple(random.Random(1).sample(suite.cases, len(suite.cases)))
    again = run_suite(assistant, replace(suite, cases=cases), at_once=2)
    assert broken_rules(RULES, compare(good, again)) == []
    measured = {case["id"]: case["measures"] for case in good["cases"]}
    assert {case["id"]: case["measures"] for case in again["cases"]} == measured


def test_swapped_answers_fail_the_build(answered: Any) -> None:
    _, suite, good = answered
    assert broken_rules(RULES, compare(good, defects.answers_swapped(good, suite, 0.4, 1)))
