"""The source panel: a whole article with the quotes of an answer marked in it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple
from urllib.parse import urlencode

from assistant.web.markup import web_link
from index.times.published import report_in_words
from index.types import Article

_FROM = {"metadata": "from its metadata", "text": "from its own text", "given": "given with the ingest"}

EMPTY = '<p class="note">Click the number behind a sentence to see where it stands.</p>'


class Marked(NamedTuple):
    """A run of an article's text to mark, and in it the words that answer, if they are known."""

    start: int
    end: int
    number: int
    words: tuple[int, int] | None = None


def source_html(
    article: Article, marks: Sequence[Marked], here: int, notes: Sequence[str] = (), *, below: str = ""
) -> str:
    """An article with its marked quotes, the one numbered ``here`` more strongly; ``notes`` explain its dates.

    ``below`` is HTML that stands under the text.
    """
    where = [article.outlet, article.author, article.place, report_in_words(article)]
    line = " · ".join(escape(part) for part in where if part)
    if article.published and article.published_from in _FROM:
        line += f' <span class="note">(date {_FROM[article.published_from]})</span>'
    link = ""
    if address := web_link(article.uri):
        link = (
            f'<a class="out" href="{escape(address)}" target="_blank" rel="noopener noreferrer">Open the original</a>'
        )
    quoted = [mark for mark in marks if mark.number == here]
    query = {"article": article.id} | ({"start": quoted[0].start, "end": quoted[0].end} if quoted else {})
    address = f"?{escape(urlencode(query))}"
    named = "quote" if quoted else "article"
    link += f' <a class="here" target="_blank" rel="noopener" href="{address}">Link to this {named}</a>'
    explained = "".join(f'<p class="note">{escape(note)}</p>' for note in notes)
    return (
        f'<article tabindex="0" aria-label="Source" data-id="{escape(article.id)}">'
        f"<h2>{escape(article.title or article.uri)}</h2>"
        f'<p class="where">{line} {link}</p>{explained}<div class="text">{_marked(article.text, marks, here)}</div>'
        f"{below}</article>"
    )


def gone_html(citation: dict[str, Any], why: str) -> str:
    """What is left of an article that was removed or changed since: the quote."""
    title, quote = escape(citation["title"] or citation["uri"]), escape(citation.get("quote") or citation["text"])
    return (
        f'<article tabindex="0" aria-label="Source"><h2>{title}</h2>'
        f'<p class="amiss">{escape(why)}</p>'
        f'<div class="text"><mark class="quote here">{quote}</mark></div></article>'
    )


def _marked(text: str, marks: Sequence[Marked], here: int) -> str:
    """Text with marks that do not overlap; of those that do, the one that is looked at, or else the first, is kept."""
    kept: list[Marked] = []
    for mark in sorted(marks, key=lambda mark: (mark.number != here, mark.start)):
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    pieces, done = [], 0
    for mark in sorted(kept):
        pieces.append(escape(text[done : mark.start]))
        strong = ' here" tabindex="-1' if mark.number == here else ""
        pieces.append(f'<mark id="quote-{mark.number}" class="quote{strong}">{_words(text, mark)}</mark>')
        done = mark.end
    pieces.append(escape(text[done:]))
    return "".join(pieces)


def _words(text: str, mark: Marked) -> str:
    if mark.words is None:
        return escape(text[mark.start : mark.end])
    start, end = mark.words
    inside = escape(text[start:end])
    return f"{escape(text[mark.start : start])}<strong>{inside}</strong>{escape(text[end : mark.end])}"
