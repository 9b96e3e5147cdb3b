"""The expected answer type of a question, and whether a sentence offers something of it.

Question classification, as in Li and Roth 2002, by the first question word.
"""

from __future__ import annotations

from collections.abc import Collection

from index.analysis.terms import terms
from index.analysis.types import SentenceAnalysis
from index.languages.en.calendar import ANY_YEAR
from index.languages.en.question_words import LEAD, LEADS, NEXT_QUESTION, YES_NO, AnswerType

_MOST_PARTS, _LEAST_WORDS = 3, 3


def split_question(question: str) -> list[str]:
    """The questions that are asked at once, three at most; a longer row of them is taken as it is.

    >>> split_question("Who went to Moscow, and when did talks cease?")
    ['Who went to Moscow', 'when did talks cease?']
    """
    parts = NEXT_QUESTION.split(question)
    few = len(parts) <= _MOST_PARTS and all(len(part.split()) >= _LEAST_WORDS for part in parts)
    return parts if few else [question]


def answer_type(question: str) -> AnswerType:
    """What a question asks for, by its first question word.

    >>> answer_type("When did Macron and Putin last speak?"), answer_type("In which year did it open?")
    ('when', 'when')
    """
    if YES_NO.match(question.strip()):
        return "yes_no"
    leads = [
        (match.start(), place, kind) for place, (kind, lead) in enumerate(LEADS) if (match := lead.search(question))
    ]
    return min(leads)[2] if leads else "what"


def question_lead(question: str) -> str:
    """The words that a question begins with and that say what is asked for; nothing if it does not begin with them.

    >>> question_lead("And in which year did it open?"), question_lead("Did it open?")
    ('And in which year', '')
    """
    match = LEAD.match(question)
    return match.group() if match else ""


def offers(kind: AnswerType, text: str, sentence: SentenceAnalysis, asked: Collection[str]) -> bool | None:
    """Whether a sentence of an article's text has something of a type; None where the type leaves no mark in it.

    ``asked`` are the terms of the question: a name that it gives itself is no answer.
    """
    match kind:
        case "when":
            return bool(sentence.times) or any(
                ANY_YEAR.fullmatch(one.written) or ":" in one.unit or one.measure in ("a.m.", "p.m.")
                for one in sentence.quantities
            )
        case "how_many":
            dates = [(timex.start, timex.end) for timex in sentence.times]
            return any(
                not any(start <= one.start and one.end <= end for start, end in dates) for one in sentence.quantities
            )
        case "who" | "where":
            return any(not set(terms(text[slice(*place)])) <= set(asked) for place in sentence.mentions)
        case _:
            return None
