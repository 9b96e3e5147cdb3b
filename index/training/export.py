"""Exports a checkpoint: `python export.py --data D --base B --run RUN --out O`.

Writes reader-fp32.onnx and reader-int8.onnx (dynamic int8 products, int8 word table), then
compares both with torch on questions about held-back articles.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import graph
import onnx
import onnxruntime
import torch
from bench_set import BenchSet
from evaluate import arguments, open_reader, prepare
from metrics import PLAIN, quality
from onnxruntime.quantization import QuantType, quantize_dynamic
from score import Reading, Runner, read


def write(path: Path, base: Path, out: Path) -> list[Path]:
    """Both files of one checkpoint."""
    out.mkdir(parents=True, exist_ok=True)
    reader = open_reader(path, base).float()
    full, raw, small = (out / f"reader-{part}.onnx" for part in ("fp32", "raw", "int8"))
    onnx.save(graph.build(reader), full)
    onnx.save(graph.build(reader, small=True), raw)
    quantize_dynamic(raw, small, op_types_to_quantize=["MatMul"], per_channel=True,
                     weight_type=QuantType.QInt8,
                     extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT})  # fmt: skip
    raw.unlink()
    return [full, small]


def runner(path: Path) -> Runner:
    """A file as a function of tensors, like the torch model."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def run(ids: torch.Tensor, kinds: torch.Tensor, lengths: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        mask = (torch.arange(ids.shape[1]) < lengths.unsqueeze(1)).long()
        feed = {"ids": ids.numpy(), "kinds": kinds.numpy(), "mask": mask.numpy()}
        relevance, spans = session.run(None, feed)
        return torch.from_numpy(relevance), torch.from_numpy(spans)

    return run


def compare(bench: BenchSet, ours: list[list[Reading]], theirs: list[list[Reading]]) -> dict[str, Any]:
    """Agreement on the span of the first candidate, and quality over all candidates."""
    same = [(a[0].start, a[0].end) == (b[0].start, b[0].end)
            for a, b in zip(ours, theirs, strict=True)]  # fmt: skip
    gap = max(abs(a.relevance - b.relevance)
              for one, two in zip(ours, theirs, strict=True)
              for a, b in zip(one, two, strict=True))  # fmt: skip
    rows = [row for row, item in enumerate(bench.questions) if item.answers]
    return {"n": len(same), "same_spans": sum(same) / len(same), "largest_gap": round(gap, 4),
            **quality(bench, theirs, rows, PLAIN)}  # fmt: skip


def main() -> None:
    """Command line: the options of evaluate.py and --out."""
    parser = argparse.ArgumentParser(description=__doc__)
    arguments(parser)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    torch.set_num_threads(2)
    path = given.run / given.checkpoint if given.checkpoint else max(given.run.glob("step*.pt"))
    files = write(path, given.base, given.out)
    bench = prepare(given, "held")
    bench.questions = bench.questions[: given.questions]
    ours = read(bench, open_reader(path, given.base).float(), given.depth)
    report: dict[str, Any] = {"checkpoint": path.name, "torch": compare(bench, ours, ours)}
    for file in files:
        content = file.read_bytes()
        report[file.name] = {
            "mb": round(len(content) / 1e6, 2), "sha256": hashlib.sha256(content).hexdigest(),
            **compare(bench, ours, read(bench, runner(file), given.depth)),
        }  # fmt: skip
        print(json.dumps(report[file.name]), flush=True)
    (given.out / "export.json").write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
