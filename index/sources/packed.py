"""ZIP and tar archives: each file in them is read as it would be outside, one at a time, within bounds.

A member's own path is only its name here: nothing is ever written to it.
"""

from __future__ import annotations

import lzma
import tarfile
import tempfile
import zlib
from collections.abc import Generator, Iterator
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile

from index.errors import FileUnreadable, SourceError
from index.types import Article, Note

_MOST_MEMBERS = 200_000
_MOST_BYTES = 20_000_000_000
"""Of all members together, unpacked."""

_MOST_TIMES = 400
"""A member that is so many times as large as it is packed is no text."""

_MOST_MEMBER = 1_000_000_000
_PIECE = 1 << 20

Found = Iterator[tuple[str, Article | SourceError | Note]]


def read_zip(file: Path, *, address: str, max_characters: int) -> Found:
    """Each article of each file in a ZIP archive. Raises FileUnreadable for a broken one."""
    try:
        with ZipFile(file) as packed:
            left = _MOST_BYTES
            # Of a file that was packed twice under one name, the last counts.
            members = {info.filename: info for info in packed.infolist() if _is_wanted(info.filename)}
            _check_count(len(members), address)
            for name, info in members.items():
                place = _place(address, name)
                most = min(_MOST_MEMBER, left, _MOST_TIMES * info.compress_size + _PIECE)
                try:
                    with packed.open(info) as stream:
                        left -= yield from _member(stream, name, place, most, max_characters)
                except (BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, NotImplementedError, EOFError) as error:
                    yield place, FileUnreadable(f"{place} cannot be unpacked: {error}")
    except (BadZipFile, zlib.error, NotImplementedError) as error:
        raise FileUnreadable(f"{address} is no whole ZIP archive: {error}") from None


def read_tar(file: Path, *, address: str, max_characters: int) -> Found:
    """The same of a tar archive, plain or compressed."""
    packed_size = file.stat().st_size
    try:
        with tarfile.open(file, "r|*", encoding="utf-8", errors="replace") as packed:
            left = min(_MOST_BYTES, _MOST_TIMES * packed_size + _PIECE)
            for number, info in enumerate(packed):
                if not info.isfile() or not _is_wanted(info.name):
                    continue
                _check_count(number, address)
                stream = packed.extractfile(info)
                if stream is not None:
                    place = _place(address, info.name)
                    left -= yield from _member(stream, info.name, place, min(_MOST_MEMBER, left), max_characters)
    except (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise FileUnreadable(f"{address} is no whole tar archive: {error}") from None


def _check_count(count: int, address: str) -> None:
    if count > _MOST_MEMBERS:
        raise FileUnreadable(f"{address} has more than {_MOST_MEMBERS:,} files")


def _place(address: str, name: str) -> str:
    """Where a member stands, however its path is written: "./a.txt" is "a.txt"."""
    clean = "/".join(part for part in PurePosixPath(name).parts if part not in (".", "/"))
    return f"{address}/{clean.encode('utf-8', 'replace').decode()}"


def _is_wanted(name: str) -> bool:
    from index.sources import end_of

    path = PurePosixPath(name)
    hidden = any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in path.parts)
    return not name.endswith("/") and not hidden and end_of(path.name) != ""


def _member(
    stream: IO[bytes], name: str, place: str, most: int, max_characters: int
) -> Generator[tuple[str, Article | SourceError | Note], None, int]:
    """The articles of a member; returns how many bytes it has."""
    from index.sources import end_of, read_any, reader_of

    size, end = 0, end_of(name)
    if reader_of(end) in (read_zip, read_tar):  # it may hold itself
        yield place, FileUnreadable(f"{place} is packed itself; unpack it first")
        return size
    with tempfile.TemporaryDirectory(prefix="assistant-") as folder:
        copy = Path(folder, f"member{end}")
        with copy.open("wb") as out:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > most:
                    yield place, FileUnreadable(f"{place} unpacks to more than {most:,} bytes; it was left out")
                    return size
                out.write(piece)
        yield from read_any(copy, address=place, max_characters=max_characters)
    return size
