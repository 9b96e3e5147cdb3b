"""A question in a language of the archive is answered in it, from its words and meaning, and that is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.settings import Settings
from index.analysis.language import question_language
from tests.conftest import write_jsonl

GERMAN = (
    "HOLMSTADT, 3. Mai 2025 - Der Bürgermeister von Holmstadt, Anton Kühn, hat am Freitag den Bau der "
    "Seilbahn gestoppt. "
    "Die Kosten waren auf 41 Millionen Euro gestiegen. Baustadträtin Grete Sommer leitet jetzt das Projekt. "
    "Die Seilbahn sollte im Herbst 2026 den Betrieb aufnehmen."
)
FRENCH = (
    "ORVAL, 8 avril 2025 - Le conseil d'Orval a fermé mardi la piscine municipale. La directrice, Odile Marchand, a "
    "parlé d'une fuite importante. La réouverture est prévue en septembre. Le maire a promis une aide aux clubs."
)
ENGLISH = (
    "Ferry line closes. The ferry line to Holm was closed on Monday, said its director Ilse Brandt. It lost money."
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("languages")
    rows = [
        {"id": "de", "title": "Seilbahn gestoppt", "published": "2025-05-03", "text": GERMAN},
        {"id": "fr", "title": "La piscine d'Orval ferme", "published": "2025-04-08", "text": FRENCH},
        {"id": "en", "title": "Ferry line closes", "published": "2025-04-09", "text": ENGLISH},
    ]
    with Assistant.open(folder / "store", settings=Settings()) as assistant:
        assistant.ingest([write_jsonl(folder / "news.jsonl", *rows)])
        yield assistant


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Wer leitet jetzt das Projekt der Seilbahn?", "Grete Sommer"),
        ("Auf wie viele Millionen Euro waren die Kosten gestiegen?", "41 Millionen"),
        ("Quand la réouverture est-elle prévue ?", "septembre"),
    ],
)
def test_it_is_answered_and_told(archive: Assistant, question: str, told: str) -> None:
    answer = archive.ask(question)
    assert told in answer.text
    assert "other_language" in [notice.code for notice in answer.notices]


def test_an_english_question_beside_them_is_read_as_ever(archive: Assistant) -> None:
    answer = archive.ask("Who is the director of the ferry line to Holm?")
    assert answer.short and "Ilse Brandt" in answer.short
    assert "other_language" not in [notice.code for notice in answer.notices]
    assert archive.ask("What did Xaver Obermoser say in Holm?").refused


@pytest.mark.parametrize(
    "question",
    [
        "Who is Jürgen Weißmüller?", "When did Käthe Groß and Günther Öttinger last meet in Lützow?",
        "Why was the Théâtre de la Ville closed?", "How many people live in São Bráulio?", "What does Die Linke want?",
    ],
)  # fmt: skip
def test_english_questions_with_foreign_names_are_english(question: str) -> None:
    assert question_language(question, frozenset({"de", "fr", "pt", "uk"})) == "en"
