"""Whether a page is a front page or a section's: what runs on it stands under headlines that lead to other pages."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from index.sources.json_ld import ARTICLES, is_of, objects_of
from index.sources.page_blocks import Block
from index.sources.page_look import meta_of

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LONG = 12
"""Words of running text."""

_LINKED = 0.8
"""Of a headline, at least, is a link where it leads elsewhere."""

_FEWEST = 3
"""Headlines of other pages: the one headline of an article may be a link to itself."""


def is_front_page(tree: HtmlElement, blocks: Sequence[Block], of_article: Sequence[bool]) -> bool:
    """Whether all running text of the article's pieces stands under headlines of other pages.

    No page is one that says itself, in its metadata, that it is an article.
    """
    over: int | None = None
    others: set[int] = set()
    for number, block in enumerate(blocks):
        if any(one.tag in _HEADINGS for one in (block.element, *block.path[:3])):
            over = number
        elif of_article[number] and block.words > _LONG and block.linked < len(block.text) / 2:
            if over is None or not _leads_elsewhere(blocks[over]):
                return False
            others.add(over)
    if len(others) < _FEWEST or meta_of(tree).get("og:type", "").lower() == "article":
        return False
    return not any(is_of(one, ARTICLES) for one in objects_of(tree))


def _leads_elsewhere(heading: Block) -> bool:
    links = [*heading.element.iter("a"), *(one for one in heading.path if one.tag == "a")]
    leads = any("#" not in (one.get("href") or "#") for one in links)  # a live blog links to its own updates
    return leads and heading.linked >= _LINKED * len(heading.text)
