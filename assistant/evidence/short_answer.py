"""Which words of a sentence answer a question: those that the reader likes best, with what turns or begins them."""

from __future__ import annotations

import re

from assistant.evidence.event_time import FIRST_TIME
from assistant.question.answer_type import Kind
from index.analysis.terms import STOP_WORDS, terms

_TURNING = (
    r"without|except(?: for)?|not|no|never|neither|against|other than|rather than"
    r"|(?:more|fewer|less|no (?:more|fewer|less)|older|younger|higher|lower) than|at (?:least|most)|up to|under|over"
    r"|nearly|almost"
)
_BEFORE = re.compile(rf"\b(?:{_TURNING})(?: (?:the|an?|any|his|her|their|its))?[ ][\"“‘']?$", re.IGNORECASE)
"""What makes something else of the words that follow it."""

_BEFORE_TIME = re.compile(rf"\b(?:{_TURNING}|before|after|until|till|not before|by)(?: the)?[ ]$", re.IGNORECASE)
_OFFICE = re.compile(r"\b(?:former|acting|deputy|vice|ex)[ -]$", re.IGNORECASE)
_REASON = re.compile(r"\b(?:to [a-z]|because|due to|owing to|in order to)[^,;:.\"“”]{0,60}$", re.IGNORECASE)
_SAYING = re.compile(
    r"\W*what (?:(?:did|does|has|had) .*\b(?:say|said|tell|told|write|reply|answer|declare)\b"
    r"|.*\bquoted? .*\bas saying\b)",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"(?:(?:more|less|fewer) than |about |nearly |almost |over )?(?:an?|\d+|[a-z]+)(?: and a half)?"
    r" (?:second|minute|hour|day|week|month|year|decade)s?",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"(?:until|till|before)(?: the)? ")
_NOT_UNTIL = re.compile(r"(?:\bnot|n['’]t|\bnever)\b[^.;,]*\b(?:until|till|before)(?: the)?[ ]$", re.IGNORECASE)
_MANY = 2
_CLOSING = re.compile(r"[^\"]{0,80}\"")
_SPOKEN = re.compile(r"\"[^\"]{12,}\"|“[^”]{12,}”")


def marked(question: str, kind: Kind, sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the short answer stands in a sentence of which the reader likes some words best; None where it has none.

    >>> text = "It should be done without too many talks."
    >>> text[slice(*(marked("How should it be done?", "what", text, 26, 40) or (0, 0)))]
    'without too many talks'
    >>> text = "She rang in May to warn them of rain."
    >>> text[slice(*(marked("Why did she ring?", "why", text, 24, 36) or (0, 0)))]
    'to warn them of rain'
    """
    beside = FIRST_TIME.search(sentence) if kind == "when" else None
    if beside and not _asked_for(question, sentence[beside.start() : start]):
        if beside.start() <= start:
            return None  # "for the first time since 2022" does not say when
        end = min(end, beside.start())
    if _SAYING.match(question) and (said := _said(sentence, start, end)):
        return said
    before = sentence[:start]
    turns = (_BEFORE_TIME if kind == "when" else _BEFORE).search(before)
    if turns and _NOT_UNTIL.search(before):
        turns = None  # what does not open until Monday opens on Monday
    if (lead := _UNTIL.match(sentence, start, end)) and _NOT_UNTIL.search(sentence[: lead.end()]):
        start = lead.end()
    turns = turns or (_OFFICE.search(before) if kind == "who" else None)
    if kind == "why" and (reason := _REASON.search(before)):
        turns = reason
    return _closed(sentence, turns.start() if turns else start, end)


def is_duration(words: str) -> bool:
    """Whether some words say how long something took, and not when it was.

    >>> is_duration("16 days"), is_duration("16 days ago"), is_duration("last week")
    (True, False, False)
    """
    return bool(_DURATION.fullmatch(words)) and not re.match(r"(?:last|next|this|that|every|each|past)\b", words, re.I)


def _asked_for(question: str, words: str) -> bool:
    """Whether a question has most of what some words tell: "since the invasion began in" is asked for."""
    told = {term for term in terms(words) if term not in STOP_WORDS}
    return len(told.intersection(terms(question))) >= _MANY


def _closed(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Some words up to the end of what is quoted in them, if that begins in them."""
    if sentence[start:end].count('"') % 2 and (closing := _CLOSING.match(sentence, end)):
        end = closing.end()
    return start, end


def _said(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """What is said in quotation marks around some words, or, where these are in none, in the only ones."""
    quoted = [found.span() for found in _SPOKEN.finditer(sentence)]
    around = [place for place in quoted if place[0] <= start and end <= place[1]] or quoted
    if len(around) != 1:
        return None
    [(first, last)] = around
    spoken = sentence[first + 1 : last - 1].rstrip(",.")
    return first + 1, first + 1 + len(spoken)
