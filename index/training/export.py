"""Exports a checkpoint: `python -m index.training.export --cache C --base B --run RUN --out O`.

Writes reader_fp32.onnx and reader_int8.onnx, and compares both with torch on 500 questions of the cache: fp32 has to
mark the same words for 99 in 100, int8 may lose a point of F1. How good they are on questions that they have not been
trained on is measured with `python -m evals.research.reader --weights FILE`. With `--install` the int8 file, its sha256
and what torch marks in the questions of a test are put into the project.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch

from index.models.reader import QUESTION_TOKENS, TITLE_TOKENS
from index.models.span import best_span
from index.training.batches import block, line
from index.training.cache import SOURCES, Cache
from index.training.checkpoint import open_reader
from index.training.graph.bert import HIDDEN, Graph, quantise
from index.training.reader import Reader
from index.training.weights import PARTS
from index.training.windows import encode, tokenizer

ROOT = Path(__file__).parents[2]
_HEADS = ("pooled", "relevance", "marked")
_REAL = [SOURCES.index(name) for name in SOURCES[:4]]
"""The sets of questions that people asked."""


def published_names(reader: Reader) -> dict[str, Any]:
    """The weights under the names of a published BERT checkpoint; the inverse of weights.load_minilm."""
    raw = {name: value.detach().float().numpy() for name, value in reader.state_dict().items()}
    found = {
        "embeddings.word_embeddings.weight": raw["encoder.words.weight"],
        "embeddings.position_embeddings.weight": raw["encoder.places.weight"],
        "embeddings.token_type_embeddings.weight": raw["encoder.kinds.weight"],
        "embeddings.LayerNorm.weight": raw["encoder.norm.weight"],
        "embeddings.LayerNorm.bias": raw["encoder.norm.bias"],
    }
    for number in range(reader.encoder.shape.layers):
        here, there = f"encoder.blocks.{number}", f"encoder.layer.{number}"
        for kind in ("weight", "bias"):
            for ours, theirs in PARTS.items():
                found[f"{there}.{theirs}.{kind}"] = raw[f"{here}.{ours}.{kind}"]
            parts = np.split(raw[f"{here}.qkv.{kind}"], 3)
            for name, part in zip(("query", "key", "value"), parts, strict=True):
                found[f"{there}.attention.self.{name}.{kind}"] = part
    return found | {name: value for name, value in raw.items() if not name.startswith("encoder.")}


def build(reader: Reader, spread: dict[str, Any]) -> onnx.ModelProto:
    """The fp32 graph: the encoder with relevance (batch, 1) and spans (batch, sequence, 2)."""
    graph = Graph(published_names(reader), spread)
    rows = graph.encoder("rows", rows_of_int8=True)
    first = graph.node("Gather", [rows, graph.constant("first", np.array(0, dtype=np.int64))], "first.row", axis=1)
    pooled = graph.node("Gemm", [first, graph.matrix("pool.weight"), graph.weight("pool.bias")], "pooled")
    bent = graph.node("Tanh", [pooled], "pooled.bent")
    graph.node("Gemm", [bent, graph.matrix("relevance.weight"), graph.weight("relevance.bias")], "relevance")
    marked = graph.node("MatMul", [rows, graph.matrix("span.weight")], "marked")
    graph.node("Add", [marked, graph.weight("span.bias")], "spans")
    assert reader.encoder.shape.hidden == HIDDEN
    return graph.model("reader", {"relevance": ["batch", 1], "spans": ["batch", "sequence", 2]})


@torch.inference_mode()
def largest_inputs(cache: Cache, reader: Reader, count: int = 300) -> dict[str, Any]:
    """The largest input of each column of each matrix of the layers, over some questions of the cache."""
    found: dict[str, torch.Tensor] = {}

    def watch(place: str) -> Callable[..., None]:
        def note(module: object, inputs: tuple[torch.Tensor, ...]) -> None:
            largest = inputs[0].abs().flatten(0, -2).amax(0)
            found[place] = torch.maximum(found.get(place, largest), largest)

        return note

    parts = {"qkv": "attended", "out": "mixed", "up": "wide", "down": "narrow"}
    for number, layer in enumerate(reader.encoder.blocks):
        for ours, place in parts.items():
            getattr(layer, ours).register_forward_pre_hook(watch(f"encoder.layer.{number}.{place}"))
    rows = np.flatnonzero(np.isin(np.asarray(cache.source), _REAL))
    for question in np.random.default_rng(2).choice(rows, min(count, len(rows)), replace=False).tolist():
        for window in (cache.homes[question, 1, 0], cache.far[question, 1, 0]):
            if window >= 0:
                title, body, _ = cache.window(int(window))
                ids, part, _ = line(cache.question(question), title, body)
                micro = block([ids], [part], [0], round_to=1)
                reader(micro.ids, micro.kinds, micro.lengths)
    return {place: values.numpy() for place, values in found.items()}


def compare(cache: Cache, reader: Reader, files: list[Path], count: int) -> dict[str, tuple[float, float]]:
    """For each file, and torch: the share of questions with the words that torch marks, and the F1 of its own.

    Read is the window that holds the answer; F1 is over tokens, as positions.
    """
    rows = np.flatnonzero(np.isin(np.asarray(cache.source), _REAL) & (np.asarray(cache.answerable) == 1))
    chosen = np.random.default_rng(1).choice(rows, min(count, len(rows)), replace=False).tolist()
    providers = ["CPUExecutionProvider"]
    sessions = {file.name: onnxruntime.InferenceSession(str(file), providers=providers) for file in files}
    same: dict[str, list[bool]] = {}
    score: dict[str, list[float]] = {}
    for question in chosen:
        title, body, offset = cache.window(int(cache.homes[question, 1, 0]))
        ids, part, begin = line(cache.question(question), title, body)
        micro = block([ids], [part], [0], round_to=1)
        with torch.inference_mode():
            outputs = {"torch": reader(micro.ids, micro.kinds, micro.lengths)[1].numpy()}
        feed = {"input_ids": micro.ids.numpy(), "token_type_ids": micro.kinds.numpy()}
        feed["attention_mask"] = np.ones_like(feed["input_ids"])
        outputs |= {name: session.run(["spans"], feed)[0] for name, session in sessions.items()}
        marked = {name: best_span(spans[0, begin : begin + len(body)])[:2] for name, spans in outputs.items()}
        golds = [tuple(pair) for pair in (cache.golds[question] - offset).tolist() if pair[0] >= 0]
        for name, span in marked.items():
            same.setdefault(name, []).append(span == marked["torch"])
            score.setdefault(name, []).append(max((_overlap(span, gold) for gold in golds), default=0.0))
    return {name: (float(np.mean(hits)), float(np.mean(score[name]))) for name, hits in same.items()}


def _overlap(one: tuple[int, int], other: tuple[int, ...]) -> float:
    """F1 of two runs of tokens, ends included."""
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]) + 1)
    return 2 * shared / (one[1] - one[0] + 1 + other[1] - other[0] + 1)


def install(small: Path, base: Path, reader: Reader) -> None:
    """Put the int8 file, its sha256 and what torch marks into the project."""
    shutil.copyfile(small, ROOT / "index/weights/reader_int8.onnx")
    code = ROOT / "index/models/reader.py"
    digest = hashlib.sha256(small.read_bytes()).hexdigest()
    lines = re.sub(r'(WEIGHTS_SHA256 = )".*"', rf'\1"{digest}"', code.read_text(encoding="utf-8"))
    code.write_text(lines, encoding="utf-8")
    write_marks(ROOT / "tests/index/reader_marks.json", base, reader)


def write_marks(path: Path, base: Path, reader: Reader) -> None:
    """Write what torch marks into a file of questions with a title and a text, for a test without torch."""
    words = tokenizer(str(base / "vocab.txt"))
    cases = json.loads(path.read_text(encoding="utf-8"))
    for case in cases:
        texts = encode([case["question"], case["title"], case["text"]], words)
        asked, title, body = (texts.ids[first:last] for first, last in pairwise(texts.bounds))
        ids, part, begin = line(asked[:QUESTION_TOKENS], title[:TITLE_TOKENS], body)
        micro = block([ids], [part], [0], round_to=1)
        with torch.inference_mode():
            _, spans = reader(micro.ids, micro.kinds, micro.lengths)
        start, end = best_span(spans[0].numpy()[begin : begin + len(body)])[:2]
        shift = texts.bounds[2]
        case["words"] = case["text"][texts.starts[shift + start] : texts.ends[shift + end]]
    path.write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True, help="made by prepare")
    parser.add_argument("--base", type=Path, required=True, help="folder of the published weights")
    parser.add_argument("--run", type=Path, required=True, help="folder of the run")
    parser.add_argument("--checkpoint", default="last.pt", help="file name in it (default: the last)")
    parser.add_argument("--out", type=Path, required=True, help="folder for both files")
    parser.add_argument("--questions", type=int, default=500, help="to compare on (default: 500)")
    parser.add_argument("--install", action="store_true", help="put the outcome into the project")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    reader = open_reader(given.run / given.checkpoint, given.base)
    full, small = given.out / "reader_fp32.onnx", given.out / "reader_int8.onnx"
    cache = Cache.open(given.cache)
    onnx.save(build(reader, largest_inputs(cache, reader)), full)
    quantise(full, small, keep=_HEADS)
    found = compare(cache, reader, [full, small], given.questions)
    for name, (same, score) in found.items():
        print(f"{name}: same words as torch {same:.3f}, F1 {score:.3f}")
    print(f"{small.name}: {small.stat().st_size / 1e6:.2f} MB, sha256 {hashlib.sha256(small.read_bytes()).hexdigest()}")
    if found[full.name][0] < 0.99 or found["torch"][1] - found[small.name][1] > 0.01:
        sys.exit("the files do not do what the trained model does: fp32 needs 0.99, int8 may lose 0.01 of F1")
    if given.install:
        install(small, given.base, reader)


if __name__ == "__main__":
    main()
