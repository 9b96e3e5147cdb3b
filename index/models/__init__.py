"""The models that lie in ``index/weights``: sessions, the embedder, the reader."""
