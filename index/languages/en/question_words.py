"""How English questions say what they ask for."""

from __future__ import annotations

import re
from typing import Literal

from index.languages.en.verbs import IRREGULAR_PAST

AnswerType = Literal["when", "who", "where", "how_many", "why", "yes_no", "what"]

_LEADS: tuple[tuple[AnswerType, str], ...] = (
    (
        "when",
        r"when|(?:what|which) (?:(?:is|was) the (?:\w+ ){0,3})?(?:year|month|day|date|decade|century|time)"
        r"|how (?:long ago|recently|soon)"
        r"|(?:what(?:['’]s| is| was) the )?(?:earliest|soonest)"
        r"(?= (?:[\w'’]+ ){1,5}(?:can|could|may|might|will|would)\b)"
        r"|^(?:what(?:['’]s| is| was) the )?(?:new |original )?(?:deadline|closing date|cut-?off date|date)"
        r" (?:of|for|to)",
    ),
    (
        "how_many",
        r"how (?:many|much|old|long|far|tall|high|large|big|fast|often|deep|heavy)"
        r"|(?:what|which) (?:number|percentage|percent|share|proportion|amount|price|cost|population)",
    ),
    (
        "who",
        r"who(?:m|se)?|(?:which|what) (?:\w+ )?(?:person|people|man|woman|minister|president|leader|official"
        r"|advis[eo]r|actor|actress|author|singer|player|politicians?)",
    ),
    (
        "where",
        r"where|(?:which|what) (?:country|city|town|place|region|state|province|village|river|location|capital)",
    ),
    ("why", r"why|for what reason|what (?:caused|led|made)|how come"),
    ("what", r"what|which|how"),
)
LEADS = tuple((kind, re.compile(rf"\b(?:{lead})\b", re.IGNORECASE)) for kind, lead in _LEADS)
"""The words that ask for each type of answer."""

LEAD = re.compile(
    r"\W*(?:and |but |so )?(?:in |on |at |by |for |from |to )?(?:" + "|".join(lead for _, lead in _LEADS) + r")\b",
    re.IGNORECASE,
)
NAMED_BY_TYPE = {"when": frozenset("year month day date decade century time".split())}
"""Terms of a question that name the type of answer, which the answer itself seldom does: "in what year"."""

YES_NO = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must)\b", re.IGNORECASE
)
BARE_YES_NO = re.compile(r"\W*(?:yes|no)\b[,.!]", re.IGNORECASE)
"""How an answer begins that says yes or no by itself."""

VERDICT = re.compile(r"^\W*(?:(\d{1,3})\W{1,4})?(yes|no)\b", re.IGNORECASE | re.MULTILINE)
"""A yes or a no on a line of what somebody answers who was asked for some, with the number of what it is about."""

NEXT_QUESTION = re.compile(
    r"[,;]? and (?=(?:when|who|whom|whose|what|where|why|which|how|did|does|do|is|are|was|were|has|had)\b)"
    r"|[,;] (?=(?:when|who|whom|what|where|why|how) (?:did|does|do|has|had)\b)|(?<=\?) +",
    re.IGNORECASE,
)
HOW_OFTEN = re.compile(r"\W*(?:how often|how many times|on how many occasions)\b", re.IGNORECASE)
FREQUENCY = re.compile(
    r"\b(?:once|twice|thrice|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many) times"
    r"|(?:every|each|per|a) (?:\w+ )?(?:day|week|month|year|hour|night|summer|winter)s?|daily|weekly|monthly|annually"
    r"|yearly|(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+th) time)\b",
    re.IGNORECASE,
)
HOW_LONG = re.compile(r"\W*(?:for )?how long\b", re.IGNORECASE)
NEWS = re.compile(
    r"\W*(?:(?:so )?what(?: has| have| had)? (?:happened|been happening|occurred|took place|gone on|went on)\b"
    r"(?! (?:to|when|if|after|before)\b))",
    re.IGNORECASE,
)
_BEEN = r"(?!.{0,300}\b(?:did|was|were|had|have been|has been)\b)"
_SAY = r"(?:say|says|claim|claims|think|thinks|believe|believes)"
AHEAD = re.compile(
    r"\W*(?:and |so |but )?(?:until |from |by |since )?"
    r"when(?:['’]s| is| are| will| won['’]t| can| could| must| should)\b"
    rf"|\W*when (?:do|does)\b(?!.{{0,100}}\b{_SAY}\b.{{0,200}}\b"
    rf"(?:\w+[^\We]ed|was|were|had|has|{'|'.join(IRREGULAR_PAST)})\b)"
    rf"|{_BEEN}.{{0,300}}\b(?:will|next|earliest|soonest|deadline|coming|can|must)\b"
    rf"|{_BEEN}\W*(?:on |until |by |from )?(?:what|which) (?:day|date) (?:is|are|do|does)\b",
    re.IGNORECASE,
)
"""When something is to happen is asked for."""

_MEANT = r"(?:meant|supposed|scheduled|planned|expected|intended|due)"
GIVEN_UP = re.compile(
    r"\b(?:original (?:\w+ )?(?:day|date|time|deadline|month|schedule)"
    rf"|(?:originally|initially|at first|first) (?:\w+ ){{0,2}}{_MEANT}"
    rf"|{_MEANT} (?:[\w’']+ ){{0,5}}(?:originally|initially)"
    rf"|(?:had|was|were)\b.{{1,60}}\bbeen {_MEANT}"
    rf"|(?:was|were)\b.{{1,60}}\b(?:{_MEANT}|going)(?: to)?\b.{{1,60}}\bbefore (?:it|they|he|she|that|this|the)\b)",
    re.IGNORECASE,
)
"""What was meant and is given up is asked for: "When had it been due to open?"."""

MEANT = re.compile(
    r"\b(?:was|were|wasn['’]t)\b.{1,60}\b(?:(?:meant|supposed|scheduled|planned|expected|intended|going) to"
    r"|due(?:$|\W*$| to (?:be|open|start|begin|take|go|come|meet|return|play|speak|end|close|leave|arrive|happen|reopen"
    r"|resume|sign|vote|rule|land|launch|retire|finish|stand|appear)\b))",
    re.IGNORECASE,
)
"""What was meant is asked for, whether or not it was given up: "When was it due to open?"."""

YEAR = re.compile(r"\byears?\b", re.IGNORECASE)
LIST = re.compile(
    r"\W*(?:list|name|give|who (?:all|else|are|were)|what (?:are|were)"
    r"|(?:\w+ )?(?:which|what)(?! (?:do|did|does|has|had|have|is|was|will|would|can|could|should|may|must)\b)"
    r"(?: \w+){0,2}? (?:\w*[^\W\dsiu]s|people|men|women|children|both|two|three|four|five))\b",
    re.IGNORECASE,
)
"""Several things may be asked for: "Which two judges dissented?"."""

SAYING = re.compile(
    r"\W*what (?:(?:did|does|has|had) .*\b(?:say|said|tell|told|write|reply|answer|declare)\b"
    r"|.*\bquoted? .*\bas saying\b)",
    re.IGNORECASE,
)
"""What was said is asked for, in its own words."""

ARTICLE_ABOUT = re.compile(
    r"(?P<asked>(?:(?:and |so )?how many (?:of the |news )?|(?!.*how many).*\b)"
    r"(?:articles?|stor(?:y|ies)|pieces?|interviews?)"
    r"(?: (?:is|are) there| do (?:you|we) have)?),?"
    r" (?:about|(?<=article )on|(?<=articles )on|(?:that |which )?mention(?:s|ing)?|regarding|concerning|covering)"
    r" (?P<subject>[^?.!]+?)(?P<rest> (?:published|are there|do you have|is there))?(?: for me|,? please)?\W*",
    re.IGNORECASE,
)
"""A message about articles on a subject: "How many articles about the dam failure do you have?"."""

NO_SUBJECT = re.compile(
    r"\b(?:do|does|did|has|have|had|is|are|was|were|will|would|can|contains?|exists?|says?|tells?|means?|or|in here)\b"
    r"|\d|^(?:it|this|that|these|those|them|him|her|us|me)$",
    re.IGNORECASE,
)
"""What stands in no subject: "articles on slavery does the constitution have"."""
