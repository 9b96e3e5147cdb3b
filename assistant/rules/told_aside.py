"""The day of what a sentence tells beside its news: "released on Thursday, a day after his arrest": on Wednesday."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.evidence.event_time import main_time
from assistant.evidence.scoring import Scored
from assistant.question.answer_type import kind_of
from index.analysis.terms import STOP_WORDS, terms
from index.storage.store import Store
from index.times.days import COARSENESS, Precision, day_in_words, days_in_words, moved, unit_around
from index.times.rules import ABOUT, COUNT, UNIT, counted
from index.times.timex import EXACTLY, LOOSELY, Timex
from index.types import Query

_BESIDE = re.compile(rf"(?:\b{ABOUT}{COUNT} {UNIT} )?\b(?P<way>after|before|following)\b", re.IGNORECASE)
_END = re.compile(r"[,;:—–]|\b(?:but|and)\b")
_ITSELF = re.compile(r"\b(?:after|before|following|since|until)\b", re.IGNORECASE)


def told_aside(store: Store, query: Query, item: Scored) -> Scored:
    """A sentence that tells what is asked for only beside its news, with the day that this had, and not the news's.

    ``Evidence.aside`` says so in words; it has no short answer then.
    """
    evidence = item.evidence
    if kind_of(query.text) != "when" or _ITSELF.search(query.text) or evidence.reading is None:
        return item
    text, start = evidence.text, evidence.span.start
    times = [
        timex
        for timex in store.catalog.times(evidence.article)
        if timex.resolved and start <= timex.start and timex.end <= evidence.span.end
    ]
    for found in _BESIDE.finditer(text):
        end = _END.search(text, found.end())
        until = end.start() if end else len(text)
        if not _is_asked(query, text[found.end() : until], f"{text[: found.start()]} {text[until:]}"):
            continue
        if any(start + found.start("way") <= timex.start < start + until for timex in times):
            return item  # it has a time of its own
        main = [timex for timex in times if not start + found.start() <= timex.start < start + until]
        if not main:
            return item
        aside = _in_words(found, main_time(text, main, start), evidence.article.text)
        return item._replace(evidence=replace(evidence, aside=aside)).without_short if aside else item
    return item


def _is_asked(query: Query, beside: str, news: str) -> bool:
    """Whether what stands beside the news has more of a question that the news lacks than the other way round."""
    names = {term for name in query.names for term in name}
    asked = {term: set(words) for term, words in query.terms.items() if term not in STOP_WORDS | query.time_terms}
    in_beside, in_news = (
        {term for term, words in asked.items() if not words.isdisjoint(terms(part))} for part in (beside, news)
    )
    only, others = in_beside - in_news, in_news - in_beside - names
    return bool(only - names) and len(only) > len(others)


def _in_words(found: re.Match[str], news: Timex, text: str) -> str | None:
    """When it was, counted from the time of the news; how far it is known, where there is nothing to count."""
    later = found["way"].lower() == "before"
    said = f"“{text[news.start : news.end]}”"
    first, last = news.first, news.last
    if not first or not last or not news.precision:
        return None
    days = days_in_words(first, last)
    way = "after" if later else "before"
    if not found["unit"]:
        edge = f"from {day_in_words(first)} on" if later else f"by {day_in_words(last)}"
        return f"{edge}: told only as {way} what happened {said}"
    unit, count = found["unit"].lower(), counted(found)
    known: Precision = (LOOSELY if found["about"] else EXACTLY).get(unit, "year")
    try:
        day = moved(first, unit, count if later else -count)
        told = unit_around(day, max(known, news.precision, key=COARSENESS.index))
    except (ValueError, OverflowError):
        return None
    span = found.group()[: -len(found["way"])].strip()
    return f"{days_in_words(told[0], told[1])}: {span} {way} {said}, {days}"
