"""A language model that reads sentences beside their quotes: do these bear them out?"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from assistant.model.openai import LanguageModel, Usage, read_briefly
from index.errors import ModelFailed
from index.languages.en.question_words import VERDICT
from prompts import load


def borne_out(model: LanguageModel, claims: Sequence[tuple[str, Sequence[str]]], usage: Usage) -> dict[int, bool]:
    """Which of some sentences their quotes bear out, as a model finds in one call; by their places, from 0.

    Each quote has its article's title and date before it. A sentence that the reply leaves out is left out. Raises
    ModelFailed, also where the reply says nothing of any.
    """
    prompt = load("support")
    usage.note(prompt)
    mark = "claim-" + hashlib.sha256("\0".join(text for text, _ in claims).encode()).hexdigest()[:8]
    shown = "\n\n".join(
        f"<{mark} number={number}>\nSENTENCE: {text}\n" + "\n".join(f"QUOTE: {one}" for one in quotes) + f"\n</{mark}>"
        for number, (text, quotes) in enumerate(claims, start=1)
    )
    written = read_briefly(model, prompt.messages(mark=f"<{mark}>", claims=shown), usage)
    said = VERDICT.findall(written)
    found = {int(number) - 1: word.lower() == "yes" for number, word in said if number}
    if len(claims) == 1 and len(said) == 1:  # a lone answer needs no number
        found = {0: said[0][1].lower() == "yes"}
    if found.keys().isdisjoint(range(len(claims))):
        raise ModelFailed(f"{model.name} was asked for yes or no and gave neither")
    return found
