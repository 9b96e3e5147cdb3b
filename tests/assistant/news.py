"""Stores of a few articles for tests: the id of each, its date and its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant import Answer, Assistant

News = Mapping[str, tuple[str | None, str]]
Ingest = Callable[[News], Assistant]


def codes(answer: Answer) -> set[str]:
    """Of its notices."""
    return {notice.code for notice in answer.notices}
