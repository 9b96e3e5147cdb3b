"""The tab with a subject's dated events: a picture to zoom into, and each with its quote below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

import gradio as gr

from assistant.api import Assistant
from assistant.web import faults
from assistant.web.narrowing import Narrowing
from index.times.published import published_in_words

MOST = 200
"""Events at most, of each kind."""

Events = list[dict[str, Any]]

_ROOM = 0.04
"""How much of its width a picture has free on each side."""

Zoom = tuple[float, float] | None
"""The first and the last moment shown, in seconds since 1970; None for all."""


def timeline_tab(assistant: Assistant, narrowing: gr.State) -> gr.State:
    """Lay the tab out; returns the state with the events, whose links are "#event-N", N from 1."""
    events = gr.State([])
    with gr.Row():
        subject = gr.Textbox(
            label="Subject",
            placeholder="Who or what: one name, two names, a subject",
            elem_id="subject",
            max_lines=1,
            submit_btn="Show",
        )
    picture = gr.ScatterPlot(
        x="when",
        y="article",
        color="status",
        color_map={"happened": "#3b82f6", "planned": "#f08c2e", "called off": "#8b8f98"},
        x_title="",
        y_title="",
        height=320,
        elem_id="picture",
        label="Blue happened, orange was planned, grey was called off. Drag to zoom in, double-click to see all",
        visible=False,
    )
    rows = gr.HTML(elem_id="events")

    def show(subject: str | None, narrowing: Narrowing) -> tuple[Events, Any, str]:
        if not (subject or "").strip():
            return [], gr.ScatterPlot(visible=False), ""
        with faults.shown():
            found = assistant.timeline(str(subject), most=MOST, **narrowing.options()).to_json()
        events: Events = [*found["events"], *found["undated"]]
        notices = [notice["message"] for notice in found["notices"]]
        return events, _picture(events, None), events_html(events, None, notices)

    def closer(events: Events, event: gr.SelectData) -> tuple[Any, str]:
        first, last = (float(value) for value in event.index)
        zoom = first, last
        return _picture(events, zoom), events_html(events, zoom)

    def all_again(events: Events) -> tuple[Any, str]:
        return _picture(events, None), events_html(events, None)

    # A picture that is shown keeps the articles of the subject before: it is taken away and made anew.
    for asked in (subject.submit, narrowing.change):
        asked(lambda: gr.ScatterPlot(visible=False), None, picture, api_visibility="private").then(
            show, [subject, narrowing], [events, picture, rows], api_visibility="private"
        )
    picture.select(closer, events, [picture, rows], api_visibility="private")
    picture.double_click(all_again, events, [picture, rows], api_visibility="private")
    return events


def events_html(events: Sequence[dict[str, Any]], zoom: Zoom, notices: Sequence[str] = ()) -> str:
    """The dated events in a zoom, in order, then the undated ones; each quote opens its article."""
    dated = [(number, event) for number, event in enumerate(events, 1) if event["when"]]
    undated = [(number, event) for number, event in enumerate(events, 1) if not event["when"]]
    shown = [pair for pair in dated if zoom is None or _in(pair[1], zoom)]
    if not dated and not undated:
        return '<p class="note">Nothing with a time was found.</p>'
    parts = ['<ol class="events">', *(_row(*pair) for pair in shown), "</ol>"]
    if len(shown) < len(dated):
        parts.append(f'<p class="note">{len(dated) - len(shown)} more are not in these days.</p>')
    if undated:
        parts.append("<h3>Undated: the articles do not tell which days they mean</h3>")
        parts += ['<ol class="events">', *(_row(*pair) for pair in undated), "</ol>"]
    parts += [f'<p class="note">{escape(notice)}</p>' for notice in notices]
    return "".join(parts)


def _row(number: int, event: dict[str, Any]) -> str:
    status = f" ({event['status']})" if event["status"] != "happened" else ""
    when = escape(event["when"] or f"“{event['said']}”") + status
    where = f"{escape(event['title'] or event['uri'])} · {escape(published_in_words(event['published']))}"
    return (
        f'<li><span class="when">{when}</span> <a class="cite near" href="#event-{number}">{escape(event["quote"])}</a>'
        f' <span class="where">{where}</span></li>'
    )


def _picture(events: Sequence[dict[str, Any]], zoom: Zoom) -> Any:
    import pandas

    rows = [
        {
            "when": _middle(event),
            "article": (event["title"] or event["uri"])[:40],
            "status": event["status"],
            "days": event["when"],
        }
        for event in events
        if event["when"]
    ]
    if not rows:
        return gr.ScatterPlot(visible=False)
    frame = pandas.DataFrame(rows).astype({"when": "datetime64[ns]"})
    return gr.ScatterPlot(frame, visible=True, x_lim=list(zoom or _all_days(rows)), tooltip=["days", "article"])


def _all_days(rows: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """From the first to the last event, with room beside them, in seconds since 1970."""
    moments = [(row["when"] - date(1970, 1, 1)).total_seconds() for row in rows]
    room = max(_ROOM * (max(moments) - min(moments)), timedelta(days=3).total_seconds())
    return min(moments) - room, max(moments) + room


def _middle(event: dict[str, Any]) -> date:
    """The day in the middle of an event's days; of those with an open end the other end."""
    first, last = (date.fromisoformat(event[name]) if event[name] else None for name in ("first", "last"))
    if first and last:
        return first + timedelta(days=(last - first).days // 2)
    return first or last or date.min


def _in(event: dict[str, Any], zoom: tuple[float, float]) -> bool:
    moment = (_middle(event) - date(1970, 1, 1)).total_seconds()
    return zoom[0] <= moment <= zoom[1]
