"""Articles cut into overlapping windows of whole sentences, as ranges over their tokens.

Two sizes are made, so that the reader learns short and long windows. Windows are never copied:
an article's tokens are stored once, a window is (article, first token, last token, size).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from tokenizers import BertWordPieceTokenizer

from index.training.sources import Article
from index.training.text import sentences

SIZES = (72, 120)
Ints = NDArray[np.int32]


@dataclass
class Tokens:
    """Tokens of many texts, one after another; text i owns rows bounds[i] to bounds[i+1]."""

    ids: Ints
    starts: Ints
    ends: Ints
    bounds: Ints


def tokenizer(vocabulary: str) -> BertWordPieceTokenizer:
    """BERT's uncased WordPiece without special tokens (Devlin et al. 2019)."""
    return BertWordPieceTokenizer(vocabulary, lowercase=True)


def encode(texts: Sequence[str], words: BertWordPieceTokenizer) -> Tokens:
    """Token ids and character offsets of every text."""
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    bounds = [0]
    for first in range(0, len(texts), 512):
        part = list(texts[first : first + 512])
        for item in words.encode_batch(part, add_special_tokens=False):
            ids += item.ids
            starts += [offset[0] for offset in item.offsets]
            ends += [offset[1] for offset in item.offsets]
            bounds.append(len(ids))
    return Tokens(*(np.array(part, dtype=np.int32) for part in (ids, starts, ends, bounds)))


def cut(articles: Sequence[Article], tokens: Tokens, sizes: Sequence[int] = SIZES) -> Ints:
    """Rows (article, first token, past last token, size), article by article."""
    rows: list[tuple[int, int, int, int]] = []
    for number, article in enumerate(articles):
        low, high = int(tokens.bounds[number]), int(tokens.bounds[number + 1])
        marks = [start for start, _ in sentences(article.text)]
        cuts = low + np.searchsorted(tokens.starts[low:high], marks)
        edges = sorted({low, high, *(int(place) for place in cuts)})
        for kind, size in enumerate(sizes):
            rows += [(number, first, last, kind) for first, last in _group(edges, size)]
    return np.array(rows, dtype=np.int32)


def _group(edges: list[int], size: int) -> list[tuple[int, int]]:
    """Join neighbouring sentences up to `size` tokens; windows overlap by up to a half."""
    pieces: list[tuple[int, int]] = []
    for first, last in pairwise(edges):
        pieces += [(at, min(at + size, last)) for at in range(first, last, size)]
    found: list[tuple[int, int]] = []
    begin = 0
    while begin < len(pieces):
        stop = begin + 1
        while stop < len(pieces) and pieces[stop][1] - pieces[begin][0] <= size:
            stop += 1
        found.append((pieces[begin][0], pieces[stop - 1][1]))
        if stop == len(pieces):
            break
        back = stop
        while back - 1 > begin and pieces[stop - 1][1] - pieces[back - 1][0] <= size // 2:
            back -= 1
        begin = back
    return found
