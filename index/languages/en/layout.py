"""How English newsrooms write datelines, bylines, signatures and copyright lines."""

from __future__ import annotations

import re

from index.languages.en.calendar import BEGINS_MONTH

_NAME = r"(?!and\b)[^\W\d_][\w.'’-]*"
_NAMES = rf"{_NAME}(?: {_NAME}){{0,3}}"
_CAPITALS = r"[^\W\d_a-z]{2,}(?:[ .'’/-]+[^\W\d_a-z]+)*"
_A_DAY = r",? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?"
_DAY = rf"(?:(?=,){_A_DAY})?"

SENTENCES = re.compile(r"[a-z\d]{3}[.!?][\"'”’)]* [A-Z\"'“‘].* .*[a-z\d][.!?][\"'”’)]*$")
"""Two sentences in one line, which is no title."""

DATELINE_LINE = re.compile(
    rf"(?P<place>[^\W\d_a-z][^•·|.!?]{{1,39}}?)\s*[•·|]\s*(?P<agency>{_NAMES})(?:\s*[•·|][^•·|]{{0,40}})?"
)
"""A dateline on a line of its own: "Kyiv • UNN"."""

DATELINE_AGENCY = re.compile(
    rf"(?:(?P<place>{_CAPITALS}(?:, (?!{BEGINS_MONTH}\b)[A-Z][\w. ]{{1,20}}?)?){_DAY} )?"
    rf"\((?P<agency>[A-Z][\w./ -]{{1,24}})\)(?:{_A_DAY} ?[—–-]{{1,2}}\s*|\s*(?:[—–-]{{1,2}}\s*)?)"
)
"""A dateline with its agency: "(CNN) The US …", "KYIV, Ukraine, March 3 (Reuters) - …", and with the day behind."""

DATELINE_DASH = re.compile(
    rf"(?P<place>{_CAPITALS}(?:, (?!{BEGINS_MONTH}\b)[A-Z][\w. ]{{1,20}}?)?){_DAY} ?(?:[—–]|--) ?(?=[\W\d]|[^\W\d_a-z])"
)
"""A dateline without an agency: "PARIS — …"."""

BYLINE = re.compile(rf"(?:By|BY) (?P<author>{_NAMES}(?:(?:,| and) {_NAMES})*?)(?:, (?P<agency>[A-Z][\w. ]{{1,24}}))?")
"""Who wrote it: "By Ilse Brandt, Reuters"."""

SIGNATURE = re.compile(r"(?P<author>[^\W\d_][\w.'’ -]{0,39}?)--(?P<agency>[A-Za-z][\w.-]{1,23})")
"""Who wrote it: "Ilse Brandt--UNN", below a text."""

REPORTING = re.compile(r"\((?:Reporting|Additional reporting|Writing) by (?P<author>[^;,)]+)[^)]*\)")
"""Who wrote it: "(Reporting by Ilse Brandt; …)", below a text."""

COPYRIGHT = re.compile(r"(?:©|\(c\) ?\d{4}|Copyright\b).{0,120}", re.IGNORECASE)
"""Whose text it is, below it."""
