"""What a catalog remembers of where its articles come from: the sources somebody named, and how each file was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.storage.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Remembered:
    """A path or an address that somebody named, to be looked at again."""

    place: str
    """An absolute path, or an address beginning with http:// or https://."""
    label: str
    """Of the root its articles belong to."""
    hosts: tuple[str, ...] = ()
    """The hosts beside its own that pages may be fetched from."""
    fault: str | None = None
    """Why it could not be read the last time."""
    looked_at: datetime | None = None

    @property
    def is_web(self) -> bool:
        return is_web(self.place)


def is_web(place: str) -> bool:
    """Whether a place is an address of the web.

    >>> is_web("https://paper.example/feed"), is_web("articles/2025")
    (True, False)
    """
    return place.lower().startswith(("http://", "https://"))


def remembered(catalog: Catalog) -> list[Remembered]:
    """The sources that were named, in the order of their places."""
    with catalog.reading() as db:
        rows = db.execute("SELECT place, label, hosts, fault, looked_at FROM sources ORDER BY place").fetchall()
    return [
        Remembered(place, label, tuple(hosts.split()), fault, datetime.fromisoformat(at) if at else None)
        for place, label, hosts, fault, at in rows
    ]


def remember(catalog: Catalog, source: Remembered) -> None:
    """Remember a source; a path within another that is remembered is a part of it, and so the other way round."""
    known = remembered(catalog)
    if not source.is_web:
        path = Path(source.place)
        beside = [one for one in known if not one.is_web and one.place != source.place]
        if any(path.is_relative_to(one.place) for one in beside):
            return
        forget(catalog, [one.place for one in beside if Path(one.place).is_relative_to(path)])
        # Its label stands for this folder now: the one before is gone.
        forget(catalog, [one.place for one in beside if one.label == source.label and not Path(one.place).exists()])
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with catalog.transaction() as db:
        db.execute(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?)",
            (source.place, source.label, " ".join(source.hosts), source.fault, now),
        )


def note_fault(catalog: Catalog, place: str, fault: str) -> None:
    """Note why a source that is remembered could not be read."""
    told = fault.encode(errors="replace").decode()
    with catalog.transaction() as db:
        db.execute("UPDATE sources SET fault = ? WHERE place = ?", (told, place))


def forget(catalog: Catalog, places: Sequence[str]) -> None:
    """Look at these sources no more; their articles stay."""
    if places:
        with catalog.transaction() as db:
            db.executemany("DELETE FROM sources WHERE place = ?", [(place,) for place in places])


def stamps(catalog: Catalog) -> Mapping[str, str]:
    """How each file and page was when it was read last, by its address."""
    with catalog.reading() as db:
        return dict(db.execute("SELECT source, stamp FROM stamps"))


def dismissed(catalog: Catalog) -> set[str]:
    """The addresses of files and pages that are passed over."""
    with catalog.reading() as db:
        return {source for (source,) in db.execute("SELECT source FROM dismissed")}


def dismiss(catalog: Catalog, sources: Sequence[str]) -> None:
    """Pass over these files and pages from now on; articles that came from them stay."""
    with catalog.transaction() as db:
        db.executemany("INSERT OR IGNORE INTO dismissed VALUES (?)", [(source,) for source in sources])


def readmit(catalog: Catalog, sources: Sequence[str]) -> None:
    """Read these again that were passed over."""
    with catalog.transaction() as db:
        db.executemany("DELETE FROM dismissed WHERE source = ?", [(source,) for source in sources])
