"""A language model connected on the page: its server, key and name are tried, and kept in this process only."""

from __future__ import annotations

from html import escape
from typing import Any

import gradio as gr

from assistant.api import Assistant, guarded
from assistant.model.openai import OpenAIModel, Usage, is_address, known_access, read_briefly
from index.errors import AssistantError

_TRIED = [{"role": "user", "content": "Reply with the one word: ready"}]
_ENOUGH = 200
"""Characters of the reply that are read."""


def connect_panel(assistant: Assistant) -> tuple[gr.HTML, gr.HTML]:
    """The panel; gives back what tells how it went, which changes whenever the model does, and what it costs."""
    with gr.Accordion("Language model", open=False, elem_id="connect"):
        with gr.Row():
            address = gr.Textbox(
                known if is_address(known := known_access()[0]) else "",
                label="Address of the server (empty: OpenAI)",
                placeholder="http://127.0.0.1:11434/v1",
                max_lines=1,
                elem_id="server",
            )
            name = gr.Textbox(
                assistant.model.name if assistant.model else "", label="Model", max_lines=1, elem_id="model"
            )
            key = gr.Textbox(label="Key (kept until the program ends)", type="password", max_lines=1, elem_id="key")
        with gr.Row():
            use = gr.Button("Test and use", size="sm", min_width=80, elem_id="use")
            leave = gr.Button("Answer without a model", size="sm", min_width=80, elem_id="leave")
        told = gr.HTML(elem_id="connected")
        spent = gr.HTML(elem_id="spent")

    def tried(address: str, name: str, key: str) -> tuple[str, Any]:
        return _line(connect(assistant, address, name, key)), ""

    def left() -> str:
        assistant.model = assistant.fast_model = assistant.judge = None
        return _line("Answers are quotes from the articles again.")

    use.click(tried, [address, name, key], [told, key], api_visibility="private")
    leave.click(left, None, told, api_visibility="private")
    return told, spent


def connect(assistant: Assistant, address: str, name: str, key: str) -> str:
    """Let a model write the answers from now on, if it replies; says how it went.

    Without a ``key`` that of the environment is used, but only at the address of the environment.
    """
    if not name.strip():
        return "Name a model, such as llama3.2 or gpt-4o-mini."
    known_address, known_key = known_access()
    if not key.strip() and address.strip() == known_address:
        key = known_key
    settings = assistant.settings
    model = OpenAIModel(name.strip(), settings, address=address.strip(), key=key.strip())
    checked = guarded(model, settings, assistant.store.path, assistant.redact)
    assert checked
    try:
        read_briefly(checked, _TRIED, Usage(), _ENOUGH)
    except AssistantError as error:
        return f"Not connected: {error}."
    assistant.model, assistant.fast_model, assistant.judge = checked, None, None
    return f"Connected: {checked.name} writes the answers until the program ends, or another is chosen."


def _line(text: str) -> str:
    return f'<p class="note" role="status">{escape(text)}</p>'
