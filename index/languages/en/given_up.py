"""How English says that a day was meant and is given up: "had been due on Thursday", "moved from 2 May to 16 May"."""

from __future__ import annotations

import re

_MEANT = (
    r"(?:due|scheduled|planned|expected|meant|supposed|intended|pencilled in|billed|slated|timetabled|earmarked"
    r"|set(?= (?:to|for)\b))"
)
_PUT_OFF = (
    r"(?:put (?:back|off)|postponed|delayed|deferred|pushed back|rescheduled|brought forward|moved|moves"
    r"|shifted|slipped|slips|switched)"
)
_OFF = (
    r"(?:called off|cancell?ed|scrapped|dropped|postponed|put (?:off|back)|rained off|shelved|off(?=\W*$|[.,;]))"
    r"(?! from\b)"
)
_NO_BREAK = r"(?:(?!\b(?:but|and|which|who|while|although|though|because|after|when|said|says|will|would)\b)[^.;:,])*"

HAD_BEEN_MEANT = re.compile(
    rf"(?:\bhad (?:(?:first|originally|initially|long|already) )?been {_MEANT}\b{_NO_BREAK}"
    rf"|\b(?:was|were|is|are|been)?,? ?(?:originally|initially|first) {_MEANT}\b{_NO_BREAK}"
    rf"|\b(?:was|were) to have (?!had\b)\w+\b{_NO_BREAK}"
    rf"|[,(–—] ?to have been \w+\b{_NO_BREAK}"
    rf"|\bhad (?:first |originally |once )?(?:hoped|planned|expected|meant|intended|aimed) (?:to|for)\b{_NO_BREAK}"
    r"|\bhad (?:first|originally|initially) (?:been )?(?:told|said|announced|promised)\b[^.;]{1,80} would\b"
    rf"{_NO_BREAK})$",
    re.IGNORECASE,
)
"""What leads to a time for which something had been meant."""

AND_IS_NOT = re.compile(
    r"(?:['’]s?)?[\W_]*$|[^.;]{0,120}?\b(?:but|though|although|yet|however|instead|postponed|delayed|cancell?ed|dropped"
    r"|called off|put (?:off|back)|will (?:now|not)|no longer)\b",
    re.IGNORECASE,
)
"""What follows such a time if it is given up; "had been due on Friday and began then" is not."""

PUT_OFF_TO = re.compile(
    rf"\b(?:{_PUT_OFF}|adjourned|extended)\b[^.;]*\b(?:to|until|till)(?: at least)?(?: the| early| mid| late)?\s*$"
)
"""What leads to the new day, which is to come, whatever stands between: "postponed the vote, planned for May, to"."""

MOVED_FROM = re.compile(rf"\b{_PUT_OFF}\b{_NO_BREAK} from (?:the )?$", re.IGNORECASE)
MOVED_TO_FROM = re.compile(
    rf"\b{_PUT_OFF}\b{_NO_BREAK} (?:to|until|till) [^.;,]{{3,30}} from (?:the )?$|\binstead of(?: on| in| at)? $",
    re.IGNORECASE,
)
TO_ANOTHER = re.compile(r"(?: [a-z]+)? (?:to|until|till) (?:(?:the|early|late|mid|next|this) ?-?)?(?:\d|[A-Z])")
"""Behind "moved from 2 May": "to 16 May"."""

FOLLOWS_GIVEN_UP = re.compile(
    rf"['’]s [\w -]{{0,40}}\b(?:is|was|were|are|has been|have been) (?:now )?{_OFF}"
    rf"|,? ?\b(?:is|was|were|are|has been|have been) (?:now |then )?{_OFF}"
    rf"|,? but (?:it |they |this |that )?(?:was|were|is|has been|have been) (?:now |then )?{_OFF}",
    re.IGNORECASE,
)
"""What stands behind a time that is given up: "Thursday's reopening is off"."""

MEANT_FOR = re.compile(rf"\b(?:{_MEANT}|announced)\b[^,;]*\b(?:to|for|on) (?:the )?$", re.IGNORECASE)
"""What leads to a time that somebody meant: it is given up if it was called off."""
