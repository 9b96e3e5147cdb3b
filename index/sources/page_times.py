"""When a page says that its article was published and changed: in its metadata, around its headline, in its address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from index.sources.fields import read_date
from index.sources.json_ld import text_of
from index.sources.page_blocks import Block
from index.sources.page_headline import MOST_WORDS
from index.sources.page_look import Page
from index.times.publication import first_date, leads_to_update, stated_publication, stated_update
from index.times.published import published_days

_PUBLISHED = re.compile(r"publ|pubdate|issued|created|releas|(?:^|article|dc|dcterms|sailthru|og)date$|postdate")
_UPDATED = re.compile(r"modif|updat|revis|lastmod")
_OTHER_DATE = re.compile(
    r"expir|valid|until|copyright|event|start|end(?:date|time)|author|publisher$|publisherid|publicid|build|cache|render"
)
_LETTERS = re.compile(r"[^a-z]")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_-])")
_IN_ADDRESS_TIGHT = re.compile(r"[/_-]((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=\D|$)")
_ASIDE = frozenset(("aside", "nav", "footer"))
_RELATED = re.compile(
    r"related|teaser|recommend|most-?read|popular|trending|comment|sidebar|promo|newsletter|footer", re.I
)
_SENTENCE = re.compile(r"[.!?][\"'”’»)]*$")
_OF_ARTICLE = re.compile(r"item|article|story|page|content|news|doc", re.I)
_WHOLE_DATE = re.compile(r"\d{8}|\d{4}-\d\d-\d\d(?:[T ].*)?")
_DAY = len("2025-03-04")


def published_on(page: Page, day_first: bool) -> str | None:
    """When its article was published, ISO 8601, as exactly as the page tells."""
    return _exact(_publications(page, day_first))


def changed_on(page: Page, published: str | None, day_first: bool) -> str | None:
    """When its article was changed, in the same form."""
    return _exact(_changes(page, published, day_first))


def _publications(page: Page, day_first: bool) -> Iterator[str | None]:
    """What tells when the article was published, the most trusted first."""
    yield read_date(
        text_of(page.told.get("datePublished")) or text_of(page.told.get("dateCreated")), day_first=day_first
    )
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
        if block.words <= MOST_WORDS and block.linked < len(block.text) and not _SENTENCE.search(block.text):
            found_date = first_date(block.parted, day_first=day_first)
            yield found_date.value if found_date else None
    stated = stated_publication("\n".join(block.parted for block in page.near), day_first=day_first)
    yield stated.value if stated else None
    for address in filter(None, (page.url, page.meta.get("og:url"))):
        for pattern in (_IN_ADDRESS, _IN_ADDRESS_TIGHT):
            if found := pattern.search(address):
                year, month, day = (int(part) for part in found.groups())
                yield read_date(f"{year:04d}-{month:02d}-{day:02d}", day_first=day_first)


def _changes(page: Page, published: str | None, day_first: bool) -> Iterator[str | None]:
    """What tells when it was changed, the most trusted first."""
    yield read_date(text_of(page.told.get("dateModified")), day_first=day_first)
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
        if not beside(one):
            yield one.get("datetime") or one.get("content") or one.text_content()


def _times(block: Block) -> Iterator[tuple[str, bool]]:
    """The ``<time>`` elements of a piece: their moment, and whether it is one of a change."""
    inside = (
        [block.element]
        if block.element.tag == "time"
        else block.element.iter("time")
        if block.words <= MOST_WORDS
        else []
    )
    for one in inside:
        value = one.get("datetime") or one.text_content()
        if value and not beside(one):
            own = " ".join(filter(None, (one.get("class"), one.get("itemprop"), one.text))).lower()
            yield value, bool(_UPDATED.search(own)) or leads_to_update(_before(one))


def _before(one: HtmlElement) -> str:
    """The words right before an element."""
    previous, parent = one.getprevious(), one.getparent()
    if previous is None:
        return str(parent.text or "") if parent is not None else ""
    return str(previous.tail or "").strip() or str(previous.text_content())


def beside(one: HtmlElement) -> bool:
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


def _exact(values: Iterator[str | None]) -> str | None:
    """The first day that is told, as exactly as it is; without one, the first month or year."""
    found = [value for value in values if value]
    days = [value for value in found if len(value) >= _DAY]
    return (
        max((value for value in days if value[:_DAY] == days[0][:_DAY]), key=len) if days else next(iter(found), None)
    )
