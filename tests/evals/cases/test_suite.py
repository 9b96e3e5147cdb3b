"""Suites are read as they are written, with their faults told by line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from evals.cases import SCHEMA, read_suite
from index.errors import SuiteInvalid
from tests.conftest import ROOT, SEEDS

SUITE = ROOT / "evals" / "suites" / "seeds.yaml"


def test_the_suite_of_the_seeds_is_large_and_its_evidence_stands_in_the_articles() -> None:
    suite = read_suite(SUITE)
    texts = [file.read_text(encoding="utf-8") for file in SEEDS.glob("*.txt")]
    assert len(suite.cases) >= 60
    assert all(any(quote in text for text in texts) for case in suite.cases for quote in case.evidence)
    assert {"time", "fact", "two-article", "false-premise", "unanswerable", "paraphrase", "follow-up"} <= {
        case.type for case in suite.cases
    }
    for case in yaml.safe_load(SUITE.read_text(encoding="utf-8"))["cases"]:
        jsonschema.validate(case, SCHEMA)


def test_json_lines_and_yaml_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("cases:\n  - question: Who?\n    accept: [He]\n    now: 2026-02-10\n")
    (tmp_path / "mine.jsonl").write_text('{"question": "Who?", "accept": ["He"], "now": "2026-02-10"}\n\n')
    assert read_suite(tmp_path / "mine.yaml") == read_suite(tmp_path / "mine.jsonl")


def test_words_are_taken_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "cases:\n  - {question: yes, accept: [12:30, 0123, no, 1.10], id: 010, yes_no: No}\n"
        "  - {question: Who, unanswerable: no, reviewed: no, as_of: 2024-05-06}\n"
        "  - {question: How many, number: 1e3, tolerance: .05, must_not_mention: [on]}\n"
    )
    first, second, third = read_suite(path).cases
    assert (first.question, first.accept, first.id) == ("yes", ("12:30", "0123", "no", "1.10"), "010")
    assert first.yes_no is False
    assert (second.unanswerable, second.reviewed, second.as_of) == ("no", False, date(2024, 5, 6))
    assert third.in_words == "1000.0 (to 5%), without on"


def test_all_that_is_wrong_with_json_lines_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.ndjson"
    path.write_text(
        '{"question": "Who?", "accept": ["He"]}\n{\n\n{"question": "Who?", "accept": ["He"], "accept": ["She"]}\n'
    )
    with pytest.raises(SuiteInvalid, match=r":2: this is no JSON(?s:.*):4: .*'accept' stands here twice"):
        read_suite(path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cases:\n  - question: Who?\n    acept: [He]\n", ":2: 'acept' is no field of a case"),
        ("cases:\n  - question: Who?\n", ":2: what is right is missing"),
        ("cases:\n  - accept: [He]\n", ":2: the question is missing"),
        ("cases:\n  - question: Who?\n    accept: He\n", ":2: accept has to be a list"),
        ("cases:\n  - question: Who?\n    accept: [He]\n    now: soon\n", "now has to be a day such as 2026-02-10"),
        ("cases:\n  - question: Who?\n    yes_no: perhaps\n", "yes_no has to be true or false"),
        (
            "cases:\n  - question: Who?\n    unanswerable: no\n    accept: [He]\n",
            "an unanswerable question has no accept",
        ),
        (
            "cases:\n  - {id: a, question: Who, accept: [x]}\n  - {id: a, question: Why, accept: [x]}\n",
            ":3: the id 'a' is that of line 2 too",
        ),
        ("cases:\n  - question: Who?\n    accept: []\n", ":2: accept has to be a list of one or more words"),
        ("cases:\n  - question: Who?\n    date: banana\n", ":2: date has to be 2022, 2022-09 or 2022-09-14"),
        ("cases:\n  - question: Who?\n    accept: [a]\n    accept: [b]\n", ":4: the field 'accept' stands here twice"),
        ("cases:\n  - question: When?\n    date: 2024-02-30\n", ":2: date has to be 2022"),
        (
            "cases:\n  - question: How many?\n    number: 5\n    tolerance: 50\n",
            ":2: tolerance has to be a number from 0 to 1",
        ),
        ("questions: []\n", "a suite has the fields name and cases"),
        ("cases: []\n", "has no cases"),
        ("cases: [\n", ":2: this is no YAML"),
        ("cases:\n  - question: Who?\n    tags: [a\b]\n", ":3: this is no YAML"),
        ('cases:\n  - {question: Who, accept: [a], type: "a\\x07b"}\n', ":2: type has to be words"),
        ("cases:\n  - {question: Who, number: 1_000}\n", ":2: number has to be a number; it is '1_000'"),
    ],
)
def test_what_is_wrong_with_a_suite_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "suite.yaml").write_text(text)
    with pytest.raises(SuiteInvalid) as raised:
        read_suite(tmp_path / "suite.yaml")
    assert told in str(raised.value)


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"accept": ["x"]},
        {"accept": [5]},
        {"accept": []},
        {"accept": [" "]},
        {"accept": None, "number": 3},
        {"accept": ["x"], "history": [["a"]]},
        {"accept": ["x"], "history": [["a", 2]]},
        {"accept": ["x"], "unanswerable": "y"},
        {"accept": ["x"], "id": ""},
        {"accept": ["x"], "id": 5},
        {"accept": ["x"], "now": "20240210"},
        {"accept": ["x"], "tolerance": -1},
        {"accept": ["x"], "tolerance": 50},
        {"number": -5},
        {"number": True},
        {"date": 2024},
        {"date": "banana"},
        {"unanswerable": ""},
        {"accept": ["x"], "type": ""},
        {"accept": ["x"], "tags": ["a\u0007"]},
        {"accept": ["x\ny"]},
        {"unanswerable": "x", "must_not_mention": ["y"]},
        {"must_not_mention": ["x"]},
    ],
)
def test_the_published_schema_takes_what_the_reader_takes(row: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps({"question": "Who?", **row}))
    try:
        read = bool(read_suite(path).cases)
    except SuiteInvalid:
        read = False
    assert jsonschema.Draft202012Validator(SCHEMA).is_valid({"question": "Who?", **row}) is read


def test_a_separator_inside_of_json_lines_parts_no_line(tmp_path: Path) -> None:
    row = {"question": "Who\u2028swam?", "accept": ["Ilse"], "number": -5}
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    [case] = read_suite(path).cases
    assert (case.question, case.number) == ("Who\u2028swam?", -5)
