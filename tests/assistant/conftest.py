"""What the tests of the answerer share."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.settings import Settings
from tests.assistant.news import Ingest, News


@pytest.fixture
def news(tmp_path: Path) -> Ingest:
    """A store of articles by their ids: the date of each, and its text."""

    def ingest(articles: News) -> Assistant:
        lines = [
            json.dumps({"id": name, "title": f"Note {name}", "text": text, "published": published})
            for name, (published, text) in articles.items()
        ]
        (tmp_path / "news.jsonl").write_text("\n".join(lines))
        assistant = Assistant.open(tmp_path / "store", settings=Settings())
        assistant.ingest([tmp_path / "news.jsonl"])
        return assistant

    return ingest
