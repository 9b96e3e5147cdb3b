"""What the tests of the answerer share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assistant.news import Ingest
from tests.stores import open_store


@pytest.fixture
def news(tmp_path: Path) -> Ingest:
    """A store of articles by their ids, in a folder of the test's own."""
    return lambda articles: open_store(tmp_path, articles, title="Note")
