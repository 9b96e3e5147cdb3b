"""How well the date of publication is read from a page: ``python -m evals.research.dates``.

The pages in ``gold.txt`` are invented, written by somebody who had not seen the rules. These were made on the first
half; of the second they read 31 of 40 before they were mended on it too. Beside it, the date library alone on the same
first lines (``fuzzy``).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from dateutil.parser import ParserError, parse
from rich.table import Table

from assistant.terminal.render import consoles
from index.times.publication import TOP, stated_publication

GOLD = Path(__file__).parent / "gold.txt"


class Page(NamedTuple):
    """A page and the date that it states; None for none."""

    expected: str | None
    note: str
    text: str


def load_pages(path: Path = GOLD) -> list[Page]:
    """The pages of a file of blocks between lines of ``====``."""
    pages = []
    for block in path.read_text(encoding="utf-8").split("====\n"):
        head, _, text = block.partition("---\n")
        fields = dict(line.split(": ", 1) for line in head.strip().splitlines())
        expected = fields["expect"]
        pages.append(Page(None if expected == "none" else expected, fields["note"], text))
    return pages


def same(expected: str | None, found: str | None) -> bool:
    """Whether two dates are the same moment, as exactly known."""
    if expected is None or found is None or len(expected) <= 10:
        return expected == found
    return len(found) > 10 and datetime.fromisoformat(expected) == datetime.fromisoformat(found)


def by_library(text: str) -> str | None:
    """The first date that the date library finds in the first lines."""
    for line in [line for line in text.splitlines() if line.strip()][:TOP]:
        try:
            return str(parse(line, fuzzy=True, dayfirst=True).date())
        except (ParserError, OverflowError, ValueError):
            continue
    return None


def main() -> None:
    """Read, compare, print."""
    console, _ = consoles()
    pages = load_pages()
    half = len(pages) // 2
    table = Table("pages", "right", "found where none is", "wrong", "missed", box=None, pad_edge=False)
    readers: dict[str, Callable[[str], str | None]] = {
        "": lambda text: stated.value if (stated := stated_publication(text)) else None,
        ", the library alone": by_library,
    }
    for name, rows in (("the first half", pages[:half]), ("the second half", pages[half:])):
        for note, read in readers.items():
            found = [(page, read(page.text)) for page in rows]
            right = sum(same(page.expected, value) for page, value in found)
            invented = sum(page.expected is None and value is not None for page, value in found)
            missed = sum(page.expected is not None and value is None for page, value in found)
            wrong = len(rows) - right - invented - missed
            table.add_row(f"{name}{note}", f"{right} of {len(rows)}", str(invented), str(wrong), str(missed))
    console.print(table)


if __name__ == "__main__":
    main()
