"""A person asks how a story stands: its newest reports answer, not whatever names it last."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.question.newest import asks_for_newest
from assistant.settings import Settings
from index.search.query import plan_query
from index.search.retrieve import retrieve
from index.search.story import find_story
from tests.conftest import ARCHIVES


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A derailment, a dispute over a dam, a bribery trial, a season of football: reported over months."""
    folder = tmp_path_factory.mktemp("newest")
    with Assistant.open(folder / "store", settings=Settings()) as assistant:
        assistant.ingest([ARCHIVES / name / "articles.jsonl" for name in ("rail", "dam", "bribery", "club")])
        yield assistant


@pytest.mark.parametrize(
    ("question", "newest"),
    [
        ("What's the latest on the Quennor derailment?", True),
        ("any news about Ilse Marrant?", True),
        ("Where do things stand with the Ketterick dam?", True),
        ("update me on the strike please", True),
        ("When did the trains last run to Quennor?", False),
        ("Who is the newest member of the court?", False),
        ("How many people have died so far?", False),
        ("Summarise the dispute over the dam", False),
    ],
)
def test_who_asks_how_a_subject_stands_is_told_from_who_asks_one_thing(question: str, newest: bool) -> None:
    assert asks_for_newest(question) is newest


def test_the_newest_report_of_the_story_comes_first_and_those_before_it_follow(archive: Assistant) -> None:
    answer = archive.ask("What's the latest on the Quennor derailment?")
    days = [answer.citations[sentence.citations[0] - 1].published or "" for sentence in answer.sentences]
    assert days == sorted(days, reverse=True) and len(set(days)) == 3
    assert "A washed-out rail bed, and not excess speed alone" in answer.sentences[0].text
    assert all(citation.article_id.startswith("rai-") for citation in answer.citations)
    assert answer.confidence is None and answer.short is None
    assert "newest_reports" in {notice.code for notice in answer.notices}


def test_what_names_a_person_in_passing_is_no_news_of_him(archive: Assistant) -> None:
    answer = archive.ask("any news about Ilse Marrant?")
    assert "quashed former governor Ilse Marrant's conviction" in answer.sentences[0].text


def test_as_of_an_earlier_day_the_story_stands_as_it_did_then(archive: Assistant) -> None:
    answer = archive.ask("What's the latest on the Quennor derailment?", as_of="2025-03-09")
    assert not answer.refused
    assert all((citation.published or "") < "2025-03-10" for citation in answer.citations)
    assert not any("washed-out" in sentence.text for sentence in answer.sentences)


def test_a_story_that_no_report_tells_is_not_made_of_others(archive: Assistant) -> None:
    assert archive.ask("What is the latest on the volcano of Mount Orsk?").refused


def test_a_question_for_the_newest_within_some_days_is_answered_from_those(archive: Assistant) -> None:
    answer = archive.ask("Any news on the Quennor derailment in March 2025?", now=date(2026, 1, 10))
    assert not answer.refused
    assert all(citation.article_id.startswith("rai-") for citation in answer.citations)
    assert "washed-out" not in answer.text  # what the board said months later


def test_a_correction_is_no_report_of_a_story(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        assistant.ingest([ARCHIVES / "prison" / "articles.jsonl"])
        query = plan_query(assistant.store, "What is new with the riot at Ostrel prison?")
        passages = retrieve(assistant.store, query, top_k=60, fast=True)
        title = "Correction: Riot at Ostrel prison"
        assert title in {one.article.title for one in passages}
        story = find_story(assistant.store, query, passages)
        assert len(story) > 2 and title not in {one.passage.article.title for one in story}


MARCH = [
    ("march", "2025-03-03", "Thousands march against water levy in Dunholm",
     "Some 6,000 people marched through Dunholm on Monday against the city's new water levy, organisers said."
     " Mayor Petra Linne said the levy would stay."),
    ("note", "2025-03-07", "Correction: Dunholm water levy march",
     "An article on Monday about the march against the water levy in Dunholm said that 6,000 people took part."
     " The police counted 4,200."),
    ("dropped", "2025-03-21", "Dunholm council drops water levy",
     "Dunholm's council dropped the water levy on Thursday by 31 votes to 12. Petra Linne, the mayor, abstained."),
    ("ferry", "2025-03-08", "Ferry to Orlo delayed",
     "The ferry to Orlo was delayed on Saturday by fog. Some 6,000 passengers waited in the harbour of Velm."),
]  # fmt: skip


def _march(folder: Path) -> Assistant:
    rows = [dict(zip(("id", "published", "title", "text"), row, strict=True)) for row in MARCH]
    (folder / "march.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assistant = Assistant.open(folder / "store", settings=Settings())
    assistant.ingest([folder / "march.jsonl"])
    return assistant


@pytest.mark.parametrize(
    ("question", "leads"),
    [
        ("How many people marched against the water levy in Dunholm?", "note"),
        ("What's the latest on the water levy in Dunholm?", "dropped"),
        ("Summarise what happened with the Dunholm water levy", "march"),
    ],
)
def test_a_correction_that_is_an_article_of_its_own_is_told_beside_what_it_corrects(
    tmp_path: Path, question: str, leads: str
) -> None:
    with _march(tmp_path) as assistant:
        answer = assistant.ask(question, now=date(2025, 4, 1))
    told = [answer.citations[sentence.citations[0] - 1].article_id for sentence in answer.sentences]
    assert told[0] == leads and "march" in told
    assert leads != "note" or answer.text.startswith("The police counted 4,200.")
    assert "The police counted 4,200." in answer.text and "correction" in {notice.code for notice in answer.notices}


def test_a_follow_up_is_answered_from_the_story_before_it(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        assistant.ingest([ARCHIVES / name / "articles.jsonl" for name in ("city", "quake")])
        before = assistant.ask("Who accompanied the march with music?", now="2025-04-20")
        history = [("Who accompanied the march with music?", before.text)]
        answer = assistant.chat("From where to where did they walk?", history=history, now="2025-04-20")
        assert "from the Salt Market to the Guildhall" in answer.text  # refused where all is read
        other = assistant.chat("Who is the mayor of Orvenda?", history=history, now="2026-04-20")
        assert other.citations and all(one.article_id.startswith("qua-") for one in other.citations)


def test_a_follow_up_that_says_what_it_is_about_is_answered_without_the_words_before(tmp_path: Path) -> None:
    with _march(tmp_path) as assistant:
        history = [("How many people marched against the water levy in Dunholm?", "Some 6,000 people marched.")]
        answer = assistant.chat("And how many passengers waited in the harbour?", history=history, now=date(2025, 4, 1))
    assert answer.citations[0].article_id == "ferry"
    assert "levy" not in (answer.understood or "")


BLOG = """LIVE: Court rules on the Dunholm levy

08:50 Good morning from the court in Dunholm.

09:40 The court has lifted the Dunholm water levy, which it calls unlawful.

10:05 Mayor Petra Linne calls the ruling hard to bear.

16:20 And the mayor?

16:40 We are closing the live blog now. Thank you for reading."""


def test_the_news_of_a_live_blog_is_what_it_told_without_its_stamp(tmp_path: Path) -> None:
    row = {"id": "blog", "published": "2025-03-28", "title": BLOG.split("\n")[0], "text": BLOG.partition("\n\n")[2]}
    (tmp_path / "blog.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with _march(tmp_path) as assistant:
        assistant.ingest([tmp_path / "blog.jsonl"])
        answer = assistant.ask("What's the latest on the Dunholm water levy?", now=date(2025, 4, 1))
        ruled = assistant.ask("What did the court do with the water levy in Dunholm?", now=date(2025, 4, 1))
    told = "The court has lifted the Dunholm water levy, which it calls unlawful."
    assert answer.sentences[0].text == told and ruled.sentences[0].text == told
    assert answer.citations[0].posted == "2025-03-28T09:40"
    assert not any(sentence.text.endswith("?") for sentence in ruled.sentences)
