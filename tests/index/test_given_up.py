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
        "He is believed to have been killed on +Monday+.",
        "She is thought to have been detained on +7 May+.",
        "As had been expected, the tribunal ruled against the mine on +Thursday+.",
        "The court had been expected to rule on +Thursday+ and did so.",
        "The opener, which had been scheduled for +Saturday+, went ahead on +Saturday morning+.",
        "The drug was first announced in +March+.",
        "Ministers had been told on +Monday+ that the dam leaked.",
        "Free childcare will be extended from +September+.",
        "Bus fares are changed from +Monday+.",
        "The yield was little changed from +Friday+ at 4.4%.",
        "+Monday+'s session was suspended for an hour.",
        "A vote is due on +Thursday+, but the amendment was dropped.",
        "A leak could have caused +Monday+'s explosion.",
        "The bank had previously said it would publish results on +29 May+.",
        "The museum has been closed since +2 May+ and is due to open on +9 June+.",
    ],
)
def test_a_day_that_was_given_up_is_told_from_one_that_holds(marked: str) -> None:
    said = re.sub(r"(?<!\w)[-+]|[-+](?!\w)", "", marked)
    wanted = {word: sign == "-" for sign, word in re.findall(r"([-+])(\w[^-+]*?)\1", marked)}
    found = find_times(said, [Span(0, len(said))], date(2025, 5, 20))
    assert {said[one.start : one.end]: one.given_up for one in found} == wanted


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("In 1974 the town was to vote on 7 February.", 1974),
        ("In the 2023 case, he was to be sentenced on 3 June.", 2025),
        ("The 2024 champion was due to play on 26 May.", 2025),
        ("In 2021 she won the seat, and she would stand again on 3 June.", 2025),
        ("Founded in 1974, the club was due to move on 3 June.", 2025),
    ],
)
def test_a_year_holds_for_what_was_to_come_only_where_it_begins_the_sentence(said: str, year: int) -> None:
    [*_, last] = find_times(said, [Span(0, len(said))], date(2025, 5, 20))
    assert last.first
    assert last.first.year == year
