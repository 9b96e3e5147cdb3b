"""The layout of a news text: which lines are title, dateline, byline, sub-heading or signature, which are evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from index.analysis.tables import is_head, is_row
from index.languages.en.layout import (
    BYLINE,
    COPYRIGHT,
    DATELINE_AGENCY,
    DATELINE_DASH,
    DATELINE_LINE,
    REPORTING,
    SENTENCES,
    SIGNATURE,
)
from index.times.publication import dateline_end, is_stamp

Kind = Literal["title", "dateline", "byline", "heading", "signature", "body"]

MAX_TITLE = 300
"""A first line longer than this many characters is a paragraph, not a title, and so is one of two sentences."""


_SENTENCE_END = re.compile(r"""[.!?…:;,][\])}"'”’»]*$""")
_PART_OF_TITLE = 15
"""A first line of so many characters or more that is part of the title, or has it as a part, is the title."""

_MAX_LINE = 200
"""Longer lines are paragraphs: no byline, signature or dateline of its own, so no pattern is tried on them."""
_LIST_ITEM = re.compile(r"(?:[-*•·–—]|\d+[.)])\s")


@dataclass(frozen=True, slots=True)
class Block:
    """A line or a paragraph, without surrounding white space."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a text in order, and what they say about the article."""

    blocks: tuple[Block, ...]
    title: str | None = None
    place: str | None = None
    agency: str | None = None
    author: str | None = None


def read_layout(text: str, *, title: str | None = None) -> Layout:
    """Tell evidence from the rest of a text.

    Without ``title`` the first line is the title, unless it is all there is, or a paragraph by its length or sentences.
    With ``title`` (known from elsewhere) the first line is a title line only if it repeats it.

    >>> read_layout("Bridge opens\\nKyiv • UNN\\nThe bridge opened on Monday.").agency
    'UNN'
    """
    spans = list(_paragraphs(text, title))
    kinds: list[Kind] = ["body"] * len(spans)
    found: dict[str, str] = {}
    top = 0
    if len(spans) > 1 and _is_title(text[slice(*spans[0])], title):
        kinds[0], top = "title", 1
        title = title or text[slice(*spans[0])]
    for number in range(len(spans) - 1, max(top, 1) - 1, -1):
        line = text[slice(*spans[number])]
        if len(line) > _MAX_LINE:
            break
        match = SIGNATURE.fullmatch(line) or REPORTING.fullmatch(line) or COPYRIGHT.fullmatch(line)
        if not match:
            break
        kinds[number] = "signature"
        _remember(match, found)
    blocks: list[Block] = []
    for number, (start, end) in enumerate(spans):
        kind = kinds[number]
        line = text[start:end]
        if kind == "body" and number < top + 3:
            short = line if len(line) <= _MAX_LINE else ""
            if match := DATELINE_LINE.fullmatch(short):
                kind = "dateline"
            elif match := BYLINE.fullmatch(short):
                kind = "byline"
            else:
                match = _inline_dateline(line)
                until = max(match.end() if match else 0, dateline_end(line))
                if 0 < until < len(line):
                    blocks.append(Block(start, start + len(line[:until].rstrip()), "dateline"))
                    start += until
            if match:
                _remember(match, found)
        if kind == "body" and is_stamp(line):
            kind = "byline"
        if kind == "body" and is_head(text, start, end):
            kind = "heading"
        if kind == "body" and number + 1 < len(spans) and _is_heading(line, text[slice(*spans[number + 1])]):
            kind = "heading"
        blocks.append(Block(start, end, kind))
    return Layout(tuple(blocks), title, found.get("place"), found.get("agency"), found.get("author"))


def _lines(text: str) -> Iterator[tuple[int, int, bool]]:
    """Each line with text in it: start, end, and whether an empty line stands before it."""
    after_gap = True
    position = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = position + line.index(stripped[0])
            yield start, start + len(stripped), after_gap
        after_gap = not stripped
        position += len(line) + 1


def _inline_dateline(line: str) -> re.Match[str] | None:
    match = DATELINE_AGENCY.match(line[:_MAX_LINE]) or DATELINE_DASH.match(line[:_MAX_LINE])
    if match and (place := match.group("place")) and not place.split(",")[0].isupper():
        return None  # scripts without capitals
    return match


def _paragraphs(text: str, title: str | None) -> Iterator[tuple[int, int]]:
    """The lines of a text, or, where it is wrapped at a fixed width, its title line and its paragraphs."""
    lines = list(_lines(text))
    body = 1 if lines and _is_title(text[slice(*lines[0][:2])], title) else 0
    followed = [
        (start, end)
        for (start, end, _), (_, _, gap) in pairwise(lines[body:])
        if not gap and not is_row(text, start, end)
    ]
    broken = sum(50 <= end - start <= 100 and not _SENTENCE_END.search(text, start, end) for start, end in followed)
    if broken < 3 or broken < 0.6 * len(followed):
        yield from ((start, end) for start, end, _ in lines)
        return
    yield from ((start, end) for start, end, _ in lines[:body])
    paragraph: tuple[int, int] | None = None
    for start, end, gap in lines[body:]:
        if paragraph is None or gap or _LIST_ITEM.match(text, start, end) or is_row(text, start, end):
            if paragraph:
                yield paragraph
            paragraph = (start, end)
        else:
            paragraph = (paragraph[0], end)
    if paragraph:
        yield paragraph


def _is_title(first_line: str, title: str | None) -> bool:
    if title is None:
        return len(first_line) <= MAX_TITLE and not SENTENCES.search(first_line)
    line, told = (" ".join(words.split()).casefold() for words in (first_line, title))
    shorter, longer = sorted((line, told), key=len)
    return line == told or (len(shorter) >= _PART_OF_TITLE and shorter in longer)  # "Ferry sinks | Eskpost"


def _is_heading(line: str, following: str) -> bool:
    """A few words without an end mark, above a line that reads as a sentence; a pull-quote is longer."""
    return (
        len(line) <= 60
        and len(line.split()) <= 8
        and not _SENTENCE_END.search(line)
        and not _LIST_ITEM.match(line)
        and bool(_SENTENCE_END.search(following))
        and len(following) > len(line)
    )


def _remember(match: re.Match[str], found: dict[str, str]) -> None:
    for name, value in match.groupdict().items():
        if value:
            found.setdefault(name, value.strip())
