"""The settings that a store is built with, and that a store remembers."""

from __future__ import annotations

from dataclasses import dataclass

from index.models.embedding import MAX_TOKENS


@dataclass(frozen=True)
class IndexSettings:
    """How articles are read and cut."""

    chunk_tokens: int = MAX_TOKENS
    """The most WordPiece tokens of a chunk, its title included."""

    max_article_characters: int = 1_000_000
    """An article longer than this is refused: it is a book, or a file that is no article."""

    day_first: bool = True
    """Whether 03/04/2025 is 3 April; else it is March 4th."""


ANALYSIS = "12"
"""Grows when sentences, chunks, terms or the analysis of a sentence come out differently: older stores are rebuilt."""

READING = "1"
"""Grows when readers of files and pages give other articles: every file is then read again."""
