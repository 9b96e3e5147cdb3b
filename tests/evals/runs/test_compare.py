"""What differs between runs by more than chance."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from evals.runs.compare import detectable, mcnemar, power, sign_flips


@pytest.mark.parametrize(("lost", "won"), [(0, 0), (1, 0), (8, 1), (5, 5), (3, 40), (70, 40)])
def test_mcnemar_is_the_binomial_test(lost: int, won: int) -> None:
    theirs = binomtest(lost, lost + won, alternative="greater").pvalue if lost + won else 1.0
    assert mcnemar(lost, won) == pytest.approx(theirs)


@pytest.mark.parametrize(("cases", "differing"), [(12, 0.0), (60, 0.1), (150, 0.2), (600, 0.05)])
def test_the_detectable_drop_is_the_smallest_that_is_found_four_times_in_five(cases: int, differing: float) -> None:
    drop = detectable(cases, differing)
    share = max(differing, drop)
    found = sum(
        binom.pmf(count, cases, share) * binom.pmf(lost, count, (share + drop) / (2 * share))
        for count in range(min(cases, 120) + 1)
        for lost in range(count + 1)
        if mcnemar(lost, count - lost) < 0.05
    )
    assert found == pytest.approx(0.8, abs=0.02)
    assert power(cases, differing, drop * 0.9) < 0.8 <= power(cases, differing, drop)


@given(st.integers(0, 7), st.integers(0, 7))
def test_mcnemar_is_what_counting_all_coins_gives(lost: int, won: int) -> None:
    coins = list(itertools.product((0, 1), repeat=lost + won))
    counted = sum(sum(row) >= lost for row in coins) / len(coins)
    assert mcnemar(lost, won) == pytest.approx(counted)


@given(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), max_size=12))
def test_flipped_signs_of_right_and_wrong_are_mcnemar(differences: list[float]) -> None:
    lost, won = differences.count(-1.0), differences.count(1.0)
    assert sign_flips(differences) == pytest.approx((mcnemar(lost, won), mcnemar(won, lost)))


@pytest.mark.parametrize("count", [1, 3, 8, 20])
def test_few_cases_give_no_more_false_alarms_than_many(count: int) -> None:
    rng = random.Random(count)
    alarms = sum(
        sign_flips([rng.choice([0, 0, 1, -1]) * rng.expovariate(3) for _ in range(count)])[0] < 0.05 for _ in range(400)
    )
    assert alarms / 400 <= 0.08


def test_chance_alone_seldom_fails_a_build() -> None:
    """Of 2,000 pairs of runs that differ by chance alone, the upper bound of the share that fails is 7 % at most."""
    rng = random.Random(7)
    alarms = 0
    for _ in range(2000):
        lost = sum(rng.random() < 0.05 for _ in range(150))
        won = sum(rng.random() < 0.05 for _ in range(150))
        alarms += mcnemar(lost, won) < 0.05
    share = alarms / 2000
    assert share + 1.96 * (share * (1 - share) / 2000) ** 0.5 <= 0.07


def test_the_power_is_what_the_detectable_difference_says() -> None:
    rng = random.Random(11)
    cases, differing = 150, 0.2
    drop = detectable(cases, differing)
    found = 0
    for _ in range(1000):
        rolls = [rng.random() for _ in range(cases)]
        lost = sum(roll < (differing + drop) / 2 for roll in rolls)
        won = sum((differing + drop) / 2 <= roll < differing for roll in rolls)
        found += mcnemar(lost, won) < 0.05
    assert 0.65 <= found / 1000 <= 0.95
