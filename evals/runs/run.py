"""A run of a suite: every case with its answer and what is measured of it, in one JSON file."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistant import Assistant, __version__
from evals.cases import Case, Suite
from evals.measures.answer import measure
from evals.measures.judge import Judge
from index.errors import AssistantError, SuiteInvalid
from prompts import load, names

SCHEMA_VERSION = 1
TIMED = ("timings_ms", "began", "day", "machine", "judge_usage")
"""What two runs of the same offline suite may differ in."""

_SAME = (
    "suite",
    "assistant",
    "code",
    "weights",
    "answerer",
    "server",
    "prompts",
    "judge",
    "repeats",
    "settings",
    "store",
)
"""What has to be as it was for a run that was broken off to go on."""

_PACKAGES = ("llama-index-core", "chromadb", "onnxruntime", "openai")
"""Whose versions a run tells."""

_KEEP_EVERY = 5.0
"""Seconds between two writings of a run that is under way."""

_CODE = ("assistant", "evals", "index", "prompts")
_APART = frozenset({"bench", "research", "training"})
"""What is not installed, and decides no answer."""


Result = dict[str, Any]
Progress = Callable[[int, int], None]


def run_suite(
    assistant: Assistant, suite: Suite, *, before: Mapping[str, Any] | None = None, at_once: int = 1, repeats: int = 1,
    judge: Judge | None = None, progress: Progress | None = None, keep: Callable[[dict[str, Any]], None] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Ask every case, and measure the answers; a case that fails with one of our errors is counted as wrong.

    ``before`` is a run of the same cases that was broken off: what it has is not asked again. ``keep`` gets the run
    every few seconds and at its end, to write it; ``at_once`` cases are asked at a time. The cases of a run are in the
    suite's order.
    A case that is asked ``repeats`` times has the means of its measures, and is ``flaky`` if it was not always as
    right. ``judge`` gives an opinion beside the rules: see ``evals/measures/judge.py``.
    """
    settings = assistant.settings
    run: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "suite": suite.name,
        "began": datetime.now(UTC).isoformat(timespec="seconds"),
        "day": date.today().isoformat(),
        "assistant": __version__,
        "code": code_version(),
        "weights": weights_version(),
        "answerer": assistant.model.name if assistant.model else "extractive",
        "server": os.environ.get("OPENAI_BASE_URL") if assistant.model or judge else None,
        "prompts": {name: load(name).version for name in names()},
        "judge": getattr(judge, "version", type(judge).__name__) if judge else None,
        "repeats": repeats,
        "settings": settings.model_dump(mode="json", exclude={"store", "model_timeout"}),
        "store": assistant.store.built_with() | {"articles": assistant.store.catalog.digest()},
        "machine": {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count()}
        | _versions(),
        "cases": [],
    }
    known = _still_good(before, run, suite) if before else {}
    if before and known:  # what is asked "this week" goes on from the day on which the run began
        run["day"] = before["day"]
    today = date.fromisoformat(run["day"])
    done: dict[str, Result] = dict(known)
    kept = time.monotonic()
    pool = ThreadPoolExecutor(at_once)
    try:
        ask = partial(_ask_often, assistant, today=today, judge=judge, repeats=repeats)
        waiting = {pool.submit(ask, case): case for case in suite.cases if case.id not in known}
        for finished in as_completed(waiting):
            done[waiting[finished].id] = finished.result()
            if keep and time.monotonic() - kept > _KEEP_EVERY:
                keep(run | {"cases": _in_order(suite, done)})
                kept = time.monotonic()
            if progress:
                progress(len(done), len(suite.cases))
    finally:
        pool.shutdown(cancel_futures=True)
        run["cases"] = _in_order(suite, done)
        if usage := getattr(judge, "usage", None):
            run["judge_usage"] = {"calls": usage.calls, "prompt": usage.prompt_tokens, "reply": usage.completion_tokens}
        if keep:
            keep(run)
    return run


def lost_evidence(assistant: Assistant, suite: Suite) -> list[str]:
    """The ids of the cases with a quote that stands in no article of the store, character for character."""
    stands = cache(assistant.store.catalog.has_quote)
    return [case.id for case in suite.cases if not all(stands(quote) for quote in case.evidence)]


def _in_order(suite: Suite, done: Mapping[str, Result]) -> list[Result]:
    return [done[case.id] for case in suite.cases if case.id in done]


def read_run(path: Path) -> dict[str, Any]:
    """A run from its file; raises SuiteInvalid for a file that is none."""
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SuiteInvalid(f"{path} cannot be read as a run: {error}") from error
    if not isinstance(run, dict) or run.get("schema_version") != SCHEMA_VERSION or not _are_results(run.get("cases")):
        raise SuiteInvalid(f"{path} is no run of this version; make one with: assistant eval run SUITE --out {path}")
    return run


def _are_results(cases: Any) -> bool:
    """Whether each has an id, what was asked, and what was measured."""
    return isinstance(cases, list) and all(
        isinstance(case, dict) and {"id", "case", "question", "measures", "error"} <= case.keys() for case in cases
    )


def write_run(run: Mapping[str, Any], path: Path) -> None:
    """Write a run to its file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(path)


def _still_good(before: Mapping[str, Any], run: Mapping[str, Any], suite: Suite) -> dict[str, Result]:
    """The results of a run that was broken off, where all is as it was then; what failed is asked again."""
    if any(before.get(name) != run[name] for name in _SAME):
        return {}
    asked = {case.id: _digest(case) for case in suite.cases}
    answered = [result for result in before["cases"] if not result["error"]]
    return {result["id"]: result for result in answered if asked.get(result["id"]) == result["case"]}


def _digest(case: Case) -> str:
    """The first twelve characters of the sha256 of what is asked and expected."""
    return hashlib.sha256(repr(replace(case, line=0)).encode()).hexdigest()[:12]


def _versions() -> dict[str, str]:
    """The versions of the packages that are installed."""
    found = {}
    for name in _PACKAGES:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


@cache
def code_version() -> str:
    """The first twelve characters of the sha256 of all that decides an answer or what is measured of it."""
    held = hashlib.sha256()
    for package in _CODE:
        root = Path(str(files(package)))
        for path in sorted(path for path in root.rglob("*") if path.suffix in (".py", ".md")):
            if not _APART.isdisjoint(path.relative_to(root).parts):
                continue
            held.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return held.hexdigest()[:12]


@cache
def weights_version() -> str:
    """The first twelve characters of the sha256 of the models that come along."""
    held = hashlib.sha256()
    root = Path(str(files("index"))) / "weights"
    for path in sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        held.update(path.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return held.hexdigest()[:12]


def _ask_often(assistant: Assistant, case: Case, *, today: date, judge: Judge | None, repeats: int) -> Result:
    """The result of a case: of several the first, with the means of what was measured."""
    rows = [_ask(assistant, case, today, judge) for _ in range(repeats)]
    if repeats == 1:
        return rows[0]
    rows.sort(key=lambda row: row["error"] is not None)  # what was answered once is no error, though the rest counts
    right = [row["measures"]["right"] for row in rows]
    measures = _means([row["measures"] for row in rows])
    return rows[0] | {"measures": measures, "times_right": right, "flaky": len({*right}) > 1}


def _means(rows: Sequence[Mapping[str, float | None]]) -> dict[str, float | None]:
    means: dict[str, float | None] = {}
    for name in dict.fromkeys(name for row in rows for name in row):
        values = [value for row in rows if (value := row.get(name)) is not None]
        means[name] = sum(values) / len(values) if values else None
    return means


def _ask(assistant: Assistant, case: Case, today: date, judge: Judge | None) -> Result:
    result: Result = {"id": case.id, "case": _digest(case), "question": case.question}
    result |= {"type": case.type, "tags": list(case.tags)}
    result |= {"expected": case.in_words, "unanswerable": case.unanswerable, "evidence": list(case.evidence)}
    try:
        now = case.now or (None if case.as_of else today)
        answer = assistant.chat(case.question, history=case.history, now=now, as_of=case.as_of).to_json()
        # Without --strict the articles answer where a model fails: that would be measured in the model's name.
        fault = next((one["message"] for one in answer["notices"] if one["code"] == "model_failed"), None)
    except AssistantError as error:
        fault = str(error)
    if fault:
        return result | {"error": fault, "answer": None, "measures": {"right": 0.0}, "timings_ms": {}}
    measures = measure(assistant, case, answer)
    if judge:
        measures["judged"] = judge(case, answer)
    timings = answer.pop("timings_ms")
    if not case.now and not case.as_of:  # the run says it: on another day the same run is the same file
        del answer["now"]
    # Their words are long, and a search finds them again.
    answer["passages"] = [{name: one[name] for name in ("article_id", "start", "end")} for one in answer["passages"]]
    return result | {"error": None, "answer": answer, "measures": measures, "timings_ms": timings}
