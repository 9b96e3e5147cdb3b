"""Edits of a sentence after which everything it says is still said by the original."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator

from index.training.teacher.scan import MONTH, NUMBER, is_year, names, near_date
from index.training.teacher.wordlists import NUMBERS, SAME, TURNABLE, VERBS, table

_SAME = table(SAME)
_SAME_WORDS = re.compile(
    r"\b(?:"
    + "|".join(sorted((re.escape(word) for word in _SAME if word[-1].isalpha()), key=len, reverse=True))
    + r")\b"
)
_BRACKETS = re.compile(r" \([^()]{2,60}\)")
_ASIDE = re.compile(
    r", (?:which|who|whose|where|a|an|the|including|born|now|then|also known as|formerly) [^,;()\"]{6,90}"
    r", (?!and\b|or\b|but\b)"
)
_LEADING = re.compile(r"^((?:In|On|During|At|By|Around|Between) [^,;]{3,45}), ([A-Za-z][^;]{20,})\.$")
_FRONT = re.compile(
    r"^(?:However|Moreover|Furthermore|Additionally|In addition|Also|Thus|Therefore|Meanwhile|Indeed|Finally), ",
    re.I,
)
_TAIL = re.compile(r"^([^,;]{30,}), (?:and|but|while|whereas|although|though|which|where) [^\"]{10,}\.$")
_FINITE = re.compile(r"\b(?:is|was|are|were|has|had|have|can|will|would|\w{3,}ed|became|began|won|lost|made|said)\b")
_CONDITION = re.compile(r"\b(?:if|unless|neither|either|not only|both|between|until)\b", re.I)
_FULL_DATE = re.compile(
    rf"\b[Oo]n (?:(?P<m1>{MONTH}) \d{{1,2}}, (?P<y1>\d{{4}})|\d{{1,2}} (?P<m2>{MONTH}) (?P<y2>\d{{4}}))\b,?"
)
_DATE = re.compile(
    rf"\b(?:(?P<m1>{MONTH}) (?P<d1>\d{{1,2}}), (?P<y1>\d{{4}})|(?P<d2>\d{{1,2}}) (?P<m2>{MONTH}) (?P<y2>\d{{4}}))\b"
)
_SAID = re.compile(
    r"^[\"“](?P<what>[A-Z][^\"“”]{15,}?),[\"”] (?:said|says) (?P<who>[A-Z][\w .’'-]{2,40}?)"
    r"(?P<rest>, [^,]{3,60})?\.$"
)
_SAID_LAST = re.compile(
    r"^(?P<what>[A-Z][^\"“”]{15,}?), (?P<who>[A-Z][\w .’'-]{2,40}?) (?P<verb>said|says|announced|reported)"
    r"(?: on \w+day)?\.$"
)
_MILLIONS = re.compile(r"\b(\d{1,3}),(\d)00,000\b")
_FORMS = "|".join(sorted({form for verb in VERBS for form in verb[1:]}))
_ADVERB = re.compile(
    r"(?<!\bthe)(?<!\ba)(?<!\ban)(?<!\bat)(?<!\bits)(?<!\bhis)(?<!\bher)(?<!\btheir)(?<!\bnot)(?<!\bthe very)"
    r" (?:last|first|finally|recently|already|just|later|only|formally|officially|publicly|quickly|briefly|quietly|"
    rf"repeatedly|immediately|unanimously|jointly|eventually|reluctantly|promptly)(?= (?:{_FORMS}|[a-z]{{3,}}ed)\b)"
)
_ONCE_MORE = re.compile(
    r" (?:for (?:the|a) (?:very )?(?:first|second|third|fourth|fifth|last) time|again|once more)(?=[.,])"
)
_COMMON = frozenset(
    "The A An It He She They There This These Its His Her Their Many Some Most All Several Both Each One We".split()
)
Edit = tuple[str, str]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str, title: str) -> str:
    """The first letter in lower case where the first word is no name."""
    word = text.split(" ")[0]
    return text[0].lower() + text[1:] if word in _COMMON and not title.startswith(word + " ") else text


def shorter(text: str, title: str, draw: random.Random) -> Iterator[Edit]:
    """Leave something out, after which the rest is still true: "last spoke" has it that they spoke."""
    for hit in () if "((" in text or "))" in text else _BRACKETS.finditer(text):
        yield text[: hit.start()] + text[hit.end() :], "brackets dropped"
    for hit in _ASIDE.finditer(text):
        if text.count('"', 0, hit.start()) % 2 == 0:
            yield text[: hit.start()] + " " + text[hit.end() :], "aside dropped"
    if hit := _FRONT.match(text):
        yield _upper(text[hit.end() :]), "opening dropped"
    if (
        (hit := _LEADING.match(text))
        and not _CONDITION.search(hit[1])
        and not re.search(r"\b(?:not|no|never|by)\b", hit[1], re.I)
    ):
        rest = _lower(hit[2], title)
        if re.search(r"\d", hit[1]):
            yield _upper(rest) + ".", "adjunct dropped"
    if (
        (hit := _TAIL.match(text))
        and _FINITE.search(hit[1])
        and not _CONDITION.search(hit[1])
        and len(hit[1].split()) >= 6
    ):
        yield hit[1] + ".", "clause dropped"
    for hit in _FULL_DATE.finditer(text):
        month, year = hit["m1"] or hit["m2"], hit["y1"] or hit["y2"]
        word = "In" if hit.group()[0] == "O" else "in"
        comma = "," if hit.group().endswith(",") and word == "In" else ""
        when = draw.choice((f"{month} {year}", year))
        yield text[: hit.start()] + f"{word} {when}{comma}" + text[hit.end() :], "day dropped"
    for pattern, kind in ((_ADVERB, "adverb dropped"), (_ONCE_MORE, "time dropped")):
        for hit in pattern.finditer(text):
            yield text[: hit.start()] + text[hit.end() :], kind


def otherwise(text: str, title: str, draw: random.Random) -> Iterator[Edit]:
    """Say the same in other words."""
    hits = list(_SAME_WORDS.finditer(text))
    draw.shuffle(hits)
    for hit in hits[:2]:
        other = draw.choice(_SAME[hit.group()])
        yield re.sub(r"  +", " ", text[: hit.start()] + other + text[hit.end() :]), "same word"
    if (hit := _LEADING.match(text)) and not _CONDITION.search(hit[1]) and "," not in hit[2][-30:]:
        place = hit[1][0].lower() + hit[1][1:]
        yield f"{_upper(hit[2])} {place}.", "adjunct moved"
    for hit in NUMBER.finditer(text):
        value = hit.group()
        if value.isdigit() and 2 <= int(value) <= 12 and not near_date(text, *hit.span()):
            after, before = text[hit.end() : hit.end() + 1], text[: hit.start()].split(" ")[-2:]
            if (
                after == " "
                and before
                and before[-1] == ""
                and before[0] not in ("$", "No.", "Chapter", "Article", "Section", "Part")
            ):
                yield text[: hit.start()] + NUMBERS[int(value) - 1] + text[hit.end() :], "number in words"
    for number, word in enumerate(NUMBERS[1:], 2):
        if hit := re.search(rf"(?<=[a-z] ){word}(?= [a-z])(?!-)", text):
            yield text[: hit.start()] + str(number) + text[hit.end() :], "number in digits"
    if hit := _MILLIONS.search(text):
        yield text[: hit.start()] + f"{hit[1]}.{hit[2]} million".replace(".0 ", " ") + text[hit.end() :], "millions"
    for hit in _DATE.finditer(text):
        if hit["m1"]:
            yield text[: hit.start()] + f"{hit['d1']} {hit['m1']} {hit['y1']}" + text[hit.end() :], "date turned"
        else:
            yield text[: hit.start()] + f"{hit['m2']} {hit['d2']}, {hit['y2']}" + text[hit.end() :], "date turned"
    for hit in NUMBER.finditer(text):
        value = hit.group().replace(",", "")
        before = text[: hit.start()].split(" ")
        exact = not {
            "than",
            "least",
            "about",
            "approximately",
            "over",
            "nearly",
            "around",
            "to",
            "under",
            "almost",
        } & set(before[-3:])
        if (
            "." not in value
            and len(value) >= 3
            and not is_year(hit.group())
            and exact
            and text[hit.end() : hit.end() + 1] != "%"
        ):
            round_down = int(value) // 10 ** (len(value) - 1) * 10 ** (len(value) - 1)
            if round_down < int(value) and before[-1] == "":
                written = f"{round_down:,}" if "," in hit.group() else str(round_down)
                yield (
                    text[: hit.start()] + draw.choice(("more than ", "over ")) + written + text[hit.end() :],
                    "rounded down",
                )
    for one, other in turned(text, draw):
        yield one, other
    for pattern in (_SAID, _SAID_LAST):
        if (hit := pattern.match(text)) and not re.search(r"\b(?:I|we|my|our|us|me|you)\b", hit["what"], re.I):
            yield f"{hit['who']} said that {_lower(hit['what'], title)}.", "speaker first"


def turned(text: str, draw: random.Random) -> Iterator[Edit]:
    """The passive of "One defeated Other"."""
    found = list(names(text))
    for (a, b), (c, d) in itertools.pairwise(found):
        middle = text[b:c].strip()
        for base, past, participle in VERBS:
            if (
                middle == past
                and base in TURNABLE
                and (a == 0 or text[a - 2 : a] == ", ")
                and not text[d : d + 1].isalpha()
            ):
                if re.match(r"(?:'s|’s| and\b| [A-Z])", text[d:]):
                    continue
                yield f"{text[:a]}{text[c:d]} was {participle} by {text[a:b]}{text[d:]}", "passive"


def named(text: str, before: str, title: str) -> Iterator[Edit]:
    """The title's name for the pronoun a sentence begins with, where the sentence before is about it too."""
    subject = re.sub(r"\s*\([^)]*\)", "", title).strip()
    if not subject or not before:
        return
    known = before.startswith((subject, subject.split()[-1])) or (re.match(r"(?:He|She) ", before) is not None)
    hit = re.match(r"(?:He|She) (?=was|is|had|has|\w+ed\b|became|won|wrote|made|took|went|left|met)", text)
    if hit and known and 1 < len(subject.split()) <= 3 and all(word[0].isupper() for word in subject.split()):
        yield f"{subject} {text[hit.end() :]}", "named"
    hit = re.match(r"It (?=was|is|has|had|\w+ed\b)(?!was \w+ that|is \w+ that)", text)
    if hit and before.startswith(subject) and subject[0].isupper():
        yield f"{subject} {text[hit.end() :]}", "named"


def edits(text: str, before: str, title: str, draw: random.Random) -> list[Edit]:
    """All such edits of a sentence that make a clean one."""
    found = [*shorter(text, title, draw), *otherwise(text, title, draw), *named(text, before, title)]
    return [(each, kind) for each, kind in found if each != text and len(each.split()) >= 5 and "  " not in each]
