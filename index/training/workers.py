"""Gradient workers: processes of one thread each that share one weight buffer.

A step is cut into shards of a few questions; a free worker takes the next shard. On a machine that
others use too this loses less than threads that meet after every operation. Weights live in shared
memory, so an update needs no sending; gradients are summed in fp32. Noise of a shard depends on
the seed, the step and the shard only.
"""

from __future__ import annotations

import contextlib
import signal
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor
from torch import multiprocessing as mp

from index.training.batches import assemble
from index.training.cache import SOURCES, Cache
from index.training.groups import Draw, Sampler
from index.training.losses import Weights, objective
from index.training.noise import NoiseBank
from index.training.plan import Plan
from index.training.reader import Reader


@dataclass
class Shared:
    """What a worker is started with."""

    plan: Plan
    cache: Path
    weights: Tensor
    gradient: Tensor


def bind(model: Reader, weights: Tensor, gradient: Tensor) -> None:
    """Make the trainable parameters and their gradients views of flat buffers."""
    at = 0
    for item in model.parameters():
        if item.requires_grad:
            end = at + item.numel()
            item.data = weights[at:end].view(item.shape)
            item.grad = gradient[at:end].view(item.shape)
            at = end


class Worker:
    """Computes gradients of shards."""

    def __init__(self, shared: Shared, model: Reader) -> None:
        plan = shared.plan
        self.plan, self.total = plan, shared.gradient
        self.cache = Cache.open(shared.cache)
        self.sampler = Sampler(self.cache, plan.seed, plan.groups, plan.width, plan.steps)
        self.model = model.bfloat16().train()
        self.fresh = torch.zeros_like(shared.weights)
        bind(self.model, shared.weights, self.fresh)
        self.model.encoder.noise = NoiseBank(plan.dropout, torch.bfloat16, plan.seed)
        self.drawn: tuple[int, Draw] | None = None

    def shard(self, step: int, number: int) -> dict[str, float]:
        """Add the gradient of one shard to the worker's total; returns sums of the loss parts."""
        if self.drawn is None or self.drawn[0] != step:
            self.drawn = step, self.sampler.draw(step)
        draw = self.drawn[1]
        part = slice(number * self.plan.shard, (number + 1) * self.plan.shard)
        if len(draw.questions[part]) == 0:
            return {}
        draw = Draw(draw.questions[part], draw.windows[part], draw.holder[part])
        torch.manual_seed((self.plan.seed * 1_000_003 + step) * 1_000 + number)
        batch = assemble(self.cache, draw, self.plan.budget)
        relevance = torch.zeros(len(batch.group))
        spans = []
        for micro in batch.micros:
            scores, logits = self.model(micro.ids, micro.kinds, micro.lengths)
            relevance = relevance.index_copy(0, micro.rows, scores)
            spans.append(logits)
        loss, parts = objective(relevance, spans, batch, Weights(), self.plan.groups)
        loss.backward()  # type: ignore[no-untyped-call]
        self.total.add_(self.fresh)
        self.fresh.zero_()
        tokens = float(sum(int(micro.lengths.sum()) for micro in batch.micros))
        padded = float(sum(micro.ids.numel() for micro in batch.micros))
        return {"loss": float(loss.detach()), **parts, "inputs": float(len(batch.group)),
                "tokens": tokens, "padded": padded}  # fmt: skip


def _serve(shared: Shared, pipe: Connection) -> None:
    """Life of a worker process: ends when the trainer does, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    torch.set_num_threads(shared.plan.threads)
    model = Reader()
    model.load_words(shared.plan.base)
    worker = Worker(shared, model)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            step, number = pipe.recv()
            pipe.send(worker.shard(step, number))


class Crew:
    """The workers of a run."""

    def __init__(self, plan: Plan, cache: Path, weights: Tensor) -> None:
        context = mp.get_context("spawn")
        self.plan = plan
        self.pipes: list[Connection] = []
        self.gradients: list[Tensor] = []
        for _ in range(plan.workers):
            gradient = torch.zeros(weights.numel())
            gradient.share_memory_()  # type: ignore[no-untyped-call]
            ours, theirs = context.Pipe()
            shared = Shared(plan, cache, weights, gradient)
            process = context.Process(target=_serve, args=(shared, theirs), daemon=True)
            process.start()
            theirs.close()
            self.pipes.append(ours)
            self.gradients.append(gradient)

    def gather(self, step: int) -> tuple[Tensor, dict[str, float]]:
        """Gradient of a whole step, and the sums of its loss parts."""
        most = self.plan.groups + len(SOURCES)  # the mixture rounds every source up or down
        waiting = list(range(-(-most // self.plan.shard)))
        busy: set[Any] = set()
        for pipe in self.pipes:
            if waiting:
                pipe.send((step, waiting.pop(0)))
                busy.add(pipe)
        sums: dict[str, float] = {}
        while busy:
            for ready in wait(list(busy)):
                pipe = cast(Connection, ready)
                for key, value in pipe.recv().items():
                    sums[key] = sums.get(key, 0.0) + value
                if waiting:
                    pipe.send((step, waiting.pop(0)))
                else:
                    busy.discard(pipe)
        total = self.gradients[0].clone()
        for other in self.gradients[1:]:
            total.add_(other)
        for gradient in self.gradients:
            gradient.zero_()
        return total, sums
