"""Exports the large reader: `python -m index.training.teacher.export --weights W --data CACHE --base B --out O`.

Writes the two fp32 and the two int8 graphs and compares them with torch on held-back rows: fp32 has to mark the same
words and give the same verdict for 99 in 100, int8 may lose a point of AUROC. `--install` puts the int8 files and their
sha256 into the project.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file
from safetensors.torch import load_file as load_torch

from index.training.graph import mpnet
from index.training.graph.bert import quantise
from index.training.teacher.example import JUDGE, READ
from index.training.teacher.measure import _span, auroc
from index.training.teacher.model import Teacher, batch_of
from index.training.teacher.sampler import open_all
from index.training.teacher.store import Store

ROOT = Path(__file__).parents[3]
PARTS = ("lower", "upper")
PLACES = ("qkv", "out", "up", "down")


@torch.inference_mode()
def largest_inputs(model: Teacher, stores: dict[str, Store], count: int = 400) -> dict[str, NDArray[np.float32]]:
    """The largest input of each column of each matrix, over rows of what is trained on."""
    found: dict[str, torch.Tensor] = {}

    def watch(place: str) -> Callable[..., None]:
        def note(module: object, inputs: tuple[torch.Tensor, ...]) -> None:
            largest = inputs[0].abs().amax(0)
            found[place] = torch.maximum(found.get(place, largest), largest)

        return note

    hooks = [
        getattr(block, name).register_forward_pre_hook(watch(f"encoder.blocks.{number}.{name}"))
        for number, block in enumerate(model.encoder.blocks)
        for name in PLACES
    ]
    draw = np.random.default_rng(3)
    names = [name for name in sorted(stores) if len(stores[name].rows)]
    for name in names:
        rows = draw.choice(len(stores[name].rows), max(2, count // len(names)))
        model(batch_of([stores[name].ids(int(row)) for row in rows], torch.device("cpu")))
    for hook in hooks:
        hook.remove()
    return {place: values.numpy() for place, values in found.items()}


class Exported:
    """The two graphs, one after the other."""

    def __init__(self, folder: Path, kind: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        files = [str(folder / f"{part}_{kind}.onnx") for part in PARTS]
        self.lower, self.upper = (
            onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"]) for file in files
        )
        self.names = [output.name for output in self.upper.get_outputs()]

    def run(self, ids: NDArray[np.int64]) -> dict[str, NDArray[np.float32]]:
        """What the heads say of one line of tokens."""
        [rows] = self.lower.run(["rows"], {"input_ids": ids[None]})
        return dict(zip(self.names, self.upper.run(self.names, {"rows": rows}), strict=True))


def compare(model: Teacher, dev: dict[str, Store], exported: dict[str, Exported], most: int) -> dict[str, Any]:
    """For torch and each export: the same spans and verdicts as torch, AUROC of claims, milliseconds a 100 tokens."""
    agree: dict[str, list[bool]] = {}
    support: dict[str, list[float]] = {}
    labels: list[bool] = []
    spent, tokens = dict.fromkeys(exported, 0.0), 0
    for name, store in dev.items():
        if name not in ("own_claims", "factor_news", "own_reading", "squad"):
            continue
        for number in range(min(most, len(store.rows))):
            row, ids = store.rows[number], store.ids(number)
            tokens += len(ids)
            with torch.inference_mode():
                logits = model(batch_of([ids], torch.device("cpu")))
            body = int(row["body"])
            torch_span = _span(logits.span, body)[:2]
            torch_verdict = logits.verdict[0].numpy()
            if row["task"] == JUDGE:
                labels.append(bool(row["label"] == 0))
                support.setdefault("torch", []).append(_supported(torch_verdict))
            for kind, each in exported.items():
                began = time.perf_counter()
                said = each.run(ids)
                spent[kind] += time.perf_counter() - began
                if row["task"] == JUDGE:
                    support.setdefault(kind, []).append(_supported(said["verdict"][0]))
                    agree.setdefault(kind, []).append(bool(said["verdict"][0].argmax() == torch_verdict.argmax()))
                elif row["task"] == READ and row["label"]:
                    agree.setdefault(kind, []).append(_span(torch.from_numpy(said["spans"][0]), body)[:2] == torch_span)
    right = np.array(labels)
    return {
        kind: {
            "same": float(np.mean(agree.get(kind, [True]))),
            "auroc": round(auroc(np.array(values), right), 4),
            "ms a 100 tokens": round(1e5 * spent.get(kind, 0.0) / tokens, 1),
        }
        for kind, values in support.items()
    }


def _supported(logits: NDArray[np.float32]) -> float:
    return float(logits[0] - np.logaddexp(logits[1], logits[2]))


def install(out: Path) -> None:
    """Put the int8 files and their sha256 into the project."""
    code = ROOT / "index/models/large_reader.py"
    text = code.read_text(encoding="utf-8")
    for part in PARTS:
        small = out / f"{part}_int8.onnx"
        shutil.copyfile(small, ROOT / f"index/weights/large_{part}_int8.onnx")
        digest = hashlib.sha256(small.read_bytes()).hexdigest()
        text = re.sub(rf'({part.upper()}_SHA256 = )".*"', rf'\1"{digest}"', text)
    code.write_text(text, encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="weights.safetensors of a run")
    parser.add_argument("--data", type=Path, required=True, help="folder made by prepare, with train and dev")
    parser.add_argument("--out", type=Path, required=True, help="folder for the files")
    parser.add_argument("--rows", type=int, default=250, help="held-back rows of each kind to compare on")
    parser.add_argument("--plain", action="store_true", help="without moving what is large into the matrices")
    parser.add_argument("--install", action="store_true", help="put the outcome into the project")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    model = Teacher()
    model.load_state_dict(load_torch(str(given.weights)))
    model.eval()
    weights = load_file(str(given.weights))
    spread = {} if given.plain else largest_inputs(model, open_all(given.data / "train"))
    for part, build in zip(PARTS, (mpnet.lower, mpnet.upper), strict=True):
        full, small = given.out / f"{part}_fp32.onnx", given.out / f"{part}_int8.onnx"
        onnx.save(build(weights, spread), full)
        quantise(full, small, keep=mpnet.KEPT)
        print(f"{small.name}: {small.stat().st_size / 1e6:.1f} MB", flush=True)
    exported = {kind: Exported(given.out, kind) for kind in ("fp32", "int8")}
    found = compare(model, open_all(given.data / "dev"), exported, given.rows)
    for kind, line in found.items():
        print(kind, line)
    if found["fp32"]["same"] < 0.99 or found["torch"]["auroc"] - found["int8"]["auroc"] > 0.01:
        sys.exit("the files do not do what the trained model does: fp32 needs 0.99, int8 may lose 0.01 of AUROC")
    if given.install:
        install(given.out)


if __name__ == "__main__":
    main()
