"""Sentences that were chosen, quoted word for word: an answer's text, sentences, citations and annotations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.answer.date_notes import dates_told, whole_times
from assistant.answer.year_inference import Inferred, dated_by_another, infer_year
from assistant.evidence.candidates import Evidence
from assistant.types import Annotation, Citation, Sentence
from index.analysis.coreference import find_antecedent, leaning_word
from index.storage.store import Store
from index.times.timex import Timex
from index.types import Article, Span


class Place(NamedTuple):
    """Where a quote stands, and in it the words that matter most."""

    article: Article
    span: Span
    mark: tuple[int, int] | None = None

    @property
    def quote(self) -> str:
        """The article's own characters."""
        return self.article.text[self.span.start : self.span.end]


class Quotation:
    """An answer as it grows, sentence by sentence."""

    def __init__(self) -> None:
        self.text = ""
        self.sentences: list[Sentence] = []
        self.citations: list[Citation] = []
        self.annotations: list[Annotation] = []

    def add(self, text: str, places: Sequence[Place], support: float | None = None) -> Sentence:
        """Add a sentence with the quotes that carry it, and how well they do, where it is not verbatim."""
        if self.text:  # a pull-quote has no full stop: a space would run it into the next sentence
            self.text += " " if self.text[-1] in ".!?…\"'”’»)" else "\n"
        start = len(self.text)
        self.text += text
        numbers = dict.fromkeys(self._cite(place) for place in places)
        self.sentences.append(Sentence(text, start, len(self.text), tuple(numbers), support))
        return self.sentences[-1]

    def explain(self, number: int, word: str, article: Article, span: Span) -> None:
        """Cite for a sentence, counted from 0, also the one before it that names whom a word of it stands for."""
        cited = self._cite(Place(article, span))
        sentence = self.sentences[number]
        self.sentences[number] = replace(sentence, citations=(*sentence.citations, cited))
        quote = self.citations[cited - 1].quote
        self.annotations.append(Annotation("antecedent", number, f'"{word}" stands after: {quote}'))

    def date(self, number: int, article: Article, times: Sequence[Timex], start: int, end: int) -> None:
        """Say beside a sentence, counted from 0, which days are meant between two places of its article."""
        for words in dates_told(article, times, start, end):
            self.annotations.append(Annotation("time", number, words))

    def infer(self, number: int, inferred: Inferred) -> None:
        """Say beside a sentence, counted from 0, which year must be meant, and cite what tells so."""
        cited = self._cite(Place(inferred.article, inferred.source))
        sentence = self.sentences[number]
        self.sentences[number] = replace(sentence, citations=(*sentence.citations, cited))
        self.annotations.append(Annotation("inferred", number, f"{inferred.text} [{cited}]"))

    def _cite(self, place: Place) -> int:
        """The number of a citation, which is made unless the same words are cited already."""
        article, span, mark = place
        for citation in self.citations:
            if (citation.article_id, citation.start, citation.end) == (article.id, span.start, span.end):
                return citation.number
        number = len(self.citations) + 1
        quote = article.text[span.start : span.end]
        where = (article.id, article.title, article.uri, article.published, span.start, span.end)
        self.citations.append(Citation(number, *where, quote, mark, article.outlet))
        return number


def quote_sentences(
    store: Store,
    chosen: Sequence[tuple[Evidence, tuple[int, int] | None]],
    *,
    dated: Collection[str] = (),
    year_asked: Collection[str] = (),
    others: Sequence[Evidence] = (),
) -> Quotation:
    """Quote chosen sentences, each once and with the place of its short answer; a "he" gets whom he stands for.

    The sentences of the texts ``dated`` answer a question for a time: it is said which days they mean; those of
    ``year_asked`` one for a year: where none tells it, it is inferred, and said to be. ``others`` are
    what else was found: a dated one may tell which July an undated one means.
    """
    marks: dict[tuple[str, int], tuple[int, int] | None] = {}
    once: dict[tuple[str, int], Evidence] = {}
    for evidence, mark in chosen:
        place = evidence.article.id, evidence.span.start
        if mark and evidence.text in dated:
            mark = whole_times(store.catalog.times(evidence.article), *mark)
        marks[place] = marks.get(place) or mark
        once.setdefault(place, evidence)
    quotation = Quotation()
    for place, evidence in once.items():
        quotation.add(evidence.text, [Place(evidence.article, evidence.span, marks[place])])
    for number, evidence in enumerate(once.values()):
        article = evidence.article
        if evidence.text in dated and evidence.aside:
            quotation.annotations.append(Annotation("time", number, evidence.aside))
        elif evidence.text in dated:
            within = marks[article.id, evidence.span.start] or (evidence.span.start, evidence.span.end)
            times, spans = store.catalog.times(article), store.catalog.sentences(article)
            quotation.date(number, article, times, *within)
            asked = evidence.text in year_asked
            inferred = infer_year(article, spans, times, evidence.span, *within) if asked else None
            inferred = inferred or dated_by_another(store, evidence, *within, others)
            if inferred:
                quotation.infer(number, inferred)
        if word := leaning_word(article.text, evidence.span):
            before = find_antecedent(article.text, store.catalog.sentences(article), evidence.span)
            if before:
                quotation.explain(number, word, article, before)
    return quotation
