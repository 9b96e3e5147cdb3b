"""Peak memory of a process that opens a large store and asks it questions.

In a process of its own: ``python -m evals.bench.memory STORE QUESTION...`` prints its peak in megabytes. After a
first question (models and index are loaded by then) the rest show whether memory grows with use.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.bench.measures import Measure

_TARGET = 800.0


def measure_memory(store: Path, name: str, questions: Sequence[str]) -> list[Measure]:
    """The peak after the first question and after all of them."""
    command = [sys.executable, "-m", "evals.bench.memory", str(store), *questions]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], check=True, stdout=subprocess.PIPE, text=True)
    first, last = map(float, done.stdout.split())
    return [
        Measure(f"peak memory after {len(questions)} questions, {name}", last, "MB", _TARGET),
        Measure(f"peak memory after the first, {name}", first, "MB"),
    ]


def peak_megabytes() -> float:
    """The most memory that this process has had at once, in units of 1,000,000 bytes."""
    try:
        # Linux hands ru_maxrss down from the process that started this one, which may have been larger.
        status = Path("/proc/self/status").read_text()
    except OSError:
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    [peak] = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(peak) * 1024 / 1e6


def _ask(store: str, questions: Sequence[str]) -> None:
    from assistant import Assistant

    with Assistant.open(store) as assistant:
        for number, question in enumerate(questions):
            assistant.ask(question)
            if number == 0:
                print(peak_megabytes())
    print(peak_megabytes())


if __name__ == "__main__":
    _ask(sys.argv[1], sys.argv[2:])
