"""How many tokens a text is to a language model: OpenAI's o200k_base, near enough for other models' budgets."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_ENCODING = "o200k_base"
_FILE = "fb374d419588a4632f3f557e76b4b70aebbca790"
"""What tiktoken calls the encoding's file: the sha1 of its address."""

_CHARACTERS = 4
"""In English a token has so many, on average (OpenAI's own rule of thumb)."""


def count_tokens(text: str) -> int:
    """The tokens of a text; special tokens in it count as the words they look like.

    Without the encoding's file it is an estimate: the characters by four, which for other scripts is too low.

    >>> count_tokens("The ferry opened on Monday.")
    6
    """
    encoding = _encoding()
    return len(encoding.encode(text, disallowed_special=())) if encoding else -(-len(text) // _CHARACTERS)


@cache
def _encoding() -> Any:
    """The encoding, None where its file is not there: tiktoken would fetch it from the network.

    LlamaIndex brings the file along; else it is where tiktoken has kept it.
    """
    try:
        spec = find_spec("llama_index.core")  # found, not imported: that would take two seconds
    except ModuleNotFoundError:
        spec = None
    if spec and spec.origin:
        os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(Path(spec.origin).parent / "_static" / "tiktoken_cache"))
    kept = os.environ.get("TIKTOKEN_CACHE_DIR") or os.environ.get("DATA_GYM_CACHE_DIR")
    if not (Path(kept or Path(tempfile.gettempdir()) / "data-gym-cache") / _FILE).exists():
        return None
    import tiktoken

    return tiktoken.get_encoding(_ENCODING)
