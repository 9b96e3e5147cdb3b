"""PDF files: their text in the order in which it is read, page by page, without what stands on each page.

Characters and their places are read by PDFium. Lines are made of them; columns are found where white space parts
lines from top to bottom (recursive X-Y cut, Nagy and Seth 1984); a word that is parted at the end of a line is joined.
Pages are parted by a form feed, by which a quote knows its page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from index.errors import FileEmpty, FileUnreadable, SourceError
from index.sources.fields import article_of, too_long
from index.types import PAGE_END, Article

_MOST_BYTES = 200_000_000
_MOST_PAGES = 5_000
_GAP = 1.0
"""White space of so many heights of a letter parts two columns."""

_SAME_LINE = 0.5
_WORD_GAP = 0.2
_PARAGRAPH = 1.45
"""A line so many usual distances below the last begins a paragraph."""

_LARGE = 1.15
_HEAD_SHARE = 0.5
"""What stands at the same edge of so many of the pages is no text of theirs."""

_FEWEST_HEADS = 3
_LONGEST_HEAD = 80
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\x02]$")
"""PDFium gives U+0002 for the hyphen that parts a word."""

_DIGITS = re.compile(r"\d+")
_ENDS = re.compile(r"[.!?:…][\"'”’»)]*$")
_SCANNED = 20
"""A page with fewer letters than this has no text."""


@dataclass(slots=True)
class _Line:
    """A run of text on a page; the y axis goes up."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


def read_pdf(file: Path, *, address: str, max_characters: int) -> Iterator[tuple[str, Article | SourceError]]:
    """The one article of a PDF file.

    Raises FileUnreadable for a broken or encrypted one, FileEmpty for one of pictures alone, ArticleTooLong.
    """
    if file.stat().st_size > _MOST_BYTES:
        raise too_long(address, f"{file.stat().st_size:,} bytes", max_characters)
    yield address, _article(file, address, max_characters)


def _article(file: Path, address: str, max_characters: int) -> Article:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        reason = (
            "it is encrypted; save it without a password" if "password" in str(error).lower() else "it is no whole PDF"
        )
        raise FileUnreadable(f"{address} cannot be read: {reason}") from None
    try:
        if len(document) > _MOST_PAGES:
            raise too_long(address, f"{len(document):,} pages", max_characters)
        pages: list[list[_Line]] = []
        letters = 0
        for number in range(len(document)):
            try:
                lines = _lines(document, number)
            except pypdfium2.PdfiumError:
                raise FileUnreadable(f"{address} cannot be read: its page {number + 1} is broken") from None
            letters += sum(len(line.text) for line in lines)
            if letters > 2 * max_characters:
                raise too_long(address, f"more than {max_characters:,} characters", max_characters)
            pages.append(lines)
        told = document.get_metadata_dict()
    finally:
        document.close()
    if letters < _SCANNED * len(pages):
        raise FileEmpty(
            f"{address} has no text that can be read: its {len(pages)} pages are pictures; run OCR over it first"
        )
    pages = _without_heads(pages)
    text = PAGE_END.join("\n\n".join(paragraphs(_in_order(lines))) for lines in pages)
    fields = {"title": _title(pages, told.get("Title")), "author": told.get("Author")}
    return article_of(_joined(text), fields, address=address, place=address, max_characters=max_characters)


def _lines(document: object, number: int) -> list[_Line]:
    """The runs of text of a page, as PDFium gives them: each of one line and one column."""
    page = document[number]  # type: ignore[index]
    try:
        text_page = page.get_textpage()
        try:
            found = []
            for place in range(text_page.count_rects()):
                left, bottom, right, top = text_page.get_rect(place)
                text = text_page.get_text_bounded(left, bottom, right, top).strip()
                if text and top > bottom:
                    found.append(_Line(" ".join(text.split()), left, bottom, right, top))
            return _merged(found)
        finally:
            text_page.close()
    finally:
        page.close()


def _merged(pieces: Sequence[_Line]) -> list[_Line]:
    """Pieces of one line, parted by another font or a link, as one."""
    lines: list[_Line] = []
    for piece in pieces:
        last = lines[-1] if lines else None
        if last is not None:
            height = max(last.height, piece.height)
            shared = min(last.top, piece.top) - max(last.bottom, piece.bottom)
            gap = piece.left - last.right
            if shared > _SAME_LINE * min(last.height, piece.height) and -height < gap < _GAP * height:
                space = " " if gap > _WORD_GAP * height else ""
                last.text += space + piece.text
                last.left, last.right = min(last.left, piece.left), max(last.right, piece.right)
                last.bottom, last.top = min(last.bottom, piece.bottom), max(last.top, piece.top)
                continue
        lines.append(piece)
    return lines


def _in_order(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Columns of lines in the order in which they are read: what goes across a page parts it, then left to right."""
    if len(lines) < 2:
        return [list(lines)] if lines else []
    height = median(line.height for line in lines)
    columns = _parted([(line.left, line.right) for line in lines], _GAP * height)
    if len(columns) > 1:
        return [
            block
            for low, high in columns
            for block in _in_order([one for one in lines if low <= one.left and one.right <= high])
        ]
    for cut in _cuts(lines):
        above = [line for line in lines if line.bottom >= cut]
        below = [line for line in lines if line.bottom < cut]
        if (
            above
            and below
            and any(
                len(_parted([(line.left, line.right) for line in part], _GAP * height)) > 1
                for part in (above, below)
                if len(part) > 1
            )
        ):
            return [*_in_order(above), *_in_order(below)]
    return [sorted(lines, key=lambda line: (-line.top, line.left))]


def _parted(spans: Sequence[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """Where spans lie that white space of such a size parts."""
    merged: list[tuple[float, float]] = []
    for low, high in sorted(spans):
        if merged and low - merged[-1][1] < gap:
            merged[-1] = merged[-1][0], max(merged[-1][1], high)
        else:
            merged.append((low, high))
    return merged


def _cuts(lines: Sequence[_Line]) -> Iterator[float]:
    """Heights at which a page can be cut across, the largest white space first."""
    spans = _parted([(line.bottom, line.top) for line in lines], 0.1)
    gaps = sorted(((upper[0] - lower[1], upper[0]) for lower, upper in pairwise(spans)), reverse=True)
    return (cut for _, cut in gaps)


def _without_heads(pages: Sequence[list[_Line]]) -> list[list[_Line]]:
    """Pages without the lines that stand at the top or bottom of most: a journal's name, a page's number."""
    edges = [_edges(lines) for lines in pages]
    often = Counter(text for edge in edges for text in {_DIGITS.sub("#", line.text) for line in edge})
    most = max(_FEWEST_HEADS, _HEAD_SHARE * len(pages))
    heads = {text for text, count in often.items() if count >= most and len(text) <= _LONGEST_HEAD}

    def is_head(line: _Line, edge: Sequence[_Line]) -> bool:
        if not any(line is one for one in edge):
            return False
        number = line.text.strip(" -–—")
        return _DIGITS.sub("#", line.text) in heads or (number.isdigit() and len(number) <= 3)

    return [[line for line in lines if not is_head(line, edge)] for lines, edge in zip(pages, edges, strict=True)]


def _edges(lines: Sequence[_Line]) -> list[_Line]:
    """The lines that stand alone at the very top and the very bottom of a page."""
    in_height = sorted(lines, key=lambda line: line.top)
    ends = [*in_height[:1], *in_height[-1:]]
    return [
        line
        for line in ends
        if not any(other is not line and min(line.top, other.top) > max(line.bottom, other.bottom) for other in lines)
    ]


def paragraphs(columns: Sequence[Sequence[_Line]]) -> Iterator[str]:
    """The lines of columns as paragraphs."""
    for lines in columns:
        steps = [above.top - line.top for above, line in pairwise(lines) if above.top > line.top]
        usual = median(steps) if steps else 0.0
        widest = max((line.right for line in lines), default=0.0)
        held: list[_Line] = []
        for line in lines:
            if held and _begins(held[-1], line, usual, widest):
                yield _flow(held)
                held = []
            held.append(line)
        if held:
            yield _flow(held)


def _begins(above: _Line, line: _Line, usual: float, widest: float) -> bool:
    """Whether a line begins a paragraph after the one above it."""
    size = line.height
    if above.top - line.top > _PARAGRAPH * usual or max(above.height, size) > _LARGE * min(above.height, size):
        return True
    indented = line.left - above.left > 0.7 * size and _ENDS.search(above.text) is not None
    short = widest - above.right > 4 * size and _ENDS.search(above.text) is not None
    return indented or short


def _flow(lines: Sequence[_Line]) -> str:
    text = ""
    for line in lines:
        if _HYPHEN.search(text) and line.text[:1].islower():
            text = text[:-1] + line.text
        else:
            text = f"{text} {line.text}" if text else line.text
    return text


def _joined(text: str) -> str:
    """A text in which a sentence that goes over a page's end is not parted by an empty line."""
    pages = text.split(PAGE_END)
    for number in range(len(pages) - 1):
        above, below = pages[number].rstrip(), pages[number + 1].lstrip()
        goes_on = above and below and not _ENDS.search(above) and below[:1].islower()
        if goes_on and _HYPHEN.search(above):
            word, _, rest = below.partition(" ")
            pages[number], pages[number + 1] = above[:-1] + word, rest
        else:
            pages[number], pages[number + 1] = above + ("" if goes_on else "\n\n"), below
    return PAGE_END.join(pages)


def _title(pages: Sequence[Sequence[_Line]], told: str | None) -> str | None:
    """What is set largest at the top of the first page, else what the file says, where that is no file's name."""
    first = pages[0] if pages else []
    if first:
        size = max(line.height for line in first)
        largest = [line for line in first if line.height > 0.9 * size]
        usual = median(line.height for line in first)
        text = _flow(sorted(largest, key=lambda line: -line.top))
        if size > 1.3 * usual and len(text) <= 300:
            return text
    clean = " ".join((told or "").split())
    return clean if " " in clean and not re.search(r"\.\w{3,4}$|^Microsoft Word", clean) else None
