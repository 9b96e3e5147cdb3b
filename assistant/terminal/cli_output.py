"""How the commands write: JSON, a line to a person, and an exit code."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from index.errors import SomeFailed

if TYPE_CHECKING:
    from index.types import Failure


def say(line: str) -> None:
    """A line to the person, beside what is printed."""
    click.echo("".join(character if character.isprintable() else " " for character in line), err=True)


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def exit_code(failed: Iterable[Failure]) -> int:
    """The code of the one kind of fault there was, or the one for several kinds."""
    codes = {failure.exit_code for failure in failed}
    return 0 if not codes else codes.pop() if len(codes) == 1 else SomeFailed.exit_code
