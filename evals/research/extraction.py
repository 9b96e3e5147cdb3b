"""How well articles are read from web pages: ``python -m evals.research.extraction [--benchmark DIR] [--show]``.

``evals/web_pages`` holds invented pages in the ways of the world's content systems, with the truth beside them, by
others who had not seen the code. Every other page, by the sha256 of its name, is kept back: it is counted and never
looked at. ``--benchmark`` measures a folder with ``html/ID.html.gz`` and ``ground-truth.json`` besides, by the measure
of that benchmark: precision and recall of runs of four words, averaged over pages. What trafilatura gives by itself
stands beside. (https://github.com/scrapinghub/article-extraction-benchmark)
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from evals.measures.metrics import interval
from index.errors import SourceError
from index.sources.html import article_of_page
from index.types import Article

PAGES = Path(__file__).parents[1] / "web_pages"
_WORD = re.compile(r"\w+")
_MOST = 10_000_000


def is_kept_back(name: str) -> bool:
    """Whether a page is never looked at."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 0


def words(text: str) -> list[str]:
    """Runs of letters and digits; a letter of a script without spaces is a word of its own."""
    return [one for word in _WORD.findall(text) for one in ([*word] if word > "\u2e80" else [word])]


def shared(found: Counter[Any], wanted: Counter[Any]) -> tuple[float, float]:
    """Precision and recall of counted things."""
    both = sum((found & wanted).values())
    return both / (sum(found.values()) or 1), both / (sum(wanted.values()) or 1)


def f1(precision: float, recall: float) -> float:
    """Their harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words."""
    found = _WORD.findall(text)
    return Counter(tuple(found[at : at + 4]) for at in range(max(1, len(found) - 3)))


def read(data: bytes, name: str) -> Article | None:
    """The article of a page, if one is found."""
    try:
        items = [*article_of_page(data, name, max_characters=_MOST, url=name if "://" in name else None)]
        return next(item for item in items if isinstance(item, Article))
    except SourceError:
        return None


def plain(data: bytes) -> str:
    """What trafilatura gives by itself."""
    from trafilatura import extract

    return extract(data) or ""


def same(found: str | None, wanted: str | None) -> bool:
    """Whether two titles or names are the same but for white space and quotation marks."""
    marks = str.maketrans("“”‘’«»„", '""\'\'"""')
    return (found or "").translate(marks).split() == (wanted or "").translate(marks).split()


def judged(page: dict[str, Any], data: bytes) -> dict[str, float]:
    """By what is measured: how right it is."""
    article = read(data, page["url"])
    text = article.text if article else ""
    if not page["text"]:
        return {"a page without an article is refused": float(article is None)}
    wanted = Counter(words(page["text"]))
    found = {
        "text, F1 of words": f1(*shared(Counter(words(text)), wanted)),
        "text, trafilatura's own": f1(*shared(Counter(words(plain(data))), wanted)),
        "title": float(article is not None and same(article.title, page["title"])),
        "day of publication": float(article is not None and _day(article.published) == _day(page["published"])),
        "author": float(article is not None and same(article.author, page["author"])),
        "outlet": float(article is not None and same(article.agency, page["site"])),
    }
    if page["updated"] and _day(page["updated"]) != _day(page["published"]):
        found["day of a later change"] = float(article is not None and _day(article.updated) == _day(page["updated"]))
    return found


def _day(value: str | None) -> str:
    return (value or "")[:10]


def own_pages(*, show: bool, console: Console) -> None:
    """Measure the invented pages."""
    shares: dict[str, tuple[list[float], list[float]]] = {}
    for file in sorted(PAGES.glob("*.json")):
        page = json.loads(file.read_text(encoding="utf-8"))
        kept = is_kept_back(file.stem)
        found = judged(page, file.with_suffix(".html").read_bytes())
        for name, value in found.items():
            shares.setdefault(name, ([], []))[kept].append(value)
        if show and not kept and min(value for name, value in found.items() if "own" not in name) < 0.95:
            article = read(file.with_suffix(".html").read_bytes(), page["url"])
            wrong = {name: round(value, 2) for name, value in found.items() if value < 0.95}
            told = article and (article.title, article.author, article.agency, article.published, article.updated)
            console.print(
                file.stem, wrong, told, [page[name] for name in ("title", "author", "site", "published", "updated")]
            )
    table = Table("what", "pages at hand", "pages kept back", box=None, pad_edge=False)
    for name, both in shares.items():
        table.add_row(name, *(_told(values) for values in both))
    console.print(table)


def benchmark(folder: Path, console: Console) -> None:
    """Measure a folder in the form of the public benchmark."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    ways: dict[str, Callable[[bytes, str], str]] = {
        "ours": lambda data, name: article.text if (article := read(data, name)) else "",
        "trafilatura's own": lambda data, _: plain(data),
    }
    table = Table("benchmark", "precision", "recall", "F1", "pages a second", box=None, pad_edge=False)
    for way, get in ways.items():
        began = time.perf_counter()
        pairs = [
            shared(
                shingles(get(gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()), name)),
                shingles(page["articleBody"]),
            )
            for name, page in truth.items()
        ]
        rate = len(pairs) / (time.perf_counter() - began)
        precision, recall = (sum(values) / len(pairs) for values in zip(*pairs, strict=True))
        table.add_row(way, f"{precision:.3f}", f"{recall:.3f}", f"{f1(precision, recall):.4f}", f"{rate:.0f}")
    console.print(table)


def _told(values: Iterable[float]) -> str:
    kept = [*values]
    return "{:.3f} [{:.3f}, {:.3f}] of {}".format(*interval(kept), len(kept)) if kept else "–"


def main() -> None:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.research.extraction", description="Measure reading web pages."
    )
    parser.add_argument("--benchmark", type=Path, help="a folder of the public benchmark")
    parser.add_argument("--show", action="store_true", help="print what is wrong of the pages at hand")
    options = parser.parse_args()
    console = Console(highlight=False, width=160)
    own_pages(show=options.show, console=console)
    if options.benchmark:
        benchmark(options.benchmark, console)


if __name__ == "__main__":
    main()
