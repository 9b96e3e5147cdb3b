"""What a web page says of its article beside the text: title, author, outlet, its dates, whether one must pay.

Told by JSON-LD, microdata, OpenGraph, other ``<meta>``, ``<time>`` and the lines around the headline, in that order; a
page speaks of other articles too, so each is taken only where it belongs to this one.
(https://schema.org/NewsArticle, https://ogp.me, https://microformats.org/wiki/rel-author)
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement
from rapidfuzz.fuzz import partial_ratio, ratio

from index.languages.page_dates import any_of
from index.sources.fields import read_date
from index.sources.page_blocks import Block
from index.times.publication import first_date, leads_to_update, stated_publication, stated_update
from index.times.published import published_days

_ARTICLES = ("Article", "BlogPosting", "Report", "SocialMediaPosting")
"""How the schema.org types of an article end: NewsArticle, LiveBlogPosting, …"""

_PAGES = ("WebPage", "ItemPage", "VideoObject", "PodcastEpisode", "AudioObject", "Recipe")
_HOLD = ("@graph", "mainEntity", "mainEntityOfPage")
"""The fields of a JSON-LD object that may hold the article of a page; others hold what it links to."""

_DEEPEST = 6
_DAY = len("2025-03-04")
_MOST_JSON = 2_000_000
_ALIKE, _UNLIKE = 80, 45
"""From the one on two titles are of the same article, below the other they are not."""

_PUBLISHED = re.compile(r"publ|pubdate|issued|created|releas|(?:^|article|dc|dcterms|sailthru|og)date$|postdate")
_UPDATED = re.compile(r"modif|updat|revis|lastmod")
_OTHER_DATE = re.compile(
    r"expir|valid|until|copyright|event|start|end(?:date|time)|author|publisher$|publisherid|publicid|build|cache|render"
)
_LETTERS = re.compile(r"[^a-z]")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_-])")
_IN_ADDRESS_TIGHT = re.compile(r"[/_-]((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=\D|$)")
_SITE_AFTER = re.compile(r"\s+[|•·–—-]\s+|\s*\|\s*|\s+:: \s*")
_BY = re.compile(rf"{any_of('by')}\s+", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|www\.|@")
_PRICED = frozenset(("locked", "metered", "premium", "paid", "subscriber", "subscribers"))
_ASIDE = frozenset(("aside", "nav", "footer"))
_RELATED = re.compile(
    r"related|teaser|recommend|most-?read|popular|trending|comment|sidebar|promo|newsletter|footer", re.I
)
_LINES, _BEFORE, _AFTER = 14, 4, 5
"""How many pieces after and before a headline may state its date, and how many right after it do if they have one."""

_MOST_WORDS = 30
_LONGEST_BYLINE, _LONGEST_NAME = 8, 60
_FOOTER = 40
_FIRST_HEADING = 15
"""What being of the first level is worth beside likeness, of 100."""

_SITES = ("WebSite", "NewsMediaOrganization")
_SENTENCE = re.compile(r"[.!?][\"'”’»)]*$")
_COPYRIGHT = re.compile(
    r"(?:©|\bcopyright\b|\(c\))\s*(?:©\s*)?(?:\d{4}(?:\s*[–-]\s*\d{2,4})?)?[\s,]*([^\W\d][^.|·•©\d]{2,50})", re.I
)
_PARTS = re.compile(r"\s*[|·•]\s*|\s+[–—-]\s+|\s{2,}|(?=\b\d{1,2}[ .:/]\S)|,\s*(?=[^,]*\d)")
_BYLINE = re.compile(
    rf"(?:.*\|\s*)?(?i:{any_of('by')})\s+(?P<name>[^\W\d_a-z][^|·•\d;]{{2,80}}?)(?:\s+(?:on|für|for|in)\s.*|(?<=\w\w)[.;,]\s.*)?[.,]?$"
)
_PAGE_ADDRESS = re.compile(r"https?://[^/?#]+/[^?#]*[^/?#]|https?://[^/?#]+/?\?.")
"""That of a page, not of a whole site, which some pages call their own."""

_DATED = re.compile(r"\b(?:19|20)\d\d\b")
_WRITER = frozenset(("author", "authors", "byline", "writer"))
_OF_ARTICLE = re.compile(r"item|article|story|page|content|news|doc", re.I)
_WHOLE_DATE = re.compile(r"\d{8}|\d{4}-\d\d-\d\d(?:[T ].*)?")


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
    page = _look_at(tree, blocks, head, url)
    meta, told = page.meta, page.told
    site = _site(page)
    published = _exact(_published(page, day_first))
    return PageMetadata(
        title=_title(page, site),
        author=_author(page, site),
        site=site,
        published=published,
        updated=_exact(_updated(page, published, day_first)),
        url=page.url if page.url and page.url.startswith("http") else None,
        paid=_is_paid(meta, told),
    )


@dataclass(frozen=True, slots=True)
class _Page:
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


def _look_at(tree: HtmlElement, blocks: Sequence[Block], head: int | None, url: str | None) -> _Page:
    meta = meta_of(tree)
    canonical = (_first(tree.xpath("//link[@rel='canonical']/@href")), meta.get("og:url"))
    url = next((one for one in canonical if one and _PAGE_ADDRESS.match(one)), None) or url
    objects = list(_objects(tree))
    headline = blocks[head].text if head is not None else None
    told = _article_object(objects, url, headline, meta)
    sites = tuple(filter(None, (_text(one.get("name")) for one in objects if _is_of(one, _SITES))))
    before, after = (
        (blocks[max(0, head - _BEFORE) : head], blocks[head + 1 : head + _LINES]) if head is not None else ((), ())
    )
    return _Page(
        tree, meta, url, headline, told, sites, blocks, (*before, *after), (*after[:_AFTER], *reversed(before))
    )


def meta_of(tree: HtmlElement) -> dict[str, str]:
    """The content of each meta element, by its name in small letters; the first counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _objects(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of a page that may tell of its article."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = (script.text_content() or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        if len(text) > _MOST_JSON:
            continue
        with suppress(ValueError, RecursionError):
            yield from _walk(json.loads(text, strict=False), 0)


def _walk(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _walk(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in _HOLD:
            yield from _walk(value.get(name), depth + 1)


def _is_of(one: dict[str, Any], kinds: tuple[str, ...]) -> bool:
    return any(isinstance(kind, str) and kind.endswith(kinds) for kind in _listed(one.get("@type")))


def _article_object(
    objects: Sequence[dict[str, Any]], url: str | None, headline: str | None, meta: dict[str, str]
) -> dict[str, Any]:
    """The JSON-LD object that tells of the page's article, with what one of the page itself tells besides."""
    articles = [one for one in objects if _is_of(one, _ARTICLES)]
    of_page = [one for one in objects if _is_of(one, _PAGES)]
    addresses = {_address(one) for one in (url, meta.get("og:url")) if one}
    known = [text for text in (headline, meta.get("og:title")) if text]

    def fits(one: dict[str, Any]) -> float:
        if addresses & {_address(address) for address in _addresses(one)}:
            return 2.0
        named = _text(one.get("headline")) or _text(one.get("name"))
        likeness = max((ratio(named.lower(), text.lower()) for text in known), default=0.0) if named else 0.0
        if named and known and likeness < (_UNLIKE if len(articles) == 1 else _ALIKE):
            return -1.0
        return likeness / 100 if len(articles) == 1 or likeness >= _ALIKE else -1.0

    fitting = sorted((one for one in articles if fits(one) >= 0), key=lambda one: -fits(one))
    merged: dict[str, Any] = {}
    for one in [*fitting[:1], *(page for page in of_page if not articles or fitting)]:
        for name, value in one.items():
            if value not in (None, "", [], {}):
                merged.setdefault(name, value)
    return merged


def _addresses(one: dict[str, Any]) -> Iterator[str]:
    for name in ("url", "@id", "mainEntityOfPage"):
        value = one.get(name)
        value = value.get("@id") or value.get("url") if isinstance(value, dict) else value
        if isinstance(value, str):
            yield value


def _address(value: str) -> str:
    """An address as far as two of one page are alike."""
    return re.sub(r"^https?://(?:www\.)?|[#?].*$|/+$", "", value.strip().lower())


def find_headline(tree: HtmlElement, blocks: Sequence[Block]) -> int | None:
    """Which piece is the headline: the heading likest to the page's own title, which has the outlet beside it."""
    meta = meta_of(tree)
    site = (meta.get("og:site_name") or "").lower()
    stated = filter(None, (meta.get("og:title"), _clean(tree.findtext(".//title"))))
    parts = {part.lower() for title in stated for part in (title, *_SITE_AFTER.split(title))} - {site, ""}

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
    above = [number for number in range(max(0, first - _BEFORE), first) if _may_be_head(blocks[number])]
    return next((number for number in above if not _DATED.search(blocks[number].text)), None)


def _may_be_head(block: Block) -> bool:
    return len(block.text) > 8 and block.words <= _MOST_WORDS and block.linked < len(block.text) / 2 and not block.row


def _is_head(block: Block) -> bool:
    return block.tag == "h1" or any(one.tag == "h1" for one in block.path[:3])


def _title(page: _Page, site: str | None) -> str | None:
    head = page.headline
    whole = _without_site(_clean(page.tree.findtext(".//title")), site)
    shared = _without_site(_clean(page.meta.get("og:title") or page.meta.get("twitter:title")), site)
    stated = _text(page.told.get("headline"))
    if head:
        others = [text for text in (stated, shared, whole) if text]
        if not others or any(partial_ratio(head.lower(), text.lower()) >= _ALIKE for text in others):
            return head
    return stated or shared or whole or head


def _without_site(title: str | None, site: str | None) -> str | None:
    """A title without the outlet's name, which stands after or before a bar or a dash."""
    if not title:
        return None
    parts = _SITE_AFTER.split(title)
    if site and len(parts) > 1:
        for end in (-1, 0):
            if ratio(parts[end].lower(), site.lower()) >= _ALIKE or site.lower() in parts[end].lower():
                cut = title.rindex(parts[end]) if end else len(parts[end])
                kept = title[:cut] if end else title[cut:]
                return kept.strip(" |•·–—-:") or title
    elif len(parts) > 1 and "|" in title:
        return title[: title.index("|")].strip()
    return title


def _site(page: _Page) -> str | None:
    """What the page calls the outlet: in its metadata, after its title, in its footer."""
    stated = (
        page.meta.get("og:site_name"),
        _name(page.told.get("publisher")),
        *page.sites,
        *(page.meta.get(name) for name in ("application-name", "apple-mobile-web-app-title", "dc.publisher")),
        _after_title(page),
        _in_footer(page.blocks),
    )
    return next((clean for one in stated if (clean := _clean(one)) and not _ADDRESS.search(clean)), None)


def _after_title(page: _Page) -> str | None:
    """What the page's title has after its headline, or before it."""
    whole = _clean(page.tree.findtext(".//title"))
    parts = _SITE_AFTER.split(whole) if whole and page.headline else []
    others = [part for part in parts if partial_ratio(part.lower(), (page.headline or "").lower()) < _ALIKE]
    return others[-1] if others and len(others) < len(parts) and len(others[-1]) <= _LONGEST_NAME else None


def _in_footer(blocks: Sequence[Block]) -> str | None:
    """Whose copyright it is."""
    for block in reversed(blocks[-_FOOTER:]):
        if found := _COPYRIGHT.search(block.text):
            return found[1].strip(" .,")
    return None


def _author(page: _Page, site: str | None) -> str | None:
    names = [_name(one) for one in _listed(page.told.get("author"))]
    if not any(names):
        names = [page.meta.get(name) for name in ("author", "article:author", "byl", "parsely-author", "dc.creator")]
        names = [next((name for name in names if name and not _ADDRESS.search(name)), None)]
    if not any(names):
        found = page.tree.xpath(
            "//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author'] | //a[@rel='author']"
        )
        names = [_clean(one.text_content()) for one in found if not _beside(one)][:1]
    if not any(names):
        names = [_byline(page.near)]
    clean = [
        (_BY.sub("", name, count=1) if _BY.match(name) else name).strip()
        for name in names
        if name and not _ADDRESS.search(name) and len(name) < 200
    ]
    kept = list(dict.fromkeys(name for name in clean if name and name.lower() != (site or "").lower()))
    return " and ".join([", ".join(kept[:-1]), kept[-1]] if len(kept) > 1 else kept) or None


def is_byline(block: Block) -> bool:
    """Whether a piece says who wrote the article, and no more."""
    return block.words <= _LONGEST_BYLINE and _BYLINE.match(block.parted) is not None


def _byline(near: Sequence[Block]) -> str | None:
    """Who is named on a line near the headline that says "by", or that is marked so."""
    for block in near:
        if block.words > _MOST_WORDS:
            continue
        found = next((match for part in _PARTS.split(block.parted) if (match := _BYLINE.match(part.strip()))), None)
        if found:
            return found["name"].strip(" ,·|")
        if block.own_names & _WRITER and block.words <= _LONGEST_BYLINE and block.text[:1].isupper():
            return _PARTS.split(block.parted)[0].strip(" ,.")
    return None


def _published(page: _Page, day_first: bool) -> Iterator[str | None]:
    """What tells when the article was published, the most trusted first."""
    yield read_date(_text(page.told.get("datePublished")) or _text(page.told.get("dateCreated")), day_first=day_first)
    yield from (read_date(value, day_first=day_first) for value in _marked(page.tree, "datePublished"))
    for name, value in page.meta.items():
        plain = _LETTERS.sub("", name)
        if _PUBLISHED.search(plain) and not _UPDATED.search(plain) and not _OTHER_DATE.search(plain):
            yield read_date(value, day_first=day_first)
    for name, value in page.meta.items():
        other = _UPDATED.search(name) or _OTHER_DATE.search(name)
        if _OF_ARTICLE.search(name) and not other and _WHOLE_DATE.fullmatch(value):
            yield read_date(value, day_first=day_first)
    for block in page.nearest:
        yield from (read_date(value, day_first=day_first) for value, changed in _times(block) if not changed)
        if block.words <= _MOST_WORDS and block.linked < len(block.text) and not _SENTENCE.search(block.text):
            found_date = first_date(block.parted, day_first=day_first)
            yield found_date.value if found_date else None
    stated = stated_publication("\n".join(block.parted for block in page.near), day_first=day_first)
    yield stated.value if stated else None
    for address in filter(None, (page.url, page.meta.get("og:url"))):
        for pattern in (_IN_ADDRESS, _IN_ADDRESS_TIGHT):
            if found := pattern.search(address):
                year, month, day = (int(part) for part in found.groups())
                yield read_date(f"{year:04d}-{month:02d}-{day:02d}", day_first=day_first)


def _updated(page: _Page, published: str | None, day_first: bool) -> Iterator[str | None]:
    """What tells when it was changed, the most trusted first."""
    yield read_date(_text(page.told.get("dateModified")), day_first=day_first)
    yield from (read_date(value, day_first=day_first) for value in _marked(page.tree, "dateModified"))
    for name, value in page.meta.items():
        if _UPDATED.search(plain := _LETTERS.sub("", name)) and not _OTHER_DATE.search(plain):
            yield read_date(value, day_first=day_first)
    for block in page.nearest:
        yield from (read_date(value, day_first=day_first) for value, changed in _times(block) if changed)
    if days := published_days(published):
        stated = stated_update("\n".join(block.parted for block in page.near), days[1], day_first=day_first)
        yield stated.value if stated else None


def _marked(tree: HtmlElement, name: str) -> Iterator[str]:
    """The values of a microdata property, but those of articles that are linked to."""
    for one in tree.xpath(f"//*[@itemprop='{name}']"):
        if not _beside(one):
            yield one.get("datetime") or one.get("content") or one.text_content()


def _times(block: Block) -> Iterator[tuple[str, bool]]:
    """The ``<time>`` elements of a piece: their moment, and whether it is one of a change."""
    inside = (
        [block.element]
        if block.element.tag == "time"
        else block.element.iter("time")
        if block.words <= _MOST_WORDS
        else []
    )
    for one in inside:
        value = one.get("datetime") or one.text_content()
        if value and not _beside(one):
            own = " ".join(filter(None, (one.get("class"), one.get("itemprop"), one.text))).lower()
            yield value, bool(_UPDATED.search(own)) or leads_to_update(_before(one))


def _before(one: HtmlElement) -> str:
    """The words right before an element."""
    previous, parent = one.getprevious(), one.getparent()
    if previous is None:
        return str(parent.text or "") if parent is not None else ""
    return str(previous.tail or "").strip() or str(previous.text_content())


def _beside(one: HtmlElement) -> bool:
    """Whether an element stands in a part of the page that is about something else."""
    for ancestor in one.iterancestors():
        if ancestor.tag in _ASIDE or ancestor.tag == "a":
            return True
        if ancestor.tag in ("body", "html", "main"):
            return False
        if _RELATED.search(f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"):
            return True
        if ancestor.tag == "li" and ancestor.find(".//a") is not None:
            return True
    return False


def _is_paid(meta: dict[str, str], told: dict[str, Any]) -> bool:
    free = told.get("isAccessibleForFree")
    if free is False or (isinstance(free, str) and free.lower() in ("false", "no", "0", "http://schema.org/false")):
        return True
    return any(
        meta.get(name, "").lower() in _PRICED for name in ("article:content_tier", "content_tier", "access", "paywall")
    )


def _exact(values: Iterator[str | None]) -> str | None:
    """The first day that is told, as exactly as it is; without one, the first month or year."""
    found = [value for value in values if value]
    days = [value for value in found if len(value) >= _DAY]
    return (
        max((value for value in days if value[:_DAY] == days[0][:_DAY]), key=len) if days else next(iter(found), None)
    )


def _text(value: object) -> str | None:
    return _clean(value) if isinstance(value, str) else None


def _name(value: object) -> str | None:
    if isinstance(value, dict):
        return _text(value.get("name"))
    if isinstance(value, list):
        return _name(value[0]) if value else None
    return _text(value)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(values: object) -> str | None:
    return str(values[0]).strip() if isinstance(values, list) and values else None


def _clean(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None
