"""Whether a short answer says the same as an accepted form: the same words, numbers and names, and nothing turned
round."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evals.metrics import f1, folded, mentions
from index.analysis.factuality import is_denied
from index.analysis.quantities import Quantity, measure_of, quantities
from index.analysis.terms import STOP_WORDS, tokens
from index.times.days import MONTHS, WEEKDAYS

_ALIKE = 0.5
_NOT = re.compile(
    r"\b(?:not|rather than|instead of|except(?: for)?|without|unlike|apart from|contrary to|neither) (?!only\b)[^,.;]*?"
    r"(?= but\b|[,.;]|$)",
    re.IGNORECASE,
)
_CALENDAR = frozenset([*MONTHS, *WEEKDAYS])
_TITLES = frozenset(
    "president minister mayor king queen chancellor governor general bishop pope senator captain judge mr mrs ms dr sir"
    " prime".split()
)
"""No name by themselves."""

_PART_OF_A_NAME = re.compile(r"\b(?:New|North|South|East|West|Northern|Southern|Eastern|Western|Saint|St|San|Los|El) $")
_HINGES = frozenset(
    "not no never neither nor none nothing without with before after since until till except unlike against or unless"
    " former deputy vice ex anti only".split()
)
"""What turns the words that follow it."""

_TURNS = re.compile(
    r"\b(?:not|no|never|neither|nor|without|before|after|since|until|till|except(?: for)?|unlike|against|anti|former"
    r"|deputy|vice|or|near|outside)[ -](?:(?:the|an?|his|her|their|its) )?$|, who(?:m|se)? [^,]*$",
    re.IGNORECASE,
)
_OR_ANOTHER = re.compile(r"(?:, [A-Z]\w+)*,? or\b")
_OTHER_SCRIPT = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]")
"""Of a script that parts no words."""

_MONTH_OF = {month[:length].lower(): month.lower() for month in MONTHS for length in (3, 4)}
"""What months are called in short; "mar" and "sept" among them."""


def accepts_short(short: str, form: str, *, who: bool = False) -> bool:
    """Whether a short answer has an accepted form in it, or says the same in other words."""
    if mentions(short, [form]):
        return has_form(short, form, who=who)
    return says_the_same(short, form, who=who)


def has_form(text: str, form: str, *, who: bool = False, denied: bool = False) -> bool:
    """Whether a text says a form: its numbers in no other unit, as no part of a longer name, and not turned round.

    ``denied`` is whether what is not so is asked for.

    >>> has_form("before July", "July"), has_form("in July, before the vote", "July")
    (False, True)
    >>> has_form("the son of Oren Sal", "Oren Sal", who=True), has_form("Oren or Salka", "Oren")
    (False, False)
    """
    text, form = folded(text), folded(form)
    if _OTHER_SCRIPT.search(form):
        return form in text
    said, denied = text, denied or denies(form)
    if not denied:
        text = affirmed(text)
    if not mentions(text, [form]) or _differ(quantities(text), quantities(form)) or _other_word(text, form):
        return False
    places = [found.span() for found in re.finditer(rf"(?<!\w){re.escape(form)}(?![\w+#])", text)]
    if not places:
        return not re.search(r"[+#]", form + text)  # other marks and articles matter to nobody
    if who and form[0].isupper() and _of_another(text, form):
        return False
    return not all(_turned(text, *place) or (not denied and is_denied(said, *place)) for place in places)


def _turned(text: str, start: int, end: int) -> bool:
    """Whether words in front of a form, or behind it, make something else of it."""
    before, after = text[:start], text[end:]
    return bool(_PART_OF_A_NAME.search(before) or _TURNS.search(before) or _OR_ANOTHER.match(after))


def _of_another(text: str, name: str) -> bool:
    """Whether a name only says whose son, deputy or party is meant."""
    whole = rf"(?:[A-Z][\w'-]* )*{re.escape(name)}(?: [A-Z][\w'-]*)*"
    return bool(re.search(rf"\b[a-z]+ (?:of|to|for) (?:the |an? )?{whole}|\b{re.escape(name)}'s? [a-z]", text))


def denies(form: str) -> bool:
    """Whether a form says that something is not so, or leaves something out."""
    words = r"\b(?:not|no|never|nobody|none|nothing|neither|nor|without|except|unlike|rather|instead)\b|n['’]t\b"
    return bool(re.search(words, form, re.IGNORECASE))


def _other_word(text: str, form: str) -> bool:
    """Whether a name that is a word in lower case, "US" or "May", stands in a text as that word only."""
    name = form in MONTHS or (form.isupper() and form.isalpha() and len(form) <= 4)
    return name and not re.search(rf"\b{form}\b", text)


def says_the_same(short: str, form: str, *, who: bool = False) -> bool:
    """Whether one of two short answers has all words of the other, and half of them are the same, or the same number.

    A part of a name will do only where it is asked ``who``: "Bonne" for Emmanuel Bonne, not "York" for New York. Of
    "red and blue" one is not both.

    >>> says_the_same("12 people", "twelve"), says_the_same("12 people", "15 people")
    (True, False)
    >>> says_the_same("Bonne", "Emmanuel Bonne", who=True), says_the_same("York", "New York")
    (True, False)
    >>> says_the_same("before the vote", "after the vote"), says_the_same("5 km", "5 kilometres")
    (False, True)
    """
    short, form = folded(short), folded(form)
    if _lacks_titles(short, form):
        return True
    told, wanted = quantities(short), quantities(form)
    if _differ(told, wanted) or _hinges(short) != _hinges(form):
        return False
    if any(quantity.written.lower() == form.strip().lower() for quantity in wanted):
        return True  # nothing but a number, which the other has too
    mine, yours = _content(short), _content(form)
    if mine == yours and wanted and len(told) == len(wanted):
        return [one.value for one in told] == [one.value for one in wanted]
    if mine - yours and yours - mine:
        return False
    if (yours - mine and " and " in form) or _other_word(short, form) or _less_of_a_day(short, form):
        return False
    lacking = {word for word, term in tokens(form) if word[0].isupper() and _plain(word, term) in yours - mine}
    if lacking - _CALENDAR and (not who or mine & yours <= _TITLES):
        return False
    added = {word for word, term in tokens(short) if _plain(word, term) in mine - yours}
    if any(_PART_OF_A_NAME.search(f"{word} ") for word in added):
        return False
    shared = {word for word, term in tokens(short) if word[0].isupper() and _plain(word, term) in mine & yours}
    if who and any(_of_another(text, name) for text in {short, form} for name in shared) and mine != yours:
        return False
    return f1(short, [form]) >= _ALIKE or mine == yours


def _lacks_titles(short: str, form: str) -> bool:
    """Whether a name of two words or more is a form without what stands in front: "Mike Orn" for "Mayor Mike Orn"."""
    name = " " in short and all(word[0].isupper() for word in short.split())
    before = form.removesuffix(f" {short}")
    return name and before != form and before.rsplit(" ", 1)[-1].lower() not in STOP_WORDS


def affirmed(text: str) -> str:
    """A text with blanks for what it says is not so: "They spoke in May, not July."

    >>> affirmed("It was not Oren but Salka who spoke."), affirmed("All except Oren, 12 in all, came.")
    ('It was          but Salka who spoke.', 'All            , 12 in all, came.')
    """
    return _NOT.sub(lambda match: " " * len(match.group()), text)


def _hinges(text: str) -> set[str]:
    words = set(re.findall(r"[a-z]+", text.lower()))
    return (words & _HINGES) | ({"not"} if re.search(r"n't\b", text.lower()) else set())


def _content(text: str) -> set[str]:
    """The words of a text that carry meaning, in lower case; numbers and their measures are compared apart."""
    found = quantities(text)
    numbers = {word for quantity in found for word in quantity.written.lower().split()}
    measures = {quantity.measure for quantity in found}
    return {
        _plain(word, term)
        for word, term in tokens(text)
        if word.lower() not in numbers | STOP_WORDS and not word[0].isdigit() and not measure_of(word) & measures
    }


def _plain(word: str, term: str) -> str:
    """A word's term; of a month its name, of a name one spelling for "Zelenskyy" and "Zelenskiy"."""
    if not word[0].isupper():
        return term
    return _MONTH_OF.get(word.lower()) or re.sub(r"(?:yy|iy|ij|yi|i)$", "y", word.lower())


def _less_of_a_day(short: str, form: str) -> bool:
    """Whether a form has the day or the month that a short answer lacks: "May 5" for "May"."""
    of_day = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
    day = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\b")
    if not of_day.search(form):
        return False
    no_month = bool(re.search(r"\d", short)) and not any(
        word.lower() in _MONTH_OF or word in MONTHS for word, _ in tokens(short)
    )
    return no_month or bool(day.search(form) and not re.search(r"\d", short))


def _differ(told: Sequence[Quantity], wanted: Sequence[Quantity]) -> bool:
    """Whether each of two texts has a number that the other has not, or one has it in another unit."""

    def lacks(some: Sequence[Quantity], others: Sequence[Quantity]) -> bool:
        return any(not any(_same(one, other) for other in others) for one in some)

    return bool(told and wanted) and lacks(wanted, told)


def _same(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are the same: in no other unit or measure, and not one the least, the other the most."""
    return (
        one.value == other.value
        and (one.unit == other.unit or not one.unit or not other.unit)
        and (one.measure == other.measure or not one.measure or not other.measure)
        and not (one.unit and other.measure)
        and not (one.measure and other.unit)
        and {one.bound, other.bound} != {"<", ">"}
    )
