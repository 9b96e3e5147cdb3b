"""Fitting by Newton's method finds weights that are known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evals.research.fit import REFUSED, Asked, fit, fit_order, fit_probability, threshold
from index.errors import ModelMissing
from index.models.calibration import read_calibration


def test_a_probability_is_fitted_to_how_often_each_case_is_right() -> None:
    # Right in 3 of 4 where the feature is 1, in 1 of 4 where it is 0: log odds ±log 3.
    rows = np.array([[1.0]] * 4 + [[0.0]] * 4)
    right = np.array([True, True, True, False, True, False, False, False])
    weight, bias = fit_probability(rows, right, ridge=0)
    assert (weight, bias) == (pytest.approx(2 * np.log(3)), pytest.approx(-np.log(3)))


def test_an_order_is_fitted_to_how_often_each_candidate_is_the_right_one() -> None:
    # Of two candidates the one with the feature is right three times in four: odds of 3.
    rows = np.array([[1.0], [0.0]])
    groups = [(rows, np.array([True, False]))] * 3 + [(rows, np.array([False, True]))]
    [weight] = fit_order(groups, ridge=0)
    assert weight == pytest.approx(np.log(3))


def test_several_right_candidates_count_together() -> None:
    noise = np.random.default_rng(1)
    groups = []
    for _ in range(400):
        rows = noise.normal(size=(6, 2))
        groups.append((rows, rows @ np.array([2.0, 0.0]) > 1.0))
    first, second = fit_order(groups)
    assert first > 2 and abs(second) < 0.3 * first


def test_a_question_whose_candidates_are_all_right_or_all_wrong_says_nothing() -> None:
    rows = np.array([[1.0], [0.0]])
    telling = [(rows, np.array([True, False]))] * 3 + [(rows, np.array([False, True]))]
    empty = [(rows, np.array([True, True])), (rows, np.array([False, False]))]
    assert fit_order(telling + empty, ridge=0) == pytest.approx(fit_order(telling, ridge=0))


def test_the_threshold_is_where_its_share_of_what_has_no_answer_is_refused() -> None:
    probabilities = np.linspace(0, 1, 1000)
    answerable = np.arange(1000) % 2 == 0
    refused = probabilities < threshold(probabilities, answerable)
    assert refused[~answerable].mean() == pytest.approx(REFUSED, abs=0.01)


def test_all_weights_are_fitted_to_what_was_asked() -> None:
    noise = np.random.default_rng(1)

    def row(names: Iterable[str], right: bool) -> tuple[dict[str, float], bool]:
        known = {name: float(noise.normal()) + 2 * right for name in names}
        return known | {"others": 0.0, "dateless": 0.0, "context": 1.0}, right

    known = read_calibration()
    sentence = [name for name in {**known.sentence_order, **known.sure} if name not in ("lead", "bias")]
    asked = [
        Asked(
            [row(sentence, answerable), row(sentence, False)],
            ["July", "June"],
            answerable,
        )
        for answerable in [True, True, False] * 40
    ]
    found = fit(asked, known)
    assert all(list(getattr(found, name)) == list(getattr(known, name)) for name in ("sentence_order", "sure"))
    assert all(weight > 0 for name, weight in found.sentence_order.items() if name != "context")
    assert 0 < found.refuse_below < 1
    assert (found.fast, found.passage_order) == (known.fast, known.passage_order)


def test_what_is_printed_is_what_a_reader_is_calibrated_with(tmp_path: Path) -> None:
    known = read_calibration()
    file = tmp_path / "reader.json"
    file.write_text(replace(known, refuse_below=0.5).to_json())
    assert read_calibration(file) == replace(known, refuse_below=0.5)
    file.write_text("{}")
    read_calibration.cache_clear()
    with pytest.raises(ModelMissing, match="passage_order"):
        read_calibration(file)
