"""Which piece of a page is its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement
from rapidfuzz.fuzz import ratio

from index.sources.json_ld import clean
from index.sources.page_blocks import Block
from index.sources.page_look import BEFORE, meta_of

SITE_AFTER = re.compile(r"\s+[|•·–—-]\s+|\s*\|\s*|\s+:: \s*")
_FIRST_HEADING = 15
"""What being of the first level is worth beside likeness, of 100."""
_DATED = re.compile(r"\b(?:19|20)\d\d\b")
MOST_WORDS = 30


def find_headline(tree: HtmlElement, blocks: Sequence[Block]) -> int | None:
    """Which piece is the headline: the heading likest to the page's own title, which has the outlet beside it."""
    meta = meta_of(tree)
    site = (meta.get("og:site_name") or "").lower()
    stated = filter(None, (meta.get("og:title"), clean(tree.findtext(".//title"))))
    parts = {part.lower() for title in stated for part in (title, *SITE_AFTER.split(title))} - {site, ""}

    def likeness(number: int) -> float:
        text = blocks[number].text.lower()
        return max((ratio(text, part) for part in parts), default=0.0) + (
            _FIRST_HEADING if _is_head(blocks[number]) else 0
        )

    heads = [number for number, block in enumerate(blocks) if _is_head(block) and len(block.text) > 3]
    others = [number for number, block in enumerate(blocks) if _may_be_head(block) and block.text.lower() in parts]
    return max([*heads, *others], key=likeness, default=None)


def headline_above(blocks: Sequence[Block], first: int) -> int | None:
    """The piece above the first paragraph of an article that is likest to be its headline, where nothing says so."""
    above = [number for number in range(max(0, first - BEFORE), first) if _may_be_head(blocks[number])]
    return next((number for number in above if not _DATED.search(blocks[number].text)), None)


def _may_be_head(block: Block) -> bool:
    return len(block.text) > 8 and block.words <= MOST_WORDS and block.linked < len(block.text) / 2 and not block.row


def _is_head(block: Block) -> bool:
    return block.tag == "h1" or any(one.tag == "h1" for one in block.path[:3])
