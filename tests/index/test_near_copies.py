"""Copies of a report are told from reports that are only alike: invented pairs, written before any threshold."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis.near_copies import (
    SIGNATURE_BYTES,
    are_copies,
    lookalikes,
    rows_of,
    shingled,
    signature,
)
from tests.conftest import ROOT

PAIRS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("near_copies.json").read_text(encoding="utf-8"))
REPORT = next(pair["first"] for pair in PAIRS if pair["kind"] == "cut to 40 percent")
SHINGLED = {text: shingled(text) for pair in PAIRS for text in (pair["first"], pair["second"])}
SIGNED = {text: signature(made) for text, made in SHINGLED.items()}

words = st.lists(
    st.sampled_from("the bridge at Karsk opens 3 64 cars Otten, über €5.50 東京 — no".split()), max_size=90
)
texts = words.map(" ".join) | st.text(max_size=300)


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["kind"] for pair in PAIRS])
def test_copies_are_told_from_what_is_alike(pair: dict[str, Any]) -> None:
    assert are_copies(shingled(pair["first"]), shingled(pair["second"])) == pair["copies"]


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair["copies"]], ids=lambda pair: str(pair["kind"]))
def test_copies_are_candidates(pair: dict[str, Any]) -> None:
    rows = rows_of([signature(shingled(pair[name])) for name in ("first", "second")])
    assert lookalikes(rows[0], rows[1:]) == [0] == lookalikes(rows[1], rows[:1])


@given(texts, texts)
def test_the_order_of_two_texts_does_not_matter(first: str, second: str) -> None:
    one, two = shingled(first), shingled(second)
    assert are_copies(one, two) == are_copies(two, one)
    rows = rows_of([signature(one), signature(two)])
    assert lookalikes(rows[0], rows[1:]) == lookalikes(rows[1], rows[:1])


@given(texts)
@example("")
@example("Oslo")
def test_a_text_is_a_copy_of_itself_if_it_has_words(text: str) -> None:
    made = shingled(text)
    signed = signature(made)
    assert len(signed) == SIGNATURE_BYTES
    assert signed == signature(shingled(text))
    assert are_copies(made, shingled(text)) == (made.words > 0)
    rows = rows_of([signed, signed])
    assert lookalikes(rows[0], rows[1:]) == ([0] if made.words else [])


@given(words)
def test_case_punctuation_and_white_space_do_not_matter(some: list[str]) -> None:
    plain = [word.strip(",") for word in some]
    assert signature(shingled(" ".join(plain))) == signature(shingled(",\n  ".join(plain).upper()))


def test_a_signature_is_the_same_in_another_process_and_stays_so() -> None:
    """Stored signatures are worth nothing any more once this fails."""
    code = "from index.analysis.near_copies import *; s = signature(shingled('The bridge opens.')); print(s[:20].hex())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "01000000c2eb27d3dabc69edab54a8b8e71a2dcc"


def test_short_texts_are_copies_only_if_their_words_are_the_same() -> None:
    short = "The bridge at Karsk will open on 3 September, the road agency said on Tuesday."
    assert are_copies(shingled(short), shingled(short.upper().replace(",", "")))
    assert not are_copies(shingled(short), shingled(f"{short} It is late."))
    assert not are_copies(shingled(short), shingled(f"{short}\n{REPORT}"))


def test_one_other_figure_is_a_correction_and_all_others_are_another_report() -> None:
    corrected = REPORT.replace("9,000", "8,000")
    other = REPORT.translate(str.maketrans("0123456789", "5678901234"))
    assert are_copies(shingled(REPORT), shingled(corrected))
    assert not are_copies(shingled(REPORT), shingled(other))


def test_a_brief_is_no_copy_of_the_round_up_that_has_it() -> None:
    others = "\n".join(pair["first"] for pair in PAIRS if not pair["copies"])
    assert not are_copies(shingled(REPORT), shingled(f"{REPORT}\n{others}"))


def test_what_is_cut_looks_alike_and_another_report_does_not() -> None:
    cut = " ".join(REPORT.split()[:80])
    rows = rows_of([signature(shingled(text)) for text in (REPORT, cut, PAIRS[0]["first"])])
    assert lookalikes(rows[0], rows[1:]) == [0]
