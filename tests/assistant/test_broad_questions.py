"""Questions that need several facts of several reports: an overview without a model, several searches with one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.answer.generative import shown_tokens
from assistant.answer.widen import one_of_each_report, widen
from assistant.question.breadth import is_broad
from assistant.settings import Settings
from tests.conftest import ARCHIVES
from tests.model_server import Reply, serve

_ROUNDING = 3
"""Tokens by which a passage may differ from the sum of its sentences, counted one by one."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A prison riot and a closed border, reported over months."""
    folder = tmp_path_factory.mktemp("broad")
    with Assistant.open(folder / "store", settings=Settings()) as assistant:
        assistant.ingest([ARCHIVES / name / "articles.jsonl" for name in ("prison", "border")])
        yield assistant


@pytest.mark.parametrize(
    ("question", "broad"),
    [
        ("What led to the riot at Ostrel prison?", True),
        ("Timeline of the riot at Ostrel prison", True),
        ("Summarise what is known about the escape from Ostrel", True),
        ("When did the riot at Ostrel prison begin?", False),
        ("How many prisoners escaped from Ostrel?", False),
        ("Who led the inquiry into the riot?", False),
    ],
)
def test_a_broad_question_is_told_from_a_plain_one(question: str, broad: bool) -> None:
    assert is_broad(question) is broad


def test_a_broad_question_gets_what_several_reports_tell_oldest_first(archive: Assistant) -> None:
    answer = archive.ask("Summarise what is known about the riot at Ostrel prison")
    assert "overview" in {notice.code for notice in answer.notices}
    days = [answer.citations[sentence.citations[0] - 1].published or "" for sentence in answer.sentences]
    assert days == sorted(days) and len(set(days)) >= 3
    assert all(citation.quote in archive.article(citation.article_id).text for citation in answer.citations)


def test_a_broad_question_about_what_nothing_tells_is_refused(archive: Assistant) -> None:
    assert archive.ask("Timeline of the negotiations between Zorb and Mulgar").refused


def test_a_model_looks_a_broad_question_up_from_several_sides_and_writes_paragraphs(
    archive: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    quote = "The riot began shortly after nine in the evening in C wing"
    queries = "How did the riot at Ostrel prison begin?\nHow many prisoners escaped from Ostrel?\nNot a question\n"
    found = archive.ask("How many prisoners escaped from Ostrel?").citations[0].quote
    rows = [
        {"quotes": [{"passage": 1, "words": quote}], "text": "The riot began shortly after nine in C wing."},
        {"quotes": [{"passage": 1, "words": found}], "text": found, "paragraph": 2},
    ]
    with serve(Reply(queries), Reply(json.dumps({"sentences": rows}))) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        with Assistant.open(archive.store.path, settings=Settings(model="large", fast_model="small")) as assistant:
            answer = assistant.ask("What led to the riot at Ostrel prison, and what followed?")
    assert [request["model"] for request in server.requests[:2]] == ["small", "large"]
    planned = server.requests[0]["messages"][1]["content"]
    assert (
        "Inquiry faults ministry and governor over Ostrel riot" in planned
    )  # what was found first: further searches can use its names
    [searched] = [notice.message for notice in answer.notices if notice.code == "searched_for"]
    assert "How did the riot at Ostrel prison begin?" in searched and "Not a question" not in searched
    sent = server.requests[1]["messages"]
    assert "up to twenty" in sent[0]["content"]
    days = [line.partition("published ")[2][:10] for line in sent[1]["content"].splitlines() if "| published" in line]
    assert len(days) >= 3 and "\n\n" in answer.text


def test_passages_are_shown_with_their_lead_and_their_neighbours(archive: Assistant) -> None:
    found = archive.search("How many prisoners escaped from Ostrel?", top_k=8)
    for most in (400, 1500, 6000):
        shown = widen(found, most)
        room = max(most, sum(map(shown_tokens, found)))
        assert sum(map(shown_tokens, shown)) <= room + _ROUNDING * len(shown)
        for passage in found:
            parts = [one for one in shown if one.article.id == passage.article.id]
            assert any(one.chunk.start <= passage.sentences[0].start for one in parts)
            assert any(passage.sentences[-1].end <= one.chunk.end for one in parts)
    leads = {(one.article.id, next(s.start for s in one.around if s.evidence)) for one in found}
    assert {(one.article.id, one.sentences[0].start) for one in shown} >= leads
    for one in shown:
        assert not any(
            one.article.id == other.article.id
            and one.chunk.start < other.chunk.end
            and other.chunk.start < one.chunk.end
            for other in shown
            if other is not one
        )


def test_of_reports_that_say_the_same_one_is_sent(archive: Assistant) -> None:
    found = archive.search("How many prisoners escaped from Ostrel?", top_k=5)
    copy = replace(found[0], article=replace(found[0].article, id="copy"))
    assert one_of_each_report([found[0], copy, *found[1:]]) == one_of_each_report(found)
