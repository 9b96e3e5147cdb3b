"""Warm-up questions without annotators: recurring spans.

A name or number that stands in two sentences of different windows of one article is blanked in the
first sentence; that sentence is the question, the other window holds the answer. The idea is span
selection pre-training (Glass et al. 2020, arXiv:1909.04120; Ram et al. 2021, arXiv:2101.00438);
the blank is written as a question word so that the form is close to a question.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from index.training.sources import Article, Question
from index.training.text import sentences

_SPAN = re.compile(r"\b(?:[A-Z][\w’'-]+(?:\s(?:of|the|de|and|von|van)?\s?[A-Z][\w’'-]+){0,4}|\d[\d,.]*\d|\d{2,})")
_WORD = re.compile(r"[A-Za-z]{4,}")
_MONTHS = (
    "January", "February", "March", "April", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def _blank(span: str) -> str:
    if span in _MONTHS or re.fullmatch(r"(?:1[5-9]|20)\d\d", span):
        return "when"
    if span[0].isdigit():
        return "how many"
    return "who or what" if " " in span else "what"


def _pairs(article: Article) -> list[tuple[int, int, str, int]]:
    """(question sentence, answer sentence, span, its start there) of unlike sentences."""
    ranges = sentences(article.text)
    places: dict[str, list[tuple[int, int]]] = {}
    words = []
    for number, (start, end) in enumerate(ranges):
        piece = article.text[start:end]
        words.append({word.lower() for word in _WORD.findall(piece)})
        for hit in _SPAN.finditer(piece):
            if hit.start() > 0 and hit.group() not in article.title:
                places.setdefault(hit.group(), []).append((number, start + hit.start()))
    found = []
    for span, marks in places.items():
        if len(marks) > 6:
            continue
        own = {word.lower() for word in _WORD.findall(span)}
        for one, _ in marks:
            size = ranges[one][1] - ranges[one][0]
            if not 40 <= size <= 260:
                continue
            for two, at in marks:
                shared = len((words[one] & words[two]) - own)
                if abs(one - two) >= 2 and 2 <= shared < 0.8 * len(words[one]):
                    found.append((one, two, span, at))
    return found


def make(articles: Sequence[Article], seed: int, most: int = 48) -> list[Question]:
    """At most `most` questions an article, in a fixed order."""
    questions = []
    for article in articles:
        pairs = _pairs(article)
        random.Random(f"{seed}/{article.id}").shuffle(pairs)
        seen: set[tuple[int, str]] = set()
        ranges = sentences(article.text)
        for one, _two, span, at in pairs:
            if (one, span) in seen or len(seen) >= most:
                continue
            seen.add((one, span))
            start, end = ranges[one]
            text = re.sub(rf"\b{re.escape(span)}\b", _blank(span), article.text[start:end])
            questions.append(
                Question(f"cloze-{article.id}-{len(seen)}", text, (span,), (article.id,),
                         ((article.id, at, at + len(span)),), True, "cloze", (start, end))
            )  # fmt: skip
    return questions
