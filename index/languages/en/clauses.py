"""Where a clause of an English sentence ends, for what compares clauses with one another."""

from __future__ import annotations

import re

END = re.compile(r"[;:.!?—–](?=\s|$)|,(?= (?:and|but|while|which|who|whom|although|though|where)\b)")
"""Where a clause ends, and nothing before is bound to what comes after."""
