"""A notice that an outlet prints below each of its articles is no evidence, once it is known to repeat."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.settings import Settings
from index.storage.repeats import REPEATED, _lines
from tests.conftest import write_jsonl

NOTICE = "Our fact-checking is paid for in part by the Tarn Foundation."
BACKGROUND = "The war in Tarn began in March 2019 and has cost about 12,000 lives, according to the United Nations."
NEWS = [
    "The ferry Alba sank off Esk on Monday, the coast guard said.",
    "The parliament in Tarn passed the budget by two votes on Tuesday.",
    "Rebels handed over nine prisoners at the bridge of Morrow on Friday.",
    "The harbour master of Esk resigned after the inquiry reported.",
    "Schools in Tarn stay closed until Easter, the ministry announced.",
]


def article(number: int, outlet: str = "The Esk Post") -> dict[str, str]:
    text = f"{NEWS[number]}\n{BACKGROUND}\nNobody at the ministry answered questions.\n{NOTICE}"
    return {
        "id": f"{outlet}-{number}",
        "title": f"News of day {number}",
        "agency": outlet,
        "published": f"2026-03-0{number + 1}",
        "text": text,
    }


def told(assistant: Assistant, article_id: str) -> list[str]:
    found = assistant.article(article_id)
    sentences = assistant.store.catalog.analysis(found)
    return [found.text[one.start : one.end] for one in sentences if one.evidence]


def test_a_notice_that_repeats_is_no_evidence_in_any_article_and_repeated_news_stays(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        for number in range(REPEATED - 1):
            assistant.ingest([write_jsonl(tmp_path / f"{number}.jsonl", article(number))])
        assert NOTICE in told(assistant, "The Esk Post-0")  # three times may be chance
        radio = article(0, "Tarn Radio")
        radio["published"] = "2026-05-01"  # the same words within a week would be one report
        assistant.ingest([write_jsonl(tmp_path / "later.jsonl", article(3), article(4), radio)])
        for number in range(5):
            assert told(assistant, f"The Esk Post-{number}")[:2] == [NEWS[number], BACKGROUND]
            assert NOTICE not in told(assistant, f"The Esk Post-{number}")
        assert NOTICE in told(assistant, "Tarn Radio-0")  # another outlet's counts for itself
        before = [told(assistant, f"The Esk Post-{number}") for number in range(5)]
        assistant.rebuild()
        assert [told(assistant, f"The Esk Post-{number}") for number in range(5)] == before
        answer = assistant.ask("Who pays for fact-checking at The Esk Post?")
        assert all("The Esk Post" not in citation.article_id for citation in answer.citations)


def test_articles_that_are_gone_or_were_changed_are_counted_no_longer(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        assistant.ingest([write_jsonl(tmp_path / "a.jsonl", *(article(number) for number in range(3)))])
        assistant.remove(["The Esk Post-0"])
        changed = article(1) | {"text": article(1)["text"].replace(NOTICE, "Nobody was hurt.")}
        assistant.ingest([write_jsonl(tmp_path / "a.jsonl", changed, article(2), article(3), article(4))])
        assert NOTICE in told(assistant, "The Esk Post-4")  # it stands in three articles now


@given(st.text(alphabet=st.sampled_from("ab \t\n\r\u2028."), max_size=80))
def test_lines_stand_where_they_are_said_to(text: str) -> None:
    for line, start, end in _lines(text, least=1):
        assert text[start:end] == line == line.strip()
