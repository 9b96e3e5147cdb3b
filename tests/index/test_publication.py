"""When an article was published: what its page states, what is told beside it, what is given with the ingest."""

from __future__ import annotations

import json
import sqlite3
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.settings import Settings
from evals.research.dates.__main__ import Page, load_pages, same
from index.errors import DateInvalid, StoreMismatch
from index.times.publication import stated_publication
from index.times.published import published_days

BODY = "The ferry between Esk and Marlow ran aground on Tuesday.\nNobody was hurt, the harbour master said."


@pytest.mark.parametrize("page", load_pages(), ids=lambda page: page.note)
def test_the_date_that_a_page_states_is_read_and_no_other(page: Page) -> None:
    stated = stated_publication(page.text)
    assert same(page.expected, stated.value if stated else None)


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("Gepubliceerd op 3 maart 2025 om 14:05", "2025-03-03T14:05:00"),
        ("Laatst bijgewerkt op 5 mrt 2025", "2025-03-05"),
        ("Gepubliceerd op 3 maart 2025, bijgewerkt op 5 maart 2025", "2025-03-03"),
        ("Publicerad 3 maj 2025, uppdaterad 5 maj 2025", "2025-05-03"),
        ("Publié le 3 mars 2025 à 9h30, mis à jour le 5 mars 2025", "2025-03-03T09:30:00"),
        ("Uppdaterad den 12 maj 2025", "2025-05-12"),
        ("Veröffentlicht am 4. März 2025 um 9:30 Uhr", "2025-03-04T09:30:00"),
    ],
)
def test_a_date_is_read_in_other_languages(line: str, stated: str) -> None:
    found = stated_publication(f"Fähre Veerboot Färja\n\n{line}\n\nDie Fähre, de veerboot, färjan.")
    assert found and found.value == stated


@pytest.mark.parametrize(
    "line", ["Published 31 February 2024", "Published 3 May 0001", "2024-13-45", "Updated 99/99/2024"]
)
def test_a_day_that_does_not_exist_is_no_date(line: str) -> None:
    assert stated_publication(f"Ferry aground\n{line}\n{BODY}") is None


def test_03_04_2025_is_read_as_the_setting_says_and_noted() -> None:
    page = f"Ferry aground\nPublished: 03/04/2025\n{BODY}"
    assert stated_publication(page) == ("2025-04-03", True)
    assert stated_publication(page, day_first=False) == ("2025-03-04", True)
    assert stated_publication(page.replace("03/04", "13/04"), day_first=False) == ("2025-04-13", False)


@given(st.text(max_size=400))
def test_any_text_has_a_date_that_exists_or_none(text: str) -> None:
    stated = stated_publication(text)
    assert stated is None or published_days(stated.value)


@given(
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2099, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d"]),
)
def test_a_published_line_is_read_in_each_usual_form(moment: datetime, form: str) -> None:
    stated = stated_publication(f"Ferry aground\nPublished {moment.strftime(form)}\n{BODY}")
    assert stated is not None and stated.value == moment.date().isoformat()


def test_a_thousand_dates_on_a_page_take_no_time() -> None:
    assert stated_publication("\n".join(["Ferry", *["3 May 2024, 4 May 2024 " * 40] * 50])) is None


def article(assistant: Assistant) -> tuple[str | None, str | None]:
    [found] = assistant.articles()
    return found.published, found.published_from


def test_the_text_dates_an_article_and_says_so(empty_store: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "ferry.txt"
    file.write_text(f"Ferry aground\nUpdated 14:05 GMT, 3 May 2024\n{BODY}")
    empty_store.ingest([file])
    assert article(empty_store) == ("2024-05-03T14:05:00+00:00", "text")
    answer = empty_store.ask("When did the ferry run aground?")
    assert [note.text for note in answer.annotations] == ["30 April 2024: the article of 3 May 2024 says “Tuesday”"]


def test_what_stands_beside_a_text_dates_it_before_its_own_words(empty_store: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "ferry.txt"
    file.write_text(f"Ferry aground\nUpdated 3 May 2024\n{BODY}")
    (tmp_path / "ferry.meta.json").write_text(json.dumps({"published": "April 1, 2024", "agency": "Eskpost"}))
    report = empty_store.ingest([file])
    assert article(empty_store) == ("2024-04-01", "metadata")
    assert [found.agency for found in empty_store.articles()] == ["Eskpost"]
    assert "dated 2024-04-01, but its text says 2024-05-03" in report.notes[0]
    (tmp_path / "ferry.meta.json").write_text("{")
    assert "ferry.meta.json is not JSON" in empty_store.ingest([file]).failed[0].reason


def test_a_date_that_is_given_is_for_those_without_and_is_kept(empty_store: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "ferry.txt"
    file.write_text(f"Ferry aground\n{BODY}")
    empty_store.ingest([file])
    assert article(empty_store) == (None, None)
    assert empty_store.ingest([file], published="2024-05").updated
    assert article(empty_store) == ("2024-05", "given")
    assert empty_store.ingest([file], published="2024-05").unchanged
    file.write_text(f"Ferry aground\n{BODY} It was towed off.")
    empty_store.ingest([file])
    assert article(empty_store) == ("2024-05", "given")
    empty_store.rebuild()
    assert article(empty_store) == ("2024-05", "given")
    file.write_text(f"Ferry aground\nPublished 3 May 2024\n{BODY}")
    empty_store.ingest([file], published=date(2020, 1, 1))
    assert article(empty_store) == ("2024-05-03", "text")
    with pytest.raises(DateInvalid, match="31 May"):
        empty_store.ingest([file], published="31 May")


def test_a_date_in_json_lines_may_be_written_as_people_do(empty_store: Assistant, tmp_path: Path) -> None:
    lines = [
        {"id": "a", "text": BODY, "published": "Fri, 3 May 2024 14:05:00 GMT"},
        {"id": "b", "text": BODY, "date": "May 3, 2024"},
        {"id": "c", "text": BODY, "published": "2024-05"},
        {"id": "d", "text": BODY, "published": "03/04/2025"},
        {"id": "e", "text": BODY, "published": "2024-02-31"},
    ]
    file = tmp_path / "news.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    report = empty_store.ingest([file])
    dates = {found.id: found.published for found in empty_store.articles()}
    assert dates == {"a": "2024-05-03T14:05:00+00:00", "b": "2024-05-03", "c": "2024-05"}
    assert len(report.failed) == 2


def test_times_are_found_at_ingest_with_their_days(empty_store: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "ferry.txt"
    file.write_text(f"Ferry aground\nPublished 3 May 2024\n{BODY}")
    empty_store.ingest([file])
    [found] = empty_store.articles()
    [timex] = [one for sentence in empty_store.store.catalog.analysis(found) for one in sentence.times]
    assert found.text[timex.start : timex.end] == "Tuesday"
    assert (timex.first, timex.last, timex.derived) == (date(2024, 4, 30), date(2024, 4, 30), "before publication")


def test_a_store_of_the_first_version_is_brought_up_to_date(empty_store: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(json.dumps({"id": "a", "title": "Ferry", "text": BODY, "published": "2024-05-03"}))
    empty_store.ingest([file])
    path = empty_store.store.path
    empty_store.close()
    with sqlite3.connect(path / "catalog.db") as db:
        db.executescript(
            "DROP TABLE lines; DROP TABLE taken_out; DROP TABLE sources; DROP TABLE stamps; DROP TABLE dismissed;"
            "DROP TABLE versions; DROP TABLE signatures; DROP TABLE copies;"
            "DROP INDEX articles_by_day; PRAGMA user_version = 1;"
            "UPDATE meta SET value = '1' WHERE name = 'analysis';"
            + "".join(
                f"ALTER TABLE articles DROP COLUMN {name};"
                for name in ("published_from", "first_day", "last_day", "analysis", "updated", "updated_day")
            )
            + "ALTER TABLE articles ADD COLUMN sentences BLOB NOT NULL DEFAULT x'';"
        )
    with Assistant.open(path, settings=Settings()) as upgraded:
        assert article(upgraded) == ("2024-05-03", "metadata")
        with pytest.raises(StoreMismatch, match="assistant rebuild"):
            upgraded.ask("When did the ferry run aground?")
        assert upgraded.rebuild() == 0
        assert "30 April 2024" in upgraded.ask("When did the ferry run aground?").annotations[0].text


@pytest.mark.parametrize(
    "line",
    [
        "A report published on 12 June 2019 found the ferry unsafe.",
        "The arrest warrant was issued on 17 March 2023.",
        "Figures released on 3 May 2019 show more.",
        "See https://example.org/reports/1999/04/annual.pdf for more.",
    ],
)
def test_a_sentence_of_the_text_dates_nothing(line: str) -> None:
    assert stated_publication(f"Ferry unsafe\n{line}\n{BODY}") is None
    both = stated_publication(f"Ferry unsafe\nPublished 3 May 2024\n{line}\n{BODY}")
    assert both is not None and both.value == "2024-05-03"


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("Trial date: 3 May 2024", None),
        ("Release date: 3 May 2024", None),
        ("Publication date: 3 May 2024", "2024-05-03"),
        ("MARLOW (Hillwire), 3 May 2024 - The ferry sailed on Friday.", "2024-05-03"),
        ("MARLOW (Hillwire) 3 May 2024 - The ferry sailed on Friday.", "2024-05-03"),
        ("Norland (a land), 3 May 2024 was a Friday.", None),
    ],
)
def test_the_date_of_something_else_is_not_that_of_the_page(line: str, stated: str | None) -> None:
    found = stated_publication(f"Mayor sued\n{line}\n{BODY}")
    assert (found.value if found else None) == stated


@pytest.mark.parametrize("line", ["Yakutsk, 3 January 2024, 10:00 -30°C", "Saturday 3 May 2024 19:00-24:00"])
def test_what_is_no_zone_of_time_stops_no_ingest(line: str) -> None:
    stated = stated_publication(f"Cold\n{line}\n{BODY}")
    assert stated is None or published_days(stated.value)


def test_the_zero_time_of_a_program_is_no_date(empty_store: Assistant, tmp_path: Path) -> None:
    text = f"Ferry\nPublished 3 May 2024\n{BODY}"
    (tmp_path / "n.jsonl").write_text(json.dumps({"id": "z", "text": text, "published": "0001-01-01T00:00:00Z"}))
    assert "0001-01-01" in empty_store.ingest([tmp_path / "n.jsonl"]).failed[0].reason
