"""How English writes days, months and years, and what leads to them; how it says that something is new."""

from __future__ import annotations

import re

from index.times.days import MONTHS

BEGINS_MONTH = rf"(?:{'|'.join(month[:3] for month in MONTHS)})[a-z]*"
"""A month in full or in short, as part of a pattern."""

MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b")
"""A month in full."""


YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
"""A year since 1500, as text names it."""

ANY_YEAR = re.compile(r"1\d{3}|20\d\d")
"""A year of the last thousand, where the text is no more than that."""


_LOWER_MONTHS = "|".join(rf"{month[:3]}(?:{month[3:]}|t)?" for month in map(str.lower, MONTHS))
LOWER_MONTH = re.compile(rf"\b(?={_LOWER_MONTHS}\b)[a-z]{{3}}")
"""A month in lower-case text, by its first three letters."""

LOWER_WEEKDAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)(?=[a-z]*day)")
"""A day of the week in lower-case text, by its first three letters."""

LOWER_DAY = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?:{_LOWER_MONTHS})\b|\b(?:{_LOWER_MONTHS})\.? (\d{{1,2}})(?![\d:])"
)
"""The day of "5 May" or "May 5" in lower-case text."""


LEADS_TO_DAYS = re.compile(
    r",? ?(?:\b(?:not before|as of|as at|in|on|over|within|throughout|exactly|during"
    r"|since|by|until|till|before|after|between|from|for|of|around|and"
    r"|or|to)(?: (?:the|early|late|mid))? )?$",
    re.IGNORECASE,
)
"""What leads to the days that a question names: "in early" May."""

NOT_OF_DAYS = re.compile(
    r"\W*$| ?[,;?]| so far\b"
    r"| (?:in|on|at|by|from|to|with|and|or|during|after|before|about|of|for|did|was|were|is|are)\b"
)
"""What stands behind them where nothing hangs on them, unlike "the 2022 vote"."""

RECENCY = {"last": "last", "latest": "late", "recent": "recent"}
"""Asked and written by turns; each word with its term."""

RECENT = re.compile(
    r"\b(?:this (?:week|month|morning)|today|yesterday|tonight|last (?:week|night)|latest|most recent|recent(?:ly)?|now"
    r"|current(?:ly)?|just|new(?:est|ly)?|so far)\b",
    re.IGNORECASE,
)
"""What asks for news."""

FIRST_IN = re.compile(
    r"\bfirst\b[^.;]{0,80}?\b(?:in|for|after) (?P<about>over|more than|almost|nearly|about|around)? ?"
    r"(?P<span>(?P<count>[a-z]+|\d+)(?P<half> and a half)? years?)\b",
    re.IGNORECASE,
)
"""How long something had not been: "their first in over two years"."""

CLOCK = re.compile(
    r"(?<![\d:.,/$€£-])(?P<hour>[01]?\d|2[0-3])(?:[:.h]|(?=\d\d ?(?:GMT|UTC)\b))(?P<minute>[0-5]\d)(?::[0-5]\d)?"
    r"(?![\d%]|[.,]\d)(?:\s?(?P<half>[ap]\.? ?m\b\.?))?",
    re.IGNORECASE,
)
"""A clock time: "9:22 p.m.", "18.05", "0915 GMT"."""

OPENS = re.compile(
    r"(?: ?(?:[A-Z]{2,5}(?:[+-]\d{1,2})?|local time))?(?:[ \t]*(?:$|\n|[-–—:|,.)\]•]+\s)|[ \t]+(?=[A-Z\"'“‘(\d]))"
)
"""What follows a clock time that opens an entry, in place of a sentence: "18:20 BST What we know"."""

BETWEEN_CLOCK_AND_DAY = re.compile(
    r"[\W_]*(?:(?:at|on|[A-Z]{2,4}|Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b[\W_]*){0,3}"
)
"""What stands between a clock time and the day of the same stamp: "18:24 BST, Saturday" 16 May."""

QUARTER = re.compile(r"\b(?P<part>[QH])(?P<number>[1-4]) (?=(?:19|20)\d\d\b)")
"""A quarter or half of a year in short: "Q1 2018"."""

NTH = ("first", "second", "third", "fourth")
