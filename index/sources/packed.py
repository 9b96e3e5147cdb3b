"""ZIP and tar archives: each file in them is read as it would be outside, one at a time, within bounds.

A member's own path is only its name here: nothing is ever written to it.
"""

from __future__ import annotations

import lzma
import tarfile
import tempfile
import zlib
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile

from index.errors import FileUnreadable, SourceError
from index.sources.text import BESIDE, MOST_BESIDE
from index.types import Article, Note

_MOST_MEMBERS = 200_000
_MOST_BYTES = 20_000_000_000
"""Of all members together, unpacked."""

_MOST_TIMES = 400
"""A member that is so many times as large as it is packed is no text."""

_MOST_MEMBER = 1_000_000_000
_MOST_BESIDE = 100_000_000
"""Of what stands beside all texts together."""

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
            beside = {info.filename: info for info in packed.infolist() if _is_beside(info.filename)}
            for name, info in members.items():
                place = _place(address, name)
                most = min(_MOST_MEMBER, left, _MOST_TIMES * info.compress_size + _PIECE)
                told = beside.pop(_beside(name), None)
                try:
                    with packed.open(info) as stream:
                        about = packed.open(told).read(MOST_BESIDE + 1) if told else None
                        left -= yield from _member(stream, name, place, most, max_characters, about)
                except (BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, NotImplementedError, EOFError) as error:
                    yield place, FileUnreadable(f"{place} cannot be unpacked: {error}")
            yield from _of_no_use(beside, address)
    except (BadZipFile, zlib.error, NotImplementedError) as error:
        raise FileUnreadable(f"{address} is no whole ZIP archive: {error}") from None


def read_tar(file: Path, *, address: str, max_characters: int) -> Found:
    """The same of a tar archive, plain or compressed."""
    packed_size = file.stat().st_size
    try:
        beside = _beside_in_tar(file, address)
        with _open_tar(file) as packed:
            left = min(_MOST_BYTES, _MOST_TIMES * packed_size + _PIECE)
            for number, info in enumerate(packed):
                if not info.isfile() or not _is_wanted(info.name):
                    continue
                _check_count(number, address)
                stream = packed.extractfile(info)
                if stream is not None:
                    place = _place(address, info.name)
                    most, about = min(_MOST_MEMBER, left), beside.pop(_beside(info.name), None)
                    left -= yield from _member(stream, info.name, place, most, max_characters, about)
            yield from _of_no_use(beside, address)
    except (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise FileUnreadable(f"{address} is no whole tar archive: {error}") from None


def _open_tar(file: Path) -> tarfile.TarFile:
    return tarfile.open(file, "r|*", encoding="utf-8", errors="replace")


def _beside_in_tar(file: Path, address: str) -> dict[str, bytes]:
    """What stands beside texts, by its name: in a tar archive it may come after its text."""
    found: dict[str, bytes] = {}
    left = _MOST_BESIDE
    with _open_tar(file) as packed:
        for info in packed:
            stream = packed.extractfile(info) if info.isfile() and _is_beside(info.name) else None
            if stream is not None:
                found[info.name] = stream.read(MOST_BESIDE + 1)
                left -= len(found[info.name])
            if left < 0:
                raise FileUnreadable(
                    f"{address} has more than {_MOST_BESIDE:,} bytes in files {BESIDE}; unpack it first"
                )
    return found


def _of_no_use(beside: Iterable[str], address: str) -> Found:
    for name in beside:
        yield _place(address, name), Note("of no use: no .txt of its name is beside it")


def _check_count(count: int, address: str) -> None:
    if count > _MOST_MEMBERS:
        raise FileUnreadable(f"{address} has more than {_MOST_MEMBERS:,} files")


def _place(address: str, name: str) -> str:
    """Where a member stands, however its path is written: "./a.txt" is "a.txt"."""
    clean = "/".join(part for part in PurePosixPath(name).parts if part not in (".", "/"))
    return f"{address}/{clean.encode('utf-8', 'replace').decode()}"


def _is_wanted(name: str) -> bool:
    from index.sources import end_of

    return not name.endswith("/") and not _is_hidden(name) and end_of(PurePosixPath(name).name) != ""


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in parts)


def _is_beside(name: str) -> bool:
    return name.endswith(BESIDE) and not _is_hidden(name)


def _beside(name: str) -> str:
    """What may stand beside a text; empty for what is none."""
    text, dot, end = name.rpartition(".")
    return text + BESIDE if dot + end.lower() in (".txt", ".text") else ""


def _member(
    stream: IO[bytes], name: str, place: str, most: int, max_characters: int, beside: bytes | None
) -> Generator[tuple[str, Article | SourceError | Note], None, int]:
    """The articles of a member, which may have something ``beside`` it; returns how many bytes it has."""
    from index.sources import end_of, read_any, reader_of

    size, end = 0, end_of(name)
    if reader_of(end) in (read_zip, read_tar):  # it may hold itself
        yield place, FileUnreadable(f"{place} is packed itself; unpack it first")
        return size
    with tempfile.TemporaryDirectory(prefix="assistant-") as folder:
        copy = Path(folder, f"member{end}")
        if beside is not None:
            Path(folder, f"member{BESIDE}").write_bytes(beside)
        with copy.open("wb") as out:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > most:
                    yield place, FileUnreadable(f"{place} unpacks to more than {most:,} bytes; it was left out")
                    return size
                out.write(piece)
        yield from read_any(copy, address=place, max_characters=max_characters)
    return size
