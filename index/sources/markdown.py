"""Markdown files, with or without front matter.

What stands between two lines of ``---`` (YAML), or of ``+++`` (TOML, as Hugo has it), tells of the article.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from index.errors import LineMalformed, SourceError
from index.sources.decode import decode
from index.sources.fields import article_of, too_long
from index.sources.markup import shown, without_markup
from index.sources.names import by_known_names
from index.types import Article

_ALIAS = re.compile(r"(?:^|[\s\[,:-])\*\w")
"""A few of them stand for millions of values."""


def read_markdown(file: Path, *, address: str, max_characters: int) -> Iterator[tuple[str, Article | SourceError]]:
    """The article of a Markdown file. Raises LineMalformed for front matter that cannot be read, ArticleTooLong."""
    from markdown_it import MarkdownIt

    if file.stat().st_size > 4 * max_characters:
        raise too_long(address, f"{file.stat().st_size:,} bytes", max_characters)
    told, body = _front_matter(decode(file.read_bytes(), address), address)
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    title = told.get("title")
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        inline = tokens[1].children or []
        head = "".join(one.content for one in inline if one.type in ("text", "code_inline"))
        if not title or title.strip().lower() == head.strip().lower():
            title, tokens = head, tokens[3:]
    told["title"] = title and without_markup(title)
    renderer = MarkdownIt("commonmark").enable("table")
    text = shown(renderer.renderer.render(tokens, renderer.options, {}))
    yield address, article_of(text, told, address=address, place=address, max_characters=max_characters)


def _front_matter(text: str, address: str) -> tuple[dict[str, Any], str]:
    """What is told between two lines of ``---`` or ``+++``, and the text after them."""
    rule = text[:3]
    if rule not in _READ or not text.startswith(f"{rule}\n"):
        return {}, text
    head, mark, body = text[len(rule) :].partition(f"\n{rule}\n")
    if not mark:
        return {}, text
    found = _READ[rule](head, address)
    if not isinstance(found, dict):
        return {}, body
    return by_known_names({str(name): _plain(value) for name, value in found.items()}), body


def _yaml(head: str, address: str) -> object:
    import yaml

    if _ALIAS.search(head):
        raise LineMalformed(f"{address}: its front matter has YAML aliases, which are not read")
    try:
        return yaml.safe_load(head)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise LineMalformed(f"{address}: its front matter is no YAML, line {line}") from None


def _toml(head: str, address: str) -> object:
    try:
        return tomllib.loads(head)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise LineMalformed(f"{address}: its front matter is no TOML: {error}") from None


_READ: dict[str, Callable[[str, str], object]] = {"---": _yaml, "+++": _toml}


def _plain(value: object) -> str:
    match value:
        case datetime() | date():
            return value.isoformat()
        case list():
            return ", ".join(_plain(one) for one in value)
        case dict():
            return _plain(value.get("name", ""))
        case None:
            return ""
        case _:
            return str(value)
