"""What is held back: a tenth of the titles of every set, and a fifth of the stories written for the project."""

from __future__ import annotations

from hashlib import sha256

from index.training.sources import Article, unit

NEVER_TRAINED_ON = ("border", "culture", "harvest", "prison", "town", "vaccine")
"""Archives of our own of which no story is trained on."""


def _number(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big")


def held_title(title: str) -> bool:
    """Whether a title is kept for measuring, the same in every set."""
    return _number(f"title/{title.strip().lower()}") % 10 == 3


def held(article: Article) -> bool:
    """Whether an article is kept for measuring."""
    return held_title(unit(article))


def held_story(story: str) -> bool:
    """Whether a story of our own is kept for measuring."""
    return _number(story) % 5 == 0
