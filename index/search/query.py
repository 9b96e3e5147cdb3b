"""A question to a query: its terms, which of them are names, how the corpus spells them, what each tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import log

import numpy as np
from numpy.typing import NDArray

from index.analysis.language import question_language
from index.analysis.mentions import name_spans
from index.analysis.stems import stems
from index.analysis.terms import content_tokens, is_name, terms
from index.languages.en.calendar import LEADS_TO_DAYS, NOT_OF_DAYS, NTH, QUARTER, RECENCY
from index.languages.en.spelling import SHORT_FORMS
from index.search.recency import news_asked_for
from index.storage.store import Store
from index.times.time_request import TimeIntent, names_no_year, read_intent
from index.types import Window

_COMMON = 0.2
"""A term in more than this share of the chunks is searched for only where the question has too few rarer ones:
it costs time and tells nothing beside them."""

_COMMON_AT_LEAST = 1000
_MIN_RARE_TERMS = 2
_LEAST_LETTERS = 4
"""Of a name that may be a slip, or of which it is told that it stands nowhere."""


_AFTER_ALL = timedelta(days=31)
"""A day so long after the newest article is that of an earlier year, where none is named."""


@dataclass(frozen=True, slots=True)
class Query:
    """What retrieval is asked: the question's text; terms that the corpus spells differently are mended.

    ``terms`` maps each term of the question, as the word index knows it, to the spellings to search for.
    ``names`` are runs of terms that name somebody or something (capitalised, or in no dictionary), such as
    "Ilse Torvald".
    """

    text: str
    mended: str
    """The question with the slips in its names mended, as the reader is asked it."""
    timeless: str
    """The same without the days it names, as the reader is asked it of an article that was published then."""
    terms: dict[str, tuple[str, ...]]
    written: dict[str, str]
    """Each term as the question writes it."""
    names: tuple[tuple[str, ...], ...]
    weights: dict[str, float]
    """How much each term tells, 0 to 1: inverse document frequency; a term that stands nowhere tells most."""
    search_terms: tuple[str, ...]
    """The spellings to search the word index for."""
    vector: NDArray[np.float32] = field(repr=False)
    """The question's embedding, shape (dimensions,)."""
    now: date | None = None
    """The day on which it is asked; None where that is not to count."""
    news: float = 0.0
    """How much it asks for news, 0 to 1."""
    time: TimeIntent | None = None
    """What it asks of time; None where it is not known when it was asked."""
    time_terms: frozenset[str] = frozenset()
    """The terms that say when, which a report of those days need not write: "in February 2025"."""
    window: Window | None = None
    """When what is searched must have been published; None for at any time, or not known when."""
    language: str = "en"
    """Its language as an ISO 639-1 code, English unless articles are in another. In another no names are known."""

    @property
    def names_nowhere(self) -> bool:
        """Whether it has a name or a code of which no article has a word, in any spelling."""
        names = [[term for term in name if not self.terms[term] and len(term) >= _LEAST_LETTERS] for name in self.names]
        whole = any(len(lacking) == len(name) for lacking, name in zip(names, self.names, strict=True))
        return whole or any(_is_code(term) and not spelled for term, spelled in self.terms.items())


def _in_words(store: Store, match: re.Match[str]) -> str:
    """ "The first quarter of" for "Q1" where no article writes it so short."""
    short = match.group().strip()
    if store.document_frequencies([short.lower()])[short.lower()]:
        return match.group()
    return f"the {NTH[int(match['number']) - 1]} {'quarter' if match['part'] == 'Q' else 'half'} of "


def plan_query(store: Store, question: str, now: date | None = None, window: Window | None = None) -> Query:
    """Read a question for retrieval, with the corpus at hand; asked on the day ``now``, if that is to count.

    What is found has to be published in the ``window``; what is known of the corpus's words is of all of it.
    """
    question = QUARTER.sub(lambda match: _in_words(store, match), question)
    content = list(content_tokens(question))
    written = {term: word for word, term in reversed(content)}
    wanted = list(dict.fromkeys(term for _, term in content))
    others = store.languages() - {"en"}
    language = question_language(question, others) if others else "en"
    same = {term: (*_same_meaning(term, written[term]), *stems(written[term], language)) for term in wanted}
    frequencies = store.document_frequencies(list(dict.fromkeys(word for words in same.values() for word in words)))
    spelled: dict[str, tuple[str, ...]] = {}
    for term in wanted:
        spelled[term] = tuple(word for word in same[term] if frequencies[word])
        if is_name(term) and not any(store.stands(word, window) for word in spelled[term]):
            vocabulary = store.vocabulary(term[0])
            meant = tuple(word for word in _similar(vocabulary, term) if store.stands(word, window))
            # What comes up only after the window finds nothing in it, and is kept where it is no slip.
            spelled[term] = meant or spelled[term]
            frequencies |= {word: vocabulary[word] for word in meant}
    chunks = max(1, store.catalog.counts()["chunks"])
    weights = {
        term: log(1 + chunks / (1 + sum(frequencies[word] for word in spelled[term]))) / log(1 + chunks)
        for term in wanted
    }
    slips = {written[term]: words[0] for term, words in spelled.items() if words and words[0] not in same[term]}
    names = name_spans(question, lower=True) if language == "en" else []
    intent = _intent(store, question, now) if now else None
    return Query(
        question,
        _mended(question, slips),
        _mended(_timeless(question, intent), slips),
        spelled,
        written,
        tuple(dict.fromkeys(tuple(terms(question[slice(*span)])) for span in names)),
        weights,
        tuple(_search_terms({word for words in spelled.values() for word in words}, frequencies, chunks)),
        store.embedder.embed_question(question),
        now,
        news_asked_for(question, now) if now else 0.0,
        intent,
        frozenset(term for place in (intent.said if intent else ()) for term in terms(question[slice(*place)])),
        window,
        language,
    )


def _intent(store: Store, question: str, now: date) -> TimeIntent:
    """What a question asks of time: in an archive that ends years ago "on 21 March" is of its last year, not of now."""
    intent = read_intent(question, now, day_first=store.settings.day_first)
    asked = intent.first or intent.last
    days = store.catalog.days() if asked and names_no_year(question) else None
    if asked and days and asked > days[1] + _AFTER_ALL:
        return read_intent(question, days[1], day_first=store.settings.day_first)
    return intent


def _mended(text: str, slips: dict[str, str]) -> str:
    for word, meant in slips.items():
        text = text.replace(word, meant)
    return text


def _timeless(question: str, intent: TimeIntent | None) -> str:
    """A question without the days it names: of what May reported, "What did they do in May?" asks what they did."""
    for start, end in reversed(intent.said if intent else ()):
        before, after = question[:start], question[end:]
        # "In the 2022 vote" is in the vote: what leads to the days goes with them only where nothing hangs on it.
        question = (LEADS_TO_DAYS.sub("", before) if NOT_OF_DAYS.match(after) else before.removesuffix(" ")) + after
    return question.lstrip(" ,")


def _same_meaning(term: str, word: str) -> tuple[str, ...]:
    if word.lower() in RECENCY:
        return tuple(RECENCY.values())
    return term, *terms(SHORT_FORMS.get(word.lower(), ""))


def _search_terms(spellings: Iterable[str], frequencies: dict[str, int], chunks: int) -> list[str]:
    """The rarest first."""
    ranked = sorted(spellings, key=lambda word: (frequencies[word], word))
    rare = [word for word in ranked if frequencies[word] <= max(_COMMON_AT_LEAST, _COMMON * chunks)]
    return rare if len(rare) >= _MIN_RARE_TERMS else ranked[:_MIN_RARE_TERMS]


def _is_code(term: str) -> bool:
    """Whether a term has letters and digits, such as "ax371", but is no "3rd" or "q1"."""
    return len(term) >= _LEAST_LETTERS and term[0].isalpha() and any(character.isdigit() for character in term)


def _similar(vocabulary: Iterable[str], term: str) -> tuple[str, ...]:
    """The words, of those that begin alike, that a term may be a slip of: one edit, or two in a long word."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    slips = 1 if len(term) < 7 else 2
    if len(term) < _LEAST_LETTERS or not term.isalpha():  # a code is never a slip of another
        return ()
    known = [word for word in vocabulary if abs(len(word) - len(term)) <= slips]
    hits = extract(term, known, scorer=OSA.distance, score_cutoff=slips, limit=3)
    return tuple(word for word, _, _ in hits)
