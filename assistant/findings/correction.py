"""What an article, or another one, says it got wrong: told beside an answer that has the wrong value or the right one.

A note counts as a correction only if it says what is wrong and what is right: of "an earlier version of this story
incorrectly linked the reactor with a maker of cars" nobody can tell which answer is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import messages
from assistant.evidence.as_of import added_later, last_day
from assistant.evidence.candidates import Candidate
from assistant.evidence.scoring import Ranked
from assistant.findings.finding import Finder, Finding
from assistant.question.analysis import QuestionAnalysis
from index.analysis.editorial_notes import BOILERPLATE, is_correction, read_correction, values_of
from index.analysis.terms import terms
from index.analysis.types import Role, SentenceAnalysis
from index.languages.en.function_words import NOT_NAMES, STOP_WORDS

_LEAST = 2
"""So many words of meaning, values aside, a correction shares with the sentence it corrects or with the question."""

_NEXT = 2
"""The sentences after a correction that may still belong to it: "It was opened on 5 May"."""


def find_correction(question: QuestionAnalysis, chosen: Sequence[Ranked], ranked: Sequence[Ranked]) -> Finding | None:
    """The first correction that bears on a chosen sentence; those of its own article are asked first."""
    noted = [item.candidate for item in ranked if item.candidate.sentence.role is Role.CORRECTION]
    for item in chosen:
        told = item.candidate
        own = [
            (told, one)
            for one in told.around
            if one.role is Role.CORRECTION and not added_later(told.article, one.start, last_day(question.query))
        ]
        others = [
            (note, note.sentence)
            for note in noted
            if note.article.id != told.article.id and note.features.names >= told.features.names
        ]
        for candidate, sentence in [*own, *others]:
            is_own = candidate.article.id == told.article.id
            note = _whole(candidate, sentence)
            if found := _bearing(question, told, note, own=is_own):
                wrong, text = found
                message = messages.correction(text, wrong=wrong, own=is_own)
                leads = wrong and item is chosen[0] and not question.asks_for_events
                note = _right_first(note) if leads else note
                return Finding("correction", message, before=note if leads else (), after=() if leads else note)
    return None


def _bearing(
    question: QuestionAnalysis, candidate: Candidate, note: Sequence[Candidate], *, own: bool
) -> tuple[bool, str] | None:
    """Whether a correction calls a candidate wrong, or tells what it has as right, and its words; None for neither."""
    text = " ".join(one.text for one in note)
    correction, has = read_correction(text), values_of(candidate.text) | candidate.terms
    about = set(terms(text)) - NOT_NAMES - BOILERPLATE
    asked = {word for words in question.query.terms.values() for word in words}
    if question.asks_for_events:  # its words, and the names in a note, are of the whole story
        has, asked = {value for value in has if value[0].isdigit()}, set()
    itself = any(one.key == candidate.key for one in note)
    if not itself and len(about & (candidate.terms | asked) - STOP_WORDS) < _LEAST:
        return None
    if not correction.right:  # it tells only what was wrong: the number that stands there now is right
        numbers = [{value for value in values if value[0].isdigit()} for values in (has, correction.wrong)]
        return (False, text) if own and not itself and all(numbers) and numbers[0].isdisjoint(numbers[1]) else None
    if correction.wrong and (itself or has & correction.wrong):
        return True, text
    return (False, text) if own and has & correction.right else None


def _right_first(note: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The sentences of a note, those first that have what is right, unless the first says itself what was wrong."""
    if is_correction(note[0].text):
        return tuple(note)
    wrong, right = read_correction(" ".join(one.text for one in note))

    def place(one: Candidate) -> tuple[bool, bool]:
        has = values_of(one.text) | one.terms
        return right.isdisjoint(has), bool(wrong & has)

    return tuple(sorted(note, key=place))


def _whole(candidate: Candidate, first: SentenceAnalysis) -> tuple[Candidate, ...]:
    """The sentences of a correction in a candidate's article: its first, and those that go on in its paragraph.

    Where all of an article is corrections, one is a paragraph.
    """
    text = candidate.article.text
    for one in reversed([one for one in candidate.around if one.start < first.start]):
        if (
            "\n" in text[one.end : first.start]
            or one.role is not Role.CORRECTION
            or is_correction(text[first.start : first.end])
        ):
            break
        first = one
    row = [first]
    for one in [one for one in candidate.around if one.start > first.start and one.evidence][:_NEXT]:
        if "\n" in text[row[-1].end : one.start] or is_correction(text[one.start : one.end]):
            break
        row.append(one)
    return tuple(
        replace(candidate, sentence=one, terms=frozenset(terms(text[one.start : one.end])), reading=None, answer=None)
        for one in row
    )


CORRECTION = Finder("correction", find_correction, "a corrected value is never told without its correction")
