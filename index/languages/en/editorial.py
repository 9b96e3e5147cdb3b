"""How newsrooms word corrections and notes in English: closed formulae."""

from __future__ import annotations

import re

_OWN = r"(?:this|our|the) (?:article|story|report|page|post|headline)"
CORRECTION = re.compile(
    rf"\b(?:earlier|previous|original|initial) versions? of (?:{_OWN}|this)\b"
    r"|^\W*(?:corrections?|clarifications?)(?: and (?:corrections?|clarifications?|updates?))?"
    r"(?:,? (?:on )?(?:\d{1,2} )?[A-Z]\w+\.?(?: \d{1,2})?(?:,? \d{4})?)?\s*(?:[:,(\[–—-]|$)"
    rf"|\b{_OWN} (?:(?:has|have) (?:since )?been|was) (?:corrected|amended|updated to correct)\b"
    r"|^\W*editor['’]s note\b.{0,120}\b(?:correct|amend|misstat|misspel|misreport|wrongly|incorrectly|mistaken)",
    re.IGNORECASE | re.DOTALL,
)
WRONG = re.compile(
    r"\b(?:said|stated|misstated|gave|misspelled|misidentified|incorrectly|wrongly|mistakenly|erroneously|misreported)\b"
    r"(?P<value>.*?)(?:[.;](?=\s|$)|, (?:when|while|but|in fact)\b|\bin fact\b|\bnot(?= )|$)",
    re.IGNORECASE | re.DOTALL,
)
INSTEAD_OF = re.compile(r", (?:and )?not (?P<value>[^,.;]+)")
AMENDED_ON = re.compile(r"\b(?:corrected|amended|updated) on [^.;:]+")
"""When it was corrected, which is not what it speaks of."""

BOILERPLATE = frozenset(
    "early earlier version article story report correction correct incorrectly wrongly mistakenly misstate misstated"
    " say state give headline page post amend update clarification editor note previous original figure number".split()
)
"""Terms of a correction that do not say what it corrects."""

NOTE = re.compile(
    r"\W*(?:updated?|corrections?|corrected|clarifications?|amended|editor['’]s note"
    r"|an? (?:correction|clarification|update) was (?:made|added)"
    r"|this (?:article|story|report|page) (?:was|has been) (?:updated|amended|corrected))\b",
    re.IGNORECASE,
)
"""How a note begins that was added to an article later."""

BEFORE_DAY = re.compile(r"[\s,:;(|–—-]*(?:(?:on|at|added|posted|made|issued|\d{1,2}[:.]\d\d\w*)[\s,:]*)*")
"""Between that and its day."""
