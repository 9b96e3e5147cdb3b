"""Small held-back stores that a run is measured on; nothing of them is trained on."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from index.training.sources import Article, Question
from index.training.teacher import reading
from index.training.teacher.claims import NAMES, lines
from index.training.teacher.example import JUDGE, LABELS, Example, Group
from index.training.text import sentences

PARTLY = {"supported": "S", "partially_supported": "X", "not_supported": "X"}


def some(groups: Iterable[Group], count: int, seed: int) -> list[Group]:
    """A fixed sample of groups."""
    found = list(groups)
    random.Random(seed).shuffle(found)
    return found[:count]


def squad(articles: Sequence[Article], questions: Sequence[Question], seed: int, count: int = 320) -> list[Group]:
    """Held-back questions of SQuAD 2.0: the gold window, and the paragraphs of those without an answer."""
    chosen = some([[item] for item in questions if item.source.startswith("squad")], count, seed)  # type: ignore[list-item,arg-type]
    asked: list[Question] = [group[0] for group in chosen]  # type: ignore[misc]
    texts = {article.id: article for article in articles}
    draw = random.Random(seed)
    found: list[Group] = []
    for item in asked:
        article = texts[item.docs[0]]
        if item.answers and item.spans:
            start, end = item.spans[0][1:]
            home = reading.around(article, start, end, 100, draw)
            found.append([Example(0, item.text, home.text, 1, "answer", (start - home.start, end - home.start))])
        else:
            found.append([Example(0, item.text, article.text, 0, "no answer")])
    return found


def wice(folder: Path) -> list[Group]:
    """Claims beside the sentences said to support them, or beside the likest part of the page where none do."""
    pages = {row["id"]: row["text"].split("\n") for row in lines(folder / "corpus.jsonl.gz")}
    found: list[Group] = []
    for row in lines(folder / "questions.jsonl.gz"):
        page = pages[row["evidence"][0]]
        label = LABELS.index(PARTLY[row["type"]])
        sets = {tuple(sorted(each)) for each in row["supporting_sentences"] if each}
        texts = [" ".join(page[place] for place in each if place < len(page)) for each in sorted(sets, key=len)][:1]
        if not texts:
            own = _words(row["question"])
            by_words = sorted(range(len(page)), key=lambda place: -len(own & _words(page[place])))
            texts = [" ".join(page[max(0, place - 1) : place + 2]) for place in by_words[:1]]
        found.append([Example(JUDGE, row["question"], text, label, row["type"]) for text in texts])
    return found


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.lower()))


def factor_news(folder: Path, count: int, seed: int) -> list[Group]:
    """A true sentence of a news text and three edited ones, beside the last sentences of that text (measure only)."""
    together: dict[str, Group] = {}
    for row in lines(folder / "factor_news.jsonl.gz"):
        marks = sentences(row["evidence"])
        begin = marks[max(0, len(marks) - 3)][0]
        item = Example(JUDGE, row["claim"], row["evidence"][begin:], LABELS.index(NAMES[row["label"]]), "edited")
        together.setdefault(row["group"], []).append(item)
    return some(together.values(), count, seed)


def xsum(folder: Path, count: int, seed: int) -> list[Group]:
    """One-sentence summaries of news, judged by people, beside the likest windows of the article (measure only)."""
    rows = [row for row in lines(folder / "xsum_hallucination.jsonl.gz") if "[UNK]" not in row["claim"]]
    good = [row for row in rows if row["label"] == "supported"]
    bad = [row for row in rows if row["label"] != "supported"]
    draw = random.Random(seed)
    found: list[Group] = []
    for row in draw.sample(good, min(len(good), count // 2)) + draw.sample(bad, count // 2):
        article = Article(row["id"], "", row["evidence"], "xsum")
        own = _words(row["claim"])
        near = sorted(reading.cut(article, 110), key=lambda window: -len(own & _words(window.text)))[:1]
        label = LABELS.index(NAMES[row["label"]])
        found.append([Example(JUDGE, row["claim"], window.text, label, "summary") for window in near])
    return found
