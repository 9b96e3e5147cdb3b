"""A figure in a table is read with the name of its column, and quoted as it stands there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.settings import Settings
from index.analysis.tables import is_head, spelled_row
from tests.conftest import write_jsonl

TABLE = """\
HOLM (TNA), 12 May 2025 - The football league of Tarn has three games to go. Rovers lost at home on Saturday.

| Club | Played | Won | Points | Coach |
| --- | --- | --- | --- | --- |
| Esk Rovers | 27 | 15 | 52 | Ana Lund |
| Holm United | 27 | 14 | 49 | Piet Salka |
| Tarn City | 26 | 6 | 21 | Ilse Brandt |
| Morrow |  | 4 | 17 | Jon Orlo |

The last games are played on 1 June."""
TABBED = """\
Firm\tSeat\tRevenue (million crowns)\tEmployees
Velmar\tEsk\t1,204\t5,600
Ostrel Foods\tHolm\t877\t2,310"""
REPORT = """\
Holm United sold its striker to Esk Rovers for 3 million crowns. Coach Piet Salka regretted it, he said on Friday."""


@pytest.fixture(scope="module")
def league(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("league")
    with Assistant.open(folder / "store", settings=Settings()) as assistant:
        rows = [
            {"id": "table", "title": "League table", "published": "2025-05-12", "text": TABLE},
            {"id": "firms", "title": "The largest firms of Tarn", "published": "2025-04-02", "text": TABBED},
            {"id": "sale", "title": "Striker leaves Holm", "published": "2025-05-03", "text": REPORT},
        ]
        assistant.ingest([write_jsonl(folder / "news.jsonl", *rows)])
        yield assistant


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("How many points does Holm United have?", "49"),
        ("Who coaches Tarn City?", "Ilse Brandt"),
        ("What is the revenue of Ostrel Foods?", "877"),
        ("How many employees does Velmar have?", "5,600"),
    ],
)
def test_a_cell_answers(league: Assistant, question: str, short: str) -> None:
    answer = league.ask(question)
    assert answer.short and short in answer.short
    first = answer.citations[0]
    assert first.quote in league.article(first.article_id).text and short in first.quote


def test_a_claim_is_verified_beside_a_row(league: Assistant) -> None:
    row = "| Holm United | 27 | 14 | 49 | Piet Salka |"
    right, wrong = (league.verify(f"Holm United has {points} points.", quotes=[row]) for points in (49, 27))
    assert right.verdict == "supported" and right.score > wrong.score
    assert league.verify("Holm United has 52 points.", quotes=[row]).verdict != "supported"


def test_the_names_of_columns_are_no_evidence(league: Assistant) -> None:
    table = league.article("table")
    told = [table.text[one.start : one.end] for one in league.store.catalog.analysis(table) if one.evidence]
    assert "| Morrow |  | 4 | 17 | Jon Orlo |" in told
    assert not any("Played" in one or "---" in one for one in told)


CELLS = st.text(alphabet="ab .1-", max_size=6)


@given(st.integers(2, 4), st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=2, max_size=5), st.booleans())
def test_what_is_shown_of_a_row_stands_where_it_is_said_to(count: int, rows: list[list[str]], piped: bool) -> None:
    lines = [("| " if piped else "") + " | ".join(row[:count]) + (" |" if piped else "") for row in rows]
    text = "\n".join(lines)
    at = 0
    for line in lines:
        start, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        at += len(line) + 1
        is_head(text, start, end)
        row = spelled_row(text, start, end)
        for shown, cell in row.places if row else ():
            assert start <= cell.start <= cell.end <= end
            size = cell.end - cell.start
            assert row and row.text[shown : shown + size] == text[cell.start : cell.end]
            if size:
                assert row.place(shown, shown + size) == (cell.start, cell.end)


def test_lines_with_a_mark_between_words_are_no_table() -> None:
    text = "Ferry sinks off Esk | Tarn Courier\nThe ferry sank on Monday.\nNobody was hurt | all were rescued."
    assert spelled_row(text, 61, len(text)) is None and not is_head(text, 0, 34)
