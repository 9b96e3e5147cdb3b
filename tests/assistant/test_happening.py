"""What of a sentence has happened: the clause that tells of it decides, and the time next to it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.evidence.event_time import EventTime, event_time, may_be_of
from index.analysis.analyse import analyse_sentence
from index.analysis.types import Status
from index.times.time_request import read_intent
from index.types import Article

PUBLISHED = "2023-05-10"


@pytest.mark.parametrize(
    ("sentence", "words", "last"),
    [
        ("The toll rose to 33 on 8 May 2023 and could rise further.", "33", date(2023, 5, 8)),
        ("The ferry fire killed 19 people on 4 May 2023, not 14 as first reported.", "19", date(2023, 5, 4)),
        ("The quake struck without warning on 4 May 2023 and killed 31.", "31", date(2023, 5, 4)),
        ("They met on 5 May 2023, ahead of the elections on 9 September 2023.", "5 May 2023", date(2023, 5, 5)),
        ("The toll rose to 33 on 8 May 2023, from 14 on 3 May 2023.", "14", date(2023, 5, 3)),
        ("They will meet on 20 May 2023.", "20 May 2023", None),
        ("They did not meet on 9 May 2023 in Lund.", "9 May 2023", None),
        ("He said on Tuesday that he was preparing to resume talks.", "Tuesday", date(2023, 5, 9)),
        ("He said on Tuesday that he was preparing to resume talks.", "preparing to resume talks", None),
        ("If they meet on 9 May 2023, the strike may end.", "9 May 2023", None),
        ("The mayor resigned.", "resigned", date(2023, 5, 10)),
    ],
)
def test_the_clause_of_the_answer_tells_whether_and_when(sentence: str, words: str, last: date | None) -> None:
    article = Article("a", sentence, "a", published=PUBLISHED)
    analysis = analyse_sentence(sentence, date.fromisoformat(PUBLISHED))
    start = sentence.index(words)
    when = event_time(article, analysis, (start, start + len(words)), start)
    assert (when.last if when.happened else None) == last


@pytest.mark.parametrize(
    ("question", "reported", "meets"),
    [
        ("Who won the Velmora race on 10 May 2023?", date(2023, 5, 12), True),
        ("Who won the Velmora race on 10 May 2023?", date(2023, 6, 2), False),
        ("Who won the Velmora race in spring 2023?", date(2023, 6, 20), True),
        ("Who won the Velmora race in spring 2023?", date(2023, 8, 1), False),
        ("Who won the Velmora race in 2023?", date(2024, 1, 20), True),
        ("Who won the Velmora race in 2023?", date(2024, 3, 1), False),
    ],
)
def test_what_tells_no_day_happened_about_as_long_before_its_report_as_the_days_asked_for(
    question: str, reported: date, meets: bool
) -> None:
    intent = read_intent(question, date(2025, 1, 1))
    assert may_be_of(intent, EventTime(None, reported, explicit=False, status=Status.ASSERTED)) == meets


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("The church, damaged by an earthquake in February 2023, reopened on 3 May 2023.", "3 May 2023"),
        ("The vote, planned for 4 May 2023, was put off to 9 June 2023.", "9 June 2023"),
        ("After the scandal of 3 April 2023, she resigned on 9 April 2023.", "9 April 2023"),
        ("The match, planned for 4 May 2023, was called off.", "4 May 2023"),
    ],
)
def test_what_is_told_aside_is_not_when_it_happened(sentence: str, said: str) -> None:
    chosen = analyse_sentence(sentence, date.fromisoformat(PUBLISHED)).main_time
    assert chosen and sentence[chosen.start : chosen.end] == said
