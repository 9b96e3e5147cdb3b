"""What a person does with an answer: share it by a link, and say whether it was good."""

from __future__ import annotations

from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.user_data import Kept
from assistant.web import faults
from assistant.web.conversation import Turn, history_of, messages
from index.times.days import day_in_words

COPY = (Path(__file__).parent / "copy.js").read_text(encoding="utf-8").strip()
"""From a text and what is told to what is told afterwards; the text is in the clipboard, or there to be selected."""

SAVE = (Path(__file__).parent / "save.js").read_text(encoding="utf-8").strip()
"""From a file in base64, and its name, to what is told afterwards; the browser saves it."""

_COPY_LINK = f"async (link, told) => link ? await ({COPY})(new URL(link, location.href).href, told) : told"


def reactions(kept: Kept, turns: gr.State, chat: gr.Chatbot, conversation: gr.State) -> gr.HTML:
    """Lay out the line below a conversation that tells of shared links, and asks why after a thumb; gives it back."""
    judged = gr.State(None)
    told = gr.HTML(elem_id="told")
    link = gr.Textbox(visible="hidden", elem_id="link")
    why = gr.Textbox(
        label="Tell us more (saved with your rating, for whoever runs this page)",
        elem_id="why",
        max_lines=3,
        max_length=2000,
        submit_btn="Send",
        visible=False,
    )
    script = (Path(__file__).parent / "share.js").read_text(encoding="utf-8")
    sharing = gr.HTML(elem_id="sharing", js_on_load=script)

    def share(turns: list[Turn], event: gr.EventData) -> tuple[str, str]:
        turn = turns[int(event._data["turn"])]
        if not turn["answer"]:
            raise gr.Error("There is no answer to share yet.", print_exception=False)
        with faults.shown():
            token = kept.share(turn)
        path = f"?shared={token}"
        return (
            f'<p role="status">Whoever can open this page can read this answer, as it is now, at <a href="{path}">this '
            "link</a>.</p>"
        ), path

    def judge(turns: list[Turn], conversation: str | None, event: gr.LikeData) -> tuple[Any, Any, str]:
        place = (event.index if isinstance(event.index, int) else event.index[0]) // 2
        answer = turns[place]["answer"] if place < len(turns) else None
        if answer is None:
            raise gr.Error("There is no answer to rate.", print_exception=False)
        if conversation is None:
            raise gr.Error("This answer was given in another browser: ask again to rate it.", print_exception=False)
        asked = {
            "question": turns[place]["question"],
            "history": history_of(turns[:place]),
            "options": turns[place]["options"],
            "answer": answer,
        }
        with faults.shown():
            kept.judge(conversation, place, event.liked is True, asked)
        said = "good" if event.liked is True else "not good"
        return (conversation, place), gr.Textbox(value="", visible=True), f'<p role="status">Kept: {said}.</p>'

    def comment(judged: tuple[str, int], text: str) -> tuple[Any, str]:
        with faults.shown():
            kept.comment(*judged, text)
        return gr.Textbox(visible=False), '<p role="status">Kept, thank you.</p>'

    sharing.click(share, turns, [told, link], api_visibility="private").then(
        None, [link, told], told, js=_COPY_LINK, api_visibility="private"
    )
    chat.like(judge, [turns, conversation], [judged, why, told], api_visibility="private")
    why.submit(comment, [judged, why], [why, told], api_visibility="private")
    return told


def opened_by_link(kept: Kept, request: gr.Request) -> tuple[list[Turn], list[dict[str, Any]], str] | None:
    """The answer whose link was opened, and a line that says so; None where none was."""
    token = request.query_params.get("shared")
    if not token:
        return None
    with faults.shown():
        found = kept.shared(str(token))
    if found is None:
        return [], [], '<p class="amiss" role="alert">There is no shared answer at this link.</p>'
    turn, made = found
    return [turn], messages([turn]), _shared_on(made)


def _shared_on(made: datetime) -> str:
    return f'<p role="status">A shared answer, as it was on {escape(day_in_words(made.date()))}.</p>'
