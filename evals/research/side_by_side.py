"""A model's answers through the assistant and through LlamaIndex's CitationQueryEngine, judged blind.

``python -m evals.research.side_by_side --work W`` asks each question of ``evals/recorded/questions.jsonl`` both ways
over the same articles and lets both be compared. Whoever plays the model, and the judge, replies from prompts alone: a
prompt without a reply is written to ``W/wanted/KEY.prompt.txt``, its reply belongs into ``W/replies/KEY.reply.txt``.
Run again until nothing is wanted; then the table is whole. Replies kept in ``evals/recorded/replies.jsonl`` are not
asked for again; ``--keep`` puts those of ``W`` there.

The other side is what its documentation shows (five passages, cut into sources of 512 tokens) with our embedder, and
with the title, the outlet and the date of each article.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from string import Template
from typing import Any

from rich.console import Console
from rich.table import Table

from assistant import Assistant
from assistant.model.openai import Form, Messages, Usage
from assistant.model.tokens import count_tokens
from assistant.terminal.render import Progress, consoles
from evals.measures.metrics import interval
from evals.research.asked import ARCHIVES, store_at

RECORDED = Path(__file__).parents[1] / "recorded"
_TOP_K, _SOURCE = 5, 512
_NUMBERS = re.compile(r"\s*\[[\d, ]+\]")


class Wanted(Exception):
    """A reply that nobody has given yet."""


class Replies:
    """The replies that were given to prompts, by the sha256 of the prompt; what lacks one is written down."""

    def __init__(self, work: Path) -> None:
        self._wanted, self._given = work / "wanted", work / "replies"
        self._kept = {row["key"]: row["reply"] for row in rows_of(RECORDED / "replies.jsonl")}
        for folder in (self._wanted, self._given):
            folder.mkdir(parents=True, exist_ok=True)
        for stale in self._wanted.glob("*.prompt.txt"):
            stale.unlink()
        self.used: dict[str, str] = {}

    def to(self, prompt: str) -> str:
        """The reply to a prompt; raises Wanted where there is none."""
        key = hashlib.sha256(prompt.encode()).hexdigest()[:16]
        given = self._given / f"{key}.reply.txt"
        reply = given.read_text(encoding="utf-8") if given.exists() else self._kept.get(key)
        if reply is None:
            (self._wanted / f"{key}.prompt.txt").write_text(prompt, encoding="utf-8")
            raise Wanted(key)
        self.used[key] = reply
        return reply


@dataclass
class Recorded:
    """The model that was recorded, as the assistant takes one."""

    replies: Replies
    name: str = "recorded"

    def write(
        self, messages: Callable[[Form], Messages], usage: Usage, *, structured: bool = False
    ) -> Generator[str, None, None]:
        """See ``LanguageModel``."""
        sent = messages("json" if structured else "plain")
        prompt = "\n\n".join(message["content"] for message in sent)
        usage.calls += 1
        reply = self.replies.to(prompt)
        usage.prompt_tokens += count_tokens(prompt)
        usage.completion_tokens += count_tokens(reply)
        usage.finish = "stop"
        yield reply


@dataclass
class Side:
    """What one side said to a question, and what it took."""

    text: str
    calls: int
    tokens: int
    dropped: int = 0


@dataclass
class Outcome:
    """A question with both answers and what the judge makes of them; ``better`` is "ours", "theirs" or "same"."""

    id: str
    broad: bool
    ours: Side
    theirs: Side
    better: str
    right: dict[str, bool] = field(default_factory=dict)
    complete: dict[str, float] = field(default_factory=dict)
    unsupported: dict[str, int] = field(default_factory=dict)


def ask_ours(assistant: Assistant, question: dict[str, Any]) -> Side:
    """What the assistant answers."""
    answer = assistant.ask(question["question"], now=question["now"])
    usage = answer.usage
    tokens = int(usage.get("prompt_tokens", 0) + usage.get("completion_tokens", 0))
    return Side(answer.text, int(usage.get("calls", 0)), tokens, len(answer.dropped))


def peer(articles: Path, replies: Replies) -> Callable[[str], Side]:
    """The citation engine over the same articles."""
    from llama_index.core import Document, Settings, VectorStoreIndex
    from llama_index.core.llms import CompletionResponse, CustomLLM, LLMMetadata
    from llama_index.core.llms.callbacks import llm_completion_callback
    from llama_index.core.query_engine import CitationQueryEngine

    from evals.bench.llamaindex_embedding import OurEmbedding

    spent = [0, 0]

    class Model(CustomLLM):  # type: ignore[misc,unused-ignore]
        @property
        def metadata(self) -> LLMMetadata:
            return LLMMetadata(context_window=128_000, num_output=2000, model_name="recorded")

        @llm_completion_callback()  # type: ignore[untyped-decorator,unused-ignore]
        def complete(self, prompt: str, formatted: bool = False, **more: Any) -> CompletionResponse:
            reply = replies.to(prompt)
            spent[0] += 1
            spent[1] += count_tokens(prompt) + count_tokens(reply)
            return CompletionResponse(text=reply)

        @llm_completion_callback()  # type: ignore[untyped-decorator,unused-ignore]
        def stream_complete(self, prompt: str, formatted: bool = False, **more: Any) -> Any:
            raise NotImplementedError

    Settings.llm = Model()
    documents = [
        Document(
            text=row["text"],
            doc_id=row["id"],
            metadata={name: row[name] for name in ("title", "outlet", "published") if row.get(name)},
        )
        for row in rows_of(articles)
    ]
    embedding: Any = OurEmbedding()  # type: ignore[no-untyped-call,unused-ignore]
    index = VectorStoreIndex.from_documents(documents, embed_model=embedding)
    engine = CitationQueryEngine.from_args(
        index, llm=Settings.llm, similarity_top_k=_TOP_K, citation_chunk_size=_SOURCE
    )

    def answer(question: str) -> Side:
        spent[:] = [0, 0]
        text = str(engine.query(question))
        return Side(text, *spent)

    return answer


def judged(question: dict[str, Any], ours: Side, theirs: Side, texts: str, replies: Replies) -> Outcome:
    """Both compared, without a word of which is whose; which comes first is drawn by the question's id."""
    turned = hashlib.sha256(question["id"].encode()).digest()[0] % 2 == 1
    first, second = (theirs, ours) if turned else (ours, theirs)
    day = date.fromisoformat(question["now"])
    asked = Template((RECORDED / "judge.txt").read_text(encoding="utf-8"))
    answers = {"first": _bare(first.text), "second": _bare(second.text)}
    reply = replies.to(asked.substitute(answers, articles=texts, question=question["question"], day=f"{day:%-d %B %Y}"))
    said = json.loads(reply[reply.index("{") : reply.rindex("}") + 1])
    names = {"A": "theirs", "B": "ours"} if turned else {"A": "ours", "B": "theirs"}
    return Outcome(
        question["id"],
        question["broad"],
        ours,
        theirs,
        names.get(said["better"], "same"),
        {name: bool(said[f"right_{letter}"]) for letter, name in names.items()},
        {name: float(said[f"complete_{letter}"]) for letter, name in names.items()},
        {name: len(said[f"unsupported_{letter}"]) for letter, name in names.items()},
    )


def _bare(text: str) -> str:
    """An answer without the numbers of its sources, which would tell whose it is."""
    return _NUMBERS.sub("", text).strip()


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines; none where there is no such file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line] if path.exists() else []


def _texts(rows: Sequence[dict[str, Any]]) -> str:
    return "\n\n".join(
        f"{row.get('title')} | {row.get('outlet') or ''} | {row.get('published')}\n{row['text']}" for row in rows
    )


def ask_all(
    questions: Sequence[dict[str, Any]], articles: Path, work: Path, replies: Replies, progress: Progress
) -> Iterator[Outcome]:
    """Each question both ways, judged; those that lack a reply are left out."""
    theirs = peer(articles, replies)
    rows = rows_of(articles)
    with store_at(work / "store" / articles.stem, [articles], progress) as assistant:
        assistant.model = Recorded(replies)
        for number, question in enumerate(questions):
            progress("asking", number, len(questions))
            sides: list[Side] = []
            with suppress(Wanted):
                sides.append(ask_ours(assistant, question))
            with suppress(Wanted):
                sides.append(theirs(question["question"]))
            if len(sides) < 2:
                continue
            needed = set(question.get("articles") or ())
            shown = [row for row in rows if row.get("archive") == question["archive"] or row["id"] in needed]
            with suppress(Wanted):
                yield judged(question, sides[0], sides[1], _texts(shown), replies)


def table(outcomes: Sequence[Outcome], console: Console) -> None:
    """What came out, of all questions, of the broad and of the plain ones."""
    shown = Table("", "all", "broad", "plain", box=None, pad_edge=False)
    groups = [outcomes, [one for one in outcomes if one.broad], [one for one in outcomes if not one.broad]]
    shown.add_row("questions", *(str(len(group)) for group in groups))

    def row(name: str, value: Callable[[Outcome], float]) -> None:
        shown.add_row(name, *(_told([value(one) for one in group]) for group in groups))

    row("ours preferred", lambda one: float(one.better == "ours"))
    row("alike", lambda one: float(one.better == "same"))
    row("theirs preferred", lambda one: float(one.better == "theirs"))
    for side in ("ours", "theirs"):
        row(f"right, {side}", lambda one, side=side: float(one.right[side]))  # type: ignore[misc]
        row(f"complete, {side}", lambda one, side=side: one.complete[side])  # type: ignore[misc]
        row(f"has an unsupported sentence, {side}", lambda one, side=side: float(one.unsupported[side] > 0))  # type: ignore[misc]
        row(f"calls, {side}", lambda one, side=side: float(getattr(one, side).calls))  # type: ignore[misc]
        row(f"tokens, {side}", lambda one, side=side: float(getattr(one, side).tokens))  # type: ignore[misc]
    row("sentences dropped, ours", lambda one: float(one.ours.dropped))
    console.print(shown)


def _told(values: Sequence[float]) -> str:
    if not values:
        return "–"
    if max(values) > 1:
        return f"{sum(values) / len(values):,.1f}"
    share, low, high = interval(list(values))
    return f"{share:.2f} [{low:.2f}, {high:.2f}]"


def main() -> None:
    """Ask, or print what is wanted."""
    parser = argparse.ArgumentParser(prog="python -m evals.research.side_by_side", description="Compare with a peer.")
    parser.add_argument("--work", type=Path, default=Path(".reports/side_by_side"), help="prompts, replies, stores")
    parser.add_argument("--questions", type=Path, default=RECORDED / "questions.jsonl")
    parser.add_argument("--articles", type=Path, help="ask over these articles in place of the invented archives")
    parser.add_argument("--keep", action="store_true", help="put the replies that were used into evals/recorded")
    options = parser.parse_args()
    console, beside = consoles()
    questions = rows_of(options.questions)
    replies = Replies(options.work)
    articles = options.articles or together(options.work)
    with Progress(beside) as progress:
        outcomes = list(ask_all(questions, articles, options.work, replies, progress))
    wanted = len(list((options.work / "wanted").glob("*.prompt.txt")))
    if wanted:
        console.print(f"{wanted} replies are wanted: read {options.work}/wanted, write {options.work}/replies")
    table(outcomes, console)
    (options.work / "outcomes.jsonl").write_text(
        "".join(json.dumps(vars(one) | {"ours": vars(one.ours), "theirs": vars(one.theirs)}) + "\n" for one in outcomes)
    )
    if options.keep:
        rows = (
            json.dumps({"key": key, "reply": reply}, ensure_ascii=False) for key, reply in sorted(replies.used.items())
        )
        (RECORDED / "replies.jsonl").write_text("".join(row + "\n" for row in rows), encoding="utf-8")


def together(work: Path) -> Path:
    """All invented archives in one file, each article with the name of its archive."""
    path = work / "archives.jsonl"
    work.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for folder in sorted(one.parent for one in ARCHIVES.glob("*/articles.jsonl")):
            for row in rows_of(folder / "articles.jsonl"):
                file.write(json.dumps(row | {"archive": folder.name}, ensure_ascii=False) + "\n")
    return path


if __name__ == "__main__":
    main()
