"""Twelve questions about time that a person would ask the seed articles, which are undated."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Answer, Assistant

JULY = "Macron and Putin last spoke in July, their first known phone conversation in over two and a half years."
CEASED = "talks ceased after a phone call in September 2022."


def notes(answer: Answer, kind: str) -> list[str]:
    return [annotation.text for annotation in answer.annotations if annotation.kind == kind]


QUESTIONS = [
    ("When did Macron and Putin last speak?", [JULY]),
    ("When was the most recent call between Macron and Putin?", [JULY]),
    ("When did talks between Macron and Putin stop?", [CEASED]),
    ("Had Macron and Putin spoken again after September 2022?", [JULY]),
    ("When was the adviser's trip to Moscow?", ["Moscow last week"]),
    ("When did Russia's full-scale invasion of Ukraine begin?", ["began in February 2022"]),
    ("How long had Macron and Putin not spoken before July?", ["over two and a half years"]),
    ("What did the Kremlin say in January?", ["In January, the Kremlin said"]),
    ("Since when has the dialogue between the EU and Russia been frozen?", ["launched in 2022"]),
    ("When did Macron say that he was preparing to resume dialogue?", ["said on Tuesday that he was preparing"]),
]


@pytest.mark.parametrize(("question", "said"), QUESTIONS)
def test_a_question_about_time_is_answered(seed_store: Assistant, question: str, said: list[str]) -> None:
    answer = seed_store.ask(question, now=date(2026, 2, 20))
    for words in said:
        assert words in answer.text
    for citation in answer.citations:
        assert seed_store.article(citation.article_id).text[citation.start : citation.end] == citation.quote


def test_the_last_call_is_dated_as_far_as_is_known_and_no_further(seed_store: Assistant) -> None:
    answer = seed_store.ask("When did Macron and Putin last speak?")
    assert answer.text == JULY
    assert [citation.quote for citation in answer.citations] == [JULY]
    assert notes(answer, "time") == ["“July”: the article is undated"]
    assert notes(answer, "inferred") == []


@pytest.mark.parametrize(
    "question",
    ["In what year did Macron and Putin last speak?", "What year did Macron and Putin last speak?"],
)
def test_the_year_of_that_july_is_only_an_inference_with_both_quotes(seed_store: Assistant, question: str) -> None:
    answer = seed_store.ask(question, now=date(2026, 2, 20))
    [inferred] = notes(answer, "inferred")
    assert inferred.startswith("probably July 2025, inferred: “over two and a half years” after September 2022")
    assert "2025" not in answer.text
    quotes = [answer.citations[number - 1].quote for number in answer.sentences[0].citations]
    assert quotes[0] == JULY and quotes[1].endswith(CEASED)


def test_what_is_being_prepared_has_not_happened(seed_store: Assistant) -> None:
    answer = seed_store.ask("When did Macron and Putin last hold a dialogue?")
    assert answer.refused or "preparing" not in answer.sentences[0].text


def test_as_of_a_day_undated_articles_cannot_be_used_and_that_is_said(seed_store: Assistant) -> None:
    answer = seed_store.ask("When did Macron and Putin last speak?", as_of=date(2026, 2, 20))
    assert answer.refused and not answer.passages
    assert "2 articles were left out because no date is known" in " ".join(notice.message for notice in answer.notices)
