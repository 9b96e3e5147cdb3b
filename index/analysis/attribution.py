"""Who says what a sentence says."""

from __future__ import annotations

from index.analysis.names import forms
from index.languages.en.attribution import SAYING, SPEAKER
from index.languages.en.function_words import STOP_WORDS
from index.languages.en.pronouns import SPEAKERS


def says_so(text: str) -> bool:
    """Whether a text tells that somebody says something."""
    return bool(SAYING.search(text))


def speaker_places(text: str) -> list[tuple[int, int]]:
    """Where a sentence names who says what it says.

    >>> text = "It will cost $40 million, the ministry said."
    >>> [text[slice(*place)] for place in speaker_places(text)]
    ['the ministry']
    """
    groups = (
        (found.span(number), found[number])
        for found in SPEAKER.finditer(text)
        for number in range(1, len(found.groups()) + 1)
    )
    return [place for place, words in groups if words and not forms(words) <= STOP_WORDS | SPEAKERS]
