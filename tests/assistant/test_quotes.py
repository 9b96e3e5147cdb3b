"""A model's wording of a quote, found in the article or refused."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verification.align import locate

TEXT = (
    "He said: “We will not sell the ferry before May 2025.” The price rose by 5.3% to $12,000 in Süd-Brask — the third "
    "rise since O’Neill took over the company in 2019.\nUSA Lines owns the harbour. The chief of USA Lines, Ilse "
    "Torvald, called the rise bearable, since wages had risen too."
)


def found(quote: str, text: str = TEXT) -> str | None:
    span = locate(quote, text)
    return None if span is None else text[span.start : span.end]


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("We will not sell the ferry before May 2025.", "We will not sell the ferry before May 2025"),
        ("we will NOT sell  the\nferry - before may 2025...", "We will not sell the ferry before May 2025"),
        ('"price rose by 5.3 % to $12,000"', "price rose by 5.3% to $12,000"),
        ("in Sud Brask, the third rise since ONeill", "in Süd-Brask — the third rise since O’Neill"),
        ("The price ... since O'Neill took over", "The price rose by 5.3% to $12,000 in Süd-Brask — the third rise "
         "since O’Neill took over"),
        ("USA Lines [...] called the rise bearable", "USA Lines, Ilse Torvald, called the rise bearable"),
        ("The price climbed by 5.3% to $12,000", "The price rose by 5.3% to $12,000"),
        ("called the rise bearable, since wages had risen as", "called the rise bearable, since wages had risen too"),
        ("2019. USA Lines owns the harbour", "2019.\nUSA Lines owns the harbour"),
    ],
)  # fmt: skip
def test_harmless_differences_are_bridged_to_the_articles_own_words(quote: str, there: str) -> None:
    assert found(quote) == there


def test_marks_may_be_characters_of_their_own() -> None:
    text = unicodedata.normalize("NFD", "The résumé of René Dupont was false, they said.")
    assert found("résumé of René Dupont was false", text) == text[4:-12]


def test_scripts_without_spaces_are_cut_anywhere_and_never_changed() -> None:
    text = "据报道，伊尔丝会见了奥勒并讨论了渡轮，没有达成协议。"
    assert found("伊尔丝会见了奥勒", text) == "伊尔丝会见了奥勒"
    assert found("讨论了渡轮并达成协议", text) is None
    assert found("伊尔丝会见了布兰并讨论了渡轮没有达成协议", text) is None


@pytest.mark.parametrize(
    "quote",
    [
        "We will sell the ferry before May 2025",
        "We will not sell the ferry before May 2026",
        "We will not sell the ferry before June 2025",
        "The price rose by 5.3% to €12,000 in Süd-Brask",
        "The price rose by 5% to $12,000 in Süd-Brask",
        "The price rose by 3% to $12,000",
        "the second rise since O’Neill took over the company in 2019",
        "the third rise since O’Reilly took over the company in 2019",
        "The chief of USA Lines, Ilse Torvald, called the rise unbearable",
        "the price fell after Torvald had left",
        "hip rose by",
        "…",
        "",
        "“”",
    ],
)
def test_what_makes_another_statement_of_it_is_not_found(quote: str) -> None:
    assert found(quote) is None


def test_a_verb_is_not_taken_for_its_negation() -> None:
    assert found("The moons do have names that sailors know", "The moons don't have names that sailors know.") is None


def test_half_a_number_is_no_number() -> None:
    assert found("some 3 million", "It cost some 13 million.") is None
    assert found("cost 5", "It cost 5,000.") is None
    assert found("it fell to 5 degrees", "Then it fell to -5 degrees.") is None


@given(st.text(max_size=300), st.data())
def test_any_run_of_words_is_found_and_is_verbatim(text: str, data: st.DataObject) -> None:
    words = text.split()
    if not words:
        return
    begin = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[begin : data.draw(st.integers(begin + 1, len(words)))])
    span = locate(quote, text)
    assert span is None or 0 <= span.start < span.end <= len(text)


@given(st.integers(0, 10**6), st.integers(0, 19))
def test_a_quote_with_another_number_is_never_found(seed: int, place: int) -> None:
    chance = random.Random(seed)
    words = [chance.choice(["ferry", "harbour", "sailed", "with", "the", "crew"]) for _ in range(20)]
    words[place] = str(chance.randrange(10, 99))
    text = " ".join(words)
    assert locate(text, text) is not None
    words[place] = str(int(words[place]) + 1)
    assert locate(" ".join(words), text) is None
