"""Which addresses of the network may be asked, and for how long one may answer.

By default none is that is private, on this machine, or for other uses. A name is looked up once, each address it stands
for is checked, and the connection goes to that very address: a name that stands for another one a moment later ("DNS
rebinding") leads nowhere else.
(https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html)
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore

_NAT64 = IPv6Network("64:ff9b::/96")
"""IPv4 addresses as IPv6 networks reach them (RFC 6052)."""


LATE = "it had not come wholly in time"


class AddressRefused(Exception):
    """A name stands for an address that may not be asked."""


class GuardedBackend(httpcore.SyncBackend):
    """Connections to public addresses only, or to any, on which nothing is read after a moment."""

    def __init__(self, *, allow_private: bool) -> None:
        self.allow_private = allow_private
        self.until = float("inf")
        """The moment after which nothing is read, as ``time.monotonic`` counts."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of a host that answers. Raises AddressRefused, and what httpcore raises."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} is not known ({error})") from None
        addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
        for address in addresses:
            if not self.allow_private and not is_public(address):
                named = host if host == address else f"{host} stands for {address}, which"
                raise AddressRefused(f"{named} is no public address")
        fault: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                stream = super().connect_tcp(address, port, timeout, local_address, socket_options)
                return _Timed(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
        raise fault

    def connect_unix_socket(self, *arguments: Any, **named: Any) -> httpcore.NetworkStream:
        """No file of this machine is a server of the web."""
        raise AddressRefused("a socket of this machine is no public address")


class _Timed(httpcore.NetworkStream):
    """A connection that is read up to a moment: a server that sends a byte now and then holds nobody for ever."""

    def __init__(self, stream: httpcore.NetworkStream, backend: GuardedBackend) -> None:
        self._stream, self._backend = stream, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = self._backend.until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout(LATE)
        if timeout is not None and timeout < left:
            return self._stream.read(max_bytes, timeout)
        try:
            return self._stream.read(max_bytes, left)
        except httpcore.ReadTimeout:
            raise httpcore.ReadTimeout(LATE) from None

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, timeout), self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public Internet, also where it carries another in itself.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        carried = IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else ip.ipv4_mapped or ip.sixtofour
        if carried or ip.teredo:
            return all(is_public(str(one)) for one in ([carried] if carried else ip.teredo or ()))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)
