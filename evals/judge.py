"""A language model's opinion on whether an answer is right, asked both ways round, kept so that it is asked once.

Without a judge all is measured by rules (``right``). A judge's opinion stands beside them and never in their place; how
often the two agree is part of a run.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from assistant.model import LanguageModel, Usage, read_briefly
from evals.cases import Case
from index.errors import ModelFailed
from prompts import load

Json = Mapping[str, Any]
Judge = Callable[[Case, Json], float | None]
"""From a case and an answer's JSON to 1 for right, 0 for wrong, None where it has no opinion."""

_VERDICT = re.compile(r"\b(yes|no)\b", re.IGNORECASE)


class ModelJudge:
    """A language model at temperature 0 that says whether an answer tells the same as what is accepted.

    It is asked twice, the answers in both orders (Wang and others 2023, arXiv:2305.17926); two opinions are none, and
    so is a reply that is neither yes nor no.
    ``kept`` is the file that holds its replies, by a hash of the model's name and all that it was sent: a run that is
    judged again sends nothing. A reply without an opinion is not kept, and a model that fails has none.
    """

    def __init__(self, model: LanguageModel, kept: Path) -> None:
        self.model = model
        self.usage = Usage()
        self._kept = kept
        self._lock = threading.Lock()
        self._replies: dict[str, str] = {}
        if kept.exists():
            for line in kept.read_text(encoding="utf-8").split("\n"):
                with suppress(ValueError, KeyError, TypeError):  # a line that was being written when all stopped
                    row = json.loads(line)
                    self._replies[row["key"]] = row["reply"]

    @property
    def version(self) -> str:
        """The model's name and the version of the prompt."""
        return f"{self.model.name}, judge_answer {load('judge_answer').version}"

    def __call__(self, case: Case, answer: Json) -> float | None:
        """1 or 0; None for a refusal, for what has no accepted words, and where the order decides."""
        accepted = case.in_words
        if not accepted or answer["refused"]:
            return None
        said = str(answer["answer"])
        opinions = {self._same(case.question, *pair) for pair in ((accepted, said), (said, accepted))}
        return opinions.pop() if len(opinions) == 1 else None

    def _same(self, question: str, first: str, second: str) -> float | None:
        mark = "text-" + hashlib.sha256("\0".join((question, first, second)).encode()).hexdigest()[:8]
        messages = load("judge_answer").messages(mark=mark, question=question, first=first, second=second)
        sent = json.dumps([self.model.name, messages], ensure_ascii=False)
        key = hashlib.sha256(sent.encode()).hexdigest()
        reply = self._replies.get(key)
        if reply is None:
            try:
                reply = read_briefly(self.model, messages, self.usage)
            except ModelFailed:
                return None
            if not _VERDICT.search(reply):
                return None
            with self._lock:
                self._replies[key] = reply
                self._kept.parent.mkdir(parents=True, exist_ok=True)
                with self._kept.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"key": key, "reply": reply}, ensure_ascii=False) + "\n")
        verdicts: list[str] = _VERDICT.findall(reply)
        return float(verdicts[-1].lower() == "yes") if verdicts else None


def by_evaluator(evaluator: Any) -> Judge:
    """A LlamaIndex evaluator with a reference answer, such as ``CorrectnessEvaluator``, as a judge.

    Its ``passing`` decides; where it has none, there is no opinion.
    """

    def judge(case: Case, answer: Json) -> float | None:
        accepted = case.in_words
        if not accepted:
            return None
        quotes = [citation["quote"] for citation in answer["citations"]]
        found = evaluator.evaluate(
            query=case.question, response=str(answer["answer"]), contexts=quotes, reference=accepted
        )
        return None if found.passing is None else float(found.passing)

    return judge
