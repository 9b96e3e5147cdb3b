"""The likeliest candidates read again, closely, by the large reader: with their neighbours, title, outlet and date.

The small reader reads hundreds of sentences, the large one a few windows of them (a cascade, as in Wang, Lin and
Metzler 2011). What was read closely comes first; the others stay behind it as they were.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log

from assistant.evidence.candidates import Candidate, with_close_reading
from assistant.evidence.scoring import Ranked, features_of, leads_by, weighed
from assistant.question.analysis import QuestionAnalysis
from index.analysis.tables import SpelledRow, spelled_row
from index.analysis.terms import tokens
from index.analysis.types import SentenceAnalysis
from index.models.large_reader import CloseReader, Look, Shown, heading
from index.passage import CloseReading, Passage
from index.times.order import ASKS, LAST_IN_OTHER_WORDS
from index.types import Article

WINDOWS = 5
"""How many windows are read for a question, at most."""

WORDS = 70
"""How many words a window has about; a longer sentence stands by itself."""

_LEAST = 1e-4
"""The least probability that is told from none."""


@dataclass(frozen=True, slots=True)
class Window:
    """Some sentences of an article that are read together."""

    article: Article
    around: tuple[SentenceAnalysis, ...]
    """All sentences of the article."""
    start: int
    end: int

    row: SpelledRow | None = None
    """The row of a table that it is, with the names of its columns."""

    @property
    def text(self) -> str:
        """What the reader is shown of it."""
        return self.row.text if self.row else self.article.text[self.start : self.end]

    def sentences(self) -> list[str]:
        """The sentences in it."""
        inside = [one for one in self.around if self.start <= one.start and one.end <= self.end]
        return [self.article.text[one.start : one.end] for one in inside]

    def holds(self, candidate: Candidate) -> bool:
        """Whether it has all of a candidate's sentence."""
        sentence = candidate.sentence
        return self.article.id == candidate.article.id and self.start <= sentence.start and sentence.end <= self.end


def rank_closely(question: QuestionAnalysis, ranked: Sequence[Ranked], reader: CloseReader) -> list[Ranked]:
    """The candidates in their new order, those first that were read closely; raises ModelMissing."""
    if not ranked:
        return []
    before = {item.candidate.key: item.probability for item in ranked}
    calibration = reader.calibration
    weights = calibration.yes_no if question.answer_type == "yes_no" else calibration.words
    known = [
        (candidate, features(candidate, before[candidate.key])) for candidate in read_closely(question, ranked, reader)
    ]
    scored = [(weighed(weights.order, row), candidate, row) for candidate, row in known]
    scored.sort(key=lambda entry: (-entry[0], entry[1].key))
    rivals = [(order, candidate.words) for order, candidate, _ in scored]
    found: list[Ranked] = []
    strength = 1.0
    for order, candidate, row in scored:
        lead = leads_by(order, candidate.words, rivals)
        probability = 1 / (1 + exp(-weighed(weights.sure, row | {"lead": lead})))
        strength = min(strength, probability)
        found.append(Ranked(candidate, probability, strength))
    closely = {item.candidate.key for item in found}
    others = [item for item in ranked if item.candidate.key not in closely]
    return found + [replace(item, strength=min(item.strength, strength)) for item in others]


def in_order(passages: Sequence[Passage], ranked: Sequence[Ranked]) -> list[Passage]:
    """Passages in the order of the best of their sentences that were read closely, then the others as they were."""
    read = [item.candidate for item in ranked if item.candidate.close]

    def place(passage: Passage) -> int:
        inside = (
            number
            for number, one in enumerate(read)
            if one.article.id == passage.article.id and passage.chunk.start <= one.sentence.start < passage.chunk.end
        )
        return next(inside, len(read))

    return sorted(passages, key=place)


def features(candidate: Candidate, before: float) -> dict[str, float]:
    """What a candidate that was read closely is ranked by; ``before`` is how likely it was to answer before that.

    first: the logit of ``before``; decided: the logarithm of the probability that it answers with yes or no.
    """
    close = candidate.close
    assert close
    before = min(max(before, _LEAST), 1 - _LEAST)
    return features_of(candidate) | {
        "close_mass": close.mass,
        "close_relevance": close.relevance,
        "first": log(before / (1 - before)),
        "decided": log(max(close.choice.yes + close.choice.no, _LEAST)),
    }


def read_closely(question: QuestionAnalysis, ranked: Sequence[Ranked], reader: CloseReader) -> list[Candidate]:
    """The candidates of the likeliest windows, each with its close reading; raises ModelMissing."""
    windows: list[Window] = []
    told: set[str] = set()
    for item in ranked:
        if len(windows) == WINDOWS:
            break
        if item.candidate.text not in told:  # nor is a copy of an agency's report read again
            windows.append(window_around(item.candidate))
            told.update(windows[-1].sentences())
    looks = reader.look([(asked(question, window), shown(window)) for window in windows])
    found: dict[tuple[str, int], Candidate] = {}
    for window, look in zip(windows, looks, strict=True):
        for item in ranked:
            candidate = item.candidate
            if not window.holds(candidate) or not (reading := _reading(look, window, candidate)):
                continue
            known = found.get(candidate.key)
            if known is None or (known.close and known.close.mass < reading.mass):
                found[candidate.key] = with_close_reading(question, candidate, reading)
    return list(found.values())


def window_around(candidate: Candidate) -> Window:
    """A candidate's sentence with those around it, by turns before and after, up to so many words.

    A row of a table stands by itself, with the names of its columns.
    """
    text, row = candidate.article.text, candidate.around
    spelled = spelled_row(text, candidate.sentence.start, candidate.sentence.end)
    if spelled:
        return Window(candidate.article, row, candidate.sentence.start, candidate.sentence.end, spelled)
    first = last = next(number for number, one in enumerate(row) if one.start == candidate.sentence.start)
    grows = True
    while grows:
        grows = False
        for low, high in ((first - 1, last), (first, last + 1)):
            if low >= 0 and high < len(row) and (low, high) != (first, last) and _words(text, row, low, high) <= WORDS:
                first, last, grows = min(first, low), max(last, high), True
    return Window(candidate.article, row, row[first].start, row[last].end)


def _words(text: str, row: Sequence[SentenceAnalysis], first: int, last: int) -> int:
    return len(text[row[first].start : row[last].end].split())


def asked(question: QuestionAnalysis, window: Window) -> str:
    """The question with its names as a window spells them: "Zelenskyy" where it has "Zelensky".

    And without the "last" of "When did they last meet?", unless the window has such a word too: hardly a report of a
    meeting says that none came after it, and which is the latest, or the first, is for a rule to say. "The most recent
    call" is "the last call", as news mostly say it.
    """
    query, words = question.query, question.text
    text = window.text
    if query.time and query.time.order:
        said = ASKS[query.time.order]
        words = LAST_IN_OTHER_WORDS.sub("last", words) if said.search(text) else said.sub("", words)
    names = {term for name in query.names for term in name}
    told = list(tokens(text)) if names else []
    there = {term: word for word, term in reversed(told)}
    plain = {word.lower() for word, _ in told}  # "ß" is not "ss" to the reader
    for term in names:
        word = query.written.get(term, "")
        spelled = next((there[one] for one in (term, *query.terms.get(term, ())) if one in there), word)
        if word and word.lower() not in plain:
            words = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", spelled, words)
    return words


def shown(window: Window) -> Shown:
    """A window as the reader is shown it: with its article's title, outlet and date."""
    article = window.article
    front = heading(article.title, article.outlet, article.published)
    return Shown(window.text, front)


def _reading(look: Look, window: Window, candidate: Candidate) -> CloseReading | None:
    sentence = candidate.sentence
    if window.row:
        found = look.within(0, len(window.row.text))
    else:
        found = look.within(sentence.start - window.start, sentence.end - window.start)
    if found is None:
        return None
    mass, span, start, end = found
    if window.row:
        return CloseReading(look.relevance, mass, span, *window.row.place(start, end), look.choice)
    return CloseReading(look.relevance, mass, span, start + window.start, end + window.start, look.choice)
