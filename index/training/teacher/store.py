"""Tokenised examples on disk: arrays that are read without being copied, one folder a source."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.training.teacher.example import JUDGE, READ, UNKNOWN_PLACE, Example, Group

MOST = 256
MOST_FIRST = 96
START, END = 0, 2
ROW = np.dtype([
    ("task", "u1"), ("label", "i1"), ("kind", "u2"), ("body", "i2"), ("start", "i2"), ("end", "i2"), ("weight", "f4"),
])  # fmt: skip


@dataclass
class Store:
    """Rows of examples; example i owns tokens[bounds[i]:bounds[i+1]], group g owns rows groups[g] to groups[g+1].

    A row's `body` is the first token of its second text; `start` and `end` are the answer's first and last token there.
    """

    tokens: NDArray[np.uint16]
    bounds: NDArray[np.int64]
    groups: NDArray[np.int64]
    rows: NDArray[Any]
    kinds: list[str]

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Map a folder that `write` made."""
        arrays = [np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("tokens", "bounds", "groups", "rows")]
        return cls(*arrays, kinds=json.loads((folder / "kinds.json").read_text()))

    def ids(self, row: int) -> NDArray[np.int64]:
        """Tokens of one example."""
        return self.tokens[self.bounds[row] : self.bounds[row + 1]].astype(np.int64)


def tokenizer(base: Path) -> Tokenizer:
    """The tokenizer of the base model, neither cutting nor filling up."""
    words = Tokenizer.from_file(str(base / "tokenizer.json"))
    words.no_padding()
    words.no_truncation()
    return words


def _line(item: Example, first: Any, second: Any) -> tuple[list[int], tuple[int, int, int]] | None:
    """`<s> first </s></s> second </s>` and where body, answer start and end are; None if it is cut short."""
    head = first.ids[:MOST_FIRST]
    tail = second.ids[: MOST - 4 - len(head)]
    body = len(head) + 3
    start = end = UNKNOWN_PLACE
    if item.task == JUDGE and len(tail) < len(second.ids):
        return None
    if item.task == READ and item.label and item.span is not None:
        inside = [at for at, (low, high) in enumerate(second.offsets[: len(tail)])
                  if low < item.span[1] and high > item.span[0]]  # fmt: skip
        if not inside or second.offsets[inside[-1]][1] < item.span[1]:
            return None
        start, end = body + inside[0], body + inside[-1]
    return [START, *head, END, END, *tail, END], (body, start, end)


def write(folder: Path, groups: Iterable[Group], words: Tokenizer) -> dict[str, int]:
    """Tokenise groups into a folder; returns how many groups, rows and tokens it holds."""
    kinds: dict[str, int] = {}
    tokens: list[NDArray[np.uint16]] = []
    bounds, starts, rows = [0], [0], []
    for part in _parts(groups, 256):
        flat = [item for group in part for item in group]
        firsts = words.encode_batch([item.first for item in flat], add_special_tokens=False)
        seconds = words.encode_batch([item.second for item in flat], add_special_tokens=False)
        coded = iter(zip(flat, firsts, seconds, strict=True))
        for group in part:
            lines = [(item, _line(item, one, two)) for item, one, two in (next(coded) for _ in group)]
            for item, line in lines:
                if line is None:
                    continue
                tokens.append(np.array(line[0], dtype=np.uint16))
                bounds.append(bounds[-1] + len(line[0]))
                rows.append((item.task, item.label, kinds.setdefault(item.kind, len(kinds)), *line[1], item.weight))
            if len(rows) > starts[-1]:
                starts.append(len(rows))
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "tokens.npy", np.concatenate(tokens) if tokens else np.zeros(0, np.uint16))
    np.save(folder / "bounds.npy", np.array(bounds, dtype=np.int64))
    np.save(folder / "groups.npy", np.array(starts, dtype=np.int64))
    np.save(folder / "rows.npy", np.array(rows, dtype=ROW))
    (folder / "kinds.json").write_text(json.dumps(list(kinds)))
    return {"groups": len(starts) - 1, "rows": len(rows), "tokens": bounds[-1]}


def _parts(groups: Iterable[Group], size: int) -> Iterator[list[Group]]:
    part: list[Group] = []
    for group in groups:
        part.append(group)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
