"""MPNet with the four heads of the large reader, as two ONNX graphs written with onnxruntime's fused operators.

The lower graph has the embeddings and the first layers, the upper one the rest and the heads, so that each file stays
below 95 MB. One text is run at a time, so there is no batch to fill up and nothing to mask. All layers share one table
of relative positions (Song et al. 2020, arXiv:2004.09297). The same weights give the same bytes. Needs onnx, which the
assistant itself does not.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from onnx import TensorProto, helper

from index.training.graph.bert import Graph

LAYERS, HEADS, HIDDEN = 12, 12, 768
LOWER = 5
"""How many layers are in the lower graph."""

LONGEST = 320
"""The longest input, in tokens."""

FIRST_PLACE = 2
"""Row of the table of positions that stands for the first token."""

BUCKETS, FAR = 32, 128
HEADS_OUT = {"relevance": 1, "choice": 3, "verdict": 3}
"""The heads over the first token, and how many numbers each gives."""

KEPT = ("pooled", "marked", "words.scales", "near.here", *HEADS_OUT)
"""Nodes that are not made int8."""

_FUSED = "com.microsoft"


def buckets(length: int) -> Any:
    """The bucket of every query and key, shape (length, length): exact when near, logarithmic when far."""
    place = np.arange(length)
    back = place[:, None] - place[None, :]
    half = BUCKETS // 2
    exact = half // 2
    side = (back < 0) * half
    back = np.abs(back)
    far = exact + (
        np.log(np.maximum(back, 1).astype(np.float32) / exact) / np.log(FAR / exact) * (half - exact)
    ).astype(np.int64)
    return side + np.where(back < exact, back, np.minimum(far, half - 1))


class Encoder(Graph):
    """A run of MPNet's layers; weights go by the names of ``index.training.teacher``."""

    epsilon = 1e-5

    def embed(self) -> str:
        """Token ids (1, tokens) to embedded rows (1, tokens, hidden); word vectors are int8 with a scale a word."""
        words = self.weights["encoder.words.weight"]
        scale = np.maximum(np.abs(words).max(axis=1, keepdims=True) / 127, 1e-12)
        small = self.constant("words", np.rint(words / scale).astype(np.int8))
        self.node("Gather", [small, "input_ids"], "words.small")
        self.node("Cast", ["words.small"], "words.large", to=TensorProto.FLOAT)
        self.node("Gather", [self.constant("words.scale", scale.astype(np.float32)), "input_ids"], "words.scales")
        self.node("Mul", ["words.large", "words.scales"], "words.embedded")
        self.node("Shape", ["input_ids"], "length", start=1, end=2)
        zero = self.constant("zero", np.array([0], dtype=np.int64))
        places = self.weights["encoder.places.weight"][FIRST_PLACE : FIRST_PLACE + LONGEST]
        self.node("Slice", [self.constant("places", places[None]), zero, "length", self.constant("one", np.array([1]))],
                  "places.embedded")  # fmt: skip
        norm = [self.weight(f"encoder.norm.{name}") for name in ("weight", "bias")]
        inputs = ["words.embedded", "places.embedded", *norm]
        return self.node("SkipLayerNormalization", inputs, "embedded", domain=_FUSED, epsilon=self.epsilon)

    def distances(self, rows: str) -> str:
        """The bias of relative positions for rows (1, tokens, hidden): shape (1, heads, tokens, tokens)."""
        self.node("Shape", [rows], "tokens", start=1, end=2)
        self.node("Concat", ["tokens", "tokens"], "square", axis=0)
        begin = self.constant("begin", np.array([0, 0], dtype=np.int64))
        self.node("Slice", [self.constant("buckets", buckets(LONGEST).astype(np.uint8)), begin, "square"], "near")
        self.node("Cast", ["near"], "near.bucket", to=TensorProto.INT32)
        self.node("Gather", [self.matrix("encoder.near.weight"), "near.bucket"], "near.here", axis=1)
        return self.node("Unsqueeze", ["near.here", self.constant("front", np.array([0]))], "distances")

    def layers(self, rows: str, first: int, end: int, output: str) -> str:
        """The layers from ``first`` up to ``end``."""
        distances = self.distances(rows)
        for number in range(first, end):
            rows = self._block(f"encoder.blocks.{number}", rows, distances, output if number == end - 1 else "")
        return rows

    def _block(self, prefix: str, values: str, distances: str, output: str) -> str:
        joined = self.product(f"{prefix}.qkv", values, f"{prefix}.qkv.weight")
        parts = [f"{prefix}.{name}" for name in ("query", "key", "value")]
        self.nodes.append(helper.make_node("Split", [joined], parts, name=f"{prefix}.split", axis=2))
        attended = self.node(
            "MultiHeadAttention",
            [*parts, self.weight(f"{prefix}.qkv.bias"), "", distances],
            f"{prefix}.attended",
            domain=_FUSED,
            num_heads=HEADS,
        )
        mixed = self.product(f"{prefix}.out", attended, f"{prefix}.out.weight")
        seen = self.residual(f"{prefix}.norm1", mixed, values, f"{prefix}.out.bias", f"{prefix}.seen")
        wide = self.product(f"{prefix}.up", seen, f"{prefix}.up.weight")
        bent = self.node("BiasGelu", [wide, self.weight(f"{prefix}.up.bias")], f"{prefix}.bent", domain=_FUSED)
        narrow = self.product(f"{prefix}.down", bent, f"{prefix}.down.weight")
        return self.residual(f"{prefix}.norm2", narrow, seen, f"{prefix}.down.bias", output or f"{prefix}.rows")

    def heads(self, rows: str) -> dict[str, list[Any]]:
        """The four heads over rows; returns the outputs with their shapes."""
        first = self.node("Gather", [rows, self.constant("first", np.array(0))], "first.row", axis=1)
        pooled = self.node("Gemm", [first, self.matrix("pool.weight"), self.weight("pool.bias")], "pooled")
        bent = self.node("Tanh", [pooled], "pooled.bent")
        for name in HEADS_OUT:
            self.node("Gemm", [bent, self.matrix(f"{name}.weight"), self.weight(f"{name}.bias")], name)
        marked = self.node("MatMul", [rows, self.matrix("span.weight")], "marked")
        self.node("Add", [marked, self.weight("span.bias")], "spans")
        return {name: [1, count] for name, count in HEADS_OUT.items()} | {"spans": [1, "tokens", 2]}


def lower(weights: dict[str, Any], spread: dict[str, Any] | None = None) -> Any:
    """The fp32 graph of the embeddings and the first layers: input_ids (1, tokens) to rows (1, tokens, 768)."""
    graph = Encoder(weights, spread)
    graph.layers(graph.embed(), 0, LOWER, "rows")
    inputs = {"input_ids": (TensorProto.INT64, [1, "tokens"])}
    return graph.model("lower", {"rows": [1, "tokens", HIDDEN]}, inputs)


def upper(weights: dict[str, Any], spread: dict[str, Any] | None = None) -> Any:
    """The fp32 graph of the other layers and the heads: rows (1, tokens, 768) to what the heads say."""
    graph = Encoder(weights, spread)
    outputs = graph.heads(graph.layers("rows", LOWER, LAYERS, "rows.last"))
    return graph.model("upper", outputs, {"rows": (TensorProto.FLOAT, [1, "tokens", HIDDEN])})
