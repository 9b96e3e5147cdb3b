"""A site on loopback, and a store that may fetch from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.settings import Settings
from tests.web_server import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that would have been waited."""
    waits: list[float] = []
    monkeypatch.setattr("index.web.fetch.time.sleep", waits.append)
    return waits


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Assistant]:
    """A store that may fetch from this machine, without a pause."""
    settings = Settings(private_addresses=True, fetch_pause=0)
    with Assistant.open(tmp_path / "store", settings=settings) as assistant:
        yield assistant
