"""What is told beside the news has another day than the news."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assistant.news import archive_of

BAIL = "Ilka Brandt was released on bail on Thursday, a day after her arrest in Orsel, police said. She denies theft."
BRIDGE = (
    "The bridge of Gorna reopened on Monday, seven months after the Orsina struck it. Lorries may cross it from June."
)
CHARGED = "Prosecutors in Orsel charged Tomas Rehm with fraud on Monday, three days after his arrest at the airport."


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (BAIL, "When was Ilka Brandt arrested?", "2 April 2025: a day before “Thursday”, 3 April 2025"),
        (BRIDGE, "When did the Orsina strike the bridge of Gorna?", "August 2024: seven months before “Monday”"),
        (CHARGED, "When was Tomas Rehm arrested?", "28 March 2025: three days before “Monday”, 31 March 2025"),
    ],
)
def test_it_is_counted_from_the_day_of_the_news(tmp_path: Path, text: str, question: str, told: str) -> None:
    with archive_of(tmp_path, {"a": ("2025-04-04", text)}) as assistant:
        answer = assistant.ask(question, now="2025-05-01")
    assert answer.short is None
    assert next(note.text for note in answer.annotations if note.kind == "time").startswith(told)


@pytest.mark.parametrize(
    ("text", "question", "short"),
    [
        (BAIL, "When was Ilka Brandt released on bail?", "Thursday"),
        (BRIDGE, "When did the bridge of Gorna reopen?", "Monday"),
        (CHARGED, "When was Tomas Rehm charged with fraud?", "Monday"),
    ],
)
def test_the_news_keeps_its_own_day(tmp_path: Path, text: str, question: str, short: str) -> None:
    with archive_of(tmp_path, {"a": ("2025-04-04", text)}) as assistant:
        assert (assistant.ask(question, now="2025-05-01").short or "").endswith(short)
