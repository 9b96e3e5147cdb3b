"""What a person narrows questions to: days, outlets, single articles; shown as chips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import Any

from assistant.options import Options, read_options
from index.errors import DateInvalid
from index.times.days import day_in_words


@dataclass(frozen=True)
class Narrowing:
    """The filters of a conversation; they hold for follow-ups too."""

    as_of: date | None = None
    first: date | None = None
    last: date | None = None
    outlets: tuple[str, ...] = ()
    articles: tuple[tuple[str, str], ...] = ()
    """The ids and titles of single articles."""

    def options(self) -> Options:
        """As ``Assistant.ask`` takes them."""
        return {
            "as_of": self.as_of,
            "published": (self.first, self.last),
            "outlets": self.outlets,
            "articles": [article_id for article_id, _ in self.articles],
        }

    def to_json(self) -> dict[str, Any]:
        """The filters that are set, as JSON values; a day as 2026-02-10."""
        days = {"as_of": self.as_of, "from": self.first, "to": self.last}
        found: dict[str, Any] = {name: day.isoformat() for name, day in days.items() if day}
        if self.outlets:
            found["outlets"] = list(self.outlets)
        if self.articles:
            found["articles"] = [article_id for article_id, _ in self.articles]
        return found

    def chips(self) -> list[tuple[str, str]]:
        """A key to drop each filter by, and its words."""
        found = []
        if self.as_of:
            found.append(("as_of", f"as of {day_in_words(self.as_of)}"))
        if self.first:
            found.append(("first", f"from {day_in_words(self.first)}"))
        if self.last:
            found.append(("last", f"up to {day_in_words(self.last)}"))
        found += [(f"outlet:{name}", name) for name in self.outlets]
        found += [(f"article:{article_id}", f"only “{title}”") for article_id, title in self.articles]
        return found

    def without(self, key: str) -> Narrowing:
        """The others, once one was dropped."""
        kind, _, name = key.partition(":")
        if kind == "outlet":
            return replace(self, outlets=tuple(outlet for outlet in self.outlets if outlet != name))
        if kind == "article":
            return replace(self, articles=tuple(pair for pair in self.articles if pair[0] != name))
        return Narrowing(
            None if kind == "as_of" else self.as_of,
            None if kind == "first" else self.first,
            None if kind == "last" else self.last,
            self.outlets,
            self.articles,
        )


def narrowed(before: Narrowing, as_of: str, first: str, last: str, outlets: Sequence[str]) -> Narrowing:
    """The filters as they were typed; single articles are kept. Raises DateInvalid."""
    found = Narrowing(_day(as_of), _day(first), _day(last), tuple(outlets), before.articles)
    read_options(found.options(), fast=True)
    return found


def chips_html(narrowing: Narrowing) -> str:
    """A button for each filter that drops it."""
    chips = [
        f'<button type="button" class="chip" data-drop="{escape(key)}" aria-label="Remove the filter {escape(words)}">'
        f'{escape(words)} <span aria-hidden="true">×</span></button>'
        for key, words in narrowing.chips()
    ]
    return f'<div class="chips" role="group" aria-label="Filters">{"".join(chips)}</div>' if chips else ""


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise DateInvalid(f"{text!r} is not a date; write it as 2026-02-10") from None
