"""Writes a reader as an ONNX graph, node by node.

Inputs are ids, kinds (batch, length) and mask (batch, length; 1 on real tokens); outputs are
relevance (batch,) and spans (batch, length, 2). Attention is one contributed operator of
onnxruntime (MultiHeadAttention), the rest are standard operators of opset 20.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from encoder import Block
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from reader import Reader

Floats = NDArray[np.float32]


class Graph:
    """Collects nodes and weights."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def keep(self, name: str, value: NDArray[np.generic]) -> str:
        """Store a constant."""
        self.weights.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def add(self, kind: str, inputs: list[str], name: str, domain: str = "", **rest: Any) -> str:
        """Append a node with one output of its own name."""
        self.nodes.append(helper.make_node(kind, inputs, [name], name, domain=domain, **rest))
        return name

    def dense(self, name: str, weight: Floats, bias: Floats, source: str) -> str:
        """source @ weight.T + bias."""
        product = self.add("MatMul", [source, self.keep(f"{name}.w", weight.T)], f"{name}.product")
        return self.add("Add", [product, self.keep(f"{name}.b", bias)], name)

    def norm(self, name: str, weight: Floats, bias: Floats, source: str, eps: float) -> str:
        """Layer normalisation over the last axis."""
        parts = [source, self.keep(f"{name}.w", weight), self.keep(f"{name}.b", bias)]
        return self.add("LayerNormalization", parts, name, axis=-1, epsilon=eps)


def _block(graph: Graph, name: str, block: Block, rows: str) -> str:
    state = {key: value.float().numpy() for key, value in block.state_dict().items()}
    weights = np.split(state["qkv.weight"], 3)
    biases = np.split(state["qkv.bias"], 3)
    parts = [
        graph.dense(f"{name}.{part}", weights[at], biases[at], rows)
        for at, part in enumerate(("query", "key", "value"))
    ]
    mixed = graph.add("MultiHeadAttention", [*parts, "", "mask32"], f"{name}.mixed",
                      "com.microsoft", num_heads=block.heads)  # fmt: skip
    out = graph.dense(f"{name}.out", state["out.weight"], state["out.bias"], mixed)
    total = graph.add("Add", [rows, out], f"{name}.sum1")
    eps = block.norm1.eps
    rows = graph.norm(f"{name}.norm1", state["norm1.weight"], state["norm1.bias"], total, eps)
    wide = graph.dense(f"{name}.up", state["up.weight"], state["up.bias"], rows)
    wide = graph.add("Gelu", [wide], f"{name}.gelu")
    down = graph.dense(f"{name}.down", state["down.weight"], state["down.bias"], wide)
    total = graph.add("Add", [rows, down], f"{name}.sum2")
    return graph.norm(f"{name}.norm2", state["norm2.weight"], state["norm2.bias"], total, eps)


def _embed(graph: Graph, reader: Reader, small: bool) -> str:
    encoder = reader.encoder
    table = encoder.words.weight.detach().float().numpy()
    if small:
        scale = np.abs(table).max(1, keepdims=True) / 127.0 + 1e-12
        rows = np.rint(table / scale).astype(np.int8)
        found = graph.add("Gather", [graph.keep("words8", rows), "ids"], "words.rows")
        found = graph.add("Cast", [found], "words.cast", to=TensorProto.FLOAT)
        factor = graph.keep("words.scale", scale.astype(np.float32))
        factor = graph.add("Gather", [factor, "ids"], "words.factor")
        words = graph.add("Mul", [found, factor], "words")
    else:
        words = graph.add("Gather", [graph.keep("words.w", table), "ids"], "words")
    kinds = graph.keep("kinds.w", encoder.kinds.weight.detach().float().numpy())
    total = graph.add("Add", [words, graph.add("Gather", [kinds, "kinds"], "kind")], "sum.kind")
    size = graph.add("Shape", ["ids"], "width", start=1, end=2)
    begin = graph.keep("zero", np.array([0], dtype=np.int64))
    places = graph.keep("places.w", encoder.places.weight.detach().float().numpy())
    place = graph.add("Slice", [places, begin, size, begin], "place")
    total = graph.add("Add", [total, place], "sum.place")
    state = {key: value.float().numpy() for key, value in encoder.norm.state_dict().items()}
    return graph.norm("norm0", state["weight"], state["bias"], total, encoder.norm.eps)


def build(reader: Reader, small: bool = False) -> onnx.ModelProto:
    """The whole reader; `small` keeps the word table as int8 rows with a scale each."""
    graph = Graph()
    graph.add("Cast", ["mask"], "mask32", to=TensorProto.INT32)
    rows = _embed(graph, reader, small)
    for number, block in enumerate(reader.encoder.blocks):
        assert isinstance(block, Block)
        rows = _block(graph, f"block{number}", block, rows)
    state = {key: value.float().numpy() for key, value in reader.state_dict().items()}
    first = graph.add("Gather", [rows, graph.keep("first", np.array(0, dtype=np.int64))], "cls",
                      axis=1)  # fmt: skip
    pooled = graph.dense("pool", state["pool.weight"], state["pool.bias"], first)
    pooled = graph.add("Tanh", [pooled], "pool.tanh")
    score = graph.dense("score", state["relevance.weight"], state["relevance.bias"], pooled)
    axis = graph.keep("last", np.array([1], dtype=np.int64))
    graph.add("Squeeze", [score, axis], "relevance")
    graph.dense("spans", state["span.weight"], state["span.bias"], rows)
    shape = ["batch", "length"]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("ids", "kinds", "mask")]
    outputs = [
        helper.make_tensor_value_info("relevance", TensorProto.FLOAT, ["batch"]),
        helper.make_tensor_value_info("spans", TensorProto.FLOAT, [*shape, 2]),
    ]
    body = helper.make_graph(graph.nodes, "reader", inputs, outputs, graph.weights)
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=9)
