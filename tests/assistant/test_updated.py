"""Pages that were changed after they were published: nobody is told on a day what was written later."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant
from tests.assistant.news import archive_of, codes
from tests.index.test_publication import BODY

PAGE = (
    "Bridge of Orsel closed\n\nPublished 1 March 2025\n{stamp}\n\n"
    "The bridge of Orsel was closed after 14 cracks were found, the mayor Ilka Brandt said.\n\n"
    "Repairs will cost 9 million crowns."
)
QUESTION = "How many cracks were found in the bridge of Orsel?"


def of_pages(folder: Path, *pages: str) -> Assistant:
    for number, page in enumerate(pages):
        (folder / f"page{number}.txt").write_text(page, encoding="utf-8")
    assistant = Assistant.open(folder / "store")
    assistant.ingest([folder])
    return assistant


@pytest.mark.parametrize(
    "stamp",
    [
        "Updated 2 April 2025",
        "Last updated: 14:05, 2 April 2025",
        "Updated 2 April",
        "Modified Apr. 2",
        "This page was updated on 2 April 2025 to add the number of cracks.",
    ],
)
def test_a_page_that_was_changed_later_is_left_out_as_of_an_earlier_day(tmp_path: Path, stamp: str) -> None:
    with of_pages(tmp_path, PAGE.format(stamp=stamp), f"Bread dearer\n\nPublished 3 March 2025\n\n{BODY}") as assistant:
        article = next(found for found in assistant.articles() if "Bridge" in found.text)
        assert article.published == "2025-03-01" and str(article.updated).startswith("2025-04-02")
        then = assistant.ask(QUESTION, as_of="2025-03-10")
        assert then.refused and all("Orsel" not in passage.text for passage in then.passages)
        [told] = [notice.message for notice in then.notices if notice.code == "published"]
        assert "1 article was left out because of a later change" in told
        assert assistant.search("bridge of Orsel cracks", as_of="2025-04-01")[0].article.id != article.id
        assert assistant.ask(QUESTION, as_of="2025-04-02").short == "14"
        assert assistant.ask(QUESTION).short == "14"


def test_a_page_says_when_it_was_changed_in_its_metadata_too(tmp_path: Path) -> None:
    lines = [
        {"id": "a", "published": "2025-03-01", "modified": "2025-04-02T09:00:00+02:00", "text": "The ferry sank."},
        {"id": "b", "published": "2025-03-01", "updated": "2025-03-01T23:00:00Z", "text": "The tram stopped."},
        {"id": "c", "published": "2025-03-01", "updated": "an hour ago", "text": "The mill burnt."},
        {"id": "d", "published": "2025-03-01", "updated": 1740000000, "text": "The road froze."},
        {"id": "e", "published": "2025-03-01", "updated": "2025-02-01", "text": "The lake froze."},
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, lines)))
    with Assistant.open(tmp_path / "store") as assistant:
        assert assistant.ingest([tmp_path / "news.jsonl"]).failed == ()
        found = {article.id: article.updated for article in assistant.articles()}
    assert found == {"a": "2025-04-02T09:00:00+02:00", "b": None, "c": None, "d": None, "e": None}


def test_of_a_story_that_was_written_for_days_a_weekday_is_known_to_lie_between_them(tmp_path: Path) -> None:
    page = "Ferry aground\n\nPublished 3 May 2024, updated 9 May 2024\n\nThe Orsina ran aground at Esk on Tuesday."
    with of_pages(tmp_path, page) as assistant:
        answer = assistant.ask("When did the Orsina run aground?", now="2024-06-01")
        [event] = assistant.timeline("Orsina").events
    assert answer.short in ("Tuesday", "on Tuesday")
    [told] = [note.text for note in answer.annotations if note.kind == "time"]
    assert told == "30 April to 7 May 2024: the article of 3 May 2024, updated on 9 May 2024, says “Tuesday”"
    assert (event.first, event.last, event.status) == (date(2024, 4, 30), date(2024, 5, 7), "happened")


def test_a_page_that_was_stamped_anew_long_after_keeps_its_days(tmp_path: Path) -> None:
    page = "Ferry aground\n\nPublished 3 May 2024, updated 9 July 2025\n\nThe Orsina ran aground at Esk on Tuesday."
    with of_pages(tmp_path, page) as assistant:
        [event] = assistant.timeline("Orsina").events
    assert event.first == event.last == date(2024, 4, 30)


def test_the_newest_count_is_that_of_the_page_that_was_updated_last(tmp_path: Path) -> None:
    first = "Flood\n\nPublished 1 March 2025, updated 9 March 2025\n\nThe flood in Gorna killed 15 people."
    other = "Flood\n\nPublished 4 March 2025\n\nThe flood in Gorna killed 12 people."
    with of_pages(tmp_path, first, other) as assistant:
        answer = assistant.ask("How many people did the flood in Gorna kill?", now="2025-04-01")
    assert answer.short in ("15", "15 people")
    assert "newer_count" in codes(answer) and "12" in answer.text


def test_what_a_later_correction_put_right_is_not_told_before(tmp_path: Path) -> None:
    text = (
        "The fire at the mill of Orsel hurt 15 people on Monday. The mill makes paper.\n\n"
        "Correction, 14 May 2025: An earlier version of this article said that 12 people were hurt; it was 15."
    )
    question = "How many people did the fire at the mill of Orsel hurt?"
    with archive_of(tmp_path, {"a": ("2025-05-09", text)}) as assistant:
        then = assistant.ask(question, as_of="2025-05-10")
        assert "15" not in then.text + "".join(passage.text for passage in then.passages)
        assert assistant.ask("What does the mill of Orsel make?", as_of="2025-05-10").short == "paper"
        assert "15" in assistant.ask(question, as_of="2025-05-14").text


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("day", ["12 May", "May 12, 2025", "10:30, 12 May 2025", "added on 12 May"])
def test_a_note_is_known_without_its_year_and_without_empty_lines(tmp_path: Path, gap: str, day: str) -> None:
    text = f"The nurses of Lorn were offered 4 per cent on Thursday.{gap}Update, {day}: They were offered 6 per cent."
    with archive_of(tmp_path, {"a": ("2025-05-09", text)}) as assistant:
        asked = "How much were the nurses of Lorn offered?"
        then, now = (assistant.ask(asked, as_of=last) for last in ("2025-05-11", "2025-05-12"))
        as_of = assistant.ask(f"{asked[:-1]} as of 11 May 2025?", now="2025-06-01")
        events = assistant.timeline("nurses of Lorn", as_of="2025-05-11").events
    for answer in (then, as_of):
        assert "6 per cent" not in answer.text + "".join(passage.text for passage in answer.passages)
    assert any("6 per cent" in passage.text for passage in now.passages)
    assert all("6 per cent" not in event.citation.quote for event in events)


def test_the_line_with_the_dates_of_a_page_is_never_quoted(tmp_path: Path) -> None:
    page = (
        "Port of Halden shut\n\nBy Mira Ostrow\nPublished 14:20, 3 February 2025 | Updated 09:05, 5 February\n\n"
        "The port of Halden was shut on Monday after a crane fell, the harbour master said."
    )
    with of_pages(tmp_path, page) as assistant:
        [article] = assistant.articles()
        spans = [span for span in assistant.store.catalog.analysis(article) if span.evidence]
        told = [article.text[span.start : span.end] for span in spans]
    assert str(article.updated).startswith("2025-02-05")
    assert told == ["The port of Halden was shut on Monday after a crane fell, the harbour master said."]
