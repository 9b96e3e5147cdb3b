"""The page's JSON API: what the page does, for programs; callable with ``gradio_client`` or plain HTTP."""

from __future__ import annotations

from dataclasses import asdict
from html import escape
from typing import Any

import gradio as gr
from gradio.events import api

from assistant.api import Assistant
from assistant.types import passage_json
from assistant.web import faults
from assistant.web.narrowing import Narrowing, narrowed

MOST_PASSAGES = 50


def json_api(assistant: Assistant, *, at_once: int, queue: str) -> None:
    """Offer ``/answer``, ``/search``, ``/events`` and ``/article``; questions wait in the row of those on the page.

    A fault is raised in the client with the words that a person would see.
    """

    def answer(question: str, as_of: str = "", published_from: str = "", published_to: str = "") -> dict[str, Any]:
        """Answer a question: the JSON of `assistant ask --json`. A day is written as 2026-02-10."""
        with faults.shown():
            within = narrowed(Narrowing(), as_of, published_from, published_to, ())
            return assistant.ask(str(question or ""), **within.options()).to_json()

    def search(question: str, top_k: int = 8) -> list[dict[str, Any]]:
        """The passages that bear on a question: the JSON of `assistant search --json`."""
        if not isinstance(top_k, int) or not 1 <= top_k <= MOST_PASSAGES:
            raise gr.Error(
                f"top_k is {escape(str(top_k))}; it has to be from 1 to {MOST_PASSAGES}", print_exception=False
            )
        with faults.shown():
            return [passage_json(passage) for passage in assistant.search(str(question or ""), top_k=top_k)]

    def events(subject: str, as_of: str = "", published_from: str = "", published_to: str = "") -> dict[str, Any]:
        """The dated events of a subject: the JSON of `assistant timeline --json`."""
        with faults.shown():
            within = narrowed(Narrowing(), as_of, published_from, published_to, ())
            return assistant.timeline(str(subject or ""), **within.options()).to_json()

    def article(article_id: str) -> dict[str, Any]:
        """A whole article: the JSON of `assistant articles show --json`."""
        with faults.shown():
            return asdict(assistant.article(str(article_id or "")))

    for work in (answer, search, events, article):
        api(work, api_name=work.__name__, concurrency_limit=at_once, concurrency_id=queue)
