"""What kind of answer a question asks for, and whether a sentence has something of that kind."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

from index.analysis.terms import NOT_NAMES, is_name, tokens

Kind = Literal["when", "who", "where", "how_many", "why", "yes_no", "what"]

_LEADS: tuple[tuple[Kind, str], ...] = (
    (
        "when",
        r"when|(?:what|which) (?:(?:is|was) the (?:\w+ ){0,3})?(?:year|month|day|date|decade|century|time)"
        r"|how (?:long ago|recently)",
    ),
    (
        "how_many",
        r"how (?:many|much|old|long|far|tall|high|large|big|fast|often|deep|heavy)"
        r"|(?:what|which) (?:number|percentage|percent|share|proportion|amount|price|cost|population)",
    ),
    (
        "who",
        r"who(?:m|se)?|(?:which|what) (?:\w+ )?(?:person|people|man|woman|minister|president|leader|official"
        r"|advis[eo]r|actor|actress|author|singer|player|politicians?)",
    ),
    (
        "where",
        r"where|(?:which|what) (?:country|city|town|place|region|state|province|village|river|location|capital)",
    ),
    ("why", r"why|for what reason|what (?:caused|led|made)|how come"),
    ("what", r"what|which|how"),
)
_KINDS = tuple((kind, re.compile(rf"\b(?:{lead})\b", re.IGNORECASE)) for kind, lead in _LEADS)
_LEAD = re.compile(
    r"\W*(?:and |but |so )?(?:in |on |at |by |for |from |to )?(?:" + "|".join(lead for _, lead in _LEADS) + r")\b",
    re.IGNORECASE,
)
NAMED_BY_KIND = {"when": frozenset("year month day date decade century time".split())}
"""Terms of a question that name the kind of answer, which the answer itself seldom does: "in what year"."""

_YES_NO = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must)\b", re.IGNORECASE
)

_MONTHS = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?"
)
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_PERIOD = "week|month|year|day|night|morning|evening|weekend|decade|quarter"
_TIME = re.compile(
    rf"\b(?:{_MONTHS}|{_DAYS}|1\d{{3}}s?|20\d\ds?)\b"
    r"|\b(?:yesterday|today|tomorrow|tonight|midnight|noon|spring|summer|autumn|winter|century|decade)\b"
    r"|\b\d{1,2}(?::\d\d| ?[ap]\.?m\b)"
    r"|\b(?:\d+(?:st|nd|rd|th)|first|second|third|last) (?:minute|hour|day|lap|round|half)\b"
    rf"|\b(?:last|next|this|earlier|later|previous|following|same|past) (?:\w+ )?(?:{_PERIOD})s?\b"
    r"|\b(?:years?|months?|weeks?|days?|hours?|minutes?|decades?|centuries) (?:ago|earlier|later|before|after|since)\b"
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|third|quarter|twice"
    r"|once|several|both|no one|none)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}} (?:{_MONTHS})|(?:{_MONTHS}) \d{{1,2}})(?:,? (?:1\d|20)\d\d)?\b|\b(?:1[5-9]|20)\d\d\b"
)
_REASON = re.compile(
    r"\b(?:because|since|due to|owing to|thanks to|so that|in order to|as a result|therefore|after|over|to \w+|for"
    r"|reason|caused?|led to|amid|fear\w*)\b",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\b(?:in|at|to|from|near|outside|of|across|into|through|around|visit(?:ed|ing)?)"
    r" (?:the |a )?(?:\w+ern |\w+ )?[A-Z]"
)


_NEXT = re.compile(
    r"[,;]? and (?=(?:when|who|whom|whose|what|where|why|which|how|did|does|do|is|are|was|were|has|had)\b)"
    r"|[,;] (?=(?:when|who|whom|what|where|why|how) (?:did|does|do|has|had)\b)|(?<=\?) +",
    re.IGNORECASE,
)


_WHICH_FIRST = re.compile(
    r"\W*(?:which|what) (?:came|was|happened|occurred|took place) (?:first|earlier|later|last)\b[,:]? (.{4,}?),? or"
    r" (.{4,}?)\?*$",
    re.IGNORECASE,
)
"""Of two events: when each of them was is asked for."""


_HOW_OFTEN = re.compile(r"\W*(?:how often|how many times|on how many occasions)\b", re.IGNORECASE)
_FREQUENCY = re.compile(
    r"\b(?:once|twice|thrice|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many) times"
    r"|(?:every|each|per|a) (?:\w+ )?(?:day|week|month|year|hour|night|summer|winter)s?|daily|weekly|monthly|annually"
    r"|yearly|(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+th) time)\b",
    re.IGNORECASE,
)


_NEWS = re.compile(
    r"\W*(?:(?:so )?what(?: has| have| had)? (?:happened|been happening|occurred|took place|gone on|went on)\b"
    r"(?! (?:to|when|if|after|before)\b)"
    r"|what(?:['’]s| is| was) (?:new|happening|going on|the (?:latest|news))\b|(?:is there )?any news\b|latest news\b)",
    re.IGNORECASE,
)


def asks_for_news(question: str) -> bool:
    """Whether a question asks what has happened, of whatever kind.

    >>> asks_for_news("What happened in Orlo in May?"), asks_for_news("What happened to the mayor?")
    (True, False)
    """
    return bool(_NEWS.match(question))


def asks_how_often(question: str) -> bool:
    """Whether a question asks how often something happens or has happened."""
    return bool(_HOW_OFTEN.match(question))


def says_how_often(text: str) -> bool:
    """Whether some words say how often: "twice", "every week", "for the third time".

    >>> says_how_often("the first cut in two years"), says_how_often("They met twice.")
    (False, True)
    """
    return bool(_FREQUENCY.search(text))


def split_question(question: str) -> list[str]:
    """The questions that are asked at once, three at most; a longer row of them is taken as it is.

    >>> split_question("Who went to Moscow, and when did talks cease?")
    ['Who went to Moscow', 'when did talks cease?']
    >>> split_question("Which came first, the vote or the strike?")
    ['When was the vote?', 'When was the strike?']
    """
    if compared := _WHICH_FIRST.match(question):
        return [f"When was {compared[1].strip(' ,')}?", f"When was {compared[2]}?"]
    parts = _NEXT.split(question)
    return parts if len(parts) <= 3 and all(len(part.split()) >= 3 for part in parts) else [question]


def kind_of(question: str) -> Kind:
    """What a question asks for, by its first question word.

    >>> kind_of("When did Macron and Putin last speak?"), kind_of("In which year did it open?")
    ('when', 'when')
    """
    if _YES_NO.match(question.strip()):
        return "yes_no"
    leads = [
        (match.start(), place, kind) for place, (kind, lead) in enumerate(_KINDS) if (match := lead.search(question))
    ]
    return min(leads)[2] if leads else "what"


def question_lead(question: str) -> str:
    """The words that a question begins with and that say what is asked for; nothing if it does not begin with them.

    >>> question_lead("And in which year did it open?"), question_lead("Did it open?")
    ('And in which year', '')
    """
    match = _LEAD.match(question)
    return match.group() if match else ""


def offers(kind: Kind, sentence: str, question_terms: Collection[str]) -> bool | None:
    """Whether a sentence holds something of the kind asked for; None where the kind leaves no mark in the words.

    A name only counts if the question does not give it already.

    >>> offers("when", "They last spoke in July.", ()), offers("who", "Macron spoke.", {"macron"})
    (True, False)
    """
    match kind:
        case "when":
            return bool(_TIME.search(sentence))
        case "how_many":
            return bool(_NUMBER.search(_DATE.sub("", sentence)))
        case "who":
            return _has_new_name(sentence, question_terms)
        case "where":
            return bool(_PLACED.search(sentence)) and _has_new_name(sentence, question_terms)
        case "why":
            return bool(_REASON.search(sentence))
        case _:
            return None


def _has_new_name(sentence: str, question_terms: Collection[str]) -> bool:
    return any(
        word[0].isupper() and word.lower() not in NOT_NAMES and term not in question_terms
        for number, (word, term) in enumerate(tokens(sentence))
        if number > 0 or is_name(word)  # any first word is capitalised
    )
