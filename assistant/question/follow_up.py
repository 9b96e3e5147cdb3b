"""A follow-up question to one that stands alone: "Why did he resign?" after a question about Ilse Torvald."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.model.openai import LanguageModel, Usage, read_briefly
from assistant.question.answer_type import answer_type, question_lead
from assistant.question.leaning import SURE, leaning
from assistant.types import REFUSAL
from index.analysis.mentions import name_spans
from index.analysis.terms import content_tokens, terms
from index.languages.en.follow_ups import AND, EMPTY, HE, HIS, IT, OBJECTS, THEIR, THEY, TIME, WHAT_ABOUT, WHO_IS
from prompts import load

Turn = tuple[str, str]
"""A question, as it was understood, and the text of its answer."""

_TURNS = 4
"""How many turns back a name is looked for."""

_SURE_WHERE_IT_LOOKS_SO = 0.2
"""Chosen on the messages that the classifier was fitted on: 2 of 142 that stand alone are changed so."""

_FEW = 3
"""Fewer words of content than these say little by themselves."""

_FEWEST = 2
"""Fewer words of content than these say nothing by themselves."""

_ADDED = re.compile(r" \([^()]+\)$")
"""What was put beside a question from those before it."""

_MOST_ANSWER = 600
"""Characters of an answer that a model is shown."""


def standalone(question: str, history: Sequence[Turn]) -> str:
    """A question with what it takes from the turns before put into it, by rule; most recent turn last.

    >>> standalone("Why did she resign?", [("When did Ilse Torvald resign?", "Ilse Torvald resigned in May.")])
    'Why did Ilse Torvald resign?'
    >>> standalone("And Ole Brandt?", [("When did Ilse Torvald resign?", "Ilse Torvald resigned in May.")])
    'When did Ole Brandt resign?'
    """
    history = [turn for turn in history if turn[1] != REFUSAL] or history  # what nothing answered says little
    if not history or not leans(question, history):
        return question
    asked = history[-1][0]
    about = WHAT_ABOUT.match(question)
    if about and _only_names(about[1]) and (spans := name_spans(asked)):
        start, end = spans[-1]
        return asked[:start] + about[1] + asked[end:]
    if about and TIME.fullmatch(about[1]) and len(times := list(TIME.finditer(asked))) == 1:
        return asked[: times[0].start()] + about[1] + asked[times[0].end() :]
    words = [word for word, _ in content_tokens(question)]
    lead = question_lead(question)
    if lead and not words:  # "Why?", "When was that?"
        before = question_lead(asked)
        return f"{AND.sub('', lead).strip().capitalize()}{asked[len(before) :]}" if before else f"{question} ({asked})"
    return _put(question, history)


def bare_of(understood: str) -> str | None:
    """A follow-up without what was put beside it, if it says what it is about: "When does the tram open?".

    None for one that stands alone, has a pronoun, or hardly a word of content: it says little without those before.

    >>> bare_of("When does the tram open? (presidents last speak)")
    'When does the tram open?'
    """
    bare = _ADDED.sub("", understood)
    leaning = any(pattern.search(bare) for pattern in (HE, HIS, THEY, THEIR, IT))
    return None if bare == understood or leaning or len([*content_tokens(bare)]) < _FEWEST else bare


def leans(question: str, history: Sequence[Turn]) -> bool:
    """Whether a question takes something from before; little has to say so where it looks like it: "he", two words."""
    pronouns = [match for pattern in (HE, HIS, THEY, THEIR) if (match := pattern.search(question))]
    if any(match.group().lower() in OBJECTS and match.end() >= len(question.rstrip("?! .")) for match in pronouns):
        return True
    bare = AND.sub("", question) or question
    unnamed = any(not _names(question[: match.start()]) for match in pronouns)
    vague = not _names(bare) and (IT.search(bare) is not None or len([*content_tokens(bare)]) < _FEW)
    return leaning(question, history) >= (_SURE_WHERE_IT_LOOKS_SO if unnamed or vague else SURE)


def names_for_pronouns(text: str, before: Sequence[str]) -> str:
    """A sentence with the name that one of those before has in place of its "he" or "their"; as it is if none has.

    >>> names_for_pronouns("She denied it.", ["Ilse Torvald resigned."])
    'Ilse Torvald denied it.'
    """
    return _named(text, [(one, "") for one in before]) or text


def _put(question: str, history: Sequence[Turn]) -> str:
    """Names in place of pronouns; where none is meant, what was asked before is put beside the question."""
    if named := _named(question, history):
        return named
    bare = AND.sub("", question) or question
    if _names(bare):
        return question  # it names what it is about
    there = {term for _, term in content_tokens(bare)}
    # What the last question is about it may not name either: "Did anyone survive?", "And who was flying?".
    before = [_ADDED.sub("", asked) for asked, _ in history[-_TURNS:]]
    about = next((asked for asked in reversed(before) if _names(asked)), before[-1])
    new = [word for word, term in content_tokens(about) if term not in there | EMPTY]
    return f"{bare} ({' '.join(new)})" if new else question


def _named(question: str, history: Sequence[Turn]) -> str | None:
    """With a name in place of its first pronoun, if there is one; None otherwise."""
    single, several = _referents(history)
    for pronoun, name in (
        (HE, single),
        (HIS, single and f"{single}'s"),
        (THEY, several),
        (THEIR, several and f"{several}'s"),
    ):
        match = pronoun.search(question)
        if not name or not match or name in question:
            continue
        # "Did Brandt say he would come?": he is Brandt; "What did Brandt say about him?": he is not.
        if match.group().lower() in OBJECTS or not _names(question[: match.start()]):
            return pronoun.sub(lambda _, name=name: name, question)  # type: ignore[misc]
    return None


def _referents(history: Sequence[Turn]) -> tuple[str, str]:
    """Whom "he" and whom "they" may stand for: who was asked for, else who was asked about."""
    for asked, answer in reversed(history[-_TURNS:]):
        names = _names(asked)
        given = [name for name in _names(answer) if not any(name in other or other in name for other in names)]
        if answer_type(asked) == "who" and given and not WHO_IS.match(asked):
            return given[0], given[0]
        if names:
            return names[0], " and ".join(names[:2])
    return "", ""


def _only_names(text: str) -> bool:
    named = " ".join(_names(text)).split()
    return bool(named) and all(word in named for word, _ in content_tokens(text)) and not question_lead(text)


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(text[start:end] for start, end in name_spans(text)))


def standalone_by(model: LanguageModel, question: str, history: Sequence[Turn], usage: Usage) -> str:
    """The same, written by a model; by rule where it gives nothing that could be the question. Raises ModelFailed."""
    shown = "\n".join(f"Question: {asked}\nAnswer: {answer[:_MOST_ANSWER]}" for asked, answer in history[-_TURNS:])
    prompt = load("standalone_question")
    usage.note(prompt)
    messages = prompt.messages(history=shown, question=question)
    written = read_briefly(model, messages, usage)
    lines = [line.strip(' "“”') for line in written.splitlines() if line.strip()]
    return lines[0] if len(lines) == 1 and _is_it(lines[0], question, history) else standalone(question, history)


def _is_it(written: str, question: str, history: Sequence[Turn]) -> bool:
    """Whether what a model wrote can be the question: no longer than it may be, and of words that were said."""
    said = {term for asked, answer in [(question, ""), *history[-_TURNS:]] for term in terms(f"{asked} {answer}")}
    content = {term for _, term in content_tokens(written)}
    return bool(content) and content <= said and len(written) <= 3 * len(question) + 200
