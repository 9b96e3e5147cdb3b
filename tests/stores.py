"""Stores of a few articles for tests, among realistic ones that could be mistaken for an answer.

The same articles are ingested once a process, and copied for each test.
"""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from assistant import Assistant
from assistant.settings import Settings
from tests.conftest import ARCHIVES, write_jsonl

News = Mapping[str, tuple[str | None, str]]
"""Articles by their ids: the date of each, and its text."""

_BESIDE = 2
"""So many articles of each of these archives stand in every store."""

_ARCHIVES = "business city coast conflict health island justice north sport".split()


def open_store(folder: Path, articles: News, *, title: str = "", alone: bool = False) -> Assistant:
    """A store of some articles among others, or ``alone``; ``title`` goes before the id as an article's title."""
    rows = [
        {"id": name, "text": text, "published": published} | ({"title": f"{title} {name}"} if title else {})
        for name, (published, text) in articles.items()
    ]
    store = Path(tempfile.mkdtemp(dir=folder)) / "store"
    shutil.copytree(_ingested("\n".join(map(json.dumps, rows)), None if alone else _distractors()), store)
    return Assistant.open(store, settings=Settings())


@cache
def _distractors() -> Path:
    """A store of articles of some archives, on other things than any test."""
    rows = [
        json.loads(row)
        for path in (ARCHIVES / name / "articles.jsonl" for name in _ARCHIVES)
        for row in path.read_text(encoding="utf-8").splitlines()[-_BESIDE:]
    ]
    return _ingested("\n".join(json.dumps({**row, "id": f"beside-{row['id']}"}) for row in rows), None)


@cache
def _ingested(lines: str, base: Path | None) -> Path:
    """The folder of a store with the articles of some lines of JSON, and those of another store."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if base:
        shutil.copytree(base, folder / "store")
    with Assistant.open(folder / "store", settings=Settings()) as assistant:
        assistant.ingest([write_jsonl(folder / f"{len(lines)}.jsonl", *lines.splitlines())])
    return folder / "store"
