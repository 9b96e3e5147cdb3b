"""Whether a sentence keeps the order of its quotes: from and to, before and after, cause and effect."""

from __future__ import annotations

import re

from index.analysis.terms import STOP_WORDS, terms

_ORDER = re.compile(r"\b(?:before|after)\b", re.IGNORECASE)
_CAUSES = "because|because of|after|due to|as a result of|following|amid|since|owing to|over".split("|")
_CAUSAL = re.compile(
    r",? \b(?:because(?: of)?|after|due to|as a result of|following|amid|since|owing to|over|so that|so|prompting"
    r"|forcing|leading to|leaving|and|but|which|in order to)\b|, "
)
_BECAUSE = re.compile(r"\b(?:because(?: of)?|due to|as a result of|owing to|on account of)\b")
_FROM = re.compile(r"\bfrom (?:the |a )?([$€£]?\w[\w.,%-]*)")
_TO = re.compile(r"\bto (?:the |a )?([$€£]?\w[\w.,%-]*)")


def reordered(sentence: str, said: str) -> str | None:
    """What stands the other way round in a sentence than in its quotes; None where nothing does.

    >>> reordered("The ferry goes from Marlow to Esk.", "The ferry goes from Esk to Marlow.")
    "it has from 'marlow' where the quotes have to 'marlow'"
    """
    return _from_to(sentence, said) or _before_after(sentence, said) or _other_cause(sentence, said)


def _from_to(sentence: str, said: str) -> str | None:
    from_there, to_there = _after(_FROM, said), _after(_TO, said)
    if wrong := (_after(_FROM, sentence) & to_there) - from_there:
        return f"it has from {min(wrong)!r} where the quotes have to {min(wrong)!r}"
    return None


def _before_after(sentence: str, said: str) -> str | None:
    """Whether what came first in the quotes comes second in a sentence."""
    ours, theirs = _ORDER.search(sentence), _ORDER.search(said)
    if not ours or not theirs:
        return None
    head, tail = _sides(sentence, ours)
    left, right = set(terms(head)) - STOP_WORDS, set(terms(tail)) - STOP_WORDS
    lead, rest = _sides(said, theirs)
    first, second = set(terms(lead)) - STOP_WORDS, set(terms(rest)) - STOP_WORDS
    as_said = len(left & first - second) + len(right & second - first)
    turned_round = len(left & second - first) + len(right & first - second)
    if ours[0].lower() != theirs[0].lower():
        as_said, turned_round = turned_round, as_said
    return f"it has what came {ours[0].lower()} what the other way round" if turned_round > as_said else None


def _sides(text: str, word: re.Match[str]) -> tuple[str, str]:
    """What a "before" has on its two sides; of "Two days before she landed, he left" the first is "he left"."""
    head, tail = text[: word.start()], text[word.end() :]
    if len(head.split()) < 4 and ", " in tail:
        tail, _, rest = tail.partition(", ")
        head += rest
    return head, tail


def _other_cause(sentence: str, said: str) -> str | None:
    """Whether a sentence takes for the cause what in the quotes is no cause."""
    because = _BECAUSE.search(sentence)
    if not because:
        return None
    named = set(terms(sentence[because.end() :])) - STOP_WORDS
    parts = _CAUSAL.split(said)
    leads = ["", *(match[0].lower().strip(" ,") for match in _CAUSAL.finditer(said))]
    causes = [part for lead, part in zip(leads, parts, strict=True) if lead in _CAUSES]
    if not causes or not named:
        return None
    shares = {part: len(named & set(terms(part))) for part in parts}
    best = max(parts, key=lambda part: shares[part])
    if best not in causes and shares[best] > max(shares[part] for part in causes):
        return "the quotes name another cause"
    return None


def _after(lead: re.Pattern[str], text: str) -> set[str]:
    return {term for match in lead.finditer(text) for term in terms(match[1])}
