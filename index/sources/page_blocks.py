"""The pieces of text on a web page, and which of them are its article's: a linear layer over what surrounds each.

A piece is a paragraph, a heading, an item, a row of a table. What tells is whether trafilatura keeps it (Barbaresi
2021, ACL demo), where it stands (tags, and the words in the names of classes around it), how much of it is links, how
long it is, what stands before and after it, and whether it is where most of the running text is. What trafilatura keeps
is left out where that is surely wrong, and the other way round. Fitted by ``python -m index.training.pages``.
(After Vogels and others 2018, Web2Text, arXiv:1801.02607.)
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from index.models.linear import LogOdds, log_odds, read_linear
from index.models.sessions import FOLDER
from index.sources.markup import INLINE, UNSEEN

WEIGHTS = FOLDER / "page_blocks.json"
ARTICLE, OTHER = "article", "other"

_UNSEEN = UNSEEN | {"select", "option", "textarea", "input", "head", "object"}
_AROUND = frozenset(
    "article main aside nav footer header form ul ol table blockquote figure section dl details dialog".split()
)
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}(?![a-z])")
_ENDS = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")
_LEAST, _LEAST_IF_KEPT = 0.9, 0.1
"""How likely a piece must be of the article: chosen on pages of others, on which all pieces kept or left out by the
layer alone were worse than trafilatura by itself."""

_KEPT = "kept=True"
_FEW = 3
_LONG = 12
"""Words of running text."""

_BEFORE_HEAD = 0.1
_FADES = 600
"""Words after which running text counts 1/e for where an article stands: comments may be longer than it."""

_MOST = 0.6
"""Of the running text stands in the element that has most of it."""

_SEAM = "\ue000"
"""Stands, while a piece is gathered, where an element begins right after another's text."""

_MOST_ROW = 400
_SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Block:
    """A piece of text, and what stands around it."""

    text: str
    parted: str
    """The text with a dot between elements that no space parts: "By Ann Lee · 4 March"."""

    tag: str
    element: HtmlElement
    path: tuple[HtmlElement, ...]
    """The elements around it, the nearest first."""

    linked: int = 0
    """How many of its characters are links."""

    words: int = 0
    row: bool = False
    own_names: frozenset[str] = frozenset()


def blocks_of(tree: HtmlElement) -> list[Block]:
    """The pieces of text of a page in their order."""
    found: list[Block] = []
    pieces: list[str] = []
    linked = breaks = skipped = 0
    in_link = 0
    rows: set[HtmlElement] = set()
    current: HtmlElement = tree

    def flush() -> None:
        nonlocal linked, breaks
        text = " ".join("".join(pieces).split())
        if text.strip("|•·-– " + _SEAM):
            found.append(_block(text, current, min(linked, len(text)), current.tag == "tr"))
        pieces.clear()
        linked = breaks = 0

    for event, one in iterwalk(tree, events=("start", "end")):
        tag = one.tag if isinstance(one.tag, str) else ""
        start = event == "start"
        if tag in _UNSEEN or not tag:
            skipped += 1 if start else -1
            text = "" if start or skipped else one.tail
        elif skipped:
            continue
        else:
            if tag == "a":
                in_link += 1 if start else -1
            if tag == "br" and start:
                breaks += 1
                pieces.append(" ")
                if breaks > 1:
                    flush()
            elif tag == "tr" and start and _is_row(one):
                flush()
                rows.add(one)
                current = one
            elif tag in ("td", "th") and one.getparent() in rows:
                if start and pieces:
                    pieces.append(" | ")
            elif tag not in INLINE and tag != "br" and not any(up in rows for up in _up(one, 3) if up is not one):
                flush()
                current = one if start else _parent(one)
            elif start and pieces and not pieces[-1][-1:].isspace() and tag in ("span", "time") and one.text:
                pieces.append(_SEAM)
            text = one.text if start else one.tail
        if text and not skipped:
            if text.strip():
                breaks = 0
            if in_link and not (tag == "a" and not start):
                linked += len(text.strip())
            pieces.append(text)
    flush()
    return found


def _up(one: HtmlElement, levels: int) -> Iterator[HtmlElement]:
    here: HtmlElement | None = one
    for _ in range(levels + 1):
        if here is None:
            return
        yield here
        here = here.getparent()


def _parent(one: HtmlElement) -> HtmlElement:
    parent = one.getparent()
    return one if parent is None else parent


def _is_row(row: HtmlElement) -> bool:
    """Whether a row of a table has cells that are values, and no layout."""
    cells = [one for one in row if one.tag in ("td", "th")]
    length = sum(len(cell.text_content()) for cell in cells)
    return len(cells) > 1 and length <= _MOST_ROW and row.find(".//table") is None and row.find(".//div") is None


def _block(text: str, element: HtmlElement, linked: int, row: bool) -> Block:
    path = tuple(element.iterancestors())
    own = frozenset(_names(element))
    bare = text.replace(_SEAM, "")
    return Block(bare, text.replace(_SEAM, " · "), str(element.tag), element, path, linked, count_words(bare), row, own)


def letters_of(text: str) -> str:
    """A text without what two extractors may write differently."""
    return "".join(_WORD.findall(text)).lower()


def count_words(text: str) -> int:
    """How many words a text has; of what is written without spaces, as many as it has pairs of signs."""
    signs = len(_SIGNS.findall(text))
    return len(_WORD.findall(text)) if signs < len(text) / 4 else signs // 2 + 1


def _names(element: HtmlElement) -> Iterator[str]:
    for name in ("class", "id", "data-component", "data-testid", "itemprop", "role", "data-type"):
        if value := element.get(name):
            yield from (word.lower() for word in _TOKEN.findall(value[:200]) if 2 < len(word) < 16)


def _weigh(blocks: Sequence[Block], head: int | None) -> tuple[HtmlElement | None, dict[HtmlElement, float]]:
    """The smallest element that has most of the running text, and how much of it each has: less, the farther down."""
    weight: dict[HtmlElement, float] = defaultdict(float)
    total, since = 0.0, 0
    for number, block in enumerate(blocks):
        if block.words >= _LONG and block.linked < 0.4 * len(block.text):
            near = _BEFORE_HEAD if head is not None and number < head else exp(-since / _FADES)
            since += block.words if head is None or number > head else 0
            total += near * block.words
            for one in (block.element, *block.path):
                weight[one] += near * block.words
    heart, deepest = None, -1
    for block in blocks if total else ():
        for above, one in enumerate((block.element, *block.path)):
            if weight[one] >= _MOST * total:
                if len(block.path) - above > deepest:
                    heart, deepest = one, len(block.path) - above
                break
    return heart, weight


def features_of(blocks: Sequence[Block], head: int | None, kept: str) -> list[set[str]]:
    """What each piece has that tells; ``kept`` is the text that another extractor keeps of the page."""
    heart, weight = _weigh(blocks, head)
    kept_lines, kept_letters = {letters_of(line) for line in kept.split("\n")}, letters_of(kept)
    whole = {*(heart.iterancestors() if heart is not None else ()), heart}
    names: dict[HtmlElement, list[str]] = {}
    plain = [_plain(block) for block in blocks]
    found = []
    for number, block in enumerate(blocks):
        # What is around most of the text is around everything: it tells nothing of a piece.
        around = [one for one in block.path if one not in whole]
        features = set(plain[number]) | {f"in {one.tag}" for one in around if one.tag in _AROUND}
        features |= {f"own {name}" for name in (block.own_names if block.element not in whole else ())}
        for one in around:
            if one not in names:
                names[one] = [f"around {name}" for name in _names(one)]
            features.update(names[one])
        for step, name in ((-1, "before"), (1, "after"), (-2, "before2"), (2, "after2")):
            features |= (
                {f"{name}:{one}" for one in plain[number + step]}
                if 0 <= number + step < len(blocks)
                else {f"{name}:none"}
            )
        inside = heart is not None and (block.element is heart or heart in block.path)
        features.add(f"heart={inside}")
        if inside:
            depth = [block.element, *block.path].index(heart)
            features.add(f"heart depth={min(depth, 4)}")
            features.add(f"heart {block.tag}")
        parent = block.path[0] if block.path else None
        share = weight.get(parent, 0.0)
        features.add(f"parent text={_bin(share, (1, 30, 100, 300))}")
        plain_text = letters_of(block.text)
        is_kept = plain_text in kept_lines if block.words < _FEW else plain_text in kept_letters
        features |= {
            _KEPT if is_kept else "kept=False",
            f"kept={is_kept} {block.tag}",
            f"kept={is_kept} heart={inside}",
        }
        features.add(f"kept={is_kept} words={_bin(block.words, (5, 15, 30))}")
        found.append(features)
    return found


def _plain(block: Block) -> list[str]:
    """What a piece tells by itself."""
    links = block.linked / max(1, len(block.text))
    return [
        f"tag={block.tag}",
        f"words={_bin(block.words, (2, 5, 9, 15, 25, 45))}",
        f"links={_bin(links, (0.001, 0.3, 0.8))}",
        f"ends={bool(_ENDS.search(block.text))}",
        f"ends={bool(_ENDS.search(block.text))} words={_bin(block.words, (5, 15))} links={links > 0.5}",
    ]


def _bin(value: float, edges: Sequence[float]) -> int:
    return sum(value >= edge for edge in edges)


@cache
def _article() -> LogOdds:
    return log_odds(read_linear(WEIGHTS), ARTICLE)


def of_article(blocks: Sequence[Block], head: int | None, kept: str) -> list[bool]:
    """Whether each piece is of the article. Raises ModelMissing."""
    article = _article()
    return [
        article.chance(some) >= (_LEAST_IF_KEPT if _KEPT in some else _LEAST)
        for some in features_of(blocks, head, kept)
    ]
