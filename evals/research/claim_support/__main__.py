"""Measure the verification of claims: ``python -m evals.research.claim_support [--data DIR]``, DIR has WiCE.

The first table has the claims over the invented archives of which nothing was trained on: how many of the true ones and
of each kind of wrong ones are shown unmarked, shown as unsure, or dropped. With ``--data`` follow the claims of WiCE.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.terminal.render import Progress, consoles
from assistant.verification.verify import Verdict, Verification, verify
from evals.measures.metrics import interval
from evals.research.asked import ARCHIVES
from evals.research.claim_support import archives, wice
from evals.research.claim_support.areas import area_interval, area_under_curve
from evals.research.claim_support.claim import Claim
from index.models.large_reader import LargeReader

_LEAST = 8
"""Of a kind so many claims have a row of their own."""


def main() -> None:
    """Load, verify, print."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.research.claim_support", description="Measure the verification of claims."
    )
    parser.add_argument("--archives", type=Path, default=ARCHIVES, help="the folder of the invented archives")
    parser.add_argument("--data", type=Path, help="a folder with claims of WiCE and their articles")
    parser.add_argument("--work", type=Path, default=Path(".reports/research/claims"), help="where stores are kept")
    parser.add_argument("--every", type=int, default=1, help="verify one claim in so many")
    options = parser.parse_args()
    console, beside = consoles()
    folders = sorted(path.parent for path in options.archives.glob("*/claims.jsonl"))
    claims = [claim for folder in folders for claim in archives.load(folder, options.work)][:: options.every]
    with Progress(beside) as progress:
        _show(console, "archives, held back", claims, _verified(claims, progress))
        if options.data:
            claims = wice.load(options.data)
            _show(console, "WiCE", claims, _verified(claims, progress))


def _verified(claims: Sequence[Claim], progress: Progress) -> list[Verification]:
    reader, found = LargeReader(), []
    for number, claim in enumerate(claims):
        progress("verifying", number, len(claims))
        found.append(verify(claim.text, claim.evidence, reader))
    return found


def _show(console: Console, title: str, claims: Sequence[Claim], found: Sequence[Verification]) -> None:
    table = Table("", "number", "unmarked", "unsure", "dropped", title=title, box=None, pad_edge=False)
    both = list(zip(claims, found, strict=True))
    rows = {"true": [one for claim, one in both if claim.true], "wrong": [one for claim, one in both if not claim.true]}
    for kind in sorted({claim.kind for claim in claims if not claim.true}):
        rows[f"  {kind}"] = [one for claim, one in both if not claim.true and claim.kind == kind]
    for name, ones in rows.items():
        if len(ones) >= _LEAST:
            shown = [_share(ones, {Verdict.SUPPORTED}), _share(ones, {Verdict.UNSURE})]
            table.add_row(name, str(len(ones)), *shown, _share(ones, {Verdict.UNSUPPORTED, Verdict.CONTRADICTED}))
    console.print(table)
    true, wrong = ([one.score for one in rows[name]] for name in ("true", "wrong"))
    low, high = area_interval(true, wrong)
    console.print(f"AUROC {area_under_curve(true, wrong):.3f} [{low:.3f}, {high:.3f}]\n", highlight=False)


def _share(found: Sequence[Verification], verdicts: set[Verdict]) -> str:
    share, low, high = interval([float(one.verdict in verdicts) for one in found])
    return f"{share:.3f} [{low:.2f}, {high:.2f}]"


if __name__ == "__main__":
    main()
