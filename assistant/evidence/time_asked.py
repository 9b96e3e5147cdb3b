"""Whether a candidate is of the time that a question asks for: of other days, only planned, so since before."""

from __future__ import annotations

from assistant.evidence.as_of import last_day
from assistant.evidence.candidates import Candidate
from assistant.evidence.event_time import EventTime, may_be_of
from assistant.question.analysis import QuestionAnalysis
from index.analysis.types import Status


def is_of_other_days(question: QuestionAnalysis, candidate: Candidate) -> bool:
    """Whether a sentence tells of other days than those asked for; of an undated article only if it names them."""
    intent, when = question.query.time, candidate.event
    if not intent or not intent.bounded:
        return False
    if not candidate.article.published:
        said = question.answer_type == "yes_no"  # "had they met since?": what was before is no answer
        return said and when.explicit and not may_be_of(intent, when)
    if not when.happened:  # what was planned for other days is of these
        return when.explicit and not intent.meets(when.first, when.last)
    return bool(when.last and not may_be_of(intent, when))


def is_only_planned(question: QuestionAnalysis, candidate: Candidate) -> bool:
    """Whether a question of the past would be answered with what was only planned, or denied, when it was written."""
    status = candidate.event.status
    if question.answer_type == "yes_no":  # a denial answers it
        return question.asks_past and status in (Status.PLANNED, Status.CALLED_OFF)
    return bool(candidate.article.published) and question.asks_past and status is not Status.ASSERTED


def since_before(question: QuestionAnalysis, candidate: Candidate) -> EventTime | None:
    """When the state that is asked for began, as a sentence reports, if that was before the days asked for."""
    intent, when = question.query.time, candidate.event
    if not intent or not intent.state or not intent.first or not candidate.article.published:
        return None
    return when if when.happened and when.last and when.last < intent.first else None


def has_passed(question: QuestionAnalysis, candidate: Candidate) -> bool:
    """Whether a question for what is to come would be answered with days that had gone when it was asked.

    Asked as of a day, it was asked then.
    """
    now, when = last_day(question.query) or question.query.now, candidate.event
    return bool(question.asks_ahead and now and when.explicit and when.last and when.last < now)


def answers_with_given_up(candidate: Candidate) -> bool:
    """Whether the words that answer are a day that was meant and is given up."""
    if candidate.answer is None:
        return False
    start, end = candidate.answer
    return any(one.given_up and one.start < end and start < one.end for one in candidate.sentence.times)
