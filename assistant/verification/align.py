"""Where a quote stands: a model's wording of it to the article's own characters, or to nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from index.analysis.terms import terms
from index.languages.en.function_words import CALENDAR_WORDS, STOP_WORDS
from index.languages.en.numbers import AMOUNTS
from index.languages.en.polarity import CONTRACTED_NOT, NEGATIONS, REVERSING
from index.types import Span

_MARKS = "".join(map(chr, filter(lambda code: unicodedata.category(chr(code))[0] == "M", range(0x300, 0x3100))))
"""What is written above, below or behind a letter, where it is a character of its own."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
"""Thai, Lao, Burmese, Khmer, Japanese, Chinese: no space between words, so each character counts as one."""

_TOKEN = re.compile(
    rf"(?<![\w.,])[-−]?\d+(?:[.,:/]\d+)*|[{_UNSPACED}]|(?:(?![{_UNSPACED}])\w[{_MARKS}]*)+"
    rf"(?:['’`´‘](?:(?![{_UNSPACED}])\w[{_MARKS}]*)+)*|[%$€£¥°]"
)
_CHARACTER = re.compile(rf"[{_UNSPACED}]")
_GAP = re.compile(r"\[[^\]]*\]|…|\.{3,}|(?:\. ){2,}\.")
_SIGNS = frozenset("-%$€£¥°")
_MOST_SKIPPED = 40
"""Words that an ellipsis may stand for; more, and the two halves are no one quote."""

_LIKE = 75
"""The least likeness of words, 0 to 100, from which on an alignment is looked at."""

_WORDS_A_CHANGE = 6
"""One word in so many may be another."""


@dataclass(frozen=True, slots=True)
class _Word:
    plain: str
    """Lower-case, without marks."""
    written: str
    start: int
    end: int


def locate(quote: str, text: str) -> Span | None:
    """Where a quote stands in a text; None where it does not.

    White space, punctuation, case and diacritics may differ, an ellipsis may stand for a few words, and one word in six
    may be another or missing. A number, name, negation, date or quantity may not: that would be another statement.

    >>> text = 'He said: “We will not sell the ferry before May 2025.”'
    >>> locate("we will not sell the ferry - before may 2025", text)
    Span(start=10, end=52, evidence=True)
    >>> locate("We will sell the ferry before May 2025", text), locate("not sell the ferry before May 2026", text)
    (None, None)
    """
    there = _words(text)
    pieces = [words for piece in _GAP.split(quote) if (words := _words(piece))]
    if not pieces or not there:
        return None
    places = _in_a_row(pieces, there) or _nearly([word for piece in pieces for word in piece], there)
    return Span(there[places[0]].start, there[places[1] - 1].end) if places else None


def _words(text: str) -> list[_Word]:
    return [_Word(_plain(match.group()), match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(
        character for character in decomposed if character not in "'’`´‘" and not unicodedata.combining(character)
    ).replace("−", "-")


def _in_a_row(pieces: Sequence[Sequence[_Word]], there: Sequence[_Word]) -> tuple[int, int] | None:
    """First word and end of the pieces of a quote, one after the other and word for word, where they are closest."""
    plain = [word.plain for word in there]
    found: list[tuple[int, int]] = []
    for first in _places(pieces[0], plain, 0, len(plain)):
        end = first + len(pieces[0])
        for piece in pieces[1:]:
            place = next(_places(piece, plain, end, end + _MOST_SKIPPED), None)
            if place is None:
                break
            end = place + len(piece)
        else:
            found.append((first, end))
            if len(pieces) == 1:
                break
    return min(found, key=lambda place: place[1] - place[0], default=None)


def _places(piece: Sequence[_Word], plain: Sequence[str], begin: int, stop: int) -> Iterator[int]:
    """Where a piece begins, from one word up to another."""
    wanted = [word.plain for word in piece]
    place = begin
    with suppress(ValueError):  # there is no further one
        while True:
            place = plain.index(wanted[0], place, stop)
            if plain[place : place + len(wanted)] == wanted:
                yield place
            place += 1


def _nearly(quote: Sequence[_Word], there: Sequence[_Word]) -> tuple[int, int] | None:
    """First word and end of the words that a quote comes closest to, unless it says something else."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.fuzz import partial_ratio_alignment

    wanted, plain = [word.plain for word in quote], [word.plain for word in there]
    if len(quote) < _WORDS_A_CHANGE:
        return None
    found = partial_ratio_alignment(wanted, plain, score_cutoff=_LIKE)
    if found is None:
        return None
    same = [
        (step.src_start, found.dest_start + step.dest_start, step.src_end - step.src_start)
        for step in Levenshtein.opcodes(wanted, plain[found.dest_start : found.dest_end])
        if step.tag == "equal"
    ]
    # Before the first word in common and after the last stand as many of the article's as of the quote's.
    start = same[0][1] - same[0][0]
    end = same[-1][1] + len(quote) - same[-1][0]
    if start < 0 or end > len(there):
        return None
    changed, ours_from, theirs_from = 0, 0, start
    for ours_to, theirs_to, length in [*same, (len(quote), end, 0)]:
        ours, theirs = quote[ours_from:ours_to], there[theirs_from:theirs_to]
        changed += max(len(ours), len(theirs))
        if (ours or theirs) and not _harmless(ours, theirs):
            return None
        ours_from, theirs_from = ours_to + length, theirs_to + length
    return (start, end) if changed * _WORDS_A_CHANGE <= len(quote) else None


def _harmless(ours: Sequence[_Word], theirs: Sequence[_Word]) -> bool:
    """Whether some words in place of others leave numbers, names, negations, dates and quantities as they were."""
    if any(_negates(word) or set(word.plain) & _SIGNS or _CHARACTER.match(word.written) for word in (*ours, *theirs)):
        return False
    if terms(" ".join(word.written for word in ours)) == terms(" ".join(word.written for word in theirs)):
        return True  # another form of the same words
    return not any(_tells(word) for word in (*ours, *theirs)) and not _reversed(ours, theirs)


def _negates(word: _Word) -> bool:
    return word.plain in NEGATIONS or CONTRACTED_NOT.search(word.written) is not None


def _tells(word: _Word) -> bool:
    if word.plain in AMOUNTS or word.plain in CALENDAR_WORDS:
        return True
    if any(character.isdecimal() for character in word.plain):
        return True
    return word.written[0].isupper() and word.plain not in STOP_WORDS


def _reversed(ours: Sequence[_Word], theirs: Sequence[_Word]) -> bool:
    """Whether a word stands for its opposite: "able" for "unable", "stop" for "non-stop"."""
    mine, yours = "".join(word.plain for word in ours), "".join(word.plain for word in theirs)
    longer, shorter = (mine, yours) if len(mine) > len(yours) else (yours, mine)
    return len(shorter) > 2 and longer.removesuffix(shorter) in REVERSING
