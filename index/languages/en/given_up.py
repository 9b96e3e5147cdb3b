"""How English says that a day was meant and is given up: "had been due on Thursday", "moved from 2 May to 16 May"."""

from __future__ import annotations

import re

_MEANT = (
    r"(?:due|set|scheduled|planned|expected|meant|supposed|intended|pencilled in|booked|fixed|billed|slated|listed"
    r"|announced|promised|hoped|told|timetabled|earmarked|in the diary)"
)
_PUT_OFF = (
    r"(?:put (?:back|off)|postponed|delayed|deferred|pushed back|rescheduled|brought forward|(?:been )?moved"
    r"|moves|shifted|slipped|slips|switched|changed|adjourned|extended)"
)
_OFF = (
    r"(?:called off|cancell?ed|scrapped|dropped|abandoned|postponed|put (?:off|back)|delayed|rained off|off\b"
    r"|shelved|suspended|overtaken|moved|pushed back|brought forward|deferred|rescheduled)"
)
_NO_BREAK = r"(?:(?!\b(?:but|and|which|who|while|although|though|because|after|when|said|says|will|would)\b)[^.;:])*"

LEADS_TO_GIVEN_UP = re.compile(
    rf"(?:\bhad (?:(?:first|originally|initially|long|already) )?been {_MEANT}\b{_NO_BREAK}"
    rf"|\b(?:was|were|is|are|been) (?:originally|initially|first) (?:to|{_MEANT})\b{_NO_BREAK}"
    rf"|\b(?:originally|initially|first|previously) {_MEANT} (?:to|for|on|by|in|that)\b{_NO_BREAK}"
    rf"|\b(?:was|were) to have (?:\w+ly )?(?:been )?\w+(?:ed|en|ne|un|ld|ght|ft|ut|me|de|t)\b{_NO_BREAK}"
    rf"|\bto have been (?:\w+ly )?\w+\b{_NO_BREAK}"
    rf"|\bhad (?:first |originally |once )?(?:hoped|planned|expected|meant|promised|intended|wanted|aimed) (?:to|for)\b"
    rf"{_NO_BREAK}"
    rf"|\bhad (?:first|originally|initially|earlier|previously) (?:been )?(?:told|said|announced|promised)\b[^.;]*?"
    rf" would\b{_NO_BREAK}"
    rf"|\bcould have\b{_NO_BREAK}"
    rf"|\b{_PUT_OFF}\b{_NO_BREAK} from(?: the)? (?:\w+ )?"
    rf"|\b(?:instead of|rather than)(?: on| in| at)?(?: the)? )$",
    re.IGNORECASE,
)
"""What leads to a time that is given up."""

FOLLOWS_GIVEN_UP = re.compile(
    rf"(?:['’]s\b[^.;:,]{{0,40}}|[^.;:,]{{0,20}})?,? ?\b(?:is|was|were|are|has been|have been|had been) (?:now )?{_OFF}"
    rf"|[^.;:]{{0,60}}, (?:but|though|which) (?:it |they |this |that |the \w+ )?(?:was|were|is|has been|have been)"
    rf" (?:then )?{_OFF}",
    re.IGNORECASE,
)
"""What stands behind a time that is given up: "Thursday's reopening is off"."""

MEANT_FOR = re.compile(rf"\b{_MEANT}\b[^,;]*\b(?:to|for|on) (?:the )?$", re.IGNORECASE)
"""What leads to a time that somebody meant: it is given up if it was called off."""
