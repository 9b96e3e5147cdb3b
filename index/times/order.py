"""Whether a question asks for the latest of something, or the first."""

from __future__ import annotations

import re
from typing import Literal

Order = Literal["latest", "first"]

_PERIODS = (
    "second minute hour day night week weekend fortnight month quarter season summer winter spring autumn year decade"
    " century monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
    " august september october november december"
).split()
_NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|few|several|couple)"
_NO_ORDER = (
    rf"(?:{'|'.join(_PERIODS)})s?\b|{_NUMBER}\b|names?\b|resort\b|supper\b|straw\b|will\b|rites\b|lap\b|word\b|ditch\b"
    r"|but\b|in\b|place\b|lady\b|minister\b|aid\b|class\b|responders?\b|rate\b|edition\b|round\b|half\b|legs?\b"
)
_ADVERB = re.compile(
    rf"\b(?:did|do|does|has|have|had|was|were|is|are|be|been)\b(?:(?!\bthe\b (?:last|first)\b).)*?"
    rf"(?<!the )(?<!'s )(?<!’s )(?<!came )(?<!come )(?<!finish )\b(last|first)\b(?! (?:{_NO_ORDER}))(?: [a-z]|\?|$)"
)
_ASKS_LATEST = re.compile(
    rf"\b(?:last (?!{_NO_ORDER})|(?:latest|most recent(?:ly)?|newest|currently|at present|at the moment|nowadays"
    r"|these days|right now|now)(?: |(?=\W*$)))",
    re.IGNORECASE,
)
LAST_IN_OTHER_WORDS = re.compile(r"\b(?:latest|most recent(?:ly)?|newest)\b", re.IGNORECASE)
"""What asks for the latest as "last" does in the same place."""

_ASKS_FIRST = re.compile(rf"\b(?:first (?!{_NO_ORDER})|(?:earliest|originally)(?: |(?=\W*$)))", re.IGNORECASE)
ASKS: dict[Order, re.Pattern[str]] = {"latest": _ASKS_LATEST, "first": _ASKS_FIRST}
"""What asks for an order, with the space behind it: the "last" of "did they last meet", not that of "last week"."""

_THE_LAST = re.compile(rf"\b(?:the|her|his|their|its|[A-Z]\w+['’]s) last (?!{_NO_ORDER})[a-z]")
_TIME = re.compile(r"\bthe (last|first) time\b")
_LATEST = re.compile(
    r"\b(?:latest|most recent(?:ly)?|newest|currently|at present|at the moment|nowadays|these days|as of|as at"
    r"|still(?! lifes?\b)|right now|now(?=\?|$)|the current\b(?! account)|(?<=\bis )now\b|(?<=\bare )now\b)",
    re.IGNORECASE,
)
_OFFICE = (
    r"(?:mayor|president|premier|minister|king|queen|monarch|pope|bishop|leader|chair(?:man|woman|person)?|chief|heads?"
    r"|director|governor|chancellor|ceo|boss|captain|coach|champions?|holders?|speaker|secretary|ambassador|editor|owners?"
    r"|manager|commissioner|treasurer|deputy|favou?rite)"
)
_IN_OFFICE = re.compile(
    rf"\W*(?:who(?:['’]s| is| are)\b.*\b{_OFFICE}\b|(?:is|are) [A-Z].*? (?:the|an?) (?:[\w-]+ )?{_OFFICE}\b"
    r"|who (?:leads|heads|runs|owns|chairs|governs|holds|rules|coaches)\b"
    r"|whats? ?(?:['’]s|is|are)? the (?:[\w-]+ ){0,2}(?:rate|price|toll|population|record|cost|total|number)\b"
    r"|how (?:high|many|much|large|big) (?:is|are|does|do)\b)",
    re.IGNORECASE,
)
"""In the present tense of what changes hands, or rises and falls: what is so now is asked for."""

_STATE = re.compile(
    rf"\W*(?:who(?:['’]s| is| are| was| were)\b(?! \w+(?:ed|rn|sen) ).*\b{_OFFICE}\b"
    r"|who (?:le(?:a)?ds?|head(?:s|ed)|runs?|ran|own(?:s|ed)|chair(?:s|ed)|govern(?:s|ed)|h[eo]lds?|held|rule[sd]"
    r"|coach(?:es|ed)|manage[sd])\b"
    r"|whats? ?(?:['’]s|is|was|were|are)? the (?:[\w-]+ ){0,3}(?:rates?|prices?|fees?|fares?|cost|tax|limit|wage|toll"
    r"|tariff|population|salary|pension)\b"
    r"|how (?:high|much|large|big)(?: [\w-]+)? (?:is|was|are|were|do|does|did)\b)",
    re.IGNORECASE,
)
"""Of what is so until it changes: who holds an office, what a thing costs."""

_WHO_LAST = re.compile(r"\W*(?i:who|what|which(?: \w+){1,2}) (last|first) [a-z]")
_HOW_LONG = re.compile(r"\W*(?:for )?how long\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:earliest|very first|originally|who first)\b", re.IGNORECASE)


def read_order(question: str) -> Order | None:
    """Whether the latest or the first of something is asked for.

    >>> read_order("Who last won the cup?"), read_order("Who is the mayor?"), read_order("Who won?")
    ('latest', 'latest', None)
    """
    if _LATEST.search(question) or _THE_LAST.search(question):
        return "latest"
    if named := _WHO_LAST.match(question):
        return "latest" if named[1].lower() == "last" else "first"
    if not _HOW_LONG.match(question) and (match := _ADVERB.search(question) or _TIME.search(question)):
        return "latest" if match[1] == "last" else "first"
    if _FIRST.search(question):
        return "first"
    return "latest" if _IN_OFFICE.match(question) else None


def asks_state(question: str) -> bool:
    """Whether a question is about what is so until it changes, so that it may be told of an earlier day.

    >>> asks_state("Who was the mayor in May?"), asks_state("Who won in May?")
    (True, False)
    """
    return bool(_STATE.match(question))
