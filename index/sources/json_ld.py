"""The JSON-LD object of a page that tells of its article, and of no other that it lists. (https://schema.org/NewsArticle)"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from lxml.html import HtmlElement
from rapidfuzz.fuzz import ratio

ARTICLES = ("Article", "BlogPosting", "Report", "SocialMediaPosting")
"""How the schema.org types of an article end: NewsArticle, LiveBlogPosting, …"""
_PAGES = ("WebPage", "ItemPage", "VideoObject", "PodcastEpisode", "AudioObject", "Recipe")
_HOLD = ("@graph", "mainEntity", "mainEntityOfPage")
"""The fields of a JSON-LD object that may hold the article of a page; others hold what it links to."""
_DEEPEST = 6
_MOST_JSON = 2_000_000
ALIKE, _UNLIKE = 80, 45
"""From the one on two titles are of the same article, below the other they are not."""


def objects_of(tree: HtmlElement) -> Iterator[dict[str, Any]]:
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


def is_of(one: dict[str, Any], kinds: tuple[str, ...]) -> bool:
    return any(isinstance(kind, str) and kind.endswith(kinds) for kind in listed(one.get("@type")))


def article_object(
    objects: Sequence[dict[str, Any]], url: str | None, headline: str | None, meta: dict[str, str]
) -> dict[str, Any]:
    """The JSON-LD object that tells of the page's article, with what one of the page itself tells besides."""
    articles = [one for one in objects if is_of(one, ARTICLES)]
    of_page = [one for one in objects if is_of(one, _PAGES)]
    addresses = {_address(one) for one in (url, meta.get("og:url")) if one}
    known = [text for text in (headline, meta.get("og:title")) if text]

    def fits(one: dict[str, Any]) -> float:
        if addresses & {_address(address) for address in _addresses(one)}:
            return 2.0
        named = text_of(one.get("headline")) or text_of(one.get("name"))
        likeness = max((ratio(named.lower(), text.lower()) for text in known), default=0.0) if named else 0.0
        if named and known and likeness < (_UNLIKE if len(articles) == 1 else ALIKE):
            return -1.0
        return likeness / 100 if len(articles) == 1 or likeness >= ALIKE else -1.0

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


def text_of(value: object) -> str | None:
    return clean(value) if isinstance(value, str) else None


def name_of(value: object) -> str | None:
    if isinstance(value, dict):
        return text_of(value.get("name"))
    if isinstance(value, list):
        return name_of(value[0]) if value else None
    return text_of(value)


def listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def clean(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None
