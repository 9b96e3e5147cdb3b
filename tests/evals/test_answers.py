"""What is counted as a right answer, worked out by hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from assistant import Assistant
from assistant.render import Progress, consoles
from evals.answers import Case, interval, measure, read_cases, right_place
from tests.conftest import ferry_article, write_jsonl


def test_a_sentence_is_right_if_it_holds_the_span(empty_store: Assistant, tmp_path: Path) -> None:
    text = ferry_article(1)
    empty_store.ingest([write_jsonl(tmp_path / "a" / "a.jsonl", {"id": "1", "title": "Ferry", "text": text})])
    question = "How many minutes does the crossing to Brask Island take?"
    answer = empty_store.ask(question)
    start = text.index("21 minutes")
    right = Case(question, ("21",), frozenset("1"), (("1", start, start + 2),))
    assert right_place(right, answer) == 0
    assert right_place(Case(question, ("21",), frozenset("1"), (("1", 0, 5),)), answer) is None
    assert right_place(Case(question, ("21 MINUTES",), frozenset("1"), ()), answer) == 0
    assert right_place(Case(question, ("22 minutes",), frozenset("1"), ()), answer) is None
    unanswerable = Case("When did the mayor of Hale resign?", (), frozenset(), ())
    _, beside = consoles()
    found = measure(empty_store, [right, unanswerable], Progress(beside))
    assert found["right sentence first"].startswith("1.000")
    assert found["refusal precision"] == found["refusal recall"] == "1.000 [1.000, 1.000] n=1"


def test_an_interval_holds_its_share_and_no_values_have_none() -> None:
    assert interval([]) == "–"
    assert interval([True, False] * 50).startswith("0.500 [0.4")


def test_the_draw_is_the_same_each_time(tmp_path: Path) -> None:
    records = [
        {"question": f"q{n}", "answers": ["a"], "evidence": ["1"], "type": "unanswerable" if n % 2 else "answerable"}
        for n in range(20)
    ]
    with gzip.open(tmp_path / "questions.jsonl.gz", "wt") as out:
        out.writelines(json.dumps(record) + "\n" for record in records)
    cases = read_cases(tmp_path, 10, seed=1)
    assert cases == read_cases(tmp_path, 10, seed=1) != read_cases(tmp_path, 10, seed=2)
    assert {bool(case.answers) for case in cases} == {True, False}
