"""The measurement of quotes tells a right place from a wrong one."""

from __future__ import annotations

import random

import pytest

from evals.research.quote_alignment import HARMFUL, HARMLESS, Pool, outcome

QUOTE = "On Monday the harbour board of Esk sold 12 ferries to Ilse Torvald, who will not keep them all."
TEXT = f"Ferries were sold. {QUOTE} Others were not sold by the board, it said on Tuesday in a note."
POOL = Pool(["walked"], ["Brandt"], ["The mayor of Brask had opened a school for forty pupils a week before."])


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_changes_are_found_in_their_place(name: str) -> None:
    changed = HARMLESS[name](QUOTE, random.Random(3), POOL)
    assert changed is not None and outcome(QUOTE, changed, TEXT, harmless=True) == "right"


@pytest.mark.parametrize("name", HARMFUL)
def test_harmful_changes_change_the_quote_and_are_refused(name: str) -> None:
    changed = HARMFUL[name](QUOTE, random.Random(3), POOL)
    assert changed is not None and changed != QUOTE
    assert outcome(QUOTE, changed, TEXT, harmless=False) == "refused"


def test_another_place_is_wrong() -> None:
    assert outcome(QUOTE, QUOTE, TEXT, harmless=True) == "right"
    assert outcome(QUOTE, "Others were not sold by a board", TEXT, harmless=True) == "wrong"
    assert outcome(QUOTE, QUOTE, TEXT, harmless=False) == "wrong"
