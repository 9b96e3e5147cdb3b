"""Whether an answer is right: words, numbers, days, yes and no, by what its first sentence or its short answer says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from assistant.asserting import turned
from assistant.factuality import is_denied, place_of
from assistant.quantities import Quantity, quantities
from assistant.question import kind_of
from evals.cases import Case
from evals.metrics import f1, folded, mentions
from index.times.days import MONTHS, WEEKDAYS
from index.times.timex import find_times
from index.types import Span
from index.words import STOP_WORDS, terms, tokens

Json = Mapping[str, Any]

_ALIKE = 0.5
_NOT = re.compile(r"\b(?:not|rather than|instead of) (?!only\b)[^,.;]*?(?= but\b|[,.;]|$)", re.IGNORECASE)
_CALENDAR = frozenset([*MONTHS, *WEEKDAYS])
_TITLES = frozenset(
    "president minister mayor king queen chancellor governor general bishop pope senator captain judge mr mrs ms dr sir"
    " prime".split()
)
"""No name by themselves."""

_PART_OF_A_NAME = re.compile(r"\b(?:New|North|South|East|West|Northern|Southern|Eastern|Western|Saint|St|San|Los|El) $")
_REFUSED = re.compile(
    r"\b(?:refus|fail|declin|reject|decid\w+ (?:not|against)|vot\w+ (?:not|against)|stopp?\w* short|unable)\w*\b"
)
_NOBODY = re.compile(r"\b(?:no|none|nobody|no one|not a single|zero|without)\b", re.IGNORECASE)
_ONE = re.compile(r"\b[Oo]ne\b(?! of\b)")
_RANGE = re.compile(r"\d[\d.,]*(?: ?[–-] ?| to )\d[\d.,]*")
_PARTS = re.compile(r"per ?cent|%|\b(?:share|rate|proportion|part)\b", re.IGNORECASE)
_ASKED = 0.5
"""A sentence answers yes or no if it has more than this share of the words that the question has."""

_NO = re.compile(r"\W*(?:no|not|never|neither|nobody)\b", re.IGNORECASE)
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
    short = str(answer["short"] or "")
    counted = short if quantities(_ONE.sub("1", short)) else told
    wanted = [
        accepts(case.accept, answer, case.question) if case.accept else None,
        has_number(counted, case.number, case.tolerance, case.question) if case.number is not None else None,
        has_date(told, case.date, answer) if case.date is not None else None,
        says_yes(told, case.question) == case.yes_no if case.yes_no is not None else None,
    ]
    asked = [right for right in wanted if right is not None]
    return any(asked) if asked else True


def accepts(forms: Sequence[str], answer: Json, question: str = "") -> bool:
    """Whether the short answer has one of some forms, or says the same; without a short answer the first sentence."""
    if short := answer["short"]:
        who = kind_of(question) == "who"
        return any(_has(short, form) or says_the_same(short, form, who=who) for form in forms)
    told = _said(answer)
    return any(_has(told, form) and (_denies(form) or mentions(affirmed(told), [form])) for form in forms)


def _has(text: str, form: str) -> bool:
    """Whether a text says a form: its numbers in no other unit, as no part of a longer name, and not denied."""
    if not mentions(text, [form]) or _differ(quantities(text), quantities(form)) or _other_word(text, form):
        return False
    places = [found.span() for found in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text)]
    if places and all(_PART_OF_A_NAME.search(text[:start]) for start, _ in places):
        return False
    if _denies(form):
        return True
    return not _NO.match(text) and not (places and all(is_denied(text, *place) for place in places))


def _denies(form: str) -> bool:
    return bool(re.search(r"\b(?:not|no|never|nobody|none|nothing)\b|n['’]t\b", form, re.IGNORECASE))


def _other_word(text: str, form: str) -> bool:
    """Whether a name that is a word in lower case, "US" or "May", stands in a text as that word only."""
    name = form in MONTHS or (form.isupper() and form.isalpha() and len(form) <= 4)
    return name and not re.search(rf"\b{form}\b", text)


def says_the_same(short: str, form: str, *, who: bool = False) -> bool:
    """Whether one of two short answers has all words of the other, and half of them are the same, or the same number.

    A part of a name will do only where it is asked ``who``: "Bonne" for Emmanuel Bonne, not "York" for New York.

    >>> says_the_same("12 people", "twelve"), says_the_same("12 people", "15 people")
    (True, False)
    >>> says_the_same("Bonne", "Emmanuel Bonne", who=True), says_the_same("York", "New York")
    (True, False)
    """
    short, form = folded(short), folded(form)
    told, wanted = quantities(short), quantities(form)
    if _differ(told, wanted):
        return False
    if any(quantity.written.lower() == form.strip().lower() for quantity in wanted):
        return True  # nothing but a number, which the other has too
    mine, yours = _content(short), _content(form)
    if mine - yours and yours - mine:
        return False
    lacking = {word for word, _ in tokens(form) if word[0].isupper() and word.lower() in yours - mine}
    if lacking - _CALENDAR and (not who or " and " in f" {form} " or mine & yours <= _TITLES):
        return False
    if _other_word(short, form) or (_denies(short) and not _denies(form)):
        return False
    added = {word for word, _ in tokens(short) if word.lower() in mine - yours}
    if any(_PART_OF_A_NAME.search(f"{word} ") for word in added):
        return False
    return f1(short, [form]) >= _ALIKE


def affirmed(text: str) -> str:
    """A text without what it says is not so: "They spoke in May, not July."

    >>> affirmed("It was not Oren but Salka who spoke."), affirmed("12 came, not 15.")
    ('It was   but Salka who spoke.', '12 came,  .')
    """
    return _NOT.sub(" ", text)


def _content(text: str) -> set[str]:
    """The words of a text that carry meaning, in lower case; numbers are compared apart."""
    numbers = {word for quantity in quantities(text) for word in quantity.written.lower().split()}
    return {word.lower() for word, _ in tokens(text)} - STOP_WORDS - numbers


def _differ(told: Sequence[Quantity], wanted: Sequence[Quantity]) -> bool:
    """Whether each of two texts has a number that the other has not, or one has it in another unit."""

    def lacks(some: Sequence[Quantity], others: Sequence[Quantity]) -> bool:
        return any(not any(_same(one, other) for other in others) for one in some)

    return bool(told and wanted) and lacks(wanted, told)


def _same(one: Quantity, other: Quantity) -> bool:
    return one.value == other.value and (one.unit == other.unit or not one.unit or not other.unit)


def _said(answer: Json) -> str:
    """What an answer says first."""
    return str(answer["sentences"][0]["text"]) if answer["sentences"] else ""


def has_number(text: str, number: float, tolerance: float = 0.0, question: str = "") -> bool:
    """Whether a number is in a text, in digits or words, up to a share that it may be off by.

    Days are none, nor are the 12th, a range, and what is only a bound; 12% is 12 only where a share is asked for.

    >>> has_number("Some 5.3 million people", 5_300_000), has_number("nine ferries", 10, tolerance=0.1)
    (True, True)
    >>> has_number("On 12 May 15 people came.", 12), has_number("15 came, not 12.", 12), has_number("More than 12", 12)
    (False, False, False)
    """
    told = affirmed(text)
    for timex in reversed(find_times(told, [Span(0, len(told))], None)):
        told = told[: timex.start] + " " + told[timex.end :]
    told = _ONE.sub("1", _RANGE.sub(" ", told))
    if number == 0 and _NOBODY.search(told):
        return True
    shares = bool(_PARTS.search(question)) or not question
    return any(
        abs(found.value - number) <= tolerance * abs(number) + 1e-9
        for found in quantities(told)
        if found.unit != "th" and (shares or found.unit != "%") and found.bound not in ("<", ">")
    )


def has_date(text: str, wanted: str, answer: Json) -> bool:
    """Whether a time in a text lies in a day, a month or a year: "2022-09"; by the date of its article.

    Of a short answer that has a time no other one counts: "closed in 2019 and reopened in 2021".
    """
    published = answer["citations"][0]["published"] if answer["citations"] else None
    day = date.fromisoformat(published[:10]) if published and re.match(r"\d{4}-\d\d-\d\d", published) else None
    short = re.sub(r"^(?=\d{4}$)", "in ", str(answer["short"] or "").strip())
    told = short if find_times(short, [Span(0, len(short))], day) else affirmed(text)
    return any(
        timex.first.isoformat().startswith(wanted) and timex.last.isoformat().startswith(wanted)
        for timex in find_times(told, [Span(0, len(told))], day)
        if timex.first and timex.last
    )


def says_yes(text: str, question: str) -> bool | None:
    """Whether a sentence says yes to a question: by its first word, else by whether it denies what is asked about.

    None where it says neither: where it has not even what is asked about.

    >>> says_yes("They have not met.", "Have they met?"), says_yes("They met in July.", "Did they meet?")
    (False, True)
    """
    if begun := _YES.match(text):
        return begun[1].lower() == "yes"
    asked = {term for term in terms(question) if term not in STOP_WORDS}
    if "where the quotes say" in (turned(question.rstrip("? "), text) or ""):
        return False  # "lost" of "did they win?"
    if not text or len(asked.intersection(terms(text))) <= _ASKED * len(asked):
        return None
    return not (is_denied(text, *place_of(text, asked)) or _REFUSED.search(text))
