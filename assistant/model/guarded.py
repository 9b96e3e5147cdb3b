"""What holds for every call of a language model: a budget, redaction, and a record of what was sent and came back."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing

from assistant.model.openai import Form, LanguageModel, Messages, Usage
from assistant.settings import Settings
from assistant.types import Sent
from assistant.user_data import Kept
from index.errors import ModelFailed

Redact = Callable[[str], str]
"""What is done to every text before it is sent."""


class Guarded:
    """A language model whose calls are counted against the day's budget, redacted, and kept with the answer."""

    def __init__(self, model: LanguageModel, settings: Settings, kept: Kept, redact: Redact | None = None) -> None:
        self.name = model.name
        self._model = model
        self._settings = settings
        self._kept = kept
        self._redact = redact or (lambda text: text)

    def write(
        self, messages: Callable[[Form], Messages], usage: Usage, *, structured: bool = False
    ) -> Generator[str, None, None]:
        """See ``LanguageModel``; raises ModelFailed also where the budget of the day is used up."""
        self._check_budget()
        before = self._cost(usage)
        sent: Messages = []
        written: list[str] = []

        def redacted(form: Form) -> Messages:
            sent[:] = [{**message, "content": self._redact(message["content"])} for message in messages(form)]
            return sent

        try:
            with closing(self._model.write(redacted, usage, structured=structured)) as pieces:
                for piece in pieces:
                    written.append(piece)
                    yield piece
        finally:
            usage.sent.append(Sent(self.name, tuple(sent), "".join(written)))
            if self._settings.budget:
                self._kept.spend(self._cost(usage) - before)

    def _check_budget(self) -> None:
        budget = self._settings.budget
        if budget and (spent := self._kept.spent()) >= budget:
            raise ModelFailed(
                f"the budget of today is used up: {spent:.2f} of {budget:.2f} spent (ASSISTANT_BUDGET); "
                "it starts anew at midnight UTC"
            )

    def _cost(self, usage: Usage) -> float:
        settings = self._settings
        return (usage.prompt_tokens * settings.price_in + usage.completion_tokens * settings.price_out) / 1e6
