"""What is looked up once of a page: its ``<meta>``, its JSON-LD, its address, and the pieces around its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from index.sources.json_ld import article_object, is_of, objects_of, text_of
from index.sources.page_blocks import Block

_LINES, BEFORE, _AFTER = 14, 4, 5
"""How many pieces after and before a headline may state its date, and how many right after it do if they have one."""
_SITES = ("WebSite", "NewsMediaOrganization")
_PAGE_ADDRESS = re.compile(r"https?://[^/?#]+/[^?#]*[^/?#]|https?://[^/?#]+/?\?.")
"""That of a page, not of a whole site, which some pages call their own."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is looked up once of a page."""

    tree: HtmlElement
    meta: dict[str, str]
    url: str | None
    headline: str | None
    told: dict[str, Any]
    """The JSON-LD object of the article."""

    sites: tuple[str, ...]
    """What JSON-LD objects of the site itself call it."""

    blocks: Sequence[Block]
    near: tuple[Block, ...]
    """The pieces shortly before and after the headline, in their order."""

    nearest: tuple[Block, ...]
    """The first after it, then those before it."""


def look_at(tree: HtmlElement, blocks: Sequence[Block], head: int | None, url: str | None) -> Page:
    meta = meta_of(tree)
    canonical = (_first(tree.xpath("//link[@rel='canonical']/@href")), meta.get("og:url"))
    url = next((one for one in canonical if one and _PAGE_ADDRESS.match(one)), None) or url
    objects = list(objects_of(tree))
    headline = blocks[head].text if head is not None else None
    told = article_object(objects, url, headline, meta)
    sites = tuple(filter(None, (text_of(one.get("name")) for one in objects if is_of(one, _SITES))))
    before, after = (
        (blocks[max(0, head - BEFORE) : head], blocks[head + 1 : head + _LINES]) if head is not None else ((), ())
    )
    return Page(tree, meta, url, headline, told, sites, blocks, (*before, *after), (*after[:_AFTER], *reversed(before)))


def meta_of(tree: HtmlElement) -> dict[str, str]:
    """The content of each meta element, by its name in small letters; the first counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _first(values: object) -> str | None:
    return str(values[0]).strip() if isinstance(values, list) and values else None
