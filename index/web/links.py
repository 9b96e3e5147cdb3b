"""Addresses of the web and their parts; whatever a page or a server writes, none of it raises anything unexpected."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin, urlsplit

from index.errors import PageUnreachable


def host_of(url: str) -> str:
    """The host of an address, in small letters; empty for what has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def bare_host(url: str) -> str:
    """The same without ``www.``.

    >>> bare_host("https://www.Esk-Post.example:8443/2031/ferry"), bare_host("articles")
    ('esk-post.example', '')
    """
    return host_of(url).removeprefix("www.")


def joined(base: str, link: str) -> str:
    """Where a link on a page leads, without its fragment; empty where that is no address of the web.

    >>> joined("https://paper.example/a/", "../b#c"), joined("https://paper.example/", "http://[half/")
    ('https://paper.example/b', '')
    """
    try:
        found = urldefrag(urljoin(base, link.strip())).url
        found.encode()
    except ValueError:
        return ""
    return found if found.lower().startswith(("http://", "https://")) and host_of(found) else ""


def redirected(base: str, location: str) -> str:
    """Where a redirect leads. Raises PageUnreachable for what is no address."""
    try:
        return urldefrag(urljoin(base, location)).url
    except ValueError:
        raise PageUnreachable(f"{base} cannot be read: it is redirected to what is no address") from None


def origin_of(url: str) -> str:
    """The scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
