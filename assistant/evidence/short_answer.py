"""The short answer in a sentence: the span that the reader likes best, with what turns or begins it.

"12" of "more than 12" is no answer, nor is "July" of "before July": this makes a short answer true, not found.
"""

from __future__ import annotations

from math import log

from assistant.evidence.candidates import Candidate
from assistant.question.analysis import QuestionAnalysis
from index.analysis.terms import content_tokens, terms
from index.languages.en.function_words import STOP_WORDS
from index.languages.en.question_words import FREQUENCY
from index.languages.en.short_answers import (
    BEFORE,
    BEFORE_TIME,
    CLOSING,
    DAY,
    DURATION,
    FIRST_TIME,
    NOT_UNTIL,
    OFFICE,
    REASON,
    RELATIVE,
    SPOKEN,
    UNTIL,
)

_SHORT_FROM = log(0.2)
"""A short answer is given from this share of all that the reader makes of its sentence on."""

_MANY = 2


def short_answer(question: QuestionAnalysis, candidate: Candidate) -> tuple[int, int] | None:
    """Where the words that answer stand in the article; None where the reader is not sure of them."""
    reading = candidate.best
    if question.answer_type == "yes_no" or reading is None or candidate.answer is None:
        return None
    if reading.mass < 0 or reading.span - 2 * reading.mass < _SHORT_FROM:
        return None
    (start, end), words = candidate.answer, candidate.words
    if words.lower() in STOP_WORDS:  # "he" is no answer
        return None
    if question.answer_type in ("who", "where") and _is_given(question, words):
        return None
    if is_duration(words) if question.answer_type == "when" else question.asks_how_long and DAY.match(words):
        return None
    sets = [one for one in candidate.sentence.lengths if one.type == "SET" and one.start < end and start < one.end]
    if question.asks_how_often and not (sets or FREQUENCY.search(words)):
        return None
    begin = candidate.sentence.start
    found = qualified(question, candidate.text, start - begin, end - begin)
    return (begin + found[0], begin + found[1]) if found else None


def qualified(question: QuestionAnalysis, sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """Some words of a sentence with what makes something else of them: a bound, a negation, a reason, an office."""
    kind = question.answer_type
    beside = FIRST_TIME.search(sentence) if kind == "when" else None
    if beside and not _asked_for(question, sentence[beside.start() : start]):
        if beside.start() <= start:
            return None  # "for the first time since 2022" does not say when
        end = min(end, beside.start())
    if question.asks_what_was_said and (said := _said(sentence, start, end)):
        return said
    before = sentence[:start]
    turns = (BEFORE_TIME if kind == "when" else BEFORE).search(before)
    if turns and NOT_UNTIL.search(before):
        turns = None  # what does not open until Monday opens on Monday
    if (lead := UNTIL.match(sentence, start, end)) and NOT_UNTIL.search(sentence[: lead.end()]):
        start = lead.end()
    turns = turns or (OFFICE.search(before) if kind == "who" else None)
    if kind == "why" and (reason := REASON.search(before)):
        turns = reason
    return _closed(sentence, turns.start() if turns else start, end)


def is_duration(words: str) -> bool:
    """Whether some words say how long something took, and not when it was.

    >>> is_duration("16 days"), is_duration("16 days ago"), is_duration("last week")
    (True, False, False)
    """
    return bool(DURATION.fullmatch(words)) and not RELATIVE.match(words)


def _is_given(question: QuestionAnalysis, words: str) -> bool:
    """Whether a question that leaves no choice has the words of an answer itself."""
    held = [term for _, term in content_tokens(words)]
    return bool(held) and " or " not in question.text and all(term in question.query.terms for term in held)


def _asked_for(question: QuestionAnalysis, words: str) -> bool:
    """Whether a question has most of what some words tell: "since the invasion began in" is asked for."""
    told = {term for term in terms(words) if term not in STOP_WORDS}
    return len(told.intersection(question.query.terms)) >= _MANY


def _closed(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Some words up to the end of what is quoted in them, if that begins in them."""
    if sentence[start:end].count('"') % 2 and (closing := CLOSING.match(sentence, end)):
        end = closing.end()
    return start, end


def _said(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """What is said in quotation marks around some words, or, where these are in none, in the only ones."""
    quoted = [found.span() for found in SPOKEN.finditer(sentence)]
    around = [place for place in quoted if place[0] <= start and end <= place[1]] or quoted
    if len(around) != 1:
        return None
    [(first, last)] = around
    spoken = sentence[first + 1 : last - 1].rstrip(",.")
    return first + 1, first + 1 + len(spoken)
