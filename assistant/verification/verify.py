"""Whether quotes bear out a claim: supported, unsure, unsupported or contradicted, with a score and a reason.

Claim verification by textual entailment (Thorne et al. 2018, arXiv:1803.05355): the large reader reads the claim beside
its quotes. Where it draws the lines stands in ``index/weights/large_reader.json``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant import messages
from assistant.verification.evidence import Evidence
from assistant.verification.exact import added_word, missing_figure, missing_name, stands_there
from assistant.verification.foreign import foreign
from index.analysis.sentences import sentences_in
from index.models.calibration import Verdicts
from index.models.large_reader import ASKED_TOKENS, MOST_TOKENS, CloseReader, Judgement


class Verdict(StrEnum):
    """What is to be made of a claim beside its quotes."""

    SUPPORTED = "supported"
    UNSURE = "unsure"
    """The quotes may say it."""
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on a claim."""

    verdict: Verdict
    score: float
    """The probability that the quotes bear all of it out."""
    reason: str | None = None
    """Why it is not supported, in words for a model and for people."""

    @property
    def kept(self) -> bool:
        """Whether it may be shown."""
        return self.verdict in (Verdict.SUPPORTED, Verdict.UNSURE)


def verify(claim: str, evidence: Sequence[Evidence], reader: CloseReader) -> Verification:
    """Whether some quotes bear out a claim; raises ModelMissing.

    What is a sentence of the quotes word for word needs no reading. Of a claim that is too long to be read at once the
    weakest sentence counts. Quotes that are too long are read in pieces: the piece that bears a claim out best counts.
    """
    if not evidence:
        return Verification(Verdict.UNSUPPORTED, 0.0, messages.NO_QUOTE)
    said = " ".join(one.text for one in evidence)
    if fault := foreign(claim, said):
        return Verification(Verdict.UNSUPPORTED, 0.0, fault)
    if stands_there(claim, evidence):
        return Verification(Verdict.SUPPORTED, 1.0)
    if added := added_word(claim, evidence):
        return Verification(Verdict.UNSUPPORTED, 0.0, messages.not_there(added))
    lines = reader.calibration.verdict
    found = [_judged(part, evidence, reader, lines) for part in dict.fromkeys(_parts(claim, reader))]
    weakest = min(found, key=lambda one: (one.kept, one.score))
    if weakest.verdict is Verdict.SUPPORTED and (figure := missing_figure(claim, evidence)):
        return Verification(Verdict.UNSURE, weakest.score, messages.not_there(figure))
    if weakest.verdict is Verdict.UNSURE and (name := missing_name(claim, evidence)):
        return Verification(Verdict.UNSUPPORTED, weakest.score, messages.not_there(name))
    return weakest


def _parts(claim: str, reader: CloseReader) -> list[str]:
    """A claim, or its sentences where it is too long to be read at once."""
    if reader.tokens(claim) <= ASKED_TOKENS:
        return [claim]
    return sentences_in(claim) or [claim]


def _judged(claim: str, evidence: Sequence[Evidence], reader: CloseReader, lines: Verdicts) -> Verification:
    judged = reader.judge(claim, pieces(evidence, reader, MOST_TOKENS - 4 - min(reader.tokens(claim), ASKED_TOKENS)))
    best = max(judged, key=lambda one: one.supported)
    worst = max(judged, key=lambda one: one.contradicted)
    score = round(best.supported, 4)
    if best.supported >= lines.supported:
        against = len(judged) > 1 and worst.contradicted >= lines.supported
        return Verification(Verdict.SUPPORTED, score, messages.CONTRADICTED_ELSEWHERE if against else None)
    if best.supported >= lines.unsure:
        return Verification(Verdict.UNSURE, score, messages.UNSURE)
    return _refused(best, worst, score)


def _refused(best: Judgement, worst: Judgement, score: float) -> Verification:
    if worst.contradicted > max(best.supported, best.neither):
        return Verification(Verdict.CONTRADICTED, score, messages.CONTRADICTED)
    return Verification(Verdict.UNSUPPORTED, score, messages.UNSUPPORTED)


def pieces(evidence: Sequence[Evidence], reader: CloseReader, room: int) -> list[str]:
    """Quotes as texts of so many tokens at most: together as far as they fit, a longer one in runs of its sentences."""
    texts = list(dict.fromkeys(text for one in evidence for text in _cut(one, reader, room)))
    found: list[str] = []
    for text in texts:
        joined = f"{found[-1]}\n{text}" if found else text
        if found and reader.tokens(joined) <= room:
            found[-1] = joined
        else:
            found.append(text)
    return found


def _cut(one: Evidence, reader: CloseReader, room: int) -> list[str]:
    if reader.tokens(str(one)) <= room:
        return [str(one)]
    front = f"{one.heading} : " if one.heading else ""
    runs: list[str] = []
    for sentence in sentences_in(one.text):
        if runs and reader.tokens(f"{front}{runs[-1]} {sentence}") <= room:
            runs[-1] += f" {sentence}"
        else:
            runs.append(sentence)
    return [front + run for run in runs]
