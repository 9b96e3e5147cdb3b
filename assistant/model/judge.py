"""A second language model that reads a sentence beside its quotes: do they bear it out?"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from assistant.model.openai import LanguageModel, Usage, read_briefly
from index.errors import ModelFailed
from index.languages.en.question_words import VERDICT
from prompts import load


def bears_out(model: LanguageModel, sentence: str, quotes: Sequence[str], usage: Usage) -> bool:
    """Whether a model finds that quotes, each with its article's title and date before it, bear out a sentence.

    Raises ModelFailed, also where its reply is neither yes nor no.
    """
    prompt = load("support")
    usage.note(prompt)
    mark = "quote-" + hashlib.sha256("\0".join([*quotes, sentence]).encode()).hexdigest()[:8]
    shown = "\n\n".join(f"<{mark}>\n{quote}\n</{mark}>" for quote in quotes)
    messages = prompt.messages(mark=f"<{mark}>", quotes=shown, sentence=sentence)
    written = read_briefly(model, messages, usage)
    verdicts: list[str] = VERDICT.findall(written)
    if not verdicts:
        raise ModelFailed(f"{model.name} was asked for yes or no and said neither")
    return verdicts[-1].lower() == "yes"
