"""An archive over a year: what was so on a day, what was planned and moved, how many died by the newest count."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.settings import Settings
from tests.assistant.news import News, archive_of, codes

ARCHIVE: News = {
    "parking": ("2025-01-10", "Parking in Talsund costs 20 crowns an hour since 1 January, up from 15 crowns."),
    "dearer": ("2025-07-02", "Parking in Talsund costs 25 crowns an hour from Tuesday. Shops complained."),
    "contract": ("2024-11-02", "Transport minister Lena Rask of Vessen signed the ferry contract on Friday."),
    "resigned": ("2025-05-10", "Lena Rask resigned as transport minister of Vessen on Friday."),
    "sworn in": ("2025-05-14", "Tomas Weil was sworn in as transport minister of Vessen on Wednesday."),
    "memoir": ("2025-09-03", "Lena Rask, who was transport minister of Vessen until May, has written a memoir."),
    "plan": ("2025-08-12", "The Karsk bridge will open on 3 September, the road agency said on Tuesday."),
    "moved": ("2025-09-01", "The opening of the Karsk bridge, planned for Wednesday, was postponed to Saturday."),
    "opened": ("2025-09-07", "The Karsk bridge opened to traffic on Saturday."),
    "fire": ("2025-07-19", "A fire destroyed the Orlo cannery on Friday. No one was killed, the fire chief said."),
    "two": ("2025-07-20", "Two people died in the fire at the Orlo cannery, police said on Sunday."),
    "three": ("2025-07-21", "The fire at the Orlo cannery is out. Three workers lost their lives, a hospital said."),
    "bread": ("2025-07-22", "Bread became dearer in Marlow."),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with archive_of(tmp_path_factory.mktemp("archive"), ARCHIVE) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "as_of", "first", "short", "code"),
    [
        ("How much did parking in Talsund cost in March 2025?", None, "parking", "20 crowns", "so_before"),
        ("How much did parking in Talsund cost in August 2025?", None, "dearer", "25 crowns an hour", "so_before"),
        ("How much does parking in Talsund cost?", None, "dearer", "25 crowns an hour", None),
        ("How much does parking in Talsund cost?", date(2025, 6, 1), "parking", "20 crowns an hour", None),
        ("Who is the transport minister of Vessen?", None, "sworn in", "Tomas Weil", None),
        ("Who is the transport minister of Vessen?", date(2025, 5, 12), "resigned", None, "ended"),
        ("Who is the transport minister of Vessen?", date(2025, 3, 1), "contract", "Lena Rask", None),
        ("Who was transport minister of Vessen in August 2025?", None, "sworn in", "Tomas Weil", "so_before"),
        ("When did the Karsk bridge open?", None, "opened", "Saturday", None),
        ("When did the Karsk bridge open?", date(2025, 8, 20), "plan", "3 September", "only_planned"),
        ("When will the Karsk bridge open?", date(2025, 8, 20), "plan", "3 September", None),
        ("When will the Karsk bridge open?", date(2025, 9, 2), "moved", "Saturday", "newer_plan"),
        ("Has the Karsk bridge opened?", date(2025, 9, 2), None, None, "only_planned"),
    ],
)
def test_what_is_asked_is_answered_as_of_its_day(
    archive: Assistant, question: str, as_of: date | None, first: str | None, short: str | None, code: str | None
) -> None:
    answer = archive.ask(question, now=date(2025, 11, 1), as_of=as_of)
    assert first is None or answer.citations[0].article_id == first
    assert answer.short == short
    told = {"so_before", "ended", "only_planned", "newer_plan", "newer_count", "contradiction", "other_time"}
    assert codes(answer) & told == ({code} if code else set())


def test_a_day_that_was_announced_may_lie_ahead(archive: Assistant) -> None:
    answer = archive.ask("The road agency said that the Karsk bridge will open from when?", as_of=date(2025, 8, 20))
    assert answer.short == "3 September"
    assert "only_planned" not in codes(answer)


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("Who met on 21 March in Dunmar?", "21 March 2024"),
        ("What will happen in Dunmar on 30 September?", "30 September 2024"),
        ("Who met on 21 March 2026 in Dunmar?", "21 March 2026"),
        ("Who met in Dunmar last month?", "October 2026"),
    ],
)
def test_a_day_without_its_year_is_of_the_last_year_of_an_archive_that_has_ended(
    tmp_path: Path, question: str, days: str
) -> None:
    articles = [
        {"id": "met", "published": "2024-03-22", "text": "Hana Velt and Stefan Korrin met in Dunmar on Thursday."},
        {"id": "last", "published": "2024-04-05", "text": "Hana Velt will be in Dunmar again on 30 September."},
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        assistant.ingest([tmp_path / "news.jsonl"])
        answer = assistant.ask(question, now="2026-11-30")
    [told] = [one.message for one in answer.notices if one.code == "time_asked"]
    assert days in told


def test_a_quarter_in_short_is_found_where_articles_write_it_out(tmp_path: Path) -> None:
    text = "Hollin Steel made a profit of 41 million crowns in the first quarter of 2018. In 2017 it had lost 12."
    articles = [{"id": "steel", "published": "2018-05-03", "text": text}]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        assistant.ingest([tmp_path / "news.jsonl"])
        answer = assistant.ask("How much profit did Hollin Steel make in Q1 2018?")
        assert answer.short == "41 million crowns" and answer.question.endswith("Q1 2018?")


def test_a_plan_that_has_passed_answers_where_no_newer_one_is_told(tmp_path: Path) -> None:
    news = {
        "shut": (
            "2024-12-23",
            "The swing bridge of Tolm was shut on 22 December after a barge struck it. It is to open again in the"
            " second week of January. Divers had said in November that a pillar was loose.",
        )
    }
    with archive_of(tmp_path, news) as assistant:
        answer = assistant.ask("When will the swing bridge of Tolm open again?", now=date(2026, 12, 1))
    assert answer.short == "the second week of January"
