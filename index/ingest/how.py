"""How sources are taken in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class How:
    """How sources are taken in."""

    label: str | None = None
    """Of the folder, where the store has another of its name."""
    published: str | None = None
    """An ISO 8601 year, month, day or moment: that of the articles that state none themselves."""
    again: bool = False
    """Whether what was removed or dismissed comes back, and everything is read, even what did not change."""
    keep: bool = False
    """Whether what has vanished stays."""
    dry: bool = False
    """Whether nothing is written: what would be done is told."""
    hosts: tuple[str, ...] = ()
    """Beside an address's own, those that pages may be fetched from."""
    most_pages: int = 500
    """Of one address of the web, in one go."""
    allow_private: bool = False
    """Whether servers on this machine and in private networks may be asked."""
    pause: float = 1.0
    """Seconds between two requests to a host."""
