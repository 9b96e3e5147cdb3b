"""Every rule does what its examples say, among articles that could be mistaken for an answer."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.pipeline import read_parts
from assistant.rules import RULES, Rule
from assistant.rules.rule import Example
from tests.conftest import ARCHIVES, write_jsonl
from tests.stores import News, open_store

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.name}: {example.question}") for rule in RULES for example in rule.examples
]


def distractors() -> News:
    """Twelve realistic articles on other things."""
    rows = (ARCHIVES / "island" / "articles.jsonl").read_text(encoding="utf-8").splitlines()[:12]
    return {row["id"]: (row["published"], row["text"]) for row in map(json.loads, rows)}


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_rule_does_what_its_example_says(tmp_path: Path, rule: Rule, example: Example) -> None:
    reports = [
        {"id": f"report-{number}", "published": day, "text": text} for number, (day, text) in enumerate(example.reports)
    ]
    with open_store(tmp_path, distractors()) as assistant:
        assistant.ingest([write_jsonl(tmp_path / "reports.jsonl", *reports)])
        now = date.fromisoformat(example.now)
        [part] = read_parts(assistant.store, example.question, top_k=5, fast=False, now=now)
        without = [other for other in RULES if other is not rule]
        [bare] = read_parts(assistant.store, example.question, top_k=5, fast=False, now=now, rules=without)
    assert example.says in part.ranked[0].candidate.text
    assert example.says not in bare.ranked[0].candidate.text


def test_every_rule_has_an_example_a_reason_and_a_name_of_its_own() -> None:
    assert all(rule.examples and rule.reason for rule in RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)
