"""The page's parts and what they do; all that is of one person is in the state of that person's session."""

from __future__ import annotations

import secrets
import threading
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.answer.date_notes import dates_told
from assistant.api import Assistant
from assistant.question.intent import OF_ONE_ARTICLE, intent_and_subject
from assistant.user_data import Kept
from assistant.web import faults, markup, opening
from assistant.web.api import json_api
from assistant.web.connect import connect_panel
from assistant.web.conversation import Turn, answering, messages, stopped, waiting
from assistant.web.corpus_tab import corpus_tab
from assistant.web.draft_tab import draft_tab
from assistant.web.history_tab import browser_state, history_tab, keep
from assistant.web.narrowing import Narrowing, chips_html, narrowed
from assistant.web.reactions import COPY, SAVE, opened_by_link, reactions
from assistant.web.running import Running
from assistant.web.source import EMPTY, Marked, gone_html, source_html
from assistant.web.timeline_tab import Events, timeline_tab
from index.errors import ArticleUnknown, AssistantError

HERE = Path(__file__).parent
CONCURRENCY = 2
"""So many questions are answered at once, as a question keeps a core busy; the others wait in a row."""

_ROW = "ask"
"""The row in which questions wait."""

_PLACE_DIGITS = 10
"""A place in an article has fewer."""

TITLE = "Ask the archive"


class Page:
    """One page over one store; what it does is also its JSON API."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.kept = Kept(assistant.store.path)
        self._running = Running()
        self._examples: tuple[int, list[str]] | None = None
        self._finding = threading.Lock()

    def examples(self) -> list[str]:
        """Questions that the corpus answers, found once a generation of the store."""
        generation = self.assistant.store.catalog.generation()
        with self._finding:
            if self._examples is None or self._examples[0] != generation:
                self._examples = generation, opening.examples(self.assistant)
        return self._examples[1]

    def head(self) -> str:
        """What is in the corpus, and who answers."""
        model = self.assistant.model
        if model is None:
            who = "Answers are quotes from the articles; no language model is used."
        else:
            who = f"Answers are written by {model.name}; each sentence is checked against quotes from the articles."
        return (
            f'<header class="head"><h1>{TITLE}</h1><p>{escape(opening.summary(self.assistant))}</p>'
            f'<p class="note">{escape(who)}</p></header>'
        )

    def take(self, question: str, turns: list[Turn], request: gr.Request) -> tuple[list[Turn], Any]:
        """Let a question wait for its answer, visibly; raises while another is waiting or being answered."""
        if not question.strip():
            return turns, messages(turns)
        if not self._running.take(str(request.session_hash), question.strip()):
            raise gr.Error("An answer is still coming: wait for it, or stop it.", print_exception=False)
        return turns, waiting(turns, question.strip())

    def ask(
        self,
        turns: list[Turn],
        narrowing: Narrowing,
        opened: str | None,
        browser: str,
        conversation: str | None,
        request: gr.Request,
    ) -> Iterator[tuple[Any, Any, Any]]:
        """Answer the question that waits, sentence by sentence, and keep the conversation that it began in."""
        session = str(request.session_hash)
        asked = self._running.begin(session)
        if asked is None:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        grown = turns
        intent, subject = intent_and_subject(asked.question)
        if opened and not narrowing.articles and intent in OF_ONE_ARTICLE and not subject:
            narrowing = self.only(narrowing, opened)
        try:
            for grown, shown in answering(self.assistant, turns, asked.question, narrowing, asked.stop):
                whole = grown[-1]["answer"] or grown[-1]["error"]
                if not whole and not asked.left:
                    yield grown, shown, gr.skip()
            conversation = keep(self.kept, browser, conversation, grown)
        finally:
            self._running.end(session, asked)
        # Whoever sees the whole answer may ask the next at once.
        if not asked.left:
            yield grown, messages(grown), conversation

    def only(self, narrowing: Narrowing, article_id: str) -> Narrowing:
        """The filters, and of all articles only the one that is open."""
        with suppress(ArticleUnknown):  # it was removed since it was opened
            article = self.assistant.article(article_id)
            return replace(narrowing, articles=((article.id, article.title or article.id),))
        return narrowing

    def stop(self, turns: list[Turn], request: gr.Request) -> tuple[Any, Any]:
        """Stop the question of a session; what only waits is shown as stopped at once."""
        waited = self._running.stop(str(request.session_hash))
        if waited is None:
            return gr.skip(), gr.skip()
        grown = [*turns, stopped(waited.question)]
        return grown, messages(grown)

    def leave(self, request: gr.Request) -> None:
        """Leave a conversation: what is being answered in it ends, and is shown no more."""
        self._running.leave(str(request.session_hash))

    def open_source(self, place: str, turns: list[Turn], events: Events) -> tuple[str, str | None]:
        """The article, and its id, that a citation ("cite-0-1"), passage or event ("event-1") is from."""
        kind, *rest = place.lstrip("#").split("-")
        if kind == "event":
            event = {**events[int(rest[0]) - 1], "number": 1, "mark": None}
            return self._open(event, [event], 1)
        turn, number = rest
        answer = turns[int(turn)]["answer"] if int(turn) < len(turns) else None
        if answer is None:
            return EMPTY, None
        rows = answer["citations"] if kind == "cite" else answer["passages"]
        chosen = rows[int(number) - 1]
        cited = rows if kind == "cite" else [{**chosen, "number": int(number), "mark": None}]
        return self._open(chosen, cited, int(number))

    def _open(self, chosen: dict[str, Any], cited: list[dict[str, Any]], here: int) -> tuple[str, str | None]:
        """The article of a citation, with all citations of it marked."""
        try:
            article = self.assistant.article(chosen["article_id"])
        except ArticleUnknown:
            return gone_html(chosen, "This article has since been removed. The quote was:"), None
        said = chosen.get("quote") or chosen.get("text")
        if article.text[chosen["start"] : chosen["end"]] != said:
            return gone_html(chosen, "This article has since been changed. The quote was:"), article.id
        marks = [
            Marked(row["start"], row["end"], row["number"], tuple(row["mark"]) if row["mark"] else None)
            for row in cited
            if row["article_id"] == article.id
        ]
        sentences = self.assistant.store.catalog.analysis(article)
        times = [timex for sentence in sentences for timex in sentence.times]
        posted = next((one.posted for one in sentences if one.start == chosen["start"]), None)
        notes = dates_told(article, times, chosen["start"], chosen["end"], posted)
        return source_html(article, marks, here, list(notes)), article.id

    def linked(self, query: Mapping[str, str]) -> tuple[Any, Any]:
        """The article, and its id, that a link to the page names, with the quote it names marked; nothing for none."""
        article_id, start, end = (str(query.get(name, "")) for name in ("article", "start", "end"))
        if not article_id:
            return gr.skip(), gr.skip()
        with faults.shown():
            article = self.assistant.article(article_id)
        able = all(place.isdecimal() and len(place) < _PLACE_DIGITS for place in (start, end))
        place = (int(start), int(end)) if able else (0, 0)
        marks = [Marked(*place, 1)] if 0 <= place[0] < place[1] <= len(article.text) else []
        return source_html(article, marks, 1), article.id

    def suggest(self, turns: list[Turn]) -> list[str]:
        """Questions to go on with, by the articles that the last answer cites."""
        answer = turns[-1]["answer"] if turns else None
        if not answer or answer["refused"]:
            return []
        found = []
        for article_id in dict.fromkeys(citation["article_id"] for citation in answer["citations"]):
            try:
                found.append(self.assistant.article(article_id))
            except ArticleUnknown:
                continue
        try:
            return opening.follow_ups(self.assistant, turns[-1]["question"], found)
        except AssistantError:
            return []


def build(assistant: Assistant, *, own: bool = True) -> gr.Blocks:
    """The page over a store; ``own`` where only the owner of the machine reaches it, who may connect a model."""
    page = Page(assistant)
    blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_height=True)
    with blocks:
        turns = gr.State([])
        narrowing = gr.State(Narrowing())
        opened = gr.State(None)
        conversation = gr.State(None)
        browser = browser_state(page.kept)
        head = gr.HTML(elem_id="head")
        head_note = gr.HTML(elem_id="head-note")
        source = gr.HTML(EMPTY, elem_id="source", render=False)
        with gr.Row(elem_id="ask"):
            with gr.Column(scale=3, elem_id="talk"), gr.Tabs() as tabs:
                with gr.Tab("Ask", id="ask"):
                    chat = gr.Chatbot(
                        label="Conversation",
                        elem_id="chat",
                        height="52vh",
                        buttons=[],
                        editable="user",
                        latex_delimiters=[],
                        show_label=False,
                        placeholder="Ask a question. Every sentence of the answer has its quote from the articles.",
                    )
                    told = reactions(page.kept, turns, chat, conversation)
                    chips = gr.HTML(elem_id="chips", js_on_load=_script("chips.js"))
                    suggested = gr.Radio([], label="Try one of these", elem_id="suggested", visible=False)
                    with gr.Row(elem_id="asking"):
                        question = gr.Textbox(
                            label="Your question", elem_id="question", lines=1, max_lines=4, scale=8, submit_btn="Ask"
                        )
                    with gr.Row(elem_id="buttons"):
                        stop = gr.Button("Stop", size="sm", min_width=80, elem_id="stop")
                        copy = gr.Button("Copy with sources", size="sm", min_width=80, elem_id="copy")
                        word = gr.Button("Save as Word", size="sm", min_width=80, elem_id="word")
                        clear = gr.Button("New conversation", size="sm", min_width=80, elem_id="clear")
                    with gr.Accordion("Filter by date and outlet", open=False, elem_id="narrow"):
                        with gr.Row():
                            as_of = gr.Textbox(label="As of (2026-02-10)", elem_id="as-of", max_lines=1)
                            first = gr.Textbox(label="Published from", elem_id="from", max_lines=1)
                            last = gr.Textbox(label="Published up to", elem_id="to", max_lines=1)
                        outlets = gr.Dropdown([], multiselect=True, label="Outlets", elem_id="outlets")
                        narrow = gr.Button("Apply", size="sm", min_width=80, elem_id="apply")
                    connected, spent = connect_panel(assistant) if own else (None, gr.HTML(elem_id="spent"))
                with gr.Tab("Timeline"):
                    events = timeline_tab(assistant, narrowing)
                with gr.Tab("Check a draft"):
                    draft_tab(assistant, narrowing)
                with gr.Tab("Articles"):
                    changed = corpus_tab(assistant, source, opened)
                with gr.Tab("History", elem_id="history") as history:
                    history_tab(page.kept, browser, history, tabs, turns, chat, conversation, page.leave)
            with gr.Column(scale=2, elem_id="side"):
                source.render()  # type: ignore[no-untyped-call]
                with gr.Row(elem_id="source-buttons"):
                    further = gr.Button("Next quote", size="sm", min_width=80, elem_id="next")
                    only = gr.Button("Only this article", size="sm", min_width=80, elem_id="only")
                    close = gr.Button("Close", size="sm", min_width=80, elem_id="close")
        copied = gr.Textbox(visible="hidden", elem_id="copied")
        saved = gr.Textbox(visible="hidden", elem_id="saved")
        bridge = gr.HTML(elem_id="bridge", js_on_load=_script("bridge.js"))

        def show(narrowing: Narrowing) -> tuple[Any, ...]:
            names = list(narrowing.outlets)
            day = [value.isoformat() if value else "" for value in (narrowing.as_of, narrowing.first, narrowing.last)]
            return chips_html(narrowing), *day, names

        def about() -> tuple[str, Any]:
            names: list[str] = []
            with suppress(AssistantError):  # no store yet: the summary says how to fill it
                names = list(assistant.outlets())
            return page.head(), gr.Dropdown(choices=names)

        def start(browser: str) -> tuple[Any, ...]:
            return *about(), browser or secrets.token_urlsafe(16)

        def link(request: gr.Request) -> tuple[Any, ...]:
            found = opened_by_link(page.kept, request)
            return found or (gr.skip(), gr.skip(), gr.skip())

        def linked(request: gr.Request) -> tuple[Any, Any]:
            return page.linked(request.query_params)

        def spending(turns: list[Turn]) -> str:
            return markup.spent_html(turn["answer"] for turn in turns if turn["answer"])

        def offer() -> Any:
            found: list[str] = []
            with suppress(AssistantError):
                found = page.examples()
            return gr.Radio(choices=found, value=None, label="Try one of these", visible=bool(found))

        def suggest(turns: list[Turn]) -> Any:
            found = page.suggest(turns)
            return gr.Radio(choices=found, value=None, label="Follow up", visible=bool(found))

        def apply(narrowing: Narrowing, as_of: str, first: str, last: str, outlets: list[str]) -> Narrowing:
            with faults.shown():
                return narrowed(narrowing, as_of, first, last, outlets)

        def only_this(narrowing: Narrowing, opened: str | None) -> Narrowing:
            if opened is None:
                raise gr.Error("Open an article first: click the number behind a sentence.", print_exception=False)
            return page.only(narrowing, opened)

        def in_text(turns: list[Turn]) -> tuple[str, str]:
            return "\n\n".join(markup.answer_text(turn["answer"]) for turn in turns if turn["answer"]), ""

        def in_word(turns: list[Turn]) -> tuple[str, str]:
            from assistant.web.word import word_file

            answers = [turn["answer"] for turn in turns if turn["answer"]]
            if not answers:
                return "", '<p role="status">There is no answer to save yet.</p>'
            return b64encode(word_file(answers)).decode(), ""

        def drop(narrowing: Narrowing, event: gr.EventData) -> Narrowing:
            return narrowing.without(str(event._data["drop"]))

        def cited(turns: list[Turn], events: Events, event: gr.EventData) -> tuple[str, str | None]:
            return page.open_source(str(event._data["place"]), turns, events)

        def submitted(question: str, turns: list[Turn], request: gr.Request) -> tuple[Any, ...]:
            return *page.take(question, turns, request), ""

        def again(turns: list[Turn], request: gr.Request) -> tuple[Any, ...]:
            return page.take(turns[-1]["question"] if turns else "", turns[:-1], request)

        def edited(turns: list[Turn], event: gr.EditData, request: gr.Request) -> tuple[Any, ...]:
            place = event.index // 2 if isinstance(event.index, int) else event.index[0] // 2
            return page.take(markup.question_of(str(event.value)), turns[:place], request)

        def empty(request: gr.Request) -> tuple[Any, ...]:
            page.leave(request)
            return [], [], EMPTY, None, None

        blocks.load(start, browser, [head, outlets, browser], api_visibility="private")
        for change in changed:
            change.then(about, None, [head, outlets], api_visibility="private")
        if connected:
            connected.change(about, None, [head, outlets], api_visibility="private")
        turns.change(spending, turns, spent, api_visibility="private")
        blocks.load(linked, None, [source, opened], api_visibility="private").then(
            None, None, None, js=_script("scroll.js")
        )
        blocks.load(link, None, [turns, chat, head_note], api_visibility="private")
        blocks.load(offer, None, suggested, api_visibility="private")
        asking: dict[str, Any] = {
            "fn": page.ask,
            "inputs": [turns, narrowing, opened, browser, conversation],
            "outputs": [turns, chat, conversation],
            "concurrency_limit": CONCURRENCY,
            "concurrency_id": _ROW,
        }

        for event, taken, inputs, outputs in (
            (question.submit, submitted, [question, turns], [turns, chat, question]),
            (suggested.input, page.take, [suggested, turns], [turns, chat]),
            (chat.retry, again, [turns], [turns, chat]),
            (chat.edit, edited, [turns], [turns, chat]),
        ):
            event(taken, inputs, outputs, api_visibility="private").success(**asking, api_visibility="private").then(
                suggest, turns, suggested, api_visibility="private"
            )
        stop.click(page.stop, turns, [turns, chat], queue=False, api_visibility="private")
        emptied = [turns, chat, source, opened, conversation]
        for emptying in (clear.click, chat.clear):
            emptying(empty, None, emptied, api_visibility="private").then(
                offer, None, suggested, api_visibility="private"
            )
        copy.click(in_text, turns, [copied, told], api_visibility="private").then(
            None, [copied, told], told, js=COPY, api_visibility="private"
        )
        word.click(in_word, turns, [saved, told], api_visibility="private").then(
            None, [saved, told], told, js=SAVE, api_visibility="private"
        )
        narrow.click(apply, [narrowing, as_of, first, last, outlets], narrowing, api_visibility="private")
        only.click(only_this, [narrowing, opened], narrowing, api_visibility="private")
        chips.click(drop, narrowing, narrowing, api_visibility="private")
        narrowing.change(show, narrowing, [chips, as_of, first, last, outlets], api_visibility="private")
        bridge.click(cited, [turns, events], [source, opened], api_visibility="private").then(
            None, None, None, js=_script("scroll.js")
        )
        further.click(None, None, None, js=_script("next.js"), api_visibility="private")
        close.click(lambda: (EMPTY, None), None, [source, opened], api_visibility="private")
        blocks.unload(page.leave)
        json_api(assistant, at_once=CONCURRENCY, queue=_ROW)
    return blocks


def _script(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
