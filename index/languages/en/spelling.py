"""How one word is spelled in English: British and American, names from other scripts, codes, abbreviations."""

from __future__ import annotations

import re

CODES = {"US": "usa", "U.S.": "usa", "USA": "usa", "U.S.A.": "usa", "UK": "uk", "U.K.": "uk"}
"""How a country is written in short, with its term."""

_SHORT_FORMS = (
    "admiral adm,captain capt,colonel col,general gen,lieutenant lt,major maj,sergeant sgt,doctor dr,professor prof"
    ",reverend rev,governor gov,president pres,representative rep,senator sen,attorney atty,saint st,mount mt,fort ft"
    ",company co,corporation corp,incorporated inc,limited ltd,brothers bros,association assn,university univ"
    ",department dept,government govt,international intl,national natl,january jan,february feb,april apr,august aug"
    ",september sept,october oct,november nov,december dec"
)
SHORT_FORMS = {
    word: other for pair in _SHORT_FORMS.split(",") for word, other in (pair.split(), reversed(pair.split()))
}
"""What is written in full or in short by turns, each with the other: "general", "gen"."""

SPELLINGS = (
    (re.compile(r"is(e|ation)$"), r"iz\1"),
    (re.compile(r"yse$"), "yze"),
    (re.compile(r"(?<=\w{4})our$"), "or"),
    (re.compile(r"(?<=\w{2})tre$"), "ter"),
    (re.compile(r"(?<=def|off|lic|ret)ence$"), "ense"),
    (re.compile(r"^advisor$"), "adviser"),
    (re.compile(r"^programme$"), "program"),
    (re.compile(r"^grey$"), "gray"),
)
"""British spellings to American ones; a word that is neither is changed in the index and in questions alike."""

BRITISH = ("ise", "isation", "yse", "our", "tre", "ence", "advisor", "programme", "grey")
"""How those end; most words do not."""

NAME_LETTERS = (("ph", "f"), ("kh", "k"), ("q", "k"))
"""Letters that a name is written with by turns."""

DOUBLED = re.compile(r"(.)\1+")
"""A doubled letter, which names have by turns."""

NAME_END = re.compile(r"(?:iy|yi|ij|yj|ii|i|y|j)$")
"""How Zelenskyy, Zelenskiy and Zelensky end, all written as "y"."""

ENDS_WITH_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Adm|Gov|Sen|Rep|Rev|Hon|St|Ft|Mt"
    r"|No|Nos|vs|cf|approx|bn|mln|bln|tn|Corp|Co|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$"
)
"""A full stop behind these ends no sentence."""

AT_AN_HOUR = re.compile(r"\d ?[ap]\.m\.$")
"""An hour whose full stop ends no sentence where the day or the zone of it follows."""

OF_AN_HOUR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\b|[A-Z]{2,4}T\b|GMT\b|UTC\b"
)
"""The day or the zone of an hour: "9 a.m. Friday", "9 a.m. EST"."""
