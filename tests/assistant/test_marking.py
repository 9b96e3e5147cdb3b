"""Short answers keep the words that turn them, or begin them."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.evidence.short_answer import qualified
from assistant.question.analysis import analyse_question


@pytest.mark.parametrize(
    ("question", "sentence", "liked", "short"),
    [
        ("How many came?", "More than 12 people came.", "12", "More than 12"),
        ("When did it open?", "It opened before July.", "July", "before July"),
        ("When did it open?", "It opened in July.", "July", "July"),
        ("When will it open?", "It will not open until 9 May.", "9 May", "9 May"),
        ("When will it open?", "It will not open before summer.", "before summer", "summer"),
        ("When will it open?", "It stays shut until 9 May.", "9 May", "until 9 May"),
        ("Since when is it shut?", "It has been shut since 2022.", "2022", "2022"),
        ("Who spoke?", "The former mayor spoke.", "mayor", "former mayor"),
        ("What was found?", "They found no evidence of fraud.", "evidence of fraud", "no evidence of fraud"),
        ("How did it go?", 'It went without "too much ado," he said.', "too much ado", 'without "too much ado,"'),
        ("Why did they strike?", "They struck because pay, at last, fell.", "fell", "fell"),
        ("Why did they strike?", "They struck because pay fell.", "pay fell", "because pay fell"),
        ("What did Oren say?", '"Call if you want to, then," Oren said.', "want to", "Call if you want to, then"),
        ("What did Oren say?", "Oren said the port would close.", "the port would close", "the port would close"),
        ("What did Oren say?", "“We open soon,” and “We shall not close,” he said.", "open", "We open soon"),
        ("What did Oren open?", 'Oren opened the inn "At the Golden Lamb" in May.', "inn", "inn"),
    ],
)
def test_what_turns_an_answer_stays_with_it(
    seed_store: Assistant, question: str, sentence: str, liked: str, short: str
) -> None:
    start = sentence.index(liked)
    place = qualified(analyse_question(seed_store.store, question), sentence, start, start + len(liked))
    assert place and sentence[slice(*place)] == short


def test_when_it_was_before_is_not_when_it_is(seed_store: Assistant) -> None:
    sentence = "They met on Monday for the first time since 2022."
    assert qualified(analyse_question(seed_store.store, "When did they meet?"), sentence, 44, 48) is None
