"""A folder of news, and files whose clock is fine enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ferry_article


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of a test is changed a moment before it is read; its clock is fine enough here."""
    monkeypatch.setattr("index.ingest.supply._SETTLED", 0)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"{number}.txt").write_text(ferry_article(number))
    return folder
