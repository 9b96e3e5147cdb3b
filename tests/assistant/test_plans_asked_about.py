"""A question about a plan is answered with the plan; one about the event is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.settings import Settings
from tests.conftest import write_jsonl

REPORTS = [
    (
        "Strike in Velm",
        "2025-03-04",
        "The strike in Velm went into its third week. After Ilse Brandt sent her deputy to the depot last week, union "
        "leader Piet Salka said on Thursday that the governor was ready to take a call from the strikers. The drivers "
        "and the governor last spoke in January. She tried to reach them several times in February.",
    ),
    ("Bridge at Karsk", "2025-03-06", "The Karsk bridge will open on 3 September, the road office said."),
    ("Harbour of Holm", "2025-03-07", "The harbour of Holm was closed for a day by fog. Nobody was hurt."),
]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Assistant]:
    rows = [{"id": title, "title": title, "published": day, "text": text} for title, day, text in REPORTS]
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        assistant.ingest([write_jsonl(tmp_path / "news.jsonl", *rows)])
        yield assistant


def test_whether_somebody_was_ready_is_no_question_of_what_happened(archive: Assistant) -> None:
    assert "ready to take a call" in archive.ask("Was Ilse Brandt ready to take a call from the strikers?").text


def test_whether_it_happened_is_not_answered_with_the_plan(archive: Assistant) -> None:
    answer = archive.ask("Did the Karsk bridge open?", now="2025-03-10")
    assert answer.refused or answer.short != "Yes"
