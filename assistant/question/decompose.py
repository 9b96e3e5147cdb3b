"""A question that needs several facts to the questions that look them up, one after the other or side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.model.openai import LanguageModel, Usage, read_briefly
from prompts import load

MOST_STEPS = 4
MOST_QUERIES = 6
_MOST_CHARACTERS = 2000

_STEP = re.compile(r"\W*(?:\d+[.):]\s*)?(\w.+)")
_REFERENCE = re.compile(r"#(\d)")


def plan_steps(model: LanguageModel, question: str, usage: Usage) -> list[str]:
    """The questions to look up in turn, by one call of a model; none if it can be looked up at once.

    ``#1`` stands for the answer of the first. Anything that is not such a plan counts as none. Raises ModelFailed.
    """
    prompt = load("plan")
    usage.note(prompt)
    messages = prompt.messages(question=question)
    written = read_briefly(model, messages, usage)
    lines = [line.strip() for line in written[:_MOST_CHARACTERS].splitlines() if line.strip()]
    steps = [match[1] for line in lines if (match := _STEP.match(line))]
    return steps if 2 <= len(steps) <= MOST_STEPS and all(map(_is_step, range(len(steps)), steps)) else []


def plan_queries(model: LanguageModel, question: str, day: str, found: Sequence[str], usage: Usage) -> list[str]:
    """The questions that look a broad one up from several sides, by one call of a model; it is asked on a ``day``.

    The model sees what was ``found`` first, a line each, so that it asks by names and events that the articles have.
    What is no question is passed over. Raises ModelFailed.
    """
    prompt = load("queries")
    usage.note(prompt)
    told = "\n".join(f"- {' '.join(line.split())}" for line in found) or "nothing"
    written = read_briefly(model, prompt.messages(question=question, day=day, found=told), usage)
    lines = [match[1].strip() for line in written[:_MOST_CHARACTERS].splitlines() if (match := _STEP.match(line))]
    return [line for line in dict.fromkeys(lines) if len(line) <= 300 and line.endswith("?")][:MOST_QUERIES]


def _is_step(number: int, step: str) -> bool:
    refers = [int(reference) for reference in _REFERENCE.findall(step)]
    return len(step) <= 300 and step.endswith("?") and all(1 <= reference <= number for reference in refers)


def take_steps(steps: list[str], look_up: Callable[[str], str]) -> list[str]:
    """The steps with the answers of earlier ones in place of ``#1`` and so on; ends where an answer is missing.

    >>> take_steps(["Who runs Esk?", "When was #1 born?"], {"Who runs Esk?": "Ole", "When was Ole born?": ""}.get)
    ['Who runs Esk?', 'When was Ole born?']
    """
    taken: list[str] = []
    answers: list[str] = []
    for step in steps:
        needed = [int(reference) for reference in _REFERENCE.findall(step)]
        if any(not answers[reference - 1] for reference in needed):
            break
        taken.append(_REFERENCE.sub(lambda match: answers[int(match[1]) - 1], step))
        answers.append(look_up(taken[-1]))
    return taken
