"""Whether the words around an expression of time speak of what is to come."""

from __future__ import annotations

import re

from index.languages.en.verbs import PAST_OF_TIMES

_COMING = re.compile(
    r"\b(?:will|won't|shall|can(?:not|['’]t)?(?! have)|(?:is|are|was|were|be) to|going to"
    r"|plan(?:s|ned|ning)? (?:to|for)|expects"
    r"|(?<!had been )(?:due|expected|scheduled)|set to|ahead of|next|upcoming|coming|hop(?:es|ing) to|intends? to"
    r"|(?:would|could|might|must)(?! have)|aims? to|vow(?:s|ed) to|promise[sd]? to|deadline|wants? to"
    r"|(?:is|are|was|were) forecast|ready to|prepar(?:es|ing) to|to be|likely to|(?:is|are) [a-z]+ing|starting"
    r"|beginning|effective|brac(?:es|ing) for|looming"
    r"|(?:plan|decision|proposal|offer|threat|promise|pledge|intention|agreement|deal|vow)s? to"
    r"|(?:ordered|told|asked|urged|required|summoned|called|bound|free) to)\b",
    re.IGNORECASE,
)
_MAY = re.compile(r"\bmay(?! have)\b")
"""Not Minister May."""

_SCHEDULED = re.compile(
    r"\b(?:(?:re)?opens|begins|starts|takes? (?:place|effect|office)|meets|visits|arrives|votes|goes|ends|expires"
    r"|closes|kicks off|holds|travels|returns|launches|faces|hosts|resumes|leaves|flies|runs|comes|heads"
    r"|(?<=s )(?:(?:re)?open|begin|start|meet|visit|arrive|vote|go|end|expire|close|kick off|hold|travel|return|resume"
    r"|leave|fly|run|come|head))\b"
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
    r"\b(?:(?:until|till) (?:an?|the|its|his|her|their)(?: [a-z]+){1,3} (?:on|in)|(?:until|till|by)(?: at least)?)"
    r"(?: the| early| late| mid)?(?: \d{1,2}[^ ]*(?: [ap]\.?m\.?)? on)?\s*$"
)
_WAS = re.compile(r"\b(?:was|were|had|did|\w+ed)\b")
_WILL = re.compile(r"\b(?:will|won't|shall)\b")
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
_PUT_OFF = re.compile(
    r"\b(?:put off|postponed|delayed|deferred|pushed back|moved|rescheduled|adjourned|extended)\b[^.;]*"
    r"\b(?:to|until|till)(?: at least)?(?: the| early| mid| late)?\s*$"
)
"""What is put off is put off to a day to come, whatever stands between: "postponed the vote, planned for May, to"."""

_SAID = re.compile(r"\b(?:said|says|told|announced)\b")
_CLAUSE = re.compile(r"[,;:—–]|\b(?:but|while|when|after|before|and|which|who|that)\b")

_LED = re.compile(r"\b(?:before|after)(?: the)? $")
"""Before a time these begin no clause."""

_NEARBY = 300
"""Characters on each side in which the verb is looked for."""


def is_future(sentence: str, start: int, end: int, after: int) -> bool:
    """Whether an expression speaks of what is to come: by the last verb before it in its clause, else the next after.

    The expression stands from ``start`` to ``end``, the next one begins at ``after``. A headline has no finite verb:
    "Strike to hit commuters on Monday".
    """
    nearby = max(0, start - _NEARBY)
    led = _LED.search(sentence, nearby, start)
    verbs_end = led.start() if led else start
    begin = max((found.end() for found in _CLAUSE.finditer(sentence, nearby, verbs_end)), default=nearby)
    before, rest = sentence[begin:start], sentence[end : min(after, end + _NEARBY)]
    if _PUT_OFF.search(sentence, nearby, start):
        return True
    if _FOR_A_DAY.search(before) and _NAMES_A_DAY.match(sentence, start):
        return True
    if _UNTIL.search(before) and (_WILL.search(before) or not _WAS.search(_without_passive(before))):
        return True
    if _IS_ON.search(before) and _NAMES_A_DAY.match(sentence, start):
        return True
    if _FROM_DAY.search(before) and _NAMES_A_DAY.match(sentence, start) and not _WAS.search(before):
        return True
    before, whole = _without_passive(before), _without_passive(sentence[nearby:start])
    rest = _without_passive(rest)
    for words, nearest in ((before, max), (rest, min), (whole, max)):
        coming = [match.end() for pattern in (_COMING, _MAY, _SCHEDULED) for match in pattern.finditer(words)]
        gone = [match.end() for pattern in (_GONE, _SAID) for match in pattern.finditer(words)]
        if coming or gone:
            return bool(coming) and nearest(coming) == nearest(coming + gone)
        if words is before and _INFINITIVE.search(words.lower() if words.isupper() else words):
            return True
    return False


def _without_passive(words: str) -> str:
    """ "Will be formally signed" speaks of what is to come, though "signed" looks like the past."""
    return _PASSIVE.sub("be", words)
