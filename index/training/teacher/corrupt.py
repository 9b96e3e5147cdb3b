"""Edits of a sentence after which the original no longer supports it, each with the label that follows from it."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from index.training.teacher.scan import (
    DAY,
    NUMBER,
    PLACE,
    YEAR,
    grouped,
    is_year,
    names,
    near_date,
)
from index.training.teacher.wordlists import (
    COUNTRIES,
    MONTHS,
    NUMBERS,
    OPPOSITE,
    ORDINALS,
    PEOPLES,
    QUANTITY,
    STRONGER,
    TENS,
    TURNABLE,
    UNITS,
    VERBS,
    WEEKDAYS,
    table,
)

_PAST = {past: base for base, past, _ in VERBS}
_OPPOSITE, _QUANTITY = table(OPPOSITE), table(QUANTITY)
_STRONGER = {one.replace("_", " "): other.replace("_", " ") for one, other in (line.split("=") for line in STRONGER)}


def _any(words: object) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")\b")  # type: ignore[call-overload]


_OPPOSITE_WORDS, _QUANTITY_WORDS, _STRONGER_WORDS = _any(_OPPOSITE), _any(_QUANTITY), _any(_STRONGER)
_SERIES = [(_any(series), series) for series in (MONTHS, WEEKDAYS, NUMBERS[1:], TENS, ORDINALS, PEOPLES, COUNTRIES)]
_AUXILIARY = re.compile(
    r"\b(is|was|are|were|has|had|can|could|will|would|should|must|have) (?!not\b|never\b|n't|no\b|been known)(?=[a-z])"
)
_NEGATION = re.compile(
    r"\b(is|was|are|were|has|had|can|could|will|would|should|must|have|do|does|did) not (?!only\b|until\b|just\b)"
)
_DID_NOT = re.compile(r"\bdid not (\w+)\b")
_NEVER = re.compile(r"\bnever ")
_MAY = re.compile(r"(\w+) (?:may|might|could) (be|have|[a-z]{3,})\b(?! not)( been)?")
_TOLD = re.compile(
    r"\b(is|are) (?:also |widely |generally |often )?(?:expected|likely|set|scheduled|planned|due|projected|predicted"
    r"|supposed|believed|thought|said|reported|considered|alleged|estimated|intended|hoped|understood)"
    r" to (be|have|[a-z]{2,})\b"
)
_TOLD_PAST = re.compile(
    r"\b(was|were) (?:also )?(?:believed|thought|said|reported|alleged|rumoured|rumored|supposed) to (be|have)\b"
)
_PLANS = re.compile(r"\b(?:plan|intend|hope|want|aim|seek|propose|threaten|promise)(s?) to ([a-z]{2,})\b")
_TRIED = re.compile(
    r"\b(?:planned|intended|hoped|wanted|tried|attempted|sought|threatened|promised|offered|agreed|refused"
    r"|failed) to ([a-z]{2,})\b"
)
_ADVERB = re.compile(
    r"\b(?:allegedly|reportedly|possibly|probably|perhaps|apparently|supposedly|presumably|purportedly|potentially"
    r"|almost|nearly|partly|partially) "
)
_REPORT = re.compile(
    r"^(?P<who>[A-Z][^,;\"“]{2,60}?) (?P<verb>(?:has |have |had )?(?:claimed|alleged|suggested|argued|believed"
    r"|speculated|said|predicted|warned|suggests?|claims?|argues?|believes?|says?|thought)) that"
    r" (?P<what>[^\"“]{20,})\.$"
)
_ACCORDING = re.compile(r"^According to (?P<who>[^,]{3,60}), (?P<what>[^\"“]{20,})\.$")
_ADJUNCTS = ("in {year}", "by {name}", "together with {name}", "for the first time", "for the second time", "in {name}",
             "because of {name}", "after the death of {name}", "for financial reasons", "at the age of {small}",
             "despite protests", "for {small} years")  # fmt: skip
_AFTER_WORDS = frozenset(
    "is are was were has had have be been being the a an of by to and or his her their its most more as than".split()
)


@dataclass(frozen=True)
class Twin:
    """A changed sentence; `weight` is below one where the label is less certain."""

    text: str
    label: str
    kind: str
    weight: float = 1.0


@dataclass
class Around:
    """What else an article offers to be mixed up with: its names, by whether they follow a word of place, and years."""

    names: dict[bool, list[str]] = field(default_factory=lambda: {True: [], False: []})
    years: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> Around:
        """Gather from a text."""
        found = cls()
        for start, end in names(text):
            found.names[bool(PLACE.search(text[:start]))].append(text[start:end])
        found.years = [hit.group() for hit in YEAR.finditer(text)]
        found.numbers = [hit.group() for hit in NUMBER.finditer(text) if not is_year(hit.group())]
        return found


def _put(text: str, start: int, end: int, other: str) -> str:
    return text[:start] + other + text[end:]


def _cased(other: str, like: str) -> str:
    return other[:1].upper() + other[1:] if like[:1].isupper() else other


def numbers(text: str, around: Around, draw: random.Random) -> Iterator[Twin]:
    """Another number: near, far, of the same article, or of another scale."""
    for hit in NUMBER.finditer(text):
        old = hit.group()
        if is_year(old) or near_date(text, *hit.span()):
            continue
        value = float(old.replace(",", ""))
        before = text[max(0, hit.start() - 24) : hit.start()].lower()
        atleast = re.search(r"(?:more than|over|at least|exceed\w*|above|least|minimum of) (?:[$£€])?$", before)
        atmost = re.search(
            r"(?:less than|fewer than|under|up to|at most|below|nearly|almost|maximum of) (?:[$£€])?$", before
        )
        unit = 10.0 ** (-len(old.split(".")[1]) if "." in old else _zeros(old))
        choices = [
            value + unit,
            value + 2 * unit,
            value - unit,
            round(value * 1.1),
            round(value * 2),
            round(value / 2),
            value * 10,
        ]
        if around.numbers and draw.random() < 0.5:
            choices = [float(draw.choice(around.numbers).replace(",", "")), *choices[:3]]
        choices = [
            each for each in choices if each >= 0 and not (atleast and each < value) and not (atmost and each > value)
        ]
        if choices:
            new = grouped(draw.choice(choices), old)
            if new.replace(",", "") != old.replace(",", "") and float(new.replace(",", "")) != value:
                near = abs(float(new.replace(",", "")) - value) <= 0.15 * max(value, 1)
                yield Twin(_put(text, *hit.span(), new), "R", "number near" if near else "number far")
    for one, other in UNITS:
        for old, new in ((one, other), (other, one)):
            if f" {old}" in text and (hit := re.search(rf"(?:\d|two|three|four|five|six|ten|hundred) ({old})\b", text)):
                yield Twin(_put(text, *hit.span(1), new), "R", "scale")


def _zeros(number: str) -> int:
    whole = number.replace(",", "").split(".")[0]
    return len(whole) - len(whole.rstrip("0")) if whole.strip("0") else 0


def dates(text: str, around: Around, draw: random.Random) -> Iterator[Twin]:
    """Another year, month, day or weekday, or number word."""
    for hit in YEAR.finditer(text):
        if not is_year(hit.group()):
            continue
        old = int(hit.group())
        others = [int(year) for year in around.years if year != hit.group()]
        new = (
            draw.choice(others)
            if others and draw.random() < 0.4
            else old + draw.choice((-30, -10, -3, -2, -1, 1, 2, 3, 5, 10))
        )
        yield Twin(_put(text, *hit.span(), str(new)), "R", "year")
    for hit in DAY.finditer(text):
        key = "d1" if hit["d1"] else "d2"
        day = int(hit[key])
        new = draw.choice(
            [each for each in (day - 7, day - 1, day + 1, day + 2, day + 9) if 1 <= each <= 28] or [day % 28 + 1]
        )
        yield Twin(_put(text, *hit.span(key), str(new)), "R", "day")
    for pattern, series in _SERIES:
        found = [hit for hit in pattern.finditer(text) if hit.group() != "May" or re.match(r" \d|,", text[hit.end() :])]
        if found and (series is not ORDINALS or draw.random() < 0.7):
            hit = draw.choice(found)
            other = draw.choice([word for word in series if word not in text] or [series[0]])
            yield Twin(_put(text, *hit.span(), other), "R", "people" if series in (PEOPLES, COUNTRIES) else "series")


def swapped(text: str, around: Around, strangers: list[str], draw: random.Random) -> Iterator[Twin]:
    """Another name in place of one, or two names' roles turned."""
    found = list(names(text))
    present = {word for start, end in found for word in text[start:end].split()}
    for start, end in draw.sample(found, min(2, len(found))):
        place = bool(PLACE.search(text[:start]))
        size = len(text[start:end].split())
        near = [
            name
            for name in around.names[place]
            if not present & set(name.split()) and abs(len(name.split()) - size) <= 1
        ]
        far = [name for name in draw.sample(strangers, min(12, len(strangers))) if not present & set(name.split())]
        far = [name for name in far if len(name.split()) == size] or far[:1]
        pool = near if near and draw.random() < 0.75 else far
        if pool:
            yield Twin(_put(text, start, end, draw.choice(pool)), "X", "name near" if pool is near else "name far")
    for (a, b), (c, d) in itertools.pairwise(found):
        middle = text[b:c].strip()
        words = middle.split()
        active = middle in _PAST and _PAST[middle] in TURNABLE
        passive = len(words) >= 3 and words[-1] == "by" and words[0] in ("was", "were", "is", "has")
        directed = bool(re.search(r"\bfrom$", text[:a].strip()[-5:])) and middle == "to"
        if (active or passive or directed) and not set(text[a:b].split()) & set(text[c:d].split()):
            yield Twin(text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:], "R", "roles")


def negated(text: str, draw: random.Random) -> Iterator[Twin]:
    """A negation put in or taken out."""
    hits = list(_AUXILIARY.finditer(text))
    if hits:
        hit = hits[0] if draw.random() < 0.7 else draw.choice(hits)
        yield Twin(
            _put(text, *hit.span(), f"{hit[1]} {draw.choice(('not', 'not', 'not', 'never'))} "), "R", "negation in"
        )
    for hit in re.finditer(r"(\w+) (\w+)\b(?! by\b)", text):
        if hit[2] in _PAST and _PAST[hit[2]] != hit[2] and hit[1] not in _AFTER_WORDS and not hit[1].endswith("ly"):
            yield Twin(_put(text, *hit.span(2), f"did not {_PAST[hit[2]]}"), "R", "negation in")
            break
    if hit := _DID_NOT.search(text):
        past = next((past for past, base in _PAST.items() if base == hit[1]), None)
        if past:
            yield Twin(_put(text, *hit.span(), past), "R", "negation out")
    elif (hit := _NEGATION.search(text)) and hit[1] not in ("do", "does", "did"):
        yield Twin(_put(text, *hit.span(), hit[1] + " "), "R", "negation out")
    elif hit := _NEVER.search(text):
        yield Twin(_put(text, *hit.span(), ""), "R", "negation out")


def _many(word: str) -> bool:
    return (word.endswith("s") and not word.endswith(("ss", "us", "is"))) or word.lower() in (
        "they",
        "we",
        "you",
        "people",
        "children",
    )


def firmer(text: str, draw: random.Random) -> Iterator[Twin]:
    """What was said to be possible, planned or claimed is told as a fact."""
    for hit in _MAY.finditer(text):
        who, verb = hit[1], hit[2]
        if hit[3]:
            new = "were" if _many(who) else "was"
        elif verb == "be":
            new = "are" if _many(who) else "is"
        elif verb == "have":
            new = "have" if _many(who) else "has"
        else:
            new = f"will {verb}"
        yield Twin(_put(text, hit.start(), hit.end(), f"{who} {new}"), "X", "hedge out")
    for hit in _TOLD.finditer(text):
        some = {"is": {"be": "is", "have": "has"}, "are": {"be": "are", "have": "have"}}[hit[1]]
        yield Twin(_put(text, *hit.span(), some.get(hit[2]) or f"will {hit[2]}"), "X", "hedge out")
    for hit in _TOLD_PAST.finditer(text):
        yield Twin(_put(text, *hit.span(), hit[1] if hit[2] == "be" else "had"), "X", "hedge out")
    for hit in _PLANS.finditer(text):
        yield Twin(_put(text, *hit.span(), f"will {hit[2]}"), "X", "plan as fact")
    for hit in _TRIED.finditer(text):
        past = next((past for past, base in _PAST.items() if base == hit[1]), None)
        if past:
            yield Twin(_put(text, *hit.span(), past), "X", "plan as fact")
    if hit := _ADVERB.search(text):
        yield Twin(_cased(_put(text, *hit.span(), ""), text), "X", "hedge out")
    for pattern in (_REPORT, _ACCORDING):
        if hit := pattern.match(text):
            what = hit["what"][0].upper() + hit["what"][1:] + "."
            sure = pattern is _REPORT and not re.match(r"(?:has |have |had )?(?:said|says?)$", hit["verb"])
            yield Twin(what, "X", "speaker out", 0.7 if sure else 0.25)
    if draw.random() < 0.15:
        for hit in re.finditer(r"\b(is|are|was|were) (?=[a-z])", text):
            new = {"is": "may be", "are": "may be", "was": "may have been", "were": "may have been"}[hit[1]]
            yield Twin(_put(text, *hit.span(1), new), "X", "hedge in", 0.4)
            break
    hits = list(_STRONGER_WORDS.finditer(text))
    if hits:
        hit = draw.choice(hits)
        yield Twin(_put(text, *hit.span(), _STRONGER[hit.group()]), "X", "quantity")


def speakers(text: str, around: Around, strangers: list[str], draw: random.Random) -> Iterator[Twin]:
    """Somebody else said it."""
    for pattern in (_REPORT, _ACCORDING):
        if hit := pattern.match(text):
            pool = [
                name
                for name in around.names[False]
                if name not in text and not set(name.split()) & set(hit["who"].split())
            ]
            pool = pool if pool and draw.random() < 0.7 else draw.sample(strangers, min(4, len(strangers)))
            if pool:
                yield Twin(_put(text, *hit.span("who"), draw.choice(pool)), "X", "speaker")


def opposite(text: str, draw: random.Random) -> Iterator[Twin]:
    """The opposite word, or another quantity."""
    for pattern, words, kind in ((_OPPOSITE_WORDS, _OPPOSITE, "opposite"), (_QUANTITY_WORDS, _QUANTITY, "quantity")):
        hits = [hit for hit in pattern.finditer(text) if not _part_of_name(text, hit)]
        draw.shuffle(hits)
        for hit in hits[:2]:
            yield Twin(_put(text, *hit.span(), draw.choice(words[hit.group()])), "R", kind)
    if draw.random() < 0.08 and (hit := re.search(r"\b(is|was|are|were) (?=the |a |an |in |at )", text)):
        yield Twin(_put(text, *hit.span(), f"{hit[1]} only "), "X", "only", 0.5)


def _part_of_name(text: str, hit: re.Match[str]) -> bool:
    after = text[hit.end() : hit.end() + 2].strip()
    return (hit.group()[0].isupper() and hit.start() > 0) or (
        after[:1].isupper() and hit.group() in ("north", "south", "east", "west")
    )


def added(text: str, around: Around, strangers: list[str], draw: random.Random) -> Iterator[Twin]:
    """One more detail than was said."""
    if not re.search(r"[a-z]\.$", text) or len(text.split()) > 30:
        return
    near = around.names[False] + around.names[True]
    name = draw.choice(near) if near and draw.random() < 0.5 else draw.choice(strangers)
    if name in text:
        return
    plan = draw.choice([each for each in _ADJUNCTS if not ("{year}" in each and YEAR.search(text))])
    more = plan.format(name=name, year=draw.randint(1900, 2024), small=draw.randint(3, 60))
    yield Twin(f"{text[:-1]} {more}.", "X", "added")


def twins(text: str, around: Around, strangers: list[str], draw: random.Random) -> list[Twin]:
    """All changes that apply to a sentence."""
    found = [
        *numbers(text, around, draw), *dates(text, around, draw), *swapped(text, around, strangers, draw),
        *negated(text, draw), *firmer(text, draw), *speakers(text, around, strangers, draw), *opposite(text, draw),
        *added(text, around, strangers, draw),
    ]  # fmt: skip
    return [twin for twin in found if twin.text != text and "  " not in twin.text]


WANTED = {
    "number near": 1.4, "number far": 0.9, "scale": 1.0, "year": 0.8, "day": 0.8, "series": 0.9, "people": 0.5,
    "name near": 1.0, "name far": 0.3, "roles": 2.5, "negation in": 0.6, "negation out": 2.5, "hedge out": 2.0,
    "plan as fact": 2.5,
    "speaker out": 0.8, "hedge in": 0.3, "speaker": 2.0, "opposite": 1.0, "quantity": 1.2, "only": 0.3, "added": 0.3,
}  # fmt: skip


RARE = frozenset({"roles", "plan as fact", "hedge out", "speaker", "scale", "negation out", "number near", "number far",
                  "quantity", "speaker out", "day"})  # fmt: skip


def choose(found: list[Twin], count: int, draw: random.Random) -> list[Twin]:
    """Up to `count` changes of unlike kinds, the wanted kinds likelier."""
    chosen: list[Twin] = []
    kinds = sorted({twin.kind for twin in found})
    while kinds and len(chosen) < count:
        kind = draw.choices(kinds, [WANTED[each] for each in kinds])[0]
        kinds.remove(kind)
        chosen.append(draw.choice([twin for twin in found if twin.kind == kind]))
    return chosen
