"""A sentence checked against the archive, from Python and the command line."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner

from assistant import Assistant, AsyncAssistant, QuestionInvalid
from assistant.terminal.cli import cli

QUOTE = "Macron and Putin last spoke in July, their first known phone conversation in over two and a half years."


def test_beside_quotes_that_stand_in_an_article(seed_store: Assistant) -> None:
    found = seed_store.verify("Macron and Putin last spoke in July.", quotes=[QUOTE])
    assert found.verdict in ("supported", "unsure")
    [citation] = found.citations
    text = seed_store.article(citation.article_id).text
    assert text[citation.start : citation.end] == citation.quote == QUOTE


def test_beside_quotes_from_elsewhere(seed_store: Assistant) -> None:
    quote = "The ferry Skarn sank off Holm on Tuesday with 61 people on board."
    found = seed_store.verify("The Skarn sank off Holm.", quotes=[quote])
    assert (found.verdict, found.citations) == ("supported", ())
    other = seed_store.verify("The Skarn sank with 16 people on board.", quotes=[quote])
    assert other.verdict != "supported" and other.reason


def test_beside_what_the_articles_have_nearest(seed_store: Assistant) -> None:
    found = seed_store.verify("Talks between Macron and Putin ceased after a phone call in September 2022.")
    assert found.verdict in ("supported", "unsure")
    assert "September 2022" in found.citations[0].quote
    other = seed_store.verify("The ferry Skarn sank off Holm with 61 people on board.")
    assert other.verdict == "unsupported" and other.score < 0.5


def test_no_quotes_at_all(seed_store: Assistant) -> None:
    found = seed_store.verify("Macron and Putin last spoke in July.", quotes=[])
    assert (found.verdict, found.score, found.reason) == ("unsupported", 0.0, "it has no quote")


def test_an_empty_claim_is_named(seed_store: Assistant) -> None:
    with pytest.raises(QuestionInvalid):
        seed_store.verify("  ")


def test_it_can_be_awaited(seed_store: Assistant) -> None:
    async def check() -> str:
        async with await AsyncAssistant.open(seed_store.store.path) as assistant:
            return (await assistant.verify("Macron and Putin last spoke in July.", quotes=[QUOTE])).verdict

    with ThreadPoolExecutor(1) as thread:  # a browser of another test may have a loop running in this one
        assert thread.submit(lambda: asyncio.run(check())).result() in ("supported", "unsure")


def test_on_the_command_line(seed_store: Assistant) -> None:
    store = ["--store", str(seed_store.store.path)]
    shown = CliRunner().invoke(cli, ["verify", "Macron and Putin last spoke in July.", "--quote", QUOTE, *store])
    assert shown.exit_code == 0 and QUOTE.split(",")[0] in shown.output.replace("\n", " ")
    printed = CliRunner().invoke(cli, ["verify", "The Skarn sank.", "--json", *store])
    assert set(json.loads(printed.output)) == {
        "schema_version", "claim", "verdict", "score", "reason", "citations",
    }  # fmt: skip
