"""Files to articles: finds what can be read below a path, and reads it one article at a time.

Add a source HERE: write a ``Read`` in a file beside these and put it into ``KINDS`` by the ends of its files' names.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import NamedTuple, Protocol

from index.errors import FileUnreadable, NothingToRead, SourceError, SourceMissing
from index.sources.text import BESIDE, read_one_text
from index.types import Article, Note


class Read(Protocol):
    """What reads files of one kind."""

    def __call__(
        self, file: Path, *, address: str, max_characters: int
    ) -> Iterator[tuple[str, Article | SourceError | Note]]:
        """Each article of a file with the place it stands at (``news.jsonl line 7``), or what is wrong there.

        Raises SourceError or OSError where nothing of the file can be read.
        """
        ...


KINDS: dict[str, str] = {
    ".txt": "text:read_one_text",
    ".text": "text:read_one_text",
    ".jsonl": "jsonl:read_jsonl",
    ".ndjson": "jsonl:read_jsonl",
    ".jsonl.gz": "jsonl:read_jsonl",
    ".ndjson.gz": "jsonl:read_jsonl",
    ".json": "json_file:read_json",
    ".html": "html:read_html",
    ".htm": "html:read_html",
    ".xhtml": "html:read_html",
    ".pdf": "pdf:read_pdf",
    ".docx": "office:read_docx",
    ".odt": "office:read_odt",
    ".epub": "epub:read_epub",
    ".md": "markdown:read_markdown",
    ".markdown": "markdown:read_markdown",
    ".eml": "mail:read_eml",
    ".mbox": "mail:read_mbox",
    ".xml": "xml_file:read_xml",
    ".rss": "xml_file:read_xml",
    ".atom": "xml_file:read_xml",
    ".csv": "table_file:read_csv",
    ".tsv": "table_file:read_csv",
    ".parquet": "table_file:read_parquet",
    ".warc": "web_archive:read_warc",
    ".warc.gz": "web_archive:read_warc",
    ".wacz": "web_archive:read_wacz",
    ".zip": "packed:read_zip",
    ".tar": "packed:read_tar",
    ".tar.gz": "packed:read_tar",
    ".tgz": "packed:read_tar",
}
"""What reads the files whose names end so: a file beside this one, and its ``Read``. It is imported when it is needed.

Packages add theirs with the entry point ``article_assistant.sources``.
"""

_EXTRAS = {"pyarrow": "parquet"}
"""Which extra of this package brings what a reader imports; all others are brought by ``sources``."""


@cache
def _added() -> dict[str, EntryPoint]:
    """What other packages read, by the ends of names."""
    return {one.name.lower(): one for one in entry_points(group="article_assistant.sources")}


def end_of(name: str) -> str:
    """The end of a file's name that tells its kind; empty where it tells none that can be read."""
    lower = name.lower()
    ends = [end for end in (*KINDS, *_added()) if lower.endswith(end)]
    return "" if lower.endswith(BESIDE) else max(ends, key=len, default="")


def reader_of(name: str) -> Read | None:
    """What reads a file of this name; None for a kind that cannot be read. Raises ImportError without its library."""
    end = end_of(name)
    if end in _added():
        added: Read = _added()[end].load()
        return added
    if end not in KINDS:
        return None
    module, _, function = KINDS[end].partition(":")
    read: Read = getattr(import_module(f"index.sources.{module}"), function)
    return read


@dataclass(frozen=True, slots=True)
class Root:
    """A folder of sources; its label, not its path, goes into addresses, so ids are the same on every machine."""

    label: str
    path: Path

    def address(self, file: Path) -> str:
        """``label/path/below/the/root.txt``."""
        return "/".join((self.label, *file.relative_to(self.path).parts))


def absolute(path: Path) -> Path:
    """Where a path leads; a file's own link is kept, since its name tells its kind."""
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name


def check_name(path: Path) -> None:
    """Raise FileUnreadable for a path that cannot be an address."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        name = str(path).encode(errors="replace").decode()
        raise FileUnreadable(f"{name} has a name that is not UTF-8; rename it") from None


class Listing(NamedTuple):
    """The files that can be read, the folders that could not be listed, and files that stand beside no article."""

    files: list[Path]
    unlisted: list[tuple[Path, FileUnreadable]]
    alone: list[Path]


def find_files(path: Path, *, leave_out: Path | None = None) -> Listing:
    """What is at or below a path, absolute and in a fixed order.

    Hidden ones are passed over, and the folder ``leave_out``: a store may lie among its own articles.
    Raises SourceMissing or NothingToRead.
    """
    if path.is_file():
        if not end_of(path.name):
            raise NothingToRead(f"{path} is not a kind of file that can be read; these can: {_kinds()}")
        return Listing([absolute(path)], [], [])
    if not path.exists():
        raise SourceMissing(f"{path} does not exist")
    unlisted: list[tuple[Path, FileUnreadable]] = []

    def note(error: OSError) -> None:
        unlisted.append((Path(error.filename), FileUnreadable(f"{error.filename} cannot be listed: {error.strerror}")))

    left_out = leave_out.resolve() if leave_out else None
    files: list[Path] = []
    for folder, subfolders, names in os.walk(absolute(path), onerror=note):
        subfolders[:] = sorted(
            name for name in subfolders if not name.startswith(".") and Path(folder, name) != left_out
        )
        files += (Path(folder, name) for name in sorted(names) if not name.startswith("."))
    names_here = set(files)
    alone = [
        file
        for file in files
        if file.name.lower().endswith(BESIDE) and file.with_name(f"{file.name[: -len(BESIDE)]}.txt") not in names_here
    ]
    # A pipe would block for ever; a broken link is kept, so that it is reported.
    files = [file for file in files if end_of(file.name) and (file.is_file() or not file.exists())]
    if not files and not unlisted:
        raise NothingToRead(f"{path} holds no file that can be read; these can: {_kinds()}")
    return Listing(files, unlisted, alone)


def read_file(file: Path, *, root: Root, max_characters: int) -> Iterator[tuple[str, Article | SourceError | Note]]:
    """Each article of a file with the place it stands at, or what is wrong there."""
    address = root.address(file)
    try:
        check_name(file)
    except SourceError as error:
        yield address, error
        return
    yield from read_any(file, address=address, max_characters=max_characters)


def read_any(file: Path, *, address: str, max_characters: int) -> Iterator[tuple[str, Article | SourceError | Note]]:
    """The same of a file that stands at another address than its path tells."""
    try:
        read = reader_of(file.name) or read_one_text
        yield from read(file, address=address, max_characters=max_characters)
    except SourceError as error:
        yield address, error
    except ImportError as error:
        extra = _EXTRAS.get(error.name or "", "sources")
        missing = f"needs {error.name}, which is not installed; add it with: pip install 'article-assistant[{extra}]'"
        yield address, FileUnreadable(f"{address} {missing}")
    except (OSError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield address, FileUnreadable(f"{address} cannot be read: {reason}")
    except MemoryError:
        yield address, FileUnreadable(f"{address} needs more memory than there is")
    except Exception as error:  # a library's own, of a file that is broken in a new way: the rest of a batch goes on
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        yield address, FileUnreadable(f"{address} is broken in a way that its reader does not know ({what})")


def _kinds() -> str:
    return ", ".join((*KINDS, *_added()))
