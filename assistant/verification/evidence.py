"""A quote as it is put beside a claim: with the days it means, whom its "he" stands for, and its article's heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.analysis.coreference import find_antecedent, leaning_word
from index.analysis.tables import spelled_row
from index.analysis.types import SentenceAnalysis
from index.models.large_reader import heading
from index.times.days import WEEKDAYS, day_in_words
from index.times.expression import Timex
from index.times.published import published_day
from index.times.spelled_out import spelled_out
from index.types import Article, Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a claim may rest on."""

    text: str
    """A quote, with what explains it."""
    heading: str = ""
    """Title, outlet and date of its article."""
    day: str = ""
    """That date in words, with its weekday."""

    def __str__(self) -> str:
        return f"{self.heading} : {self.text}" if self.heading else self.text


def evidence_of(article: Article, quote: Span, around: Sequence[SentenceAnalysis]) -> Evidence:
    """A quote of an article, of whole sentences; ``around`` are the sentences of the article, in order."""
    times = [timex for sentence in around for timex in sentence.times]
    text = _dated(article, quote, times)
    own = [sentence for sentence in around if quote.start <= sentence.start and sentence.end <= quote.end]
    if own and leaning_word(article.text, own[0]):
        before = find_antecedent(article.text, around, own[0])
        text = f"{_dated(article, before, times)} {text}" if before else text
    published = published_day(article.published)
    day = f"{WEEKDAYS[published.weekday()]}, {day_in_words(published)}" if published else ""
    return Evidence(text, heading(article.title, article.outlet, article.published), day)


def _dated(article: Article, span: Span | SentenceAnalysis, times: Sequence[Timex]) -> str:
    row = spelled_row(article.text, span.start, span.end)
    return row.text if row else spelled_out(article.text, span.start, span.end, times)
