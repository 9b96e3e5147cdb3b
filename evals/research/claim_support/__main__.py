"""Measure the check of support: ``python -m evals.research.claim_support [--data DIR]``, DIR has claims (see ``wice``).

The first table tells how many of the invented sentences that are subtly wrong are dropped, and how many of the fair
ones. The second has the claims, every other one, since the weights were fitted on those between; its last row sets each
supported claim beside the lines of another one.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.terminal.render import consoles
from assistant.verification.check import Carried, unsupported
from assistant.verification.entailment import LEAST, bearing
from evals.measures.metrics import interval
from evals.research.claim_support.areas import area_interval, area_under_curve
from evals.research.claim_support.meddled import LISTS, load_meddled
from evals.research.claim_support.wice import KINDS, load
from index.models.reader import MiniLMReader, Reader

_Pairs = Sequence[tuple[str, Carried]]


def dropped(sentence: str, carried: Carried, reader: Reader | None) -> bool:
    """Whether an answer would go without a sentence."""
    return unsupported(sentence, carried) is not None or bearing(sentence, carried, reader) < LEAST


def score(reader: Reader | None, sentence: str, carried: Carried) -> float:
    """How well quotes bear out a sentence, less a quarter if something in it is not carried."""
    return bearing(sentence, carried, reader) - 0.25 * (unsupported(sentence, carried) is not None)


def main() -> None:
    """Load, check, print."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.research.claim_support", description="Measure the check of support."
    )
    parser.add_argument("--data", type=Path, help="a folder with claims and their articles")
    options = parser.parse_args()
    console, _ = consoles()
    reader = MiniLMReader()
    console.print(_meddled(reader))
    if options.data:
        _claims(console, options.data, reader)


def _meddled(reader: Reader) -> Table:
    table = Table("dropped of", *(name.replace("_", " ") for name in LISTS), box=None, pad_edge=False)
    rows: dict[str, dict[str, list[bool]]] = {}
    for name in LISTS:
        for quote, sentence, fault in load_meddled(name):
            gone = dropped(sentence, Carried([quote]), reader)
            for row in ("all wrong", fault) if fault else ("fair",):
                rows.setdefault(row, {}).setdefault(name, []).append(gone)
    for row in sorted(rows, key=lambda row: (row != "fair", row != "all wrong", row)):
        table.add_row(row, *(_share(rows[row].get(name, [])) for name in LISTS))
    return table


def _share(found: Sequence[bool]) -> str:
    if not found:
        return "–"
    _, low, high = interval([float(gone) for gone in found])
    return f"{sum(found)} of {len(found)} [{low:.2f}, {high:.2f}]"


def _claims(console: Console, data: Path, reader: Reader) -> None:
    claims = load(data)[1::2]
    supported = [(claim, carried) for kind, claim, carried in claims if kind == "supported"]
    rows = {kind: [(claim, carried) for name, claim, carried in claims if name == kind] for kind in KINDS}
    rows["beside another's lines"] = [
        (claim, supported[(number + 1) % len(supported)][1]) for number, (claim, _) in enumerate(supported)
    ]
    rows["partially or not"] = [*rows[KINDS[1]], *rows[KINDS[2]]]
    table = Table("claims", "number", "dropped", "AUROC by words", "AUROC with the reader", box=None, pad_edge=False)
    by_words, read = (_scores(rows, chosen) for chosen in (None, reader))
    for kind, pairs in rows.items():
        gone = sum(dropped(*pair, reader) for pair in pairs) / len(pairs)
        areas = [
            "–" if kind == "supported" else _area(scores["supported"], scores[kind]) for scores in (by_words, read)
        ]
        table.add_row(kind.replace("_", " "), str(len(pairs)), f"{gone:.2f}", *areas)
    console.print(table)


def _scores(rows: Mapping[str, _Pairs], reader: Reader | None) -> dict[str, list[float]]:
    scored = partial(score, reader)
    return {kind: [scored(*pair) for pair in pairs] for kind, pairs in rows.items()}


def _area(positives: Sequence[float], negatives: Sequence[float]) -> str:
    low, high = area_interval(positives, negatives)
    return f"{area_under_curve(positives, negatives):.3f} [{low:.3f}, {high:.3f}]"


if __name__ == "__main__":
    main()
