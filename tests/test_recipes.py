"""The recipes of CONTRIBUTING.md do what they say, as they stand there."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant import Assistant
from assistant.findings import FINDERS
from assistant.pipeline import choose, read_parts
from assistant.rules import RULES
from assistant.settings import Settings
from index import sources
from tests.assistant.news import archive_of
from tests.conftest import ROOT, SEEDS, ferry_article


def recipe(heading: str) -> str:
    """The Python of a recipe."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", text.partition(f"## {heading}\n")[2].partition("\n## ")[0], re.DOTALL)
    return str(code)


def made(heading: str, name: str) -> Any:
    """What the Python of a recipe calls by a name."""
    names: dict[str, Any] = {"__name__": "recipe"}
    exec(compile(recipe(heading), "CONTRIBUTING.md", "exec"), names)
    return names[name]


def test_a_rule_moves_an_answer(tmp_path: Path) -> None:
    rule = made("Add a rule", "ESTIMATES_LAST")
    [example] = rule.examples
    asked_on = date.fromisoformat(example.now)

    def first(rules: tuple[Any, ...]) -> str:
        parts = read_parts(assistant.store, example.question, top_k=5, fast=False, now=asked_on, rules=rules)
        return parts[0].ranked[0].candidate.text

    with archive_of(tmp_path, {str(number): report for number, report in enumerate(example.reports)}) as assistant:
        assert example.says not in first(RULES)
        assert example.says in first((*RULES, rule))


def test_a_finder_tells_what_it_finds(tmp_path: Path) -> None:
    finder = made("Add a finder", "UNNAMED_SOURCE")
    text = "The Orlo ferry will close on 5 May 2025, sources said."
    with archive_of(tmp_path, {"ferry": ("2025-04-01", text)}) as assistant:
        [part] = read_parts(assistant.store, "When will the Orlo ferry close?", top_k=5, fast=False)
        found = choose(part, date(2025, 4, 2), (*FINDERS, finder)).findings
        assert "unnamed_source" in [one.code for one in found]


def test_a_source_is_read(empty_store: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "index.sources.vtt", SimpleNamespace(read_vtt=made("Add a source", "read_vtt")))
    monkeypatch.setitem(sources.KINDS, ".vtt", "vtt:read_vtt")
    _reads_subtitles(empty_store, tmp_path)


def test_a_source_of_another_package_is_read(
    empty_store: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "my_package", SimpleNamespace(read_vtt=made("Add a source", "read_vtt")))
    point = EntryPoint(".vtt", "my_package:read_vtt", "article_assistant.sources")
    monkeypatch.setattr(sources, "_added", lambda: {".vtt": point})
    _reads_subtitles(empty_store, tmp_path)


def _reads_subtitles(store: Assistant, folder: Path) -> None:
    (folder / "ferry.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:04.000\nThe Orlo ferry sank on Monday.\n")
    (folder / "empty.vtt").write_text("WEBVTT\n")
    report = store.ingest([folder])
    [added] = report.added
    assert [failure.kind for failure in report.failed] == ["FileEmpty"]
    assert store.article(added).title == "ferry"


def test_a_language_is_one_row() -> None:
    read = (
        "from index.languages.page_dates import PAGE_DATES, PageDates\n{row}\n"
        "from index.times.publication import stated_publication\n"
        "print([(found := stated_publication(f'Title\\n{{day}}\\nText.')) and found.value"
        " for day in ('12 maart 2025', 'Publikováno 12. března 2025, aktualizováno 14. března 2025')])"
    )

    def dates(row: str) -> str:
        code = read.format(row=row)
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout

    assert dates("").strip() == "['2025-03-12', None]"
    assert dates(recipe("Add a language's months")).strip() == "['2025-03-12', '2025-03-12']"
    assert dates("del PAGE_DATES['nl']").strip() == "[None, None]"


def test_a_reader_answers_in_place_of_ours(tmp_path: Path) -> None:
    reader = made("Swap the reader", "WordReader")()
    read: list[str] = []
    rate = reader.rate

    def counted(question: str, text: str) -> float:
        read.append(text)
        return float(rate(question, text))

    reader.rate = counted
    (tmp_path / "ferry.txt").write_text(ferry_article(3))
    with Assistant.open(tmp_path / "store", settings=Settings(), reader=reader) as assistant:
        assistant.ingest([SEEDS, tmp_path / "ferry.txt"])
        answer = assistant.ask("How many minutes does the crossing to Brask Island take?")
        assert "takes 23 minutes" in answer.text and any("takes 23 minutes" in text for text in read)
        assert assistant.ask("Who won the chess final in Reykjavik?").refused


def test_a_large_reader_checks_in_place_of_ours(tmp_path: Path) -> None:
    checker = made("Swap the large reader", "WordChecker")()
    (tmp_path / "ferry.txt").write_text(ferry_article(3))
    with Assistant.open(tmp_path / "store", settings=Settings(), close_reader=checker) as assistant:
        assistant.ingest([tmp_path / "ferry.txt"])
        assert "takes 23 minutes" in assistant.ask("How many minutes does the crossing to Brask Island take?").text
        quotes = ["The white ferry sank in March, near Orlo."]
        assert assistant.verify("The ferry sank in March.", quotes=quotes).verdict == "supported"
        assert assistant.verify("Nobody saw any dolphins yesterday.", quotes=quotes).verdict == "unsupported"
