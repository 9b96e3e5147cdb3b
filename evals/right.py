"""Whether an answer is right: words, numbers, days, yes and no, by what its first sentence or its short answer says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from assistant.question.answer_type import kind_of
from assistant.verification.polarity import turned
from evals.cases import Case
from evals.metrics import mentions
from evals.same import accepts_short, affirmed, denies, has_form
from index.analysis.factuality import is_called_off, is_denied, lies_ahead, place_of
from index.analysis.quantities import quantities
from index.analysis.terms import STOP_WORDS, terms
from index.times.days import MONTHS
from index.times.question_times import asks_past
from index.times.timex import Timex, find_times
from index.types import Span

Json = Mapping[str, Any]

_REFUSED = re.compile(
    r"\b(?:(?:refus|fail|declin|reject|decid\w+ (?:not|against)|vot\w+ (?:not|against)|stopp?\w* short|unable"
    r"|rul\w+ out|unchanged|(?:almost|nearly) \w+ed|cannot)\w*|(?:has|have|had) yet to|not true|untrue|false)\b"
)
"""What was not done."""

_UNSURE = re.compile(
    r"\b(?:unclear|unknown|uncertain|unconfirmed|whether|if|may|might|could|nobody (?:said|knows)|no one (?:said|knows)"
    r"|calls? (?:for|on)|called (?:for|on)|urg\w+|demand\w*|threaten\w*|alleg\w+|rumou?r\w*)\b",
    re.IGNORECASE,
)
"""What may be or may not."""

_TO_COME = re.compile(r"\b(?:will|is to|are to|due to|scheduled|planned|plans to|set to)\b")
_NOBODY = re.compile(r"\b(?:no|none|nobody|no one|not a single|zero|without)\b", re.IGNORECASE)
_ONE = re.compile(r"\b[Oo]ne\b(?! of\b| (?:hundred|thousand|million|billion)\b)")
_RANGE = re.compile(r"\d[\d.,]*(?: ?[–-] ?| to )\d[\d.,]*|\bbetween \d[\d.,]* and \d[\d.,]*")
_TO = re.compile(r"\bto [$€£]?\d")
_FROM = re.compile(r"\bfrom [$€£]?\d[\d.,]*(?: (?:hundred|thousand|million|billion))?")
_OF_ALL = re.compile(r"(?:(?P<some>\b[\d.,]+) (?:out )?of|^Of) (?:the |its |their )?\d[\d.,]*")
"""3 of 12, of which 12 are not what is counted."""

_PARTS = re.compile(r"per ?cent|%|\b(?:share|rate|proportion|part)\b", re.IGNORECASE)
_ASKED = 0.5
"""A sentence answers yes or no if it has more than this share of the words that the question has."""

_SPACED = re.compile(r"^\d{1,3}(?: \d{3})+(?!\d)")
"""1 200."""

_BETWEEN = re.compile(r"\bbetween\b|\bfrom\b.*\b(?:to|until)\b")
_IN_MONTH = re.compile(rf"\b(?:in|during|on \d+)(?: \w+)? ({'|'.join(MONTHS)})\b")
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
_IS = re.compile(r"\W*(?:is|are)\b", re.IGNORECASE)
_NO_LONGER = re.compile(r"\b(?:former|no longer|resigned|stepped down|outgoing)\b")
_NONE = re.compile(r"\W*(?:nobody|no one|none of|neither)\b", re.IGNORECASE)
_YES = re.compile(
    r"\W*(?:(?P<yes>yes)\b|(?:no|never|not yet|not at all)(?=\s*[,.;:!–—-]|\s*$| (?:he|she|it|they|we|there)\b))",
    re.IGNORECASE,
)
_ASIDE = re.compile(r",? \b(?:after|before|since|when|while|following|ahead of|until)\b[^,;]*$")
"""What is told behind the main clause, and when that was."""


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
    if not all(mentions(whole if denies(words) else affirmed(whole), [words]) for words in case.must_mention):
        return False
    short = _SPACED.sub(lambda match: match.group().replace(" ", ""), str(answer["short"] or ""))
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
    if short := _SPACED.sub(lambda match: match.group().replace(" ", ""), str(answer["short"] or "")):
        who = kind_of(question) == "who"
        return any(accepts_short(short, form, who=who) for form in forms)
    told = _said(answer)
    denied = denies(question)
    return any(
        has_form(told, form, denied=denied) and (denied or denies(form) or _affirms(told, question)) for form in forms
    )


def _affirms(told: str, question: str) -> bool:
    """Whether a sentence does not deny or turn what is asked, as far as it has that."""
    if _NONE.match(told) or _is_opposite(question, told):
        return False
    asked = {term for term in terms(question) if term not in STOP_WORDS}
    return asked.isdisjoint(terms(told)) or not is_denied(told, *place_of(told, asked))


def _terms(text: str, timex: Timex) -> Iterable[str]:
    return terms(text[timex.start : timex.end])


def _is_opposite(question: str, told: str) -> bool:
    """Whether a sentence has "lost" where "won" was asked for."""
    return "where the quotes say" in (turned(question.rstrip("? "), told) or "")


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
    if _TO.search(told):
        told = _FROM.sub(" ", told)  # what it was before
    told = _ONE.sub("1", _OF_ALL.sub(r"\g<some> ", _RANGE.sub(" ", told)))
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
    if times := find_times(short, [Span(0, len(short))], day):
        return (all if _BETWEEN.search(short) else any)(_lies_in(timex, wanted) for timex in times)
    told = affirmed(text)
    times = find_times(told, [Span(0, len(told))], day)
    aside = _ASIDE.search(told)
    main = [timex for timex in times if not (aside and timex.start >= aside.start())] or times
    return any(_lies_in(timex, wanted) and not is_denied(told, timex.start, timex.end) for timex in main)


def _lies_in(timex: Timex, wanted: str) -> bool:
    return all(day is not None and day.isoformat().startswith(wanted) for day in (timex.first, timex.last))


def says_yes(text: str, question: str) -> bool | None:
    """Whether a sentence says yes to a question: by its first word, else by whether it denies what is asked about.

    None where it says neither: where it has not even what is asked about, or leaves open whether it is so.

    >>> says_yes("They have not met.", "Have they met?"), says_yes("They met in July.", "Did they meet?")
    (False, True)
    >>> says_yes("It is unclear whether they met.", "Did they meet?"), says_yes("They will meet.", "Did they meet?")
    (None, False)
    """
    if begun := _YES.match(text):
        return bool(begun["yes"])
    named = {term for timex in find_times(question, [Span(0, len(question))], None) for term in _terms(question, timex)}
    asked = {term for term in terms(question) if term not in STOP_WORDS} - named
    if _is_opposite(question, text):
        return False
    if not text or len(asked.intersection(terms(text))) <= _ASKED * len(asked):
        return None
    months = [set(_IN_MONTH.findall(question)), set(_MONTH.findall(text))]
    if months[0] and months[1] and months[0].isdisjoint(months[1]):
        return None  # of another month
    if _IS.match(question) and _NO_LONGER.search(text) and not _NO_LONGER.search(question):
        return False
    place = place_of(text, asked)
    if _NONE.match(text) or is_denied(text, *place) or is_called_off(text, *place):
        return False
    if _REFUSED.search(text) and not _REFUSED.search(question):
        return False
    if _UNSURE.search(text) and not _UNSURE.search(question):
        return None
    if asks_past(question) and lies_ahead(text, *place) and not lies_ahead(question, *place_of(question, asked)):
        return False if _TO_COME.search(text) else None
    return True
