"""English pronouns and openings that speak of somebody named before."""

from __future__ import annotations

import re

HE_OR_SHE = re.compile(r"\b(?:he|she)\b(?! who\b)", re.IGNORECASE)
"""Whoever was named before, but not "he who"."""


REFERS_BACK = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Hh]im|[Tt]hem)\b|^[\"'“‘]?(?:The|This|That|These|Those|It|Its|His|Her|Their)\b"
)
"""A pronoun, or the opening of "The French leader …": it speaks of somebody named before."""

SPEAKERS = frozenset("he she they it who which we".split())
"""Who says something without being named."""

WRITER_OR_READER = frozenset("i me my mine we us our ours you your yours".split())
"""Whoever writes or reads, of whom news does not speak."""
