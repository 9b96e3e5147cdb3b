"""The tab that checks a draft: each of its sentences with a verdict and the quotes that say so."""

from __future__ import annotations

import gradio as gr

from assistant.answer.draft_report import html
from assistant.api import Assistant
from assistant.web import faults
from assistant.web.narrowing import Narrowing


def draft_tab(assistant: Assistant, narrowing: gr.State) -> None:
    """Lay the tab out: a field for the draft, and below it what the articles say of each sentence."""
    draft = gr.Textbox(
        label="Your draft",
        placeholder="Paste a text: each sentence is looked up in the articles.",
        lines=8,
        max_lines=20,
        elem_id="draft",
    )
    check = gr.Button("Check the draft", size="sm", min_width=80, elem_id="check-draft")
    report = gr.HTML(elem_id="draft-report")

    def checked(text: str, narrowing: Narrowing, bar: gr.Progress = gr.Progress()) -> str:  # noqa: B008
        def told(what: str, done: int, total: int | None) -> None:
            bar((done, total), desc=what.capitalize())

        with faults.shown():
            return html(assistant.check(text or "", progress=told, **narrowing.options()))

    check.click(checked, [draft, narrowing], report, api_visibility="private")
