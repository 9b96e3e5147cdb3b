"""Whether a sentence says that something has happened, will or may happen, or has not: by the verb that governs it.

Factuality, after FactBank (Saurí and Pustejovsky 2009): "met on Monday to discuss whether fishing can resume" says that
they met, though "can" stands in it, and "denied that she had met him" says that they did not.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from index.analysis.terms import terms

_AUXILIARY = r"(?:(?:has|have|had|is|are|was|were|be|been|being|do|does|did|will|would|can|could|should|may|might) )"
_PLAN = r"(?:plan|decision|proposal|offer|threat|promise|pledge|agreement|deal|intention|vow)"
_GROUP = r"(?:(?: (?:be|been|being|have|yet|even|also|soon|not|\w+ly))* [a-z]+(?:ed|en|wn|ght|ld|de|ne|t)\b)?"
"""The rest of a verb: "not yet been passed"."""

_AHEAD = re.compile(
    rf"\b(?i:{_AUXILIARY}*)(?:"
    r"will|would|may|might|could|should|can|shall|(?i:if|unless|whether)"
    r"|(?:plan|hope|intend|aim|want|vow|agree|promise|decide"
    r"|prepare|prepar|expect|seek|offer|threaten|propose|propos)(?:s|d|ed|ned|ning|ing|ring)? (?:to|for|a|an|the)"
    r"|(?<=is )to|(?<=are )to|(?<=was )to|(?<=were )to"
    r"|(?:preparing|planning|due|set|expected|scheduled|likely|about|ready|willing|supposed|meant) (?:to|for|on|in)"
    r"|resum(?:e|ing)|cancell?ed|postponed|delayed|called off|scrapped|shelved|put off"
    rf"|{_PLAN}s? (?:to|for)|proposal|upcoming|forthcoming)\b{_GROUP}"
)
"""What makes of an event a plan, a wish or a condition."""

_CALLED_OFF = re.compile(rf"\b(?i:{_AUXILIARY}*)(?:cancell?ed|postponed|called off|scrapped|shelved|put off)\b")
"""What will not be, or not then."""

_NOT = re.compile(
    rf"(?:\b(?i:{_AUXILIARY}*)(?:(?i:no longer|never|neither)|not(?! (?:only|until|before|since)\b))\b"
    rf"|\b\w+n['’]t\b){_GROUP}"
)
_IRREGULAR = (
    "met spoke took went came began fell rose won lost held left broke cut drew grew flew gave got made sank shut saw"
    " sold sent spent stood struck wrote ran led built bought caught chose drove fought found hit kept knew laid paid"
    " put rode sat shot stole swore threw withdrew said told was were had did has became shook tore burnt"
)
_DID = re.compile(
    r"(?<!\bbe )(?<!\bto )(?<!\bbeen )(?<!\bbeing )(?<!\bhave )(?<!\ba )(?<!\bthe )"
    rf"\b(?:{'|'.join(_IRREGULAR.split())}"
    r"|[a-z]+ed(?=[.,;]?$|, | (?:an?|the|its|his|her|their|more|in|on|at|from|with|for|as|off|over|after|when|up|down"
    r"|out|into|that|about|around|some|nearly|least|last|first|again|two|three|[A-Z\d“\"$€£]\S*)\b))(?!\w)"
)
"""A verb of what was done, with what may follow one: in "the damaged ports" it is none."""

_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|"
    r"(?:dismiss|reject|disput|debunk)(?:e|es|ed|ing|s)? (?:as \w+ )?(?:(?:the|all|any|media) )?"
    r"(?:claims?|reports?|rumou?rs?|suggestions?|allegations?|accusations?)"
    r"|(?:could|can) ?(?:not|n['’]t) (?:be )?(?:confirm(?:ed)?|verif(?:y|ied)|say)"
    r"|cannot (?:be )?(?:confirm(?:ed)?|verif(?:y|ied)|say)"
    r"|no (?:evidence|indication|sign|proof|trace))\b",
    re.IGNORECASE,
)
_CALLED_FALSE = re.compile(
    r"\b(?:reports?|claims?|rumou?rs?|suggestions?|allegations?|accusations?) (?:that|of)\b(?P<what>.*?)"
    r"\b(?:false|untrue|wrong|baseless|unfounded|invented|not true|a lie|nonsense|a hoax)\b",
    re.IGNORECASE | re.DOTALL,
)
_SAID_WHEN = re.compile(r"\s*(?:it|this|them|again)?\s*(?:late|early)?\s*(?:on|in|at|for)?\s*")
"""Between a denial and its own time: "denied it on Wednesday"."""

_OTHERWISE = re.compile(r"\b(?:and|but|then|who|which)\b")
"""After a denial of a thing, a verb behind these is no longer denied: "denied wrongdoing and resigned on Monday"."""

_BREAK = re.compile(
    r"[;—–] ?|, (?=(?:and|but|while|which|who|though|although|not|rather|ahead|before)\b)|\bbut\b"
    r"|\band (?=(?:could|may|might|will|would|is|are|was|were|has|have|had|said|says)\b)|(?<=\w) (?=not \d)"
    r"|, (?=(?:and |but )?(?:could|may|might|will|would)\b)"
)
"""Between what happened and what is told beside it: "rose to 33 and could rise further"."""

_BESIDE = re.compile(
    r"\b(?:whether|that|which|who|whose|after|because|when|while|before|although|though|since|so)\b"
    r"|(?<=\w) (?=to [a-z]+\b)|, "
)
"""Where words begin that hang on what was told before."""

_PLANNED_FOR = re.compile(
    r"\b(?:planned|scheduled|set|due|expected|originally meant|slated|billed)(?: to [a-z]+)?(?: (?:for|on|in|by))?"
    r"(?: the)?\s*$"
)


_MEANT_ASIDE = re.compile(r", (?:originally )?(?:planned|scheduled|set|due|expected|meant)\b[^,;]*(?=,)")
"""Told beside the verb: "the opening, planned for Wednesday, was postponed"."""


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause of a sentence begins and ends that holds some of its words.

    >>> text = "The toll rose to 33 and could rise further."
    >>> text[slice(*clause_around(text, 17, 19))]
    'The toll rose to 33 '
    """
    first, last = 0, len(text)
    for found in _BREAK.finditer(text):
        if found.end() <= start:
            first = found.end()
        elif found.start() >= end:
            last = found.start()
            break
    return first, last


def place_of(text: str, about: Collection[str]) -> tuple[int, int]:
    """Where, in the clause of a sentence that has most of some terms, the last of them stands; its beginning if none.

    >>> text = "The firm said on Monday it would not close the plant, and the mayor was glad."
    >>> text[slice(*place_of(text, {"close", "firm"}))]
    'close'
    """
    ends = [0, *(found.end() for found in _BREAK.finditer(text)), len(text)]
    first, last = max(pairwise(ends), key=lambda place: len(set(terms(text[slice(*place)])).intersection(about)))
    words = [
        found for found in re.finditer(r"\w[\w'’]*", text[first:last]) if not set(terms(found[0])).isdisjoint(about)
    ]
    return (first + words[-1].start(), first + words[-1].end()) if words else (first, first + 1)


def lies_ahead(text: str, start: int, end: int) -> bool:
    """Whether a sentence makes a plan, a wish or a condition of what some of its words tell.

    >>> lies_ahead("They will meet on Monday.", 18, 24), lies_ahead("They met on Monday to plan the vote.", 12, 18)
    (True, False)
    """
    first, _ = clause_around(text, start, end)
    return bool(_PLANNED_FOR.search(text[first:start])) or _governs(_AHEAD, text, start, end)


def is_called_off(text: str, start: int, end: int) -> bool:
    """Whether a sentence says that what some of its words tell was called off or put off.

    >>> is_called_off("The concert on 5 May was cancelled.", 15, 20), is_called_off("It opened on 5 May.", 13, 18)
    (True, False)
    """
    meant_for = _PLANNED_FOR.search(text[:start])
    return bool(meant_for and _CALLED_OFF.search(text, end)) or _governs(_CALLED_OFF, text, start, end)


def is_denied(text: str, start: int, end: int) -> bool:
    """Whether a sentence says that what some of its words tell did not happen.

    >>> text = "She denied that she had met him on 5 May."
    >>> is_denied(text, 35, 40), is_denied("He was dismissed on Monday as he had not reported it.", 20, 26)
    (True, False)
    """
    if any(found.start("what") <= start < found.end("what") for found in _CALLED_FALSE.finditer(text)):
        return True
    for found in _DENIAL.finditer(text[:start]):
        between = text[found.end() : start]
        if _SAID_WHEN.fullmatch(between) or (_BREAK.search(between) and "that" not in between):
            continue
        told = _OTHERWISE.search(between)
        if "that" in between or not (told and _DID.search(between, told.end())):
            return True
    return _governs(_NOT, text, start, end)


def _governs(sign: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Whether the verb of some words in a sentence is one with a sign: the last before them, else the first after."""
    first, last = clause_around(text, start, end)
    clause = text[first:last]
    signs = [found for found in sign.finditer(clause) if found.start() < end - first]
    verbs = [found for found in _DID.finditer(clause) if found.start() < end - first]
    if signs or verbs:
        begin = max((found.start() for found in signs), default=-1)
        done = max((found.end() for found in signs), default=-1)
        return bool(signs) and not any(verb.start() >= done for verb in verbs if verb.start() > begin)
    if aside := _MEANT_ASIDE.match(clause, end - first):
        clause = clause[: end - first] + clause[aside.end() + 1 :]
    beside = _BESIDE.search(clause, end - first)
    rest = clause[: beside.start() if beside else len(clause)]
    found, verb = sign.search(rest, end - first), _DID.search(rest, end - first)
    return bool(found and not (verb and verb.start() < found.start()))
