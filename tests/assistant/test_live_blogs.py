"""Live blogs: each update counts from its own hour and day, and the newest one wins."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant
from index.analysis.layout import read_layout
from index.analysis.sentences import split_sentences
from index.times.live_blog import posted
from index.types import Article
from tests.conftest import ARCHIVES, ROOT
from tests.stores import open_store

NIGHT = """Fire at the Ardmoor paper mill: live

Published 20:30, 14 June 2025

{updates}
"""
UPDATES = (
    ("9.05 pm", "The paper mill of Ardmoor is on fire. The mayor, Nell Harrow, will speak to the press tomorrow."),
    ("10.20 pm", "Two people died in the fire at the paper mill of Ardmoor, the fire service says."),
    ("11.45 pm", "The fire service now says that five people died in the fire at the paper mill of Ardmoor."),
    ("1.30 am", "The roof of the paper mill fell in tonight, the fire service says. Some 140 firefighters are there."),
    ("3.10 am", "Six people died in the fire at the paper mill of Ardmoor, the fire service says."),
)


def page(*, newest_first: bool) -> str:
    rows = UPDATES[::-1] if newest_first else UPDATES
    return NIGHT.format(updates="\n\n".join(f"{stamp}\n{said}" for stamp, said in rows))


@pytest.fixture(scope="module", params=[True, False], ids=["newest first", "oldest first"])
def mill(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    news = {"mill": ("2025-06-14T20:30:00", page(newest_first=request.param))}
    with open_store(tmp_path_factory.mktemp("blog"), news, alone=True) as assistant:
        yield assistant


def test_the_newest_update_gives_the_figure_and_the_older_one_is_told(mill: Assistant) -> None:
    answer = mill.ask("How many people died in the fire at the paper mill of Ardmoor?", now="2025-06-20")
    assert answer.short == "Six"
    assert answer.citations[0].posted == "2025-06-15T03:10"
    [told] = [notice.message for notice in answer.notices if notice.code == "newer_count"]
    assert "“Six” (update of 15 June 2025, 03:10, newer)" in told


def test_tonight_and_tomorrow_count_from_the_update_not_from_the_page(mill: Assistant) -> None:
    fell = mill.ask("When did the roof of the paper mill fall in?", now="2025-06-20")
    assert [note.text for note in fell.annotations] == [
        "15 June 2025: the update of 15 June 2025, 01:30 says “tonight”"
    ]
    events = {event.said: event.first for event in mill.timeline("paper mill").events}
    assert events["tonight"] == date(2025, 6, 15)
    [passage] = [
        one for one in mill.search("When will the mayor Nell Harrow speak to the press?") if "Nell" in one.text
    ]
    told = [(passage.article.text[one.start : one.end], one.first) for row in passage.around for one in row.times]
    assert ("tomorrow", date(2025, 6, 15)) in told


def test_a_model_is_shown_when_the_update_was_posted_that_a_passage_begins_with(mill: Assistant) -> None:
    told = mill.preview("How many people died in the fire at the paper mill of Ardmoor?")[-1]["content"]
    assert "update of 2025-06-1" in told


def updates_of(article: Article) -> list[str]:
    sentences = split_sentences(article.text, read_layout(article.text, title=article.title), page=True)
    return [f"{when:%H:%M}" for _, when in posted(article, sentences)]


@pytest.mark.parametrize("archive", ["border", "harvest", "prison", "town", "vaccine"])
def test_of_an_archive_only_live_blogs_have_updates(archive: str) -> None:
    for line in (ARCHIVES / archive / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        article = Article(row["id"], row["text"], row["id"], title=row["title"], published=row["published"])
        assert bool(updates_of(article)) == row["form"].startswith("live"), row["id"]


def test_the_updates_of_pages_are_found_among_their_clutter() -> None:
    """Pages that the features of clutter were not fitted on; every clock time of a stamp is one of an update."""
    pages = [json.loads(line) for line in (ROOT / "evals/pages/test.jsonl").read_text(encoding="utf-8").splitlines()]
    for page in pages:
        text = "".join(words + gap for words, _, gap in page["segments"])
        found = updates_of(Article(page["id"], text, page["id"], published=page["published"]))
        assert (len(found) >= 6) == (page["kind"] == "live blog"), page["id"]


def test_times_that_follow_no_order_are_no_updates() -> None:
    lines = ["18:20 Doors open", "9:05 Coffee is served.", "23:10 The last tram leaves.", "11:00 The vote begins."]
    text = "The day of the vote\n" + "\n".join(lines)
    assert updates_of(Article("1", text, "1", published="2025-06-14")) == []


def test_an_undated_page_has_no_updates(tmp_path: Path) -> None:
    assert updates_of(Article("1", page(newest_first=True).replace("Published 20:30, 14 June 2025", ""), "1")) == []


def test_a_clock_that_is_set_back_at_the_end_of_all_calendars_fails_nothing() -> None:
    rows = ["21:40\nAll are safe here.", "22:05\nTwo are missing.", "23:10\nIt is listing.", "0:30\nIt sailed."]
    assert updates_of(Article("1", "The ferry: live\n" + "\n".join(rows), "1", published="9999-12-31")) == []
