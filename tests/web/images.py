"""Takes the pictures of the page that the README shows: ``python -m tests.web.images`` (``make images``)."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import Assistant
from assistant.settings import Settings
from evals.cases import read_suite
from evals.reports.page import page as report
from evals.runs.run import run_suite
from tests.conftest import FLAGS, ROOT, SEEDS, write_jsonl
from tests.web.conftest import ask, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = ROOT / "docs" / "images"
NEWS = [
    ("2025-01-20", "Velmora votes for a tram", "The council of Velmora voted for a tram line on Monday."),
    ("2025-02-05", "Tram work in May", "Work on the tram line in Velmora will begin in May, the council said."),
    ("2025-03-15", "Tram delayed", "Work on the tram line in Velmora is put off to September, the council said."),
    ("2025-09-04", "Work begins", "Work on the tram line in Velmora began on Thursday with a small ceremony."),
    (
        "2025-10-04",
        "Charges over the tram",
        "Kester Holm was charged with bribery over Velmora's tram line on Saturday.",
    ),
    (
        "2025-10-16",
        "What it costs",
        "The tram line in Velmora will cost 214 million, the mayor said on Thursday.",
    ),
    ("2025-11-02", "A festival of boats", "Some 20,000 people came to the festival of boats in Velmora on Sunday."),
]


def store(folder: Path) -> Path:
    """The seeds and some invented news."""
    rows = [
        {"id": f"v{number}", "title": title, "agency": "Velmora Post", "published": day, "text": text}
        for number, (day, title, text) in enumerate(NEWS)
    ]
    with Assistant.open(folder / "store", settings=Settings()) as assistant:
        assistant.ingest([SEEDS, write_jsonl(folder / "news.jsonl", *rows)])
    return folder / "store"


def visit(browser: Browser, address: str, **options: object) -> Page:
    page = browser.new_context(**({"viewport": {"width": 1280, "height": 860}} | options)).new_page()  # type: ignore[arg-type]
    page.goto(address)
    page.wait_for_selector("#suggested label", timeout=90_000)
    return page


def take(page: Page, name: str) -> None:
    page.wait_for_timeout(800)
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=FOLDER / f"{name}.png")


def take_report(browser: Browser, folder: Path) -> None:
    """Of a run of the seeds' suite: the figures and pictures, and what is wrong."""
    with Assistant.open(folder / "seeds", settings=Settings()) as assistant:
        assistant.ingest([SEEDS])
        run = run_suite(assistant, read_suite(ROOT / "evals" / "suites" / "seeds.yaml"))
    (folder / "report.html").write_text(report(run), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1000, "height": 1360})
    page.goto((folder / "report.html").as_uri())
    page.screenshot(path=FOLDER / "report.png")
    page.evaluate("document.querySelectorAll('details').forEach((one, place) => one.open = place < 3)")
    page.get_by_role("heading", name="Not right").scroll_into_view_if_needed()
    page.evaluate("[...document.querySelectorAll('h2')].at(-1).scrollIntoView()")
    page.screenshot(path=FOLDER / "report-wrong.png")


def main() -> None:
    """Open the page in a browser and take them."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with (
        tempfile.TemporaryDirectory() as folder,
        served(store(Path(folder))) as (address, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, options in (
            ("chat", {}),
            ("dark", {"color_scheme": "dark"}),
            ("phone", {"viewport": {"width": 390, "height": 844}}),
        ):
            page = visit(browser, address, **options)
            if name == "chat":
                take(page, "empty")
            ask(page, "When did Macron and Putin last speak?")
            page.wait_for_function("document.querySelector('#suggested')?.innerText.includes('Follow up')")
            if name == "chat":
                take(page, "chat")
                page.locator(".answer a.cite").first.click()
                page.wait_for_selector("#source mark.here")
                page.mouse.move(5, 5)
                page.evaluate("document.activeElement.blur()")
                take(page, "source")
            else:
                take(page, name)
        page = visit(browser, address)
        ask(page, "Who won the chess final in Lorn?")
        take(page, "refusal")
        page.get_by_role("tab", name="Timeline").click()
        page.fill("#subject textarea, #subject input", "Velmora tram line")
        page.press("#subject textarea, #subject input", "Enter")
        page.wait_for_selector("#events li")
        page.wait_for_selector("#picture canvas, #picture svg")
        take(page, "timeline")
        page.get_by_role("tab", name="Articles").click()
        page.wait_for_selector("#months canvas, #months svg")
        take(page, "corpus")
        take_report(browser, Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
