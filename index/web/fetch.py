"""What is at an address of the web, fetched politely and within bounds.

``robots.txt`` is obeyed (RFC 9309), a server is asked once a second or as seldom as it says, "not modified" is asked
for (RFC 9110), and a redirect to a host that nobody named is told and not followed.
"""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from protego import Protego

from index.errors import AddressForbidden, PageGone, PageUnreachable, SourceError
from index.settings import READING
from index.web.addresses import AddressRefused, GuardedBackend

AGENT = "article-assistant"
_MOST_BYTES = 50_000_000
_MOST_ROBOTS = 500_000
_MOST_REDIRECTS = 5
_SECONDS = 60.0
"""Of one answer, from the first byte asked for to the last."""

_SILENCE = 20.0
"""Seconds without a byte."""

_TRIES = 3
_LONGEST_WAIT = 60.0
_TRY_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
_GONE = frozenset((404, 410))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_UNCHANGED = 304


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered."""

    url: str
    """Where it was in the end."""
    data: bytes
    kind: str
    """Its media type, ``text/html``; empty where none was told."""
    charset: str | None
    stamp: str | None
    """What to ask with the next time; None where the server told nothing to ask with."""
    unchanged: bool = False
    """Whether it is as it was when ``stamp`` was given; there is no data then."""


@dataclass(slots=True)
class Web:
    """The web as one ingest sees it; close it after use."""

    hosts: frozenset[str]
    """Those that may be asked; ``www.`` makes no difference."""
    allow_private: bool = False
    pause: float = 1.0
    """Seconds between two requests to a host."""
    _client: httpx.Client = field(init=False)
    _robots: dict[str, Protego | SourceError | None] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        transport = httpx.HTTPTransport()
        transport._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            network_backend=GuardedBackend(allow_private=self.allow_private),
        )
        headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip"}
        self._client = httpx.Client(
            transport=transport, headers=headers, timeout=_SILENCE, follow_redirects=False, trust_env=False
        )

    def close(self) -> None:
        """Let go of all connections."""
        self._client.close()

    def names(self, url: str) -> bool:
        """Whether the host of an address is one that was named."""
        return bare_host(url) in {host.removeprefix("www.") for host in self.hosts}

    def fetch(self, url: str, stamp: str | None = None) -> Fetched:
        """What is at an address; of what is as it was when ``stamp`` was given, only that.

        Raises PageGone where the server says so, AddressForbidden for what may not be asked, PageUnreachable.
        """
        conditions = _conditions(stamp)
        at = url
        for _ in range(_MOST_REDIRECTS + 1):
            self._check(at)
            status, headers, data = self._ask(at, conditions, _MOST_BYTES)
            if status in _REDIRECTS and "location" in headers:
                at = urljoin(at, headers["location"])
                continue
            if status == _UNCHANGED:
                return Fetched(at, b"", "", None, stamp, unchanged=True)
            if status in _GONE:
                raise PageGone(f"{url} is gone: the server says {status}")
            if not httpx.codes.is_success(status):
                raise PageUnreachable(f"{url} cannot be read: the server says {_said(status)}")
            kind, _, rest = headers.get("content-type", "").partition(";")
            charset = rest.lower().partition("charset=")[2].split(";")[0].strip(" \"'") or None
            return Fetched(at, data, kind.strip().lower(), charset, _stamp(headers))
        raise PageUnreachable(f"{url} cannot be read: it is redirected more than {_MOST_REDIRECTS} times")

    def _check(self, url: str) -> None:
        """Raise AddressForbidden for an address that may not be asked."""
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise AddressForbidden(f"{url} is no address of the web")
        if not self.names(url):
            host = urlsplit(url).hostname
            raise AddressForbidden(f"{url} is on a host that was not named; if it may be read, add: --host {host}")
        robots = self._robots_of(url)
        if robots is not None and not robots.can_fetch(url, AGENT):
            raise AddressForbidden(f"{url} may not be read by programs, says the robots.txt of its host")

    def _robots_of(self, url: str) -> Protego | None:
        """What a host says of who may read what; None where it says nothing."""
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if origin not in self._robots:
            self._robots[origin] = None  # for its own address
            try:
                self._robots[origin] = self._read_robots(origin)
            except SourceError as error:
                self._robots[origin] = error
        found = self._robots[origin]
        if isinstance(found, SourceError):
            raise found
        return found

    def _read_robots(self, origin: str) -> Protego | None:
        at = f"{origin}/robots.txt"
        for _ in range(_MOST_REDIRECTS + 1):
            status, headers, data = self._ask(at, {}, _MOST_ROBOTS)
            if status in _REDIRECTS and "location" in headers and self.names(urljoin(at, headers["location"])):
                at = urljoin(at, headers["location"])
                continue
            if httpx.codes.is_server_error(status):
                raise PageUnreachable(f"nothing of {origin} is read: its robots.txt cannot be read ({_said(status)})")
            return Protego.parse(data.decode(errors="replace")) if httpx.codes.is_success(status) else None
        return None

    def _ask(self, url: str, headers: Mapping[str, str], most: int) -> tuple[int, httpx.Headers, bytes]:
        """The status, headers and body of an answer, asked for anew where the server is in trouble for a moment."""
        fault: SourceError | None = None
        for number in range(1, _TRIES + 1):
            self._wait_for(url)
            wait = 2.0**number
            try:
                with self._client.stream("GET", url, headers=dict(headers)) as answer:
                    if answer.status_code not in _TRY_AGAIN or number == _TRIES:
                        wanted = httpx.codes.is_success(answer.status_code)
                        return answer.status_code, answer.headers, b"".join(_body(answer, url, most)) if wanted else b""
                    wait = _seconds(answer.headers.get("retry-after")) or wait
                    fault = PageUnreachable(f"{url} cannot be read now: the server says {_said(answer.status_code)}")
            except AddressRefused as error:
                raise AddressForbidden(
                    f"{url} is not fetched: {error}, which is no public address (ASSISTANT_PRIVATE_ADDRESSES allows it)"
                ) from None
            except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
                raise PageUnreachable(f"{url} cannot be read: it is no address ({error})") from None
            except httpx.HTTPError as error:
                fault = PageUnreachable(f"{url} cannot be read: {_reason(error)}")
            if wait > _LONGEST_WAIT or number == _TRIES:
                break
            time.sleep(wait)
        assert fault
        raise fault

    def _wait_for(self, url: str) -> None:
        """Let some time pass since the last request to a host."""
        host = urlsplit(url).netloc
        robots = self._robots.get("{0.scheme}://{0.netloc}".format(urlsplit(url)))
        asked_for = robots.crawl_delay(AGENT) if isinstance(robots, Protego) else None
        delay = min(_LONGEST_WAIT, max(self.pause, asked_for or 0.0))
        left = self._asked.get(host, -delay) + delay - time.monotonic()
        if host in self._asked and left > 0:
            time.sleep(left)
        self._asked[host] = time.monotonic()


def bare_host(url: str) -> str:
    """The host of an address, without ``www.``; empty for what has none.

    >>> bare_host("https://www.Esk-Post.example:8443/2031/ferry"), bare_host("articles")
    ('esk-post.example', '')
    """
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _body(answer: httpx.Response, url: str, most: int) -> Iterator[bytes]:
    """The bytes of an answer, unpacked; no more, and no longer, than may be. Raises PageUnreachable."""
    packed = answer.headers.get("content-encoding", "identity").strip().lower()
    if packed not in ("gzip", "identity", ""):
        raise PageUnreachable(f"{url} cannot be read: it is packed as {packed!r}, which was not asked for")
    unpack = zlib.decompressobj(wbits=31) if packed == "gzip" else None
    begun, size = time.monotonic(), 0
    try:
        for piece in answer.iter_raw():
            data = unpack.decompress(piece, most + 1 - size) if unpack else piece
            size += len(data)
            if size > most or (unpack and unpack.unconsumed_tail):
                raise PageUnreachable(f"{url} is not read: it is longer than {most:,} bytes")
            if time.monotonic() - begun > _SECONDS:
                raise PageUnreachable(f"{url} cannot be read: after {_SECONDS:.0f} seconds it had not come wholly")
            yield data
        if unpack and not unpack.eof:
            raise PageUnreachable(f"{url} cannot be read: it did not come wholly")
    except zlib.error:
        raise PageUnreachable(f"{url} cannot be read: it is packed in a way that is broken") from None


def _conditions(stamp: str | None) -> dict[str, str]:
    """The headers that ask for what has changed only."""
    told = json.loads(stamp) if stamp else {}
    if told.get("reading") != READING:
        return {}
    names = {"etag": "If-None-Match", "modified": "If-Modified-Since"}
    return {names[name]: told[name] for name in names if name in told}


def _stamp(headers: httpx.Headers) -> str | None:
    told = {"etag": headers.get("etag"), "modified": headers.get("last-modified")}
    known = {name: value for name, value in told.items() if value}
    return json.dumps(known | {"reading": READING}, sort_keys=True) if known else None


def _seconds(value: str | None) -> float:
    """What Retry-After asks for; a date there is passed over."""
    return float(value) if value and value.strip().isdigit() else 0.0


def _said(status: int) -> str:
    return f"{status} {httpx.codes.get_reason_phrase(status)}".strip()


def _reason(error: httpx.HTTPError) -> str:
    match error:
        case httpx.ConnectTimeout() | httpx.ReadTimeout() | httpx.PoolTimeout():
            return f"the server was silent for {_SILENCE:.0f} seconds"
        case _:
            return " ".join(str(error).split()) or type(error).__name__
