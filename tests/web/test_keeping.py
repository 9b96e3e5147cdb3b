"""What a person keeps on the page: earlier conversations, shared answers, thumbs."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from assistant import Assistant
from assistant.settings import Settings
from assistant.terminal.cli import cli
from evals.cases import read_suite
from tests.conftest import ROOT
from tests.web.conftest import ask, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Visit = Callable[..., Page]

pytestmark = pytest.mark.slow

QUESTION = "When did Macron and Putin last speak?"
JULY = "Macron and Putin last spoke in July, their first known phone conversation in over two and a half years."


@pytest.fixture(scope="module")
def own(web_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A page over a store of its own, and that store."""
    store = shutil.copytree(web_store, tmp_path_factory.mktemp("own") / "store")
    with served(store) as (address, _):
        yield address, store


def history(page: Page) -> None:
    page.get_by_role("tab", name="History").click()


def test_earlier_conversations_of_a_browser_are_opened_renamed_and_deleted(visit: Visit) -> None:
    page, other = visit(), visit()
    ask(page, QUESTION)
    page.wait_for_function("document.querySelector('#suggested')?.innerText.includes('Follow up')")
    page.reload()
    page.wait_for_selector("#head h1")
    history(page)
    page.wait_for_selector("#earlier label")
    assert QUESTION in page.inner_text("#earlier")
    history(other)
    other.wait_for_selector("#none-yet p")
    assert other.locator("#earlier label").count() == 0
    page.locator("#earlier input").first.click()
    page.wait_for_function("document.querySelector('#its-name textarea, #its-name input').value.startsWith('When')")
    page.fill("#its-name textarea, #its-name input", "Calls")
    page.click("#rename")
    page.wait_for_function("document.querySelector('#earlier').innerText.includes('Calls (')")
    page.click("#open-it")
    page.wait_for_selector(".answer a.cite")
    assert JULY in page.inner_text("#chat")
    assert "Understood as: When did Macron travel to Moscow?" in ask(page, "When did he travel to Moscow?")
    page.wait_for_function("document.querySelector('#suggested')?.innerText.includes('Follow up')")
    history(page)
    page.wait_for_selector("#earlier label")
    assert page.locator("#earlier label").count() == 1
    page.locator("#earlier input").first.click()
    page.click("#delete")
    page.wait_for_selector("#none-yet p")
    page.get_by_role("tab", name="Ask").click()
    page.wait_for_function("!document.querySelector('#chat').innerText.includes('July')")


def test_a_shared_answer_is_shown_to_others_as_it_was(visit: Visit, own: tuple[str, Path]) -> None:
    address, store = own
    page = visit(address, permissions=["clipboard-read", "clipboard-write"])
    ask(page, "Did Petra Oren and Jon Salka speak in September 2024?")
    assert page.locator("#told p").count() == 0
    page.click("a.share")
    page.wait_for_selector("#told a")
    link = page.locator("#told a").get_attribute("href")
    assert link and link.startswith("?shared=")
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('?shared='))")
    with Assistant.open(store, settings=Settings()) as assistant:
        [gone] = [one.id for one in assistant.articles() if one.title == "Oren and Salka speak, 9"]
        assistant.remove([gone])
    other = visit(f"{address}/{link}")
    other.wait_for_selector(".answer a.cite")
    assert "A shared answer, as it was on" in other.inner_text("#head-note")
    assert "spoke by phone on 9 September 2024" in other.inner_text("#chat")
    other.locator(".answer a.cite").first.click()
    other.wait_for_selector("#source mark.here")
    assert "has since been removed" in other.inner_text("#source")
    assert "9 September 2024" in other.inner_text("#source mark.here")
    nobody = visit(f"{address}/?shared=abc")
    nobody.wait_for_selector("#head-note p")
    assert "no shared answer" in nobody.inner_text("#head-note")


def test_a_thumb_and_why_are_kept_and_exported(visit: Visit, own: tuple[str, Path]) -> None:
    address, store = own
    page = visit(address)
    ask(page, QUESTION)
    page.wait_for_function("document.querySelector('#suggested')?.innerText.includes('Follow up')")
    page.get_by_role("button", name="Dislike").click()
    page.wait_for_selector("#why textarea")
    assert "Kept: not good." in page.inner_text("#told")
    page.fill("#why textarea", "July of which year?")
    page.press("#why textarea", "Enter")
    page.wait_for_function("document.querySelector('#told').innerText.includes('thank you')")
    [case] = json.loads(CliRunner().invoke(cli, ["feedback", "--json", "--store", str(store)]).output)["cases"]
    assert case["question"] == QUESTION and case["liked"] is False and case["comment"] == "July of which year?"
    assert case["evidence"][0]["quote"] == JULY
    suite = store.parent / "mine.yaml"
    CliRunner().invoke(cli, ["eval", "init", str(suite), "--feedback", "--store", str(store)], standalone_mode=False)
    [draft] = read_suite(suite).cases
    assert (draft.question, draft.accept, draft.type, draft.reviewed) == (QUESTION, ("?",), "not liked", False)


def test_programs_call_what_the_page_does_as_the_documentation_says(address: str) -> None:
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    code = code.replace("http://127.0.0.1:7860", address)
    names: dict[str, Any] = {}
    exec(compile(code, "api.md", "exec"), names)
    client, answer = Client(address, verbose=False), names["answer"]
    assert answer["short"] == "July" and answer["citations"][0]["quote"] == JULY
    assert client.predict(QUESTION, 2, api_name="/search")[0]["text"]
    article = client.predict(answer["citations"][0]["article_id"], api_name="/article")
    assert JULY in article["text"]
    events = client.predict("Petra Oren and Jon Salka", as_of="2024-06-30", api_name="/events")
    assert [event["first"] for event in events["events"]] == ["2024-03-03"]
    try:
        client.predict(question=QUESTION, as_of="31 June", api_name="/answer")
    except AppError as error:
        assert "is not a date; write it as 2026-02-10" in str(error)
    else:
        raise AssertionError("31 June was taken for a day")
