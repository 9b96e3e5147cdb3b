"""What stands beside an answer: contradictions, corrections, another time than the one asked for.

Add a finder HERE: write it in a file beside these and put it into ``FINDERS``; its words stand in
``assistant/messages.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.evidence.candidates import Candidate
from assistant.evidence.scoring import Ranked
from assistant.findings import contradiction, correction, other_time
from assistant.findings.finding import Finder, Finding
from assistant.question.analysis import QuestionAnalysis

FINDERS: tuple[Finder, ...] = (
    other_time.ONLY_PLANNED,
    other_time.ENDED,
    other_time.SO_BEFORE,
    other_time.OTHER_TIME,
    correction.CORRECTION,
    contradiction.CONTRADICTION,
)

STORY_FINDERS: tuple[Finder, ...] = (correction.CORRECTION,)
"""What is looked for beside the news of a story, where reports that differ are its course."""

__all__ = ["FINDERS", "STORY_FINDERS", "Finder", "Finding", "find", "with_findings"]


def find(
    question: QuestionAnalysis,
    chosen: Sequence[Ranked],
    ranked: Sequence[Ranked],
    finders: Collection[Finder] = FINDERS,
) -> list[Finding]:
    """What is to be known beside the chosen candidates; nothing where none was chosen."""
    found: list[Finding] = []
    for finder in finders if chosen else ():
        if finder.excludes.isdisjoint(one.code for one in found) and (new := finder.find(question, chosen, ranked)):
            found.append(new)
    return found


def with_findings(chosen: Sequence[Ranked], findings: Sequence[Finding]) -> list[Candidate]:
    """The chosen candidates with those that the findings bring along, each once."""
    row = [one for finding in findings for one in finding.before]
    row += [item.candidate for item in chosen]
    row += [one for finding in findings for one in finding.after]
    once: dict[tuple[str, int], Candidate] = {}
    for one in row:
        once.setdefault(one.key, one)
    return list(once.values())
