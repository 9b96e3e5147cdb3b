"""Sentences that say subtly other things than a quote, and fair ones: the lists ``seen.txt`` and ``held_back.txt``.

A block is a ``q:`` line with a quote, ``w: class | sentence`` lines with what it does not say, and ``f:`` lines with
what it does. ``seen.txt`` was there when the checks were written, ``held_back.txt`` was not.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
LISTS = ("seen", "held_back")


class Meddled(NamedTuple):
    """A sentence beside a quote; ``fault`` is what is wrong with it, None for a fair one."""

    quote: str
    sentence: str
    fault: str | None


def load_meddled(name: str) -> list[Meddled]:
    """The sentences of a list, by its name in ``LISTS``; raises ValueError with the line's number."""
    found: list[Meddled] = []
    quote = ""
    path = FOLDER / f"{name}.txt"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        match line.split(": ", 1):
            case ["q", text]:
                quote = text
            case ["w", text] if " | " in text:
                fault, sentence = text.split(" | ", 1)
                found.append(Meddled(quote, sentence, fault))
            case ["f", text]:
                found.append(Meddled(quote, text, None))
            case _ if line.strip():
                raise ValueError(f"{path.name}:{number} is no q:, w: or f: line: {line}")
    return found
