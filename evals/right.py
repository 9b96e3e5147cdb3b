"""Whether an answer is right: words, numbers, days, yes and no, by what its first sentence or its short answer says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from assistant.factuality import is_denied, place_of
from assistant.quantities import quantities
from evals.cases import Case
from evals.metrics import f1, mentions
from index.times.days import MONTHS, WEEKDAYS
from index.times.timex import find_times
from index.types import Span
from index.words import STOP_WORDS, terms, tokens

Json = Mapping[str, Any]

_ALIKE = 0.5
_CALENDAR = frozenset([*MONTHS, *WEEKDAYS])
_YES = re.compile(r"\W*(yes|no)\b", re.IGNORECASE)


def is_right(case: Case, answer: Json) -> bool:
    """Whether an answer's JSON is what a case accepts.

    What is accepted has to be in the short answer, where there is one, or in the first sentence: not somewhere in what
    is told after it. A refusal is right for what is unanswerable, and for nothing else.
    """
    if case.unanswerable is not None or answer["refused"]:
        return case.unanswerable is not None and bool(answer["refused"])
    told = _said(answer)
    whole = str(answer["answer"])
    if any(mentions(whole, [words]) for words in case.must_not_mention):
        return False
    if not all(mentions(whole, [words]) for words in case.must_mention):
        return False
    wanted = [
        accepts(case.accept, answer) if case.accept else None,
        has_number(told, case.number, case.tolerance) if case.number is not None else None,
        has_date(told, case.date, answer) if case.date is not None else None,
        says_yes(told, case.question) == case.yes_no if case.yes_no is not None else None,
    ]
    asked = [right for right in wanted if right is not None]
    return any(asked) if asked else True


def accepts(forms: Sequence[str], answer: Json) -> bool:
    """Whether the short answer has one of some forms, or says the same; without a short answer the first sentence."""
    if short := answer["short"]:
        return any(mentions(short, [form]) or says_the_same(short, form) for form in forms)
    return mentions(_said(answer), forms)


def says_the_same(short: str, form: str) -> bool:
    """Whether two short answers share half of their words, or a number in other words, and no number or month differs.

    >>> says_the_same("5.3 million people", "5,300,000"), says_the_same("12 people", "15 people")
    (True, False)
    >>> says_the_same("on 5 May 2024", "5 May, 2024"), says_the_same("6 May 2024", "5 May 2024")
    (True, False)
    """
    told, wanted = _values(short), _values(form)
    if told - wanted and wanted - told:
        return False
    in_numbers = not any(letter.isalpha() for letter in form) and bool(wanted) and wanted <= told
    return in_numbers or f1(short, [form]) >= _ALIKE


def _values(text: str) -> set[str | float]:
    """The numbers, months and weekdays of a text."""
    named = {word for word, _ in tokens(text) if word in _CALENDAR}
    return {quantity.value for quantity in quantities(text)} | named


def _said(answer: Json) -> str:
    """What an answer says first."""
    return str(answer["sentences"][0]["text"]) if answer["sentences"] else ""


def has_number(text: str, number: float, tolerance: float = 0.0) -> bool:
    """Whether a number is in a text, in digits or words, up to a share that it may be off by.

    >>> has_number("Some 5.3 million people", 5_300_000), has_number("nine ferries", 10, tolerance=0.1)
    (True, True)
    """
    return any(abs(found.value - number) <= tolerance * abs(number) + 1e-9 for found in quantities(text))


def has_date(text: str, wanted: str, answer: Json) -> bool:
    """Whether a time in a text lies in a day, a month or a year: "2022-09"; by the date of its article.

    A month that is told without its year is right where nothing tells another year.
    """
    published = answer["citations"][0]["published"] if answer["citations"] else None
    day = date.fromisoformat(published[:10]) if published and re.match(r"\d{4}-\d\d-\d\d", published) else None
    for timex in find_times(text, [Span(0, len(text))], day):
        if timex.first and timex.last and timex.first.isoformat().startswith(wanted):
            return timex.last.isoformat().startswith(wanted)
    return False


def says_yes(text: str, question: str) -> bool | None:
    """Whether a sentence says yes to a question: by its first word, else by whether it denies what is asked about.

    >>> says_yes("They have not spoken since.", "Have they spoken since?"), says_yes("They spoke in July.", "Did they?")
    (False, True)
    """
    if begun := _YES.match(text):
        return begun[1].lower() == "yes"
    asked = {term for term in terms(question) if term not in STOP_WORDS}
    return not is_denied(text, *place_of(text, asked)) if text else None
