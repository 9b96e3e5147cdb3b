"""Questions that others have written: a folder of questions and articles, SQuAD's JSON, a table in CSV.

A folder has ``questions.jsonl.gz`` (question, answers, evidence = ids of articles, and where known id, type, history,
question_date) and ``corpus.jsonl.gz`` (id, title, date, text). SQuAD's JSON has the articles beside the questions
(Rajpurkar and others 2018, arXiv:1806.03822). A table has a column for each field of a case; several values in one cell
are parted by "|".
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.errors import SuiteInvalid

Rows = list[tuple[int, Any]]
"""Cases as they were written, each with the line it stands in."""

_UNANSWERED = {"unanswerable": "the set has no answer to it"}
_LISTS = ("accept", "must_mention", "must_not_mention", "evidence", "articles", "tags")
_COLUMNS = {"answer": "accept", "answers": "accept", "article": "articles"}
"""What columns are called too."""
_NUMBERS = ("number", "tolerance")
_TRUE = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def rows_of_data(folder: Path) -> Rows:
    """The questions of a folder; raises SuiteInvalid."""
    path = folder / "questions.jsonl.gz"
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return [(number, _of_data(json.loads(line))) for number, line in enumerate(file, 1)]
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SuiteInvalid(
            f"{path} cannot be read ({error!r}); the folder has to have questions.jsonl.gz and corpus.jsonl.gz"
        ) from error


def _of_data(row: Mapping[str, Any]) -> dict[str, Any]:
    answers = [str(answer) for answer in row.get("answers") or () if str(answer).strip()]
    if not answers and str(row.get("type")).removeprefix("partially_").removeprefix("not_") == "supported":
        raise SuiteInvalid(f"{row['question']!r} is a claim, to which nothing is an answer; its set has no questions")
    known = row.get("type") != "unanswerable" and answers
    case: dict[str, Any] = {"question": row["question"], "articles": list(row.get("evidence") or ())}
    case |= {"accept": answers} if known else _UNANSWERED
    case |= {name: str(row[name]) for name in ("id", "type") if row.get(name)}
    if asked := row.get("question_date"):
        case["now"] = str(asked)[:10]
    if history := row.get("history"):
        case["history"] = [
            [one["text"], other["text"]] for one, other in zip(history[::2], history[1::2], strict=False)
        ]
    return case


def rows_of_squad(path: Path, text: str) -> Rows:
    """The questions of SQuAD's JSON, 1.1 or 2.0; raises SuiteInvalid."""
    rows: Rows = []
    for number, (article, paragraph) in enumerate(_paragraphs(path, text), 1):
        for place, asked in enumerate(paragraph.get("qas") or (), 1):
            try:
                told = [answer.get("text") for answer in asked.get("answers") or ()]
            except AttributeError as error:
                raise SuiteInvalid(f"{path}: question {place} of {article} is none of SQuAD's: {error}") from error
            answers = list(dict.fromkeys(text for text in told if text))
            name = str(asked.get("id") or f"{number}-{place}")
            case = {"id": name, "question": asked.get("question", ""), "articles": [article]}
            line = 1 + text.count("\n", 0, max(0, text.find(json.dumps(name))))  # one for all, in a file of one line
            rows.append((line, case | ({"accept": answers} if answers else _UNANSWERED)))
    return rows


def _paragraphs(path: Path, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The paragraphs of SQuAD's JSON, each with the id that it gets as an article."""
    try:
        for place, article in enumerate(json.loads(text)["data"], 1):
            for number, paragraph in enumerate(article["paragraphs"], 1):
                paragraph["context"]
                yield f"{article.get('title') or f'{path.stem}-{place}'}-{number}", paragraph
    except (ValueError, KeyError, TypeError) as error:
        raise SuiteInvalid(
            f"{path} has not the form of SQuAD's JSON, data, paragraphs, context and qas: {error!r}"
        ) from error


def rows_of_csv(path: Path, text: str) -> Rows:
    """The cases of a table whose first row names its columns; raises SuiteInvalid."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    rows: Rows = []
    line = 2
    columns = [_COLUMNS.get(name.strip().lower(), name.strip().lower()) for name in reader.fieldnames or ()]
    if twice := sorted({name for name in columns if columns.count(name) > 1}):
        raise SuiteInvalid(f"{path}:1: two columns are for {twice[0]!r}, of which one would be lost")
    try:
        for row in reader:
            if None in row:
                raise SuiteInvalid(f"{path}:{line}: there are more cells than columns; quote a cell that has a comma")
            rows.append((line, {name: value for name, value in map(_cell, row, row.values()) if value is not None}))
            line = reader.line_num + 1
    except csv.Error as error:
        raise SuiteInvalid(f"{path}:{line}: this is no CSV: {error}") from error
    return rows


def _cell(column: str, written: str | None) -> tuple[str, Any]:
    """A field of a case and its value; None for an empty cell."""
    plain = column.strip().lower()
    name, text = _COLUMNS.get(plain, plain), (written or "").strip()
    if not text:
        return name, None
    if name in _LISTS:
        return name, [part.strip() for part in text.split("|") if part.strip()]
    if name in ("yes_no", "reviewed"):
        return name, _TRUE.get(text.lower(), text)
    if name in _NUMBERS:
        try:
            return name, float(text)
        except ValueError:
            return name, text
    return name, text


@contextmanager
def articles_of(path: Path) -> Iterator[Path]:
    """The articles that questions of others bring with them, as a file to ingest; raises SuiteInvalid where none do."""
    if path.is_dir():
        yield path / "corpus.jsonl.gz"
        return
    if path.suffix.lower() != ".json":
        raise SuiteInvalid(f"{path} brings no articles: name a folder with corpus.jsonl.gz, or a file of SQuAD's JSON")
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            {"id": name, "title": name.rpartition("-")[0].replace("_", " "), "text": paragraph["context"]}
            for name, paragraph in _paragraphs(path, path.read_text(encoding="utf-8-sig"))
        ]
        made = Path(folder) / f"{path.stem}.jsonl"
        made.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        yield made
