"""The folder that keeps the runs of a project: one file each, a report of the newest, the trend of each suite."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evals.runs.run import read_run, write_run
from index.errors import SuiteInvalid

_MOST = 50
"""Runs that a trend shows."""


def keep_run(folder: Path, run: dict[str, Any]) -> Path:
    """Write a run beside the earlier ones, named after its suite and the moment it began."""
    moment = re.sub(r"\D", "", str(run["began"])[:19])
    path = folder / f"{_plain(run['suite'])}-{moment}.json"
    write_run(run, path)
    return path


def earlier_runs(folder: Path, suite: str, told: Callable[[str], None] = lambda _: None) -> list[dict[str, Any]]:
    """The newest runs of a suite in a folder, oldest first; what cannot be read is ``told`` and passed over."""
    paths = sorted(folder.glob(f"{_plain(suite)}-*.json"))
    named = re.compile(rf"{re.escape(_plain(suite))}-\d{{14}}\.json")
    runs = []
    for path in [path for path in paths if named.fullmatch(path.name)][-_MOST:]:
        try:
            runs.append(read_run(path))
        except SuiteInvalid as error:
            told(f"Passed over: {error}")
    return runs


def _plain(suite: str) -> str:
    return re.sub(r"[^\w.-]+", "-", suite).strip("-.") or "suite"
