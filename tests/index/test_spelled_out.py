"""Days written out behind the words for them."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from index.times.spelled_out import spelled_out
from index.times.timex import find_times
from index.types import Span

DAY = date(2025, 3, 6)


def written(text: str) -> str:
    return spelled_out(text, 0, len(text), find_times(text, [Span(0, len(text))], DAY))


def test_what_says_its_days_itself_stays() -> None:
    assert written("It sank on 4 March 2025.") == "It sank on 4 March 2025."


def test_what_hangs_on_the_day_of_the_report_is_written_out() -> None:
    assert written("It sank on Tuesday and was raised last month.") == (
        "It sank on Tuesday (4 March 2025) and was raised last month (February 2025)."
    )


PIECES = st.sampled_from(["on Tuesday", "yesterday", "last week", "in July", "the ferry", "sank", "2019", ","])


@given(st.lists(PIECES, max_size=12))
def test_without_the_brackets_the_text_is_as_it_was(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert re.sub(r" \([^)]*\)", "", written(text)) == text
