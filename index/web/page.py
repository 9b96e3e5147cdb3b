"""What was fetched from one address, read as it would be from a disk: a page, or a file of another kind."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from index.errors import FileEmpty, PageUnreachable, SourceError
from index.sources import end_of, read_any
from index.sources.html import article_of_page, page_text, parse_page
from index.sources.reading import Item
from index.web.fetch import Fetched
from index.web.links import joined

_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")


def items_of(fetched: Fetched, place: str, max_characters: int) -> Iterator[Item]:
    """Each article of what was fetched, or what is wrong with it."""
    try:
        if fetched.kind in _PAGES or (not _end(fetched) and fetched.data[:500].lstrip().startswith(b"<")):
            page = article_of_page(
                fetched.data, place, max_characters=max_characters, charset=fetched.charset, url=fetched.url
            )
            yield from ((place, item) for item in page)
        elif end := _end(fetched):
            with TemporaryDirectory() as folder:
                file = Path(folder, f"page{end}")
                file.write_bytes(_as_utf8(fetched))
                found = read_any(file, address=fetched.url, max_characters=max_characters)
                yield from ((place, item) for _, item in found)
        else:
            raise PageUnreachable(f"{place} is of a kind that cannot be read: {fetched.kind or 'it says none'}")
    except FileEmpty as error:
        feeds = _feeds_of(fetched)
        hint = f"; it has a feed: assistant ingest {feeds[0]}" if feeds else ""
        yield place, FileEmpty(f"{error}{hint}")
    except SourceError as error:
        yield place, error
    except Exception as error:  # a library's own, of a page that is broken in a new way: the rest goes on
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        yield place, PageUnreachable(f"{place} is broken in a way that its reader does not know ({what})")


def _end(fetched: Fetched) -> str:
    """The end of a file's name that tells what reads this, by its media type, else by its address."""
    ends = mimetypes.guess_all_extensions(fetched.kind) if fetched.kind else []
    if fetched.kind in ("application/xml", "text/xml"):
        ends = [".xml"]
    by_kind = next((end for end in ends if end_of(f"page{end}")), "")
    return by_kind or end_of(urlsplit(fetched.url).path)


def _as_utf8(fetched: Fetched) -> bytes:
    """A text in UTF-8, where its server says in which encoding it is; else what was fetched."""
    if fetched.kind.startswith("text/") and fetched.charset:
        return page_text(fetched.data, fetched.url, fetched.charset).encode()
    return fetched.data


def _feeds_of(fetched: Fetched) -> list[str]:
    """The addresses of the feeds that a page names."""
    try:
        tree = parse_page(page_text(fetched.data, fetched.url, fetched.charset), fetched.url)
    except SourceError:
        return []
    links = (one for one in tree.iterfind(".//link[@rel='alternate']") if one.get("type") in _FEEDS)
    return [found for one in links if (found := joined(fetched.url, one.get("href", "")))]
