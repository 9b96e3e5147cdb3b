"""What is counted as a right answer, on a data set small enough to work out by hand."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from evals.research import curve, reader
from evals.research.data import draw
from evals.research.reader import holds_answer
from index.training.sources import MEASURE_ONLY, TRAIN_SETS, Question, load_all
from tests.conftest import ferry_article

MINUTES = "How many minutes does the crossing to Brask Island take with ferry line {}?"


def write_set(folder: Path) -> Path:
    """Six ferries, a question about each, and two questions without an answer."""
    articles = [{"id": f"f{n}", "title": f"Ferry {n}", "date": None, "text": ferry_article(n)} for n in range(1, 7)]
    questions: list[dict[str, Any]] = []
    for n in range(1, 7):
        at = ferry_article(n).index(f"{20 + n} minutes")
        span = {"doc": f"f{n}", "start": at, "end": at + 2, "text": str(20 + n), "ambiguous": False}
        questions.append(
            {"id": f"q{n}", "question": MINUTES.format(n), "answers": [str(20 + n)], "evidence": [f"f{n}"],
             "type": "answerable", "spans": [span]}
        )  # fmt: skip
    for n, text in enumerate(["When did the mayor of Hale resign?", "Who won the football World Cup?"]):
        questions.append({"id": f"u{n}", "question": text, "answers": [], "evidence": ["f1"], "type": "unanswerable"})
    folder.mkdir(parents=True)
    for name, records in (("corpus", articles), ("questions", questions)):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(record) + "\n" for record in records)
    return folder


@pytest.mark.slow
def test_a_set_is_measured_and_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_set(tmp_path / "ferries")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(sys, "argv", ["evals.research.reader", "--data", str(folder), "--questions", "8"])
    reader.main()
    shown = capsys.readouterr().out
    flat = " ".join(shown.split())
    assert "8 questions about 6 articles" in flat and "does not tell whether the reader was trained on it" in flat
    for measure in (
        "recall@1, dense", "recall@5, words", "recall@10, fused", "recall@1, reranked", "right sentence first",
        "short answer: exact match", "short answer: F1", "refusal precision", "risk-coverage area, confidence",
        "calibration error", "ms a question", "mean confidence",
    ):  # fmt: skip
        assert measure in shown
    [line] = [line for line in shown.splitlines() if "recall@10, reranked" in line]
    assert "1.000 [1.000, 1.000] n=6" in line
    [line] = [line for line in shown.splitlines() if "refusal recall" in line]
    assert "n=2" in line


def test_a_sentence_is_right_if_it_holds_the_span_or_else_the_words() -> None:
    spanned = Question("q", "?", ("21",), ("f1",), (("f1", 10, 12),), True, "s")
    assert holds_answer(spanned, "f1", 10, 12, "21")
    assert not holds_answer(spanned, "f1", 11, 30, "1 of 21")
    assert not holds_answer(spanned, "f2", 10, 12, "21")
    worded = Question("q", "?", ("21",), ("f1",), (), True, "s")
    assert holds_answer(worded, "f1", 0, 9, "It takes 21 minutes.")
    assert not holds_answer(worded, "f1", 0, 9, "It takes 210 minutes.")
    assert not holds_answer(worded, "f2", 0, 9, "It takes 21 minutes.")


def test_the_draw_is_the_same_each_time(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "ferries")
    assert draw(folder, 5, 1) == draw(folder, 5, 1) != draw(folder, 5, 2)


def test_training_data_is_never_measured_without_saying_so(tmp_path: Path) -> None:
    folder = write_set(tmp_path / TRAIN_SETS[0])
    questions, note = draw(folder, 100, 1)
    assert len(questions) == 8 and "TRAINING DATA" in note
    for name in TRAIN_SETS[1:]:
        write_set(tmp_path / name)
    reported, note = draw(folder, 100, 1)
    fitted, _ = draw(folder, 100, 1, fitting=True)
    assert note == "articles held back from training"
    assert 0 < len(reported + fitted) < 8
    assert {question.id for question in reported}.isdisjoint(question.id for question in fitted)


def test_a_set_that_may_only_be_measured_cannot_be_trained_on(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="measure-only"):
        load_all(tmp_path, MEASURE_ONLY[:1])


@pytest.mark.slow
def test_more_reading_is_weighed_against_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_set(tmp_path / "ferries")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(sys, "argv", ["evals.research.curve", "--data", str(folder), "--questions", "2"])
    curve.main()
    lines = capsys.readouterr().out.splitlines()
    assert "2 answerable questions" in lines[0]
    assert sum(line.count("│") > 3 and any(map(str.isdigit, line)) for line in lines) == 15


def test_nothing_is_fitted_on_what_was_trained_on_or_will_be_reported(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing is fitted on it"):
        draw(write_set(tmp_path / "ferries"), 5, 1, fitting=True)
    with pytest.raises(ValueError, match="TRAINING DATA"):
        draw(write_set(tmp_path / TRAIN_SETS[0]), 5, 1, fitting=True)
