"""An expression of time in a text, and the days it stands for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from index.times.days import Precision
from index.times.rules import Unit

DERIVED = (
    "as said",
    "absolute",
    "absolute, if day and month are not the other way round",
    "before publication",
    "in the year of publication",
    "after publication",
    "from the text",
)
"""How the days of an expression were found."""


@dataclass(frozen=True, slots=True)
class Timex:
    """An expression of time: where it stands, and the days it stands for, both ends included.

    ``first`` or ``last`` is None at an open end; both and ``precision`` are None where the days are not known.
    """

    start: int
    end: int
    first: date | None = None
    last: date | None = None
    precision: Precision | None = None
    derived: str = "as said"
    """How the days were found, one of ``DERIVED``."""
    given_up: bool = False
    """Whether something had been meant for these days and is not: "had been due on Thursday"."""
    units: tuple[Unit, ...] = field(default=(), compare=False)
    """The calendar units that it names, before what is open about it; not kept in a store."""

    @property
    def resolved(self) -> bool:
        """Whether it is known which days are meant."""
        return self.precision is not None
