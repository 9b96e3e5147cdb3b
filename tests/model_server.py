"""A server on loopback that speaks OpenAI's chat protocol and says what a test tells it to, faults included."""

from __future__ import annotations

import json
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """What the server does with one request."""

    text: str = ""
    status: int = 200
    body: Any = None
    """Of a refusal, as JSON."""
    headers: dict[str, str] = field(default_factory=dict)
    pieces: int = 8
    """In how many pieces the text is streamed."""
    finish: str | None = "stop"
    usage: tuple[int, int] | None = (100, 20)
    wait: float = 0.0
    """Seconds before the first piece."""
    between: float = 0.0
    """Seconds between pieces."""
    break_off: bool = False
    """Close the connection in the midst of the text."""
    raw: bytes | None = None
    """Sent in place of a well-formed stream."""


def sentences(*pairs: tuple[str, str], passage: int = 1) -> str:
    """A reply in JSON: sentences, each with the words it says it rests on."""
    rows = [{"quotes": [{"passage": passage, "words": words}], "text": text} for text, words in pairs]
    return json.dumps({"sentences": rows})


def vector(text: str) -> list[float]:
    """Texts with the same words are alike: how often each of 32 kinds of word is there."""
    counts = [0.0] * 32
    for word in text.lower().split():
        counts[zlib.crc32(word.encode()) % 32] += 1.0
    return counts


class Server:
    """Answers requests with some replies, in their order; the last is given for all further ones."""

    def __init__(self, replies: Sequence[Reply | Callable[[dict[str, Any]], Reply]]) -> None:
        self.replies = list(replies)
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.broken_pipes = 0
        self.url = ""

    def take(self) -> Reply:
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        return reply if isinstance(reply, Reply) else reply(self.requests[-1])


@contextmanager
def serve(*replies: Reply | Callable[[dict[str, Any]], Reply]) -> Iterator[Server]:
    """A server with some replies; its ``url`` is what OPENAI_BASE_URL is set to."""
    server = Server(replies)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def do_POST(self) -> None:
            server.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            server.headers.append(dict(self.headers))
            reply = server.take()
            if self.path.endswith("/embeddings") and reply.status == 200:
                self._embed()
                return
            time.sleep(reply.wait)
            try:
                self._send(reply)
            except (BrokenPipeError, ConnectionResetError):
                server.broken_pipes += 1

        def _embed(self) -> None:
            texts = server.requests[-1]["input"]
            data = [
                {"object": "embedding", "index": place, "embedding": vector(text)} for place, text in enumerate(texts)
            ]
            body = json.dumps({"object": "list", "model": "scripted", "data": data[::-1], "usage": {}}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.status != 200:
                body = json.dumps(reply.body or {"error": {"message": "refused"}}).encode()
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                return
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            if reply.raw is not None:
                self.wfile.write(reply.raw)
                return
            size = max(1, -(-len(reply.text) // reply.pieces))
            cuts = [reply.text[place : place + size] for place in range(0, len(reply.text), size)]
            if reply.break_off:
                cuts = cuts[: len(cuts) // 2 + 1]
            for cut in cuts:
                self._event({"choices": [{"index": 0, "delta": {"content": cut}, "finish_reason": None}]})
                time.sleep(reply.between)
            if reply.break_off:
                # A chunk that never comes: the client sees the body end before its announced length.
                self.wfile.write(b"data: {")
                return
            self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": reply.finish}]})
            if reply.usage:
                sent, written = reply.usage
                self._event(
                    {"choices": [], "usage": {"prompt_tokens": sent, "completion_tokens": written, "total_tokens": 0}}
                )
            self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, value: dict[str, Any]) -> None:
            known = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted"}
            self.wfile.write(b"data: " + json.dumps(known | value).encode() + b"\n\n")
            self.wfile.flush()

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{http.server_port}/v1"
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
