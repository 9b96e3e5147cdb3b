"""Makes ``minilm_int8.onnx`` from the published fp32 weights of all-MiniLM-L6-v2: ``make weights``.

Needs onnx and safetensors, which the assistant itself does not. The same input gives the same bytes.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import onnx
from safetensors.numpy import load_file

from index.training.graph.bert import HIDDEN, Graph, quantise


def build(weights: dict[str, Any]) -> Any:
    """The fp32 graph: input_ids, attention_mask, token_type_ids (int64) to last_hidden_state (float32)."""
    graph = Graph(weights)
    output = graph.encoder("last_hidden_state")
    return graph.model("all-MiniLM-L6-v2", {output: ["batch", "sequence", HIDDEN]})


def main(source: Path, target: Path) -> None:
    """Write the int8 graph for a ``model.safetensors``."""
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "fp32.onnx"
        onnx.save(build(load_file(source)), full)
        quantise(full, target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
