"""A run of a suite: every case with its answer and what is measured of it, in one JSON file."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant import Assistant, __version__
from evals.cases import Case, Suite
from evals.metrics import exact_match, f1
from evals.right import is_right
from index.errors import AssistantError, SuiteInvalid

SCHEMA_VERSION = 1
TIMED = ("timings_ms", "began", "machine")
"""What two runs of the same offline suite may differ in."""

Result = dict[str, Any]
Progress = Callable[[int, int], None]


def run_suite(
    assistant: Assistant, suite: Suite, *, before: Mapping[str, Any] | None = None, at_once: int = 1,
    progress: Progress | None = None, keep: Callable[[dict[str, Any]], None] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Ask every case, and measure the answers; a case that fails with one of our errors is counted as wrong.

    ``before`` is a run of the same cases that was broken off: what it has is not asked again. ``keep`` gets the run
    after each case, to write it; ``at_once`` cases are asked at a time. The cases of a run are in the suite's order.
    """
    run = {
        "schema_version": SCHEMA_VERSION,
        "suite": suite.name,
        "began": datetime.now(UTC).isoformat(timespec="seconds"),
        "assistant": __version__,
        "answerer": assistant.model.name if assistant.model else "extractive",
        "store": assistant.store.built_with() | {"generation": assistant.store.catalog.generation()},
        "machine": {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count()},
        "cases": [],
    }
    known = _still_good(before, run, suite) if before else {}
    done: dict[str, Result] = dict(known)
    with ThreadPoolExecutor(at_once) as pool:
        waiting = {pool.submit(_ask, assistant, case): case for case in suite.cases if case.id not in known}
        for finished in as_completed(waiting):
            done[waiting[finished].id] = finished.result()
            run["cases"] = [done[case.id] for case in suite.cases if case.id in done]
            if keep:
                keep(run)
            if progress:
                progress(len(done), len(suite.cases))
    run["cases"] = [done[case.id] for case in suite.cases]
    return run


def read_run(path: Path) -> dict[str, Any]:
    """A run from its file; raises SuiteInvalid for a file that is none."""
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SuiteInvalid(f"{path} cannot be read as a run: {error}") from error
    if not isinstance(run, dict) or run.get("schema_version") != SCHEMA_VERSION or "cases" not in run:
        raise SuiteInvalid(f"{path} is no run of this version; make one with: assistant eval run SUITE --out {path}")
    return run


def write_run(run: Mapping[str, Any], path: Path) -> None:
    """Write a run to its file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(path)


def _still_good(before: Mapping[str, Any], run: Mapping[str, Any], suite: Suite) -> dict[str, Result]:
    """The results of a run that was broken off, where all is as it was then."""
    same = all(before.get(name) == run[name] for name in ("suite", "assistant", "answerer", "store"))
    asked = {case.id: case.question for case in suite.cases}
    return {
        result["id"]: result for result in before["cases"] if same and asked.get(result["id"]) == result["question"]
    }


def _ask(assistant: Assistant, case: Case) -> Result:
    result: Result = {"id": case.id, "question": case.question, "type": case.type, "tags": list(case.tags)}
    try:
        answer = assistant.chat(case.question, history=case.history, now=case.now, as_of=case.as_of).to_json()
    except AssistantError as error:
        return result | {"error": str(error), "answer": None, "measures": {"right": 0.0}, "timings_ms": {}}
    timings = answer.pop("timings_ms")
    del answer["passages"]  # long, and a search finds them again
    return result | {
        "error": None,
        "answer": answer,
        "measures": measure(assistant, case, answer),
        "timings_ms": timings,
    }


def measure(assistant: Assistant, case: Case, answer: Mapping[str, Any]) -> dict[str, float | None]:
    """What is measured of an answer; None where a measure does not apply.

    right: see ``is_right``. exact, f1: of the short answer beside the accepted forms. refused: 1 for a refusal.
    citations_exact: the share of citations whose quote stands in its article where it says. evidence_found: the share
    of the gold quotes that a citation overlaps (recall); citations_on_evidence: of those that overlap one (precision);
    evidence_first: 1 if the first citation does.
    """
    short = answer["short"] or (answer["sentences"][0]["text"] if answer["sentences"] else "")
    cited = answer["citations"]
    words = bool(case.accept)
    hits = [[_overlap(quote, one["quote"]) for one in cited] for quote in case.evidence]
    gold = bool(case.evidence)
    on_gold = [any(row[place] for row in hits) for place in range(len(cited))]
    return {
        "right": float(is_right(case, answer)),
        "exact": exact_match(short, case.accept) if words else None,
        "f1": f1(short, case.accept) if words else None,
        "refused": float(answer["refused"]),
        "confidence": answer["confidence"],
        "citations_exact": _share([_is_exact(assistant, one) for one in cited]),
        "evidence_found": _share([any(row) for row in hits]) if gold else None,
        "citations_on_evidence": _share(on_gold) if gold else None,
        "evidence_first": float(any(row[:1] == [True] for row in hits)) if gold else None,
    }


def _overlap(gold: str, quote: str) -> bool:
    return gold in quote or quote in gold


def _is_exact(assistant: Assistant, citation: Mapping[str, Any]) -> bool:
    text = assistant.article(citation["article_id"]).text
    return bool(text[citation["start"] : citation["end"]] == citation["quote"])


def _share(values: list[bool]) -> float | None:
    return sum(values) / len(values) if values else None
