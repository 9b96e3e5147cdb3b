"""Documents that a program hands in, as LlamaIndex's readers give them: each an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Protocol

from index.errors import LineMalformed, SourceError
from index.sources.fields import FIELDS, article_of, content_id
from index.sources.reading import Item, Reading

ROOT = "documents:"
"""The root of all that was handed in: no folder has this name."""

_ALSO = {"date": "published", "outlet": "agency", "publisher": "agency", "source_url": "url", "file_name": "title"}
"""Names of metadata that stand for fields where these are missing. The day on which a file was made tells no date."""


class Document(Protocol):
    """What LlamaIndex calls a ``Document``: a text with metadata."""

    @property
    def metadata(self) -> Mapping[str, Any]:
        """What is known of it."""
        ...

    @property
    def text(self) -> str:
        """Its text."""
        ...


def readings_of(documents: Iterable[Document], *, max_characters: int) -> Iterator[Reading]:
    """Each document, not read yet."""
    for number, document in enumerate(documents, start=1):
        part = _name(document)
        place = f"{ROOT}{part or number}"
        yield Reading(place, None, partial(_read, document, part, place, max_characters))


def _read(document: Document, part: str, place: str, max_characters: int) -> Iterator[Item]:
    try:
        if not isinstance(document.text, str):
            raise LineMalformed(f"{place} is of no use: its text is a {type(document.text).__name__}")
        told = _fields(document.metadata)
        yield (
            place,
            article_of(
                document.text, told, address=ROOT, place=place, max_characters=max_characters, part=part or None
            ),
        )
    except SourceError as error:
        yield place, error


def _fields(metadata: Mapping[str, Any]) -> dict[str, str]:
    known = {name: value for name, value in metadata.items() if isinstance(value, str)}
    also = {field: known[name] for name, field in _ALSO.items() if name in known}
    return also | {name: known[name] for name in FIELDS if name in known and name not in ("id", "text")}


def _name(document: Document) -> str:
    """What names a document, the same when it is handed in again: LlamaIndex gives each a new id each time."""
    told = document.metadata
    named = [told.get(name) for name in ("url", "source_url", "file_path", "page_label") if told.get(name)]
    return "#".join(map(str, named)) or content_id(None, str(document.text))
