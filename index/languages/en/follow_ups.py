"""How English questions lean on the question before them."""

from __future__ import annotations

import re

from index.languages.en.function_words import CALENDAR_WORDS

WHO_IS = re.compile(r"who(?:'s| is| was) (?=[A-Z])", re.IGNORECASE)
"""A question for somebody that it names itself."""

HE = re.compile(r"\b(?:he|she|him|himself|herself|her(?!\s+\w))\b", re.IGNORECASE)
"""One person, as who does something or to whom it is done."""

HIS = re.compile(r"\b(?:his|her|hers)\b(?= \w)", re.IGNORECASE)
"""What belongs to one person."""

THEY = re.compile(r"\b(?:they|them|themselves)\b", re.IGNORECASE)
"""Several persons, as who do something or to whom it is done."""

THEIR = re.compile(r"\b(?:their|theirs)\b", re.IGNORECASE)
"""What belongs to several persons."""

OBJECTS = frozenset({"him", "her", "them"})
"""Those to whom it is done."""

IT = re.compile(r"\b(?:it|its|this|that|these|those|there|then|one|ones|former|latter|same)\b", re.IGNORECASE)
"""What stands for something that was asked about."""

WHAT_ABOUT = re.compile(
    r"(?:and|but|so)?,?\s*(?:(?:what|how) about|and|or|with|for|in|from|to|at|on|by|of|about)\s+(.+?)\s*\??$",
    re.IGNORECASE,
)
"""Another name or time put to what was asked before: "And in 2024?"."""

TIME = re.compile(rf"\b(?:{'|'.join(sorted(CALENDAR_WORDS))}|1\d{{3}}|20\d\d)\b", re.IGNORECASE)
"""A time that may stand in another's place."""

EMPTY = frozenset("happen say tell know mean news late stand update development summarise summarize".split())
"""Terms of a question that say nothing of what it is about."""

AND = re.compile(r"^(?:and|but|so|then|ok|okay|yes|no|thanks|thank you)\b[,.!]?\s*", re.IGNORECASE)
"""What a follow-up opens with and that asks nothing."""
