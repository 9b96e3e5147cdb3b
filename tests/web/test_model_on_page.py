"""The page with a language model that takes its time: streaming, what is left out, stopping, waiting, a dead server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.model_server import Reply, sentences, serve
from tests.web.conftest import ask, served

if TYPE_CHECKING:
    import subprocess

    from playwright.sync_api import Page

    Visit = Callable[..., Page]

QUESTION = "When did Macron and Putin last speak?"
JULY = "Macron and Putin last spoke in July, their first known phone conversation in over two and a half years."
TUESDAY = "Macron said on Tuesday that he was preparing to resume dialogue with Putin."
SAID = "French President Emmanuel Macron said on Tuesday that he was preparing to resume dialogue with Vladimir Putin"
MOON = "They met on the Moon in 1999."
SLOW = Reply(sentences((JULY, JULY), (MOON, JULY), (TUESDAY, SAID)), pieces=40, between=0.05)


@contextmanager
def with_model(store: Path, reply: Reply, port: int = 0) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    with (
        serve(reply) as model,
        served(store, port=port, OPENAI_BASE_URL=model.url, OPENAI_API_KEY="x", ASSISTANT_MODEL="scripted") as page,
    ):
        yield page


@pytest.fixture(scope="module")
def slow(web_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page whose model takes two seconds for an answer, and as long to mend it."""
    store = shutil.copytree(web_store, tmp_path_factory.mktemp("slow") / "store")
    with with_model(store, SLOW) as (address, _):
        yield address


def begin(page: Page) -> None:
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")


def test_an_answer_comes_sentence_by_sentence_and_tells_what_it_leaves_out(visit: Visit, slow: str) -> None:
    page = visit(slow)
    assert "written by scripted" in page.inner_text("#head")
    begin(page)
    page.wait_for_selector(".answer .sentence")
    assert page.locator(".answer .busy").count() == 1
    assert page.locator(".answer .sentence").count() == 1
    page.wait_for_selector(".answer .by")
    shown = page.locator(".answer").inner_text()
    assert JULY in shown and TUESDAY in shown and MOON not in shown
    assert "1 sentence of scripted left out" in shown and "written by scripted" in shown
    assert page.locator(".answer strong").count() == 0  # what a model quotes whole is not set off


@pytest.mark.slow
def test_a_question_is_stopped(visit: Visit, slow: str) -> None:
    page = visit(slow)
    begin(page)
    page.wait_for_selector(".answer .sentence")
    page.click("#stop")
    page.wait_for_selector(".answer .amiss")
    assert "Stopped." in page.inner_text("#chat") and page.locator(".answer .busy").count() == 0


@pytest.mark.slow
def test_the_tenth_question_waits_visibly_and_is_answered(visit: Visit, web_store: Path, tmp_path: Path) -> None:
    from gradio_client import Client

    store = shutil.copytree(web_store, tmp_path / "store")
    with with_model(store, Reply(sentences((JULY, JULY)), wait=1.0)) as (address, _):
        page = visit(address)
        client = Client(address, verbose=False)
        others = [client.submit(question=QUESTION, api_name="/answer") for _ in range(9)]
        page.wait_for_timeout(500)
        begin(page)
        page.wait_for_function("/queue: \\d/.test(document.querySelector('#chat').innerText)")
        page.wait_for_selector(".answer .by", timeout=60_000)
        assert JULY in page.inner_text("#chat")
        assert all(job.result(timeout=60)["answerer"] == "scripted" for job in others)


@pytest.mark.slow
def test_a_server_that_dies_in_mid_answer_is_told_and_the_page_recovers(
    visit: Visit, web_store: Path, tmp_path: Path
) -> None:
    store = shutil.copytree(web_store, tmp_path / "store")
    with with_model(store, SLOW) as (address, process):
        page = visit(address, server_dies=True)
        begin(page)
        page.wait_for_selector(".answer .sentence")
        process.kill()
        page.wait_for_function("document.body.innerText.includes('Connection to the server was lost')")
    port = int(address.rsplit(":", 1)[1])
    with served(store, port=port):
        page.wait_for_function("document.querySelector('#head')?.innerText.includes('no language model')")
        assert JULY in ask(page, QUESTION)


@pytest.mark.slow
def test_what_is_typed_while_an_answer_comes_stays_and_waits(visit: Visit, slow: str) -> None:
    page = visit(slow)
    begin(page)
    page.wait_for_selector(".answer .sentence")
    assert page.input_value("#question textarea") == ""
    page.fill("#question textarea", "Who is Lavrov?")
    page.press("#question textarea", "Enter")
    page.wait_for_function("document.body.innerText.includes('An answer is still coming')")
    page.wait_for_selector(".answer .by")
    page.wait_for_timeout(500)
    assert page.input_value("#question textarea") == "Who is Lavrov?"
    assert page.locator(".question").count() == 1


def open_first(page: Page, named: str) -> None:
    """Open the earlier conversation of some name."""
    page.get_by_role("tab", name="History").click()
    page.locator("#earlier label", has_text=named).first.click()
    page.wait_for_function("document.querySelector('#its-name textarea, #its-name input').value !== ''")
    page.click("#open-it")


@pytest.mark.slow
def test_a_conversation_that_is_left_in_mid_answer_harms_no_other(visit: Visit, slow: str) -> None:
    page = visit(slow)
    assert JULY in ask(page, "When did the two presidents, Macron and Putin, last speak?")
    page.click("#clear")
    page.wait_for_function("document.querySelectorAll('.question').length === 0")
    begin(page)
    page.wait_for_selector(".answer .sentence")
    open_first(page, "the two presidents")
    page.wait_for_function("document.querySelector('.question')?.innerText.includes('the two presidents')")
    page.wait_for_timeout(1500)
    assert page.locator(".question").all_inner_texts() == ["When did the two presidents, Macron and Putin, last speak?"]
    open_first(page, QUESTION)
    page.wait_for_function("document.querySelector('#chat').innerText.includes('Stopped.')")
    begin(page)
    page.wait_for_function("document.querySelectorAll('.answer .sentence').length > 0")
    page.click("#clear")
    page.wait_for_function("document.querySelectorAll('.question').length === 0")
    page.wait_for_timeout(1000)
    assert page.locator(".question").count() == 0


@pytest.mark.slow
def test_what_waits_is_shown_refuses_a_second_and_is_stopped(visit: Visit, slow: str) -> None:
    from gradio_client import Client

    page = visit(slow)
    client = Client(slow, verbose=False)
    others = [client.submit(question=QUESTION, api_name="/answer") for _ in range(4)]
    page.wait_for_timeout(500)
    begin(page)
    page.wait_for_function("document.querySelector('#chat').innerText.includes('Waiting')")
    assert page.locator(".question").all_inner_texts() == [QUESTION]
    page.fill("#question textarea", "Who is Lavrov?")
    page.press("#question textarea", "Enter")
    page.wait_for_function("document.body.innerText.includes('An answer is still coming')")
    page.click("#stop")
    page.wait_for_function("document.querySelector('#chat').innerText.includes('Stopped.')")
    for other in others:
        other.cancel()
    page.press("#question textarea", "Enter")
    page.wait_for_function("document.querySelectorAll('.question').length === 2")
    page.wait_for_selector(".answer .by", timeout=60_000)
    assert page.locator(".question").all_inner_texts() == [QUESTION, "Who is Lavrov?"]


@pytest.mark.slow
def test_a_model_is_connected_on_the_page(visit: Visit, web_store: Path, tmp_path: Path) -> None:
    store = shutil.copytree(web_store, tmp_path / "store")
    with serve(Reply(sentences((JULY, JULY)))) as server, served(store) as (address, _):
        page = visit(address)
        page.click("#connect button")
        page.fill("#server input, #server textarea", "http://127.0.0.1:9/v1")
        page.fill("#model input, #model textarea", "scripted")
        page.click("#use")
        page.wait_for_function("document.querySelector('#connected').innerText.includes('Not connected')")
        page.fill("#server input, #server textarea", server.url)
        page.fill("#key input, #key textarea", "secret")
        page.click("#use")
        page.wait_for_function("document.querySelector('#connected').innerText.includes('Connected: scripted')")
        page.wait_for_function("document.querySelector('#head').innerText.includes('written by scripted')")
        assert page.input_value("#key input, #key textarea") == ""
        assert "written by scripted" in ask(page, QUESTION)
        page.wait_for_function("document.querySelector('#spent').innerText.includes('120 tokens')")
        page.click("#leave")
        page.wait_for_function("document.querySelector('#head').innerText.includes('no language model')")
    sent = {name.lower(): value for name, value in server.headers[0].items()}
    assert sent["authorization"] == "Bearer secret"
