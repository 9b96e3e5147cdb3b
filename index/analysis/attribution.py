"""Who says what a sentence says: a claim stays with whoever the quotes have say it."""

from __future__ import annotations

from collections.abc import Iterable

from index.analysis.names import forms
from index.analysis.terms import content_tokens, tokens
from index.languages.en.attribution import CLAIM, PART, PASSIVE_SAYING, PRONOUN_SAYS, SAYING, SPEAKER, SUBORDINATE
from index.languages.en.function_words import CALENDAR_WORDS, STOP_WORDS
from index.languages.en.pronouns import SPEAKERS

_SHARE = 5
"""A sentence of which so great a part, one in so many words of meaning, is only said by somebody is no fact."""


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


def speakers(text: str) -> set[str]:
    """The words for who says what a sentence says; none where nobody is named.

    >>> sorted(speakers("It will cost $40 million, the ministry said.")), speakers("She said it will cost more.")
    (['ministry'], set())
    """
    named = " ".join(text[slice(*place)] for place in speaker_places(text))
    return forms(named) - STOP_WORDS - SPEAKERS


def speaker_lost(sentence: str, quotes: Iterable[str]) -> bool:
    """Whether the sentence makes a fact of what quotes only tell that somebody says.

    >>> speaker_lost("The ferry is unsafe.", ["Torvald said the ferry is unsafe, and Brandt closed it."])
    True
    >>> speaker_lost("Brandt closed it.", ["Torvald said the ferry is unsafe, and Brandt closed it."])
    False
    """
    if SAYING.search(sentence) or CLAIM.search(sentence):
        return False
    ours = {term for _, term in content_tokens(sentence)}
    parts = [part for quote in quotes for part in clauses(quote)]
    facts = {term for part in parts if not SAYING.search(part) for term in forms(part)}
    claimed = {term for part in parts if SAYING.search(part) for term in ours & forms(part) - facts}
    return _SHARE * len(claimed) > len(ours)


def other_speaker(sentence: str, said: str) -> str | None:
    """Who the quotes say has said it, where the sentence names another of them; None where it does not.

    >>> other_speaker("Brandt said the ferry is unsafe.", "Torvald said the ferry is unsafe, as Brandt feared.")
    'Torvald'
    """
    ours = _speakers(sentence) if not PASSIVE_SAYING.search(sentence) else set()
    if not ours or ours.isdisjoint(forms(said)):
        return None
    claim = {term for _, term in content_tokens(sentence)} - ours
    parts = clauses(said)
    if not parts or not claim:
        return None
    part = max(parts, key=lambda part: len(claim & forms(part)))
    if PRONOUN_SAYS.search(part):
        return None
    theirs = _speakers(part)
    if theirs and ours.isdisjoint(theirs):
        return next(word for word, term in tokens(part) if term in theirs)
    return None


def clauses(quote: str) -> list[str]:
    """The clauses of a quote that may be somebody's words or not; "after X said so" is one of its own."""
    found: list[str] = []
    for part in filter(None, PART.split(quote)):
        said = SAYING.search(part)
        lead = SUBORDINATE.search(part)
        if said and lead and lead.start() < said.start():
            found += [part[: lead.start()], part[lead.start() :]]
        else:
            found.append(part)
    return found


def _speakers(text: str) -> set[str]:
    """The terms of whoever says something in a text."""
    found = {term for match in SPEAKER.finditer(text) for who in match.groups() if who for term in forms(who)}
    return found - STOP_WORDS - CALENDAR_WORDS
