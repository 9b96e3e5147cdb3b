"""What tests share: a store of the seed articles, and a guard that lets nothing leave the machine."""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant import Assistant
from assistant.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
ARCHIVES = ROOT / "evals" / "archives"
"""Invented archives, written without sight of the code."""
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
"""Of the browser."""

KNOWN_FAULTS = [
    line
    for line in (ROOT / "tests" / "known_faults.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
"""Parts of the names of tests that are known to fail."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect the known faults to fail."""
    for item in items:
        if any(fault in item.nodeid for fault in KNOWN_FAULTS):
            item.add_marker(pytest.mark.xfail(reason="a known fault, see tests/known_faults.txt", strict=True))


for name in [name for name in os.environ if name.startswith("ASSISTANT_")]:
    del os.environ[name]


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Any connection to another machine fails the test that tried it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(("127.", "::1")):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The two seed articles, ingested once; only for tests that do not write."""
    with Assistant.open(tmp_path_factory.mktemp("seeds") / "store", settings=Settings()) as assistant:
        report = assistant.ingest([SEEDS])
        assert len(report.added) == 2
        yield assistant


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright; without it the test is skipped, in continuous integration it fails."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        missing = "there is no Chromium: on Debian, apt install chromium"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def in_chroma(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search even the smallest store in Chroma, as a large one is."""
    monkeypatch.setattr("index.storage.store.EXACT_UP_TO", 0)
    monkeypatch.setattr("index.storage.store.EXACT_WINDOW", 0)


@pytest.fixture
def empty_store(tmp_path: Path) -> Iterator[Assistant]:
    """A store that nothing has been put into yet."""
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        yield assistant


def write_jsonl(path: Path, *records: dict[str, Any] | str) -> Path:
    """A JSON Lines file of these records; a string is written as it is."""
    lines = (record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def ferry_article(number: int = 1) -> str:
    """An invented article, different for each number."""
    return (
        f"Ferry number {number} opens in Marlow Sound\n"
        "MARLOW SOUND (Coastal Wire) — "
        f"The harbour board of Marlow Sound opened ferry line {number} on Monday, carrying {number * 7} passengers.\n"
        f"Captain Ilse Torvald said the crossing to Brask Island takes {20 + number} minutes.\n"
    )
