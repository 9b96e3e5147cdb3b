"""Whether the words around an expression of time speak of what is to come."""

from __future__ import annotations

import re

from index.languages.en.given_up import PUT_OFF_TO
from index.languages.en.verbs import PAST_OF_TIMES

_COMING = re.compile(
    r"\b(?:will|won['’]t|shall|(?:I|we|you|they|he|she|it)['’]ll"
    r"|can(?:not|['’]t)?(?! have)|(?:is|are|was|were|be) to|going to"
    r"|plan(?:s|ned|ning)? (?:to|for)|expects"
    r"|(?<!had been )(?:due|expected|scheduled|projected (?:for|to))|set to"
    r"|ahead of|next(?! to\b)|upcoming|coming|hop(?:es|ing) to|intends? to"
    r"|(?:would|might|must|should)(?! have)|could(?! have| not|n['’]t)|payable|redeemable"
    r"|aims? to|vow(?:s|ed) to|promise[sd]? to|deadline|wants? to"
    r"|(?:is|are|was|were) forecast|ready to|prepar(?:es|ing) to|to be|likely (?:to|on)|possible on"
    r"|(?:is|are) [a-z]+ing|starting"
    r"|beginning|effective|brac(?:es|ing) for|looming|matur(?:es?|ing)|which expire|that expire"
    r"|(?:plan|decision|proposal|offer|threat|promise|pledge|intention|agreement|deal|vow)s? to"
    r"|(?:ordered|told|asked|urged|required|summoned|called|bound|free) to)\b",
    re.IGNORECASE,
)
_MAY = re.compile(r"\bmay(?! have)\b")
"""Not Minister May."""

_SCHEDULED = re.compile(
    r"(?<!\d )(?<!\bthe )"
    r"\b(?:(?:re)?opens|begins|starts|takes? (?:place|effect|office)|meets|visits|arrives|votes|goes|ends|expires"
    r"|closes|kicks off|convenes|reconvenes|airs|premieres|appears before|testifies|retires"
    r"|holds|travels|returns|launches|faces|hosts|resumes|leaves|flies|runs|comes|heads"
    r"|(?<=s )(?<!['’]s )(?:(?:re)?open|begin|start|meet|visit|arrive|vote|go|end|expire|close|kick off|hold|travel"
    r"|return|resume|leave|fly|run|come|head))\b"
)
"""In the present tense these are mostly said of what is on a calendar; "the close", "a visit" are nouns."""

_MEANT = (
    "agre|decid|promis|pledg|vow|plann|hop|want|expect|offer|threaten|schedul|suppos|intend|prepar|need|wish|ask|order"
    "|urg|requir|forc|invit|summon|propos|aim|oblig|entitl|determin|commit"
)
"""What has "to" behind it and something to come; "opened to visitors" has happened."""

_GONE = re.compile(
    r"(?<!\bbe )(?<!\bto )(?<!\bbeing )(?<!\bwill )(?<!\bwould )(?<!\bcould )(?<!\bmay )(?<!\bmight )\b"
    rf"(?:(?:was|were)(?! to)|had|did|has|have been"
    rf"|(?<!\ba )(?<!\bthe )(?<!\bits )(?!(?:{_MEANT})ed to\b)\w+ed|{'|'.join(PAST_OF_TIMES)})\b"
)
_INFINITIVE = re.compile(r"\bto (?!the\b|an?\b|its\b|his\b|her\b|their\b)[a-z]{3,}\b")
_UNTIL = re.compile(
    r"\b(?:(?:until|till) (?:an?|the|its|his|her|their)(?: [a-z]+){1,3} (?:on|in)"
    r"|(?:until|till|by|through)(?: at least)?)"
    r"(?: the| early| late| mid)?(?: (?:\d{1,2}[^ ]*(?: [ap]\.?m\.?)?|noon|midnight)(?: [A-Z]{2,4})?(?: on)?)?\s*$"
)
_WAS = re.compile(r"\b(?:was|were|had|did|\w+ed)\b")
_WILL = re.compile(r"\b(?:will|won't|shall)\b")
_TO_RUN = re.compile(r"\bto (?:run|last|go on|continue|stay|remain|be)\b[^.;,]*$")
_GONE_ON = re.compile(r" (?:was|were|had|has|have|[a-z]+ed)\b")
_IS_ON = re.compile(r"\b(?:is|are)(?: (?:on|for))?(?: the)? *$")
"""The vote is on 14 December."""

_FROM_DAY = re.compile(
    r"\b(?:rises?|falls?|drops?|increases?|doubles?|appl(?:y|ies)|changes?|costs?|becomes?|moves?|gets?|pays?|go(?:es)?)\b"
    r"[^.;]*\b(?:from|on)(?: the)?\s*$"
)
"""What is dearer from a day on is told before it; in the past tense it would have been."""

_FOR_A_DAY = re.compile(r"\bfor\s*$")
_NAMES_A_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d{1,2} [A-Z]|[A-Z][a-z]+\.? \d{1,2}\b")
_PASSIVE = re.compile(
    r"\b(?:be|being|is|are|stays?|remains?|keeps?)(?: not)?(?: \w+ly)?"
    r" (?!(?:expected|scheduled|planned|ordered|asked|urged|required|called)\b)\w+(?:ed|en|ld|ght|wn)\b"
)
_MEET = re.compile(
    r"(?<!\bto )(?<!\bnot )\b(?:reconvene|convene|meet)(?! [a-z]+ed\b)\b"
    r"|[A-Z]\w+ (?:visit|host|play|face)(?! [A-Z]\w+ed\b)\b"
)
_DO = re.compile(r"\b(?:do|does|did|will|would|could|can|may|might|must|should)\b")
"""A bare verb behind one of these is no present tense: "Whom did he meet on Tuesday?"."""

_SAID = re.compile(r"\b(?:said|says|told|announced)\b")
_CLAUSE = re.compile(r"[,;:—–]|\b(?:but|while|when|after|before|and|which|who|that)\b")

_LED = re.compile(r"\b(?:before|after)(?: the)? $")
"""Before a time these begin no clause."""

_NOT_COULD = re.compile(
    r"\b(?:could(?: not|n['’]t)|(?:[Nn]either|[Nn]or|[Nn]o one|[Nn]obody|[Nn]one)\b[^.;,]* could) (?:immediately )?be"
    r" (?:reached|located|found|contacted|determined|learned|confirmed|verified)\b[^.;,]*$"
)
"""How news says that somebody had nothing to say."""

_TO_POSSESSED = re.compile(
    r"\b(?:ahead of|before|for|until|by|win|lose|miss|attend|host|play)(?: the)? $", re.IGNORECASE
)
_CAN_BE_AHEAD = re.compile(
    r" (?:[a-z-]+ ){0,2}(?:match|game|final|semi-?final|quarter-?final|debate|election|vote|referendum|summit|hearing"
    r"|race|meeting|talks|inauguration|trial|concert|show|deadline|launch|opener|derby|tie|qualifier|session"
    r"|primary|runoff)\b"
)
"""What is on a calendar is told of before and after: its verbs tell."""

_WILL_BE = re.compile(r"(?: [a-z-]+){0,4} (?:will|is (?:expected|due|set|to)|would)\b")
"""What is Wednesday's has been, "Wednesday's ruling", unless it is told to come."""

_NEARBY = 300
"""Characters on each side in which the verb is looked for."""


def is_future(sentence: str, start: int, end: int, after: int) -> bool:
    """Whether an expression speaks of what is to come: by the last verb before it in its clause, else the next after.

    The expression stands from ``start`` to ``end``, the next one begins at ``after``. A headline has no finite verb:
    "Strike to hit commuters on Monday".
    """
    nearby = max(0, start - _NEARBY)
    if _NOT_COULD.search(sentence, nearby, start):
        return False
    if sentence[end : end + 2] in ("'s", "’s") and not _CAN_BE_AHEAD.match(sentence, end + 2):
        return bool(_TO_POSSESSED.search(sentence, nearby, start) or _WILL_BE.match(sentence, end + 2))
    led = _LED.search(sentence, nearby, start)
    verbs_end = led.start() if led else start
    begin = max((found.end() for found in _CLAUSE.finditer(sentence, nearby, verbs_end)), default=nearby)
    before, rest = sentence[begin:start], sentence[end : min(after, end + _NEARBY)]
    if PUT_OFF_TO.search(sentence, nearby, start):
        return True
    if _FOR_A_DAY.search(before) and _NAMES_A_DAY.match(sentence, start):
        return True
    if (
        _UNTIL.search(before)
        and not _GONE_ON.match(sentence, end)
        and (_WILL.search(before) or not _WAS.search(_without_passive(before)) or _TO_RUN.search(before))
    ):
        return True
    if _IS_ON.search(before) and _NAMES_A_DAY.match(sentence, start):
        return True
    if _FROM_DAY.search(before) and _NAMES_A_DAY.match(sentence, start) and not _WAS.search(before):
        return True
    before, whole = _without_passive(before), _without_passive(sentence[nearby:start])
    rest = _without_passive(rest)
    for words, nearest in ((before, max), (rest, min), (whole, max)):
        coming = [match.end() for pattern in (_COMING, _MAY, _SCHEDULED) for match in pattern.finditer(words)]
        coming += [match.end() for match in _MEET.finditer(words) if not _DO.search(whole)]
        gone = [match.end() for pattern in (_GONE, _SAID) for match in pattern.finditer(words)]
        if coming or gone:
            return bool(coming) and nearest(coming) == nearest(coming + gone)
        if words is before and _INFINITIVE.search(words.lower() if words.isupper() else words):
            return True
    return False


def _without_passive(words: str) -> str:
    """ "Will be formally signed" speaks of what is to come, though "signed" looks like the past."""
    return _PASSIVE.sub("be", words)


_WAS_TO = re.compile(r"\d,? (?:(?!\b(?:and|said|says|ruled|now|which|who)\b)[^;:])*\b(?:was|were) to\b")
_BEGINS = re.compile(r"\W*In (?:early |late |mid-)?")


def is_told_of_then(sentence: str, year: int, start: int) -> bool:
    """Whether what was to come is told from a year that has gone: "In 1974 they were to vote on 7 February".

    The expression with the year begins at ``year``, the other at ``start``.
    """
    return bool(_BEGINS.fullmatch(sentence, 0, year) and _WAS_TO.search(sentence, year, start))


_PUTS = re.compile(
    r"\b(?:had|has|have|set|put|moved|postponed|delayed|deferred|extended|stretched|pushed|pencilled|brought|announced|named"
    r"|fixed|chosen|chose|called|confirmed|said|told|asked|planned|agreed)\b"
)
"""Verbs in the past behind which a day may be to come: "has set aside 14 May"."""


def is_past(sentence: str, start: int) -> bool:
    """Whether the last verb before an expression in its clause tells what was: "The toll rose on 1 October"."""
    nearby = max(0, start - _NEARBY)
    begin = max((found.end() for found in _CLAUSE.finditer(sentence, nearby, start)), default=nearby)
    before = _without_passive(sentence[begin:start])
    gone = list(_GONE.finditer(before))
    return bool(gone) and not _PUTS.search(before) and not _INFINITIVE.search(before)
