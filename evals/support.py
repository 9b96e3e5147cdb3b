"""How well it is told whether a quote carries a sentence: ``python -m evals.support --data DIR``.

DIR holds claims with the sentences that bear them out: questions of ``type`` supported, partially_supported or
not_supported, and ``supporting_sentences``, lists of line numbers of the article. A claim that nothing bears out is
set beside the two lines that share most words with it. The last row sets each supported claim beside the lines of
another one. (WiCE: Kamoi and others 2023, arXiv:2303.01432.)
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.table import Table

from assistant.render import consoles
from assistant.support import Carried, coverage, unsupported
from index.words import content_tokens, terms

KINDS = ("supported", "partially_supported", "not_supported")
_AROUND = 3


def score(claim: str, carried: Carried) -> float:
    """The share of a claim's words that its quotes have, less a quarter if something in it is not carried."""
    return coverage(claim, carried) - 0.25 * (unsupported(claim, carried) is not None)


def area_under_curve(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """How often a positive scores above a negative, ties counting half: the area under the ROC curve.

    >>> area_under_curve([0.9, 0.5], [0.5, 0.1])
    0.875
    """
    higher = np.asarray(positives)[:, None] > np.asarray(negatives)
    equal = np.asarray(positives)[:, None] == np.asarray(negatives)
    return float((higher + 0.5 * equal).mean())


def interval(positives: Sequence[float], negatives: Sequence[float], seed: int = 0) -> tuple[float, float]:
    """The 95% bootstrap interval of ``area_under_curve``."""
    draw = np.random.default_rng(seed)
    areas = [
        area_under_curve(
            draw.choice(positives, len(positives)).tolist(), draw.choice(negatives, len(negatives)).tolist()
        )
        for _ in range(1000)
    ]
    low, high = np.quantile(areas, [0.025, 0.975])
    return float(low), float(high)


def load(data: Path) -> list[tuple[str, str, Carried]]:
    """Each claim with its kind and what it is set beside."""
    with gzip.open(data / "corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        articles = {article["id"]: article for article in map(json.loads, file)}
    with gzip.open(data / "questions.jsonl.gz", "rt", encoding="utf-8") as file:
        questions = [json.loads(line) for line in file]
    found = []
    for question in questions:
        article = articles[question["evidence"][0]]
        lines = article["text"].split("\n")
        claim, borne_out = question["question"], [numbers for numbers in question["supporting_sentences"] if numbers]
        numbers = sorted(borne_out[0] if borne_out else _nearest(claim, lines))
        titles = f"{article['title'] or ''} {question.get('meta', {}).get('claim_title', '')}"
        around = lines[max(0, numbers[0] - _AROUND) : numbers[0]]
        found.append((question["type"], claim, Carried([lines[number] for number in numbers], around, titles)))
    return found


def _nearest(claim: str, lines: Sequence[str]) -> list[int]:
    wanted = {term for _, term in content_tokens(claim)}
    return sorted(range(len(lines)), key=lambda number: -len(wanted & set(terms(lines[number]))))[:2]


def main() -> None:
    """Load, check, print."""
    parser = argparse.ArgumentParser(prog="python -m evals.support", description="Measure the check of support.")
    parser.add_argument("--data", type=Path, required=True, help="a folder with claims and their articles")
    options = parser.parse_args()
    console, _ = consoles()
    claims = load(options.data)
    supported = [(claim, carried) for kind, claim, carried in claims if kind == "supported"]
    rows = {kind: [(claim, carried) for name, claim, carried in claims if name == kind] for kind in KINDS}
    rows["beside another's lines"] = [
        (claim, supported[(number + 1) % len(supported)][1]) for number, (claim, _) in enumerate(supported)
    ]
    table = Table("claims", "number", "dropped", "words shared", "AUROC against supported", box=None, pad_edge=False)
    scores = {kind: [score(*pair) for pair in pairs] for kind, pairs in rows.items()}
    for kind, pairs in rows.items():
        dropped = sum(unsupported(*pair) is not None for pair in pairs) / len(pairs)
        shared = sum(coverage(*pair) for pair in pairs) / len(pairs)
        area = "–" if kind == "supported" else _area(scores["supported"], scores[kind])
        table.add_row(kind.replace("_", " "), str(len(pairs)), f"{dropped:.2f}", f"{shared:.2f}", area)
    table.add_row("partially or not", "", "", "", _area(scores["supported"], [*scores[KINDS[1]], *scores[KINDS[2]]]))
    console.print(table)


def _area(positives: Sequence[float], negatives: Sequence[float]) -> str:
    low, high = interval(positives, negatives)
    return f"{area_under_curve(positives, negatives):.3f} [{low:.3f}, {high:.3f}]"


if __name__ == "__main__":
    main()
