"""Whether a sentence says that something has happened, is planned, denied or called off, clause by clause.

Event factuality, after FactBank (Saurí and Pustejovsky 2009): "met on Monday to discuss whether fishing can resume"
says that they met, though "can" stands in it, and "denied that she had met him" says that they did not. The engine
follows ConText (Harkema and others 2009): a trigger has a scope that ends where a clause or another verb begins.
"""

from __future__ import annotations

from itertools import pairwise

from index.analysis.types import Clause, Status
from index.languages.en.triggers import (
    ASIDE,
    BESIDE,
    CALLED_OFF,
    CLAUSE_BREAK,
    DENIAL,
    DENIED_WHEN,
    DONE,
    LEADING,
    NO_LONGER_DENIED,
    NOT,
    PLANNED,
    SUBORDINATOR,
    THAT,
)

_TRIGGERS = ((Status.DENIED, NOT), (Status.CALLED_OFF, CALLED_OFF), (Status.PLANNED, PLANNED))


def clauses_of(text: str, offset: int = 0) -> tuple[Clause, ...]:
    """The clauses of a sentence, each with its status; places are counted from ``offset``.

    >>> [(str(one.status), "The toll rose to 33 and could rise further."[one.start : one.end])
    ...  for one in clauses_of("The toll rose to 33 and could rise further.")]
    [('asserted', 'The toll rose to 33 and '), ('planned', 'could rise further.')]
    """
    breaks = [0, *(found.end() for found in CLAUSE_BREAK.finditer(text)), len(text)]
    parts = [part for start, end in pairwise(breaks) if start < end for part in _parts(text, start, end)]
    denied = _denied(text)
    beside = [found.span() for found in ASIDE.finditer(text)]
    beside += [found.span() for found in [LEADING.match(text)] if found]
    edges = {edge for place in denied + beside for edge in place}
    found: list[Clause] = []
    for start, end, status in parts:
        inner = sorted(edge for edge in edges if start < edge < end)
        for first, last in pairwise([start, *inner, end]):
            is_denied = any(begin <= first < until for begin, until in denied)
            main = not any(begin <= first < until for begin, until in beside)
            clause = Clause(first, last, Status.DENIED if is_denied else status, main)
            if found and found[-1].end == first and (found[-1].status, found[-1].main) == (clause.status, main):
                found[-1] = Clause(found[-1].start, last, clause.status, main)
            else:
                found.append(clause)
    return tuple(Clause(one.start + offset, one.end + offset, one.status, one.main) for one in found)


def _parts(text: str, start: int, end: int) -> list[tuple[int, int, Status]]:
    """A clause in parts: each is governed by the last trigger or verb before it, the first by what follows it."""
    clause = text[start:end]
    signs = [(found.start(), found.end(), status) for status, sign in _TRIGGERS for found in sign.finditer(clause)]
    verbs = [found.start() for found in DONE.finditer(clause)]
    governing = sorted({at for at, _, _ in signs} | set(verbs))
    first = governing[0] if governing else len(clause)
    edges = [0, *(found.end() for found in BESIDE.finditer(clause) if found.end() < first), *governing, len(clause)]
    parts = []
    for begin, until in pairwise(sorted(set(edges))):
        before = [sign for sign in signs if sign[0] <= begin]
        if before or any(verb <= begin for verb in verbs):
            status = _governed(before, [verb for verb in verbs if verb <= begin])
        else:
            status = _ahead(clause, begin, signs, verbs)
        parts.append((start + begin, start + until, status))
    return _with_what_became_of_it(text, parts)


def _with_what_became_of_it(text: str, parts: list[tuple[int, int, Status]]) -> list[tuple[int, int, Status]]:
    """A plan that the same clause says was called off: "the talks set for 9 May were called off"."""
    for number, (start, end, status) in enumerate(parts):
        off = next((at for at, _, other in parts[number + 1 :] if other is Status.CALLED_OFF), None)
        if status is Status.PLANNED and off is not None and not SUBORDINATOR.search(text, end, off):
            parts[number] = start, end, Status.CALLED_OFF
    return parts


def _governed(signs: list[tuple[int, int, Status]], verbs: list[int]) -> Status:
    """The status by the triggers and verbs before: a trigger holds up to a verb behind it; a denial before others."""
    held = [
        status
        for at, done, status in signs
        if at == max(other for other, _, kind in signs if kind is status) and not any(verb >= done for verb in verbs)
    ]
    return next((status for status, _ in _TRIGGERS if status in held), Status.ASSERTED)


def _ahead(clause: str, begin: int, signs: list[tuple[int, int, Status]], verbs: list[int]) -> Status:
    """The status of what stands before any trigger or verb: by the first that follows, unless another clause begins."""
    beside = BESIDE.search(clause, begin)
    until = beside.start() if beside else len(clause)
    coming = [sign for sign in signs if sign[0] < until]
    first = min((sign[0] for sign in coming), default=len(clause))
    if not coming or any(verb < first for verb in verbs):
        return Status.ASSERTED
    there = {status for _, _, status in coming if not any(verb < first for verb in verbs)}
    return next(status for status, _ in _TRIGGERS if status in there)


def _denied(text: str) -> list[tuple[int, int]]:
    """What a denial reaches: all that follows "that", else up to the end of the clause or the next finite verb."""
    scopes = []
    for found in DENIAL.finditer(text):
        rest = found.end()
        stop = CLAUSE_BREAK.search(text, rest)
        until = stop.start() if stop else len(text)
        that = THAT.search(text, rest)
        if that:
            scopes.append((that.end(), len(text)))
            continue
        own = DENIED_WHEN.match(text, rest)
        begin = own.end() if own else rest
        further = NO_LONGER_DENIED.search(text, begin, until)
        if further and DONE.search(text, further.end(), until):
            until = further.start()
        if begin < until:
            scopes.append((begin, until))
    return scopes
