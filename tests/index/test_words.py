"""Terms: what finds what."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.terms import content_tokens, is_name, placed_tokens, terms
from index.languages.en.function_words import STOP_WORDS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("spoke", "speak"),
        ("Zelensky", "Zelenskyy"),
        ("Zelenskiy", "Zelenskyy"),
        ("Süddeutsche", "Suddeutsche"),
        ("Macron's", "Macron"),
        ("U.S.", "US"),
        ("386,000", "386000"),
        ("calls", "called"),
        ("Khamenei", "Kamenei"),
        ("ﬁnance", "finance"),
        ("3,5", "3.5"),
    ],
)
def test_spellings_of_one_word_are_one_term(one: str, other: str) -> None:
    assert terms(one) == terms(other) != []


@pytest.mark.parametrize(("one", "other"), [("later", "latter"), ("US", "us"), ("3.5", "35"), ("speak", "speaker")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert terms(one) != terms(other)


def test_question_words_carry_no_meaning() -> None:
    assert [word for word, _ in content_tokens("When did the Latest talks take place?")] == [
        "Latest",
        "talks",
        "take",
        "place",
    ]


def test_a_name_is_in_no_dictionary() -> None:
    assert is_name("Lavrov")
    assert not is_name("minister")


@given(st.text(max_size=200))
def test_terms_are_safe_to_search_for(text: str) -> None:
    for term in terms(text):
        assert term and not set(term) & set(" \"'*()\n")
        assert term == term.lower() or term in STOP_WORDS


def test_marks_that_are_characters_of_their_own_change_nothing() -> None:
    text = "The bridge in Güstrow: Zoë’s naïve café"
    assert terms(unicodedata.normalize("NFD", text)) == terms(text)


@given(st.text(alphabet=st.sampled_from("青屿市・ー々〇のカ's-.7aÉ 。"), max_size=12))
def test_each_word_stands_where_it_is_said_to(text: str) -> None:
    for start, word, term in placed_tokens(text):
        assert term
        assert text.startswith(word, start)
