"""A draft checked against the archive, sentence by sentence: supported, contradicted, or not found, with quotes.

A sentence is read beside the sentences of the archive that are nearest to it, each alone and the best together (claim
verification with evidence retrieval, Thorne et al. 2018, arXiv:1803.05355). A linear layer over what the large reader
makes of them gives the verdict; ``python -m evals.research.fit_drafts`` fits it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log

import numpy as np
from numpy.typing import NDArray

from assistant.answer.compose import Place, Quotation
from assistant.answer.same_report import with_copies
from assistant.evidence.candidates import Candidate
from assistant.options import Asking
from assistant.question.follow_up import names_for_pronouns
from assistant.types import CheckedSentence
from assistant.verification.evidence import Evidence, evidence_of
from assistant.verification.exact import missing_words
from assistant.verification.nearest import nearest_sentences, nearness
from index.analysis.layout import read_layout
from index.analysis.sentences import split_sentences
from index.models.large_reader import Judgement
from index.models.linear import Linear, read_linear
from index.models.sessions import FOLDER
from index.storage.copies import originals
from index.storage.store import Store
from index.types import Span

WEIGHTS = FOLDER / "draft_verdicts.json"
SUPPORTED, CONTRADICTED, NOT_FOUND = "supported", "contradicted", "not found"
VERDICTS = (SUPPORTED, CONTRADICTED, NOT_FOUND)

SURE_OF_FAULT = 0.7
"""A sentence is called contradicted from this probability on: a false alarm costs an editor more than a miss."""

_ABOUT_AS_NEAR = 0.3
"""Of similarity and coverage together."""

_FEWEST_WORDS = 3
"""A sentence of fewer says nothing that could be checked."""

_SENTENCES = 8
"""So many sentences of the archive are read beside one of a draft."""

_PASSAGES = 6
_TOGETHER = 2
_BEFORE = 3
"""So many sentences before it may name whom a pronoun stands for."""

_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Compared:
    """A sentence beside what the archive has nearest to it, the nearest first."""

    candidates: tuple[Candidate, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    judged: tuple[Judgement, ...] = ()
    together: tuple[Judgement, ...] = ()
    """Of the two nearest, and of the two that bear it out best."""


def check_sentences(store: Store, text: str, asking: Asking, *, first: int = 0) -> Iterator[CheckedSentence]:
    """Check the sentences of a draft one after the other, from one of them on; raises what ``Assistant.ask`` raises."""
    spans = draft_sentences(text)
    for number in range(first, len(spans)):
        span = spans[number]
        before = [text[one.start : one.end] for one in spans[max(0, number - _BEFORE) : number]]
        claim = names_for_pronouns(text[span.start : span.end], before)
        said = len(claim.split()) >= _FEWEST_WORDS
        yield _checked(span, text[span.start : span.end], compare(store, claim, asking) if said else Compared(), store)


def draft_sentences(text: str) -> list[Span]:
    """The sentences of a draft that can be checked: not its headings."""
    layout = read_layout(text)
    # The first line of an article may be its title; that of a draft is a sentence if it ends like one.
    blocks = [replace(one, kind="body") if _ends(text[one.start : one.end]) else one for one in layout.blocks[:1]]
    read = replace(layout, blocks=(*blocks, *layout.blocks[1:]))
    return [span for span in split_sentences(text, read) if span.evidence]


def _ends(line: str) -> bool:
    return line.rstrip(' "”’)').endswith((".", "!", "?", "…"))


def compare(store: Store, claim: str, asking: Asking) -> Compared:
    """Read a claim beside the sentences of the archive that bear most on it."""
    nearest = nearest_sentences(store, claim, asking, passages=_PASSAGES, most=_SENTENCES)
    evidence = [evidence_of(one.article, Span(one.sentence.start, one.sentence.end), one.around) for one in nearest]
    judged = store.close_reader.judge(claim, [str(one) for one in evidence])
    together: list[Judgement] = []
    if len(judged) >= _TOGETHER:
        best = sorted(sorted(range(len(judged)), key=lambda place: -judged[place].supported)[:_TOGETHER])
        pairs = [evidence[:_TOGETHER], [evidence[place] for place in best]]
        together = store.close_reader.judge(claim, ["\n".join(map(str, pair)) for pair in pairs])
    return Compared(tuple(nearest), tuple(evidence), tuple(judged), tuple(together))


def features(found: Compared) -> NDArray[np.float32]:
    """What the verdict rests on, shape (6,): the log odds of what the large reader makes of single and joint sentences.

    A sentence that is about something else may say otherwise too, so of single ones only those count against a claim
    that are about as near to it as the nearest.
    """
    judged = found.judged or (Judgement(_LEAST, _LEAST, 1.0),)
    near, best = found.together or (judged[0], judged[0])
    against = [judged[place] for place in _near(found)] or list(judged)
    return np.array(
        [
            _odds(max(one.supported for one in judged)),
            _odds(max(one.contradicted for one in against)),
            _odds(near.supported),
            _odds(near.contradicted),
            _odds(best.supported),
            _odds(best.contradicted),
        ],
        dtype=np.float32,
    )


def _near(found: Compared) -> list[int]:
    """Which of the sentences are about as near as the nearest."""
    near = [nearness(one) for one in found.candidates]
    return [place for place, how in enumerate(near) if how >= near[0] - _ABOUT_AS_NEAR]


def _odds(chance: float) -> float:
    return log(max(chance, _LEAST) / max(1 - chance, _LEAST))


@cache
def _known() -> Linear:
    return read_linear(WEIGHTS)


def _checked(span: Span, written: str, found: Compared, store: Store) -> CheckedSentence:
    chances = dict(zip(VERDICTS, _known().chances(features(found)).tolist(), strict=True))
    if chances[CONTRADICTED] >= SURE_OF_FAULT:
        verdict = CONTRADICTED
    else:
        verdict = SUPPORTED if chances[SUPPORTED] >= chances[NOT_FOUND] + chances[CONTRADICTED] else NOT_FOUND
    shown = _places(verdict, found, store)
    quotation = Quotation()
    candidates = [found.candidates[place] for place in shown]
    quotation.add(written, [Place.of(one.article, one.sentence) for one in candidates])
    wrong = missing_words(written, [found.evidence[place] for place in shown]) if shown else ()
    line = store.close_reader.calibration.verdict.supported
    bearing = [
        one.article for one, judged in zip(found.candidates, found.judged, strict=True) if judged.supported >= line
    ]
    reports = originals(store.catalog, [one.id for one in bearing])  # copies of one report are one source
    sources = {reports.get(one.id) or one.outlet or one.id for one in bearing}
    return CheckedSentence(
        written,
        span.start,
        span.end,
        verdict,
        round(chances[verdict], 4),
        with_copies(store, quotation.citations),
        len(sources) if verdict == SUPPORTED else 0,
        tuple((span.start + start, span.start + end) for start, end in wrong) if verdict != NOT_FOUND else (),
    )


def _places(verdict: str, found: Compared, store: Store) -> Sequence[int]:
    """Which of the nearest sentences are shown: those that bear it out, or the one that says otherwise."""
    if not found.judged or verdict == NOT_FOUND:
        return ()
    by_support = sorted(range(len(found.judged)), key=lambda place: -found.judged[place].supported)
    if verdict == CONTRADICTED:
        return [max(_near(found), key=lambda place: found.judged[place].contradicted)]
    line = store.close_reader.calibration.verdict.supported
    alone = [place for place in by_support if found.judged[place].supported >= line][:_TOGETHER]
    return alone or by_support[:_TOGETHER]
