"""A language model connected on the page: its server, key and name are tried, and kept in this process only."""

from __future__ import annotations

import os
from html import escape
from typing import Any

import gradio as gr

from assistant.api import Assistant, choose_model, guarded
from assistant.model.openai import Usage, read_briefly
from index.errors import ModelFailed

_TRIED = [{"role": "user", "content": "Reply with the one word: ready"}]
_ENOUGH = 200
"""Characters of the reply that are read."""

_ACCESS = ("OPENAI_BASE_URL", "OPENAI_API_KEY")
"""The variables of this process that say where a model is, and who asks."""


def connect_panel(assistant: Assistant) -> tuple[gr.HTML, gr.HTML]:
    """The panel; gives back what tells how it went, which changes whenever the model does, and what it costs."""
    with gr.Accordion("Language model", open=False, elem_id="connect"):
        with gr.Row():
            address = gr.Textbox(
                os.environ.get("OPENAI_BASE_URL", ""),
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
        assistant.model = assistant.fast_model = None
        return _line("Answers are quotes from the articles again.")

    use.click(tried, [address, name, key], [told, key], api_visibility="private")
    leave.click(left, None, told, api_visibility="private")
    return told, spent


def connect(assistant: Assistant, address: str, name: str, key: str) -> str:
    """Let a model write the answers from now on, if it replies; says how it went.

    An empty ``key`` keeps the one there is.
    """
    if not name.strip():
        return "Name a model, such as llama3.2 or gpt-4o-mini."
    before = {variable: os.environ.get(variable) for variable in _ACCESS}
    _set({"OPENAI_BASE_URL": address.strip() or None, "OPENAI_API_KEY": key.strip() or before["OPENAI_API_KEY"]})
    settings = assistant.settings
    model = guarded(choose_model(name.strip(), settings), settings, assistant.store.path, None)
    assert model
    try:
        read_briefly(model, _TRIED, Usage(), _ENOUGH)
    except ModelFailed as error:
        _set(before)
        return f"Not connected: {error}."
    assistant.model, assistant.fast_model = model, None
    return f"Connected: {model.name} writes the answers until the program ends, or another is chosen."


def _set(values: dict[str, str | None]) -> None:
    for variable, value in values.items():
        if value is None:
            os.environ.pop(variable, None)
        else:
            os.environ[variable] = value


def _line(text: str) -> str:
    return f'<p class="note" role="status">{escape(text)}</p>'
