"""The command line in a process that can reach this machine only: ``python -m tests.web.guarded_server ARGUMENTS…``."""

from __future__ import annotations

import socket
import sys
from typing import Any

from assistant.terminal.cli import main

_connect, _look_up = socket.socket.connect, socket.getaddrinfo


def _guarded(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(("127.", "::1")):
        sys.stderr.write(f"OUTSIDE {address}\n")
        raise OSError(f"a test tried to reach {address}")
    _connect(self, address)


def _looked_up(host: Any, *arguments: Any, **named: Any) -> Any:
    if host not in (None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0", b"127.0.0.1", b"localhost"):
        sys.stderr.write(f"OUTSIDE {host}\n")
        raise OSError(f"a test tried to look up {host}")
    return _look_up(host, *arguments, **named)


if __name__ == "__main__":
    socket.socket.connect = _guarded  # type: ignore[method-assign, assignment]
    socket.getaddrinfo = _looked_up
    main()
