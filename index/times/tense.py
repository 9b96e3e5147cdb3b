"""Whether the words around an expression of time speak of what is to come."""

from __future__ import annotations

import re

_COMING = re.compile(
    r"\b(?:will|won't|shall|(?:is|are|was|were|be) to|going to|plan(?:s|ned|ning)? (?:to|for)|due|expect(?:s|ed)"
    r"|scheduled|set to|ahead of|next|upcoming|coming|hop(?:es|ing) to|intends? to|(?:would|may|could|might)(?! have)"
    r"|aims? to|vow(?:s|ed) to|promise[sd]? to|deadline|until|by|wants? to|ready to|prepar(?:es|ing) to|to be"
    r"|likely to|(?:is|are) [a-z]+ing|starting|beginning|effective|brac(?:es|ing) for|looming"
    r"|(?:ordered|told|asked|urged|required|summoned|called|bound|free) to)\b",
    re.IGNORECASE,
)
_SCHEDULED = re.compile(
    r"\b(?:(?:re)?opens?|begins?|starts?|takes? (?:place|effect|office)|meets?|visits?|arrives?|votes?|goes|go|ends?"
    r"|expires?|closes?|kicks? off|holds?|travels?|returns?|launches|faces?|hosts?|resumes?|leaves?|flies|runs?"
    r"|comes?|heads?)\b"
)
"""In the present tense these are mostly said of what is on a calendar."""

_GONE = re.compile(
    r"(?<!\bbe )(?<!\bto )(?<!\bbeing )\b(?:(?:was|were)(?! to)|had|did|has|have been|\w+ed(?! to)|met|spoke|took|went"
    r"|came|began|fell|rose|won|lost|held|left|broke|cut|drew|grew|flew|gave|got|made|sank|shut|saw|sold|sent|spent"
    r"|stood|struck|wrote|ran|led|built|bought|caught|chose|drove|fought|found|hit|kept|knew|laid|paid|put|read|rode"
    r"|sat|shot|stole|swore|threw|withdrew)\b"
)
_INFINITIVE = re.compile(r"\bto (?!the\b|an?\b|its\b|his\b|her\b|their\b)[a-z]{3,}\b")
_SAID = re.compile(r"\b(?:said|says|told|announced)\b")
_CLAUSE = re.compile(r"[,;:—–]|\b(?:but|while|when|after|before|and|which|who|that)\b")

_NEARBY = 300
"""Characters on each side in which the verb is looked for."""


def is_future(sentence: str, start: int, end: int, after: int) -> bool:
    """Whether an expression speaks of what is to come: by the last verb before it in its clause, else the next after.

    The expression stands from ``start`` to ``end``, the next one begins at ``after``. A headline has no finite verb:
    "Strike to hit commuters on Monday".
    """
    nearby = max(0, start - _NEARBY)
    begin = max((found.end() for found in _CLAUSE.finditer(sentence, nearby, start)), default=nearby)
    before, rest = sentence[begin:start], sentence[end : min(after, end + _NEARBY)]
    for words in (before, rest, sentence[nearby:start]):
        coming, gone = _last(_COMING, words), max(_last(_GONE, words), _last(_SAID, words))
        if coming >= 0 or gone >= 0:
            return coming >= gone if words is not rest else _COMING.search(words) is not None
        if _SCHEDULED.search(words):
            return True
        if words is before and _INFINITIVE.search(words):
            return True
    return False


def _last(pattern: re.Pattern[str], words: str) -> int:
    """Where the last match ends; -1 without one."""
    return max((match.end() for match in pattern.finditer(words)), default=-1)
