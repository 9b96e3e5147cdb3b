"""Ingest wall time beside the time of embedding the same chunks alone.

Articles, invented ones or the first of a data set, go from a JSON Lines file into a new store. Each batch of texts that
ingest embeds is embedded a second time at once, by another embedder; that second time is the time alone, and is taken
off the wall time. Done one after the other the two would meet a machine that is differently busy: a ratio of 0.7 was
seen. Both embedders load their weights within what is timed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from assistant import Assistant
from assistant.terminal.render import Progress, consoles
from evals.bench.measures import Measure, seconds
from evals.bench.stories import Story, write_jsonl
from index.analysis.analyse import analyse
from index.ingest.date_article import date_article, times_of
from index.models.embedding import MiniLM, Vectors
from index.storage.rows import pack_analysis
from index.types import Span


class EmbedderTwice(MiniLM):
    """The embedder, which embeds each batch a second time and notes how long that took."""

    def __init__(self) -> None:
        self._second = MiniLM()
        self.seconds = 0.0
        self.texts = 0

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] = lambda done: None) -> Vectors:
        """The same vectors as ``MiniLM.embed``."""
        vectors = super().embed(texts, progress=progress)
        self.seconds += seconds(lambda: self._second.embed(texts))
        self.texts += len(texts)
        return vectors


def date_all(assistant: Assistant) -> None:
    """Date each article of a store, and analyse its sentences, as ingest does."""
    catalog = assistant.store.catalog
    for article in catalog.articles():
        dated, _ = date_article(article, None, day_first=True)
        spans = [Span(one.start, one.end) for one in catalog.analysis(article) if one.evidence]
        pack_analysis(analyse(article.text, spans, times_of(dated, spans, day_first=True)))


def measure_ingest(stories: Iterable[Story], folder: Path) -> list[Measure]:
    """Ingest stories into a new store in a folder, embedding the same chunks alone by the way."""
    source = write_jsonl(stories, folder / "ingest.jsonl")
    embedder = EmbedderTwice()
    _, beside = consoles()
    with Assistant.open(folder / "ingest") as assistant, Progress(beside) as progress:
        assistant.store.embedder = embedder
        both = seconds(lambda: assistant.ingest([source], progress=progress))
        dating = seconds(lambda: date_all(assistant))
    alone = embedder.seconds
    wall = both - alone
    return [
        Measure("ingest ÷ embedding the same chunks alone", wall / alone, "×", 1.2),
        Measure("dating articles and their times ÷ ingest", dating / wall, "×", 0.1),
        Measure("ingest", wall, "s"),
        Measure("embedding alone", alone, "s"),
        Measure("chunks embedded", embedder.texts),
        Measure("ingest without embedding, a chunk", 1000 * (wall - alone) / embedder.texts, "ms"),
    ]
