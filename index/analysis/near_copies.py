"""Near-copies: one agency's report as many outlets print it, cut, re-ordered, re-titled, with a paragraph of their own.

Signatures find candidates, the words of both texts decide. Pure functions over texts, without their titles.

1. A text becomes the set of its runs of three words (shingles), each a number of 64 bits: :func:`shingled`.
2. :func:`signature` holds how many there are, and 128 minima over permutations of them.
3. :func:`lookalikes` compares one signature with many: how much of the shorter text stands in the longer, about.
4. :func:`are_copies` compares the sets themselves.

Sources: A. Broder, "On the resemblance and containment of documents" (1997), for shingles, minima and containment;
M. Dietzfelbinger et al., "A reliable randomized algorithm for the closest-pair problem" (1997), for multiplying by odd
numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
Rows = NDArray[np.uint32]

_RUN = 3
"""Words of a shingle: an edited word costs three of them."""

_MINIMA = 128
"""Of a signature: shares are estimated with a standard error of .04 at most."""

SIGNATURE_BYTES = 4 * (1 + _MINIMA)
"""The length of every signature."""

_SHORT = 30
"""Texts of fewer words are copies only if their words are the same."""

_SHORTER_SHARE, _LONGER_SHARE = 0.5, 0.2
"""Of the shingles of the shorter text, and of the longer, so many stand in both texts if they are copies."""

_LEAD = 98
"""Shingles of a lead: those of 100 words."""

_BRIEF_LEAD, _SHORTEST_LEAD = 0.4, 18
"""Of the shingles of a shorter text, and so many at least: a brief is a sentence of news over the background and the
notices that all briefs of its outlet have."""

_LEAD_SHARE, _OWN_LEAD_SHARE, _NEARLY_ALL = 0.7, 0.2, 0.85
"""So much of the lead of one of the two stands in the other. Where both outlets begin with a paragraph of their own it
may be less, but then nearly all of the shorter text stands in the longer."""

_FIGURES_SHARE = 0.8
"""Where both texts have a figure between the same words, so many times it is the same figure if they are copies."""

MOST_DAYS = 7
"""Articles published further apart are no copies, even if their texts look like it."""

_LOOK = 0.6
"""Candidates are looked at whose signatures tell this part of what copies share: signatures only estimate."""

_WORD = r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]+|\d+(?:[.,:]\d+)*|[\u3040-\u30ff\u3400-\u9fff]"
"""A word, a figure, or a letter of Chinese or Japanese, which are written without spaces."""

_FIGURE = np.uint64(1)
"""The bit that is set in the numbers of figures alone."""

_MULTIPLIERS = np.frombuffer(
    b"".join(blake2b(bytes([number]), digest_size=8).digest() for number in range(_MINIMA)), dtype="<u8"
) | np.uint64(1)
_MIX = np.uint64(0xBF58476D1CE4E5B9)  # of splitmix64
_STEP = 1024  # shingles at a time, which the cache of a processor holds


@dataclass(frozen=True, slots=True, eq=False)
class Shingled:
    """A text as its shingles: distinct numbers, sorted."""

    words: int
    """How many words it has."""

    digest: bytes
    """The same for the same words in the same order."""

    shingles: Numbers
    lead: Numbers
    """Those of its first hundred words, or of the first part of a shorter text, where the news is."""

    figures: Numbers
    """Those that hold a figure."""

    frames: Numbers
    """The same, place by place, with every figure as if it were one: "rose # percent"; not sorted."""


def shingled(text: str) -> Shingled:
    """A text as shingles, whatever its case, punctuation and white space.

    >>> shingled("The fair drew 900 people.").words
    5
    """
    words = re.findall(_WORD, unicodedata.normalize("NFKC", text).casefold())
    numbers = np.fromiter(map(_number, words), np.uint64, len(words))
    masked = np.where(numbers & _FIGURE, _FIGURE, numbers)
    runs, frames = _runs(numbers), _runs(masked)
    held = runs != frames
    figures, places = np.unique(runs[held], return_index=True)
    digest = blake2b(numbers.astype("<u8").tobytes(), digest_size=16).digest()
    lead = _distinct(runs[: _lead_of(len(runs))])
    return Shingled(len(words), digest, _distinct(runs), lead, figures, frames[held][places])


def signature(text: Shingled) -> bytes:
    """What is kept of a text: ``SIGNATURE_BYTES`` bytes, the same on every machine."""
    minima = np.full(_MINIMA, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(text.shingles), _STEP):
        permuted = _MULTIPLIERS[:, None] * text.shingles[start : start + _STEP]
        np.minimum(minima, permuted.min(axis=1), out=minima)
    head = np.array([len(text.shingles)], "<u4")
    return head.tobytes() + (minima >> np.uint64(32)).astype("<u4").tobytes()


def rows_of(signed: Sequence[bytes]) -> Rows:
    """Signatures as rows, shape (texts, 129): how many shingles each text has, and its minima."""
    return np.frombuffer(b"".join(signed), "<u4").reshape(len(signed), -1)


def lookalikes(signed: Rows, others: Rows) -> list[int]:
    """The places of the texts that may be copies of one, by its row and theirs; the words of both have to decide."""
    equal = np.mean(others[:, 1:] == signed[1:], axis=1)
    sizes = others[:, 0].astype(float)
    shared = equal / (1 + equal) * (sizes + float(signed[0])) / np.maximum(1, np.minimum(sizes, float(signed[0])))
    places: list[int] = np.flatnonzero(shared >= _LOOK * _SHORTER_SHARE).tolist()
    return places


def are_copies(first: Shingled, second: Shingled) -> bool:
    """Whether two texts are one report.

    Half of the shorter text stands in the longer, and makes a fifth of it: less is a brief in a round-up. The lead of
    one stands in the other: else they share background, as two days of a running story. And where both have a figure
    between the same words it mostly is the same figure: else they are two reports of one form, as of the weather or of
    shares. What an outlet prints anew, a story with its next turn or last year's list, can look the same: only articles
    published within ``MOST_DAYS`` are to be compared.

    >>> day = "It will be {0} degrees in Brenk and {1} on the islands today, the office said. " * 3
    >>> are_copies(shingled(day.format(14, 11)), shingled(day.format(9, 7)))
    False
    """
    if first.digest == second.digest:
        return first.words > 0
    if min(first.words, second.words) < _SHORT:
        return False
    both = _shared(first.shingles, second.shingles)
    shorter, longer = sorted((len(first.shingles), len(second.shingles)))
    if both < _SHORTER_SHARE * shorter or both < _LONGER_SHARE * longer:
        return False
    leads = [_shared(one.lead, other.shingles) / len(one.lead) for one, other in ((first, second), (second, first))]
    if max(leads) < (_OWN_LEAD_SHARE if both >= _NEARLY_ALL * shorter else _LEAD_SHARE):
        return False
    same = np.unique(first.frames[np.isin(first.figures, second.figures)])
    return len(same) >= _FIGURES_SHARE * len(np.intersect1d(first.frames, second.frames))


def held_share(part: Shingled, whole: Shingled) -> float:
    """Which share of a text's shingles stands in another; 0 to 1."""
    return _shared(part.shingles, whole.shingles) / max(1, len(part.shingles))


def _lead_of(runs: int) -> int:
    """How many of the runs of a text are its lead."""
    return _LEAD if runs >= _LEAD else max(_SHORTEST_LEAD, round(_BRIEF_LEAD * runs))


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    """A number of 64 bits for a word, odd for figures, even for others."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little") >> 1 << 1 | word[0].isdecimal()


def _runs(words: Numbers) -> Numbers:
    """A number for each run of three words; one for a text that is shorter, none for an empty one."""
    length = min(_RUN, len(words))
    count = len(words) - length + 1 if length else 0
    runs = np.zeros(count, np.uint64)
    for offset in range(length):
        runs = _mixed(runs) + words[offset : offset + count]
    return _mixed(runs)


def _mixed(numbers: Numbers) -> Numbers:
    """Numbers in which every bit depends on every other."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * _MIX
    return numbers ^ (numbers >> np.uint64(31))


def _distinct(numbers: Numbers) -> Numbers:
    """Numbers sorted, each once; ``np.unique`` takes six times as long."""
    numbers = np.sort(numbers)
    distinct: Numbers = numbers[np.append(True, numbers[1:] != numbers[:-1])[: len(numbers)]]
    return distinct


def _shared(first: Numbers, second: Numbers) -> int:
    return len(np.intersect1d(first, second, assume_unique=True))
