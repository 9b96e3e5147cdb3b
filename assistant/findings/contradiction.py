"""Where good candidates contradict each other on a number, a date or a name: both sides are told, never averaged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from assistant import messages
from assistant.evidence.candidates import Candidate
from assistant.evidence.event_coreference import SHARE, of_other_events, reported_apart, same_kind, told_alike
from assistant.evidence.exclusive_answers import contradict, new_names
from assistant.evidence.scoring import Ranked
from assistant.evidence.time_asked import answers_with_given_up, has_passed, is_of_other_days
from assistant.findings.finding import Finder, Finding
from assistant.question.analysis import QuestionAnalysis
from index.analysis.quantities import quantities
from index.analysis.terms import same_meaning, terms
from index.analysis.types import Role, Status
from index.languages.en.function_words import STOP_WORDS
from index.languages.en.numbers import BOUND, ENDS_IN_NUMBER, OF_THEM, UNIT_BEHIND
from index.times.published import report_in_words

SURE = 0.3
"""The least probability of an answer that may contradict another."""

_AS_SURE = 0.8
"""What tells of another such event is told beside the first if it is this much as likely to answer."""

_COUNTED = 0.5
"""How much of what a figure counts, as the question words it, a newer figure has to count too."""

_BEARS = 0.5
"""A sentence that denies what another says bears on the question at least this share as much."""

_AT_ALL = 0.1
"""A newer figure answers with this probability at least: "80 patients whom he represents" counts no patients treated.

Over nine archives two figures of something else no longer come first; with .3 two right ones would not either.
"""

_REVISED = timedelta(days=7)
"""An older figure is told beside the newest one if that came so soon after it.

Of 232 questions for figures five have an older one without this: two of the same event, three of another one, all of
these from 15 days before or more.
"""


def find_contradiction(
    question: QuestionAnalysis, chosen: Sequence[Ranked], ranked: Sequence[Ranked]
) -> Finding | None:
    """The best answer and the best of those that contradict it, the newer one first; None where none does.

    What is of other days than those asked for contradicts nothing that is of them, and what a sentence denies or only
    expects contradicts nothing that has happened.
    """
    if question.answer_type == "yes_no":
        return _yes_and_no(question, ranked)
    ranked = [item for item in ranked if not item.excluded]
    read = [item for item in ranked if item.candidate.words and item.probability >= SURE]
    if not read or read[0].candidate.event.status is Status.DENIED:
        return None
    first = read[0]
    if question.answer_type == "how_many" and (other := _another_figure(question, first, ranked)):
        return _finding("newer_count", first, other)
    for other in read[1:]:
        one, another = first.candidate, other.candidate
        if not _may_contradict(question, one, another) or not _exclude_each_other(question, one, another):
            continue
        if of_other_events(one, another):
            no_time = not question.query.time or not (question.query.time.order or question.query.time.bounded)
            if no_time and other.probability >= _AS_SURE * first.probability and told_alike(question, one, another):
                return _finding("occasions", first, other)
        elif not reported_apart(one, another):
            return _finding(_code(question, one, another), first, other)
    return None


def _another_figure(question: QuestionAnalysis, first: Ranked, ranked: Sequence[Ranked]) -> Ranked | None:
    """The newest report that gives another figure of the same event; if that is the first, the likeliest older one.

    The readers seldom take "the toll rose to 33" for an answer to "how many did it kill?", so they need not be sure.
    """
    days = first.candidate.reported
    if not days or _is_update(question, first.candidate, first.candidate):
        return None
    newest, newer, older = first, None, None
    for item in ranked:
        one, others = item.candidate, item.candidate.reported
        if item.probability < _AT_ALL or not others or reported_apart(first.candidate, one) or not one.event.happened:
            continue
        if one.features.names < first.candidate.features.names or is_of_other_days(question, one):
            continue
        differ = contradict("how_many", question.query, _figure(first.candidate), _figure(one), bounds=False)
        if (
            differ
            and _counts_the_same(question, first.candidate, one)
            and same_kind(question, first.candidate, one)
            and not of_other_events(first.candidate, one)
        ):
            if one.is_newer(newest.candidate):
                newest = newer = item
            elif first.candidate.is_newer(one) and days[0] <= others[1] + _REVISED:
                older = older or item
    return newer or older


def _counts_the_same(question: QuestionAnalysis, one: Candidate, other: Candidate) -> bool:
    """Whether the other sentence has what the one has of the question, its names aside: "points", not just a club."""
    names = {term for name in question.query.names for term in name}
    asked = same_meaning(term for term in question.query.terms if term not in STOP_WORDS | names)
    told = asked & same_meaning(one.terms)
    return bool(told) and len(told & same_meaning(other.terms)) >= _COUNTED * len(told)


def _figure(candidate: Candidate) -> str:
    """The words that answer if they have a number; else the sentence.

    Of a sentence without a number the words that answer.
    """
    return candidate.text if quantities(candidate.text) and not quantities(candidate.words) else candidate.words


def _code(question: QuestionAnalysis, one: Candidate, other: Candidate) -> str:
    if one.is_newer(other) or other.is_newer(one):
        if question.answer_type == "how_many":
            return "newer_count"
        if question.answer_type == "when" and not one.event.happened:
            return "newer_plan"
    return "two_sources" if one.article.id == other.article.id else "contradiction"


_MESSAGES = {
    "contradiction": messages.disagree,
    "two_sources": messages.two_say,
    "newer_count": messages.counts_anew,
    "newer_plan": messages.replanned,
    "occasions": messages.more_than_once,
}


def _finding(code: str, one: Ranked, other: Ranked) -> Finding:
    """Both as sides, that of the newer article first; as they are where none is known to be newer."""
    if other.candidate.is_newer(one.candidate):
        one, other = other, one
    newer = one if one.candidate.is_newer(other.candidate) else None
    sides = ", ".join(_side(item.candidate, newer is item) for item in (one, other))
    return Finding(
        "contradiction" if code == "two_sources" else code,
        _MESSAGES[code](sides),
        before=(one.candidate, other.candidate),
    )


def _side(candidate: Candidate, newer: bool) -> str:
    """What one side says, when it was published, and whether it is the newer one."""
    posted = candidate.sentence.posted
    when = messages.posted(posted) if posted else report_in_words(candidate.article)
    when += ", newer" if newer else ""
    said = _measured(candidate)
    return f"“{(said if quantities(said) else _figure(candidate)) or candidate.text}” ({when})"


def _may_contradict(question: QuestionAnalysis, one: Candidate, other: Candidate) -> bool:
    """Whether two answers are to the same question about the same kind of thing, and both tell what is so."""
    if Role.CORRECTION in (one.sentence.role, other.sentence.role):
        return False
    if one.article.id == other.article.id and not _of_other_updates(one, other):
        if not _two_say_so(one, other):
            return False
    elif _is_update(question, one, other):
        return False
    if has_passed(question, other) or answers_with_given_up(one) != answers_with_given_up(other):
        return False
    if other.event.status is Status.DENIED or other.event.happened != one.event.happened:
        return False
    if is_of_other_days(question, other) or (question.answer_type == "where" and _may_lie_in(one, other)):
        return False
    if other.features.context < SHARE * max(one.features.context, SHARE):
        return False
    return other.features.names >= one.features.names and same_kind(question, one, other)


def _of_other_updates(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences stand in two updates of a live blog: they are as two reports."""
    return one.is_newer(other) or other.is_newer(one)


def _two_say_so(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences of one article are what two say against each other, and no part of the same whole."""
    said_by = [
        {term for place in item.sentence.speakers for term in terms(item.article.text[slice(*place)])} - STOP_WORDS
        for item in (one, other)
    ]
    return all(said_by) and said_by[0].isdisjoint(said_by[1]) and not any(OF_THEM.search(x.text) for x in (one, other))


def _exclude_each_other(question: QuestionAnalysis, one: Candidate, other: Candidate) -> bool:
    """Whether two answers cannot both be right: times by their days, where these are known."""
    if question.answer_type == "when" and one.event.explicit and other.event.explicit:
        return not one.event.overlaps(other.event)
    return contradict(question.answer_type, question.query, _measured(one), _measured(other))


def _yes_and_no(question: QuestionAnalysis, ranked: Sequence[Ranked]) -> Finding | None:
    """Of the sentences that bear on a yes-or-no question the best one and one that denies what it says."""
    for other in ranked[1:]:
        first = ranked[0]
        if other.probability < _BEARS * first.probability:
            break
        one, another = first.candidate, other.candidate
        same = one.article.id == another.article.id and not _of_other_updates(one, another)
        if same or _is_update(question, one, another):
            continue
        denied = [item.event.status is Status.DENIED for item in (one, another)]
        ahead = [item.event.status in (Status.PLANNED, Status.CALLED_OFF) for item in (one, another)]
        if denied[0] == denied[1] or any(ahead) or reported_apart(one, another):
            continue
        said, denial = (another, one) if denied[0] else (one, another)
        if same_kind(question, one, another) and not _came_later(said, denial):
            return _finding("contradiction", first, other)
    return None


def _came_later(said: Candidate, denial: Candidate) -> bool:
    """Whether what is said happened after it was denied: "not yet passed", then "passed"."""
    published = denial.reported
    when = said.event
    return bool(when.explicit and when.first and published and when.first > published[1])


def _measured(candidate: Candidate) -> str:
    """The words that answer; a number with what it counts: the reader may leave the "miles" of "60 miles" out."""
    if candidate.answer is None:
        return ""
    (start, end), text = candidate.answer, candidate.article.text
    after = UNIT_BEHIND.match(text, end) if ENDS_IN_NUMBER.search(candidate.words) else None
    before = BOUND.search(text, max(0, start - 40), start) if candidate.words[:1].isdigit() else None
    unit = after.group() if after and after.group().strip() not in STOP_WORDS else ""
    return (before.group() if before else "") + candidate.words + unit


def _may_lie_in(one: Candidate, other: Candidate) -> bool:
    """Whether an article names the place that another tells too: Lund, and the south of Sweden."""
    places = [new_names(item.words, None) for item in (one, other)]
    titled = [set(terms(f"{item.article.title or ''} {item.article.text}")) for item in (one, other)]
    return any(there and there <= text for there, text in zip(places, reversed(titled), strict=True))


def _is_update(question: QuestionAnalysis, one: Candidate, other: Candidate) -> bool:
    """Whether the latest or the first is asked for and the reports may be of different days: none need be wrong."""
    time = question.query.time
    of_a_day = time and (time.order or (time.state and time.bounded))
    return bool(of_a_day) and one.reported != other.reported


CONTRADICTION = Finder(
    "contradiction",
    find_contradiction,
    "two sides are both told",
    excludes=frozenset({"correction"}),
)
