"""A run, and how it differs from another, for machines and people elsewhere: JUnit XML, Markdown for a pull request."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from evals.runs.compare import HEAD, Change, compare_groups, flips
from evals.runs.summary import summarise

Run = Mapping[str, Any]

_MOSTLY = 0.5
_SPACES = "\n\t\u00a0\u202f\u200c\u200d"
"""What is not printable, and still part of a text."""

_SHOWN = 20
"""Flipped answers that a summary shows; the others are counted."""


def junit(run: Run) -> str:
    """A run as JUnit XML: a test for each case, failed where its answer is wrong, in error where none came."""
    cases = run["cases"]
    wrong = [case for case in cases if _has_failed(case)]
    suite = ElementTree.Element(
        "testsuite",
        name=clean(run["suite"]),
        tests=str(len(cases)),
        failures=str(len(wrong)),
        errors=str(sum(bool(case["error"]) for case in cases)),
        timestamp=str(run["began"]),
    )
    for case in cases:
        seconds = f"{case['timings_ms'].get('total', 0) / 1000:.3f}"
        test = ElementTree.SubElement(
            suite,
            "testcase",
            classname=clean(f"{run['suite']}.{case['type'] or 'case'}"),
            name=clean(case["id"]),
            time=seconds,
        )
        if case["error"]:
            ElementTree.SubElement(test, "error", message=clean(case["error"]))
        elif _has_failed(case):
            expected = case["expected"] or f"a refusal: {case['unanswerable']}"
            failure = ElementTree.SubElement(test, "failure", message=clean(said(case)))
            failure.text = clean(f"{case['question']}\nexpected: {expected}\nanswered: {case['answer']['answer']}")
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True)


def _has_failed(case: Mapping[str, Any]) -> bool:
    """Whether a case is wrong, of several times in most."""
    return not case["error"] and case["measures"]["right"] < _MOSTLY


def markdown(run: Run, changes: Sequence[Change] = (), before: Run | None = None, broken: Sequence[str] = ()) -> str:
    """A run as Markdown, beside another if there is one: measures, what got worse, the answers that flipped."""
    lines = [f"### {_cell(run['suite'])}: {'worse' if broken else 'held' if before else 'run'}", ""]
    lines += [f"* **worse**: {_cell(rule)}" for rule in broken] + ([""] if broken else [])
    if before:
        lines += [f"| {' | '.join(HEAD)} |", "|---" * len(HEAD) + "|"]
        lines += [f"| {' | '.join(map(_cell, one.told))} |" for one in (*changes, *compare_groups(before, run))]
        flipped = flips(before, run)
        lines += ["", f"{len(flipped)} answers flipped.", ""] if flipped else ["", "No answer flipped.", ""]
        for old, new in flipped[:_SHOWN]:
            way = way_of(old, new)
            lines.append(
                f"* {way}: {_cell(new['question'])}<br>before: {_cell(said(old))}<br>after: {_cell(said(new))}"
            )
        if len(flipped) > _SHOWN:
            lines.append(f"* … and {len(flipped) - _SHOWN} more")
    else:
        lines += ["| measure | cases | value |", "|---|---|---|"]
        lines += [f"| {one.name} | {one.cases} | {one.told} |" for one in summarise(run)]
    return "\n".join(lines) + "\n"


def way_of(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """How a case flipped: "now right", "now wrong", and whether it is flaky."""
    flaky = ", flaky" if old.get("flaky") or new.get("flaky") else ""
    return ("now right" if new["measures"]["right"] > old["measures"]["right"] else "now wrong") + flaky


def how_often(case: Mapping[str, Any]) -> str:
    """How often a case that was asked several times was right."""
    return f"right {sum(case['times_right']):g} of {len(case['times_right'])} times"


def said(case: Mapping[str, Any]) -> str:
    """What a case was answered with, in short."""
    return str(case["error"] or case["answer"]["short"] or case["answer"]["answer"])


def _cell(text: str) -> str:
    """A text that Markdown takes for no markup, in one line."""
    plain = " ".join(clean(text).split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for mark in ("@", "://"):  # nobody is called, and nothing linked
        plain = plain.replace(mark, f"&#{ord(mark[0])};{mark[1:]}")
    return re.sub(r"([\\`*_\[\]|~$])", r"\\\1", plain)


def clean(text: str) -> str:
    """Without what XML may not hold."""
    return "".join(letter for letter in str(text) if letter.isprintable() or letter in _SPACES)
