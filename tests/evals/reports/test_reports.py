"""A run as a page that needs nothing else, kept beside earlier ones; flaky cases."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from click.testing import CliRunner

from assistant import Assistant
from assistant.settings import Settings
from assistant.terminal.cli import cli
from evals.cases import read_suite
from evals.reports.page import page
from evals.runs.compare import compare
from evals.runs.run import run_suite
from evals.runs.summary import summarise
from tests.conftest import ROOT
from tests.model_server import Reply, sentences, serve

HOSTILE = '<script>alert(1)</script><img src="http://example.org/x.png" onerror="alert(2)">'
SUITE = f"""cases:
  - {{id: last, question: "When did Macron and Putin last speak?", accept: [July], type: time, tags: [flagship]}}
  - {{id: who, question: "Whom did Macron send to the Kremlin?", accept: [Sergey Lavrov], type: fact}}
  - {{id: none, question: "Who won the chess final?", unanswerable: nothing of chess is there, type: none}}
  - id: hostile
    question: 'Where was {HOSTILE} Macron?'
    accept: ['{HOSTILE}', 'a $5 to $6 raise']
    type: '{HOSTILE}'
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, seed_store: Assistant) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("suite") / "small.yaml"
    path.write_text(SUITE)
    return run_suite(seed_store, read_suite(path))


def worse(run: dict[str, Any]) -> dict[str, Any]:
    """The same run with its first answer wrong."""
    first = {**run["cases"][0], "measures": {**run["cases"][0]["measures"], "right": 0.0}}
    return {**run, "cases": [first, *run["cases"][1:]]}


def test_a_page_shows_what_is_wrong_and_asks_nobody_for_anything(
    run: dict[str, Any], tmp_path: Path, browser: Any
) -> None:
    bad = worse(run)
    told = page(
        bad, before=run, changes=compare(run, bad), broken=["accuracy drops, p<0.05: so it is"], history=[run, bad]
    )
    (tmp_path / "report.html").write_text(told, encoding="utf-8")
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        opened = context.new_page()
        requests: list[str] = []
        faults: list[str] = []
        opened.on("request", lambda request: requests.append(request.url))
        opened.on("dialog", lambda dialog: faults.append(dialog.message))
        opened.on("console", lambda message: faults.append(message.text))
        opened.goto((tmp_path / "report.html").as_uri())
        assert opened.get_by_role("heading", level=1).inner_text() == "small: worse"
        assert opened.get_by_text("Worse: accuracy drops").is_visible()
        pictures = opened.locator("figure img")
        shown = [pictures.nth(place).evaluate("one => one.naturalWidth > 100") for place in range(pictures.count())]
        assert len(shown) >= 4 and all(shown)
        wrong = opened.locator("details", has_text="Whom did Macron send").last
        wrong.locator("summary").click()
        assert wrong.get_by_text("Sergey Lavrov", exact=True).is_visible()
        assert wrong.locator("mark").first.inner_text() in run["cases"][1]["answer"]["answer"]
        assert opened.evaluate("document.documentElement.scrollWidth") <= 390
        assert all(url.startswith(("file:", "data:")) for url in requests) and faults == []
    assert "<script" not in told and "onerror=" not in told.replace("onerror=&quot;", "")


def test_what_no_report_may_hold_is_left_out_and_a_long_name_is_cut(run: dict[str, Any]) -> None:
    names = {"type": "fact\x07\x1b[31m", "tags": ["t" * 500, "a\x00b"]}
    told = page({**run, "cases": [{**case, **names, "question": "Who\x01?"} for case in run["cases"]]})
    assert not any(mark in told for mark in "\x00\x01\x07\x1b")
    pictures = [base64.b64decode(held).decode() for held in re.findall(r"svg\+xml;base64,([^\"]+)", told)]
    for picture in pictures:
        ElementTree.fromstring(picture)
    assert any("ttt…" in picture for picture in pictures)


def test_the_same_run_gives_the_same_page(run: dict[str, Any]) -> None:
    assert page(run) == page(json.loads(json.dumps(run)))


@pytest.mark.slow
def test_runs_are_kept_with_a_report_and_a_trend(tmp_path: Path, seed_store: Assistant) -> None:
    (tmp_path / "small.yaml").write_text(SUITE)
    place = ["--store", str(seed_store.store.path), "--runs", str(tmp_path / "runs")]
    for _ in range(2):
        done = CliRunner().invoke(cli, ["eval", "run", str(tmp_path / "small.yaml"), *place], standalone_mode=False)
        assert done.exception is None, done.output
        for path in (tmp_path / "runs").glob("*.json"):  # as if it had been yesterday
            content = json.loads(path.read_text())
            content["began"] = "2026-01-01T00:00:00+00:00"
            (path.parent / "small-20260101000000.json").write_text(json.dumps(content))
    (tmp_path / "runs" / "small-20251231000000.json").write_text("{")
    done = CliRunner().invoke(cli, ["eval", "run", str(tmp_path / "small.yaml"), *place], standalone_mode=False)
    assert done.exception is None and "Passed over: " in done.output
    newest = max((tmp_path / "runs").glob("*.html"))
    assert re.search(r"The last [2345] runs", newest.read_text())


def test_evidence_that_stands_nowhere_is_told(tmp_path: Path, seed_store: Assistant) -> None:
    suite = tmp_path / "mine.yaml"
    suite.write_text(
        'cases:\n  - {id: there, question: "When did Macron and Putin last speak?", accept: [July],'
        ' evidence: ["last spoke in July"]}\n'
        '  - {id: lost, question: "When did talks cease?", accept: ["2022"], evidence: ["talks ended in 2022"]}\n'
    )
    place = ["--store", str(seed_store.store.path)]
    done = CliRunner().invoke(cli, ["eval", "run", str(suite), *place], standalone_mode=False)
    assert "The evidence of 1 cases stands in no article, character for character: lost" in done.output


def test_a_case_that_failed_once_of_several_times_is_no_error(
    tmp_path: Path, seed_store: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = sentences(("They last spoke in July.", "Macron and Putin last spoke in July"))
    (tmp_path / "one.yaml").write_text(
        'cases:\n  - {id: last, question: "When did Macron and Putin last speak?", accept: [July]}\n'
    )
    with serve(Reply(status=400), Reply(right)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
        with Assistant.open(seed_store.store.path, settings=Settings(model="scripted")) as assistant:
            run = run_suite(assistant, read_suite(tmp_path / "one.yaml"), repeats=2)
    [case] = run["cases"]
    assert case["error"] is None and "July" in case["answer"]["answer"]
    assert sorted(case["times_right"]) == [0.0, 1.0]


@pytest.mark.slow
def test_an_answerer_that_is_not_always_right_is_flaky(
    tmp_path: Path, seed_store: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = sentences(("They last spoke in July.", "Macron and Putin last spoke in July"))
    wrong = sentences(("Talks ceased in September 2022.", "talks ceased after a phone call in September 2022"))
    (tmp_path / "one.yaml").write_text(
        'cases:\n  - {id: last, question: "When did Macron and Putin last speak?", accept: [July]}\n'
    )
    with serve(Reply(right), Reply(wrong), Reply(right), Reply(right)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
        with Assistant.open(seed_store.store.path, settings=Settings(model="scripted")) as assistant:
            run = run_suite(assistant, read_suite(tmp_path / "one.yaml"), repeats=4)
    [case] = run["cases"]
    assert (case["times_right"], case["flaky"], case["measures"]["right"]) == ([1.0, 0.0, 1.0, 1.0], True, 0.75)
    assert "right 3 of 4 times" in page(run)
    tokens = {figure.name: figure.value for figure in summarise(run) if figure.unit == "tokens"}
    assert tokens == {"prompt tokens": 100, "completion tokens": 20}


def test_the_workflows_run_what_the_makefile_has() -> None:
    targets = {line.split(":")[0] for line in (ROOT / "Makefile").read_text().splitlines() if line[:1].isalpha()}
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        content = yaml.safe_load(path.read_text())
        steps = [step for job in content["jobs"].values() for step in job["steps"]]
        made = [word.split()[1] for step in steps if (word := step.get("run", "")).startswith("make ")]
        assert made and set(made) <= targets
