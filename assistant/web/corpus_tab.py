"""The tab with the articles: a table, a picture of them over time, files to add, and one to remove."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from html import escape
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

import gradio as gr

from assistant import messages
from assistant.api import Assistant
from assistant.web import faults
from assistant.web.source import EMPTY, source_html
from index.errors import AssistantError
from index.storage.history import Change
from index.times.published import published_days
from index.types import IngestReport

_COLUMNS = ["Title", "Outlet", "Published", "Language", "Id"]
_WIDTHS: list[str | int] = ["38%", "18%", "24%", "8%", "12%"]
_SHOWN = 20_000
"""Rows of the table at most; a browser is slow with more."""

_NAMED = 20
"""So many articles that were just added are told by their titles."""

_MOST_MONTHS = 60
"""A picture of more months shows years."""


def corpus_tab(assistant: Assistant, source: gr.HTML, opened: gr.State) -> list[Any]:
    """Lay the tab out; an article is opened in the source panel. Gives back the events that change the corpus."""
    removed = gr.State([])
    words = gr.Textbox(
        value="",
        label="Only articles with these words",
        placeholder="harbour strike",
        max_lines=1,
        elem_id="with-words",
    )
    table = gr.Dataframe(
        headers=_COLUMNS,
        interactive=False,
        show_search="search",
        elem_id="articles",
        label="Articles",
        max_height=360,
        column_widths=_WIDTHS,
    )
    picture = gr.BarPlot(
        x="month",
        y="articles",
        x_title="",
        y_title="",
        height=220,
        x_label_angle=60,
        elem_id="months",
        label="Articles over time",
    )
    with gr.Accordion("Add articles", open=False, elem_id="add"):
        files = gr.File(
            file_count="multiple", label="Upload files: text, web pages, PDF, Word, JSON Lines …", elem_id="files"
        )
        title = gr.Textbox(label="Or paste an article: its title", elem_id="paste-title", max_lines=1)
        text = gr.Textbox(label="Its text", lines=4, max_lines=12, elem_id="paste-text")
        add = gr.Button("Add", size="sm", min_width=80, elem_id="add-them")
        again = gr.Button("Look at all sources again", size="sm", min_width=80, elem_id="sync")
    result = gr.HTML(elem_id="added")
    with gr.Row():
        remove = gr.Button("Remove the opened article", size="sm", min_width=80, elem_id="remove")
        undo = gr.Button("Undo", size="sm", min_width=80, elem_id="undo", interactive=False)

    def fill(chosen: str | None) -> tuple[Any, Any]:
        try:
            return _rows(assistant, chosen), _months(assistant)
        except AssistantError:
            return [], gr.BarPlot(visible=False)

    def open_row(event: gr.SelectData) -> tuple[str, str | None]:
        with faults.shown():
            article = assistant.article(str(event.row_value[-1]))
            below = history_html(assistant.history(article.id))
        return source_html(article, [], 0, below=below), article.id

    def ingest(
        files: list[str] | None,
        title: str,
        text: str,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> str:
        paths = [_keep(assistant, Path(file)) for file in files or []]
        if text.strip():
            paths.append(_paste(assistant, title, text))
        if not paths:
            raise gr.Error("Choose files, or paste a text.", print_exception=False)
        with faults.shown():
            report = assistant.ingest(
                paths,
                again=True,
                progress=lambda stage, done, total: progress((done, total) if total else None, desc=stage),
            )
        return report_html(assistant, report)

    def look_again(progress: gr.Progress = gr.Progress()) -> str:  # noqa: B008
        with faults.shown():
            report = assistant.sync(
                progress=lambda stage, done, total: progress((done, total) if total else None, desc=stage)
            )
        return report_html(assistant, report)

    def take_out(opened: str | None, removed: list[Any]) -> tuple[Any, ...]:
        if opened is None:
            raise gr.Error("Open an article first: click its row.", print_exception=False)
        with faults.shown():
            gone = assistant.remove([opened])
        told = f"Removed: {escape(gone[0].article.title or opened)}"
        return [*removed, *gone], f'<p role="status">{told}</p>', gr.Button(interactive=True), EMPTY, None

    def put_back(removed: list[Any]) -> tuple[list[Any], str, Any]:
        with faults.shown():
            count = assistant.restore(removed[-1:])
        told = f"Back again: {escape(removed[-1].article.title or removed[-1].article.id)}" if count else "It is there."
        return removed[:-1], f'<p role="status">{told}</p>', gr.Button(interactive=len(removed) > 1)

    shown = [table, picture]
    blocks = gr.context.Context.root_block
    assert blocks is not None
    blocks.load(fill, words, shown, api_visibility="private")
    words.submit(fill, words, shown, api_visibility="private")
    table.select(open_row, None, [source, opened], api_visibility="private")
    taken = [removed, result, undo]
    changed = [
        add.click(ingest, [files, title, text], result, concurrency_limit=1, api_visibility="private"),
        again.click(look_again, None, result, concurrency_limit=1, api_visibility="private"),
        remove.click(take_out, [opened, removed], [*taken, source, opened], api_visibility="private"),
        undo.click(put_back, removed, taken, api_visibility="private"),
    ]
    return [change.then(fill, words, shown, api_visibility="private") for change in changed]


def report_html(assistant: Assistant, report: IngestReport) -> str:
    """What became of each file; articles beyond ``_NAMED`` are counted only."""
    counts = ", ".join(
        f"{len(ids):,} {name}"
        for name, ids in (
            ("added", report.added),
            ("updated", report.updated),
            ("unchanged", report.unchanged),
            ("removed", report.removed),
        )
        if ids
    )
    parts = [f'<p role="status">{counts or "Nothing was added"}</p>']
    named = [(word, name) for word, ids in (("added", report.added), ("updated", report.updated)) for name in ids]
    rows = [f"<li>{escape(assistant.article(name).title or name)}: {word}</li>" for word, name in named[:_NAMED]]
    parts += [f"<ul>{''.join(rows)}</ul>"] if rows else []
    folder = f"{_added(assistant)}/"  # is nobody's business
    parts += [f'<p class="amiss">{escape(failure.reason.replace(folder, ""))}</p>' for failure in report.failed]
    parts += [f'<p class="note">{escape(note)}</p>' for note in report.notes]
    return "".join(parts)


def history_html(changes: Sequence[Change]) -> str:
    """What an article said before it was changed, folded away."""
    if not changes:
        return ""
    rows = "".join(
        f"<h3>{escape(messages.changed_before(change.at))}</h3>"
        + "".join(f'<p class="{"went" if line[0] == "-" else "came"}">{escape(line)}</p>' for line in change.lines)
        for change in changes
    )
    return f'<details class="history"><summary>{escape(messages.was_changed(len(changes)))}</summary>{rows}</details>'


def _rows(assistant: Assistant, words: str | None) -> list[list[str]]:
    return [
        [one.title or one.uri, one.outlet or "", one.published or "", one.language or "", one.id]
        for one in islice(assistant.articles(words=(words or "").strip() or None), _SHOWN)
    ]


def _months(assistant: Assistant) -> Any:
    import pandas

    days = [published_days(article.published) for article in assistant.articles()]
    counts = Counter(f"{day[0]:%Y-%m}" for day in days if day and (day[1] - day[0]).days < 31)
    months = _row_of_months(min(counts), max(counts)) if counts else []
    if len(months) > _MOST_MONTHS:
        counts = Counter(day[0].strftime("%Y") for day in days if day)
        months = [str(year) for year in range(int(min(counts)), int(max(counts)) + 1)]
    if not months:
        return gr.BarPlot(visible=False)
    frame = pandas.DataFrame({"month": months, "articles": [counts[month] for month in months]})
    return gr.BarPlot(frame, visible=True, y_lim=[0, max(counts.values())])


def _row_of_months(first: str, last: str) -> list[str]:
    """Every month from one to another, those without an article too: "2024-11", "2024-12", "2025-01"."""
    begin, end = (12 * int(month[:4]) + int(month[5:]) - 1 for month in (first, last))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(begin, end + 1)]


def _added(assistant: Assistant) -> Path:
    """The folder beside the store that files added on the page are kept in."""
    store = assistant.store.path.absolute()
    folder = store.parent / f"{store.name}-added"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _keep(assistant: Assistant, file: Path) -> Path:
    """A file that was sent, under its own name, or one like it where another file has that already."""
    return Path(shutil.copy(file, _unused(_added(assistant) / file.name, file.read_bytes())))


def _paste(assistant: Assistant, title: str, text: str) -> Path:
    name = "".join(letter if letter.isalnum() else "-" for letter in title.strip() or text.strip()[:40]).strip("-")
    whole = (f"{title.strip()}\n\n{text}" if title.strip() else text).encode()
    path = _unused(_added(assistant) / f"{name[:80] or 'pasted'}.txt", whole)
    path.write_bytes(whole)
    return path


def _unused(path: Path, content: bytes) -> Path:
    """The path, or the first like it ("ferry-2.txt"), that no file of another content has: nothing is replaced."""
    stem, dot, ending = path.name.partition(".")
    numbered = (path.with_name(f"{stem}-{number}{dot}{ending}") for number in count(2))
    return next(one for one in chain([path], numbered) if not one.exists() or one.read_bytes() == content)
