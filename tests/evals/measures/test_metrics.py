"""Measures, against values worked out by hand or by another route."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.measures.metrics import (
    area_interval,
    calibration_error,
    exact_match,
    f1,
    interval,
    mentions,
    reliability,
    risk_coverage_area,
)


def test_a_short_answer_is_compared_without_case_articles_and_punctuation() -> None:
    assert exact_match("the Torvald Bridge.", ["Torvald bridge"]) == 1
    assert exact_match("Torvald", ["Torvald bridge"]) == 0
    assert f1("Torvald", ["Torvald bridge"]) == pytest.approx(2 / 3)
    assert f1("Ilse Torvald", ["Torvald bridge", "Ilse"]) == pytest.approx(2 / 3)
    assert f1("", ["Torvald"]) == 0
    assert mentions("On Monday, 21 passengers came.", ["21"])
    assert not mentions("On Monday, 210 passengers came.", ["21"])


@given(st.lists(st.sampled_from("pqrs"), max_size=6), st.lists(st.sampled_from("pqrs"), min_size=1, max_size=6))
def test_f1_is_the_mean_of_precision_and_recall_over_words(guess: list[str], answer: list[str]) -> None:
    shared = sum(min(guess.count(word), answer.count(word)) for word in set(guess))
    precision, recall = shared / max(1, len(guess)), shared / len(answer)
    expected = 2 * precision * recall / (precision + recall) if shared else 0.0
    assert f1(" ".join(guess), [" ".join(answer)]) == pytest.approx(expected)
    assert exact_match(" ".join(guess), [" ".join(answer)]) == float(guess == answer)


def test_the_risk_coverage_area_is_the_mean_risk_over_coverages() -> None:
    # Most sure first: right, wrong, right: risks 0/1, 1/2, 1/3.
    assert risk_coverage_area([1, 0, 1], [0.9, 0.8, 0.7]) == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)
    assert risk_coverage_area([1, 0], [0.5, 0.5]) == pytest.approx((1 + 1 / 2) / 2)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 100)), min_size=1, max_size=7))
def test_no_order_is_better_than_the_right_ones_first(cases: list[tuple[bool, int]]) -> None:
    right = [float(held) for held, _ in cases]
    best = risk_coverage_area(right, right)
    assert best <= risk_coverage_area(right, [sure for _, sure in cases]) + 1e-12
    if len(cases) <= 5:
        orders = itertools.permutations(range(len(cases)))
        assert best == pytest.approx(min(risk_coverage_area(right, order) for order in orders))


def test_a_confidence_is_calibrated_where_it_is_the_share_of_right_answers() -> None:
    assert calibration_error([1, 1, 1, 0], [0.75] * 4) == 0
    assert calibration_error([0, 0], [1.0, 1.0]) == 1
    assert reliability([1, 0, 1], [0.05, 0.07, 1.0]) == [
        (2, pytest.approx(0.06), 0.5),
        (1, 1.0, 1.0),
    ]


def test_an_interval_holds_its_mean() -> None:
    mean, low, high = interval([True, False] * 50)
    assert (mean, round(low, 1), round(high, 1)) == (0.5, 0.4, 0.6)
    with pytest.raises(ValueError, match="no values"):
        interval([])
    area, low, high = area_interval([1.0, 0.0] * 50, [0.5 + n / 1000 for n in range(100)])
    assert low < area < high


def test_a_bootstrap_interval_holds_the_mean_as_often_as_it_says() -> None:
    rng = random.Random(1)
    held = 0
    for seed in range(200):
        sample = [rng.gauss(0.1, 1) for _ in range(80)]
        _, low, high = interval(sample, seed)
        held += low <= 0.1 <= high
    assert 180 <= held <= 199
