"""What verifying adds to a streamed answer: a model that types evenly, raw and through ``Assistant.stream``."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator
from datetime import date
from pathlib import Path

from assistant import Assistant
from assistant.answer.generative import Reply, write_answer
from assistant.model.drafts import Drafts
from assistant.model.openai import Form, Messages, Usage
from evals.bench.measures import Measure, percentile
from evals.bench.stories import write_jsonl
from evals.bench.synthetic import World

_SENTENCES = 6
_PIECE = 4
"""Characters that arrive at once."""

_PAUSE = 0.002
"""Seconds between them: 500 pieces a second, faster than any server, so that nothing hides behind waiting."""

_ROUNDS = 20
_ARTICLES = 60


class Typist:
    """Types a reply, evenly."""

    name = "typist"

    def __init__(self, text: str) -> None:
        self.text = text

    def write(
        self, messages: Callable[[Form], Messages], usage: Usage, *, structured: bool = False
    ) -> Generator[str, None, None]:
        """See ``LanguageModel``."""
        messages("json")
        usage.calls += 1
        for place in range(0, len(self.text), _PIECE):
            time.sleep(_PAUSE)
            yield self.text[place : place + _PIECE]


def measure_verification(folder: Path) -> list[Measure]:
    """Ingest invented articles and answer a question with their own words, raw and verified."""
    source = write_jsonl(World().articles(_ARTICLES), folder / "articles.jsonl")
    [question] = World().questions(1)
    with Assistant.open(folder / "store") as assistant:
        assistant.ingest([source])
        passages = assistant.search(question, top_k=12, fast=True)
        quotes = [
            passage.article.text[span.start : span.end]
            for passage in passages
            for span in passage.sentences
            if span.evidence
        ][:_SENTENCES]
        typed = [{"quotes": [{"passage": 1, "words": words}], "text": words} for words in quotes]
        typist = Typist(json.dumps({"sentences": typed}))
        raw_first, first, checking = [], [], []
        for _ in range(_ROUNDS):
            begin = time.perf_counter()
            drafts = Drafts()
            moments = [time.perf_counter() - begin for _ in drafts.read(typist.write(lambda _: [], Usage()))]
            raw = time.perf_counter() - begin
            raw_first.append(moments[0])
            begin = time.perf_counter()
            written = write_answer(typist, question, date.today(), passages, Reply(), assistant.store.close_reader)
            moments = [time.perf_counter() - begin for _ in written]
            checking.append((time.perf_counter() - begin - raw) / len(typed))
            first.append(moments[0])
    return [
        Measure("verifying, a sentence", 1000 * percentile(checking, 0.5), "ms", target=60),
        Measure("first sentence, raw", 1000 * percentile(raw_first, 0.5), "ms"),
        Measure("first sentence, verified", 1000 * percentile(first, 0.5), "ms"),
    ]
