"""Whether an answer is right: a plain matcher of words, numbers, dates, yes and no, which stays as it is.

It shares nothing with how the assistant reads a sentence, or a mistake there would make an answer wrong and call it
right. What counts is what is said first: the short answer where there is one, else the first sentence.

Right is:

* a refusal of what is unanswerable, and of nothing else;
* an accepted form whose words stand there in a row, however case, accents, articles, marks, plurals, numbers and dates
  are written; of a short answer also one that is a part of the form and lacks nothing but words of the question and
  little else: no name, no number; of somebody the last name, or the name without titles;
* the number, to its tolerance, in no range and no bound ("more than 30"); the date, to the precision asked for;
* yes or no by the first word, else by whether the sentence has most words of the question and a cue that denies them.

Wrong is a form in a clause that denies it ("Brandt did not win", "in May, not July"), behind a word that turns it
("before July", "vice president", "New York" for York), or beside "or".

Known limits, of which ``tests/evals`` has examples: other words ("passed away" for "died") have to be listed in the
case. A clause ends at a comma, a bracket, "but" and the like, so with what is denied elsewhere in it a form is denied
too. Verbs are compared by their stems and a short list of irregular ones, opposites by a short list. A day without a
year is the last such day before the article was published, even if it lies ahead. Cues are those of English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from evals.cases import Case
from evals.measures.dates import dates_in, one_way, without_dates
from evals.measures.metrics import folded
from evals.measures.numbers import counts, in_digits

Json = Mapping[str, Any]

_STOP = frozenset(
    "a an the of in on at to by for from with and or is are was were be been has have had do does did will would can"
    " he she it they we i you his her its their him them this that these those there as not who whom whose what which"
    " when where how why many much if than then again yet ever any so".split()
)
_DENIES = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|neither|nor|without|except|unlike|cannot|den(?:y|ies|ied)|rather than"
    r"|instead of|apart from|false|untrue)\b|n't\b",
    re.IGNORECASE,
)
_FAILS = re.compile(
    r"\b(?:(?:refus|fail|declin|reject|cancel)\w*|rul\w+ out|call\w* off|yet to|unable|unchanged|almost|no longer"
    r"|decid\w+ against|vot\w+ against|stop\w* short)\b",
    re.IGNORECASE,
)
"""What did not come about, beside what is denied."""

_HARMLESS = re.compile(r"\b(?:no doubt|not only)\b|\bwhether [^,]* or not\b", re.IGNORECASE)
_UNSURE = re.compile(
    r"\bmay\b|(?i:\b(?:unclear|unknown|uncertain|unconfirmed|whether|if|might|could|call(?:s|ed)? (?:for|on)|urg\w+"
    r"|demand\w*|threaten\w*|alleg\w+|rumou?r\w*|(?:nobody|no one) (?:said|knows))\b)"
)
_AHEAD = re.compile(r"\b(?:will|is to|are to|due to|scheduled|planned|plans to|set to)\b")
_PAST = re.compile(r"(?:did|has|have|had|was|were)\b", re.IGNORECASE)
_IS = re.compile(r"(?:is|are)\b", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:former|no longer|resigned|stepped down|outgoing)\b", re.IGNORECASE)
_YES = re.compile(
    r"\W*(?:(?P<yes>yes)\b|(?:no|never|not yet|not at all)(?=\s*[,.;:!–—-]|\s*$| (?:he|she|it|they|we|there)\b))",
    re.IGNORECASE,
)
_OPPOSITES = (
    "win/lose rise/fall increase/decrease open/close approve/reject accept/reject begin/end start/stop arrive/leave"
    " survive/die free/jail join/leave buy/sell raise/cut"
)
_STEMS = {
    form: word
    for word, forms in {
        "win": "won", "lose": "lost", "rise": "rose risen", "fall": "fell fallen", "meet": "met", "come": "came",
        "speak": "spoke spoken", "go": "went gone", "say": "said", "begin": "began begun", "leave": "left",
        "die": "dead died", "give": "gave given", "take": "took taken", "buy": "bought", "sell": "sold",
        "sink": "sank sunk", "hold": "held", "make": "made", "send": "sent", "see": "saw seen", "find": "found",
        "build": "built", "strike": "struck",
    }.items()
    for form in forms.split()
}  # fmt: skip

_BREAK = re.compile(
    r"[,;:](?!\d)|[()]|\s[–—-]\s|\b(?=(?:but|because|although|though|while|except|without|rather than|instead of)\b)"
)
"""Where a clause ends."""

_ASIDE = re.compile(r"(?:who|whom|whose|which)\b", re.IGNORECASE)
_BEHIND = re.compile(r",? \b(?:after|before|since|when|while|following|ahead of|until)\b[^,;]*$")
_TURNS = frozenset(
    "before after since until till against anti former deputy vice near outside or fewer less"
    " new north south east west northern southern eastern western saint st san los el".split()
)
_TITLES = frozenset(
    "president minister mayor king queen chancellor governor general bishop pope senator captain judge prime".split()
)
_ALIASES = {
    "USA?|United States(?: of America)?": "usa",
    "UK|United Kingdom": "uk",
    "EU|European Union": "eu",
    "UN|United Nations": "un",
    "May": "monthofmay",
}
"""What has two names, and what is another word in lower case."""

_HEDGES = frozenset("about around roughly approximately some nearly almost ca circa".split())
_IN_FRONT = _HEDGES | frozenset("in on at to by for from with during its his her their over".split())
_WHO = re.compile(r"\b(?:who|whom|whose|name)\b", re.IGNORECASE)
_NO_SPACES = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]")
_ENOUGH = 0.5
"""A sentence answers yes or no if it has more than this share of the words of the question."""


def is_right(case: Case, answer: Json) -> bool:
    """Whether an answer's JSON is what a case accepts."""
    if case.unanswerable is not None or answer["refused"]:
        return case.unanswerable is not None and bool(answer["refused"])
    whole, told = str(answer["answer"]), _first(answer)
    if any(_stands(_words(whole), _words(words)) for words in case.must_not_mention):
        return False
    if not all(says(whole, words) for words in case.must_mention):
        return False
    short = str(answer["short"] or "")
    wanted = [
        accepts(case.accept, answer, case.question) if case.accept else None,
        has_number(short if re.search(r"\d", in_digits(short)) else told, case.number, case.tolerance, case.question)
        if case.number is not None
        else None,
        has_date(told, case.date, answer) if case.date is not None else None,
        says_yes(told, case.question) == case.yes_no if case.yes_no is not None else None,
    ]
    asked = [right for right in wanted if right is not None]
    return any(asked) if asked else True


def accepts(forms: Sequence[str], answer: Json, question: str = "") -> bool:
    """Whether the short answer says one of some forms; without a short answer the first sentence."""
    short = str(answer["short"] or "")
    if not short:
        told = _first(answer)
        return not _is_opposite(question, told) and any(says(told, form, question) for form in forms)
    return any(_short_says(short, form, question) for form in forms)


def has_number(text: str, number: float, tolerance: float = 0.0, question: str = "") -> bool:
    """Whether a number is in a text, in digits or words, up to a share that it may be off by.

    >>> has_number("Some 5.3 million people", 5_300_000), has_number("nine ferries", 10, tolerance=0.1)
    (True, True)
    >>> has_number("On 12 May 15 people came.", 12), has_number("15 came, not 12.", 12), has_number("More than 12", 12)
    (False, False, False)
    """
    told = [part for part in _clauses(text) if number == 0 or not _denies(part)]
    return any(counts(without_dates(part), number, tolerance, question) for part in told)


def has_date(text: str, wanted: str, answer: Json) -> bool:
    """Whether a date in the short answer, else in a text, lies in a day, a month or a year: "2022-09".

    Both ends of "between 2019 and 2021" have to. What is told behind "after" and the like counts only where no date
    stands before it.
    """
    published = str(answer["citations"][0]["published"] or "") if answer["citations"] else ""
    day = date.fromisoformat(published[:10]) if re.match(r"\d{4}-\d\d-\d\d", published) else None
    short = str(answer["short"] or "")
    if found := [one for _, _, one in dates_in(short, day)]:
        both = re.search(r"\bbetween\b|\bfrom\b.*\b(?:to|until)\b", short)
        return (all if both else any)(one.startswith(wanted) for one in found)
    main = _BEHIND.sub("", text)
    for told in (main, text):
        dated = [(part, found) for part in _clauses(told) for _, _, found in dates_in(part, day)]
        if dated:
            return any(found.startswith(wanted) and not _denies(part) for part, found in dated)
    return False


def says_yes(text: str, question: str) -> bool | None:
    """Whether a sentence says yes to a question; None where it says neither, or leaves open whether it is so.

    >>> says_yes("They have not met.", "Have they met?"), says_yes("They met in July.", "Did they meet?")
    (False, True)
    >>> says_yes("It is unclear whether they met.", "Did they meet?"), says_yes("They will meet.", "Did they meet?")
    (None, False)
    """
    if begun := _YES.match(text):
        return bool(begun["yes"])
    asked = _content(without_dates(question))
    if _is_opposite(question, text):
        return False
    if not text or len(asked & _content(text)) <= _ENOUGH * len(asked) or _other_month(question, text):
        return None
    if _IS.match(question) and _FORMER.search(text) and not _FORMER.search(question):
        return False
    about = ", ".join(part for part in _clauses(text) if asked & _content(part))
    if (_denies(about) and not _denies(question)) or (_FAILS.search(about) and not _FAILS.search(question)):
        return None if _UNSURE.search(about) else False
    if _UNSURE.search(about) and not _UNSURE.search(question):
        return None
    return not (_PAST.match(question) and _AHEAD.search(about))


def says(text: str, form: str, question: str = "") -> bool:
    """Whether a clause of a text has the words of a form in a row, and neither denies nor turns them.

    >>> says("in July, before the vote", "July"), says("before July", "July"), says("in May, not July", "July")
    (True, False, False)
    """
    if _NO_SPACES.search(form):
        return form in text
    words, either = _words(form), _denies(question)
    turns = _TURNS - set(_words(question))
    for part in _clauses(text) if len(_clauses(form)) == 1 else [text]:
        said = _words(part)
        places = [at for at in range(len(said)) if said[at : at + len(words)] == words]
        if not words or (_denies(part) != _denies(form) and not either):
            continue
        if any((at == 0 or said[at - 1] not in turns) and said[at + len(words) :][:1] != ["or"] for at in places):
            return True
    return False


def _short_says(short: str, form: str, question: str) -> bool:
    """Whether a short answer says a form, or is a part of it that says as much."""
    short, form = short.strip(), form.strip()
    mine, yours = _words(short), _words(form)
    who = bool(_WHO.search(question))
    if "or" in mine and "or" not in yours:
        return False
    main = ", ".join(part for part in _clauses(short) if not _ASIDE.match(part)) or short
    if who and re.search(rf"\b[a-z]+ (?:of|to) (?:\w+ )?{re.escape(form)}$|\b{re.escape(form)}['’]s? \w", main):
        return False  # whose son or wife it was
    if says(main, form, question):
        return True
    if who and short[:1].isupper() and yours[-len(mine) :] == mine:
        return not _TITLES.issuperset(mine)
    return _says_enough(short, form, question)


def _says_enough(short: str, form: str, question: str) -> bool:
    """Whether a short answer stands in a form, and what it lacks is asked for, or little: no name, no number.

    >>> _says_enough("12", "12 people", "How many people?"), _says_enough("European", "European plan", "Which plan?")
    (True, True)
    >>> _says_enough("river", "a wide river", "Which?"), _says_enough("May", "5 May", "When?")
    (True, False)
    """
    mine, yours = _unhedged(_words(short)), _unhedged(_words(form))
    if mine == yours or dates_in(form, None):
        return mine == yours and bool(mine)
    lacking = [word for word in yours if word not in mine and word not in _words(question)]
    names = set(_words(" ".join(re.findall(r"(?:[A-Z]|\w*\d)\S*", form[:1].lower() + form[1:]))))
    if not _stands(yours, mine) or _denies(short) != _denies(form) or names.intersection(lacking):
        return False
    return _TURNS.isdisjoint(lacking) and "and" not in lacking and len(set(lacking) - _STOP) <= len(set(mine) - _STOP)


def _unhedged(words: Sequence[str]) -> list[str]:
    """Words without "in" and "about" in front."""
    return [word for at, word in enumerate(words) if word not in (_IN_FRONT if at == 0 else _HEDGES)]


def _first(answer: Json) -> str:
    return str(answer["sentences"][0]["text"]) if answer["sentences"] else ""


def _words(text: str) -> list[str]:
    """The words of a text as they are compared.

    >>> _words("The U.S. ships of José Zelenskyy won 1–0 on Sept. 5th for twelve km")
    ['usa', 'ship', 'of', 'jose', 'zelensky', 'won', '1-0', 'on', '5', 'september', 'for', '12', 'kilometre']
    """
    plain = in_digits(one_way(folded(text)))
    for alias, name in _ALIASES.items():
        plain = re.sub(rf"\b(?:{alias})\b", name, plain)
    found = re.findall(r"\d+(?:[.:-]\d+)*(?:st|nd|rd|th)?|[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*[+#]*", plain.lower())
    words = [word for word in found if word not in ("a", "an", "the", "s")]
    return [re.sub(r"(?<=\w{4})(?<!s)s$", "", re.sub(r"(?:yy|iy|ij|yi)$", "y", word)) for word in words]


def _stands(text: Sequence[str], words: Sequence[str]) -> bool:
    return bool(words) and any(list(text[at : at + len(words)]) == list(words) for at in range(len(text)))


def _content(text: str) -> set[str]:
    """The stems of the words that carry meaning."""
    words = {word for word in _words(text) if word not in _STOP}
    return set(map(_stem, words))


def _stem(word: str) -> str:
    return re.sub(r"(?<=\w{3})(?:ing|ed|e)$", "", _STEMS.get(word, word))


def _clauses(text: str) -> list[str]:
    return [part.strip() for part in _BREAK.split(folded(text)) if part.strip()] or [text]


def _denies(text: str) -> bool:
    return bool(_DENIES.search(_HARMLESS.sub(" ", text)))


def _is_opposite(question: str, told: str) -> bool:
    """Whether a sentence has "lost" where "won" is asked for, and not "won"."""
    asked, said = _content(question), _content(told)
    pairs = [{_stem(word) for word in pair.split("/")} for pair in _OPPOSITES.split()]
    return any(len(pair & asked) == 1 and pair & said and not pair & asked & said for pair in pairs)


def _other_month(question: str, text: str) -> bool:
    """Whether a question names a month that something was in, and a text only others."""
    asked = re.search(r"\b(?:in|during|on \d+) [A-Z]", question)
    known, told = ({found[5:7] for _, _, found in dates_in(one, date(2000, 12, 31))} - {""} for one in (question, text))
    return bool(asked and known and told and known.isdisjoint(told))
