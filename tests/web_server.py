"""A site on loopback that serves what a test puts there, faults included."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """What the server says of one path."""

    body: str | bytes = ""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None
    sends: Callable[[], Iterator[bytes]] | None = None
    """Pieces that are sent one by one, in place of the body, until there are none or nobody listens."""


class Site:
    """Paths and what stands there; a path with a list of pages gives one after another, the last for ever."""

    def __init__(self) -> None:
        self.pages: dict[str, Page | list[Page]] = {}
        self.asked: list[str] = []
        self.unchanged: list[str] = []
        self.url = ""

    def page(self, path: str) -> Page | None:
        found = self.pages.get(path)
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found


@contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Site]:
    """A site at ``site.url``."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            page = site.page(self.path) or Page("not here", status=404)
            if page.etag and self.headers.get("If-None-Match") == page.etag:
                site.unchanged.append(self.path)
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(page.status)
            body = page.body.encode() if isinstance(page.body, str) else page.body
            told = {"Content-Type": page.kind, **({"ETag": page.etag} if page.etag else {}), **page.headers}
            for name, value in told.items():
                self.send_header(name, value)
            if page.sends is None:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(OSError):  # nobody listens any more
                for piece in page.sends() if page.sends else [body]:
                    self.wfile.write(piece)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    site.url = f"http://{host}:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
