"""Suites of questions with what is right for each, in YAML or JSON Lines, written by hand.

A suite in YAML::

    name: seeds
    cases:
      - question: When did Macron and Putin last speak?
        accept: [July]
        evidence: ["Macron and Putin last spoke in July"]
        type: time
        tags: [flagship]
      - question: Who won the chess final?
        unanswerable: Nothing of chess is in the articles.

In JSON Lines each line is a case; the name is that of the file. ``SCHEMA`` has every field. What others have written
is read too: see ``importers``.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from math import inf
from pathlib import Path
from typing import Any

import yaml

from evals.cases.importers import Rows, rows_of_csv, rows_of_data, rows_of_squad
from index.errors import SuiteInvalid


@dataclass(frozen=True, slots=True)
class Case:
    """A question, how it is asked, and what is right.

    ``accept`` has what is right, any of it; ``must_mention`` all that has to be told besides. Of an ``unanswerable``
    question, which says why nothing answers it, a refusal is right. ``line`` is where it stands in its file.
    """

    id: str
    question: str
    accept: tuple[str, ...] = ()
    number: float | None = None
    tolerance: float = 0.0
    date: str | None = None
    yes_no: bool | None = None
    must_mention: tuple[str, ...] = ()
    must_not_mention: tuple[str, ...] = ()
    unanswerable: str | None = None
    history: tuple[tuple[str, str], ...] = ()
    now: datetime.date | None = None
    as_of: datetime.date | None = None
    evidence: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    type: str | None = None
    tags: tuple[str, ...] = ()
    reviewed: bool = True
    line: int = field(default=0, compare=False)

    @property
    def in_words(self) -> str:
        """What is right, in words; empty for what is unanswerable."""
        told = [*self.accept, *(str(value) for value in (self.number, self.date) if value is not None)]
        if self.yes_no is not None:
            told.append("yes" if self.yes_no else "no")
        right = " or ".join(told) + (f" (to {self.tolerance:.0%})" if self.tolerance else "")
        parts = [part for part in (right, " and ".join(self.must_mention)) if part]
        return " with ".join(parts) + (f", without {', '.join(self.must_not_mention)}" if self.must_not_mention else "")


@dataclass(frozen=True, slots=True)
class Suite:
    """Cases in their order, with a name."""

    name: str
    cases: tuple[Case, ...]

    @property
    def accepted(self) -> Suite:
        """Without the drafts that nobody has accepted; raises SuiteInvalid where nothing is left."""
        cases = tuple(case for case in self.cases if case.reviewed)
        if not cases:
            raise SuiteInvalid(
                f"all {len(self.cases)} cases of {self.name} are drafts; read them, mend them, and change"
                " 'reviewed: no' to 'reviewed: yes'"
            )
        return replace(self, cases=cases)


_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
"""What no report may hold."""

_TEXT = {"type": "string", "minLength": 1, "pattern": rf"^(?=[\s\S]*\S)[^{_CONTROL}]+$"}
_WORDS = _TEXT | {"type": ["string", "number"]}
_STRINGS = {"type": "array", "items": _WORDS}
_SOME = _STRINGS | {"minItems": 1}
_DATE = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}
_RIGHT = ("accept", "number", "date", "yes_no", "must_mention")
_ANY_RIGHT = {"anyOf": [{"required": [name]} for name in _RIGHT]}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A case of a suite",
    "type": "object",
    "required": ["question"],
    "additionalProperties": False,
    "oneOf": [{"required": ["unanswerable"]}, _ANY_RIGHT],
    "properties": {
        "id": {**_WORDS, "description": "Unique in its suite; else made from the question."},
        "question": _TEXT,
        "accept": {
            **_SOME,
            "description": "Forms of the right answer; any of them will do, and so will number, date or yes_no beside.",
        },
        "number": {"type": "number", "description": "The right number; words and separators are understood."},
        "tolerance": {
            "type": "number",
            "minimum": 0,
            "maximum": 1,
            "description": "By which share a number may be off.",
        },
        "date": {
            "type": ["string", "integer"],
            "pattern": f"^{_DATE}$",
            "description": "2022, 2022-09 or 2022-09-14: known to that precision.",
        },
        "yes_no": {"type": "boolean", "description": "Whether yes is right."},
        "must_mention": {**_SOME, "description": "All of these have to be told, as of a list; beside what is right."},
        "must_not_mention": {**_STRINGS, "description": "None of these may be told."},
        "unanswerable": {
            **_TEXT,
            "description": "Why nothing answers it; a refusal is right.",
        },
        "history": {"type": "array", "items": {"type": "array", "items": _WORDS, "minItems": 2, "maxItems": 2}},
        "now": _DAY,
        "as_of": _DAY,
        "evidence": {**_STRINGS, "description": "Quotes of the articles, character for character."},
        "articles": {**_STRINGS, "description": "Ids of the articles that answer it."},
        "type": _TEXT,
        "tags": _STRINGS,
        "reviewed": {"type": "boolean", "description": "No: a draft that nobody has accepted, which is not asked."},
    },
}
"""What a case may say, as JSON Schema; ``assistant eval schema`` prints it."""


def read_suite(path: Path) -> Suite:
    """Read a suite; raises SuiteInvalid with the file, the line and what is wrong, for all that is wrong at once."""
    name, rows = _rows(path)
    cases: list[Case] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    for line, row in rows:
        found = [f"{path}:{line}: {fault}" for fault in _faults(row)]
        if not found:
            case = _case(row, _name(row), line)
            if case.id in seen:
                found.append(f"{path}:{line}: the id {case.id!r} is that of line {seen[case.id]} too")
            seen[case.id] = line
            cases.append(case)
        faults += found
    if faults:
        raise SuiteInvalid("\n".join(faults))
    if not cases:
        raise SuiteInvalid(f"{path} has no cases")
    return Suite(name, tuple(cases))


def a_case(row: Mapping[str, Any]) -> Case:
    """A case from the fields that a suite would have; raises SuiteInvalid."""
    if faults := list(_faults(row)):
        raise SuiteInvalid("; ".join(faults))
    return _case(row, "case", 0)


def _rows(path: Path) -> tuple[str, Rows]:
    """The cases of a file or folder as they were written, each with its line, and what the suite is called."""
    if path.is_dir():
        return path.name, rows_of_data(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteInvalid(f"{path} cannot be read: {error}") from error
    match path.suffix.lower():
        case ".csv":
            return path.stem, rows_of_csv(path, text)
        case ".json":
            return path.stem, rows_of_squad(path, text)
        case ".jsonl" | ".ndjson":
            return path.stem, _from_json_lines(path, text)
    return _from_yaml(path, text)


def _from_json_lines(path: Path, text: str) -> Rows:
    rows, faults = [], []
    for line, written in enumerate(text.split("\n"), 1):
        if written.strip():
            try:
                rows.append((line, json.loads(written, object_pairs_hook=_once)))
            except (ValueError, RecursionError) as error:
                faults.append(f"{path}:{line}: this is no JSON: {error}")
    if faults:
        raise SuiteInvalid("\n".join(faults))
    return rows


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; raises ValueError for a field that stands twice, of which the first would silently be lost."""
    names = [name for name, _ in pairs]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"the field {twice[0]!r} stands here twice")
    return dict(pairs)


def _from_yaml(path: Path, text: str) -> tuple[str, Rows]:
    """Its words as they stand there: to YAML 1.1 "12:30" would be 750, and "no" false."""
    try:
        loader = yaml.BaseLoader(text)
        root = loader.get_single_node()
        content = loader.construct_document(root) if root else None
        _no_field_twice(path, root)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1 + text.count("\n", 0, getattr(error, "position", 0))
        told = " ".join(str(getattr(error, "problem", None) or error).split())
        raise SuiteInvalid(f"{path}:{line}: this is no YAML: {told}") from error
    if not isinstance(content, dict) or not isinstance(content.get("cases"), list):
        raise SuiteInvalid(f"{path}:1: a suite has the fields name and cases, cases being a list")
    if others := sorted(map(str, set(content) - {"name", "cases"})):
        raise SuiteInvalid(f"{path}:1: {', '.join(others)}: a suite has the fields name and cases only")
    [lines] = [value.value for key, value in root.value if key.value == "cases"]
    placed = [node.start_mark.line + 1 for node in lines]
    rows = [_typed(row) if isinstance(row, dict) else row for row in content["cases"]]
    return str(content.get("name") or path.stem), list(zip(placed, rows, strict=True))


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    """A case of a text, with numbers, yes and no where its fields have such; what is none is left as it stands."""
    typed = dict(row)
    for name, value in row.items():
        kind = SCHEMA["properties"].get(name, {}).get("type")
        if kind == "boolean" and isinstance(value, str):
            typed[name] = {"yes": True, "true": True, "no": False, "false": False}.get(value.lower(), value)
        elif kind == "number" and isinstance(value, str):
            with suppress(ValueError):
                typed[name] = float(value.replace("_", "x"))  # Python would read 1_000
    return typed


def _no_field_twice(path: Path, node: Any) -> None:
    """Raises SuiteInvalid where a field stands twice, of which YAML would silently take the last."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                raise SuiteInvalid(f"{path}:{key.start_mark.line + 1}: the field {key.value!r} stands here twice")
            seen.add(key.value)
            _no_field_twice(path, value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _no_field_twice(path, value)


def _faults(row: Any) -> Iterator[str]:
    """What is wrong with a case as it was written."""
    if not isinstance(row, dict):
        yield "a case has fields such as question and accept"
        return
    fields = SCHEMA["properties"]
    for name, value in row.items():
        if name not in fields:
            yield f"{name!r} is no field of a case; the fields are {', '.join(fields)}"
        elif fault := _fault(fields[name], value):
            yield f"{name} has to be {fault}; it is {value!r}"
    if not row.get("question"):
        yield "the question is missing"
    right = [name for name in _RIGHT if name in row]
    if "unanswerable" in row and right:
        yield f"an unanswerable question has no {right[0]}"
    if "unanswerable" not in row and not right:
        yield "what is right is missing: accept, number, date, yes_no, must_mention, or unanswerable"


def _fault(field: Mapping[str, Any], value: Any) -> str | None:
    """What a value should have been, or None where it is."""
    kind = field["type"] if isinstance(field["type"], str) else field["type"][0]
    match kind:
        case "string" if _DATE in field.get("pattern", ""):
            known = re.fullmatch(_DATE, str(value)) and (len(str(value)) < len("2022-09-14") or _day(str(value)))
            return None if known else "2022, 2022-09 or 2022-09-14"
        case "string" if field == _DAY:
            return None if _day(value) else "a day such as 2026-02-10"
        case "string":
            return None if _is_words(value) or isinstance(value, datetime.date) else "words"
        case "number":
            least = field.get("minimum", -inf)
            most = field.get("maximum", inf)
            number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < inf
            bounds = f" from {least} to {most}" if "maximum" in field else ""
            return None if number and least <= value <= most else f"a number{bounds}"
        case "boolean":
            return None if isinstance(value, bool) else "true or false"
    if not isinstance(value, list):
        return "a list"
    if not value and "minItems" in field:
        return "a list of one or more words"
    if field["items"]["type"] == "array":
        pairs = all(isinstance(item, list) and len(item) == 2 and all(map(_is_words, item)) for item in value)
        return None if pairs else "a list of pairs, each a question and its answer"
    return None if all(_is_words(item) for item in value) else "a list of words"


def _is_words(value: Any) -> bool:
    written = isinstance(value, str | int | float) and not isinstance(value, bool) and str(value)
    return bool(written) and bool(str(written).strip()) and not re.search(f"[{_CONTROL}]", str(written))


def _name(row: Mapping[str, Any]) -> str:
    """The id of a case that has none: eight digits of the sha256 of what is asked, wherever in its suite it stands."""
    asked = [str(row.get(name)) for name in ("question", "history", "now", "as_of")]
    return hashlib.sha256("\0".join(asked).encode()).hexdigest()[:8]


def _day(value: Any) -> datetime.date | None:
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value) if re.fullmatch(_DAY["pattern"], value) else None
    except (TypeError, ValueError):
        return None


def _case(row: Mapping[str, Any], number: str, line: int) -> Case:
    def words(name: str) -> tuple[str, ...]:
        return tuple(map(str, row.get(name, ())))

    return Case(
        str(row.get("id", number)),
        str(row["question"]),
        words("accept"),
        row.get("number"),
        float(row.get("tolerance", 0)),
        str(row["date"]) if "date" in row else None,
        row.get("yes_no"),
        words("must_mention"),
        words("must_not_mention"),
        str(row["unanswerable"]) if "unanswerable" in row else None,
        tuple((str(question), str(answer)) for question, answer in row.get("history", ())),
        _day(row.get("now")),
        _day(row.get("as_of")),
        words("evidence"),
        words("articles"),
        str(row["type"]) if "type" in row else None,
        words("tags"),
        row.get("reviewed", True),
        line,
    )
