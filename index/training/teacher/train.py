"""Trains the large reader: `python -m index.training.teacher.train --data CACHE --base B --out RUN`; the same resumes.

The rate warms up, stays, and falls over the last minutes of `--minutes` (Hu et al. 2024, arXiv:2404.06395). Checkpoints
are written in the steady phase only; the fall leaves weights alone. So a run that was ended is prolonged by the same
command: it goes on from before the fall.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from index.training.teacher.flat import Flat
from index.training.teacher.linear import shrink_all
from index.training.teacher.losses import objective
from index.training.teacher.measure import measure
from index.training.teacher.model import Teacher, batch_of, rows_of
from index.training.teacher.sampler import Sampler, open_all

KEPT = 2


def keep_memory() -> None:
    """Let glibc keep freed memory: fresh pages for every activation cost more than the arithmetic on them."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(-4, 0)  # M_MMAP_MAX
        libc.mallopt(-1, 2**31 - 1)  # M_TRIM_THRESHOLD


class Run:
    """Model, optimiser and data of one run."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.given, self.out = given, Path(given.out)
        self.out.mkdir(parents=True, exist_ok=True)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.small = self.device.type == "cpu" and not given.exact
        torch.manual_seed(given.seed)
        self.model = Teacher(given.frozen)
        self.model.begin(given.base / "model.safetensors")
        if given.start:
            self.model.load_state_dict(load_file(str(given.start)))
        self.model.to(self.device).train()
        self.flat = Flat([(self.model.body(), given.rate), (self.model.heads(), given.head_rate)], given.decay)
        self.step = self.examples = 0
        walked: dict[str, int] = {}
        if kept := self.checkpoints():
            state = torch.load(kept[-1], map_location=self.device, weights_only=True)
            self.flat.restore(state["flat"])
            self.step, self.examples, walked = state["step"], state["examples"], state["walked"]
        torch.manual_seed(given.seed + self.step)
        shares = json.loads(given.shares.read_text())
        self.sampler = Sampler(open_all(given.data / "train"), shares, given.seed, walked)
        self.dev = open_all(given.data / "dev")
        self.began = time.monotonic()
        self.log({"event": "start", "step": self.step, "examples": self.examples, "device": str(self.device),
                  "small": self.small, "shares": self.sampler.share})  # fmt: skip

    def checkpoints(self) -> list[Path]:
        """Checkpoints of the steady phase, oldest first."""
        return sorted(self.out.glob("step*.pt"))

    def log(self, line: dict[str, Any]) -> None:
        """Append one line to the log."""
        with (self.out / "log.jsonl").open("a") as handle:
            handle.write(json.dumps({"at": time.strftime("%H:%M:%S", time.gmtime()), **line}) + "\n")

    def minutes(self) -> float:
        """Minutes since this process began."""
        return (time.monotonic() - self.began) / 60

    def share(self) -> float:
        """The share of the peak rate that this moment has."""
        left = (self.given.minutes - self.minutes()) / self.given.fall
        return min(1.0, (self.step + 1) / self.given.warm, max(0.02, left))

    def falling(self) -> bool:
        """Whether the last phase has begun."""
        return self.minutes() > self.given.minutes - self.given.fall

    def save(self) -> None:
        """Write a checkpoint of the steady phase and drop all but the newest few."""
        state = {"flat": self.flat.state(), "step": self.step, "examples": self.examples, "walked": self.sampler.walked}
        path = self.out / f"step{self.step:07d}.pt"
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)
        for old in self.checkpoints()[:-KEPT]:
            old.unlink()

    def leave(self) -> None:
        """Write weights alone, of the whole model."""
        path = self.out / "weights.safetensors"
        state = {name: value.detach().contiguous().cpu() for name, value in self.model.state_dict().items()}
        save_file(state, str(path.with_suffix(".part")), {"step": str(self.step), "examples": str(self.examples)})
        path.with_suffix(".part").replace(path)

    def one(self) -> dict[str, Any]:
        """One optimiser step."""
        began = time.monotonic()
        if self.small:
            shrink_all(self.model)
        lines, rows, _counts = self.sampler.draw(self.given.batch)
        batch = batch_of(lines, self.device)
        with torch.autocast("cuda", torch.bfloat16, enabled=self.device.type == "cuda"):
            logits = self.model(batch)
        loss, parts = objective(logits, batch, rows_of(rows, batch), len(rows))
        loss.backward()  # type: ignore[no-untyped-call]
        share = self.share()
        norm = self.flat.step(share, self.given.clip)
        self.step += 1
        self.examples += len(rows)
        return {"loss": float(loss.detach()), **parts, "norm": norm, "share": share, "examples": len(rows),
                "tokens": int(sum(batch.lengths)), "seconds": time.monotonic() - began}  # fmt: skip

    def report(self, recent: list[dict[str, Any]]) -> None:
        """A line over the recent steps."""
        names = sorted({name for row in recent for name in row})
        mean = {name: sum(values := [row[name] for row in recent if name in row]) / len(values) for name in names}
        seconds = mean.pop("seconds")
        speed = {"ex/s": round(mean.pop("examples") / seconds, 2), "tok/s": round(mean["tokens"] / seconds)}
        line = {name: round(value, 4) for name, value in mean.items()}
        self.log({"step": self.step, "examples": self.examples, **line, **speed})

    def look(self) -> None:
        """Measure on the held-back stores and log it."""
        began = time.monotonic()
        if self.small:
            shrink_all(self.model)
        found = measure(self.model, self.dev, self.device)
        self.log({"event": "measure", "step": self.step, "examples": self.examples, "falling": self.falling(),
                  "seconds": round(time.monotonic() - began), **found})  # fmt: skip

    def go(self) -> None:
        """Train until the time is up, or until told to stop."""
        stop = [False]
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.__setitem__(0, True))
        recent: list[dict[str, Any]] = []
        saved = time.monotonic()
        looked = time.monotonic() - 60 * (self.given.look_every - self.given.first_look)
        fell = False
        while not stop[0] and self.minutes() < self.given.minutes:
            recent.append(self.one())
            if self.step % 10 == 0:
                self.report(recent)
                recent.clear()
            if self.falling() and not fell:
                fell, saved = True, 0.0
                self.save()
                self.log({"event": "the rate falls", "step": self.step})
            if time.monotonic() - saved > 60 * self.given.save_every:
                self.leave() if fell else self.save()
                saved = time.monotonic()
            if time.monotonic() - looked > 60 * self.given.look_every and self.dev:
                self.look()
                looked = time.monotonic()
        if not fell:
            self.save()
        self.leave()
        self.log({"event": "stop", "step": self.step, "examples": self.examples})
        if fell and not stop[0] and self.dev:
            self.look()


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder made by prepare, with train and dev")
    parser.add_argument("--base", type=Path, required=True, help="folder of all-mpnet-base-v2")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run")
    parser.add_argument("--start", type=Path, help="weights to begin with where the run has no checkpoint")
    parser.add_argument("--shares", type=Path, default=Path(__file__).with_name("shares.json"), help="mixture")
    parser.add_argument("--minutes", type=float, default=150.0, help="time of this call, the fall included")
    parser.add_argument("--fall", type=float, default=25.0, help="minutes of the last phase, in which the rate falls")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--head-rate", type=float, default=4e-4)
    parser.add_argument("--warm", type=int, default=60, help="steps")
    parser.add_argument("--decay", type=float, default=0.01)
    parser.add_argument("--clip", type=float, default=1.0)
    parser.add_argument("--frozen", type=int, default=2, help="lowest layers that are not trained")
    parser.add_argument("--save-every", type=float, default=8.0, help="minutes")
    parser.add_argument("--look-every", type=float, default=40.0, help="minutes")
    parser.add_argument("--first-look", type=float, default=20.0, help="minutes")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--exact", action="store_true", help="fp32 products on the CPU instead of 8-bit ones")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    keep_memory()
    torch.set_num_threads(given.threads)
    Run(given).go()


if __name__ == "__main__":
    main()
