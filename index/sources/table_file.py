"""Tables of articles: CSV and TSV, one article a row, and Parquet; the first row, or the schema, names the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from index.errors import FileEmpty, LineMalformed, SourceError
from index.sources.decode import encoding_of
from index.sources.fields import article_of, content_id
from index.sources.markup import without_markup
from index.sources.names import by_known_names, field_named
from index.types import Article

_SAMPLE = 65_536
_ROWS = 1_000
_READ = ("text", "title", "author", "agency", "place")

Row = Mapping[str, str]


def read_csv(file: Path, *, address: str, max_characters: int) -> Iterator[tuple[str, Article | SourceError]]:
    """Each row's place (``news.csv row 7``) and its article, or what is wrong with it.

    Raises FileEmpty, LineMalformed for a table without a column of texts, and what ``encoding_of`` raises.
    """
    csv.field_size_limit(4 * max_characters + 65_536)
    with file.open("rb") as raw:
        encoding = encoding_of(raw, address)
        raw.seek(0)
        stream = io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
        sample = stream.read(_SAMPLE)
        if not sample.strip():
            raise FileEmpty(f"{address} is empty")
        stream.seek(0)
        rows = csv.reader(stream, delimiter=_delimiter(sample, file))
        columns = [name.strip().removeprefix("\ufeff") for name in next(rows, [])]
        _check(columns, address)
        number = 1
        while True:
            number += 1
            place = f"{address} row {number}"
            try:
                values = next(rows)
            except StopIteration:
                return
            except csv.Error as error:  # where the next row begins is not known
                yield place, LineMalformed(f"{place} cannot be read, nor what follows: {error}")
                return
            if len(values) > len(columns):
                many = (
                    f"{place} has {len(values)} values for {len(columns)} columns; put quotes around text with commas"
                )
                yield place, LineMalformed(many)
            elif any(value.strip() for value in values):
                yield from _article(dict(zip(columns, values, strict=False)), place, address, max_characters)


def read_parquet(file: Path, *, address: str, max_characters: int) -> Iterator[tuple[str, Article | SourceError]]:
    """The same of a Parquet file. Raises LineMalformed."""
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        table = ParquetFile(file)
        columns = table.schema_arrow.names
    except (pyarrow.ArrowException, OSError) as error:
        raise LineMalformed(f"{address} is no Parquet file: {str(error).splitlines()[0]}") from None
    _check(columns, address)
    known = [name for name in columns if field_named(name)]
    number = 0
    for batch in table.iter_batches(_ROWS, columns=known):
        for row in batch.to_pylist():
            number += 1
            told = {name: _plain(value) for name, value in row.items()}
            yield from _article(told, f"{address} row {number}", address, max_characters)


def _article(row: Row, place: str, address: str, max_characters: int) -> Iterator[tuple[str, Article | SourceError]]:
    told = by_known_names(row)
    clean = {name: without_markup(value) if name in _READ else value for name, value in told.items()}
    text, own = clean.pop("text", ""), clean.pop("id", None)  # "1" is of this table alone
    try:
        yield (
            place,
            article_of(
                text,
                clean,
                address=address,
                place=place,
                max_characters=max_characters,
                part=own or content_id(clean.get("title"), text),
            ),
        )
    except SourceError as error:
        yield place, error


def _plain(value: object) -> str:
    """A value of a Parquet column as text."""
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value)
    return "" if value is None else str(value)


def _check(columns: list[str], address: str) -> None:
    if "text" not in {field_named(name) for name in columns}:
        raise LineMalformed(
            f"{address} has no column for the text of an article; it has: {', '.join(columns)[:300]}. "
            'Call that column "text" (others may be title, date, url, author, outlet, id)'
        )


def _delimiter(sample: str, file: Path) -> str:
    if ".tsv" in file.name.lower() or ".tab" in file.name.lower():
        return "\t"
    first = sample.partition("\n")[0]
    return max(",;\t|", key=first.count)
