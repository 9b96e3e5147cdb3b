"""Copies of a report are told from reports that are only alike: invented pairs, written before any threshold."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis.near_copies import (
    SIGNATURE_BYTES,
    are_copies,
    bands,
    candidates,
    clusters,
    shingled,
    signature,
    similarity,
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
    signed = {name: signature(shingled(pair[name])) for name in ("first", "second")}
    assert candidates(signed) == [("first", "second")]


def test_all_pairs_together_make_the_clusters_that_they_should() -> None:
    near = candidates(SIGNED)
    pairs = [(first, second) for first, second in near if are_copies(SHINGLED[first], SHINGLED[second])]
    groups = clusters({text: made.words for text, made in SHINGLED.items()}, pairs)
    together = {frozenset((pair["first"], pair["second"])) for pair in PAIRS if pair["copies"]}
    assert all(any(pair <= set(group) for group in groups) for pair in together)
    assert {text for group in groups for text in group} == frozenset().union(*together)


@given(texts, texts)
def test_the_order_of_two_texts_does_not_matter(first: str, second: str) -> None:
    one, two = shingled(first), shingled(second)
    assert are_copies(one, two) == are_copies(two, one)
    assert similarity(signature(one), signature(two)) == similarity(signature(two), signature(one))


@given(texts)
@example("")
@example("Oslo")
def test_a_text_is_a_copy_of_itself_if_it_has_words(text: str) -> None:
    made = shingled(text)
    signed = signature(made)
    assert len(signed) == SIGNATURE_BYTES
    assert signed == signature(shingled(text))
    assert are_copies(made, shingled(text)) == (made.words > 0)
    assert similarity(signed, signed) == (1.0 if made.words else 0.0)
    assert len(bands(signed)) == (64 if made.words else 0)
    assert all(0 <= key < 2**63 for key in bands(signed))


@given(words)
def test_case_punctuation_and_white_space_do_not_matter(some: list[str]) -> None:
    plain = [word.strip(",") for word in some]
    assert signature(shingled(" ".join(plain))) == signature(shingled(",\n  ".join(plain).upper()))


@settings(max_examples=20, deadline=None)
@given(st.permutations(sorted(SIGNED)))
def test_the_order_of_articles_does_not_matter(order: list[str]) -> None:
    near = candidates(SIGNED)
    assert candidates({text: SIGNED[text] for text in order}) == near
    sizes = {text: SHINGLED[text].words for text in order}
    assert clusters(sizes, near) == clusters(dict(sorted(sizes.items())), [pair[::-1] for pair in reversed(near)])


def test_a_signature_is_the_same_in_another_process_and_stays_so() -> None:
    """Stored signatures are worth nothing any more once this fails."""
    code = "from index.analysis.near_copies import *; s = signature(shingled('The bridge opens.')); print(bands(s)[:2])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "(3732064753283769357, 7509725590958198241)"


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


def test_similarity_is_about_the_share_of_the_shorter_text() -> None:
    cut = " ".join(REPORT.split()[:80])
    assert similarity(signature(shingled(REPORT)), signature(shingled(cut))) == pytest.approx(1, abs=0.25)
    assert similarity(signature(shingled(REPORT)), signature(shingled(PAIRS[0]["first"]))) < 0.1


def test_no_chain_of_copies_grows() -> None:
    sizes = {"round-up": 300, "flood": 200, "flood, cut": 90, "vote": 100}
    copies = [("flood, cut", "flood"), ("flood", "round-up"), ("vote", "round-up")]
    assert clusters(sizes, copies) == [["round-up", "flood", "vote"]]
    assert clusters(sizes, []) == []
