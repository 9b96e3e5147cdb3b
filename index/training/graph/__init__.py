"""The networks as ONNX graphs: what writes the files in ``index/weights``."""
