"""The names under which sources tell of an article: "headline" is its title, "byline" its author."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAMES = {
    "text": "text body content article articletext articlebody fulltext bodytext story maintext contenttext",
    "id": "id articleid guid docid documentid uid",
    "title": "title headline heading articletitle hed",
    "published": "published date publishedat publicationdate publishdate pubdate datepublished publishedon"
    " firstpublished versioncreated created dateissued",
    "updated": "updated modified updatedat datemodified lastmodified lastmod modifieddate",
    "url": "url link permalink canonicalurl canonical weburl articleurl address",
    "author": "author authors byline creator writer by",
    "agency": "agency outlet publisher source site sitename publication newspaper provider sourcename",
    "place": "place location dateline city",
    "language": "language lang locale",
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names.split()}
_LETTERS = re.compile(r"[^a-z]")


def field_named(name: str) -> str | None:
    """The field of an article that a source means by a name.

    >>> field_named("Publication Date"), field_named("article_text"), field_named("votes")
    ('published', 'text', None)
    """
    return _FIELD_OF.get(_LETTERS.sub("", name.lower()))


def by_known_names(told: Mapping[str, str]) -> dict[str, str]:
    """What is told of an article by the names of its fields; the first of each that is not empty counts."""
    found: dict[str, str] = {}
    for name, value in told.items():
        if (field := field_named(name)) and value.strip():
            found.setdefault(field, value)
    return found
