"""Minimal pairs from plain text: a sentence that its context supports, and twins that differ in one thing and are not.

Evidence is the sentence with its neighbours, often with a line of title, outlet and date in front. At times the same
change is made to the evidence as well, so that neither the claim nor the evidence alone tells the label.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.training.sources import Article, unit
from index.training.teacher.corrupt import RARE, Around, Twin, choose, twins
from index.training.teacher.example import JUDGE, LABELS, Example, Group, shown
from index.training.teacher.rewrite import edits
from index.training.teacher.scan import names
from index.training.teacher.wordlists import MONTHS
from index.training.text import sentences

OUTLETS = ("The Morning Courier", "Harbour Gazette", "National Dispatch", "Valley Tribune", "Evening Ledger",
           "Capital Wire", "Northern Herald", "The Observer Post")  # fmt: skip
REVERSIBLE = frozenset({"number near", "number far", "scale", "year", "day", "series", "people", "name near",
                        "name far", "roles", "negation in", "negation out", "opposite", "speaker"})  # fmt: skip
MOST_SENTENCES = 24
_SPACED = re.compile(r" (?=[,.;:)%]|'s\b|n't\b)|(?<=\() ")
_WORDY = re.compile(r"[a-z]{2,}")
S, N = LABELS.index("S"), LABELS.index("N")


def clean(text: str) -> str:
    """Text without the spaces that some sets put around punctuation, one paragraph a line."""
    return "\n".join(" ".join(_SPACED.sub("", line).split()) for line in text.splitlines())


def good(sentence: str) -> bool:
    """Whether a sentence can be told alone: plain prose, of a middling length, closed."""
    words = sentence.split()
    return (
        6 <= len(words) <= 42 and sentence[0].isupper() and sentence[-1] == "."
        and len(_WORDY.findall(sentence)) >= 0.5 * len(words) and sentence.count("(") == sentence.count(")")
        and sentence.count('"') % 2 == 0
        and not re.search(r"https?:|doi|[|{}<>=_]|\bet al\b|\[\d", sentence)
    )  # fmt: skip


def fragment(old: str, new: str) -> tuple[str, str]:
    """The least run of whole words in which two texts differ, with a word more on each side."""
    one, other = old.split(" "), new.split(" ")
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < min(len(one), len(other)) - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    head, tail = max(0, head - 1), max(0, tail - 1)
    return " ".join(one[head : len(one) - tail]), " ".join(other[head : len(other) - tail])


def _wrong(twin: Twin, claim: str, evidence: str) -> Example:
    """The example of a claim that is wrong for the reason that its twin was made for."""
    return Example(JUDGE, claim, evidence, LABELS.index(twin.label), twin.kind, weight=twin.weight)


@dataclass(frozen=True)
class Told:
    """One article with its cleaned text, the ranges of its sentences, and what may be mixed up in it."""

    article: Article
    text: str
    marks: list[tuple[int, int]]
    around: Around

    def sentence(self, number: int) -> str:
        """One sentence."""
        return self.text[slice(*self.marks[number])]


class Pairs:
    """Groups of one article at a time."""

    def __init__(self, articles: Sequence[Article], seed: int) -> None:
        self.seed = seed
        self.texts = {article.id: clean(article.text) for article in articles}
        self.articles = articles
        self.by_unit: dict[str, list[Article]] = {}
        strangers: set[str] = set()
        for article in articles:
            self.by_unit.setdefault(unit(article), []).append(article)
            text = self.texts[article.id][:1500]
            strangers.update(text[start:end] for start, end in names(text))
        self.strangers = sorted(name for name in strangers if 3 <= len(name) <= 30)

    def groups(self) -> Iterator[Group]:
        """All groups, articles in shuffled order."""
        order = list(self.articles)
        random.Random(self.seed).shuffle(order)
        for article in order:
            yield from self.article(article)

    def article(self, article: Article) -> Iterator[Group]:
        """Groups of one article; sentences in which a rare kind of change applies give two."""
        draw = random.Random(f"{self.seed}/{article.id}")
        text = self.texts[article.id]
        told = Told(article, text, sentences(text), Around.of(text[:12000]))
        numbers = [number for number in range(len(told.marks)) if good(told.sentence(number))]
        draw.shuffle(numbers)
        for number in numbers[:MOST_SENTENCES]:
            if group := self._one(told, number, draw):
                yield group
            rare = [
                twin for twin in twins(told.sentence(number), told.around, self.strangers, draw) if twin.kind in RARE
            ]
            if rare and (group := self._one(told, number, draw, RARE)):
                yield group

    def _front(self, article: Article, draw: random.Random) -> list[str]:
        day = f"{draw.randint(1, 28)} {draw.choice(MONTHS)} {draw.randint(2005, 2026)}"
        if draw.random() < 0.3:
            day = f"{draw.randint(2005, 2026)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
        ways = (
            [],
            [article.title],
            [article.title, day],
            [draw.choice(OUTLETS), day],
            [article.title, draw.choice(OUTLETS), day],
        )
        return draw.choices(ways, (40, 25, 15, 8, 12))[0]

    def _kept(self, sentence: str, before: str, title: str, draw: random.Random) -> tuple[str, str]:
        """The sentence, or what is left of it after up to two harmless edits."""
        text, kinds = sentence, []
        for chance in (0.72, 0.35):
            found = edits(text, before if not kinds else "", title, draw)
            if not found or draw.random() > chance:
                break
            sorts = sorted({kind for _, kind in found})
            kind = draw.choice(sorts)
            text = draw.choice([each for each, sort in found if sort == kind])
            kinds.append(kind)
        return text, ", ".join(kinds) or "verbatim"

    def _one(self, told: Told, number: int, draw: random.Random, only: frozenset[str] = frozenset()) -> Group:
        """A sentence, kept or lightly edited, and its twins; `only` limits the kinds of change."""
        article, marks = told.article, told.marks
        sentence = told.sentence(number)
        before = told.sentence(number - 1) if number else ""
        low, high = number, number
        for _ in range(draw.choice((0, 0, 1, 1, 2, 3))):
            ways = [(low - 1, high)] * (low > 0) + [(low, high + 1)] * (high + 1 < len(marks))
            ways = [way for way in ways if len(told.text[marks[way[0]][0] : marks[way[1]][1]].split()) <= 95]
            if not ways:
                break
            low, high = draw.choice(ways)
        claim, kind = self._kept(sentence, before if low < number else "", article.title, draw)
        front = self._front(article, draw)
        evidence = [told.sentence(place) for place in range(low, high + 1)]
        if kind.startswith("named") and not front and low == number:
            return []
        many = 1 if draw.random() < 0.6 else 2
        found = [twin for twin in twins(claim, told.around, self.strangers, draw) if not only or twin.kind in only]
        chosen = choose(found, many, draw)
        second = ""
        others = [place for place in range(low, high + 1) if place != number and good(evidence[place - low])]
        if others and len(claim.split()) < 22 and draw.random() < 0.15:
            second = " " + evidence[draw.choice(others) - low]
        shown_text = shown(" ".join(evidence), *front)[0]
        group = [Example(JUDGE, claim + second, shown_text, S, f"kept {kind}")]
        group += [_wrong(twin, twin.text + second, shown_text) for twin in chosen]
        if len(chosen) == 1 and chosen[0].kind in REVERSIBLE and draw.random() < 0.5:
            group += self._turned(claim, chosen[0], evidence, number - low, front, second)
        if draw.random() < 0.22:
            group += self._elsewhere(told, (low, high), claim, shown_text, draw)
        return group if len(group) > 1 else []

    def _turned(self, claim: str, twin: Twin, evidence: list[str], place: int, front: list[str], second: str) -> Group:
        """The same change in the evidence: what was right is wrong beside it, and the twin is right."""
        old, new = fragment(claim, twin.text)
        sentence = evidence[place]
        if sentence.count(old) != 1 or (second and second.strip() == sentence):
            return []
        changed = [*evidence[:place], sentence.replace(old, new), *evidence[place + 1 :]]
        text = shown(" ".join(changed), *front)[0]
        return [
            _wrong(twin, claim + second, text),
            Example(JUDGE, twin.text + second, text, S, f"kept {twin.kind}", weight=twin.weight),
        ]

    def _elsewhere(
        self, told: Told, shown_range: tuple[int, int], claim: str, evidence: str, draw: random.Random
    ) -> Group:
        """A sentence of the same title that the evidence says nothing of, alone or behind the claim."""
        low, high = shown_range
        pool = [told.sentence(place) for place in range(len(told.marks)) if not low <= place <= high]
        for other in self.by_unit[unit(told.article)][:12]:
            if other is not told.article:
                pool += [self.texts[other.id][a:b] for a, b in sentences(self.texts[other.id])[:12]]
        pool = [each for each in pool if good(each) and len(each.split()) < 30]
        if not pool:
            return []
        stranger = draw.choice(pool)
        if len(claim.split()) + len(stranger.split()) < 40 and draw.random() < 0.35:
            return [Example(JUDGE, f"{claim} {stranger}", evidence, LABELS.index("X"), "half elsewhere")]
        return [Example(JUDGE, stranger, evidence, N, "elsewhere")]


def groups(articles: Sequence[Article], seed: int) -> Iterator[Group]:
    """Minimal pairs of all articles."""
    return Pairs(articles, seed).groups()
