"""Further answers, as of a list: the words that answer are hidden, and the reader is asked again.

A reader marks one run of words as the answer. With it hidden, the next of "Which judges dissented?" is the likeliest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence.candidates import Candidate
from assistant.evidence.close_reading import Window, asked, shown, window_around
from assistant.evidence.scoring import Ranked
from assistant.question.analysis import QuestionAnalysis
from index.analysis.types import Place
from index.models.large_reader import CloseReader, Look, Shown

MORE = 1.0
"""What is found once the rest is hidden belongs to the list from this logit on.

Of 57 questions for lists over invented archives the short answer has all for 23; with 2.0 for 20, without this for 13.
"""

MOST = 4
"""How often the reader is asked for more."""

_HIDDEN = "…"
_APART = 40
"""So many characters may stand between two parts of a list that are shown as one."""


def further_answers(question: QuestionAnalysis, first: Candidate, reader: CloseReader) -> list[Place]:
    """Where further words answer once those found before are hidden, four at most; raises ModelMissing."""
    if not first.close or not first.answer:
        return []
    window, text = window_around(first), first.article.text
    if window.row:
        return []
    found: list[Place] = [first.answer]
    while len(found) <= MOST:
        hidden = Shown(_without(window, found), shown(window).front)
        [look] = reader.look([(asked(question, window), hidden)])
        more = _likeliest(look, window)
        if more is None or text[slice(*more)] in {text[slice(*place)] for place in found}:
            break
        found.append(more)
    return found[1:]


def with_all(first: Candidate, places: Sequence[Place]) -> Candidate:
    """A candidate whose short answer goes from the first to the last of what belongs together in its sentence."""
    if not first.answer:
        return first
    begin, whole = first.answer[0], first.answer
    for start, end in sorted(places, key=lambda place: abs(place[0] - begin)):
        inside = first.sentence.start <= start and end <= first.sentence.end
        if inside and start - whole[1] <= _APART and whole[0] - end <= _APART:
            whole = min(whole[0], start), max(whole[1], end)
    return replace(first, answer=whole)


def others_with(first: Candidate, places: Sequence[Place], ranked: Sequence[Ranked]) -> list[Ranked]:
    """The other sentences of its article in which some places are."""
    return [
        item
        for item in ranked
        if item.candidate.article.id == first.article.id
        and item.candidate.key != first.key
        and any(item.candidate.sentence.start <= start < item.candidate.sentence.end for start, _ in places)
    ]


def _without(window: Window, places: Sequence[Place]) -> str:
    """The text of a window with some places hidden, and as long as before."""
    text = window.text
    for start, end in places:
        low, high = start - window.start, end - window.start
        text = text[:low] + _HIDDEN.ljust(high - low) + text[high:]
    return text


def _likeliest(look: Look, window: Window) -> Place | None:
    """The words that answer best, of the sentence that does; None where none does."""
    best: tuple[float, Place] | None = None
    for one in window.around:
        if window.start <= one.start and one.end <= window.end:
            found = look.within(one.start - window.start, one.end - window.start)
            if found and found[0] >= (best[0] if best else MORE):
                best = found[0], (found[2] + window.start, found[3] + window.start)
    if best is None or not any(map(str.isalnum, window.article.text[slice(*best[1])])):
        return None
    return best[1]
