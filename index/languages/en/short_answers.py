"""What belongs to a short answer in English, as it turns or begins it, and what is none."""

from __future__ import annotations

import re

from index.times.days import WEEKDAYS

_TURNING = (
    r"without|except(?: for)?|not|no|never|neither|against|other than|rather than"
    r"|(?:more|fewer|less|no (?:more|fewer|less)|older|younger|higher|lower) than|at (?:least|most)|up to|under|over"
    r"|nearly|almost"
)
BEFORE = re.compile(rf"\b(?:{_TURNING})(?: (?:the|an?|any|his|her|their|its))?[ ][\"“‘']?$", re.IGNORECASE)
"""What makes something else of the words that follow it."""

BEFORE_TIME = re.compile(rf"\b(?:{_TURNING}|before|after|until|till|not before|by)(?: the)?[ ]$", re.IGNORECASE)
OFFICE = re.compile(r"\b(?:former|acting|deputy|vice|ex)[ -]$", re.IGNORECASE)
REASON = re.compile(r"\b(?:to [a-z]|because|due to|owing to|in order to)[^,;:.\"“”]{0,60}$", re.IGNORECASE)
DURATION = re.compile(
    r"(?:(?:more|less|fewer) than |about |nearly |almost |over )?(?:an?|\d+|[a-z]+)(?: and a half)?"
    r" (?:second|minute|hour|day|week|month|year|decade)s?",
    re.IGNORECASE,
)
RELATIVE = re.compile(r"(?:last|next|this|that|every|each|past)\b", re.IGNORECASE)
"""What makes a time of a duration: "last week"."""

DAY = re.compile(rf"(?:on )?(?:{'|'.join(WEEKDAYS)})\b")
UNTIL = re.compile(r"(?:until|till|before)(?: the)? ")
NOT_UNTIL = re.compile(r"(?:\bnot|n['’]t|\bnever)\b[^.;,]*\b(?:until|till|before)(?: the)?[ ]$", re.IGNORECASE)
CLOSING = re.compile(r"[^\"]{0,80}\"")
SPOKEN = re.compile(r"\"[^\"]{12,}\"|“[^”]{12,}”")
WHO_SAID = re.compile(
    r",[”\"]? (?:[\w’'.-]+ ){0,8}?(?:said|says|told|announced|reported|added|confirmed|wrote|stated)\b[^,;]*$"
)
"""Who said it and when, behind what was said."""

FIRST_TIME = re.compile(
    r",? for the (?:\w+ )?(?:first|second|third|last) time (?:since|in) (?:\w+ ){0,3}?[\w'’]+"
    r"|,? (?:the|their|its|his|her) (?:\w+ )?(?:first|second|third|last) (?:\w+ ){0,2}?\w+ since [^,.;]+"
)
"""What says when such an event was before: "met for the first time since 2022"."""
