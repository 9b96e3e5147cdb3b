"""What a person sees first: what is in the corpus, and questions that it answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, combinations, dropwhile, islice
from typing import TypeVar

from assistant.api import Assistant
from assistant.pipeline import choose, is_answered, read_parts
from index.analysis.mentions import name_spans
from index.analysis.names import is_people
from index.analysis.terms import is_name
from index.errors import AssistantError, StoreMissing
from index.times.days import day_in_words
from index.types import Article

_Key = TypeVar("_Key", str, tuple[str, str])

EXAMPLES = 6
_SURE = 0.6
"""A question is offered only where its answer is as sure as this."""

_OUTLETS = 6
"""So many outlets are named."""

_ARTICLES = 60
"""So many articles, the newest, are looked at for names."""

_TRIED = 16
"""So many questions are tried at most, a tenth of a second each."""

_TITLES = frozenset(
    "president prime minister foreign defence interior finance chancellor king queen prince princess senator general"
    " leader mayor governor secretary chief judge bishop pope mr mrs ms dr sir lord lady the".split()
)


def summary(assistant: Assistant) -> str:
    """How many articles of which days and outlets there are, in one line."""
    try:
        catalog = assistant.store.catalog
    except StoreMissing:
        return "No articles yet. Add some in the tab “Articles”."
    count, span, outlets = catalog.counts()["articles"], catalog.days(), catalog.outlets()
    if not count:
        return "No articles yet. Add some in the tab “Articles”."
    parts = ["1 article" if count == 1 else f"{count:,} articles"]
    if span:
        first, last = map(day_in_words, span)
        parts.append(first if first == last else f"{first} to {last}")
    if undated := catalog.undated():
        parts.append(f"{undated:,} undated")
    if outlets:
        shown = ", ".join(islice(outlets, _OUTLETS))
        parts.append(shown + (f" and {len(outlets) - _OUTLETS:,} more" if len(outlets) > _OUTLETS else ""))
    return " · ".join(parts)


def examples(assistant: Assistant) -> list[str]:
    """Questions about whom the articles name most that are surely answered, six at most; none for an empty store."""
    try:
        catalog = assistant.store.catalog
        articles = catalog.by_day(None, _ARTICLES)
        return answered(assistant, _about(articles, _speakers(assistant, articles)), EXAMPLES)
    except AssistantError:
        return []


def follow_ups(assistant: Assistant, question: str, articles: Sequence[Article], most: int = 3) -> list[str]:
    """Questions about whom the passages of an answer name beside the question that are answered."""
    asked = question.casefold()
    about = _about(articles, _speakers(assistant, articles))
    candidates = (text for text in about if text.casefold() != asked)
    return answered(assistant, candidates, most)


def answered(assistant: Assistant, questions: Iterable[str], most: int) -> list[str]:
    """Those of some questions that are not refused, each with an answer of its own; no language model is asked."""
    found: dict[str, str] = {}
    settings = assistant.settings
    for question in islice(dict.fromkeys(questions), _TRIED):
        parts = read_parts(assistant.store, question, top_k=settings.top_k, fast=settings.fast, now=date.today())
        selections = [choose(part, date.today()) for part in parts]
        text = " ".join(item.candidate.text for selection in selections for item in selection.chosen)
        sure = all(one.confidence is None or one.confidence >= _SURE for one in selections)
        if is_answered(selections) and sure and text not in found:
            found[text] = question
        if len(found) == most:
            break
    return list(found.values())


def _speakers(assistant: Assistant, articles: Sequence[Article]) -> set[str]:
    """The words of the names of those who say something: a person, not a building or a newspaper's section."""
    return {
        word
        for article in articles
        for sentence in assistant.store.catalog.analysis(article)
        for start, end in sentence.speakers
        for word in article.text[start:end].split()
    }


def _about(articles: Sequence[Article], speakers: set[str]) -> Iterator[str]:
    """Questions about the people that most articles name, and about two that most lines name together."""
    named = [[_names(line) for line in article.text.split("\n")] for article in articles]
    alone = {words[0] for lines in named for line in lines for words in line if len(words) == 1}
    # Whom the news names in full once and by the last name from there on is a person.
    borne = {(words[-1], words[0]): words for lines in named for line in lines for words in line
             if _is_person(words, alone)}  # fmt: skip
    once = Counter(last for last, _ in borne)
    # A last name that two people bear would make one of them.
    full = {last: words for (last, _), words in borne.items() if once[last] == 1}
    people = Counter(
        name for lines in named for name in {words[-1] for line in lines for words in line} if name in full
    )
    pairs = Counter(
        pair
        for lines in named
        for line in lines
        for pair in combinations(sorted({words[-1] for words in line if words[-1] in full}), 2)
    )
    best = _most(people)
    both = sorted(_most(pairs), key=speakers.isdisjoint)
    # Who says something is a person; a word of the dictionary may be a building's.
    best.sort(key=lambda name: (name not in speakers, not is_name(name.lower())))
    rows = (
        [f"When did {one} and {other} last speak?" for one, other in both[:2]],
        [f"Who is {' '.join(full[name])}?" for name in best[:4]],
        [f"What did {' '.join(full[name])} say?" for name in best[:4]],
        [f"What is the latest on {' '.join(full[name])}?" for name in best[:4]],
    )
    for turn in range(max(map(len, rows))):
        yield from chain.from_iterable(row[turn : turn + 1] for row in rows)


def _names(line: str) -> list[list[str]]:
    """The names in a line, word by word, without titles and peoples before them: "French President Emmanuel Macron"."""
    rows = (line[slice(*span)].split() for span in name_spans(line))
    return [kept for row in rows if (kept := list(dropwhile(_is_title, row)))]


def _is_title(word: str) -> bool:
    return word.lower() in _TITLES or is_people(word)


def _is_person(words: Sequence[str], last: set[str]) -> bool:
    return (
        2 <= len(words) <= 3
        and words[-1] in last
        and all(word[:1].isupper() and word.isalpha() for word in words)
        and any(is_name(word.lower()) for word in words)
    )


def _most(counted: Counter[_Key]) -> list[_Key]:
    """The most frequent first, of equals in their own order."""
    return sorted(counted, key=lambda key: (-counted[key], key))
