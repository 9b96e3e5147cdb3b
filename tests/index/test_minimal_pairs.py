"""The twins of true sentences that the large reader is trained on are wrong in the one way they are said to be."""

from __future__ import annotations

import random

import pytest

from index.training.sources import Article
from index.training.teacher.corrupt import Around, twins
from index.training.teacher.example import LABELS, shown
from index.training.teacher.pairs import Pairs, fragment
from index.training.teacher.rewrite import edits
from index.training.teacher.scan import names

TEXT = (
    "Mara Velten (born in Oslo) founded the Harbour Fund in 1998. In 2004, she sold 1,250 boats to Pell Shipping for"
    " 3.5 million dollars. Ivo Brandt criticised Mara Velten at a meeting in Bergen. The fund may close the yard on"
    " 4 March 2021. The board said that the yard was not profitable. All workers were told before the vote."
)


def made(sentence: str) -> dict[str, set[str]]:
    """Twins of a sentence by kind, over many draws."""
    found: dict[str, set[str]] = {}
    for seed in range(40):
        for twin in twins(sentence, Around.of(TEXT), ["Ana Ruiz", "Northern Rail"], random.Random(seed)):
            found.setdefault(twin.kind, set()).add(twin.text)
    return found


@pytest.mark.parametrize(
    ("sentence", "kind", "wrong"),
    [
        ("Ivo Brandt criticised Mara Velten at a meeting.", "roles", "Mara Velten criticised Ivo Brandt at a meeting."),
        ("The yard was not profitable.", "negation out", "The yard was profitable."),
        ("The fund may close the yard.", "hedge out", "The fund will close the yard."),
        ("The board said that the yard was not profitable.", "speaker out", "The yard was not profitable."),
        ("The fund plans to close the yard.", "plan as fact", "The fund will close the yard."),
        ("All workers were told before the vote.", "opposite", "All workers were told after the vote."),
        ("She paid 3.5 million dollars.", "scale", "She paid 3.5 billion dollars."),
    ],
)
def test_a_twin_says_the_other_thing(sentence: str, kind: str, wrong: str) -> None:
    assert wrong in made(sentence)[kind]


def test_a_number_keeps_its_form_and_never_its_value() -> None:
    found = made("In 2004, she sold 1,250 boats.")
    changed = found["number near"] | found["number far"]
    assert changed
    assert all("1,250" not in text and "2004" in text for text in changed)
    assert all("1,250" in text and "2004" not in text for text in found["year"])


def test_more_than_a_number_is_not_made_wrong_by_a_smaller_one() -> None:
    found = made("She sold more than 400 boats.")
    for text in found.get("number near", set()) | found.get("number far", set()):
        assert int("".join(letter for letter in text if letter.isdigit())) > 400


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("Mara Velten (born in Oslo) founded the Harbour Fund.", "Mara Velten founded the Harbour Fund."),
        ("In 2004, the fund sold its boats to a rival.", "The fund sold its boats to a rival in 2004."),
        ("It happened on 4 March 2021 at the yard.", "It happened on March 4, 2021 at the yard."),
        ("Ivo Brandt criticised Mara Velten.", "Mara Velten was criticised by Ivo Brandt."),
        ("The fund sold 1,250 boats to a rival.", "The fund sold more than 1,000 boats to a rival."),
    ],
)
def test_a_harmless_edit_is_offered(sentence: str, kept: str) -> None:
    assert kept in {text for seed in range(20) for text, _ in edits(sentence, "", "", random.Random(seed))}


def test_groups_hold_a_right_claim_and_a_wrong_one_beside_the_same_words() -> None:
    article = Article("a", "Harbour Fund", TEXT, "test")
    groups = list(Pairs([article], 3).groups())
    assert groups
    for group in groups:
        labels = {LABELS[item.label] for item in group}
        assert "S" in labels
        assert labels & {"R", "X", "N"}
        assert len({(item.first, item.second) for item in group}) == len(group)


def test_what_stands_in_front_does_not_move_the_text() -> None:
    text, shift = shown("The yard closed.", "Harbour Fund", "", "4 March 2021")
    assert text == "Harbour Fund : 4 March 2021 : The yard closed."
    assert text[shift:] == "The yard closed."


def test_the_difference_of_two_texts_is_told_with_a_word_around() -> None:
    assert fragment("She sold ten boats there", "She sold six boats there") == ("sold ten boats", "sold six boats")


def test_names_leave_out_what_only_opens_a_sentence() -> None:
    text = "The board met Mara Velten's friends in Bergen on Monday."
    assert [text[start:end] for start, end in names(text)] == ["Mara Velten", "Bergen"]
