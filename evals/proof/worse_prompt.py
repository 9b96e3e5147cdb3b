"""A worse prompt, and a real language model on this machine to see what comes of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from assistant.answer import generative as written
from assistant.settings import Settings
from prompts import Prompt, load


def settings() -> Settings:
    """What a small model is sent and writes is short."""
    return Settings(model="local", evidence_tokens=200, answer_tokens=100)


_ANSWER = """You copy. Data stands between $mark. From the passage, copy one whole sentence, word for word. $length

$form
---
$passages

Question, asked on $day: $question

The sentence of the passage that answers it:
"""
_FORM = """Reply with JSON. An example:
{"sentences": [{"quotes": [{"passage": 1, "words": "Nine boats sailed on Friday."}], "text": "Nine boats sailed."}]}
"""
WORSE = {"answer": _ANSWER, "form_json": _FORM}
"""The texts that are planted, by the names of the prompts whose place they take."""


@contextmanager
def planted() -> Iterator[None]:
    """What counts is not said, and the form is shown with a sentence, which a small model takes for the answer."""

    def worse(name: str) -> Prompt:
        return Prompt(name, WORSE[name]) if name in WORSE else load(name)

    with patch.object(written, "load", worse):
        yield


@contextmanager
def model_at_work() -> Iterator[None]:
    """A server with a small model on loopback, as OPENAI_BASE_URL; needs what ``make test`` installs."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.real_server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin and process.stdout
        address = process.stdout.readline().strip()
        try:
            with patch.dict(os.environ, {"OPENAI_BASE_URL": address, "OPENAI_API_KEY": "none"}):
                yield
        finally:
            process.stdin.close()
            process.wait(60)
