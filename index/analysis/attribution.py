"""Who says what a sentence says: a claim stays with whoever the quotes have say it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.analysis.names import forms
from index.analysis.terms import CALENDAR_WORDS, STOP_WORDS, content_tokens, tokens

_VERBS = (
    r"(?:said|says?|saying|told|tells|according to|claim(?:s|ed|ing)|alleg(?:es|ed|edly|ing)|argu(?:es|ed|ing)"
    r"|insist(?:s|ed|ing)|believ(?:es|ed)|thinks|thought|report(?:s|ed|edly)|den(?:ies|ied|ying)|warn(?:s|ed|ing that)"
    r"|announce[sd] that|confirm(?:s|ed|ing)|suggest(?:s|ed|ing)|add(?:s|ed) that|predict(?:s|ed|ing)|wrote|writes"
    r"|describe[sd]|accus(?:es|ed)|stated|rumou?red|not(?:ed|ing)|stress(?:es|ed|ing)|admit(?:s|ted|ting)"
    r"|acknowledg(?:es|ed|ing)|estimated|urge[sd]|explain(?:s|ed)|reveal(?:s|ed)|concede[sd]|declare[sd]"
    r"|testif(?:ies|ied)|tweeted|posted|quoted|emphasi[sz]e[sd]|contend(?:s|ed)|assert(?:s|ed)|remarked"
    r"|(?:(?<=s )|(?<=they )|(?<=who )|(?<=olice )|(?<=eople )|(?<=edia ))"  # Analysts warn, but not: a report
    r"(?:warn|predict|suggest|allege|argue|acknowledge|estimate|confirm|note|stress|admit|reveal|explain|urge|claim"
    r"|insist|believe|report|think|deny|tell|contend|assert))\b"
)
SAYING = re.compile(rf"\b{_VERBS}", re.IGNORECASE)
_PART = re.compile(
    r"(?<=[.!?])[\"'”’]? |; | [—–] |, (?=(?:and|but|while|although|though|whereas)\b(?! that\b))"
    r"|, (?=(?:which|who)\b[^,]*$)|, (?=[a-z]+ing\b)"
    rf"| (?=and (?:{_VERBS}))"
)
_SUBORDINATE = re.compile(r" (?=(?:after|because|when|as|before|since)\b)")
_WHO = r"((?:[\w’'.-]+ ){0,6}?[\w’'.-]+)"
_SPEAKER = re.compile(
    rf"(?:^|[,;] |\bthat |\b(?:and|but|while|as) ){_WHO}((?:, [^,]{{1,60}},)?)(?: has| had| have| also)? (?={_VERBS})"
    rf"|\b(?:said|says|added|wrote) ((?-i:[A-Z])[\w’'.-]+(?: (?-i:[A-Z])[\w’'.-]+){{0,4}})"
    rf"|\baccording to ((?:(?!(?:that|on|in|at|to)\b)[\w’'.-]+ ?){{1,5}})",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"\b(?:(?:the|an?) "
    r"(?:claim|charge|allegation|accusation|report|statement|suggestion)s?|disput\w+|contest(?:s|ed)?)\b",
    re.IGNORECASE,
)
_SHARE = 5
"""A sentence of which so great a part, one in so many words of meaning, is only said by somebody is no fact."""

_PASSIVE = re.compile(rf"\b(?:was|were|been|is|are|being) (?:\w+ly )?{_VERBS}")
_PRONOUNS = frozenset("he she they it who which we".split())
_PRONOUN_SAYS = re.compile(rf"\b(?:he|she|they|it|who|which) (?:has |had |also )?(?:{_VERBS})", re.IGNORECASE)


def speakers(text: str) -> set[str]:
    """The words for who says what a sentence says; none where nobody is named.

    >>> sorted(speakers("It will cost $40 million, the ministry said.")), speakers("She said it will cost more.")
    (['ministry'], set())
    """
    named = " ".join(group for found in _SPEAKER.finditer(text) for group in found.groups() if group)
    return forms(named) - STOP_WORDS - _PRONOUNS


def speaker_lost(sentence: str, quotes: Iterable[str]) -> bool:
    """Whether the sentence makes a fact of what quotes only tell that somebody says.

    >>> speaker_lost("The ferry is unsafe.", ["Torvald said the ferry is unsafe, and Brandt closed it."])
    True
    >>> speaker_lost("Brandt closed it.", ["Torvald said the ferry is unsafe, and Brandt closed it."])
    False
    """
    if SAYING.search(sentence) or _CLAIM.search(sentence):
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
    ours = _speakers(sentence) if not _PASSIVE.search(sentence) else set()
    if not ours or ours.isdisjoint(forms(said)):
        return None
    claim = {term for _, term in content_tokens(sentence)} - ours
    parts = clauses(said)
    if not parts or not claim:
        return None
    part = max(parts, key=lambda part: len(claim & forms(part)))
    if _PRONOUN_SAYS.search(part):
        return None
    theirs = _speakers(part)
    if theirs and ours.isdisjoint(theirs):
        return next(word for word, term in tokens(part) if term in theirs)
    return None


def clauses(quote: str) -> list[str]:
    """The clauses of a quote that may be somebody's words or not; "after X said so" is one of its own."""
    found: list[str] = []
    for part in filter(None, _PART.split(quote)):
        said = SAYING.search(part)
        lead = _SUBORDINATE.search(part)
        if said and lead and lead.start() < said.start():
            found += [part[: lead.start()], part[lead.start() :]]
        else:
            found.append(part)
    return found


def _speakers(text: str) -> set[str]:
    """The terms of whoever says something in a text."""
    found = {term for match in _SPEAKER.finditer(text) for who in match.groups() if who for term in forms(who)}
    return found - STOP_WORDS - CALENDAR_WORDS
