"""A page over a store, served in a process of its own, and a real browser before it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant import Assistant
from assistant.settings import Settings
from tests.conftest import ROOT, SEEDS, write_jsonl

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EVIL = {
    "id": "evil",
    "title": "<script>document.title='taken'</script>Harbour of Quell",
    "url": "javascript:document.title='taken'",
    "published": "2024-05-03",
    "agency": "<img src=x onerror=\"document.title='taken'\">",
    "text": (
        "The harbour of Quell was opened by Ilse Torvald <img src=x onerror=\"document.title='taken'\"> in May.\n\n"
        "[a link](javascript:document.title='taken') ![](http://outside.example/p.png) # no heading `code` $x$ **b**\n"
    ),
}


@contextmanager
def served(store: Path, *, port: int = 0, **environment: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a page over a store, and its process; at a free port if none is given."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = port or free.getsockname()[1]
    log = (store.parent / f"web-{port}.log").open("w+")
    command = [sys.executable, "-m", "tests.web.guarded_server", "web", "--store", str(store), "--port", str(port)]
    with (
        log,
        subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True, env=os.environ | environment
        ) as process,
    ):
        assert process.stdout
        line = process.stdout.readline()
        if "http://" not in line:
            log.seek(0)
            pytest.fail(f"the page did not start: {log.read()[-2000:]}")
        try:
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()
            process.wait(20)
            log.seek(0)
            outside = [line for line in log if line.startswith("OUTSIDE")]
            assert outside == []


@pytest.fixture(scope="session")
def web_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds, an article that tries to take over the page, and some dated ones of two outlets."""
    folder = tmp_path_factory.mktemp("web")
    calls = [
        {
            "id": f"call-{month}",
            "title": f"Oren and Salka speak, {month}",
            "agency": "Esk Post" if month < 6 else "Marlow Wire",
            "published": f"2024-{month:02d}-12",
            "url": f"https://news.example/{month}",
            "text": f"Petra Oren and Jon Salka spoke by phone on {month} {name} 2024 about the dam.\n\n"
            f"Jon Salka said the dam was safe. It was their call number {month}. Petra Oren did not agree.",
        }
        for month, name in ((3, "March"), (9, "September"))
    ]
    with Assistant.open(folder / "store", settings=Settings()) as assistant:
        assistant.ingest([SEEDS, write_jsonl(folder / "news.jsonl", *calls)])
        named = folder / "named"
        named.mkdir()
        # As plain text: HTML in a line of JSON is read as what it shows.
        (named / "evil.txt").write_text(EVIL["text"])
        (named / "evil.meta.json").write_text(json.dumps({**EVIL, "text": None}))
        bell = "<b>Bell of Quell <img src=x onerror=\"document.title='taken'\">"
        bell += "\n\nThe <b>Bell of Quell was rung by Odo Marn."
        (named / "<img src=x onerror=document.title='taken'>.txt").write_text(bell)
        assistant.ingest([named])
    return folder / "store"


@pytest.fixture(scope="session")
def address(web_store: Path) -> Iterator[str]:
    """Where the page is."""
    with served(web_store) as (address, _):
        yield address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens the page as somebody new; what it asks outside, and faults in its console, fail the test."""
    contexts, faults = [], []

    def visit(where: str = address, server_dies: bool = False, **options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)  # on a machine that is busy otherwise
        origin = where.partition("/?")[0]
        page.on("request", lambda request: None if origin in request.url else faults.append(request.url))
        lost = f"Unable to preload CSS for {origin}" if server_dies else None  # what it was asked for as it died
        page.on("pageerror", lambda error: None if lost and lost in str(error) else faults.append(str(error)))
        page.goto(where)
        page.wait_for_selector("#head h1")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert [fault for fault in faults if not fault.startswith(("data:", "blob:"))] == []


def ask(page: Page, question: str) -> str:
    """Ask, wait for the whole answer, and give back what is shown of it."""
    before = page.locator(".answer").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        answers = page.locator(".answer")
        if answers.count() > before and not answers.nth(before).locator(".busy").count():
            return answers.nth(before).inner_text()
        page.wait_for_timeout(50)
    raise AssertionError(f"no answer to {question!r}")


def open_tab(page: Page, name: str) -> None:
    """Open a tab; on a phone those that have no room are in a menu."""
    tab = page.get_by_role("tab", name=name)
    if not tab.first.is_visible():
        page.locator(".overflow-menu > button").click()
        tab = page.locator(".overflow-dropdown button", has_text=name)
    tab.first.click()
