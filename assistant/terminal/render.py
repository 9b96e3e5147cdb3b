"""Answers, passages and reports for a terminal: coloured, as wide as it is, with numbered sources."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from types import TracebackType

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.table import Table
from rich.text import Text

from assistant import messages
from assistant.messages import UNSURE_SHOWN
from assistant.timeline import Timeline, TimelineEvent
from assistant.types import Answer, Citation, DraftReport, Event, PassagesFound, SentenceReady, VerifiedClaim
from assistant.user_data import Opinion
from index.passage import Passage
from index.storage.history import Change
from index.storage.source_memory import Remembered
from index.times.days import days_in_words
from index.times.timex3 import Timex3
from index.types import Article, IngestReport

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ANSWERERS = {"extractive": "quotes from the articles, no language model", "catalog": "the list of articles"}
_QUIET = ("published", "time_asked", "from_catalog", "first_sentences")
"""Codes of what was understood, where nothing is amiss."""

_MAX_CHANGES = 40
_MAX_FAILURES = 20
_SHORT = 220


def consoles() -> tuple[Console, Console]:
    """For results, and for what is said beside them (standard error)."""
    return Console(highlight=False), Console(stderr=True, highlight=False)


def printable(text: str) -> str:
    """Text of an article without what would steer the terminal (escape codes, direction overrides)."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def answer(given: Answer, articles: dict[str, Article]) -> RenderableType:
    """An answer with its sources under it, or a refusal with the nearest passages."""
    parts: list[RenderableType] = []
    if given.understood:
        parts.append(Text(printable(f"{messages.understood(given.question, given.understood)}\n"), style="italic"))
    if given.refused:
        parts.append(Text(given.text, style="bold"))
        if given.passages:
            parts.append(Text("\nNearest passages, which may not answer it", style="dim"))
            near = [passage(found, place, shorten=True) for place, found in enumerate(given.passages[:3], 1)]
            parts += [Padding(entry, (0, 0, 0, 2)) for entry in near]
    else:
        body = Text()
        for number, sentence in enumerate(given.sentences):
            if number:
                body.append(given.text[given.sentences[number - 1].end : sentence.start])
            first = given.citations[sentence.citations[0] - 1] if sentence.citations else None
            body.append(_marked(sentence.text, first))
            body.append("".join(f" [{mark}]" for mark in sentence.citations), style="bold cyan")
            if sentence.verdict == "unsure":
                body.append(" (unsure)", style="yellow")
        parts.append(body)
        if any(sentence.verdict == "unsure" for sentence in given.sentences):
            parts.append(Text(f"(unsure: {UNSURE_SHOWN})", style="dim"))
        told = [one for one in given.annotations if one.kind not in ("duration", "set")]  # the words say it themselves
        parts += [Text(f"({printable(annotation.text)})", style="dim") for annotation in told]
        if given.citations:
            parts.append(Text("\nSources", style="bold"))
        parts += [_source(cited, articles.get(cited[0].article_id)) for cited in _by_article(given.citations)]
    parts += [
        Text(f"\nNote: {printable(notice.message)}", style="dim" if notice.code in _QUIET else "yellow")
        for notice in given.notices
    ]
    for dropped in given.dropped:
        parts.append(Text(printable(f"Left out: {dropped.text} ({dropped.reason})"), style="dim"))
    explained = _ANSWERERS.get(given.answerer, "a language model; every sentence rests on the quotes it cites")
    sure = "" if given.refused or given.confidence is None else f", {given.confidence:.0%} sure"
    spent = f"{given.timings_ms['total']:.0f} ms"
    if given.usage:
        spent += f", {given.usage['prompt_tokens'] + given.usage['completion_tokens']:,.0f} tokens"
        spent += f", {given.usage['cost']:.4f} in money" if "cost" in given.usage else ""
    parts.append(Text(f"\nanswered by {given.answerer} ({explained}){sure}, {spent}", style="dim"))
    return Group(*parts)


_VERDICTS = {"supported": "green", "unsure": "yellow", "unsupported": "red", "contradicted": "red"}


def verified(found: VerifiedClaim) -> RenderableType:
    """The verdict on a claim, with the quotes it rests on."""
    head = Text(found.verdict, style=f"bold {_VERDICTS[found.verdict]}")
    head.append(f" ({found.score:.0%} sure that the quotes say it)", style="dim")
    parts: list[RenderableType] = [head]
    if found.reason:
        parts.append(Text(printable(found.reason), style="dim"))
    for citation in found.citations:
        parts.append(Text(printable(f"\n“{citation.quote}”")))
        parts.append(_source([citation], None))
    return Group(*parts)


_DRAFT_VERDICTS = {"supported": "green", "contradicted": "red", "not found": "yellow"}


def checked_draft(report: DraftReport) -> RenderableType:
    """The sentences of a draft with their verdicts, the words set off that no quote has, and the quotes."""
    parts: list[RenderableType] = []
    for sentence in report.sentences:
        line = Text(f"{sentence.verdict:12} ", style=f"bold {_DRAFT_VERDICTS[sentence.verdict]}")
        written = Text(printable(sentence.text), style="not bold default")
        for start, end in sentence.marks:
            written.stylize("bold underline", start - sentence.start, end - sentence.start)
        parts.append(line + written)
        marked = [report.text[start:end] for start, end in sentence.marks]
        if told := messages.checked(sentence.verdict, sentence.sources, marked):
            parts.append(Padding(Text(printable(told), style="dim"), (0, 0, 0, 13)))
        for citation in sentence.citations:
            where = " · ".join(filter(None, (citation.title or citation.uri, citation.outlet, citation.published)))
            parts.append(Padding(Text(printable(f"“{citation.quote}” {where}"), style="dim"), (0, 0, 0, 13)))
    parts.append(Text(f"\n{messages.draft_counts(report.counts)}"))
    return Group(*parts)


def watch(events: Iterable[Event], model: str) -> Event:
    """Show an answer while it comes, sentence by sentence; what is shown is gone when the last event is given back."""
    from rich.live import Live

    console, _ = consoles()
    shown = Text(f"Asking {printable(model)} …", style="dim")
    last: Event = PassagesFound(())
    with Live(shown, console=console, transient=True, refresh_per_second=8) as live:
        for last in events:
            if isinstance(last, SentenceReady):
                if shown.plain.startswith("Asking"):
                    shown = Text()
                marks = "".join(f" [{number}]" for number in last.sentence.citations)
                shown.append(("\n" if shown else "") + printable(last.sentence.text)).append(marks, style="bold cyan")
                live.update(shown, refresh=True)
    return last


def _marked(sentence: str, citation: Citation | None) -> Text:
    """A quoted sentence with the words that answer set off."""
    text = Text(printable(sentence))
    if citation and citation.mark:
        text.stylize("bold underline", *(place - citation.start for place in citation.mark))
    return text


def _by_article(citations: Iterable[Citation]) -> list[list[Citation]]:
    grouped: dict[str, list[Citation]] = {}
    for citation in citations:
        grouped.setdefault(citation.article_id, []).append(citation)
    return list(grouped.values())


def _source(citations: list[Citation], article: Article | None) -> RenderableType:
    marks = "".join(f"[{citation.number}]" for citation in citations)
    places = ", ".join(f"{citation.start}-{citation.end}" for citation in citations)
    cited = citations[0]
    known = byline(article) if article else cited.published or "undated"
    posted = dict.fromkeys(one.posted for one in citations if one.posted)
    known += "".join(f", {messages.posted(datetime.fromisoformat(one))}" for one in posted)
    known += "".join(f", {messages.on_page(page)}" for page in dict.fromkeys(one.page for one in citations) if page)
    copies = f" · {messages.also_in(cited.also_in)}" if cited.also_in else ""
    return _entry(
        Text(marks, style="bold cyan"),
        Text(printable(cited.title or cited.uri), style="bold"),
        Text(printable(f"{known} · {cited.uri}, {places}{copies}"), style="dim"),
    )


def _entry(mark: Text, *lines: Text) -> RenderableType:
    """Lines that hang beside a mark."""
    entry = Table.grid(padding=(0, 1))
    entry.add_column(no_wrap=True)
    entry.add_column()
    for number, line in enumerate(lines):
        entry.add_row(mark if number == 0 else "", line)
    return entry


def byline(article: Article) -> str:
    """Who, where and when, as far as it is known."""
    updated = f"updated {article.updated}" if article.updated else None
    known = [article.agency, article.author, article.place, article.published or "undated", updated]
    return ", ".join(part for part in known if part)


def passage(found: Passage, place: int, *, shorten: bool = False) -> RenderableType:
    """A passage that was found, with the reason."""
    text = shorten_text(found.text) if shorten else found.text
    where = f"{byline(found.article)} · {found.article.uri}, {found.chunk.start}-{found.chunk.end}"
    lines = [
        Text(printable(found.article.title or found.article.uri), style="bold"),
        Text(printable(text)),
        Text(printable(where), style="dim"),
    ]
    if not shorten:  # a rank score is no probability, so beside a refusal it would mislead
        lines.append(Text(f"score {found.score:.3f} · {found.why}", style="dim"))
    return _entry(Text(f"{place}.", style="cyan"), *lines)


def timeline(found: Timeline) -> RenderableType:
    """Dated events in order, then what is undated."""
    left_out = [Text(f"Note: {notice.message}", style="dim") for notice in found.notices]
    if not found.events and not found.undated:
        return Group(Text("Nothing with a time was found."), *left_out)
    parts: list[RenderableType] = [_event(event) for event in found.events]
    if found.undated:
        parts.append(Text("\nUndated: the articles do not tell which days they mean", style="bold"))
        parts += [_event(event) for event in found.undated]
    return Group(*parts, *left_out)


def times(text: str, found: Sequence[Timex3]) -> RenderableType:
    """Expressions of time with their kind, their value, and their days in words."""
    if not found:
        return Text("No expression of time was found.")
    table = Table("text", "kind", "TIMEX3 value", "days", box=None, pad_edge=False)
    for one in found:
        days = days_in_words(one.first, one.last) if one.first and one.last else ""
        value = f"{one.value} {one.mod}".strip()
        table.add_row(printable(text[one.start : one.end]), one.type.lower(), value, days)
    return table


def opinions(found: Sequence[Opinion]) -> RenderableType:
    """What people thought of answers, in the order in which they told."""
    if not found:
        return Text("No feedback yet. Readers can rate answers with the thumbs on the web page.")
    table = Table("when", "", "question", "answer", "why", show_lines=True)
    for opinion in found:
        answer = opinion.short or opinion.answer
        row = (opinion.told[:10], "good" if opinion.liked else "not good", opinion.question, answer, opinion.comment)
        table.add_row(*map(printable, row))
    return table


def _event(event: TimelineEvent) -> RenderableType:
    cited = event.citation
    when = days_in_words(event.first, event.last) if event.precision else f"“{printable(event.said)}”"
    text = Text(printable(cited.quote))
    if cited.mark:
        text.stylize("bold underline", *(place - cited.start for place in cited.mark))
    source = f"{cited.title or cited.uri} · {cited.published or 'undated'} · {cited.uri}, {cited.start}-{cited.end}"
    entry = Table.grid(padding=(0, 1))
    entry.add_column(width=20)
    entry.add_column()
    entry.add_row(Text(when + (f" ({event.status})" if event.status != "happened" else ""), style="bold cyan"), text)
    entry.add_row("", Text(printable(source), style="dim"))
    return entry


def shorten_text(text: str) -> str:
    """The beginning of a text, in one line, cut between words."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[:_SHORT].rsplit(" ", 1)[0] + " …"


def report(done: IngestReport, *, dry: bool = False, each: bool = False) -> RenderableType:
    """What an ingest did, or would do; with ``each`` also where: + added, ~ updated, - removed."""
    counts = Text(", ").join(
        Text(f"{len(ids)} {name}", style="bold" if ids else "dim")
        for name, ids in (
            ("added", done.added),
            ("updated", done.updated),
            ("unchanged", done.unchanged),
            ("removed", done.removed),
            ("failed", done.failed),
        )
    )
    parts: list[RenderableType] = [Text("would be: ") + counts if dry else counts]
    if each:
        changed = [
            f"{sign} {printable(done.places.get(one, one))}"
            for sign, ids in (("+", done.added), ("~", done.updated), ("-", done.removed))
            for one in ids
        ]
        parts += [Text(line) for line in changed[:_MAX_CHANGES]]
        if len(changed) > _MAX_CHANGES:
            parts.append(Text(f"... and {len(changed) - _MAX_CHANGES:,} more (see them all with --json)"))
    if done.foreign:
        languages = ", ".join(f"{count} in {language!r}" for language, count in done.foreign.items())
        parts.append(Text(f"Note: {messages.foreign(languages)}", style="yellow"))
    if done.left_out:
        parts.append(Text(f"{messages.left_out(len(done.left_out))}", style="dim"))
    parts += [Text(f"Note: {printable(note)}", style="yellow") for note in done.notes[:_MAX_FAILURES]]
    if len(done.notes) > _MAX_FAILURES:
        parts.append(Text(f"... and {len(done.notes) - _MAX_FAILURES} more notes (see them all with --json)"))
    return Group(*parts)


def failures(done: IngestReport) -> Iterable[str]:
    """What was not ingested, a line each."""
    for failure in done.failed[:_MAX_FAILURES]:
        yield "failed: " + printable(" ".join(failure.reason.split()))
    if len(done.failed) > _MAX_FAILURES:
        yield f"... and {len(done.failed) - _MAX_FAILURES} more (see them all with --json)"


def articles(listed: Iterable[Article]) -> RenderableType:
    """A table of articles."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("id", "published", "outlet", "title"):
        table.add_column(name, overflow="fold", no_wrap=name == "id")
    for article in listed:
        when = (article.published or "–")[:16].replace("T", " ")
        row = (article.id, when, article.outlet or "–", article.title or article.uri)
        table.add_row(*(Text(printable(cell)) for cell in row))
    return table if table.row_count else Text("no article")


def sources(listed: Iterable[Remembered]) -> RenderableType:
    """A table of what sync looks at."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("path or address", "looked at", "what is wrong"):
        table.add_column(name, overflow="fold")
    for one in listed:
        at = f"{one.looked_at.astimezone():%Y-%m-%d %H:%M}" if one.looked_at else "–"
        table.add_row(Text(printable(one.place)), Text(at), Text(printable(one.fault or "–")))
    return table


def changes(listed: Sequence[Change]) -> RenderableType:
    """How an article was changed."""
    parts: list[RenderableType] = []
    for change in listed:
        parts.append(Text(messages.changed_before(change.at), style="bold"))
        parts += [Text(printable(line), style="red" if line.startswith("-") else "green") for line in change.lines]
    return Group(*parts) if parts else Text("It was never changed since it was first read.")


def pairs(values: dict[str, object]) -> RenderableType:
    """Names and values in two columns."""
    table = Table.grid(padding=(0, 2))
    for name, value in values.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key}: {item}" for key, item in value.items()) or "–"
        table.add_row(Text(name.replace("_", " "), style="dim"), Text(printable(str(value))))
    return table


class Progress:
    """A progress bar for work that takes more than a second; call it with stage, done and total."""

    def __init__(self, console: Console) -> None:
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        self._bars = Bars(*columns, console=console, transient=True)
        self._task: TaskID | None = None
        self._stage = ""
        self._began = time.monotonic()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:  # stopping what never began would print an empty line
            self._bars.stop()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        if time.monotonic() - self._began < 1 or not self._bars.console.is_terminal:
            return
        if self._task is None:
            self._bars.start()
            self._task = self._bars.add_task(stage, total=total)
        if stage != self._stage:
            self._bars.reset(self._task)
            self._stage = stage
        self._bars.update(self._task, description=printable(stage), completed=done, total=total)
