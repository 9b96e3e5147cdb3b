"""How well copies of a report are found among real articles: ``python -m evals.research.copies --data DIR``.

5,000 articles of the set, and edited copies of a sample of 500, one of each kind. By a hash of their ids the articles
fall into two halves: with ``--fitting`` the half that thresholds are chosen on, else the other. Printed are, for each
kind, how many of the edited articles are told to be copies of what they were made of; how many other articles they are
told to be copies of; how many pairs of the articles themselves are; and the time it takes. ``--pairs FILE`` writes
such pairs as JSON Lines, for somebody to judge: as text of their publishers, for no repository.

Edits change no figure, as editors do not; a kind of its own does.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.table import Table

from assistant.terminal.render import consoles
from evals.measures.metrics import share_interval
from index.analysis.near_copies import (
    MOST_DAYS,
    Shingled,
    are_copies,
    lookalikes,
    rows_of,
    shingled,
    signature,
)
from index.analysis.sentences import sentences_in
from index.training.sources import Article, load

ARTICLES, SAMPLE = 5_000, 500

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
"""A name inside a sentence."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What an outlet has at hand to edit a report: another article, and chance."""

    other: Article
    chance: random.Random

    def cut(self, text: str, share: float) -> str:
        """The first paragraphs and words, as many as make a share of the words."""
        words = list(re.finditer(r"\S+", text))
        return text[: words[max(0, round(share * len(words)) - 1)].end()]

    def sentences_reordered(self, text: str) -> str:
        """Every sentence in another place."""
        parts = [sentence for line in text.split("\n") if line.strip() for sentence in sentences_in(line)]
        self.chance.shuffle(parts)
        return " ".join(parts)

    def paragraphs_reordered(self, text: str) -> str:
        """Every paragraph in another place."""
        parts = [line for line in text.split("\n") if line.strip()]
        self.chance.shuffle(parts)
        return "\n".join(parts)

    def titled(self, text: str) -> str:
        """With another article's title as the first line."""
        return f"{self.other.title}\n\n{text}"

    def localised(self, text: str) -> str:
        """Three names changed throughout, and a paragraph of 40 to 80 words added."""
        here, there = (Counter(_NAME.findall(one)).most_common(3) for one in (text, self.other.text))
        for (old, _), (new, _) in zip(here, there, strict=False):
            text = re.sub(rf"\b{old}\b", new, text)
        lines = text.split("\n")
        lines.insert(self.chance.randrange(len(lines) + 1), self.paragraph())
        return "\n".join(lines)

    def opened(self, text: str) -> str:
        """With a paragraph of 40 to 80 words before it."""
        return f"{self.paragraph()}\n{text}"

    def paragraph(self) -> str:
        """40 to 80 words of another article."""
        words = self.other.text.split()
        first = self.chance.randrange(max(1, len(words) - 80))
        return " ".join(words[first : first + self.chance.randint(40, 80)])

    def edited(self, text: str, *, figures: bool = False) -> str:
        """Every twentieth word changed; figures too, or none."""
        words, others = re.split(r"(\s+)", text), re.findall(r"\b[a-z]+\b", self.other.text)
        for place in range(2 * self.chance.randrange(20), len(words), 40):  # between words are spaces
            if figures and words[place][:1].isdecimal():
                words[place] = str(self.chance.randint(2, 99))
            elif not any(map(str.isdecimal, words[place])):
                words[place] = self.chance.choice(others)
        return "".join(words)


KINDS: dict[str, Callable[[Desk, str], str]] = {
    "cut to 40 %": lambda desk, text: desk.cut(text, 0.4),
    "cut to 60 %": lambda desk, text: desk.cut(text, 0.6),
    "paragraphs re-ordered": lambda desk, text: desk.paragraphs_reordered(text),
    "sentences re-ordered": lambda desk, text: desk.sentences_reordered(text),
    "re-titled": lambda desk, text: desk.titled(text),
    "localised": lambda desk, text: desk.localised(text),
    "every 20th word changed": lambda desk, text: desk.edited(text),
    "every 20th word, figures too": lambda desk, text: desk.edited(text, figures=True),
    "cut to 40 %, re-titled": lambda desk, text: desk.titled(desk.cut(text, 0.4)),
    "cut to 40 %, localised": lambda desk, text: desk.localised(desk.cut(text, 0.4)),
    "cut to 40 %, every 20th word": lambda desk, text: desk.edited(desk.cut(text, 0.4)),
    "cut to 60 %, re-ordered, localised": lambda desk, text: desk.localised(
        desk.sentences_reordered(desk.cut(text, 0.6))
    ),
    "all: 60 %, re-ordered, titled, localised, every 20th": lambda desk, text: desk.edited(
        desk.localised(desk.titled(desk.sentences_reordered(desk.cut(text, 0.6))))
    ),
}


def half_of(articles: Sequence[Article], *, fitting: bool) -> list[Article]:
    """The articles of a half, by their ids."""
    return [one for one in articles if (hashlib.sha256(one.id.encode()).digest()[0] % 2 == 0) == fitting]


def pairs_of(texts: dict[str, Shingled], told: Callable[[str, float], None]) -> list[tuple[str, str]]:
    """The pairs that are copies; the seconds of each step are told."""
    start = time.process_time()
    names = list(texts)
    rows = rows_of([signature(texts[name]) for name in names])
    told("signatures", time.process_time() - start)
    start = time.process_time()
    near = [(names[other], name) for place, name in enumerate(names) for other in lookalikes(rows[place], rows[:place])]
    told(f"{len(near):,} lookalikes", time.process_time() - start)
    start = time.process_time()
    pairs = [(first, second) for first, second in near if are_copies(texts[first], texts[second])]
    told(f"{len(pairs):,} of them copies", time.process_time() - start)
    return pairs


def main() -> None:
    """Edit, find and print."""
    parser = argparse.ArgumentParser(prog="python -m evals.research.copies", description="Copies of a report.")
    parser.add_argument("--data", type=Path, required=True, help="a folder with corpus.jsonl.gz")
    parser.add_argument("--fitting", action="store_true", help="the half that thresholds are chosen on")
    parser.add_argument("--seed", type=int, default=7, help="of the sample and the edits")
    parser.add_argument("--pairs", type=Path, help="write the pairs of articles told to be copies here, to be judged")
    options = parser.parse_args()
    console, _ = consoles()
    every = load(options.data)[0]
    random.Random(options.seed).shuffle(every)
    every = every[:ARTICLES]
    table = Table("all articles", "seconds of one core", box=None, pad_edge=False)

    def told(step: str, seconds: float) -> None:
        table.add_row(step, f"{seconds:.2f}")

    start = time.process_time()
    texts = {one.id: shingled(one.text) for one in every}
    told(f"{len(texts):,} articles to shingles", time.process_time() - start)
    pairs = pairs_of(texts, told)
    console.print(table, "")

    half = half_of(every, fitting=options.fitting)
    sample = half_of(every[:SAMPLE], fitting=options.fitting)
    ids = {one.id for one in half}
    pairs = [(first, second) for first, second in pairs if first in ids and second in ids]
    console.print(recall_table(sample, half, {one: texts[one] for one in ids}, pairs, random.Random(options.seed)), "")
    console.print(
        f"two outlets, a paragraph before it: {twins_found(sample, half, random.Random(options.seed))} found", ""
    )
    days = read_days(options.data)
    soon = [pair for pair in pairs if abs((days[pair[0]] - days[pair[1]]).days) <= MOST_DAYS]
    console.print(f"{len(pairs)} pairs among the {len(half):,} articles of this half are told to be copies,")
    console.print(f"{len(soon)} of them published within {MOST_DAYS} days of each other")
    if options.pairs:
        by_id = {one.id: {"id": one.id, "title": one.title, "text": one.text} for one in half}
        rows = ([by_id[first], by_id[second]] for first, second in pairs)
        options.pairs.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def recall_table(
    sample: Sequence[Article],
    half: Sequence[Article],
    texts: dict[str, Shingled],
    pairs: list[tuple[str, str]],
    chance: random.Random,
) -> Table:
    """What share of the edited articles is found among the articles of a half, by kind of edit."""
    table = Table("kind", "edited", "found", "told of others", box=None, pad_edge=False)
    names = list(texts)
    rows = rows_of([signature(texts[name]) for name in names])
    near: defaultdict[str, set[str]] = defaultdict(set)
    for first, second in pairs:
        near[first].add(second)
        near[second].add(first)
    for kind, edit in KINDS.items():
        made = {f"{one.id} edited": shingled(edit(Desk(chance.choice(half), chance), one.text)) for one in sample}
        made_rows = dict(zip(made, rows_of([signature(text) for text in made.values()]), strict=True))
        found = {
            (name, names[place])
            for name, row in made_rows.items()
            for place in lookalikes(row, rows)
            if are_copies(made[name], texts[names[place]])
        }
        right = [(f"{one.id} edited", one.id) in found for one in sample]
        others = sum(old not in near[name.removesuffix(" edited")] for name, old in found) - sum(right)
        table.add_row(kind, str(len(sample)), share_of(right), str(others))
    return table


def twins_found(sample: Sequence[Article], half: Sequence[Article], chance: random.Random) -> str:
    """What share of reports is found that two outlets print, each with a paragraph of its own before it."""
    right = []
    for one in sample:
        first, second = (shingled(Desk(chance.choice(half), chance).opened(one.text)) for _ in range(2))
        rows = rows_of([signature(first), signature(second)])
        right.append(bool(lookalikes(rows[0], rows[1:])) and are_copies(first, second))
    return share_of(right)


def share_of(flags: Sequence[bool]) -> str:
    """A share with its interval."""
    share, low, high = share_interval([float(flag) for flag in flags])
    return f"{share:.3f} [{low:.3f}, {high:.3f}]"


def read_days(data: Path) -> dict[str, date]:
    """When the articles were published."""
    with gzip.open(data / "corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        return {row["id"]: date.fromisoformat(row["date"]) for row in map(json.loads, file)}


if __name__ == "__main__":
    main()
