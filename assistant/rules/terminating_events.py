"""The end of a thing is no answer to a question for the thing: "lifted its ban" to "when was it banned?"."""

from __future__ import annotations

import re

from assistant.evidence.candidates import Evidence
from assistant.question.answer_type import kind_of
from index.analysis.terms import STOP_WORDS, tokens
from index.types import Query

_UNDOING = re.compile(
    r"\b(?:end(?:s|ed|ing)?|lift(?:s|ed|ing)?|scrap(?:s|ped|ping)?|repeal\w*|revok\w+|abolish\w*|call(?:s|ed|ing)? off"
    r"|halt\w*|cancel\w*|suspend\w*|ceas\w+|stop\w*|br[eo]ak\w* off|broke off|reopen\w*|resum\w+|return\w*|clos\w+|shut"
    r"|finish\w*|complet\w+|over|last(?:ed)?|still|until|reject\w*|drop(?:s|ped)?|withdr[ae]w\w*|void\w*)\b",
    re.IGNORECASE,
)
_UNDONE = re.compile(
    r"\b(?:end(?:s|ed|ing)?|lift(?:s|ed|ing)?|scrap(?:s|ped|ping)?|repeal(?:s|ed|ing)?|revok(?:es|ed|ing)"
    r"|abolish(?:es|ed|ing)?|call(?:s|ed|ing)? off|halt(?:s|ed|ing)?|suspend(?:s|ed|ing)?)\b"
    r"(?P<what>(?: [\w'’-]+){1,5})",
    re.IGNORECASE,
)


def tells_the_end(query: Query, evidence: Evidence) -> bool:
    """Whether a sentence reports the end of what a question asks for, and the question does not ask for that."""
    if kind_of(query.text) not in ("when", "why") or _UNDOING.search(query.text):
        return False
    names = {term for name in query.names for term in name}
    asked = {term for term in query.terms if term not in names | STOP_WORDS | query.time_terms}
    return any(
        not asked.isdisjoint(term for _, term in tokens(found["what"])) for found in _UNDONE.finditer(evidence.text)
    )
