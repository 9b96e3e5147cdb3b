"""What a person at a terminal waits for: ``assistant --help``, and ``assistant ask`` on the seeds in a new process.

Wall time of the console script, started from a folder without settings; the files are in the page cache, as they are
from the second start on. The processor time beside it hardly depends on what else the machine is doing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.bench.measures import Measure, percentile, seconds
from evals.bench.seeds import QUESTIONS

_HELP_RUNS = 5
_ASK_RUNS = 3


def measure_startup(store: Path, folder: Path) -> list[Measure]:
    """Time new processes on a store of the seeds."""
    helps = [_run(folder, "--help") for _ in range(_HELP_RUNS)]
    asks = [_run(folder, "ask", "--store", str(store), "--", QUESTIONS[0]) for _ in range(_ASK_RUNS)]
    return [
        Measure(f"assistant --help, median of {_HELP_RUNS}", _median(helps, 0), "s", 0.3),
        Measure(f"assistant --help, best of {_HELP_RUNS}", min(wall for wall, _ in helps), "s"),
        Measure("assistant --help, processor time", _median(helps, 1), "s"),
        Measure(f"cold ask on the seeds, median of {_ASK_RUNS}", _median(asks, 0), "s", 3),
        Measure("cold ask on the seeds, processor time", _median(asks, 1), "s"),
    ]


def _run(folder: Path, *arguments: str) -> tuple[float, float]:
    """Wall and processor time of one process."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    script = Path(sys.executable).with_name("assistant")
    command = [str(script)] if script.exists() else [sys.executable, "-m", "assistant.terminal.cli"]
    before = os.times()
    wall = seconds(
        lambda: subprocess.run([*command, *arguments], cwd=folder, env=environment, check=True, capture_output=True)
    )
    after = os.times()
    return wall, after.children_user + after.children_system - before.children_user - before.children_system


def _median(runs: Sequence[tuple[float, float]], part: int) -> float:
    return percentile([run[part] for run in runs], 0.5)
