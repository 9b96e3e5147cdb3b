"""The model files that lie in ``index/weights``, checked by sha256 before they are used. Nothing is ever downloaded."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from index.errors import ModelMissing

FOLDER = Path(__file__).parent.parent / "weights"
VOCABULARY = FOLDER / "bert_uncased_vocab.txt"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"


@cache
def workers() -> ThreadPoolExecutor:
    """The threads that models run in, one a core: each text is run by itself on one."""
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="model")


if hasattr(os, "register_at_fork"):  # the threads of a pool do not live on in a child process
    os.register_at_fork(after_in_child=workers.cache_clear)


@cache
def open_session(file: Path, sha256: str | None, threads: int = 1) -> Any:
    """An onnxruntime session for a file of weights, opened once a process; raises ModelMissing.

    ``sha256`` is None for a file that may hold anything. With several ``threads`` one text alone is read sooner; they
    do not wait in loops, which would cost those that read other texts.
    """
    import onnxruntime

    if sha256:
        check(file, sha256)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # A CPU without VNNI adds products of 8 bits up in 16 and cuts off what is more; so it does not, and every CPU gives
    # the same up to rounding (ONNX Runtime, kOrtSessionOptionsAvx2PrecisionMode).
    options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


@cache
def open_tokenizer(longest: int | None = None) -> Any:
    """The WordPiece tokenizer of BERT base uncased, opened once a process; raises ModelMissing.

    ``longest`` is how many tokens of a text it gives at most.
    """
    from tokenizers import BertWordPieceTokenizer

    # Its own thread pool would fight with the models' over the cores, and warn after a fork.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    check(VOCABULARY, VOCABULARY_SHA256)
    tokenizer = BertWordPieceTokenizer(str(VOCABULARY), lowercase=True)
    if longest:
        tokenizer.enable_truncation(longest)
    return tokenizer


def check(file: Path, sha256: str) -> None:
    """Raise ModelMissing unless a file is there and has this sha256."""
    try:
        found = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelMissing(
            f"{file} cannot be read ({error.strerror}). Get it again with: git checkout {file}"
        ) from None
    if found != sha256:
        raise ModelMissing(f"{file} has sha256 {found}, not {sha256}. Get it again with: git checkout {file}")
