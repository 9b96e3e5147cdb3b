"""What is known of a sentence once it was analysed: its clauses with their status, times, numbers, names, speakers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from index.analysis.quantities import Quantity
from index.times.expression import Timex
from index.times.timex3 import Timex3

Place = tuple[int, int]
"""Where something stands in an article's text: start and end, end exclusive."""


class Status(StrEnum):
    """Whether a clause says that something happened (event factuality, FactBank: Saurí and Pustejovsky 2009)."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    """A plan, a wish, a condition."""
    DENIED = "denied"
    CALLED_OFF = "called off"


class Role(StrEnum):
    """What a sentence is in its article; only the first two are evidence."""

    BODY = "body"
    CORRECTION = "correction"
    """It says that the article was wrong."""
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence with one status; ``main`` is false for what is told before or beside the main clause."""

    start: int
    end: int
    status: Status = Status.ASSERTED
    main: bool = True


@dataclass(frozen=True, slots=True)
class SentenceAnalysis:
    """A sentence of an article; all places are offsets into the article's text."""

    start: int
    end: int
    role: Role = Role.BODY
    clauses: tuple[Clause, ...] = ()
    times: tuple[Timex, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    mentions: tuple[Place, ...] = ()
    """Where it names somebody or something."""
    speakers: tuple[Place, ...] = ()
    """Who says what it says."""
    posted: datetime | None = None
    """When the update of a live blog that it stands in was posted; None in any other article."""
    lengths: tuple[Timex3, ...] = ()
    """For how long, and how often: durations and sets."""

    @property
    def evidence(self) -> bool:
        """Whether an answer may rest on it."""
        return self.role is not Role.HEADING

    def clause_at(self, place: int) -> Clause:
        """The clause with a place, the nearest one before it, or the first."""
        before = [clause for clause in self.clauses if clause.start <= place]
        return before[-1] if before else self.clauses[0] if self.clauses else Clause(self.start, self.end)

    def status_at(self, place: int) -> Status:
        """What the sentence says of whatever its words at a place tell."""
        return self.clause_at(place).status

    @property
    def main_place(self) -> int:
        """Where its main clause begins."""
        return next((clause.start for clause in self.clauses if clause.main), self.start)

    @property
    def main_time(self) -> Timex | None:
        """The first time in its main clause, else the first of all; None where it has none that is resolved.

        One that is given up only where there is no other.
        """
        known = sorted((timex for timex in self.times if timex.resolved), key=lambda timex: timex.given_up)
        return next((timex for timex in known if self.clause_at(timex.start).main), known[0] if known else None)
