"""What an ingest has done so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from index.errors import SourceError
from index.types import Failure, IngestReport


@dataclass(slots=True)
class Tally:
    """What became of each article and each source of one ingest."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    foreign: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    incomplete: set[str] = field(default_factory=set)
    """The addresses of the files and pages that could not be read, or not wholly: no article of theirs has vanished."""
    sources: set[str] = field(default_factory=set)
    """The addresses of the files and pages that were looked at."""
    repeating: set[str] = field(default_factory=set)
    """The addresses that have an article which stands at another too: not to be trusted to be as they were."""
    places: dict[str, str] = field(default_factory=dict)
    """Where each article id of this ingest was first seen."""

    stood: dict[str, str] = field(default_factory=dict)
    """Where each article stood that was removed."""

    def fail(self, place: str, error: SourceError) -> None:
        self.failed.append(Failure(place, str(error), type(error).__name__, error.exit_code))

    def report(self, embedded: int) -> IngestReport:
        return IngestReport(
            added=tuple(self.added),
            updated=tuple(self.updated),
            unchanged=tuple(self.unchanged),
            removed=tuple(self.removed),
            left_out=tuple(self.left_out),
            failed=tuple(self.failed),
            chunks_embedded=embedded,
            foreign=dict(sorted(self.foreign.items())),
            places=self.stood | {one: self.places[one] for one in (*self.added, *self.updated)},
            notes=tuple(self.notes),
        )
