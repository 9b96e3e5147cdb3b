"""What a person does on the page, in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document

from assistant import Assistant
from assistant.settings import Settings
from tests.web.conftest import ask, open_tab, served

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

    Visit = Callable[..., Page]

FERRY = b"Ferry sails\n\nThe ferry left Esk in May."
JULY = "Macron and Putin last spoke in July, their first known phone conversation in over two and a half years."


def test_the_page_tells_what_there_is_and_offers_questions_that_are_answered(visit: Visit) -> None:
    page = visit()
    head = page.inner_text("#head")
    assert "6 articles" in head and "12 March 2024 to 12 September 2024" in head and "UNN" in head
    assert "no language model" in head and "Language model" in page.inner_text("#connect")
    page.wait_for_selector("#suggested label")
    offered = page.locator("#suggested label").all_inner_texts()
    assert 3 <= len(offered) <= 6
    page.locator("#suggested label").first.click()
    page.wait_for_selector(".answer a.cite")
    assert page.locator(".question").inner_text() == offered[0]


def test_a_sentence_has_its_citation_and_the_source_opens_at_the_quote(visit: Visit) -> None:
    page = visit()
    shown = ask(page, "When did Macron and Putin last speak?")
    assert JULY in shown and "Very likely right" in shown
    assert page.locator(".answer strong").first.inner_text() == "July"
    page.hover(".answer a.cite")
    assert JULY in page.locator(".answer a.cite .card").first.inner_text()
    page.click(".answer a.cite")
    page.wait_for_selector("#source mark.here")
    assert page.inner_text("#source mark.here") == JULY
    assert page.inner_text("#source mark.here strong") == "July"
    assert "undated" in page.inner_text("#source")
    box, panel = page.locator("#source mark.here").bounding_box(), page.locator("#source article").bounding_box()
    assert box and panel and panel["y"] <= box["y"] <= panel["y"] + panel["height"]
    page.keyboard.press("Escape")
    page.wait_for_selector("#source mark.here", state="detached")


@pytest.mark.slow
def test_this_article_is_the_one_that_is_open(visit: Visit) -> None:
    page = visit()
    assert "Which article? Open it" in ask(page, "Summarise this article")
    ask(page, "When did Macron and Putin last speak?")
    page.locator(".answer a.cite").last.click()
    page.wait_for_selector("#source mark.here")
    told = ask(page, "Summarise this article")
    assert "first sentences of the article" in told
    titles = {card.split("·")[0] for card in page.locator(".answer").last.locator(".card .where").all_text_contents()}
    assert len(titles) == 1 and titles.pop().strip() in page.inner_text("#source")


@pytest.mark.slow
def test_a_screen_reader_is_told_words_and_no_html(visit: Visit) -> None:
    page = visit()
    ask(page, "When did Macron and Putin last speak?")
    page.wait_for_timeout(200)
    labels = page.eval_on_selector_all("#chat [aria-label]", "all => all.map(one => one.getAttribute('aria-label'))")
    assert any(JULY in label for label in labels) and not any("<" in label for label in labels)


@pytest.mark.slow
def test_the_keyboard_reaches_a_citation_and_opens_it(visit: Visit) -> None:
    page = visit()
    ask(page, "When did Macron and Putin last speak?")
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.classList.contains('cite')"):
            break
    assert JULY in page.locator(".answer a.cite .card").first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_selector("#source mark.here")


@pytest.mark.slow
def test_next_quote_goes_from_one_to_the_next(visit: Visit) -> None:
    page = visit()
    ask(page, "When did Macron and Putin last speak, and when did talks cease after a phone call?")
    page.locator(".answer a.cite").first.click()
    page.wait_for_selector("#source mark.here")
    assert page.locator("#source mark.quote").count() >= 2
    first = page.inner_text("#source mark.here")
    page.click("#next")
    page.wait_for_function("first => document.querySelector('#source mark.here').innerText !== first", arg=first)


def test_a_refusal_shows_the_nearest_passages_and_how_to_ask_otherwise(visit: Visit) -> None:
    page = visit()
    shown = ask(page, "Who won the chess final in Lorn?")
    assert "do not answer" in shown and "Nearest passages" in shown and "name in full" in shown
    assert "Searched: 6 articles." in shown
    page.locator(".answer a.near").first.click()
    page.wait_for_selector("#source mark.here")


def test_a_follow_up_is_understood_and_one_is_suggested(visit: Visit) -> None:
    page = visit()
    ask(page, "When did Macron and Putin last speak?")
    page.wait_for_function("document.querySelector('#suggested')?.innerText.includes('Follow up')")
    shown = ask(page, "When did he travel to Moscow?")
    assert "Understood as: When did Macron travel to Moscow?" in shown


@pytest.mark.slow
def test_filters_are_chips_that_hold_for_what_is_asked_next(visit: Visit) -> None:
    page = visit()
    assert "9 September 2024" in ask(page, "When did Petra Oren and Jon Salka last speak by phone?")
    page.click("#narrow button >> nth=0")
    page.fill("#as-of textarea, #as-of input", "2024-06-30")
    page.click("#apply")
    page.wait_for_selector(".chip")
    assert page.locator(".chip").all_inner_texts() == ["as of 30 June 2024 ×"]
    shown = ask(page, "When did Petra Oren and Jon Salka last speak by phone?")
    assert "3 March 2024" in shown and "Searched only articles published up to 30 June 2024" in shown
    page.click(".chip")
    page.wait_for_selector(".chip", state="detached")
    assert "9 September 2024" in ask(page, "When did Petra Oren and Jon Salka last speak by phone?")
    page.wait_for_timeout(1000)  # what is suggested next comes now, and moves what is being clicked
    page.locator(".answer a.cite").first.click()
    page.wait_for_selector("#source mark.here")
    page.click("#only")
    page.wait_for_selector(".chip")
    assert "only “" in page.inner_text(".chip")


@pytest.mark.slow
def test_what_is_no_day_is_said(visit: Visit) -> None:
    page = visit()
    page.click("#narrow button >> nth=0")
    page.fill("#as-of textarea, #as-of input", "31 June")
    page.click("#apply")
    page.wait_for_function("document.body.innerText.includes('is not a date; write it as 2026-02-10')")
    page.fill("#as-of textarea, #as-of input", "<img src='http://outside.example/p.png'><b>x</b>")
    page.click("#apply")  # visit fails where anything outside is asked for
    page.wait_for_function("document.body.innerText.includes('<b>x</b>')")
    page.fill("#as-of textarea, #as-of input", "2024-06-30")
    page.click("#apply")
    page.wait_for_selector(".chip")
    page.get_by_role("tab", name="Timeline").click()  # never used before
    page.wait_for_timeout(500)
    assert page.get_by_text("Error", exact=True).count() == 0


@pytest.mark.slow
def test_an_article_cannot_take_over_the_page(visit: Visit) -> None:
    page = visit()
    shown = ask(page, "Who opened the harbour of Quell?")
    assert "<img src=x onerror" in shown
    page.locator(".answer a.cite").first.click()
    page.wait_for_selector("#source mark.here")
    text = page.inner_text("#source")
    assert "<script>" in text and "![](http://outside.example/p.png)" in text and "# no heading `code` $x$" in text
    assert page.locator("#source a.out").count() == 0
    assert page.locator("#source img, #source script, .answer img, .answer script").count() == 0
    assert page.title() == "Ask the archive"
    assert "<b>Bell" in ask(page, "Who rang the bell of Quell?")
    page.locator(".answer a.cite").last.click()
    page.wait_for_function("document.querySelector('#source').innerText.includes('Bell of Quell')")
    page.get_by_role("tab", name="Articles").click()
    page.wait_for_function("document.querySelector('#articles').innerText.includes('<b>Bell')")
    assert page.locator("#articles img, #articles script, #chat img, #chat script").count() == 0
    assert page.title() == "Ask the archive"


@pytest.mark.slow
def test_two_people_never_see_each_others_words(visit: Visit) -> None:
    one, other = visit(), visit()
    ask(one, "When did Macron and Putin last speak?")
    ask(other, "Who opened the harbour of Quell?")
    assert "Macron" not in other.inner_text("#chat") and "Quell" not in one.inner_text("#chat")
    assert "Understood" not in ask(other, "When did Jon Salka say that the dam was safe?")


@pytest.mark.slow
def test_a_question_is_tried_again_and_edited(visit: Visit) -> None:
    page = visit()
    shown = ask(page, "When did Macron and Putin last speak?")
    ask(page, "When did Petra Oren and Jon Salka last speak by phone?")
    page.evaluate("document.querySelectorAll('.answer')[1].dataset.old = 'yes'")
    page.get_by_role("button", name="Retry").last.click()
    page.wait_for_function(
        "[...document.querySelectorAll('.answer:not([data-old])')].filter((a) => a.querySelector('.by')).length === 2"
    )
    assert "9 September 2024" in page.locator(".answer").last.inner_text()
    page.get_by_role("button", name="Edit").first.click()
    page.wait_for_function("document.querySelector('#chat textarea')?.value.startsWith('When did Macron')")
    page.locator("#chat textarea").first.fill("Who opened the harbour of Quell?")
    page.get_by_role("button", name="Submit").first.click()
    page.wait_for_function("document.querySelector('#chat').innerText.includes('Ilse Torvald')")
    assert shown not in page.inner_text("#chat") and page.locator(".question").count() == 1


def test_what_happens_is_read_out(visit: Visit) -> None:
    assert visit().locator("#chat [aria-live], #chat[aria-live]").count() >= 1


@pytest.mark.slow
def test_a_conversation_is_copied_with_its_sources(visit: Visit) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "When did Macron and Putin last speak?")
    page.click("#copy")
    page.wait_for_timeout(800)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("When did Macron and Putin last speak?")
    assert f"{JULY} [1]" in copied and f"1. “{JULY}”" in copied
    # Where the page is not served by https a browser gives no clipboard: what cannot be copied is there to be selected.
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { get: () => undefined })")
    page.evaluate("document.execCommand = () => false")
    page.click("#copy")
    page.wait_for_selector("#told textarea")
    assert "1. “Macron and Putin last spoke in July" in page.input_value("#told textarea")


@pytest.mark.slow
def test_a_conversation_is_saved_as_a_word_file(visit: Visit, tmp_path: Path) -> None:
    page = visit(accept_downloads=True)
    ask(page, "When did Macron and Putin last speak?")
    with page.expect_download() as download:
        page.click("#word")
    download.value.save_as(tmp_path / "answers.docx")
    assert download.value.suggested_filename == "answers.docx"
    assert JULY in "\n".join(one.text for one in Document(str(tmp_path / "answers.docx")).paragraphs)


PHONE: dict[str, object] = {"viewport": {"width": 390, "height": 844}}
ZOOMED: dict[str, object] = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}
"""A screen of 1,280 by 900 at 200 %."""


@pytest.mark.slow
@pytest.mark.parametrize("options", [PHONE, ZOOMED, {"color_scheme": "dark"}])
def test_nothing_is_wider_than_the_screen(visit: Visit, options: dict[str, object]) -> None:
    page = visit(**options)
    fits = "document.querySelector('{0}').getBoundingClientRect().right <= window.innerWidth"
    ask(page, "When did Macron and Putin last speak?")
    assert page.evaluate(fits.format("#question")) and page.evaluate(fits.format("#chat"))
    page.locator(".answer a.cite").first.click()
    page.wait_for_selector("#source mark.here")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate(fits.format("#source"))


@pytest.mark.slow
@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, PHONE])
def test_a_screen_reader_and_weak_eyes_find_their_way(visit: Visit, options: dict[str, object]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    def serious() -> set[tuple[str, str]]:
        found = Axe().run(page).response["violations"]
        grave = [fault for fault in found if fault["impact"] in ("serious", "critical")]
        return {(fault["id"], node["html"][:120]) for fault in grave for node in fault["nodes"]}

    page = visit(**options)
    ask(page, "When did Macron and Putin last speak?")
    page.locator(".answer a.cite").first.click()
    page.wait_for_selector("#source mark.here")
    assert serious() == set()
    open_tab(page, "Timeline")
    page.fill("#subject textarea, #subject input", "Petra Oren and Jon Salka")
    page.press("#subject textarea, #subject input", "Enter")
    page.wait_for_selector("#picture canvas, #picture svg")
    assert serious() == set()
    for tab, there in (("Articles", "#months canvas, #months svg"), ("History", "#earlier label")):
        open_tab(page, tab)
        page.wait_for_selector(there)
        assert serious() == set()


@pytest.mark.slow
def test_a_card_is_whole_where_it_is_shown(visit: Visit) -> None:
    page = visit(**PHONE)
    ask(page, "When did Macron and Putin last speak?")
    page.focus(".answer a.cite")
    page.wait_for_timeout(200)
    card, chat = page.locator(".answer a.cite .card").first.bounding_box(), page.locator("#chat").bounding_box()
    assert card and chat
    assert chat["x"] <= card["x"] and card["x"] + card["width"] <= chat["x"] + chat["width"]
    assert card["y"] >= 0


@pytest.mark.slow
def test_days_of_a_timeline_are_seen_closer(visit: Visit) -> None:
    page = visit()
    page.get_by_role("tab", name="Timeline").click()
    page.fill("#subject textarea, #subject input", "Petra Oren and Jon Salka")
    page.press("#subject textarea, #subject input", "Enter")
    page.wait_for_selector("#picture canvas, #picture svg")
    page.wait_for_timeout(800)
    box = page.locator("#picture svg").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 90, steps=8)
    page.mouse.up()
    page.wait_for_function("document.querySelector('#events').innerText.includes('not in these days')")
    page.locator("#picture svg").first.dblclick(position={"x": 0.5 * box["width"], "y": 80})
    page.wait_for_function("!document.querySelector('#events').innerText.includes('not in these days')")
    assert page.locator("#events li").count() == 2


@pytest.mark.slow
def test_a_timeline_is_a_picture_and_a_list_whose_quotes_open(visit: Visit) -> None:
    page = visit()
    page.get_by_role("tab", name="Timeline").click()
    page.fill("#subject textarea, #subject input", "Petra Oren and Jon Salka")
    page.press("#subject textarea, #subject input", "Enter")
    page.wait_for_selector("#events li")
    assert page.locator("#events .when").all_inner_texts() == ["3 March 2024", "9 September 2024"]
    page.wait_for_selector("#picture canvas, #picture svg")
    page.locator("#events a.cite").nth(1).click()
    page.wait_for_selector("#source mark.here")
    assert "9 September 2024" in page.inner_text("#source mark.here")
    page.fill("#subject textarea, #subject input", "the chess final in Lorn")
    page.press("#subject textarea, #subject input", "Enter")
    page.wait_for_function("document.querySelector('#events').innerText.includes('Nothing with a time')")


@pytest.mark.slow
def test_the_picture_of_a_timeline_is_of_its_subject(visit: Visit) -> None:
    page = visit()
    page.get_by_role("tab", name="Timeline").click()
    seen, calls = "Without pressure", "Oren and Salka speak"
    for subject, named, other in (("Macron Putin contacts", seen, calls), ("Oren and Salka", calls, seen)):
        page.fill("#subject textarea, #subject input", subject)
        page.press("#subject textarea, #subject input", "Enter")
        page.wait_for_function(f"document.querySelector('#picture svg')?.textContent.includes('{named}')")
        assert other not in page.locator("#picture svg").first.text_content()  # type: ignore[operator]


@pytest.mark.slow
def test_articles_are_listed_opened_added_removed_and_put_back(visit: Visit, web_store: Path, tmp_path: Path) -> None:
    store = shutil.copytree(web_store, tmp_path / "store")
    with served(store) as (address, _):
        page = visit(address)
        page.get_by_role("tab", name="Articles").click()
        page.wait_for_function("document.querySelector('#articles').innerText.includes('Oren and Salka speak, 3')")
        page.wait_for_selector("#months canvas, #months svg")
        page.click("#add button >> nth=0")
        ferry: FilePayload = {"name": "ferry.txt", "mimeType": "text/plain", "buffer": FERRY}
        empty: FilePayload = {"name": "empty.txt", "mimeType": "text/plain", "buffer": b" "}
        page.set_input_files("#files input[type=file]", [ferry, empty])
        page.fill("#paste-title textarea, #paste-title input", "Bread")
        page.fill("#paste-text textarea", "Bread became dearer in Marlow, the baker Jonas Krell said.")
        page.wait_for_timeout(1000)
        page.click("#add-them")
        page.wait_for_function("document.querySelector('#added').innerText.includes('2 added')")
        assert "empty" in page.inner_text("#added") and "Ferry sails: added" in page.inner_text("#added")
        page.wait_for_function("document.querySelector('#articles').innerText.includes('Ferry sails')")
        page.locator("#articles").get_by_text("Ferry sails").last.click()
        page.wait_for_function("document.querySelector('#source').innerText.includes('The ferry left Esk in May.')")
        counted = page.locator("#head").inner_text()
        page.click("#remove")
        page.wait_for_function("document.querySelector('#added').innerText.includes('Removed: Ferry sails')")
        page.wait_for_function("!document.querySelector('#source').innerText.includes('Ferry')")
        page.wait_for_function("(before) => document.querySelector('#head').innerText !== before", arg=counted)
        page.wait_for_function("!document.querySelector('#articles').innerText.includes('Ferry sails')")
        page.click("#undo")
        page.wait_for_function("document.querySelector('#articles').innerText.includes('Ferry sails')")
        page.fill("#paste-title textarea, #paste-title input", "Bread")
        page.fill("#paste-text textarea", "Bread became cheaper in Lund, the baker Ilse Odom said.")
        page.wait_for_timeout(500)
        page.click("#add-them")
        page.wait_for_function("document.querySelector('#added').innerText.includes('1 added')")
        page.get_by_role("tab", name="Ask").click()
        assert "Jonas Krell" in ask(page, "Who said that bread became dearer in Marlow?")
        assert "Ilse Odom" in ask(page, "Who said that bread became cheaper in Lund?")


@pytest.mark.slow
def test_articles_are_chosen_by_their_words_and_what_one_said_before_is_shown(visit: Visit, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "ferry.txt").write_bytes(FERRY)
    (news / "bread.txt").write_text("Bread\n\nBread became dearer in Marlow, the baker Jonas Krell said.")
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        assistant.ingest([news])
    with served(tmp_path / "store") as (address, _):
        page = visit(address)
        page.get_by_role("tab", name="Articles").click()
        page.wait_for_function("document.querySelector('#articles').innerText.includes('Ferry sails')")
        page.fill("#with-words textarea, #with-words input", "bakers")
        page.press("#with-words textarea, #with-words input", "Enter")
        page.wait_for_function("!document.querySelector('#articles').innerText.includes('Ferry sails')")
        (news / "bread.txt").write_text("Bread\n\nBread became dearer in Marlow, the <b>baker</b> Ilse Odom said.")
        page.click("#add button >> nth=0")
        page.click("#sync")
        page.wait_for_function("document.querySelector('#added').innerText.includes('1 updated')")
        page.locator("#articles").get_by_text("Bread").last.click()
        page.get_by_text("Changed once since it was first read").click()
        page.wait_for_function("document.querySelector('.history .went')?.innerText.includes('Jonas Krell')")
        assert page.locator(".history b").count() == 0


def test_a_page_elsewhere_cannot_give_its_own_name_this_address(address: str) -> None:
    def asked_as(host: str) -> int:
        with closing(HTTPConnection(address.removeprefix("http://"), timeout=20)) as connection:
            connection.request("GET", "/config", headers={"Host": host})
            with connection.getresponse() as response:
                return response.status

    assert [asked_as(host) for host in ("127.0.0.1", "localhost:7860", "evil.example")] == [200, 200, 400]


@pytest.mark.slow
def test_keys_go_to_the_question_and_from_quote_to_quote(visit: Visit) -> None:
    page = visit()
    page.keyboard.press("/")
    page.wait_for_function("document.activeElement.closest('#question')")
    ask(page, "When did Petra Oren and Jon Salka speak?")
    assert not page.locator("#side").is_visible()
    page.locator(".answer a.cite").first.click()
    page.wait_for_selector("#source mark.here")
    assert page.locator("#side").is_visible()
    page.keyboard.press("j")
    page.wait_for_function("document.activeElement.matches('#source mark.here')")
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("#keys:not([open])", state="hidden")


@pytest.mark.slow
def test_a_link_opens_an_article_at_its_quote(visit: Visit, address: str) -> None:
    page = visit()
    ask(page, "When did Macron and Putin last speak?")
    page.locator(".answer a.cite").first.click()
    page.wait_for_selector("#source mark.here")
    link = page.locator("#source a.here").get_attribute("href")
    again = visit(f"{address}/{link}")
    again.wait_for_selector("#source mark.here")
    assert again.inner_text("#source mark.here") == JULY
    wrong = visit(f"{address}/?article=<b id=made>nowhere</b>")
    wrong.wait_for_function("document.body.innerText.includes('there is no article')")
    assert wrong.locator("#made").count() == 0
