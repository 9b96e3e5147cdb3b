"""Sentences of a news text, with their offsets.

Boundaries come from sentencex (Wikimedia), block by block, so that a pull-quote or a sub-heading without an
end mark never runs into the next paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sentencex import segment

from index.analysis.clutter import part_news, surroundings
from index.analysis.layout import Block, Layout
from index.analysis.tables import spelled_row
from index.languages.en.spelling import AT_AN_HOUR, ENDS_WITH_ABBREVIATION, OF_AN_HOUR
from index.types import Span


def split_sentences(text: str, layout: Layout, *, page: bool = False, language: str = "en") -> list[Span]:
    """The sentences of a text in order; the title is left out, sub-headings and the like are no evidence.

    ``language`` is an ISO 639-1 code. Of a ``page``, in English, what is no news is no evidence either, and is parted
    from what it is glued to; where nothing would be left, all is news.
    """
    spans: list[Span] = []
    lines = [text[block.start : block.end] for block in layout.blocks] if page else []
    for number, block in enumerate(layout.blocks):
        if block.kind == "body" and spelled_row(text, block.start, block.end):
            spans.append(Span(block.start, block.end))
        elif block.kind == "body":
            found = sentences_of(text, block, language)
            spans.extend(_news_of(lines, number, block, found) if page else found)
        elif block.kind == "heading":
            spans.append(Span(block.start, block.end, evidence=False))
    if page and not any(span.evidence for span in spans):
        return split_sentences(text, layout, language=language)
    return spans


def _news_of(lines: Sequence[str], number: int, block: Block, sentences: Sequence[Span]) -> Iterator[Span]:
    """The sentences of a block, parted from what is no news; what remains may be of several sentences."""
    places = [(span.start - block.start, span.end - block.start) for span in sentences]
    for start, end, news in part_news(lines[number], places, surroundings(lines, number)):
        part = Block(block.start + start, block.start + end, "body")
        if news and (start, end) not in places:
            yield from (Span(part.start + one.start, part.start + one.end) for one in _again(lines[number][start:end]))
        else:
            yield Span(part.start, part.end, evidence=news)


def _again(text: str) -> list[Span]:
    return sentences_of(text, Block(0, len(text), "body"))


def sentences_in(text: str) -> list[str]:
    """The sentences of a text that has no layout."""
    return [text[span.start : span.end] for span in sentences_of(text, Block(0, len(text), "body"))]


def sentences_of(text: str, block: Block, language: str = "en") -> list[Span]:
    """The sentences of one block, as its language ends them: "4. März" is one in German."""
    spans: list[Span] = []
    position = block.start
    for piece in segment(language, text[block.start : block.end]):
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
