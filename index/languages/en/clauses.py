"""Where a clause of an English sentence ends, for what compares clauses with one another."""

from __future__ import annotations

import re

END = re.compile(r"[;:.!?—–](?=\s|$)|,(?= (?:and|but|while|which|who|whom|although|though|where)\b)")
"""Where a clause ends, and nothing before is bound to what comes after."""

STOP = re.compile(rf"{END.pattern}|,(?=\s)|\band\b")
"""The same where more ends a clause."""

JOINT = re.compile(r"[,;]| and | which | who | that ")
"""Between the parts of a sentence that are read by themselves."""

HALVES = re.compile(r",? (?:and|but) ")
"""Between the halves of a sentence that each say something."""

REACH_END = re.compile(r"[,;:.!?—–]\s|\bbut\b")
"""As far as a "not" or a "may" reaches."""
