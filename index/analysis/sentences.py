"""Sentences of a news text, with their offsets.

Boundaries come from sentencex (Wikimedia), block by block, so that a pull-quote or a sub-heading without an
end mark never runs into the next paragraph.
"""

from __future__ import annotations

from sentencex import segment

from index.analysis.layout import Block, Layout
from index.languages.en.spelling import AT_AN_HOUR, ENDS_WITH_ABBREVIATION, OF_AN_HOUR
from index.types import Span


def split_sentences(text: str, layout: Layout) -> list[Span]:
    """The sentences of a text in order; the title is left out, sub-headings and the like are no evidence."""
    spans: list[Span] = []
    for block in layout.blocks:
        if block.kind == "body":
            spans.extend(_split_block(text, block))
        elif block.kind == "heading":
            spans.append(Span(block.start, block.end, evidence=False))
    return spans


def _split_block(text: str, block: Block) -> list[Span]:
    spans: list[Span] = []
    position = block.start
    for piece in segment("en", text[block.start : block.end]):
        start = text.index(piece, position, block.end)
        position = start + len(piece)
        start += len(piece) - len(piece.lstrip())
        end = position - (len(piece) - len(piece.rstrip()))
        if start >= end:
            continue
        if spans and _continues(text, spans[-1], start, end):
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return spans


def _continues(text: str, before: Span, start: int, end: int) -> bool:
    """Whether a boundary was none: after "mln." or "J.", or before a word that opens no sentence."""
    return (
        text[start].islower()
        or not any(map(str.isalnum, text[start:end]))
        or bool(ENDS_WITH_ABBREVIATION.search(text, before.start, before.end))
        or bool(AT_AN_HOUR.search(text, before.start, before.end) and OF_AN_HOUR.match(text, start))
    )
