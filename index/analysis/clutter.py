"""What stands on a news page and is no news: stamps, bylines, captions, links, notices, also where it is glued to news.

Two linear layers. One looks at each word and those beside it, and the likeliest run of news and others (Viterbi) gives
the places where a line may change from one to the other; so "12:31 pm ET Share this update Ana Orlo The president said"
is cut before "The". The other looks at a sentence, or a part of one that was cut, and at the lines around, and says
whether it is news. Both are fitted by ``python -m index.training.clutter``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from index.models.linear import LogOdds, log_odds, read_linear
from index.models.sessions import FOLDER

SENTENCES, WORDS = FOLDER / "clutter_sentences.json", FOLDER / "clutter_words.json"
NEWS, OTHER = "news", "other"
NEWS_FROM, LONG_NEWS_FROM = 0.15, 0.04
"""What is news with this probability stays, long sentences from less on: a fact that is lost costs more than a caption
that is kept."""

_SURELY_NEWS = 0.99
"""From this probability on a sentence is not looked through for a change."""

_LONG = 12
"""Words."""

_A_CHANGE = 3.0
"""What it costs to go from news to others within a line, in nats; half of it after the end of a sentence."""

_MOST = 3.0
"""So much a single word says at most, in nats."""

_DAMPED = 0.5
"""What neighbouring words say is mostly the same: each counts so much."""

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+(?:['’.&-][^\W_]+)*|[^\w\s]")
"""A word, a figure or a mark: terms, which searches share, have no marks, and these tell most here."""

_SPACES = 50
"""So far before a word the one before it is looked for."""

_BEGINS = frozenset('"“‘(•©|#@')
_ENDS = frozenset('.!?:|•…”"’)')


@cache
def _news(file: Path) -> LogOdds:
    return log_odds(read_linear(file), NEWS)


def part_news(
    line: str, sentences: Sequence[tuple[int, int]], around: Sequence[str]
) -> Iterator[tuple[int, int, bool]]:
    """The parts of a line, each whether it is news: its sentences, cut where they change from one to the other.

    ``sentences`` are places in the line; ``around`` what ``surroundings`` returns. Raises ModelMissing.
    """
    changes: list[int] | None = None
    for start, end in sentences:
        if _news(SENTENCES).chance(features(line, start, end, around)) >= _SURELY_NEWS:
            yield start, end, True
            continue
        changes = _changes(line) if changes is None else changes
        places = [start, *(place for place in changes if start < place < end), end]
        parts: list[tuple[int, int, bool]] = []
        for first, after in pairwise(places):
            last = first + len(line[first:after].rstrip())
            least = LONG_NEWS_FROM if len(line[first:last].split()) >= _LONG else NEWS_FROM
            news = _news(SENTENCES).chance(features(line, first, last, around)) >= least
            if parts and parts[-1][2] is news:
                parts[-1] = parts[-1][0], last, news
            else:
                parts.append((first, last, news))
        yield from parts


def news_chance(lines: Sequence[str], number: int) -> float:
    """The probability that a whole line, counted from 0, is news; raises ModelMissing."""
    line = lines[number]
    return _news(SENTENCES).chance(features(line, 0, len(line), surroundings(lines, number)))


def surroundings(lines: Sequence[str], number: int) -> list[str]:
    """What is known of the lines around one, counted from 0."""
    before = _beside(lines[number - 1]) if number else ["top"]
    after = _beside(lines[number + 1]) if number + 1 < len(lines) else ["bottom"]
    return [*(f"before {one}" for one in before), *(f"after {one}" for one in after)]


def features(line: str, start: int, end: int, around: Sequence[str]) -> set[str]:
    """What tells whether a part of a line is news."""
    text = line[start:end]
    written = _TOKEN.findall(text)
    shapes = [_shape(token) for token in written]
    words = [token.lower() if token[0].isalpha() else shape for token, shape in zip(written, shapes, strict=True)]
    found = {f"word {word}" for word in words}
    found |= {f"words {one} {other}" for one, other in itertools.pairwise(words)}
    found |= {f"shapes {' '.join(shapes[at : at + 3])}" for at in range(len(shapes) - 2)}
    for size in range(1, min(3, len(words)) + 1):
        found |= {f"begins {' '.join(some[:size])}" for some in (words, shapes)}
        found |= {f"ends {' '.join(some[-size:])}" for some in (words, shapes)}
    letters = [token for token in written if token[0].isalpha()]
    capitals = 5 * sum(token[0].isupper() for token in letters) // max(1, len(letters))
    count = len(words) if len(words) < 7 else 7 + min(len(words) // 5, 8)
    whole = start == 0 and end == len(line)
    last = _last(text)
    found |= {f"count {count}", f"capitals {capitals}", f"last {last}", f"whole {whole}"}
    found |= {f"lower {min(6, sum(token.islower() for token in letters))}", f"first {start == 0}", *around}
    if whole:
        found |= {f"whole {capitals} {min(len(words), 10)}", f"whole {last} {min(len(words), 10)}"}
        found |= {f"whole {one}" for one in around}
    return found


def word_features(line: str) -> Iterator[tuple[int, list[str]]]:
    """Where each word of a line begins, and what stands there, which tells whether it is of news."""
    found = list(_TOKEN.finditer(line))
    shapes = ["<", "<", "<", *(_shape(match.group()) for match in found), ">", ">", ">"]
    words = [match.group().lower() if match.group()[0].isalpha() else _shape(match.group()) for match in found]
    words = ["<", "<", "<", *words, ">", ">", ">"]
    for number, match in enumerate(found):
        at = number + 3
        yield (
            match.start(),
            [
                *(f"word {by} {words[at + by]}" for by in range(-3, 4)),
                *(f"shape {by} {shapes[at + by]}" for by in range(-2, 3)),
                f"words {words[at - 1]} {words[at]}",
                f"words next {words[at]} {words[at + 1]}",
                f"words {words[at - 1]} {words[at]} {words[at + 1]}",
                f"shapes {' '.join(shapes[at - 1 : at + 2])}",
                f"shapes {' '.join(shapes[at - 2 : at + 3])}",
                f"place {min(number, 4)} {min(len(found) - number, 4)}",
            ],
        )


def _changes(line: str) -> list[int]:
    """Where a line likely changes from news to others, or back."""
    of_word = _news(WORDS)
    places, says = [], []
    for place, found in word_features(line):
        places.append(place)
        says.append(min(_MOST, max(-_MOST, _DAMPED * of_word.of(found))) / 2)
    best = (says[0], -says[0]) if says else (0.0, 0.0)
    before: list[tuple[int, int]] = []
    for number in range(1, len(places)):
        cost = _cost(line, places[number])
        row, ways = [], []
        for kind, sign in ((0, 1), (1, -1)):
            stays = best[kind] >= best[1 - kind] - cost
            ways.append(kind if stays else 1 - kind)
            row.append((best[kind] if stays else best[1 - kind] - cost) + sign * says[number])
        best = row[0], row[1]
        before.append((ways[0], ways[1]))
    kind = 0 if best[0] >= best[1] else 1
    changes: list[int] = []
    for number in range(len(before), 0, -1):
        if before[number - 1][kind] != kind:
            kind = 1 - kind
            changes.insert(0, places[number])
    return changes


def _cost(line: str, place: int) -> float:
    """What a change before the word at a place costs; inside a run of words that go on there is none."""
    last = line[max(0, place - _SPACES) : place].rstrip()[-1:]
    if last in ".!?”":
        return _A_CHANGE / 2
    able = line[place].isupper() or line[place].isdigit() or line[place] in _BEGINS or last in _ENDS
    return _A_CHANGE if able else float("inf")


def _beside(line: str) -> list[str]:
    """What is known of a line beside another."""
    written = _TOKEN.findall(line)
    count = len(line.split())
    size = "few" if count < 4 else "some" if count < 10 else "many" if count < 25 else "very many"
    shapes = " ".join(_shape(token) for token in written[:2])
    return [size, f"last {_last(line)}", f"shapes {shapes}", f"word {written[0].lower() if written else ''}"]


def _last(text: str) -> str:
    """The mark that a text ends with, "a" for a letter or a figure."""
    last = text.rstrip("\"'”’)")[-1:]
    return "a" if last.isalnum() else last


def _shape(token: str) -> str:
    """The shape of a token: "Xx" for "Esk", "9:9" for "12:31", "99" for "31"; a mark stands for itself."""
    if token[0].isdigit():
        return "9:9" if ":" in token else "9.9" if not token.isdigit() else "9" * min(len(token), 4)
    if not token[0].isalpha():
        return token
    return "XX" if token.isupper() and len(token) > 1 else "Xx" if token[0].isupper() else "xx"
