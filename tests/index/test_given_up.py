"""Days that were meant and are given up, beside those that hold."""

from __future__ import annotations

import re
from datetime import date

import pytest

from index.times.timex import find_times
from index.types import Span


@pytest.mark.parametrize(
    "marked",
    [
        "The hearing had been due on -12 March- but was moved to +19 March+.",
        "The derby has been put back from -Saturday- to +Tuesday+ because of ice.",
        "Rates go up on +1 July+ instead of -1 May-.",
        "The bridge, which was to have opened in -April 2025-, will not open before +June+.",
        "The launch, planned for -Thursday-, was called off on +Wednesday+.",
        "-Friday-'s concert is off.",
        "The vote was originally scheduled for -4 June-.",
        "The firm had first said that work would begin on -3 March-, but no crane has come.",
        "The deadline slips to +30 September+ from -31 August-.",
        "Ministers had hoped to sign on -Monday-.",
        "The strike began on +Monday+ and was called off on +Thursday+.",
        "The talks are planned for +Thursday+, a spokesman said on +Monday+.",
        "The ferry was delayed on +Friday+ by fog.",
        "The museum has been closed since +2 May+ and is due to open on +9 June+.",
    ],
)
def test_a_day_that_was_given_up_is_told_from_one_that_holds(marked: str) -> None:
    said = re.sub(r"(?<!\w)[-+]|[-+](?!\w)", "", marked)
    wanted = {word: sign == "-" for sign, word in re.findall(r"([-+])(\w[^-+]*?)\1", marked)}
    found = find_times(said, [Span(0, len(said))], date(2025, 5, 20))
    assert {said[one.start : one.end]: one.given_up for one in found} == wanted
