"""The command line: a thin skin over ``assistant.api``."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from assistant import __version__
from assistant.terminal import cli_archive
from assistant.terminal.cli_options import DEBUG, asked, bounded, common, model
from assistant.terminal.cli_output import print_json, say
from index.errors import ArticleUnknown, AssistantError

if TYPE_CHECKING:
    from collections.abc import Generator

    from assistant.api import Assistant
    from assistant.options import Options
    from assistant.types import Answer, Event


def main() -> None:
    """Run the command line; a person sees one line and an exit code, never a traceback without ``--debug``."""
    for stream in (sys.stdout, sys.stderr):  # a terminal without a letter gets a question mark in its place
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        say("interrupted; what was done is kept, and the same command goes on from there")
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our output has gone: what is still buffered must not fail a second time at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except AssistantError as error:
        if DEBUG in sys.argv:
            raise
        say(f"Error: {error}")
        sys.exit(error.exit_code)
    except OSError as error:
        if DEBUG in sys.argv:
            raise
        say(f"Error: {error}")
        sys.exit(1)
    except Exception as error:
        if DEBUG in sys.argv:
            raise
        say(f"Error: {type(error).__name__}: {error} (this should not happen; run it again with --debug)")
        sys.exit(1)


class _Commands(click.Group):
    """The commands here, and those that other rooms offer under the entry point ``assistant.commands``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self._offered()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if found := super().get_command(ctx, cmd_name):
            return found
        offered = self._offered().get(cmd_name)
        command = offered.load() if offered else None
        return command if isinstance(command, click.Command) else None

    @staticmethod
    def _offered() -> dict[str, Any]:
        from importlib.metadata import entry_points

        return {point.name: point for point in entry_points(group="assistant.commands")}


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="assistant")
def cli() -> None:
    """Ask an archive of news articles; every sentence of an answer is a quote that is really there.

    Begin with: assistant ingest FOLDER, then: assistant ask "When did …?"
    """


for _command in cli_archive.COMMANDS:
    cli.add_command(_command)


@cli.command()
@click.argument("question", nargs=-1, required=True)
@click.option("--show-prompt", is_flag=True, help="Print what would be sent to the model, and send nothing.")
@click.option("--show-sent", is_flag=True, help="Print also what the models were sent, and replied.")
@asked
@model
@common
def ask(
    assistant: Assistant,
    question: tuple[str, ...],
    options: Options,
    show_prompt: bool,
    show_sent: bool,
    as_json: bool,
) -> None:
    """Answer a question from the articles, with quotes, or refuse."""
    if show_prompt:
        messages = assistant.preview(" ".join(question), **options)
        if as_json:
            print_json(messages)
        else:
            _print_messages(messages)
        return
    answer = _watch(assistant, assistant.stream(" ".join(question), **options), quiet=as_json)
    if as_json:
        print_json(answer.to_json() | ({"sent": [asdict(call) for call in answer.sent]} if show_sent else {}))
        return
    _print_answer(assistant, answer)
    for call in answer.sent if show_sent else ():
        _print_messages([*call.messages, {"role": f"{call.model} replied", "content": call.reply}])


def _print_messages(messages: Iterable[Mapping[str, str]]) -> None:
    from assistant.terminal.render import printable

    click.echo("\n\n".join(f"[{message['role']}]\n{printable(message['content'])}" for message in messages))


@cli.command()
@asked
@model
@common
def chat(assistant: Assistant, options: Options, as_json: bool) -> None:
    """Ask one question after another, each may lean on those before; an empty line or Ctrl-D ends."""
    asking = sys.stdin.isatty()
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(
            errors="surrogateescape"
        )  # a question that is not UTF-8 is said to be, and the next is asked
    if asking:
        if find_spec("readline"):  # gives the prompt a history and line editing; not on Windows
            import_module("readline")
        click.echo("Ask a question; an empty line or Ctrl-D ends.", err=True)
    history: list[tuple[str, str]] = []
    while True:
        try:
            line = input("\n> " if asking else "").strip()
        except EOFError:
            return
        if not line:
            if asking:
                return
            continue
        try:
            answer = _watch(assistant, assistant.stream(line, history=history, **options), quiet=as_json)
        except AssistantError as error:
            say(f"Error: {error}")
            continue
        history.append((answer.understood or answer.question, answer.text))
        if as_json:
            click.echo(json.dumps(answer.to_json(), ensure_ascii=False))
        else:
            _print_answer(assistant, answer)


@cli.command()
@click.argument("question", nargs=-1, required=True)
@click.option("--top-k", type=click.IntRange(1, 50), help="How many passages (default: 5).")
@asked
@common
def search(
    assistant: Assistant,
    question: tuple[str, ...],
    top_k: int | None,
    options: Options,
    as_json: bool,
) -> None:
    """Find the passages that bear on a question, and say why."""
    from assistant.terminal import render
    from assistant.types import passage_json

    passages = assistant.search(" ".join(question), top_k=top_k, **options)
    if as_json:
        print_json([passage_json(passage) for passage in passages])
        return
    console, _ = render.consoles()
    for place, passage in enumerate(passages, start=1):
        console.print(render.passage(passage, place))
    if not passages:
        console.print("Nothing was found.")


@cli.command()
@click.argument("claim", nargs=-1, required=True)
@click.option(
    "--quote",
    "quotes",
    multiple=True,
    help="Check against this quote only; repeatable.",
)
@bounded
@common
def verify(
    assistant: Assistant, claim: tuple[str, ...], quotes: tuple[str, ...], options: Options, as_json: bool
) -> None:
    """Say whether the articles, or quotes from them, bear out a sentence."""
    from assistant.terminal import render

    found = assistant.verify(" ".join(claim), quotes=quotes or None, **options)
    if as_json:
        print_json(found.to_json())
    else:
        console, _ = render.consoles()
        console.print(render.verified(found))


@cli.command()
@click.argument("draft", type=click.File("r", encoding="utf-8", errors="surrogateescape"))
@click.option("--markdown", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to this file.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write it as a page to this file.")
@bounded
@common
def check(
    assistant: Assistant, draft: TextIO, markdown: Path | None, html: Path | None, options: Options, as_json: bool
) -> None:
    """Check each sentence of a draft: supported by the articles, contradicted, or not found. - reads what is piped in.

    A check that was interrupted goes on where it stopped. The exit code is 0 whatever is found.
    """
    from assistant.answer import draft_report
    from assistant.terminal import render

    console, beside = render.consoles()
    with render.Progress(beside) as progress:
        report = assistant.check(draft.read(), progress=progress, **options)
    for file, text in ((markdown, draft_report.markdown), (html, draft_report.page)):
        if file:
            file.write_text(text(report), encoding="utf-8")
    if as_json:
        print_json(report.to_json())
    else:
        console.print(render.checked_draft(report))


@cli.command()
@click.argument("subject", nargs=-1, required=True)
@click.option("--most", type=click.IntRange(1, 500), default=30, help="How many events, at most (default: 30).")
@bounded
@common
def timeline(assistant: Assistant, subject: tuple[str, ...], most: int, options: Options, as_json: bool) -> None:
    """List what the articles report of a subject, in the order of the days on which it happened."""
    from assistant.terminal import render

    found = assistant.timeline(" ".join(subject), most=most, **options)
    if as_json:
        print_json(found.to_json())
    else:
        console, _ = render.consoles()
        console.print(render.timeline(found))


@cli.command()
@click.argument("file", type=click.File("r", encoding="utf-8", errors="surrogateescape"))
@click.option(
    "--published", metavar="DAY", help="The day that “on Tuesday” counts from (default: the date in the text)."
)
@click.option("--timex3", is_flag=True, help="Print the text as TimeML, the expressions in TIMEX3 elements.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(DEBUG, is_flag=True, help="Show where an error came from.")
def times(file: TextIO, published: str | None, timex3: bool, as_json: bool, debug: bool) -> None:
    """List the expressions of time in a text and the days they stand for. - reads what is piped in.

    No store is needed.
    """
    from assistant.settings import read_settings
    from assistant.terminal import render
    from assistant.time_expressions import publication, times_in
    from index.times.timex3 import inline, plain

    text = file.read().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    day_first = read_settings().day_first
    day = publication(text, published, day_first)
    found = times_in(text, day, day_first=day_first)
    if timex3:
        click.echo(inline(text, found, day))
    elif as_json:
        print_json([{"text": text[one.start : one.end], **plain(one)} for one in found])
    else:
        console, beside = render.consoles()
        console.print(render.times(text, found))
        if day is None:
            beside.print("The text states no date, so that “on Tuesday” has no day; --published gives one.")


@cli.command()
@common
def feedback(assistant: Assistant, as_json: bool) -> None:
    """Show what people thought of answers on the page; with --json, as cases for an evaluation."""
    from assistant.terminal import render
    from assistant.user_data import Kept

    found = Kept(assistant.store.path).opinions()
    if as_json:
        print_json({"schema_version": 1, "cases": [opinion.to_json() for opinion in found]})
    else:
        console, _ = render.consoles()
        console.print(render.opinions(found))


@cli.command()
@click.option("--host", default="127.0.0.1", help="The address to serve at (default: this machine only).")
@click.option("--port", type=click.IntRange(1, 65535), default=7860, help="Default: 7860.")
@click.option(
    "--auth",
    metavar="NAME:PASSWORD",
    help="Require this name and password; needed if others can reach it.",
)
@model
@common
def web(assistant: Assistant, host: str, port: int, auth: str | None, as_json: bool) -> None:
    """Serve the page to ask in a browser."""
    from assistant.web.serve import serve

    blocks = serve(assistant, host=host, port=port, auth=auth)
    click.echo(f"The page is at http://{host}:{port} (Ctrl-C ends)")
    blocks.block_thread()


def _watch(assistant: Assistant, events: Generator[Event, None, None], *, quiet: bool) -> Answer:
    """The answer of a stream of events; on a terminal, a model's sentences are shown as they come."""
    from assistant.types import Done

    if quiet or assistant.model is None or not sys.stdout.isatty():
        *_, last = events
    else:
        from assistant.terminal import render

        last = render.watch(events, assistant.model.name)
    assert isinstance(last, Done)
    return last.answer


def _print_answer(assistant: Assistant, answer: Any) -> None:
    from assistant.terminal import render

    articles = {}
    for article_id in {citation.article_id for citation in answer.citations}:
        with suppress(ArticleUnknown):  # removed since the question was asked: its quotes are still those of the answer
            articles[article_id] = assistant.article(article_id)
    console, _ = render.consoles()
    console.print(render.answer(answer, articles))


if __name__ == "__main__":
    main()
