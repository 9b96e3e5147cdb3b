"""Trains the reader: `python -m index.training.train --cache C --base B --out RUN`; the same command resumes.

A checkpoint is written every five minutes and at SIGTERM. The draw of a step depends on the seed
and the step only, so a resumed run goes on as if it had not stopped.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from index.training import checkpoint
from index.training.optim import FlatAdamW, schedule
from index.training.plan import Plan
from index.training.reader import Reader
from index.training.workers import Crew


class Trainer:
    """Master weights, optimiser and workers of one run."""

    def __init__(self, plan: Plan, cache: Path, out: Path) -> None:
        torch.set_num_threads(plan.workers * plan.threads)
        torch.manual_seed(plan.seed)
        self.plan, self.out = plan, out
        model = Reader()
        model.begin(Path(plan.base) / "model.safetensors")
        self.optim = FlatAdamW(model, plan.rate, plan.decay, plan.average)
        self.step = 0
        self.seconds = 0.0
        if (state := checkpoint.load(out)) is not None:
            self.optim.restore(state["optim"])
            self.step, self.seconds = int(state["step"]), float(state["seconds"])
        self.crew = Crew(plan, cache, self.optim.flat)

    def save(self, keep: bool = False) -> None:
        """Write the state of the run; `keep` leaves a copy that later ones do not replace."""
        state: dict[str, Any] = {
            "optim": self.optim.state(), "step": self.step, "seconds": self.seconds,
            "plan": asdict(self.plan),
        }  # fmt: skip
        checkpoint.save(self.out, state, f"step{self.step:06d}.pt" if keep else None)

    def one(self) -> dict[str, float]:
        """One optimiser step."""
        began = time.monotonic()
        gradient, sums = self.crew.gather(self.step)
        rate = schedule(self.step, self.plan.steps, self.plan.rate)
        norm = self.optim.step(gradient, rate, self.plan.clip)
        self.step += 1
        spent = time.monotonic() - began
        self.seconds += spent
        return {**sums, "norm": norm, "lr": rate, "seconds": spent}


def report(step: int, steps: int, recent: list[dict[str, float]]) -> str:
    """A progress line over the recent steps."""
    mean = {key: sum(row[key] for row in recent) / len(recent) for key in recent[0]}
    speed = mean["inputs"] / mean["seconds"]
    eta = (steps - step) * mean["seconds"] / 60
    return (
        f"{time.strftime('%H:%M:%S')} step {step}/{steps} loss {mean['loss']:.4f} "
        f"span {mean['span']:.3f} none {mean['none']:.3f} list {mean['list']:.3f} "
        f"point {mean['point']:.3f} norm {mean['norm']:.2f} lr {mean['lr']:.2e} "
        f"examples/s {speed:.1f} tokens/s {mean['tokens'] / mean['seconds']:.0f} "
        f"fill {mean['tokens'] / mean['padded']:.2f} eta {eta:.0f} min"
    )


def run(trainer: Trainer, save_every: float, keep_every: float) -> None:
    """Train to the end, or until told to stop."""
    stop = [False]
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.__setitem__(0, True))
    trainer.out.mkdir(parents=True, exist_ok=True)
    (trainer.out / "plan.json").write_text(json.dumps(asdict(trainer.plan), indent=1) + "\n")
    recent: list[dict[str, float]] = []
    saved = time.monotonic()
    kept = trainer.seconds
    with (trainer.out / "train.log").open("a", buffering=1) as log:
        log.write(f"start at step {trainer.step}\n")
        while trainer.step < trainer.plan.steps and not stop[0]:
            try:
                recent.append(trainer.one())
            except EOFError:
                log.write("a worker ended\n")
                break
            if trainer.step % 10 == 0:
                line = report(trainer.step, trainer.plan.steps, recent)
                log.write(line + "\n")
                print(line, flush=True)
                recent.clear()
            keep = trainer.seconds - kept >= keep_every
            if keep or time.monotonic() - saved >= save_every:
                trainer.save(keep)
                saved = time.monotonic()
                kept = trainer.seconds if keep else kept
        trainer.save(keep=trainer.step >= trainer.plan.steps)
        log.write(f"stop at step {trainer.step}\n")


def main() -> None:
    """Command line; plan settings are options of the same name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True, help="folder made by prepare.py")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run")
    parser.add_argument("--save-every", type=float, default=300.0, help="seconds")
    parser.add_argument("--keep-every", type=float, default=1200.0, help="training seconds")
    for name, value in asdict(Plan()).items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    given = vars(parser.parse_args())
    plan = Plan(**{name: given[name] for name in asdict(Plan())})
    trainer = Trainer(plan, given["cache"], given["out"])
    run(trainer, given["save_every"], given["keep_every"])
    if trainer.step < plan.steps:
        sys.exit(f"stopped at step {trainer.step} of {plan.steps}; the same command goes on from there")


if __name__ == "__main__":
    main()
