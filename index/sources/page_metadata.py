"""What a web page says of its article beside the text: title, author, outlet, its dates, whether one must pay.

Told by JSON-LD, microdata, OpenGraph, other ``<meta>``, ``<time>`` and the lines around the headline, in that order; a
page speaks of other articles too, so each is taken only where it belongs to this one.
(https://schema.org/NewsArticle, https://ogp.me, https://microformats.org/wiki/rel-author)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement
from rapidfuzz.fuzz import partial_ratio, ratio

from index.languages.page_dates import any_of
from index.sources.json_ld import ALIKE, clean, listed, name_of, text_of
from index.sources.page_blocks import Block
from index.sources.page_headline import MOST_WORDS, SITE_AFTER
from index.sources.page_look import Page, look_at
from index.sources.page_times import beside, changed_on, published_on

_BY = re.compile(rf"{any_of('by')}\s+", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|www\.|@")
_PRICED = frozenset(("locked", "metered", "premium", "paid", "subscriber", "subscribers"))
_LONGEST_BYLINE, _LONGEST_NAME = 8, 60
_FOOTER = 40
_COPYRIGHT = re.compile(
    r"(?:©|\bcopyright\b|\(c\))\s*(?:©\s*)?(?:\d{4}(?:\s*[–-]\s*\d{2,4})?)?[\s,]*([^\W\d][^.|·•©\d]{2,50})", re.I
)
_PARTS = re.compile(r"\s*[|·•]\s*|\s+[–—-]\s+|\s{2,}|(?=\b\d{1,2}[ .:/]\S)|,\s*(?=[^,]*\d)")
_BYLINE = re.compile(
    rf"(?:.*\|\s*)?(?i:{any_of('by')})\s+(?P<name>[^\W\d_a-z][^|·•\d;]{{2,80}}?)(?:\s+(?:on|für|for|in)\s.*|(?<=\w\w)[.;,]\s.*)?[.,]?$"
)
_WRITER = frozenset(("author", "authors", "byline", "writer"))


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What is known of a page; dates are ISO 8601, as exact as the page tells them."""

    title: str | None = None
    author: str | None = None
    site: str | None = None
    published: str | None = None
    updated: str | None = None
    url: str | None = None
    paid: bool = False
    """Whether it says that those who do not pay see only a part of it."""


def read_page_metadata(
    tree: HtmlElement, blocks: Sequence[Block], head: int | None, *, url: str | None = None, day_first: bool = True
) -> PageMetadata:
    """What a page says of its article, of which its pieces of text, and which of them is the headline, are known.

    ``url`` is where it was fetched from, if that is known.

    >>> from lxml.html import fromstring
    >>> from index.sources.page_blocks import blocks_of
    >>> page = "<head><meta property='og:title' content='Ferry sank | Post'><meta name='pubdate' content='2025-03-04'>"
    >>> page = fromstring(page + "<meta property='og:site_name' content='Post'></head><h1>Ferry sank</h1>")
    >>> found = read_page_metadata(page, blocks_of(page), 0)
    >>> found.title, found.site, found.published
    ('Ferry sank', 'Post', '2025-03-04')
    """
    page = look_at(tree, blocks, head, url)
    meta, told = page.meta, page.told
    site = _site(page)
    published = published_on(page, day_first)
    return PageMetadata(
        title=_title(page, site),
        author=_author(page, site),
        site=site,
        published=published,
        updated=changed_on(page, published, day_first),
        url=page.url if page.url and page.url.startswith("http") else None,
        paid=_is_paid(meta, told),
    )


def _title(page: Page, site: str | None) -> str | None:
    head = page.headline
    whole = _without_site(clean(page.tree.findtext(".//title")), site)
    shared = _without_site(clean(page.meta.get("og:title") or page.meta.get("twitter:title")), site)
    stated = text_of(page.told.get("headline"))
    if head:
        others = [text for text in (stated, shared, whole) if text]
        if not others or any(partial_ratio(head.lower(), text.lower()) >= ALIKE for text in others):
            return head
    return stated or shared or whole or head


def _without_site(title: str | None, site: str | None) -> str | None:
    """A title without the outlet's name, which stands after or before a bar or a dash."""
    if not title:
        return None
    parts = SITE_AFTER.split(title)
    if site and len(parts) > 1:
        for end in (-1, 0):
            if ratio(parts[end].lower(), site.lower()) >= ALIKE or site.lower() in parts[end].lower():
                cut = title.rindex(parts[end]) if end else len(parts[end])
                kept = title[:cut] if end else title[cut:]
                return kept.strip(" |•·–—-:") or title
    elif len(parts) > 1 and "|" in title:
        return title[: title.index("|")].strip()
    return title


def _site(page: Page) -> str | None:
    """What the page calls the outlet: in its metadata, after its title, in its footer."""
    stated = (
        page.meta.get("og:site_name"),
        name_of(page.told.get("publisher")),
        *page.sites,
        *(page.meta.get(name) for name in ("application-name", "apple-mobile-web-app-title", "dc.publisher")),
        _after_title(page),
        _in_footer(page.blocks),
    )
    return next((name for one in stated if (name := clean(one)) and not _ADDRESS.search(name)), None)


def _after_title(page: Page) -> str | None:
    """What the page's title has after its headline, or before it."""
    whole = clean(page.tree.findtext(".//title"))
    parts = SITE_AFTER.split(whole) if whole and page.headline else []
    others = [part for part in parts if partial_ratio(part.lower(), (page.headline or "").lower()) < ALIKE]
    return others[-1] if others and len(others) < len(parts) and len(others[-1]) <= _LONGEST_NAME else None


def _in_footer(blocks: Sequence[Block]) -> str | None:
    """Whose copyright it is."""
    for block in reversed(blocks[-_FOOTER:]):
        if found := _COPYRIGHT.search(block.text):
            return found[1].strip(" .,")
    return None


def _author(page: Page, site: str | None) -> str | None:
    names = [name_of(one) for one in listed(page.told.get("author"))]
    if not any(names):
        names = [page.meta.get(name) for name in ("author", "article:author", "byl", "parsely-author", "dc.creator")]
        names = [next((name for name in names if name and not _ADDRESS.search(name)), None)]
    if not any(names):
        found = page.tree.xpath(
            "//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author'] | //a[@rel='author']"
        )
        names = [clean(one.text_content()) for one in found if not beside(one)][:1]
    if not any(names):
        names = [_byline(page.near)]
    bare = [
        (_BY.sub("", name, count=1) if _BY.match(name) else name).strip()
        for name in names
        if name and not _ADDRESS.search(name) and len(name) < 200
    ]
    kept = list(dict.fromkeys(name for name in bare if name and name.lower() != (site or "").lower()))
    return " and ".join([", ".join(kept[:-1]), kept[-1]] if len(kept) > 1 else kept) or None


def is_byline(block: Block) -> bool:
    """Whether a piece says who wrote the article, and no more."""
    return block.words <= _LONGEST_BYLINE and _BYLINE.match(block.parted) is not None


def _byline(near: Sequence[Block]) -> str | None:
    """Who is named on a line near the headline that says "by", or that is marked so."""
    for block in near:
        if block.words > MOST_WORDS:
            continue
        found = next((match for part in _PARTS.split(block.parted) if (match := _BYLINE.match(part.strip()))), None)
        if found:
            return found["name"].strip(" ,·|")
        if block.own_names & _WRITER and block.words <= _LONGEST_BYLINE and block.text[:1].isupper():
            return _PARTS.split(block.parted)[0].strip(" ,.")
    return None


def _is_paid(meta: dict[str, str], told: dict[str, Any]) -> bool:
    free = told.get("isAccessibleForFree")
    if free is False or (isinstance(free, str) and free.lower() in ("false", "no", "0", "http://schema.org/false")):
        return True
    return any(
        meta.get(name, "").lower() in _PRICED for name in ("article:content_tier", "content_tier", "access", "paywall")
    )
