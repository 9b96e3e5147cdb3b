"""That what answers best is of another time than asked for: only planned, over by now, so before, of other days."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import messages
from assistant.evidence.scoring import Ranked
from assistant.evidence.time_asked import is_of_other_days, is_only_planned, since_before
from assistant.findings.finding import Finder, Finding
from assistant.question.analysis import QuestionAnalysis
from index.languages.en.states import ENDED as _ENDED


def _only_planned(question: QuestionAnalysis, chosen: Sequence[Ranked], ranked: Sequence[Ranked]) -> Finding | None:
    if is_only_planned(question, chosen[0].candidate):
        return Finding("only_planned", messages.ONLY_PLANNED)
    return None


def _ended(question: QuestionAnalysis, chosen: Sequence[Ranked], ranked: Sequence[Ranked]) -> Finding | None:
    intent = question.query.time
    if intent and intent.state and intent.order == "latest" and _ENDED.search(chosen[0].candidate.text):
        return Finding("ended", messages.ENDED, without_short=True)
    return None


def _so_before(question: QuestionAnalysis, chosen: Sequence[Ranked], ranked: Sequence[Ranked]) -> Finding | None:
    intent = question.query.time
    if intent and (began := since_before(question, chosen[0].candidate)):
        return Finding("so_before", messages.so_before(intent, began))
    return None


def _other_time(question: QuestionAnalysis, chosen: Sequence[Ranked], ranked: Sequence[Ranked]) -> Finding | None:
    intent = question.query.time
    if intent and is_of_other_days(question, chosen[0].candidate):
        return Finding("other_time", messages.other_time(intent))
    return None


ONLY_PLANNED = Finder("only planned", _only_planned, "a plan is no event")
ENDED = Finder("ended", _ended, "what is so no longer is no answer by itself")
SO_BEFORE = Finder("so before", _so_before, "a state told before the days asked for")
OTHER_TIME = Finder("other time", _other_time, "it tells of other days", excludes=frozenset({"so_before"}))
