"""A language model's opinion on whether an answer is right, asked both ways round, kept so that it is asked once.

Without a judge all is measured by rules (``right``). A judge's opinion stands beside them and never in their place; how
often the two agree is part of a run.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from assistant.model.openai import LanguageModel, Usage, read_briefly
from evals.cases import Case
from index.errors import ModelFailed
from prompts import load

Json = Mapping[str, Any]
Judge = Callable[[Case, Json], float | None]
"""From a case and an answer's JSON to 1 for right, 0 for wrong, None where it has no opinion."""

_VERDICT = re.compile(r"\W*(?:(?:the )?(?:answer|verdict)(?: is)?\W+)?(?P<word>yes|no)\b", re.IGNORECASE)


class Replies:
    """What was replied to what was sent, in a file of JSON lines, by a hash of all that was sent."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._held: dict[str, str] = {}
        if path.exists():
            for line in path.read_text(encoding="utf-8").split("\n"):
                with suppress(ValueError, KeyError, TypeError):  # a line that was being written when all stopped
                    row = json.loads(line)
                    self._held[row["key"]] = row["reply"]

    @staticmethod
    def key(*sent: Any) -> str:
        """The sha256 of what is sent and to whom."""
        return hashlib.sha256(json.dumps(sent, ensure_ascii=False, default=str).encode()).hexdigest()

    def get(self, key: str) -> str | None:
        """What was replied, or None."""
        return self._held.get(key)

    def keep(self, key: str, reply: str) -> None:
        """Write a reply behind the others."""
        with self._lock:
            self._held[key] = reply
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"key": key, "reply": reply}, ensure_ascii=False) + "\n")


class ModelJudge:
    """A language model at temperature 0 that says whether an answer tells the same as what is accepted.

    It is asked twice, the answers in both orders (Wang and others 2023, arXiv:2305.17926); two opinions are none, and
    so is a reply that is neither yes nor no.
    ``kept`` is the file that holds its replies, by a hash of the server, the model's name and all that it was sent: a
    run that is judged again sends nothing. A reply that does not begin with yes or no is no opinion and not kept, and a
    model that fails has none. ``usage`` is what it has used.
    """

    def __init__(self, model: LanguageModel, kept: Path) -> None:
        self.model = model
        self.usage = Usage()
        self._replies = Replies(kept)

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
        key = Replies.key(os.environ.get("OPENAI_BASE_URL"), self.model.name, messages)
        reply = self._replies.get(key)
        if reply is None:
            try:
                reply = read_briefly(self.model, messages, self.usage)
            except ModelFailed:
                return None
            if not _VERDICT.match(reply):
                return None
            self._replies.keep(key, reply)
        verdict = _VERDICT.match(reply)
        return float(verdict["word"].lower() == "yes") if verdict else None


class EvaluatorJudge:
    """A LlamaIndex evaluator with a reference answer, such as ``CorrectnessEvaluator``, as a judge.

    Its ``passing`` decides; where it has none, there is no opinion. Its opinions are kept in the file ``kept``, by a
    hash of its class, its model, its prompts and all that it was given: a run that is judged again asks nothing. The
    temperature is set where the model is made.
    """

    def __init__(self, evaluator: Any, kept: Path) -> None:
        self._evaluator = evaluator
        self._replies = Replies(kept)
        model = getattr(evaluator, "_llm", None)
        prompts = {name: prompt.get_template() for name, prompt in evaluator.get_prompts().items()}
        self._about = [type(evaluator).__name__, model.metadata.model_name if model else None, prompts]

    @property
    def version(self) -> str:
        """The evaluator's class, its model's name, and eight digits of the sha256 of both and its prompts."""
        name, model, _ = self._about
        return f"{name}, {model}, {Replies.key(self._about)[:8]}"

    def __call__(self, case: Case, answer: Json) -> float | None:
        """1 or 0; None for a refusal, for what has no accepted words, and where the evaluator has no opinion."""
        if not case.in_words or answer["refused"]:
            return None
        quotes = [citation["quote"] for citation in answer["citations"]]
        given = {"query": case.question, "response": str(answer["answer"]), "contexts": quotes}
        given["reference"] = case.in_words
        key = Replies.key(self._about, given)
        if (kept := self._replies.get(key)) is not None:
            return float(kept)
        passing = self._evaluator.evaluate(**given).passing
        if passing is None:
            return None
        self._replies.keep(key, str(float(passing)))
        return float(passing)
