"""A question in a language of the archive is answered in it, from its words and meaning, and that is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.settings import Settings
from index.analysis.language import question_language
from index.errors import StoreMismatch
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


def test_a_question_in_other_words_gets_the_nearest_sentences_as_such(archive: Assistant) -> None:
    answer = archive.ask("Warum stoppte der Stadtchef die Seilbahnen?")
    assert "41 Millionen" in answer.text
    assert {one.article_id for one in answer.citations} == {"de"}
    [told] = [notice.message for notice in answer.notices if notice.code == "other_language"]
    assert "may not answer" in told


CHINESE = "青屿市长宣布辞职。他说，辞职是因为健康原因。副市长周敏将代理市长职务。"


def test_what_is_written_without_spaces_is_found_by_its_words(empty_store: Assistant, tmp_path: Path) -> None:
    rows = [
        {"id": "mayor", "title": "青屿市长辞职", "text": CHINESE * 2},
        {
            "id": "ferry",
            "title": "渡轮停航",
            "text": "前往布拉斯克岛的渡轮因大雾停航三天，四百名旅客滞留码头，港务局表示周五恢复。" * 2,
        },
    ]
    empty_store.ingest([write_jsonl(tmp_path / "zh.jsonl", *rows)])
    assert empty_store.search("谁代理市长？")[0].article.id == "mayor"
    assert "周敏" in empty_store.ask("谁将代理市长职务？").text


def test_with_the_multilingual_embedder_a_question_finds_an_article_in_another_language(tmp_path: Path) -> None:
    rows = [{"id": "de", "title": "Seilbahn gestoppt", "text": GERMAN}, {"id": "fr", "title": "Fuite", "text": FRENCH}]
    with Assistant.open(tmp_path / "store", settings=Settings(embedder="multilingual")) as assistant:
        assistant.ingest([write_jsonl(tmp_path / "news.jsonl", *rows)])
        assert assistant.search("Why did the mayor halt the cable car?", fast=True)[0].article.id == "de"
        assert assistant.search("When will the swimming pool open again?", fast=True)[0].article.id == "fr"
    with Assistant.open(tmp_path / "store", settings=Settings()) as other, pytest.raises(StoreMismatch):
        other.search("Why did the mayor halt the cable car?")


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
