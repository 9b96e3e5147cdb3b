"""How well quotes are found that a model has changed: ``python -m evals.research.quote_alignment --data DIR``.

DIR is a data set with ``corpus.jsonl.gz``. Quotes are cut from its articles at random and changed in the ways that
models do; a harmless change should still be found, in its own place, and one that makes another statement of it must
not be.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from assistant.terminal.render import consoles
from assistant.verification.align import locate
from index.analysis.layout import read_layout
from index.analysis.sentences import split_sentences
from index.languages.en.function_words import CALENDAR_WORDS, STOP_WORDS
from index.training.sources import Article, load

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LOWER = re.compile(r"(?<![\w'’-])[a-z]{4,}(?![\w'’-])")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
_VERB = re.compile(r"\b(is|are|was|were|has|had|will|would|can|could|did)\b(?! not|n't|n’t)")

Change = Callable[[str, random.Random, "Pool"], str | None]
"""A quote, changed; None where it has nothing to change."""


@dataclass(frozen=True, slots=True)
class Pool:
    """What other articles lend."""

    words: Sequence[str]
    names: Sequence[str]
    sentences: Sequence[str]


def _cut(quote: str, chance: random.Random, _: Pool) -> str | None:
    words = quote.split()
    begin = chance.randrange(len(words) // 3)
    return " ".join(words[begin : len(words) - chance.randrange(1, len(words) // 3)])


def _skip(quote: str, chance: random.Random, _: Pool) -> str | None:
    words = quote.split()
    begin = chance.randrange(2, len(words) - 5)
    return " ".join([*words[:begin], chance.choice(["...", "…", "[...]"]), *words[begin + chance.randrange(1, 4) :]])


def _recase(quote: str, chance: random.Random, _: Pool) -> str | None:
    return chance.choice([quote.lower(), quote.upper(), quote[0].swapcase() + quote[1:]])


def _repunctuate(quote: str, chance: random.Random, _: Pool) -> str | None:
    changed = quote.translate(str.maketrans("“”’‘–—-", "\"\"''---")).replace(" ", chance.choice([" ", "  ", "\n"]))
    changed = changed.replace(",", chance.choice([",", ""])) if not _NUMBER.search(changed) else changed
    return chance.choice([f'"{changed.rstrip(".")}"', changed.rstrip(".") + "…", f"- {changed}"])


def _other_word(quote: str, chance: random.Random, pool: Pool) -> str | None:
    matches = [match for match in _LOWER.finditer(quote) if match.group() not in STOP_WORDS | CALENDAR_WORDS]
    return _put(quote, chance.choice(matches), chance.choice(pool.words)) if matches else None


def _other_number(quote: str, chance: random.Random, _: Pool) -> str | None:
    matches = list(_NUMBER.finditer(quote))
    if not matches:
        return None
    match = chance.choice(matches)
    place = chance.choice([i for i, character in enumerate(match.group()) if character.isdecimal()])
    digit = str((int(match.group()[place]) + chance.randrange(1, 9)) % 10)
    return _put(quote, match, match.group()[:place] + digit + match.group()[place + 1 :])


def _other_name(quote: str, chance: random.Random, pool: Pool) -> str | None:
    matches = list(_NAME.finditer(quote))
    if not matches:
        return None
    match = chance.choice(matches)
    return _put(quote, match, chance.choice([name for name in pool.names if name != match.group()]))


def _negated(quote: str, chance: random.Random, _: Pool) -> str | None:
    if match := re.search(r" (?:not|never|no)\b|n['’]t\b", quote):
        return _put(quote, match, "")
    matches = list(_VERB.finditer(quote))
    if not matches:
        return None
    match = chance.choice(matches)
    return _put(quote, match, match.group() + chance.choice([" not", " never", "n't"]))


def _invented(_: str, chance: random.Random, pool: Pool) -> str | None:
    return chance.choice(pool.sentences)


def _mixed(quote: str, chance: random.Random, pool: Pool) -> str | None:
    words, others = quote.split(), chance.choice(pool.sentences).split()
    return " ".join([*words[: len(words) // 2], *others[len(others) // 2 :]])


def _put(text: str, match: re.Match[str], instead: str) -> str:
    return text[: match.start()] + instead + text[match.end() :]


HARMLESS: dict[str, Change] = {
    "as it stands": lambda quote, *_: quote,
    "cut at its ends": _cut,
    "words left out, with an ellipsis": _skip,
    "other case": _recase,
    "other punctuation and white space": _repunctuate,
    "one word changed": _other_word,
}
HARMFUL: dict[str, Change] = {
    "a number changed": _other_number,
    "a name changed": _other_name,
    "negated, or its negation dropped": _negated,
    "half of another sentence": _mixed,
    "invented": _invented,
}


def outcome(quote: str, changed: str, text: str, harmless: bool) -> str:
    """``right``, ``wrong`` or ``refused``: where a changed quote was found in the article that the quote is from."""
    span = locate(changed, text)
    if span is None:
        return "refused"
    begin = text.index(quote)
    shared = min(span.end, begin + len(quote)) - max(span.start, begin)
    there = shared >= 0.9 * (span.end - span.start) or _same(changed, text[span.start : span.end])
    return "right" if harmless and there else "wrong"


def _same(one: str, other: str) -> bool:
    """Whether two texts have the same words: cut to a few, a quote may stand in several places."""
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())


def draw(articles: Sequence[Article], chance: random.Random) -> tuple[str, str] | None:
    """A quote of 8 to 40 words and the text that it is from; None where the article drawn has none."""
    text = chance.choice(articles).text
    spans = [text[span.start : span.end] for span in split_sentences(text, read_layout(text))]
    fit = [quote for quote in spans if 8 <= len(quote.split()) <= 40 and "\n" not in quote]
    return (chance.choice(fit), text) if fit else None


def main() -> None:
    """Draw, change, locate, print."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.research.quote_alignment", description="Measure how quotes are found."
    )
    parser.add_argument("--data", type=Path, required=True, help="a folder with corpus.jsonl.gz")
    parser.add_argument("--each", type=int, default=100, help="quotes for each kind of change (default: 100)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print those that came out wrong")
    options = parser.parse_args()
    console, _ = consoles()
    articles, _ = load(options.data)
    chance = random.Random(options.seed)
    some = [drawn for _ in range(2000) if (drawn := draw(articles, chance))]
    quotes = [quote for quote, _ in some]
    pool = Pool(
        [word for quote in quotes for word in _LOWER.findall(quote) if word not in STOP_WORDS | CALENDAR_WORDS],
        [name for quote in quotes for name in _NAME.findall(quote) if name.lower() not in CALENDAR_WORDS],
        quotes,
    )
    table = Table("change", "quotes", "found right", "found wrong", "refused", "ms", box=None, pad_edge=False)
    for name, change in (HARMLESS | HARMFUL).items():
        counts = {"right": 0, "wrong": 0, "refused": 0}
        spent = 0.0
        while sum(counts.values()) < options.each:
            drawn = draw(articles, chance)
            if drawn is None:
                continue
            quote, text = drawn
            changed = change(quote, chance, pool)
            if changed is None or (name in HARMFUL and changed in text):
                continue
            begin = time.perf_counter()
            found = outcome(quote, changed, text, name in HARMLESS)
            spent += time.perf_counter() - begin
            counts[found] += 1
            if options.show and (found == "wrong" or (found == "refused" and name in HARMLESS)):
                console.print(f"{name}, {found}:\n  {quote}\n  {changed}", markup=False, soft_wrap=True)
        shown = [str(count) for count in counts.values()]
        table.add_row(name, str(options.each), *shown, f"{1000 * spent / options.each:.1f}")
    console.print(table)


if __name__ == "__main__":
    main()
