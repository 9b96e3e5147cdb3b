"""Suites are read with their faults told by line, answers judged, runs repeated, compared, and a worse one fails."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.settings import Settings
from assistant.terminal.cli import cli
from evals.cases import SCHEMA, Suite, read_suite
from evals.compare import compare, detectable, flips, mcnemar, sign_flips
from evals.gate import broken_rules, read_rules
from evals.metrics import interval
from evals.report import junit, markdown
from evals.run import TIMED, read_run, run_suite, write_run
from index.errors import SuiteInvalid
from tests.conftest import ROOT, SEEDS

SUITE = ROOT / "evals" / "suites" / "seeds.yaml"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    store = tmp_path_factory.mktemp("evals") / "store"
    with Assistant.open(store, settings=Settings()) as assistant:
        assistant.ingest([SEEDS])
        yield assistant


@pytest.fixture(scope="module")
def run(seeds: Assistant) -> dict[str, Any]:
    return run_suite(seeds, read_suite(SUITE))


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


def test_the_seeds_are_answered(run: dict[str, Any]) -> None:
    rights = [result["measures"]["right"] for result in run["cases"]]
    assert sum(rights) / len(rights) >= 0.9
    assert all(result["measures"]["citations_exact"] in (None, 1.0) for result in run["cases"])
    refused = [result for result in run["cases"] if result["type"] in ("unanswerable", "false-premise")]
    assert all(result["measures"]["right"] for result in refused)


def test_two_offline_runs_are_the_same_but_for_time(seeds: Assistant, run: dict[str, Any]) -> None:
    def timeless(run: dict[str, Any]) -> dict[str, Any]:
        cases = [{name: value for name, value in case.items() if name not in TIMED} for case in run["cases"]]
        return {name: value for name, value in run.items() if name not in TIMED} | {"cases": cases}

    again = run_suite(seeds, read_suite(SUITE), at_once=3)
    assert timeless(again) == timeless(run)


def test_a_run_that_was_broken_off_goes_on(seeds: Assistant, run: dict[str, Any], tmp_path: Path) -> None:
    part = {**run, "cases": run["cases"][:40]}
    steps: list[int] = []
    write_run(part, tmp_path / "run.json")
    whole = run_suite(
        seeds, read_suite(SUITE), before=read_run(tmp_path / "run.json"), progress=lambda done, _: steps.append(done)
    )
    assert len(steps) == len(run["cases"]) - 40
    assert [case["id"] for case in whole["cases"]] == [case["id"] for case in run["cases"]]


def test_what_failed_is_asked_again_and_another_store_is_not_gone_on_with(
    seeds: Assistant, run: dict[str, Any], tmp_path: Path
) -> None:
    suite = read_suite(SUITE)
    few = Suite(suite.name, suite.cases[:3])
    failed = {**run["cases"][0], "error": "the model was away", "answer": None}
    asked: list[int] = []

    def note(done: int, _: int) -> None:
        asked.append(done)

    again = run_suite(seeds, few, before={**run, "cases": [failed, *run["cases"][1:3]]}, progress=note)
    assert len(asked) == 1 and again["cases"][0]["error"] is None
    for changed in ("server", "settings", "code", "weights"):
        asked.clear()
        run_suite(seeds, few, before={**again, changed: "another"}, progress=note)
        assert len(asked) == 3, changed

    with Assistant.open(tmp_path / "other", settings=Settings()) as other:  # as many writes, other articles
        (tmp_path / "bridge.txt").write_text("The bridge of Lorn opened on Sunday.", encoding="utf-8")
        other.ingest([tmp_path / "bridge.txt"])
        assert run_suite(other, few)["store"] != again["store"]
        asked.clear()
        run_suite(other, few, before=again, progress=note)
    assert len(asked) == 3


@given(st.integers(0, 7), st.integers(0, 7))
def test_mcnemar_is_what_counting_all_coins_gives(lost: int, won: int) -> None:
    coins = list(itertools.product((0, 1), repeat=lost + won))
    counted = sum(sum(row) >= lost for row in coins) / len(coins)
    assert mcnemar(lost, won) == pytest.approx(counted)


def test_a_bootstrap_interval_holds_the_mean_as_often_as_it_says() -> None:
    rng = random.Random(1)
    held = 0
    for seed in range(200):
        sample = [rng.gauss(0.1, 1) for _ in range(80)]
        _, low, high = interval(sample, seed)
        held += low <= 0.1 <= high
    assert 180 <= held <= 199


def swapped(run: dict[str, Any], share: float, seed: int) -> dict[str, Any]:
    """A run in which a share of the answers is wrong."""
    rng = random.Random(seed)
    return {
        **run,
        "cases": [
            {**case, "measures": {**case["measures"], "right": 0.0}} if rng.random() < share else case
            for case in run["cases"]
        ],
    }


def test_a_worse_run_fails_and_the_same_one_holds(run: dict[str, Any]) -> None:
    rule = read_rules(["accuracy drops, p<0.05"])
    assert broken_rules(rule, run, run) == [] and flips(run, run) == []
    worse = swapped(run, 0.2, 3)
    [told] = broken_rules(rule, run, worse)
    assert "accuracy drops" in told and flips(run, worse)
    shuffled = {**worse, "cases": random.Random(2).sample(worse["cases"], len(worse["cases"]))}
    assert broken_rules(rule, run, shuffled) == [told]


def test_a_bound_holds_whatever_was_before_and_a_rule_may_be_of_a_type(run: dict[str, Any]) -> None:
    one = {**run["cases"][0], "measures": {**run["cases"][0]["measures"], "citations_exact": 0.5}}
    worse = {**run, "cases": [one, *run["cases"][1:]]}
    exact = read_rules(["citations_exact < 1"])
    assert broken_rules(exact, None, run) == []
    assert broken_rules(exact, None, worse) and broken_rules(exact, worse, worse)
    assert broken_rules(read_rules(["refusal recall < 1", "latency p95 > 100000"]), None, run) == []
    of_time = read_rules(["accuracy, time drops, p<0.05"])
    wrong = [
        {**case, "measures": {**case["measures"], "right": 0.0 if case["type"] == "time" else 1.0}}
        for case in run["cases"]
    ]
    assert broken_rules(of_time, run, {**run, "cases": wrong})


def test_runs_that_ask_something_else_are_not_held(run: dict[str, Any]) -> None:
    rules = read_rules(["accuracy drops, p<0.05"])
    asked_otherwise = {**run, "cases": [{**run["cases"][0], "case": "another"}, *run["cases"][1:]]}
    for after in (asked_otherwise, {**run, "cases": run["cases"][1:]}):
        with pytest.raises(SuiteInvalid, match="1 cases of the baseline"):
            broken_rules(rules, run, after)


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


@pytest.mark.parametrize(
    "rule", ["accuracy falls", "speed drops, p<0.05", "accuracy drops, p<5", "accuracy drops, p<0.0", "speed < 1"]
)
def test_what_is_no_rule_is_told(run: dict[str, Any], rule: str) -> None:
    with pytest.raises(SuiteInvalid):
        broken_rules(read_rules([rule]), run, run)


def test_whatever_goes_wrong_is_not_told_as_worse(seeds: Assistant, run: dict[str, Any], tmp_path: Path) -> None:
    suite = tmp_path / "one.yaml"
    suite.write_text('cases: [{question: "When did they last speak?", accept: [July]}]')
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps({**run, "cases": [{"id": "1"}]}))
    good = tmp_path / "good.json"
    write_run(run, good)
    place = ["--store", str(seeds.store.path)]
    for arguments in (
        ["run", str(suite), "--store", str(tmp_path / "none")],
        ["run", str(suite), *place, "--html", str(good / "report.html")],
        ["compare", str(broken), str(good)],
        ["run", str(SUITE), *place, "--baseline", str(good), "--out", str(good)],
    ):
        done = CliRunner().invoke(cli, ["eval", *arguments], standalone_mode=False)
        assert getattr(done.exception, "exit_code", 0) == 2, arguments


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


def test_another_run_is_put_aside_and_not_written_over(seeds: Assistant, run: dict[str, Any], tmp_path: Path) -> None:
    suite, out = tmp_path / "one.yaml", tmp_path / "run.json"
    suite.write_text('cases: [{question: "When did Macron and Putin last speak?", accept: [July]}]')
    write_run(run, out)
    for _ in range(2):  # the second time it goes on with its own
        arguments = ["eval", "run", str(suite), "--out", str(out), "--store", str(seeds.store.path)]
        assert CliRunner().invoke(cli, arguments, standalone_mode=False).exception is None
    assert len(read_run(out)["cases"]) == 1
    assert read_run(tmp_path / "run.old.json")["cases"] == run["cases"]


def test_a_separator_inside_of_json_lines_parts_no_line(tmp_path: Path) -> None:
    row = {"question": "Who\u2028swam?", "accept": ["Ilse"], "number": -5}
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    [case] = read_suite(path).cases
    assert (case.question, case.number) == ("Who\u2028swam?", -5)


def test_a_run_is_told_as_junit_and_as_markdown(run: dict[str, Any]) -> None:
    worse = swapped(run, 0.3, 5)
    tree = ElementTree.fromstring(junit(worse))
    wrong = [case for case in worse["cases"] if not case["measures"]["right"]]
    assert (tree.get("tests"), tree.get("failures")) == (str(len(run["cases"])), str(len(wrong)))
    assert len(tree.findall("testcase/failure")) == len(wrong)
    hostile = {**wrong[0], "question": "<img src=x> | *b*?", "error": "no\x00thing", "type": "t\a"}
    told = markdown(
        {**worse, "cases": [hostile]}, compare(run, worse), {**run, "cases": [{**hostile, "measures": {"right": 1.0}}]}
    )
    assert "&lt;img src=x&gt; \\| \\*b\\*?" in told and "<img" not in told
    called = {**hostile, "question": "@all, see https://example.org"}
    told = markdown({**worse, "cases": [called]}, [], {**run, "cases": [{**called, "measures": {"right": 1.0}}]})
    assert "@all" not in told and "https://" not in told
    ElementTree.fromstring(junit({**worse, "cases": [hostile]}))
    summary = markdown(worse, compare(run, worse), run, ["accuracy drops, p<0.05: 0.9 to 0.6"])
    assert summary.startswith("### seeds: worse") and "now wrong: " in summary
    assert "| right | 64 |" in markdown(run)


def test_the_command_line_runs_compares_and_fails(seeds: Assistant, run: dict[str, Any], tmp_path: Path) -> None:
    good, bad, suite = tmp_path / "good.json", tmp_path / "bad.json", tmp_path / "three.yaml"
    write_run(run, good)
    write_run(swapped(run, 0.3, 5), bad)
    suite.write_text(
        'cases:\n  - {id: last-spoke, question: "When did Macron and Putin last speak?", accept: [July]}\n'
    )
    rule = ["--fail-if", "accuracy drops, p<0.05"]
    place = ["--store", str(seeds.store.path)]

    def invoke(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli, ["eval", *arguments], standalone_mode=False)
        code = done.return_value if isinstance(done.return_value, int) else getattr(done.exception, "exit_code", 0)
        return code, done.output

    assert invoke("compare", str(good), str(good), *rule)[0] == 0
    code, told = invoke("compare", str(good), str(bad), *rule)
    assert code == 1 and "now wrong: " in told
    code, told = invoke("run", str(suite), "--out", str(tmp_path / "run.json"), "--baseline", str(good), *rule, *place)
    assert code == 2 and "right" in told  # it is told, though it cannot be held
    assert json.loads((tmp_path / "run.json").read_text())["cases"][0]["answer"]["short"] == "July"
    assert invoke("run", str(suite), *rule, *place)[0] == 2
    assert invoke("compare", str(suite), str(good))[0] == 2
    assert json.loads(invoke("schema")[1])["title"] == "A case of a suite"
