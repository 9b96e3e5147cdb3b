"""Stories written for the project: folders with articles.jsonl, questions.jsonl and claims.jsonl, in plain text.

`articles`: id, title, outlet, published, text (and story). `questions`: id, question, answerable, answers, kind, and
evidence as {article, sentence}. `claims`: claim, label (S, R, N or X), kind, quotes as {article, quote}, and pair,
which a true claim shares with its wrong twins. Sentences and quotes are verbatim. A fifth of the stories is held back.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from index.times.expression import Timex
from index.times.published import published_day
from index.times.spelled_out import spelled_out
from index.times.timex import find_times
from index.training.sources import Article
from index.training.teacher.corrupt import Around, choose, twins
from index.training.teacher.example import CHOICES, CHOOSE, JUDGE, LABELS, READ, Example, Group, shown
from index.training.teacher.reading import SIZES, Window, around, cut
from index.training.teacher.rewrite import edits
from index.training.teacher.split import held_story
from index.training.text import normalise, sentences
from index.types import Span

OF_A_DAY = ("plan-moved", "figure-revised", "office", "state")
"""Kinds of which an older answer was right on its day: what is wrong now is no example of what does not answer."""

SEVERAL_HOLD = ("state-now", "state-then", "sides", "said", "first-last", "list", "two-facts", *OF_A_DAY)
UNCLEAR = CHOICES.index("unclear")
FIGURES = frozenset(("number near", "number far", "scale", "year", "day", "series"))
ANSWERS = frozenset(("light", "answer", "broad", "short"))  # claims as a model writes them in an answer
CORRUPTED = 0.7  # of the true claims that one is made of with something wrong that stands nowhere near
EDITED = 0.4  # of the true claims that a harmless edit is made of: what a rule made must not come to mean wrong
CORRUPTED_ANSWERS = 0.25  # of those of ANSWERS: nearly word for word must not come to mean wrong
Place = tuple[Article, int, int]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()] if path.exists() else []


def _forms(answers: Sequence[str]) -> list[str]:
    return [f" {normalise(answer)} " for answer in answers]


class Stories:
    """One folder of stories, or of it those that are trained on or held back."""

    def __init__(self, folder: Path, training: bool, seed: int) -> None:
        self.folder, self.training, self.draw = folder, training, random.Random(f"{seed}/{folder.name}")
        self.rows = {
            row["id"]: row
            for row in _rows(folder / "articles.jsonl")
            if held_story(row.get("story") or folder.name + row["id"]) != training
        }
        self.articles = {name: Article(name, row["title"], row["text"], "own") for name, row in self.rows.items()}
        self.times: dict[str, list[Timex]] = {}
        self.around = Around.of("\n".join(article.text for article in self.articles.values()))
        every = [name for group in self.around.names.values() for name in group]
        plain = {word for article in self.articles.values() for word in article.text.split() if word.islower()}
        self.strangers = sorted({name for name in every if every.count(name) > 1 and name.lower() not in plain})
        for place, found in self.around.names.items():
            self.around.names[place] = [name for name in found if name in self.strangers]
        self.windows = [window for article in self.articles.values() for window in cut(article, 70)]
        self.plain = [f" {normalise(window.text)} " for window in self.windows]
        self.words = [set(plain.split()) for plain in self.plain]
        counts = Counter(word for words in self.words for word in words)
        self.rare = {word: math.log(1 + len(self.windows) / count) for word, count in counts.items()}

    def _place(self, evidence: dict[str, Any], key: str) -> Place | None:
        article = self.articles.get(evidence["article"])
        start = article.text.find(evidence[key]) if article else -1
        return None if article is None or start < 0 else (article, start, start + len(evidence[key]))

    def _shown(self, window: Window) -> tuple[str, int]:
        row = self.rows[window.article.id]
        front = [str(row.get("title", "")), str(row.get("outlet", "")), str(row.get("published", ""))]
        return shown(window.text, *front[: self.draw.choice((0, 1, 3, 3))])

    def _dated(self, window: Window) -> str:
        """A window with its days, its title, outlet and date, as evidence for claims is shown."""
        article, row = window.article, self.rows[window.article.id]
        if article.id not in self.times:
            spans = [Span(*place) for place in sentences(article.text)]
            self.times[article.id] = find_times(article.text, spans, published_day(row.get("published")))
        text = spelled_out(article.text, window.start, window.end, self.times[article.id])
        return shown(text, *(str(row.get(name, "")) for name in ("title", "outlet", "published")))[0]

    def _nearest(self, question: str) -> list[int]:
        """Windows by the rare words they share with a question."""
        own = set(normalise(question).split())
        weight = [sum(self.rare[word] for word in own & words) for words in self.words]
        return sorted(range(len(weight)), key=lambda number: -weight[number])

    def claims(self, *, answers: bool) -> list[Group]:
        """Claims beside what they quote, a true one together with its twins and in the same words of evidence."""
        together: dict[str, list[dict[str, Any]]] = {}
        for row in _rows(self.folder / "claims.jsonl"):
            if (row.get("kind") in ANSWERS) is answers:
                together.setdefault(row.get("pair") or row["id"], []).append(row)
        return [group for rows in together.values() if (group := self._judged(rows))]

    def _judged(self, rows: list[dict[str, Any]]) -> Group:
        told: dict[tuple[str, str], str] = {}
        group: Group = []
        for row in rows:
            places = [self._place(quote, "quote") for quote in row["quotes"]]
            if not places or any(place is None for place in places):
                continue
            texts: list[str] = []
            for quote, place in zip(row["quotes"], places, strict=True):
                key = (quote["article"], quote["quote"])
                if key not in told and place:
                    size = self.draw.choice((1, 30, 60) if len(places) == 1 else (1, 1, 30))
                    window = around(*place, size, self.draw)
                    told[key] = self._dated(window) if self.draw.random() < 0.9 else self._shown(window)[0]
                if told[key] not in texts:
                    texts.append(told[key])
            label = LABELS.index(row["label"])
            group.append(Example(JUDGE, row["claim"], "\n".join(texts), label, f"own {row.get('kind', '')}"))
        made = (way(item) for item in group for way in (self._corrupted, self._edited))
        return group + [twin for twin in made if twin]

    def _edited(self, item: Example) -> Example | None:
        """A true claim that says a little less, or the same in other words; only where it is trained on."""
        if not self.training or LABELS[item.label] != "S" or self.draw.random() > EDITED:
            return None
        found = edits(item.first, "", "", self.draw)
        kinds = sorted({kind for _, kind in found})
        if not kinds:
            return None
        chosen = self.draw.choice(kinds)
        text = self.draw.choice([text for text, kind in found if kind == chosen])
        return Example(JUDGE, text, item.second, item.label, f"own edited {chosen}")

    def _corrupted(self, item: Example) -> Example | None:
        """A true claim with one thing in it changed by rule; only where it is trained on."""
        share = CORRUPTED_ANSWERS if item.kind.removeprefix("own ") in ANSWERS else CORRUPTED
        if not self.training or LABELS[item.label] != "S" or self.draw.random() > share:
            return None
        made = twins(item.first, self.around, self.strangers, self.draw)
        figures = [twin for twin in made if twin.kind in FIGURES]
        found = choose(figures if figures and self.draw.random() < 0.75 else made, 1, self.draw)
        return Example(JUDGE, found[0].text, item.second, LABELS.index(found[0].label), f"own made {found[0].kind}",
                       weight=found[0].weight) if found else None  # fmt: skip

    def questions(self) -> tuple[list[Group], list[Group]]:
        """Reading groups and yes-or-no groups."""
        read: list[Group] = []
        choose: list[Group] = []
        for row in _rows(self.folder / "questions.jsonl"):
            places = [place for each in row["evidence"] if (place := self._place(each, "sentence"))]
            answers = [str(answer).strip() for answer in row.get("answers") or []]
            if not places and (row["evidence"] or held_story(self.folder.name + row["id"]) == self.training):
                continue
            tempting = [place for each in row.get("wrong", ()) if (place := self._place(each, "sentence"))]
            if not row["answerable"]:
                read.append(self._unanswered(row["question"], places or tempting))
                if row.get("kind") == "yes-no" and read[-1]:
                    item = read[-1][0]
                    choose.append([Example(CHOOSE, item.first, item.second, UNCLEAR, "own unclear")])
            elif normalise(answers[0]) in ("yes", "no") and places:
                window = around(*places[0], self.draw.choice(SIZES), self.draw)
                text, label = self._shown(window)[0], CHOICES.index(normalise(answers[0]))
                choose.append([Example(CHOOSE, row["question"], text, label, "own choice")])
                read.append([Example(READ, row["question"], text, 1, "own choice")])
                other = self.windows[self.draw.choice(self._nearest(row["question"])[1:8] or [0])]
                if other.article is not window.article and self.draw.random() < 0.4:
                    choose[-1].append(Example(CHOOSE, row["question"], self._shown(other)[0], UNCLEAR, "own unclear"))
            else:
                read += [self._answered(row, answers, place) for place in places[:2]]
                if row.get("kind") not in OF_A_DAY and read[-1]:
                    read[-1] += self._unanswered(row["question"], tempting) if tempting else []
        return [group for group in read if group], choose

    def _answered(self, row: dict[str, Any], answers: list[str], place: Place) -> Group:
        article, start, end = place
        window = around(article, start, end, self.draw.choice(SIZES), self.draw)
        text, shift = self._shown(window)
        low, high = shift + start - window.start, shift + end - window.start
        found = [(at, at + len(answer)) for answer in answers if (at := text.find(answer, low, high)) >= 0]
        group = [Example(READ, row["question"], text, 1, "own answer", found[0] if found else None)]
        if row.get("kind") not in SEVERAL_HOLD and found:
            forms = _forms(answers)
            others = [
                number
                for number in self._nearest(row["question"])[:12]
                if not any(form in self.plain[number] for form in forms)
                and not (self.windows[number].article is article and self._meets(self.windows[number], start, end))
            ]
            chosen = others[:1] if self.draw.random() < 0.5 else others[1:3]
            group += [
                Example(READ, row["question"], self._shown(self.windows[number])[0], 0, "own elsewhere")
                for number in chosen
            ]
        return group

    @staticmethod
    def _meets(window: Window, start: int, end: int) -> bool:
        return window.start < end and start < window.end

    def _unanswered(self, question: str, places: Iterable[Place]) -> Group:
        windows = [around(*place, self.draw.choice(SIZES), self.draw) for place in places]
        windows = windows or [self.windows[number] for number in self._nearest(question)[:2]]
        return [Example(READ, question, self._shown(window)[0], 0, "own no answer") for window in windows[:2]]


def load(folders: Iterable[Path], training: bool, seed: int) -> dict[str, list[Group]]:
    """Groups of all folders by kind."""
    found: dict[str, list[Group]] = {"own_claims": [], "own_answers": [], "own_reading": [], "own_choices": []}
    for folder in folders:
        stories = Stories(folder, training, seed)
        if not stories.articles:
            continue
        read, choose = stories.questions()
        found["own_claims"] += stories.claims(answers=False)
        found["own_answers"] += stories.claims(answers=True)
        found["own_reading"] += read
        found["own_choices"] += choose
    return found


def articles(folders: Iterable[Path], seed: int) -> list[Article]:
    """The articles of all folders that are trained on."""
    return [article for folder in folders for article in Stories(folder, True, seed).articles.values()]
