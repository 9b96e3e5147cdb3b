"""A language model's opinion on answers: asked both ways round, asked once, and never in place of the rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from assistant import Assistant
from assistant.terminal.cli import cli
from evals.cases import Case, Suite
from evals.measures.judge import EvaluatorJudge
from evals.runs.run import read_run, run_suite
from evals.runs.summary import summarise
from tests.conftest import SEEDS
from tests.model_server import Reply, serve

SUITE = """cases:
  - {id: last, question: "When did Macron and Putin last speak?", accept: [in July]}
  - {id: who, question: "Whom did Macron send to the Kremlin?", accept: [Sergey Lavrov]}
  - {id: chess, question: "Who won the chess final?", unanswerable: nothing of chess is there}
"""


def opinion(says: Callable[[str, str], str]) -> Callable[[dict[str, Any]], Reply]:
    """A judge that is given the first and the second answer."""

    def reply(request: dict[str, Any]) -> Reply:
        sent = request["messages"][-1]["content"]
        first, second = (
            re.search(rf"<\S+ {name} answer>\n(.*?)\n</", sent, re.DOTALL).group(1)  # type: ignore[union-attr]
            for name in ("first", "second")
        )
        return Reply(says(first, second))

    return reply


def judged(
    folder: Path, store: Assistant, monkeypatch: pytest.MonkeyPatch, *, says: Callable[[str, str], str], times: int = 1
) -> Any:
    """The run of the suite, judged so many times by one server, and the requests that the judge got in all."""
    (folder / "suite.yaml").write_text(SUITE)
    with serve(opinion(says)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
        place = ["--store", str(store.store.path), "--out", str(folder / "run.json")]
        for _ in range(times):
            (folder / "run.json").unlink(missing_ok=True)
            done = CliRunner().invoke(
                cli, ["eval", "run", str(folder / "suite.yaml"), "--judge", "referee", *place], standalone_mode=False
            )
            assert done.exception is None, done.output
        return read_run(folder / "run.json"), len(server.requests), server.requests


@pytest.fixture
def own_store(tmp_path: Path, seed_store: Assistant) -> Any:
    """The seeds, in a folder that may be written to."""
    with Assistant.open(tmp_path / "store", settings=seed_store.settings) as assistant:
        assistant.ingest([SEEDS])
        yield assistant


@pytest.mark.slow
def test_a_judge_is_asked_both_ways_round_and_only_once(
    tmp_path: Path, own_store: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def says(first: str, second: str) -> str:
        return "YES" if "July" in first and "July" in second else "NO"

    run, asked, sent = judged(tmp_path, own_store, monkeypatch, says=says)
    opinions = {case["id"]: case["measures"]["judged"] for case in run["cases"]}
    assert opinions == {"last": 1.0, "who": 0.0, "chess": None}
    assert asked == 4 and all(request["temperature"] == 0 for request in sent)
    assert run["judge"].startswith("referee, judge_answer ")
    [agrees] = [figure for figure in summarise(run) if figure.name == "judge agrees"]
    assert (agrees.cases, agrees.value) == (2, 1.0)
    again, asked_twice, _ = judged(tmp_path, own_store, monkeypatch, says=says, times=2)
    assert asked_twice == 4 and again["judge_usage"]["calls"] == 0
    assert [case["measures"] for case in again["cases"]] == [case["measures"] for case in run["cases"]]


def test_a_judge_that_prefers_what_comes_first_has_no_opinion(
    tmp_path: Path, own_store: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, *_ = judged(tmp_path, own_store, monkeypatch, says=lambda first, _: "YES" if first == "in July" else "NO")
    assert run["cases"][0]["measures"]["judged"] is None
    assert run["cases"][0]["measures"]["right"] == 1.0


def test_a_judge_that_says_neither_yes_nor_no_has_no_opinion(
    tmp_path: Path, own_store: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, *_ = judged(tmp_path, own_store, monkeypatch, says=lambda *_: "It depends.")
    assert [case["measures"]["judged"] for case in run["cases"]] == [None, None, None]


def test_an_evaluator_of_llamaindex_may_judge_and_is_asked_once(seed_store: Assistant, tmp_path: Path) -> None:
    from llama_index.core.evaluation import CorrectnessEvaluator
    from llama_index.core.llms import MockLLM

    class Strict(MockLLM):
        """Gives five points where the answer has what the reference has, else one."""

        asked: int = 0

        def complete(self, prompt: str, *arguments: Any, **named: Any) -> Any:
            self.asked += 1
            done = super().complete(prompt, *arguments, **named)
            done.text = "5.0\nIt says so." if prompt.count("July") > 1 else "1.0\nIt does not."
            return done

    cases = (
        Case("last", "When did Macron and Putin last speak?", accept=("July",)),
        Case("wrong", "When did talks between Macron and Putin cease?", accept=("July",)),
    )
    model = Strict(max_tokens=None)
    for _ in range(2):
        judge = EvaluatorJudge(CorrectnessEvaluator(llm=model), tmp_path / "judged.jsonl")
        run = run_suite(seed_store, Suite("two", cases), judge=judge)
        assert [case["measures"]["judged"] for case in run["cases"]] == [1.0, 0.0]
    assert model.asked == 2
    assert run["judge"].startswith("CorrectnessEvaluator, ")


@pytest.mark.parametrize(
    ("reply", "opinion"),
    [
        ("YES. There is no difference.", 1.0),
        ("No, though one might say yes.", 0.0),
        ("**Answer:** yes", 1.0),
        ("They differ, so no.", None),
    ],
)
def test_a_judge_is_taken_by_the_word_it_begins_with(
    tmp_path: Path, own_store: Assistant, monkeypatch: pytest.MonkeyPatch, reply: str, opinion: float | None
) -> None:
    run, *_ = judged(tmp_path, own_store, monkeypatch, says=lambda *_: reply)
    assert run["cases"][0]["measures"]["judged"] == opinion
    assert run["judge_usage"]["calls"] == 4


@pytest.mark.slow
def test_a_judge_that_fails_or_says_nothing_has_no_opinion_and_is_asked_again(
    tmp_path: Path, own_store: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, asked, _ = judged(tmp_path, own_store, monkeypatch, says=lambda first, second: "<html>")
    assert {case["measures"]["judged"] for case in run["cases"] if case["answer"]["sentences"]} == {None}
    with (own_store.store.path / "judge.jsonl").open("a", encoding="utf-8") as kept:
        kept.write('{"key": "abc", "rep')
    run, asked_again, _ = judged(tmp_path, own_store, monkeypatch, says=lambda first, second: "YES")
    assert asked == asked_again and run["cases"][0]["measures"]["judged"] == 1.0


@pytest.mark.slow
def test_a_model_that_is_gone_is_not_measured_by_what_stands_in_for_it(
    tmp_path: Path, own_store: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "suite.yaml").write_text(SUITE)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    place = ["--store", str(own_store.store.path), "--out", str(tmp_path / "run.json"), "--model", "gone"]
    done = CliRunner().invoke(cli, ["eval", "run", str(tmp_path / "suite.yaml"), *place], standalone_mode=False)
    assert getattr(done.exception, "exit_code", 0) == 2
    run = read_run(tmp_path / "run.json")
    assert all(case["error"] and case["answer"] is None for case in run["cases"])
