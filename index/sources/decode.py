"""Bytes to text: byte-order marks, UTF-8, else the encoding that the bytes themselves suggest."""

from __future__ import annotations

import codecs
from typing import IO

from index.errors import FileBinary, FileEmpty, FileUndecodable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BEGINNING = 8192
_SAMPLE = 262_144
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 27}


def decode(data: bytes, name: str) -> str:
    """The text of a file, without byte-order mark and with ``\\n`` for every line end.

    Raises FileEmpty, FileBinary, or FileUndecodable (which names the byte that is not UTF-8).
    """
    if not data.strip():
        raise FileEmpty(f"{name} is empty")
    text = _decode(data, name)
    if not text.strip():
        raise FileEmpty(f"{name} is empty")
    return text.replace("\r\n", "\n")


def encoding_of(stream: IO[bytes], name: str) -> str:
    """The encoding of a text of any length: the first lines that are not ASCII tell, wherever they stand.

    Where most of them are UTF-8 all is; a stray byte is not worth the rest. Raises FileUndecodable.
    """
    start = stream.read(_BEGINNING)
    stream.seek(0)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return "utf-8-sig" if encoding == "utf-8" else encoding.rpartition("-")[0]  # without its mark
    if unmarked := _utf16_of(start):
        return unmarked
    others: list[bytes] = []
    first: FileUndecodable | None = None
    at = sampled = good = 0
    while sampled < _SAMPLE and (line := stream.readline(_SAMPLE)):
        if not line.isascii():
            sampled += len(line)
            try:
                codecs.utf_8_decode(line, "strict", False)  # one that is cut off may end within a character
                good += 1
            except UnicodeDecodeError as error:
                others.append(line)
                first = first or _undecodable(error, at, name, "utf-8")
        at += len(line)
    if first is None or good > len(others):
        return "utf-8-sig"
    guessed = _guess(b"".join(others))
    if guessed is None:
        raise first
    return guessed


def _decode(data: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise _undecodable(error, len(mark), name, encoding) from None
    if unmarked := _utf16_of(data[:_BEGINNING]):
        try:
            return data.decode(unmarked)
        except UnicodeDecodeError as error:
            raise _undecodable(error, 0, name, unmarked) from None
    if sum(byte in _CONTROLS for byte in data[:_BEGINNING]) > len(data[:_BEGINNING]) // 100:
        raise FileBinary(f"{name} is not text; articles are read from .txt and .jsonl files")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        guessed = _guess(data)
        if guessed is None:
            raise _undecodable(error, 0, name, "utf-8") from None
        return data.decode(guessed)


def _utf16_of(start: bytes) -> str | None:
    """Which UTF-16 a beginning of Western text without a mark is in, if it is."""
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[0::2])):
        if len(start) > 1 and zeros.count(0) > 0.9 * len(zeros):
            return encoding
    return None


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    guesses = from_bytes(data)
    best = guesses.best()
    if best is not None:
        # Short Western text fits many single-byte encodings alike; Windows' own is by far the likeliest of them.
        alike = [guess for guess in guesses if (guess.chaos, guess.coherence) == (best.chaos, best.coherence)]
        best = next((guess for guess in alike if guess.encoding == "cp1252"), best)
    # Chaos is the share of implausible characters: a wrong guess would be quoted as if it were the text.
    return best.encoding if best is not None and best.chaos <= 0.1 else None


def _undecodable(error: UnicodeDecodeError, offset: int, name: str, encoding: str) -> FileUndecodable:
    byte = error.object[error.start]
    return FileUndecodable(
        f"{name}: byte {offset + error.start} (0x{byte:02x}) is not {encoding.upper()} and no other encoding fits; "
        "save the file as UTF-8"
    )
