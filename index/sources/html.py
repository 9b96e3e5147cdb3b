"""A saved web page: its article's text without what else stands there, and what the page says of it.

What is laid out in lines here is the article's text, and quotes are of it. The cells of a row are parted by "|".
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from lxml.etree import ParserError, XMLSyntaxError
from lxml.html import HtmlElement, HTMLParser, fromstring

from index.errors import FileEmpty, FileUnreadable
from index.sources.decode import decode
from index.sources.fields import article_of, too_long
from index.sources.page_blocks import Block, blocks_of, count_words, of_article
from index.sources.page_front import is_front_page
from index.sources.page_headline import find_headline, headline_above
from index.sources.page_metadata import is_byline, read_page_metadata
from index.types import Article, Note

_BYTES_PER_CHARACTER = 20
"""So many bytes of a page stand beside each character of its article, with some room."""

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_MOST_BLOCKS = 30_000
_STUB = 250
"""Words of a beginning."""

_ENDS = tuple(".!?。！？\"'”’»)")
_LONG = 12
"""Words of running text."""

_XML = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_html(file: Path, *, address: str, max_characters: int) -> Iterator[tuple[str, Article | Note]]:
    """The article of a page. Raises FileEmpty for a page without one, ArticleTooLong, and what ``decode`` raises."""
    size, most = file.stat().st_size, _BYTES_PER_CHARACTER * max_characters
    if size > most:
        raise too_long(address, f"{size:,} bytes", max_characters)
    for item in article_of_page(file.read_bytes(), address, max_characters=max_characters):
        yield address, item


def article_of_page(
    data: bytes, address: str, *, max_characters: int, charset: str | None = None, url: str | None = None
) -> Iterator[Article | Note]:
    """The article of a page as a server sends it, and a note where that is only its beginning.

    ``charset`` and ``url`` are what is known beside; no page can give itself an address of another host then. Raises
    FileEmpty, ArticleTooLong, and what ``decode`` raises.
    """
    tree = parse_page(page_text(data, address, charset), address)
    blocks = blocks_of(tree)
    if len(blocks) > _MOST_BLOCKS:
        raise FileUnreadable(f"{address} has {len(blocks):,} pieces of text; a page may have {_MOST_BLOCKS:,}")
    head = find_headline(tree, blocks)
    told = of_article(blocks, head, kept_by_trafilatura(tree))
    if is_front_page(tree, blocks, told):
        raise FileEmpty(f"{address} has no article of its own: all its text stands under headlines of other pages")
    if head is None:
        first = next((number for number, block in enumerate(blocks) if told[number] and block.words > _LONG), 0)
        head = headline_above(blocks, first)
    about = read_page_metadata(tree, blocks, head, url=url)
    text = main_text(
        [block for number, block in enumerate(blocks) if told[number] and number != head and not is_byline(block)]
    )
    if not text:
        raise FileEmpty(f"{address} has no article: nothing on the page is running text")
    fields = {
        "title": about.title,
        "published": about.published,
        "updated": about.updated,
        "author": about.author,
        "agency": about.site,
        "url": about.url if about.url and (url is None or same_host(about.url, url)) else url,
    }
    yield article_of(text, fields, address=address, place=address, max_characters=max_characters)
    if about.paid and (count_words(text) < _STUB or not text.endswith(_ENDS)):
        yield Note("only its beginning is on the page, which has the rest for those who pay")


def same_host(first: str, second: str) -> bool:
    """Whether two addresses are on one host; ``www.`` makes no difference.

    >>> same_host("https://www.paper.example/a", "http://paper.example/b"), same_host("//a.example", "//b.example")
    (True, False)
    """
    try:
        hosts = [(urlsplit(one).hostname or "").removeprefix("www.") for one in (first, second)]
    except ValueError:
        return False
    return hosts[0] == hosts[1]


def page_text(data: bytes, name: str, charset: str | None = None) -> str:
    """A page as text: by its byte-order mark, as UTF-8, by what it or its server declares, else by its bytes."""
    declared = _DECLARED.search(data[:4096])
    for encoding in ("utf-8", charset, declared and declared[1].decode("ascii")):
        if encoding and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            try:
                return data.decode("cp1252" if encoding.lower() in ("iso-8859-1", "latin-1", "latin1") else encoding)
            except (UnicodeError, LookupError, ValueError):
                continue
    return decode(data, name)


def parse_page(text: str, name: str) -> HtmlElement:
    """The tree of a page. Raises FileEmpty for what has no element."""
    try:
        tree = fromstring(
            _XML.sub("", text.replace("\0", "")),
            parser=HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True),
        )
    except (ParserError, XMLSyntaxError, ValueError, AssertionError):
        raise FileEmpty(f"{name} is no page of HTML") from None
    return tree


def kept_by_trafilatura(tree: HtmlElement) -> str:
    """What trafilatura keeps of a page (Barbaresi 2021, ACL demo)."""
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is told here
    return extract(tree, fast=True, include_comments=False, include_tables=True) or ""


def main_text(blocks: Sequence[Block]) -> str:
    """The text of an article's pieces: an empty line between paragraphs, none within a list or a table."""
    text = ""
    last: Block | None = None
    for block in blocks:
        together = last is not None and block.tag == last.tag in ("li", "tr") and block.path[:1] == last.path[:1]
        text += (
            ("" if last is None else "\n" if together else "\n\n") + ("- " if block.tag == "li" else "") + block.text
        )
        last = block
    return text
