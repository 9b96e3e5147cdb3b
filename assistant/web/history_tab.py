"""The tab with the earlier conversations of a browser: opened, renamed, deleted."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import gradio as gr

from assistant.user_data import Kept
from assistant.web import faults
from assistant.web.conversation import Turn, messages
from index.errors import AssistantError

_NONE_YET = "No conversations yet. They are kept here, in this browser."


def browser_state(kept: Kept) -> gr.BrowserState:
    """What knows a browser again: a random text that only it holds, sealed."""
    try:
        secret = kept.secret()
    except AssistantError:  # a store that cannot be written keeps no conversation, and the page works without
        secret = secrets.token_urlsafe(24)
    return gr.BrowserState("", storage_key="ask-the-archive", secret=secret)


def keep(kept: Kept, browser: str, conversation: str | None, turns: list[Turn]) -> str | None:
    """Keep a conversation as far as it has come; it goes on unkept where the store cannot be written."""
    if not browser or not turns:
        return conversation
    try:
        return kept.save(browser, conversation, turns)
    except AssistantError:
        return conversation


def history_tab(
    kept: Kept,
    browser: gr.BrowserState,
    tab: gr.Tab,
    tabs: gr.Tabs,
    turns: gr.State,
    chat: gr.Chatbot,
    conversation: gr.State,
    leave: Callable[[gr.Request], None],
) -> None:
    """Lay the tab out; a conversation that is opened goes on in the tab to ask, after ``leave`` has left the other."""
    none_yet = gr.HTML(f'<p class="note">{_NONE_YET}</p>', elem_id="none-yet")
    earlier = gr.Radio([], label="Earlier conversations in this browser", elem_id="earlier", visible=False)
    name = gr.Textbox(label="Name", elem_id="its-name", max_lines=1, max_length=200)
    with gr.Row():
        open_it = gr.Button("Open", size="sm", min_width=80, elem_id="open-it")
        rename = gr.Button("Rename", size="sm", min_width=80, elem_id="rename")
        delete = gr.Button("Delete", size="sm", min_width=80, elem_id="delete")

    def listed(browser: str, chosen: str | None = None) -> tuple[Any, Any, str]:
        with faults.shown():
            found = kept.conversations(browser) if browser else []
        choices = [(f"{one.title} ({one.changed:%-d %b %Y, %H:%M} UTC)", one.id) for one in found]
        titles = {one.id: one.title for one in found}
        kept_choice = chosen if chosen in titles else None
        radio = gr.Radio(choices=choices, value=kept_choice, visible=bool(found))
        return radio, gr.HTML(visible=not found), titles.get(chosen or "", "")

    def choose(browser: str, chosen: str | None) -> str:
        return listed(browser, chosen)[2]

    def reopen(browser: str, chosen: str | None, request: gr.Request) -> tuple[Any, ...]:
        if not chosen:
            raise gr.Error("Choose a conversation first.", print_exception=False)
        leave(request)
        with faults.shown():
            found = kept.turns(browser, chosen)
        return found, messages(found), chosen, gr.Tabs(selected="ask")

    def call(browser: str, chosen: str | None, name: str) -> tuple[Any, Any, str]:
        if not chosen or not name.strip():
            raise gr.Error("Choose a conversation and write its name.", print_exception=False)
        with faults.shown():
            kept.rename(browser, chosen, name)
        return listed(browser, chosen)

    def forget(browser: str, chosen: str | None, open_now: str | None, request: gr.Request) -> tuple[Any, ...]:
        if not chosen:
            raise gr.Error("Choose a conversation first.", print_exception=False)
        if chosen == open_now:
            leave(request)
        with faults.shown():
            kept.delete(browser, chosen)
        closed = ([], [], None) if chosen == open_now else (gr.skip(), gr.skip(), gr.skip())
        return *listed(browser), *closed

    shown = [earlier, none_yet, name]
    tab.select(listed, [browser, earlier], shown, api_visibility="private")
    earlier.input(choose, [browser, earlier], name, api_visibility="private")
    open_it.click(reopen, [browser, earlier], [turns, chat, conversation, tabs], api_visibility="private")
    rename.click(call, [browser, earlier, name], shown, api_visibility="private")
    delete.click(
        forget, [browser, earlier, conversation], [*shown, turns, chat, conversation], api_visibility="private"
    )
