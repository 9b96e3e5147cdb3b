"""Whether a sentence binds its names, numbers and times to the words that its quotes bind them to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.analysis.names import is_like_a_name, may_name
from index.analysis.quantities import quantities
from index.analysis.terms import tokens
from index.languages.en.attribution import SAYING
from index.languages.en.calendar import YEAR
from index.languages.en.clauses import END, STOP
from index.languages.en.function_words import CALENDAR_WORDS, STOP_WORDS
from index.languages.en.numbers import UNITS
from index.languages.en.verbs import BE, TOGETHER

Kind = Literal["name", "number", "time", "word", "by", "stop", "be", "end"]


_BOUND: tuple[tuple[Kind, int, int, int], ...] = (
    ("name", 1, 4, 6), ("number", 1, 4, 6), ("time", 1, 4, 6), ("number", -1, 2, 3), ("name", -1, 2, 3)
)  # fmt: skip
"""What is bound to a word after it or before it, and how many words apart in a sentence and in its quotes."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, a name of several, or a number, with what it is compared by."""

    kind: Kind
    key: str
    written: str


def misbound(sentence: str, said: str) -> str | None:
    """What stands at a word in a sentence where the quotes have another; None where all stands where it should.

    "Flooded in September" where the quotes have "flooded in June, repaired by September"; "Lind sued Brandt" where
    Brandt sued Lind.

    >>> misbound("They were flooded in September.", "They were flooded in June and repaired by September.")
    "it has 'flooded' with September, the quotes have it with June"
    """
    ours, theirs = _read(sentence, STOP), _read(said, END)
    there = {word.key for word in theirs}
    turned_round = _is_passive(ours) != _is_passive(theirs)
    for place, word in enumerate(ours):
        if word.kind != "word" or word.key in UNITS | TOGETHER or SAYING.fullmatch(word.written):
            continue
        for kind, step, near, near_there in _BOUND:
            if kind == "name" and step == -1 and turned_round:
                continue
            at = _bound(ours, place, kind, step, near)
            if at is None or (at > 0 and ours[at - 1].key in ("from", "to")):
                continue
            found = ours[at]
            if found.key not in there:
                continue
            same = [number for number, other in enumerate(theirs) if other.key == word.key]
            wanted = [other for number in same for other in _all_bound(theirs, number, kind, step, near_there)]
            if wanted and kind == "number" and turned_round:  # "killed 34" and "34 were killed"
                wanted += [other for number in same for other in _all_bound(theirs, number, kind, -step, near_there)]
            if wanted and all(other.key != found.key for other in wanted):
                return f"it has {word.written!r} with {found.written}, the quotes have it with {wanted[0].written}"
    return None


def _bound(words: Sequence[_Word], place: int, kind: Kind, step: int, near: int) -> int | None:
    """Where the next of a kind stands after a word, or before it: with no end of a clause and no "by" between."""
    for at in range(place + step, place + step * (near + 1), step):
        if not 0 <= at < len(words) or words[at].kind in ("end", "by"):
            return None
        if words[at].kind == kind:
            return at
    return None


def _all_bound(words: Sequence[_Word], place: int, kind: Kind, step: int, near: int) -> list[_Word]:
    """What is bound to a word in a quote: "Macron and Putin" both are."""
    found = [_bound(words, place, kind, step, near), _of_all(words, place, kind, step)]
    places = [at for at in found if at is not None]
    joined = [
        at + 2 * way
        for at in places
        for way in (-1, 1)
        if 0 <= at + 2 * way < len(words) and words[at + way].key == "and" and words[at + 2 * way].kind == kind
    ]
    return [words[at] for at in (*places, *joined)]


def _of_all(words: Sequence[_Word], place: int, kind: Kind, step: int) -> int | None:
    """Where the 34 stands of "34 of the 58 deputies"."""
    if kind != "number" or step == 1:
        return None
    before = [at for at in range(max(0, place - 6), place) if words[at].kind == "number"]
    if len(before) > 1 and any(words[at].key == "of" for at in range(before[-2], before[-1])):
        return before[-2]
    return None


def _is_passive(words: Sequence[_Word]) -> bool:
    return any(word.kind == "be" for word in words)


def _read(text: str, end: re.Pattern[str]) -> list[_Word]:
    """The words of a text; a name of several words is one, by its last."""
    found: list[_Word] = []
    for match in re.finditer(rf"{end.pattern}|[^\s,;:()\"“”]+", text):
        piece = match.group()
        if end.match(text, match.start()):
            found.append(_Word("end", piece, piece))
            continue
        found += [_word(word, term) for word, term in tokens(piece)]
        if len(found) == 1 and found[0].kind == "name" and not may_name(0, found[0].written, found[0].key):
            found[0] = replace(found[0], kind="word")  # unless a name follows, see _joined
    return _joined(found)


def _word(word: str, term: str) -> _Word:
    low = word.lower()
    if low == "by":
        return _Word("by", term, word)
    if low in BE:
        return _Word("be", term, word)
    if (low in CALENDAR_WORDS and word[0].isupper()) or YEAR.fullmatch(word):
        return _Word("time", term, word)
    if low in STOP_WORDS:
        return _Word("stop", term, word)
    if amounts := quantities(word):
        return _Word("number", str(amounts[0].value), word)
    if word[0].isupper() and is_like_a_name(word):
        return _Word("name", term, word)
    return _Word("word", term, word)


def _joined(words: Sequence[_Word]) -> list[_Word]:
    joined: list[_Word] = []
    for word in words:
        if joined and word.kind == "name" == joined[-1].kind:
            joined[-1] = _Word("name", word.key, f"{joined[-1].written} {word.written}")
        else:
            joined.append(word)
    if len(joined) > 1 and joined[0].written[0].isupper() and joined[0].kind == "word" and joined[1].kind == "name":
        del joined[0]
    return joined
