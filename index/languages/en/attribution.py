"""How English says who says something: verbs of saying, where the speaker stands, where their words end."""

from __future__ import annotations

import re

_VERBS = (
    r"(?:said|says?|saying|told|tells|according to|claim(?:s|ed|ing)|alleg(?:es|ed|edly|ing)|argu(?:es|ed|ing)"
    r"|insist(?:s|ed|ing)|believ(?:es|ed)|thinks|thought|report(?:s|ed|edly)|den(?:ies|ied|ying)|warn(?:s|ed|ing that)"
    r"|announce[sd] that|confirm(?:s|ed|ing)|suggest(?:s|ed|ing)|add(?:s|ed) that|predict(?:s|ed|ing)|wrote|writes"
    r"|describe[sd]|accus(?:es|ed)|stated|rumou?red|not(?:ed|ing)|stress(?:es|ed|ing)|admit(?:s|ted|ting)"
    r"|acknowledg(?:es|ed|ing)|estimated|urge[sd]|explain(?:s|ed)|reveal(?:s|ed)|concede[sd]|declare[sd]"
    r"|testif(?:ies|ied)|tweeted|posted|quoted|emphasi[sz]e[sd]|contend(?:s|ed)|assert(?:s|ed)|remarked"
    r"|(?:(?<=s )|(?<=they )|(?<=who )|(?<=olice )|(?<=eople )|(?<=edia ))"  # Analysts warn, but not: a report
    r"(?:warn|predict|suggest|allege|argue|acknowledge|estimate|confirm|note|stress|admit|reveal|explain|urge|claim"
    r"|insist|believe|report|think|deny|tell|contend|assert))\b"
)
QUOTATION = re.compile(r"[\"“][^\"“”]*[\"”]")
"""What stands in quotation marks."""

SAYING = re.compile(rf"\b{_VERBS}", re.IGNORECASE)
"""A verb of saying, or "according to"."""

PART = re.compile(
    r"(?<=[.!?])[\"'”’]? |; | [—–] |, (?=(?:and|but|while|although|though|whereas)\b(?! that\b))"
    r"|, (?=(?:which|who)\b[^,]*$)|, (?=[a-z]+ing\b)"
    rf"| (?=and (?:{_VERBS}))"
)
"""Between the clauses of a quote that may be somebody's words or not."""

SUBORDINATE = re.compile(r" (?=(?:after|because|when|as|before|since)\b)")
"""Where "after X said so" begins, which is a clause of its own."""

_WHO = r"((?:[\w’'.-]+ ){0,6}?[\w’'.-]+)"
SPEAKER = re.compile(
    rf"(?:^|[,;] |\bthat |\b(?:and|but|while|as) ){_WHO}((?:, [^,]{{1,60}},)?)(?: has| had| have| also)? (?={_VERBS})"
    rf"|\b(?:said|says|added|wrote) ((?-i:[A-Z])[\w’'.-]+(?: (?-i:[A-Z])[\w’'.-]+){{0,4}})"
    rf"|\baccording to ((?:(?!(?:that|on|in|at|to)\b)[\w’'.-]+ ?){{1,5}})",
    re.IGNORECASE,
)
"""Who says it: before the verb, in a row of its own between commas, after the verb, after "according to"."""

CLAIM = re.compile(
    r"\b(?:(?:the|an?) "
    r"(?:claim|charge|allegation|accusation|report|statement|suggestion)s?|disput\w+|contest(?:s|ed)?)\b",
    re.IGNORECASE,
)
"""What names a claim as one without a verb of saying."""

PASSIVE_SAYING = re.compile(rf"\b(?:was|were|been|is|are|being) (?:\w+ly )?{_VERBS}")
"""Somebody is said to do something, and does not say it."""

PRONOUN_SAYS = re.compile(rf"\b(?:he|she|they|it|who|which) (?:has |had |also )?(?:{_VERBS})", re.IGNORECASE)
"""Somebody who is not named says it."""
