"""What is so no longer, in English: "was minister until May", "the former mayor"."""

from __future__ import annotations

import re

ENDED = re.compile(
    r"\b(?:was|were|had been|served|held|led|ran|cost|stood)\b[^.;]*\b(?:until|till)\b|\b(?:former|outgoing|ex-\w+)\b"
    r"|\b(?:resign|step|stood|stand|quit|sack|dismiss|oust|remov|retir)\w*(?: down)? as\b|\bno longer\b"
    r"|^(?:(?!\b(?:after|since|when|who|whom|which|succe\w+|replac\w+|follow\w+)\b)[^.;])*"
    r"\b(?:resigned|quit|stepped down|stood down|(?:was|were|been) (?:sacked|dismissed|ousted|removed|fired))\b"
)
