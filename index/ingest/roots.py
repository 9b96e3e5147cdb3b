"""Which root a path belongs to, and how much of it an ingest covers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index.errors import RootAmbiguous
from index.sources import Root, absolute, check_name


@dataclass(frozen=True, slots=True)
class Scope:
    """What an ingest of one path covers: addresses at or below ``address`` of a root."""

    root: Root
    address: str
    absorbed: tuple[str, ...] = ()
    """Labels of roots that lie inside this path: their articles become this root's."""


def find_scope(path: Path, label: str | None, roots: dict[str, Path], *, moved: Callable[[str, Path], bool]) -> Scope:
    """The scope of ingesting a path into a store that knows these roots.

    A path inside a known root is a part of it, so that a file given by itself and again with its folder is one
    article. Otherwise the folder (a file's parent) becomes a root, labelled with its name.
    A label that stands for another folder is taken over only if that folder is gone and ``moved(label, folder)`` says
    that its articles are here now: an unplugged disk must not cost its articles.
    Raises RootAmbiguous, or FileUnreadable for a name that is not UTF-8.
    """
    path = absolute(path)
    check_name(path)
    check_name(Path(label or ""))
    known = [
        Root(name, folder) for name, folder in roots.items() if path.is_relative_to(folder) and label in (None, name)
    ]
    if known:
        root = max(known, key=lambda root: len(root.path.parts))
    else:
        folder = path if path.is_dir() else path.parent
        root = Root(label or folder.name or "root", folder)
        taken = roots.get(root.label)
        if taken is not None and (taken.exists() or not moved(root.label, folder)):
            raise RootAmbiguous(
                f"the label {root.label!r} is already used for {taken} in this store; give {folder} another: "
                f"assistant ingest {path} --label NAME"
            )
    inside = (name for name, folder in roots.items() if name != root.label and folder.is_relative_to(path))
    return Scope(root, root.address(path), tuple(sorted(inside)))
