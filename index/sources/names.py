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
    "url": "url link permalink canonicalurl canonical weburl articleurl",
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
    """What is told of an article by the names of its fields; of several for one, the plainest that is not empty.

    >>> by_known_names({"created": "2025-03-01", "published": "2025-03-04"})
    {'published': '2025-03-04'}
    """
    found: dict[str, tuple[int, str]] = {}
    for name, value in told.items():
        plain = _LETTERS.sub("", name.lower())
        if (field := _FIELD_OF.get(plain)) and value.strip():
            rank = _NAMES[field].split().index(plain)
            if field not in found or rank < found[field][0]:
                found[field] = rank, value
    return {field: value for field, (_, value) in found.items()}
