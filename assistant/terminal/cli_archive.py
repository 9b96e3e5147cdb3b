"""The commands that fill an archive and look after it; ``cli`` has those that ask it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.terminal.cli_options import chosen, common
from assistant.terminal.cli_output import exit_code, print_json, say
from index.errors import StoreLocked

if TYPE_CHECKING:
    from assistant.api import Assistant
    from assistant.options import Chosen
    from index.types import IngestReport


def _fetching(command: Callable[..., Any]) -> Callable[..., Any]:
    """How much is fetched from the web."""
    told = "Fetch so many pages of an address at most (default: 500)."
    return click.option("--most", type=click.IntRange(1), default=500, help=told)(command)


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE_FOLDER_OR_ADDRESS...")
@click.option("--label", help="A name for the folder, if the store has another of the same name.")
@click.option("--published", metavar="DATE", help="The date of articles that state none: 2026, 2026-02 or 2026-02-10.")
@click.option("--again", is_flag=True, help="Also what was removed or dismissed, and what did not change.")
@click.option("--host", "hosts", multiple=True, help="Fetch pages of this host too, if a feed lists them; repeatable.")
@_fetching
@common
def ingest(
    assistant: Assistant,
    paths: tuple[str, ...],
    label: str | None,
    published: str | None,
    again: bool,
    hosts: tuple[str, ...],
    most: int,
    as_json: bool,
) -> int:
    """Bring the store up to date with files, folders and addresses of the web, and remember these.

    Read are plain text, web pages, PDF, Word, OpenDocument, EPUB, Markdown, e-mail, feeds, tables, JSON Lines, web
    archives, and ZIP and tar files of these (docs/formats.md). Of a feed or a sitemap, the pages that it lists.
    """
    from assistant.terminal import render

    _, beside = render.consoles()
    with render.Progress(beside) as progress:
        report = assistant.ingest(
            paths,
            label=label,
            published=published,
            again=again,
            hosts=hosts,
            most_pages=most,
            progress=progress,
        )
    return _tell(report, as_json)


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option("--keep", is_flag=True, help="Keep the articles whose files or pages are gone.")
@click.option("--watch", type=click.IntRange(1, 604_800), metavar="SECONDS", help="Look again so often, until Ctrl-C.")
@_fetching
@common
def sync(assistant: Assistant, dry_run: bool, keep: bool, watch: int | None, most: int, as_json: bool) -> int:
    """Look again at everything that was ingested: what is new, changed or gone there is so here.

    What did not change is not read. What could not be read is tried again the next time.
    """
    import time

    from assistant.terminal import render

    _, beside = render.consoles()
    while True:
        try:
            with render.Progress(beside) as progress:
                report = assistant.sync(dry_run=dry_run, keep=keep, most_pages=most, progress=progress)
            code = _tell(report, as_json, dry=dry_run, each=True)
        except StoreLocked as error:
            if watch is None:
                raise
            say(str(error))
        if watch is None:
            return code
        time.sleep(watch)


def _tell(report: IngestReport, as_json: bool, *, dry: bool = False, each: bool = False) -> int:
    """Print what an ingest did; its exit code."""
    from assistant.terminal import render

    console, _ = render.consoles()
    if as_json:
        print_json(asdict(report))
    else:
        console.print(render.report(report, dry=dry, each=each))
        for line in render.failures(report):
            say(line)
    return exit_code(report.failed)


@click.group()
def sources() -> None:
    """List what was ingested, and forget or pass over some of it."""


@sources.command("list")
@common
def sources_list(assistant: Assistant, as_json: bool) -> None:
    """List the paths and addresses that sync looks at, and what was wrong with them the last time."""
    from assistant.terminal import render

    found = assistant.sources()
    if as_json:
        print_json([asdict(one) | {"looked_at": one.looked_at and one.looked_at.isoformat()} for one in found])
    else:
        console, _ = render.consoles()
        console.print(render.sources(found))


@sources.command("forget")
@click.argument("places", nargs=-1, required=True, metavar="PATH_OR_ADDRESS...")
@common
def sources_forget(assistant: Assistant, places: tuple[str, ...], as_json: bool) -> None:
    """Look at these no more; their articles stay."""
    assistant.forget(places)
    print_json({"forgotten": places}) if as_json else click.echo(f"{len(places)} forgotten; their articles stay")


@sources.command("dismiss")
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
@common
def sources_dismiss(assistant: Assistant, addresses: tuple[str, ...], as_json: bool) -> None:
    """Pass over a file or page that cannot be read: the address that the fault begins with, as news/broken.pdf.

    An ingest with --again reads it again.
    """
    assistant.dismiss(addresses)
    print_json({"dismissed": addresses}) if as_json else click.echo(f"{len(addresses)} passed over from now on")


@click.group()
def articles() -> None:
    """List, show, compare, export and remove articles."""


@articles.command("list")
@chosen
@common
def articles_list(assistant: Assistant, choice: Chosen, as_json: bool) -> None:
    """List the articles in the store, or some of them."""
    from assistant.terminal import render

    if as_json:
        listed = (asdict(article) for article in assistant.articles(**choice))
        print_json([{name: value for name, value in fields.items() if name != "text"} for fields in listed])
    else:
        console, _ = render.consoles()
        console.print(render.articles(assistant.articles(**choice)))


@articles.command("show")
@click.argument("article_id", metavar="ID")
@common
def articles_show(assistant: Assistant, article_id: str, as_json: bool) -> None:
    """Show one article."""
    from assistant.terminal import render

    article = assistant.article(article_id)
    if as_json:
        print_json(asdict(article))
    else:
        fields = {name: value for name, value in asdict(article).items() if name != "text" and value is not None}
        console, _ = render.consoles()
        console.print(render.pairs(fields))
        console.print()
        click.echo(render.printable(article.text))


@articles.command("history")
@click.argument("article_id", metavar="ID")
@common
def articles_history(assistant: Assistant, article_id: str, as_json: bool) -> None:
    """Show what an article said before it was changed, the oldest change first: - what went, + what came."""
    from assistant.terminal import render

    changes = assistant.history(article_id)
    if as_json:
        print_json([{"at": one.at.isoformat(), "before": asdict(one.before), "lines": one.lines} for one in changes])
    else:
        console, _ = render.consoles()
        console.print(render.changes(changes))


@articles.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@chosen
@common
def articles_export(assistant: Assistant, file: Path, choice: Chosen, as_json: bool) -> None:
    """Write the articles, or some of them, as JSON Lines, which ingest reads again."""
    count = assistant.export(file, **choice)
    print_json({"exported": count, "file": str(file)}) if as_json else click.echo(f"{count:,} written to {file}")


@articles.command("remove")
@click.argument("article_ids", nargs=-1, required=True, metavar="ID...")
@common
def articles_remove(assistant: Assistant, article_ids: tuple[str, ...], as_json: bool) -> None:
    """Remove articles from the store; their files stay, and later ingests leave them out."""
    assistant.remove(article_ids)
    if as_json:
        print_json({"removed": article_ids})
    else:
        click.echo(f"{len(article_ids)} removed")


@click.command()
@common
def status(assistant: Assistant, as_json: bool) -> None:
    """Say what is in the store."""
    from assistant.terminal import render

    found = assistant.status()
    if as_json:
        print_json(found)
    else:
        console, _ = render.consoles()
        console.print(render.pairs(found))


@click.command()
@common
def rebuild(assistant: Assistant, as_json: bool) -> None:
    """Cut, index and embed every article anew with the settings of now."""
    from assistant.terminal import render

    _, beside = render.consoles()
    with render.Progress(beside) as progress:
        embedded = assistant.rebuild(progress=progress)
    if as_json:
        print_json({**assistant.status(), "chunks_embedded": embedded})
    else:
        click.echo(f"rebuilt; {embedded} chunks had to be embedded")


@click.command()
@common
def doctor(assistant: Assistant, as_json: bool) -> int:
    """Check that everything needed is there and in order."""
    from assistant.terminal.doctor import examine

    checks = examine(assistant.store)
    if as_json:
        print_json([asdict(check) for check in checks])
    else:
        for check in checks:
            mark = {True: "ok  ", False: "BAD ", None: "–   "}[check.ok]
            click.echo(f"{mark} {check.name}: {check.message}")
    return next((check.exit_code for check in checks if check.ok is False), 0)


COMMANDS = (ingest, sync, sources, articles, status, rebuild, doctor)
