"""Retrieval: what finds what, and the reason it gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from index.search.query import plan_query
from tests.conftest import ferry_article, write_jsonl


@pytest.fixture
def harbour(empty_store: Assistant, tmp_path: Path) -> Assistant:
    articles = [{"id": str(number), "text": ferry_article(number)} for number in range(1, 9)]
    other = {
        "id": "mayor",
        "title": "Mayor Zelenskaya steps down",
        "text": "Oksana Zelenskyy-Brandt, mayor of Port Hale, gave up office on Friday in a row over herring quotas.",
    }
    empty_store.ingest([write_jsonl(tmp_path / "harbour" / "a.jsonl", *articles, other)])
    return empty_store


def test_rare_words_find_their_article(harbour: Assistant) -> None:
    [best, *_] = harbour.search("herring quotas")
    assert best.article.id == "mayor"
    assert best.why.words_rank == 1
    assert best.why.terms == ("herring", "quota")


def test_meaning_finds_what_words_do_not(harbour: Assistant) -> None:
    [best, *_] = harbour.search("politician resigns over fishing")
    assert best.article.id == "mayor"
    assert best.why.words_rank is None
    assert best.why.dense_rank == 1


@pytest.mark.parametrize("spelling", ["Zelensky", "Zelenskiy", "zelenskyy", "Zelenski"])
def test_spellings_of_a_name_find_each_other(harbour: Assistant, spelling: str) -> None:
    [best, *_] = harbour.search(f"What did {spelling} do?")
    assert (best.article.id, best.why.words_rank) == ("mayor", 1)


def test_a_slip_in_a_name_is_mended_but_another_word_is_not(harbour: Assistant) -> None:
    assert plan_query(harbour.store, "Ilse Torvlad").terms["torvlad"] == ("torvald",)
    assert plan_query(harbour.store, "capitan resign").terms["resign"] == ()


def test_what_has_all_words_of_a_question_and_is_first_in_both_searches_leads(harbour: Assistant) -> None:
    [best, *others] = harbour.search("mayor of Port Hale herring quotas", top_k=9, fast=True)
    assert best.why.fused == 1 and best.why.matched == 1 and 0.9 < best.score < 1
    assert all(passage.score < best.score for passage in others)


def test_a_rare_word_of_the_question_counts_more_than_many_common_ones(empty_store: Assistant, tmp_path: Path) -> None:
    common = "The council met on Monday and the council spoke of the budget of the town for the year."
    reports = {f"report-{number}": f"{common} It was meeting {number}." for number in range(12)}
    reports["tarvel"] = "Tarvel will be paid from other means, said a speaker."
    rows = [{"id": name, "title": name, "text": text} for name, text in reports.items()]
    empty_store.ingest([write_jsonl(tmp_path / "news.jsonl", *rows)])
    [best, *_] = empty_store.search("What did the council say of the budget of the town for Tarvel?", fast=True)
    assert best.article.title == "tarvel" and best.why.matched > 0.3


def test_a_term_that_is_in_every_article_still_finds_something(harbour: Assistant) -> None:
    assert harbour.search("Marlow")[0].why.terms == ("marlow",)
