"""Stores of a few articles for tests: the id of each, its date and its text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assistant import Answer, Assistant

News = Mapping[str, tuple[str | None, str]]
Ingest = Callable[[News], Assistant]


def codes(answer: Answer) -> set[str]:
    """Of its notices."""
    return {notice.code for notice in answer.notices}


@contextmanager
def archive_of(folder: Path, news: News) -> Iterator[Assistant]:
    """A store of some articles, in a folder of its own."""
    articles = [{"id": name, "text": text, "published": published} for name, (published, text) in news.items()]
    path = folder / "news.jsonl"
    path.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    with Assistant.open(folder / "store") as assistant:
        assistant.ingest([path])
        yield assistant
