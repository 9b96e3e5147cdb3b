"""Documents of word processors, Word's DOCX and OpenDocument's ODT: paragraphs, lists and tables in their order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree

from index.errors import FileUnreadable, SourceError
from index.sources.fields import article_of
from index.sources.unpacked import first_text, member, parse_xml
from index.types import Article

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def read_docx(file: Path, *, address: str, max_characters: int) -> Iterator[tuple[str, Article | SourceError]]:
    """The one article of a Word document. Raises FileUnreadable, FileEmpty, ArticleTooLong."""
    most = 60 * max_characters
    try:
        with ZipFile(file) as packed:
            tree = parse_xml(member(packed, "word/document.xml", most, address), address)
            core = _optional(packed, "docProps/core.xml", address)
    except (BadZipFile, KeyError):
        raise FileUnreadable(f"{address} is no whole Word document") from None
    body = tree.find(f"{_WORD}body")
    lines = [*_word_lines(body)] if body is not None else []
    title = next((text for text, style in lines if style == "Title"), None)
    told = {"title": title or first_text(core, f"{_DC}title"), "author": first_text(core, f"{_DC}creator")}
    text = "\n\n".join(text for text, style in lines if text and not (style == "Title" and text == title))
    yield address, article_of(text, told, address=address, place=address, max_characters=max_characters)


def _word_lines(body: etree._Element) -> Iterator[tuple[str, str]]:
    """The text and the style of each paragraph; a table is one."""
    for block in body.iterchildren():
        if block.tag == f"{_WORD}p":
            style = block.find(f"{_WORD}pPr/{_WORD}pStyle")
            text = _word_text(block)
            numbered = block.find(f"{_WORD}pPr/{_WORD}numPr") is not None
            yield (
                f"- {text}" if numbered and text else text,
                (style.get(f"{_WORD}val") or "") if style is not None else "",
            )
        elif block.tag == f"{_WORD}tbl":
            rows = (
                [" ".join(map(_word_text, cell.iter(f"{_WORD}p"))) for cell in row.iterchildren(f"{_WORD}tc")]
                for row in block.iterchildren(f"{_WORD}tr")
            )
            yield "\n".join(" | ".join(cells) for cells in rows if any(cells)), ""
        elif block.tag == f"{_WORD}sdt":
            for content in block.iterchildren(f"{_WORD}sdtContent"):
                yield from _word_lines(content)


def _word_text(paragraph: etree._Element) -> str:
    found = paragraph.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}noBreakHyphen")
    shown = (one for one in found if not _is_hidden(one, paragraph))
    pieces = ({"t": one.text or "", "noBreakHyphen": "-"}.get(etree.QName(one).localname, " ") for one in shown)
    return " ".join("".join(pieces).split())


def _is_hidden(one: etree._Element, paragraph: etree._Element) -> bool:
    """Whether a piece is a second form of another, was moved away, or is not to be seen."""
    for ancestor in one.iterancestors():
        if ancestor is paragraph:
            return False
        if ancestor.tag in (f"{_COMPATIBLE}Fallback", f"{_WORD}moveFrom", f"{_WORD}del"):
            return True
        if ancestor.tag == f"{_WORD}r" and ancestor.find(f"{_WORD}rPr/{_WORD}vanish") is not None:
            return True
    return False


def read_odt(file: Path, *, address: str, max_characters: int) -> Iterator[tuple[str, Article | SourceError]]:
    """The one article of an OpenDocument text. Raises FileUnreadable, FileEmpty, ArticleTooLong."""
    most = 60 * max_characters
    try:
        with ZipFile(file) as packed:
            tree = parse_xml(member(packed, "content.xml", most, address), address)
            etree.strip_elements(
                tree, f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note", with_tail=False
            )
            meta = _optional(packed, "meta.xml", address)
    except (BadZipFile, KeyError):
        raise FileUnreadable(f"{address} is no whole OpenDocument text") from None
    blocks = [*_open_blocks(tree)]
    title = next((text for text, style in blocks if style == "Title"), None) or first_text(meta, f"{_DC}title")
    told = {"title": title, "author": first_text(meta, f"{_META}initial-creator") or first_text(meta, f"{_DC}creator")}
    text = "\n\n".join(text for text, _ in blocks if text and text != title)
    yield address, article_of(text, told, address=address, place=address, max_characters=max_characters)


def _open_blocks(tree: etree._Element) -> Iterator[tuple[str, str]]:
    for block in tree.iter(f"{_TEXT}p", f"{_TEXT}h", f"{_TABLE}table"):
        if block.tag == f"{_TABLE}table":
            rows = (
                [_open_text(cell) for cell in row.iter(f"{_TABLE}table-cell")]
                for row in block.iter(f"{_TABLE}table-row")
            )
            yield "\n".join(" | ".join(cells) for cells in rows if any(cells)), ""
        elif not any(one.tag == f"{_TABLE}table" for one in block.iterancestors()):
            text = _open_text(block)
            listed = any(one.tag == f"{_TEXT}list-item" for one in block.iterancestors())
            yield f"- {text}" if listed and text else text, block.get(f"{_TEXT}style-name") or ""


def _open_text(element: etree._Element) -> str:
    pieces: list[str] = []
    for event, one in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if one.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break", f"{_TEXT}p"):
                pieces.append(" ")
            pieces.append(one.text or "")
        elif one is not element:
            pieces.append(one.tail or "")
    return " ".join("".join(pieces).split())


def _optional(packed: ZipFile, name: str, address: str) -> etree._Element | None:
    return parse_xml(member(packed, name, 1_000_000, address), address) if name in packed.namelist() else None
