"""The options that commands of the command line share, as decorators."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from datetime import date

    from assistant.options import Chosen, Options

DEBUG = "--debug"


def asked(command: Callable[..., Any]) -> Callable[..., Any]:
    """How and when a question is asked; the command gets ``options``."""
    fast = click.option("--fast/--no-fast", default=None, help="Do not read what was found: faster, less often right.")
    return fast(bounded(command))


def bounded(command: Callable[..., Any]) -> Callable[..., Any]:
    """On which day something is asked, of what was published when and by whom; the command gets ``options``."""
    now = _date("--now", "The day it is asked on (default: --as-of, or today); the days before it are favoured.")
    as_of = _date("--as-of", "As if this were the day: nothing published later counts, nor what is undated.")
    first = _date("--from", "Only what was published on this day or later.")
    last = _date("--to", "Only what was published up to this day.")
    outlets = click.option(
        "--outlet",
        "outlets",
        multiple=True,
        metavar="NAME",
        help="Search only this outlet; repeatable.",
    )
    articles = click.option(
        "--article",
        "articles",
        multiple=True,
        metavar="ID",
        help="Search only this article; repeatable.",
    )

    @functools.wraps(command)
    def with_options(
        *arguments: Any,
        now: date | None,
        as_of: date | None,
        from_: date | None,
        to: date | None,
        outlets: tuple[str, ...],
        articles: tuple[str, ...],
        fast: bool | None = None,
        **named: Any,
    ) -> Any:
        options: Options = {
            "fast": fast,
            "now": now,
            "as_of": as_of,
            "published": (from_, to),
            "outlets": outlets,
            "articles": articles,
        }
        return command(*arguments, options=options, **named)

    for option in (articles, outlets, last, first, as_of, now):
        with_options = option(with_options)
    return with_options


def chosen(command: Callable[..., Any]) -> Callable[..., Any]:
    """Which articles; the command gets ``choice``."""

    @functools.wraps(command)
    def with_choice(
        *arguments: Any,
        from_: date | None,
        to: date | None,
        outlets: tuple[str, ...],
        language: str | None,
        source: str | None,
        words: str | None,
        **named: Any,
    ) -> Any:
        choice: Chosen = {
            "published": (from_, to),
            "outlets": outlets,
            "language": language,
            "source": source,
            "words": words,
        }
        return command(*arguments, choice=choice, **named)

    for option in (
        click.option("--words", help="Only those in which these words stand, in any form."),
        click.option("--source", metavar="ADDRESS", help="Only those whose file or page is at or below this address."),
        click.option("--language", metavar="CODE", help="Only those in this language: en, de, …"),
        click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="Only of this outlet; repeatable."),
        _date("--to", "Only what was published up to this day."),
        _date("--from", "Only what was published on this day or later."),
    ):
        with_choice = option(with_choice)
    return with_choice


def model(command: Callable[..., Any]) -> Callable[..., Any]:
    """Who writes the answer; read with the settings before the command runs."""
    named = click.option("--model", metavar="NAME", help="A language model that writes the answer (ASSISTANT_MODEL).")
    strict = click.option("--strict", is_flag=True, default=None, help="Fail where the model fails.")
    return named(strict(command))


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command has; the command gets an opened Assistant."""

    @click.option("--store", metavar="FOLDER", help="The store (default: .assistant, or ASSISTANT_STORE).")
    @click.option("--json", "as_json", is_flag=True, help="Print JSON.")
    @click.option(DEBUG, is_flag=True, help="Show where an error came from.")
    @functools.wraps(command)
    def with_assistant(
        store: str | None, debug: bool, model: str | None = None, strict: bool | None = None, **arguments: Any
    ) -> Any:
        from assistant.api import Assistant
        from assistant.settings import read_settings

        with Assistant.open(settings=read_settings(store=store, model=model, strict=strict)) as assistant:
            return command(assistant, **arguments)

    return with_assistant


def _date(name: str, told: str) -> Callable[..., Any]:
    return click.option(
        name,
        name.strip("-").replace("-", "_") + ("_" if name == "--from" else ""),
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        callback=lambda _, __, value: value and value.date(),
        help=told,
    )
