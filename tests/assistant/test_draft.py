"""A draft is checked sentence by sentence: what the articles say, what they say otherwise, and what they do not say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import Assistant, QuestionInvalid
from assistant.answer import draft_report
from assistant.terminal.cli import cli
from assistant.types import CheckedSentence, DraftReport
from assistant.verification import resumed
from assistant.verification.draft import check_sentences
from tests.stores import open_store

_FERRY = (
    "The ferry Skarn ran aground off Esk on Saturday with 61 people on board. All of them were brought ashore by "
    "lifeboats. Captain Ruta Holm said fog had hidden the rocks. The harbour was closed until Monday."
)
_DRAFT = (
    "What happened off Esk\n\n"
    "The ferry Skarn ran aground near Esk with 61 people aboard. Captain Ruta Holm blamed the fog. "
    "She said it had hidden the rocks. The harbour stayed open all weekend. "
    "The owners plan to sell the ship to a museum."
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Assistant]:
    with open_store(tmp_path, {"skarn": ("2025-03-02", _FERRY)}, title="Ferry aground") as assistant:
        yield assistant


def test_each_sentence_has_its_verdict_and_its_quote(archive: Assistant) -> None:
    report = archive.check(_DRAFT)
    assert [report.text[one.start : one.end] for one in report.sentences] == [one.text for one in report.sentences]
    assert [one.text.split()[0] for one in report.sentences] == ["The", "Captain", "She", "The", "The"]  # no heading
    first, *_, sold = report.sentences
    assert first.verdict == "supported" and sold.verdict == "not found" and not sold.citations
    for sentence in report.sentences:
        for cited in sentence.citations:
            assert archive.article(cited.article_id).text[cited.start : cited.end] == cited.quote
    assert "61 people on board" in first.citations[0].quote and first.sources == 1
    assert sum(report.counts.values()) == 5


def test_another_figure_is_not_supported(archive: Assistant) -> None:
    [sentence] = archive.check("The ferry Skarn ran aground off Esk with 16 people on board.").sentences
    assert sentence.verdict != "supported"


def test_a_marked_word_keeps_its_place_and_its_spaces() -> None:
    text = "It sailed with 16 people\non <board>."
    sentence = CheckedSentence(text, 0, len(text), "contradicted", 0.9, (), 0, ((15, 17),))
    report = DraftReport(text, (sentence,))
    assert "with <mark>16</mark> people on &lt;board&gt;." in draft_report.html(report)
    assert "not in it: “16”" in draft_report.markdown(report)


@pytest.mark.slow
def test_an_interrupted_check_goes_on_where_it_stopped(archive: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = archive.check(_DRAFT)
    folder = archive.store.path / "drafts"
    assert not list(folder.iterdir())  # nothing is kept of what is done
    seen: list[int] = []

    def stopped(stage: str, done: int, total: int | None) -> None:
        seen.append(done)
        if done == 2 and len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.check(_DRAFT, progress=stopped)
    [kept] = folder.iterdir()
    with kept.open("a") as file:
        file.write('{"cut off')
    firsts: list[int] = []

    def watched(*args: object, first: int = 0) -> Iterator[object]:
        firsts.append(first)
        return check_sentences(*args, first=first)  # type: ignore[arg-type]

    monkeypatch.setattr(resumed, "check_sentences", watched)
    assert archive.check(_DRAFT) == whole and firsts == [2]
    assert not list(folder.iterdir())


@pytest.mark.parametrize("draft", ["", "   \n", "\0\1\2 binary. It is.", "a\ud800 sentence. It is one."])
def test_what_is_no_draft_is_said(archive: Assistant, draft: str) -> None:
    with pytest.raises(QuestionInvalid, match="no sentence that can be checked"):
        archive.check(draft)


def test_one_word_and_a_text_that_is_too_long(archive: Assistant) -> None:
    assert [one.verdict for one in archive.check("Skarn.").sentences] == ["not found"]
    with pytest.raises(QuestionInvalid, match="at most: check it in parts"):
        archive.check("It rained. " * 100_000)


def test_the_command_writes_a_report(archive: Assistant, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("The ferry <b>Skarn</b> ran aground off Esk. The owners plan to sell it.", encoding="utf-8")
    store = ["--store", str(archive.store.path)]
    files = ["--html", str(tmp_path / "r.html"), "--markdown", str(tmp_path / "r.md")]
    told = CliRunner().invoke(cli, ["check", str(draft), *store, *files])
    assert told.exit_code == 0 and "2 sentences:" in told.output
    page, text = (tmp_path / "r.html").read_text(), (tmp_path / "r.md").read_text()
    assert "&lt;b&gt;Skarn" in page and "<b>Skarn" not in page and page.startswith("<!doctype html>")
    assert text.startswith("# The draft, checked") and "**not found**: The owners plan" in text
    record = json.loads(CliRunner().invoke(cli, ["check", str(draft), *store, "--json"]).output)
    assert record["counts"] == archive.check(draft.read_text()).counts
    assert {"text", "start", "end", "verdict", "score", "citations", "sources", "marks"} == {*record["sentences"][0]}


def test_a_report_shows_who_says_otherwise(archive: Assistant) -> None:
    report = archive.check("The harbour was closed until Monday.")
    assert "Ferry aground" in draft_report.markdown(report) and "2 March 2025" in draft_report.html(report)
