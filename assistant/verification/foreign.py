"""What no sentence about news has: markup, a link, somebody who speaks to the reader, a bare yes or no."""

from __future__ import annotations

import re

from index.analysis.terms import tokens
from index.languages.en.pronouns import WRITER_OR_READER
from index.languages.en.question_words import BARE_YES_NO

_MARKUP = re.compile(
    r"https?:\S*|www\.\S+|\w+@\w+\.\w+|</?\w+[^>]*>|!?\[[^\]]*\]\([^)]*\)|[`{}<>|#*_~]{1,3}"
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
)


_FEWEST = 3
"""Words of a sentence."""


def statement(written: str) -> str:
    """What a sentence says without the yes or no that it begins with, where that leaves a sentence.

    >>> statement("No, the bridge is still closed."), statement("Yes."), statement("No one was hurt.")
    ('The bridge is still closed.', 'Yes.', 'No one was hurt.')
    """
    match = BARE_YES_NO.match(written)
    rest = written[match.end() :].strip() if match else ""
    return rest[0].upper() + rest[1:] if len(rest.split()) >= _FEWEST else written


def foreign(claim: str, said: str) -> str | None:
    """What in a claim is no statement about news and stands in no quote, in words for a model and for people.

    >>> foreign("See [the site](http://x.example).", "It sank."), foreign("The ferry sank.", "The ferry sank.")
    ("it has '[the site](http://x.example)', which is no text of an article", None)
    """
    for found in _MARKUP.findall(claim):
        if found not in said:
            return f"it has {found!r}, which is no text of an article"
    if (match := BARE_YES_NO.match(claim)) and not said.lower().startswith(match.group().lower()):
        return "it begins with yes or no: say what the passage says"
    theirs = {word.lower() for word, _ in tokens(said)}
    for number, (word, _) in enumerate(tokens(claim)):
        written = word.isupper() and (len(word) > 1 or number > 0)  # the US, World War I
        if word.lower() in WRITER_OR_READER and not written and word.lower() not in theirs:
            return f"it says {word!r}, which the quotes do not"
    return None
