"""Runs are repeated, gone on with and compared, and a worse one fails."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from assistant import Assistant
from assistant.settings import Settings
from assistant.terminal.cli import cli
from evals.cases import Suite, read_suite
from evals.reports.report import junit, markdown
from evals.runs.compare import compare, flips
from evals.runs.gate import broken_rules, read_rules
from evals.runs.run import TIMED, read_run, run_suite, write_run
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
    """A run of now, for the slow tests."""
    return run_suite(seeds, some())


def some() -> Suite:
    """Every fourth case: all of them are asked by ``make eval``, which the CI run calls too."""
    suite = read_suite(SUITE)
    return Suite(suite.name, suite.cases[::4])


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    """The committed run that ``make eval`` compares with."""
    return read_run(ROOT / "evals" / "suites" / "seeds.baseline.json")


@pytest.mark.slow
def test_two_offline_runs_are_the_same_but_for_time(seeds: Assistant, run: dict[str, Any]) -> None:
    def timeless(run: dict[str, Any]) -> dict[str, Any]:
        cases = [{name: value for name, value in case.items() if name not in TIMED} for case in run["cases"]]
        return {name: value for name, value in run.items() if name not in TIMED} | {"cases": cases}

    again = run_suite(seeds, some(), at_once=3)
    assert timeless(again) == timeless(run)


@pytest.mark.slow
def test_a_run_that_was_broken_off_goes_on(seeds: Assistant, run: dict[str, Any], tmp_path: Path) -> None:
    part = {**run, "cases": run["cases"][:10]}
    steps: list[int] = []
    write_run(part, tmp_path / "run.json")
    whole = run_suite(
        seeds, some(), before=read_run(tmp_path / "run.json"), progress=lambda done, _: steps.append(done)
    )
    assert len(steps) == len(run["cases"]) - 10
    assert [case["id"] for case in whole["cases"]] == [case["id"] for case in run["cases"]]


@pytest.mark.slow
def test_what_failed_is_asked_again_and_another_store_is_not_gone_on_with(
    seeds: Assistant, run: dict[str, Any], tmp_path: Path
) -> None:
    few = Suite(some().name, some().cases[:3])
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


def test_a_worse_run_fails_and_the_same_one_holds(kept: dict[str, Any]) -> None:
    rule = read_rules(["accuracy drops, p<0.05"])
    assert broken_rules(rule, kept, kept) == [] and flips(kept, kept) == []
    worse = swapped(kept, 0.2, 3)
    [told] = broken_rules(rule, kept, worse)
    assert "accuracy drops" in told and flips(kept, worse)
    shuffled = {**worse, "cases": random.Random(2).sample(worse["cases"], len(worse["cases"]))}
    assert broken_rules(rule, kept, shuffled) == [told]


def test_a_bound_holds_whatever_was_before_and_a_rule_may_be_of_a_type(kept: dict[str, Any]) -> None:
    one = {**kept["cases"][0], "measures": {**kept["cases"][0]["measures"], "citations_exact": 0.5}}
    worse = {**kept, "cases": [one, *kept["cases"][1:]]}
    exact = read_rules(["citations_exact < 1"])
    assert broken_rules(exact, None, kept) == []
    assert broken_rules(exact, None, worse) and broken_rules(exact, worse, worse)
    assert broken_rules(read_rules(["refusal recall < 1", "latency p95 > 100000"]), None, kept) == []
    of_time = read_rules(["accuracy, time drops, p<0.05"])
    wrong = [
        {**case, "measures": {**case["measures"], "right": 0.0 if case["type"] == "time" else 1.0}}
        for case in kept["cases"]
    ]
    assert broken_rules(of_time, kept, {**kept, "cases": wrong})


def test_runs_that_ask_something_else_are_not_held(kept: dict[str, Any]) -> None:
    rules = read_rules(["accuracy drops, p<0.05"])
    asked_otherwise = {**kept, "cases": [{**kept["cases"][0], "case": "another"}, *kept["cases"][1:]]}
    for after in (asked_otherwise, {**kept, "cases": kept["cases"][1:]}):
        with pytest.raises(SuiteInvalid, match="1 cases of the baseline"):
            broken_rules(rules, kept, after)


@pytest.mark.parametrize(
    "rule", ["accuracy falls", "speed drops, p<0.05", "accuracy drops, p<5", "accuracy drops, p<0.0", "speed < 1"]
)
def test_what_is_no_rule_is_told(kept: dict[str, Any], rule: str) -> None:
    with pytest.raises(SuiteInvalid):
        broken_rules(read_rules([rule]), kept, kept)


def test_whatever_goes_wrong_is_not_told_as_worse(seeds: Assistant, kept: dict[str, Any], tmp_path: Path) -> None:
    suite = tmp_path / "one.yaml"
    suite.write_text('cases: [{question: "When did they last speak?", accept: [July]}]')
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps({**kept, "cases": [{"id": "1"}]}))
    good = tmp_path / "good.json"
    write_run(kept, good)
    place = ["--store", str(seeds.store.path)]
    for arguments in (
        ["run", str(suite), "--store", str(tmp_path / "none")],
        ["run", str(suite), *place, "--html", str(good / "report.html")],
        ["compare", str(broken), str(good)],
        ["run", str(SUITE), *place, "--baseline", str(good), "--out", str(good)],
    ):
        done = CliRunner().invoke(cli, ["eval", *arguments], standalone_mode=False)
        assert getattr(done.exception, "exit_code", 0) == 2, arguments


def test_another_run_is_put_aside_and_not_written_over(seeds: Assistant, kept: dict[str, Any], tmp_path: Path) -> None:
    suite, out = tmp_path / "one.yaml", tmp_path / "run.json"
    suite.write_text('cases: [{question: "When did Macron and Putin last speak?", accept: [July]}]')
    write_run(kept, out)
    for _ in range(2):  # the second time it goes on with its own
        arguments = ["eval", "run", str(suite), "--out", str(out), "--store", str(seeds.store.path)]
        assert CliRunner().invoke(cli, arguments, standalone_mode=False).exception is None
    assert len(read_run(out)["cases"]) == 1
    assert read_run(tmp_path / "run.old.json")["cases"] == kept["cases"]


def test_a_run_is_told_as_junit_and_as_markdown(kept: dict[str, Any]) -> None:
    worse = swapped(kept, 0.3, 5)
    tree = ElementTree.fromstring(junit(worse))
    wrong = [case for case in worse["cases"] if not case["measures"]["right"]]
    assert (tree.get("tests"), tree.get("failures")) == (str(len(kept["cases"])), str(len(wrong)))
    assert len(tree.findall("testcase/failure")) == len(wrong)
    hostile = {**wrong[0], "question": "<img src=x> | *b*?", "error": "no\x00thing", "type": "t\a"}
    told = markdown(
        {**worse, "cases": [hostile]},
        compare(kept, worse),
        {**kept, "cases": [{**hostile, "measures": {"right": 1.0}}]},
    )
    assert "&lt;img src=x&gt; \\| \\*b\\*?" in told and "<img" not in told
    called = {**hostile, "question": "@all, see https://example.org"}
    told = markdown({**worse, "cases": [called]}, [], {**kept, "cases": [{**called, "measures": {"right": 1.0}}]})
    assert "@all" not in told and "https://" not in told
    ElementTree.fromstring(junit({**worse, "cases": [hostile]}))
    summary = markdown(worse, compare(kept, worse), kept, ["accuracy drops, p<0.05: 0.9 to 0.6"])
    assert summary.startswith("### seeds: worse") and "now wrong: " in summary
    assert "| right | 64 |" in markdown(kept)


def test_the_command_line_runs_compares_and_fails(seeds: Assistant, kept: dict[str, Any], tmp_path: Path) -> None:
    good, bad, suite = tmp_path / "good.json", tmp_path / "bad.json", tmp_path / "three.yaml"
    write_run(kept, good)
    write_run(swapped(kept, 0.3, 5), bad)
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
