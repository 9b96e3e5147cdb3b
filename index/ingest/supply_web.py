"""What an address of the web has now: beside what the store has of the web."""

from __future__ import annotations

from collections.abc import Container, Mapping
from urllib.parse import urlsplit, urlunsplit

from index.errors import AddressForbidden, FileUnreadable
from index.ingest.fill_vectors import Progress
from index.ingest.how import How
from index.ingest.supply import Supply
from index.storage import source_memory
from index.storage.source_memory import Remembered
from index.storage.store import Store
from index.web.links import bare_host

ROOT = "https://"
"""The root of all articles of the web: no folder has this name."""


def supply_of_address(
    store: Store, address: str, how: How, stamps: Mapping[str, str], passed_over: Container[str], progress: Progress
) -> Supply:
    """What is at an address: a page, a file, or the pages that a feed or a sitemap lists, but those ``passed_over``.

    Raises AddressForbidden for what is no address, FileUnreadable without the libraries.
    """
    try:
        from index.web.fetch import Web
        from index.web.site import Site
    except ImportError as error:
        raise FileUnreadable(
            f"{address} needs {error.name}, which is not installed; add it with: "
            "pip install 'article-assistant[sources]'"
        ) from None
    address = whole_address(address)
    before = next((one for one in source_memory.remembered(store.catalog) if one.place == address), None)
    hosts = frozenset((*map(_host, how.hosts), *(before.hosts if before else ())))
    known = store.catalog.sources(ROOT)
    ids = {source: article_id for article_id, (_, source) in known.items()}

    def length_of(page: str) -> int | None:
        found = store.catalog.article(ids[page]) if page in ids else None
        return len(found[0].text) if found else None

    web = Web(hosts | {bare_host(address)}, how.allow_private, how.pause)
    site = Site(
        web,
        stamps,
        passed_over,
        ids,
        length_of,
        most=how.most_pages,
        max_characters=store.settings.max_article_characters,
        progress=progress,
    )
    return Supply(
        Remembered(address, ROOT, tuple(sorted(hosts))),
        ROOT,
        site.readings(address),
        known,
        # A page that is not listed any more, or shows no article today, is not gone.
        is_gone=lambda source, seen: source in site.gone or source in seen,
        is_over=lambda: address in site.gone,
        may_repeat=True,
    )


def _host(name: str) -> str:
    """The name of a host, however it is written: "Paper.example:443", "https://paper.example/"."""
    return bare_host(name if "://" in name else f"https://{name}")


def whole_address(address: str) -> str:
    """An address with a path, without its fragment, its host in small letters."""
    try:
        parts = urlsplit(address)
        if parts.username or parts.password:
            raise AddressForbidden(f"{parts.hostname}: an address with a name or a password in it is not fetched")
        return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, ""))
    except ValueError as error:
        raise AddressForbidden(f"{address} is no address: {error}") from None
