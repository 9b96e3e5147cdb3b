"""How well questions are answered, the whole corpus searched: ``python -m evals.research.reader --data DIR``.

Printed with 95% bootstrap intervals over questions (``evals/research/data.py`` describes DIR):

* recall@1, @5, @10: the share of answerable questions with a passage of the evidence among the first so many, found by
  meaning (dense), by words, by both (fused), and as ranked by the reader (reranked);
* right sentence first, among three: whether a sentence that holds the answer is the first, or among those, that the
  answer shows (a refusal is wrong), and that it would show if nothing were refused;
* short answer of answerable questions, exact match and F1 by SQuAD's normalisation: as given (none given is wrong), and
  the words that the reader likes best in the first sentence, if nothing were refused or held back;
* refusal precision and recall: of the refused, how many have no answer; of those without one, how many are refused;
* area under the risk-coverage curve, by confidence and by the fused score of the first passage: 0 is best. An answer is
  right if its first sentence, or of a refusal the one that it was sure of most, holds the answer;
* calibration: how far the confidence is from the share of right answers, and the reliability table.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from assistant import Answer, Assistant
from assistant.evidence.candidates import Candidate
from assistant.evidence.scoring import Ranked
from assistant.pipeline import read_parts
from assistant.settings import Settings
from assistant.terminal.render import Progress, consoles
from evals.bench.measures import percentile
from evals.measures.metrics import (
    area_interval,
    calibration_error,
    exact_match,
    f1,
    interval,
    mentions,
    reliability,
    risk_coverage_area,
)
from evals.research.data import draw
from index.models.reader import MiniLMReader
from index.search.query import plan_query
from index.search.retrieve import retrieve
from index.training.sources import Question

DEPTHS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what was found and answered."""

    question: Question
    found: dict[str, list[str]]
    """The articles of the passages, best first, by each way to search."""
    fused_score: float
    answer: Answer
    ranked: list[Ranked]
    """The best three sentences, whether refused or not."""
    milliseconds: float

    @property
    def shown(self) -> list[bool]:
        """For each sentence of the answer, whether it holds what was asked for."""
        quoted = [self.answer.citations[sentence.citations[0] - 1] for sentence in self.answer.sentences]
        return [holds_answer(self.question, c.article_id, c.start, c.end, c.quote) for c in quoted]

    @property
    def best(self) -> list[bool]:
        """The same for the sentences that would be shown if nothing were refused."""
        return [holds_candidate(self.question, item.candidate) for item in self.ranked]

    @property
    def right(self) -> bool:
        """Whether the sentence that the confidence speaks of holds the answer."""
        return any((self.best if self.answer.refused else self.shown)[:1])

    @property
    def best_words(self) -> str:
        """What the reader likes best in the first sentence, if nothing were refused or held back."""
        return self.ranked[0].candidate.words if self.ranked else ""


def holds_answer(question: Question, article_id: str, start: int, end: int, text: str) -> bool:
    """Whether a piece of an article holds the answer.

    Where the data set gives spans, it has to hold one of them; else it has to be from the evidence and to have the
    words of an answer.
    """
    if question.spans:
        return any(doc == article_id and start <= first and last <= end for doc, first, last in question.spans)
    return article_id in question.docs and mentions(text, question.answers)


def holds_candidate(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence that was found holds the answer."""
    sentence = candidate.sentence
    return holds_answer(question, candidate.article.id, sentence.start, sentence.end, candidate.text)


def examine(assistant: Assistant, question: Question, *, fast: bool) -> Case:
    """Ask one question, and look at each step."""
    store = assistant.store
    text = question.text[: assistant.settings.max_question_characters]
    began = time.perf_counter()
    answer = assistant.ask(text, fast=fast)
    spent = 1000 * (time.perf_counter() - began)
    query = plan_query(store, text)
    fused = retrieve(store, query, top_k=max(DEPTHS), fast=True)
    hits = {
        "dense": [chunk for chunk, _ in store.search_vectors(query.vector, max(DEPTHS))],
        "words": [chunk for chunk, _ in store.catalog.search_words(query.search_terms, max(DEPTHS))],
    }
    chunks = store.catalog.find_chunks([chunk for row in hits.values() for chunk in row])
    found = {name: [chunks[chunk].article.id for chunk in row if chunk in chunks] for name, row in hits.items()}
    found["fused"] = [passage.article.id for passage in fused]
    parts = read_parts(store, text, top_k=assistant.settings.top_k, fast=fast)
    if not fast:
        found["reranked"] = [passage.article.id for part in parts for passage in part.passages]
    # A refusal's confidence is that of the best sentence of any part.
    ranked = max((part.ranked for part in parts), key=lambda items: items[0].probability if items else 0.0)
    return Case(question, found, fused[0].score if fused else 0.0, answer, ranked[:3], spent)


def measures(cases: Sequence[Case]) -> dict[str, str]:
    """All measures of some cases, by name, in the order in which they are printed."""
    answerable = [case for case in cases if case.question.answers]
    rows: dict[str, list[float]] = {}
    for case in answerable:
        for name, articles in case.found.items():
            for depth in DEPTHS:
                hit = not set(case.question.docs).isdisjoint(articles[:depth])
                rows.setdefault(f"recall@{depth}, {name}", []).append(hit)
        rows.setdefault("right sentence first", []).append(any(case.shown[:1]))
        rows.setdefault("right sentence among three", []).append(any(case.shown[:3]))
        rows.setdefault("right sentence first, nothing refused", []).append(any(case.best[:1]))
        rows.setdefault("right sentence among three, nothing refused", []).append(any(case.best))
        for name, words in (("short answer", case.answer.short or ""), ("best words", case.best_words)):
            rows.setdefault(f"{name}: exact match", []).append(exact_match(words, case.question.answers))
            rows.setdefault(f"{name}: F1", []).append(f1(words, case.question.answers))
        rows.setdefault("short answer given", []).append(case.answer.short is not None)
    refused = [case for case in cases if case.answer.refused]
    rows["refusal precision"] = [not case.question.answers for case in refused]
    rows["refusal recall"] = [case.answer.refused for case in cases if not case.question.answers]
    table = {name: _share(interval(values), len(values)) if values else "–" for name, values in rows.items()}
    right, sure = [case.right for case in cases], [case.answer.confidence or 0.0 for case in cases]
    table["risk-coverage area, fused score"] = _share(area_interval(right, [c.fused_score for c in cases]), len(cases))
    table["risk-coverage area, confidence"] = _share(area_interval(right, sure), len(cases))
    table["risk-coverage area, best possible"] = f"{risk_coverage_area(right, right):.3f}"
    table["calibration error of confidence"] = f"{calibration_error(right, sure):.3f}"
    times = [case.milliseconds for case in cases]
    table["ms a question, p50 / p95"] = f"{percentile(times, 0.5):.0f} / {percentile(times, 0.95):.0f}"
    return table


def _share(found: tuple[float, float, float], count: int) -> str:
    mean, low, high = found
    return f"{mean:.3f} [{low:.3f}, {high:.3f}] n={count}"


def reliability_table(cases: Sequence[Case]) -> Table:
    """How often answers of a confidence are right."""
    table = Table(title="confidence: how sure, how often right", title_justify="left")
    for heading in ("questions", "mean confidence", "right"):
        table.add_column(heading, justify="right")
    right = [case.right for case in cases]
    for count, sure, share in reliability(right, [case.answer.confidence or 0.0 for case in cases]):
        table.add_row(str(count), f"{sure:.2f}", f"{share:.2f}")
    return table


def main() -> None:
    """Ingest the corpus into a store, ask, print."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.research.reader", description="How well questions are answered."
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of a data set")
    parser.add_argument("--questions", type=int, default=300, help="how many, drawn at random (default: 300)")
    parser.add_argument("--seed", type=int, default=1, help="of the draw (default: 1)")
    parser.add_argument("--skip", type=int, default=0, help="pass over the first so many of the draw (default: 0)")
    parser.add_argument("--fast", action="store_true", help="without the reader")
    parser.add_argument("--store", type=Path, help="keep the store here, for the next run")
    parser.add_argument("--weights", type=Path, help="an ONNX file of the reader other than the shipped one")
    options = parser.parse_args()
    questions, note = draw(options.data, options.skip + options.questions, options.seed)
    questions = questions[options.skip :]
    console, beside = consoles()
    with ExitStack() as stack:
        folder = options.store or Path(stack.enter_context(tempfile.TemporaryDirectory())) / "store"
        assistant = stack.enter_context(Assistant.open(folder, settings=Settings()))
        progress = stack.enter_context(Progress(beside))
        if options.weights:
            assistant.store.reader = MiniLMReader(options.weights, sha256=None)
        assistant.ingest([options.data / "corpus.jsonl.gz"], label="data", progress=progress)
        cases = []
        for number, question in enumerate(questions):
            progress("asking", number, len(questions))
            cases.append(examine(assistant, question, fast=options.fast))
    about = len({doc for case in cases for doc in case.question.docs})
    title = f"{options.data.resolve().name}: {len(cases)} questions about {about} articles, seed {options.seed}; {note}"
    table = Table(title=title, title_justify="left")
    table.add_column("measure")
    table.add_column("share [95% interval]", justify="right")
    for name, value in measures(cases).items():
        table.add_row(name, value)
    console.print(table)
    console.print(reliability_table(cases))


if __name__ == "__main__":
    main()
