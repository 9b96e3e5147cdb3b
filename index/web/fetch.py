"""What is at an address of the web, fetched politely and within bounds.

``robots.txt`` is obeyed (RFC 9309), a server is asked once a second or as seldom as it says, "not modified" is asked
for (RFC 9110), and a redirect to a host that nobody named is told and not followed.
"""

from __future__ import annotations

import gzip
import json
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO

import httpcore
import httpx
from protego import Protego

from index.errors import AddressForbidden, PageGone, PageUnreachable, SourceError
from index.settings import READING
from index.web.addresses import LATE, AddressRefused, GuardedBackend
from index.web.links import bare_host, host_of, origin_of, redirected

AGENT = "article-assistant"
MOST_BYTES = 50_000_000
_MOST_ROBOTS = 500_000
"""So much of it counts, as RFC 9309 has it."""

_MOST_REDIRECTS = 5
_SECONDS = 60.0
"""Of one answer, from the request to the last byte."""

_SILENCE = 20.0
"""Seconds without a byte."""

_TRIES = 3
_LONGEST_WAIT = 60.0
_LONGEST_PAUSE = 300.0
"""Seconds between two requests: a host that wants more is not asked."""

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
    _backend: GuardedBackend = field(init=False)
    _client: httpx.Client = field(init=False)
    _robots: dict[str, Protego | SourceError | None] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._backend = GuardedBackend(allow_private=self.allow_private)
        transport = httpx.HTTPTransport()
        transport._pool = httpcore.ConnectionPool(ssl_context=httpx.create_ssl_context(), network_backend=self._backend)
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
            status, headers, data = self._ask(at, conditions, MOST_BYTES)
            if status in _REDIRECTS and "location" in headers:
                at = redirected(at, headers["location"])
                continue
            if status == _UNCHANGED and conditions:
                return Fetched(at, b"", "", None, stamp, unchanged=True)
            if status in _GONE:
                raise PageGone(f"{url} is gone: the server says {status}")
            if not httpx.codes.is_success(status):
                raise PageUnreachable(f"{url} cannot be read: the server says {_said(status)}")
            kind, _, rest = headers.get("content-type", "").partition(";")
            charset = rest.lower().partition("charset=")[2].split(";")[0].strip(" \"'") or None
            if len(data) > MOST_BYTES:
                raise PageUnreachable(f"{url} is not read: it is longer than {MOST_BYTES:,} bytes")
            return Fetched(at, data, kind.strip().lower(), charset, _stamp(headers))
        raise PageUnreachable(f"{url} cannot be read: it is redirected more than {_MOST_REDIRECTS} times")

    def _check(self, url: str) -> None:
        """Raise AddressForbidden for an address that may not be asked."""
        host = host_of(url)
        if not url.lower().startswith(("http://", "https://")) or not host:
            raise AddressForbidden(f"{url} is no address of the web")
        if not self.names(url):
            raise AddressForbidden(f"{url} is on a host that was not named; if it may be read, add: --host {host}")
        robots = self._robots_of(url)
        if robots is not None and not robots.can_fetch(url.encode(errors="replace").decode(), AGENT):
            raise AddressForbidden(f"{url} may not be read by programs, says the robots.txt of its host")

    def _robots_of(self, url: str) -> Protego | None:
        """What a host says of who may read what; None where it says nothing."""
        origin = origin_of(url)
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
            if status in _REDIRECTS and "location" in headers:
                at = redirected(at, headers["location"])
                if not self.names(at):
                    raise AddressForbidden(
                        f"nothing of {origin} is read: its robots.txt is on another host; add: --host {host_of(at)}"
                    )
                continue
            if httpx.codes.is_server_error(status):
                raise PageUnreachable(f"nothing of {origin} is read: its robots.txt cannot be read ({_said(status)})")
            if not httpx.codes.is_success(status):
                return None
            robots = Protego.parse(data[:_MOST_ROBOTS].decode("utf-8-sig", errors="replace"))
            if (pause := robots.crawl_delay(AGENT) or 0) > _LONGEST_PAUSE:
                raise AddressForbidden(f"nothing of {origin} is read: it wants {pause:,.0f} seconds between requests")
            return robots
        return None

    def _ask(self, url: str, headers: Mapping[str, str], most: int) -> tuple[int, httpx.Headers, bytes]:
        """The status, headers and body of an answer, asked for anew where the server is in trouble for a moment.

        Of a body longer than ``most`` bytes a little more than these.
        """
        fault: SourceError | None = None
        for number in range(1, _TRIES + 1):
            self._wait_for(url)
            wait = 2.0**number
            self._backend.until = time.monotonic() + _SECONDS
            try:
                with self._client.stream("GET", url, headers=dict(headers)) as answer:
                    if answer.status_code not in _TRY_AGAIN or number == _TRIES:
                        wanted = httpx.codes.is_success(answer.status_code)
                        return answer.status_code, answer.headers, _body(answer, url, most) if wanted else b""
                    wait = _seconds(answer.headers.get("retry-after")) or wait
                    fault = PageUnreachable(f"{url} cannot be read now: the server says {_said(answer.status_code)}")
            except AddressRefused as error:
                raise AddressForbidden(
                    f"{url} is not fetched: {error} (ASSISTANT_PRIVATE_ADDRESSES=1 allows it)"
                ) from None
            except (httpx.InvalidURL, httpx.UnsupportedProtocol, ValueError) as error:
                raise PageUnreachable(f"{url} cannot be read: it is no address ({error})") from None
            except httpx.HTTPError as error:
                fault = PageUnreachable(f"{url} cannot be read: {_reason(error)}")
                if str(error) == LATE:
                    break
            if wait > _LONGEST_WAIT or number == _TRIES:
                break
            time.sleep(wait)
        assert fault
        raise fault

    def _wait_for(self, url: str) -> None:
        """Let some time pass since the last request to a host."""
        origin = origin_of(url)
        robots = self._robots.get(origin)
        asked_for = robots.crawl_delay(AGENT) if isinstance(robots, Protego) else None
        delay = max(self.pause, asked_for or 0.0)
        left = self._asked.get(origin, -delay) + delay - time.monotonic()
        if origin in self._asked and left > 0:
            time.sleep(left)
        self._asked[origin] = time.monotonic()


def _body(answer: httpx.Response, url: str, most: int) -> bytes:
    """The bytes of an answer, unpacked, up to one more than there may be. Raises PageUnreachable."""
    packed = answer.headers.get("content-encoding", "identity").strip().lower()
    if packed not in ("gzip", "x-gzip", "identity", ""):
        raise PageUnreachable(f"{url} cannot be read: it is packed as {packed!r}, which was not asked for")
    data = b"".join(_up_to(answer.iter_raw(), most + 1))
    if "gzip" not in packed:
        return data
    try:
        return unpacked(data, most + 1)
    except ValueError as error:
        raise PageUnreachable(f"{url} cannot be read: {error}") from None


def _up_to(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        yield piece
        if size >= most:
            return


def unpacked(data: bytes, most: int) -> bytes:
    """What is in a gzip file, of several members too, ``most`` bytes of it. Raises ValueError for a broken one."""
    try:
        with gzip.open(BytesIO(data)) as stream:
            return stream.read(most)
    except EOFError:
        raise ValueError("it did not come wholly") from None
    except (OSError, zlib.error):
        raise ValueError("it is packed in a way that is broken") from None


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
    value = (value or "").strip()
    return float(value) if value.isascii() and value.isdigit() else 0.0


def _said(status: int) -> str:
    return f"{status} {httpx.codes.get_reason_phrase(status)}".strip()


def _reason(error: httpx.HTTPError) -> str:
    match error:
        case httpx.ReadTimeout() if str(error) == LATE:
            return f"after {_SECONDS:.0f} seconds it had not come wholly"
        case httpx.ConnectTimeout() | httpx.ReadTimeout() | httpx.PoolTimeout():
            return f"the server was silent for {_SILENCE:.0f} seconds"
        case _:
            return " ".join(str(error).split()) or type(error).__name__
