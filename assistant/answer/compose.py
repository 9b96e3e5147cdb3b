"""Sentences that were chosen, quoted word for word: an answer's text, sentences, citations and annotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from assistant.answer.date_notes import dates_told, whole_times
from assistant.answer.year_inference import Inferred, dated_by_another, infer_year
from assistant.evidence.candidates import Candidate
from assistant.types import Annotation, Citation, Sentence
from index.analysis.coreference import find_antecedent, leaning_word
from index.analysis.types import SentenceAnalysis
from index.times.expression import Timex
from index.types import Article, Span, page_of


class Place(NamedTuple):
    """Where a quote stands, and in it the words that matter most."""

    article: Article
    span: Span
    mark: tuple[int, int] | None = None
    times: tuple[Timex, ...] = ()
    """The expressions of time in it."""
    posted: datetime | None = None
    """When the update of a live blog that it stands in was posted."""

    @classmethod
    def of(cls, article: Article, sentence: SentenceAnalysis, mark: tuple[int, int] | None = None) -> Place:
        """That of a sentence of an article."""
        return cls(article, Span(sentence.start, sentence.end), mark, sentence.times, sentence.posted)

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

    def add(
        self,
        text: str,
        places: Sequence[Place],
        support: float | None = None,
        verdict: str = "supported",
        *,
        paragraph: bool = False,
    ) -> Sentence:
        """Add a sentence with the quotes that bear it out, and how well they do, where it is not verbatim.

        ``paragraph`` begins a new one.
        """
        if self.text:  # a pull-quote has no full stop: a space would run it into the next sentence
            self.text += "\n\n" if paragraph else " " if self.text[-1] in ".!?…\"'”’»)" else "\n"
        start = len(self.text)
        self.text += text
        numbers = dict.fromkeys(self._cite(place) for place in places)
        self.sentences.append(Sentence(text, start, len(self.text), tuple(numbers), support, verdict))
        return self.sentences[-1]

    def explain(self, number: int, word: str, article: Article, before: SentenceAnalysis) -> None:
        """Cite for a sentence, counted from 0, also the one before it that names whom a word of it stands for."""
        cited = self._cite(Place.of(article, before))
        sentence = self.sentences[number]
        self.sentences[number] = replace(sentence, citations=(*sentence.citations, cited))
        quote = self.citations[cited - 1].quote
        self.annotations.append(Annotation("antecedent", number, f'"{word}" stands after: {quote}'))

    def date(
        self,
        number: int,
        article: Article,
        times: Sequence[Timex],
        start: int,
        end: int,
        posted: datetime | None = None,
    ) -> None:
        """Say beside a sentence, counted from 0, which days are meant between two places of its article.

        ``posted`` is when the update of a live blog that it stands in was posted.
        """
        for words, value in dates_told(article, times, start, end, posted).items():
            self.annotations.append(Annotation("time", number, words, value or None))

    def measure(self, number: int, article: Article, sentence: SentenceAnalysis, start: int, end: int) -> None:
        """Give the value of each duration and set of a sentence between two places of its article."""
        for one in sentence.lengths:
            if one.start < end and start < one.end:
                said = article.text[one.start : one.end]
                self.annotations.append(Annotation(one.type.lower(), number, said, one.value))

    def infer(self, number: int, inferred: Inferred) -> None:
        """Say beside a sentence, counted from 0, which year must be meant, and cite what tells so."""
        cited = self._cite(Place(inferred.article, inferred.source))
        sentence = self.sentences[number]
        self.sentences[number] = replace(sentence, citations=(*sentence.citations, cited))
        self.annotations.append(Annotation("inferred", number, f"{inferred.text} [{cited}]"))

    def _cite(self, place: Place) -> int:
        """The number of a citation, which is made unless the same words are cited already."""
        article, span, mark, _, posted = place
        for citation in self.citations:
            if (citation.article_id, citation.start, citation.end) == (article.id, span.start, span.end):
                return citation.number
        number = len(self.citations) + 1
        quote = article.text[span.start : span.end]
        where = (article.id, article.title, article.uri, article.published, span.start, span.end)
        when = posted.isoformat(timespec="minutes") if posted else None
        self.citations.append(
            Citation(number, *where, quote, mark, article.outlet, when, page_of(article.text, span.start))
        )
        return number


class Chosen(NamedTuple):
    """A sentence that answers, with the place of its short answer, and what is to be told of its times."""

    candidate: Candidate
    mark: tuple[int, int] | None = None
    dated: bool = False
    """Whether it answers a question for a time: which days it means is said beside it."""
    year_asked: bool = False
    """Whether a year is asked for: where none tells it, it is inferred, and said to be."""


def _main_time(sentence: SentenceAnalysis) -> tuple[Timex, ...]:
    """When what a sentence mainly tells happened: of several days one would be said beside each, and hide the news."""
    main = sentence.main_time
    return (main,) if main else sentence.times


def quote_sentences(chosen: Sequence[Chosen], others: Sequence[Candidate] = ()) -> Quotation:
    """Quote chosen sentences, each once and with the place of its short answer; a "he" gets whom he stands for.

    ``others`` are what else was found: a dated one may tell which July an undated one means.
    """
    once: dict[tuple[str, int], Chosen] = {}
    for one in chosen:
        before = once.setdefault(one.candidate.key, one)
        if before is not one:
            once[one.candidate.key] = before._replace(
                mark=before.mark or one.mark,
                dated=before.dated or one.dated,
                year_asked=before.year_asked or one.year_asked,
            )
    rows = [
        one._replace(mark=whole_times(one.candidate.sentence.times, *one.mark)) if one.mark and one.dated else one
        for one in once.values()
    ]
    quotation = Quotation()
    for one in rows:
        quotation.add(one.candidate.text, [Place.of(one.candidate.article, one.candidate.sentence, one.mark)])
    for number, one in enumerate(rows):
        candidate, article = one.candidate, one.candidate.article
        if one.dated:
            within = one.mark or (candidate.sentence.start, candidate.sentence.end)
            times = candidate.sentence.times if one.mark else _main_time(candidate.sentence)
            quotation.date(number, article, times, *within, candidate.sentence.posted)
            inferred = infer_year(candidate, *within) if one.year_asked else None
            if inferred := inferred or dated_by_another(candidate, *within, others):
                quotation.infer(number, inferred)
        if one.mark:
            quotation.measure(number, article, candidate.sentence, *one.mark)
        word = leaning_word(article.text, candidate.sentence)
        named = find_antecedent(article.text, candidate.around, candidate.sentence) if word else None
        if word and named:
            quotation.explain(number, word, article, named)
    return quotation
