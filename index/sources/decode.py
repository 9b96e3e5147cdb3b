"""Bytes to text: byte-order marks, UTF-8, else the encoding that the bytes themselves suggest."""

from __future__ import annotations

import codecs

from index.errors import FileBinary, FileEmpty, FileUndecodable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
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


def _decode(data: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise _undecodable(error, len(mark), data, name, encoding) from None
    for encoding, zeros in (("utf-16-le", data[1:8192:2]), ("utf-16-be", data[0:8192:2])):
        if len(data) > 1 and zeros.count(0) > 0.9 * len(zeros):  # Western text in UTF-16 without a mark
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise _undecodable(error, 0, data, name, encoding) from None
    if sum(byte in _CONTROLS for byte in data[:8192]) > len(data[:8192]) // 100:
        raise FileBinary(f"{name} is not text; articles are read from .txt and .jsonl files")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guess(data, name, error)


def _guess(data: bytes, name: str, error: UnicodeDecodeError) -> str:
    from charset_normalizer import from_bytes

    guesses = from_bytes(data)
    best = guesses.best()
    if best is not None:
        # Short Western text fits many single-byte encodings alike; Windows' own is by far the likeliest of them.
        alike = [guess for guess in guesses if (guess.chaos, guess.coherence) == (best.chaos, best.coherence)]
        best = next((guess for guess in alike if guess.encoding == "cp1252"), best)
    # Chaos is the share of implausible characters: a wrong guess would be quoted as if it were the text.
    if best is None or best.chaos > 0.1:
        raise _undecodable(error, 0, data, name, "utf-8")
    return str(best)


def _undecodable(error: UnicodeDecodeError, offset: int, data: bytes, name: str, encoding: str) -> FileUndecodable:
    position = offset + error.start
    return FileUndecodable(
        f"{name}: byte {position} (0x{data[position]:02x}) is not {encoding.upper()} and no other encoding fits; "
        "save the file as UTF-8"
    )
