"""The one pass over the sentences of an article; its outcome is kept in the catalog."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime

from index.analysis.attribution import speaker_places
from index.analysis.editorial_notes import is_correction
from index.analysis.factuality import clauses_of
from index.analysis.mentions import name_spans
from index.analysis.quantities import quantities
from index.analysis.types import Place, Role, SentenceAnalysis
from index.times.expression import Timex
from index.times.timex import find_times
from index.times.timex3 import lengths
from index.types import Span


def analyse(
    text: str,
    spans: Sequence[Span],
    times: Sequence[Timex],
    updates: Sequence[tuple[int, datetime]] = (),
    title: str | None = None,
) -> tuple[SentenceAnalysis, ...]:
    """The analysis of each sentence of a text; ``times`` are those found in it, in order.

    ``updates`` tell where each of a live blog begins, in order, and when it was posted. Of what has a ``title`` like
    "Corrections and clarifications: ..." every sentence belongs to a correction.
    """
    begins = [start for start, _ in updates]
    corrects = is_correction(title or "")
    found = []
    for span in spans:
        place = bisect_right(begins, span.start)
        posted = updates[place - 1][1] if place else None
        found.append(_analysed(text, span, times, posted, corrects=corrects))
    return tuple(found)


def analyse_sentence(text: str, published: date | None = None) -> SentenceAnalysis:
    """The analysis of a sentence that is in no article; its times count from the day it was ``published``.

    >>> found = analyse_sentence("The ministry said 12 ferries will sail.")
    >>> [(str(one.status), one.start) for one in found.clauses], [one.value for one in found.quantities]
    ([('asserted', 0), ('planned', 29)], [12.0])
    """
    span = Span(0, len(text))
    return _analysed(text, span, find_times(text, [span], published))


def _analysed(
    text: str, span: Span, times: Sequence[Timex], posted: datetime | None = None, *, corrects: bool = False
) -> SentenceAnalysis:
    sentence, start = text[span.start : span.end], span.start
    if not span.evidence:
        return SentenceAnalysis(span.start, span.end, Role.HEADING)
    own = tuple(timex for timex in times if span.start <= timex.start and timex.end <= span.end)
    return SentenceAnalysis(
        span.start,
        span.end,
        Role.CORRECTION if corrects or is_correction(sentence) else Role.BODY,
        clauses_of(sentence, start),
        own,
        tuple(one._replace(start=one.start + start, end=one.end + start) for one in quantities(sentence)),
        _moved(name_spans(sentence), start),
        _moved(speaker_places(sentence), start),
        posted,
        lengths(text, span, own),
    )


def _moved(places: Sequence[Place], by: int) -> tuple[Place, ...]:
    return tuple((start + by, end + by) for start, end in places)
