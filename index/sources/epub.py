"""EPUB books and magazines: each chapter is an article, in the order of reading; a cover is none."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from index.errors import FileUnreadable, SourceError
from index.sources.fields import article_of
from index.sources.html import page_text, parse_page
from index.sources.markup import shown
from index.sources.page_blocks import count_words
from index.sources.unpacked import first_text, member, parse_xml
from index.types import Article

_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SHORT = 200
"""Characters. Shorter chapters without a sentence are covers, titles and tables of contents."""

_FEWEST = 5
"""Words of a sentence."""

_ENDS = tuple(".!?…。！？")


def read_epub(file: Path, *, address: str, max_characters: int) -> Iterator[tuple[str, Article | SourceError]]:
    """Each chapter's place and article. Raises FileUnreadable for what is no EPUB."""
    most = 20 * max_characters
    try:
        with ZipFile(file) as packed:
            container = parse_xml(member(packed, "META-INF/container.xml", 1_000_000, address), address)
            path = next(container.iter(f"{_CONTAINER}rootfile")).get("full-path") or ""
            package = parse_xml(member(packed, path, most, address), address)
            files = {one.get("id"): one.get("href") or "" for one in package.iter(f"{_OPF}item")}
            told = {
                name: first_text(package, f"{_DC}{tag}") for name, tag in (("author", "creator"), ("published", "date"))
            }
            book = first_text(package, f"{_DC}title")
            for number, one in enumerate(package.iter(f"{_OPF}itemref"), start=1):
                name = posixpath.normpath(
                    posixpath.join(posixpath.dirname(path), unquote(files.get(one.get("idref"), "")))
                )
                place = f"{address} chapter {number}"
                try:
                    if name not in packed.namelist():
                        continue
                    page = page_text(member(packed, name, most, address), place)
                    text, tree = shown(page), parse_page(page, place)
                    if len(text) < _SHORT and not _has_sentence(text):
                        continue
                    heads = [*tree.iter("h1", "h2"), *tree.iter("title")]
                    head = next((said for one in heads if (said := one.text_content()).strip()), None)
                    title = " ".join((head or book or "").split())
                    fields = told | {"title": title, "agency": book}
                    yield (
                        place,
                        article_of(
                            text, fields, address=address, place=place, max_characters=max_characters, part=name
                        ),
                    )
                except SourceError as error:
                    yield place, error
    except (BadZipFile, KeyError, StopIteration):
        raise FileUnreadable(f"{address} is no whole EPUB file") from None


def _has_sentence(text: str) -> bool:
    return any(count_words(line) >= _FEWEST and line.rstrip("\"'”’») ").endswith(_ENDS) for line in text.split("\n"))
