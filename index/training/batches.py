"""Turns a draw into micro-batches sorted by length, with little padding and repeating shapes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from index.models.reader import CLS, COLON, SEP
from index.training.cache import Cache
from index.training.groups import Draw

ROUND = 8


@dataclass(frozen=True)
class Micro:
    """One padded block of inputs; `rows` are their numbers in the batch."""

    ids: Tensor
    kinds: Tensor
    lengths: Tensor
    rows: Tensor


@dataclass(frozen=True)
class Batch:
    """A step's inputs.

    group: group of every input; holds: whether it holds the answer; begins, ends: token range of
    the window in the input; golds: (inputs, GOLDS, 2) answer places in the input or -1.
    """

    micros: list[Micro]
    group: Tensor
    holds: Tensor
    begins: Tensor
    ends: Tensor
    golds: Tensor
    groups: int


def line(question: np.ndarray, title: np.ndarray, window: np.ndarray) -> tuple[list[int], int, int]:
    """Input ids, length of the first part, and where the window begins."""
    first = [CLS, *question.tolist(), SEP]
    head = [*title.tolist(), COLON] if len(title) else []
    return [*first, *head, *window.tolist(), SEP], len(first), len(first) + len(head)


def block(lines: list[list[int]], parts: list[int], rows: list[int], round_to: int = ROUND) -> Micro:
    """Pad lines of similar length to one width."""
    width = -(-max(len(item) for item in lines) // round_to) * round_to
    ids = np.zeros((len(lines), width), dtype=np.int64)
    kinds = np.zeros((len(lines), width), dtype=np.int64)
    for number, (item, part) in enumerate(zip(lines, parts, strict=True)):
        ids[number, : len(item)] = item
        kinds[number, part : len(item)] = 1
    lengths = torch.tensor([len(item) for item in lines])
    return Micro(torch.from_numpy(ids), torch.from_numpy(kinds), lengths, torch.tensor(rows))


def split(lines: list[list[int]], parts: list[int], budget: int) -> list[Micro]:
    """Sort by length and fill blocks of at most `budget` tokens."""
    order = sorted(range(len(lines)), key=lambda row: len(lines[row]))
    micros: list[Micro] = []
    at = 0
    while at < len(order):
        stop = at + 1
        while stop < len(order):
            width = -(-len(lines[order[stop]]) // ROUND) * ROUND
            ragged = len(lines[order[stop]]) > 1.12 * len(lines[order[at]]) + ROUND
            if ragged or (stop + 1 - at) * width > budget:
                break
            stop += 1
        rows = order[at:stop]
        micros.append(block([lines[row] for row in rows], [parts[row] for row in rows], rows))
        at = stop
    return micros


def assemble(cache: Cache, draw: Draw, budget: int) -> Batch:
    """All inputs of a step."""
    lines, parts, group, holds, begins, ends, golds = [], [], [], [], [], [], []
    for number, question in enumerate(draw.questions.tolist()):
        words = cache.question(question)
        answer = np.asarray(cache.golds[question])
        for column, window in enumerate(draw.windows[number].tolist()):
            if window < 0:
                continue
            title, body, offset = cache.window(window)
            ids, part, begin = line(words, title, body)
            holder = column == draw.holder[number]
            inside = (answer[:, 0] >= offset) & (answer[:, 1] < offset + len(body)) & holder
            places = np.where(inside[:, None], answer - offset + begin, -1)
            lines.append(ids)
            parts.append(part)
            group.append(number)
            holds.append(holder)
            begins.append(begin)
            ends.append(begin + len(body))
            golds.append(places)
    return Batch(
        split(lines, parts, budget), torch.tensor(group), torch.tensor(holds),
        torch.tensor(begins), torch.tensor(ends), torch.from_numpy(np.array(golds)).long(),
        len(draw.questions),
    )  # fmt: skip
