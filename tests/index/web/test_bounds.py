"""What may not be fetched, and what is cut off: a real server on loopback that does all that servers should not."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import socket
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from assistant import Assistant
from tests.index.test_ingest import counts
from tests.index.web.pages import article, feed, reason, sitemap
from tests.web_server import Page, Site, serving


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
def test_this_machine_is_not_asked_unless_it_is_allowed(empty_store: Assistant, site: Site, host: str) -> None:
    site.pages["/esk"] = Page(article("Eskmouth"))
    report = empty_store.ingest([f"{site.url}/esk".replace("127.0.0.1", host)])
    assert "no public address" in reason(report) and site.asked == []


def test_a_name_that_leads_to_a_private_address_is_refused_whatever_it_says_first(
    empty_store: Assistant, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name of the attacker's is public when it is checked, and private when it is asked."""
    port = int(site.url.rpartition(":")[2])
    answers = iter(["10.0.0.7", "127.0.0.1"])
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))],
    )
    assert "10.0.0.7" in reason(empty_store.ingest([f"http://news.example:{port}/esk"]))
    assert site.asked == []


def test_a_redirect_leads_on_within_its_host_and_never_to_another(store: Assistant, site: Site) -> None:
    site.pages["/old"] = Page(status=301, headers={"Location": "/esk"})
    site.pages["/esk"] = Page(article("Eskmouth"))
    assert counts(store.ingest([f"{site.url}/old"])) == (1, 0, 0, 0, 0)
    with serving() as other:
        there = other.url.replace("127.0.0.1", "localhost")
        site.pages["/away"] = Page(status=302, headers={"Location": f"{there}/secret"})
        assert "--host localhost" in reason(store.ingest([f"{site.url}/away"]))
        assert other.asked == []
    site.pages["/file"] = Page(status=302, headers={"Location": "file:///etc/passwd"})
    assert "no address of the web" in reason(store.ingest([f"{site.url}/file"]))
    site.pages["/ring"] = Page(status=302, headers={"Location": "/ring"})
    assert "redirected more than" in reason(store.ingest([f"{site.url}/ring"]))


def test_robots_that_cannot_be_read_close_a_host(store: Assistant, site: Site, slept: list[float]) -> None:
    site.pages |= {"/robots.txt": Page(status=500), "/esk": Page(article("Eskmouth"))}
    assert "robots.txt cannot be read" in reason(store.ingest([f"{site.url}/esk"]))
    assert "/esk" not in site.asked


def test_a_host_is_asked_as_seldom_as_it_says(store: Assistant, site: Site, slept: list[float]) -> None:
    site.pages["/robots.txt"] = Page("User-agent: *\nCrawl-delay: 5\n", kind="text/plain")
    site.pages |= {"/feed": Page(feed(site, "/esk"), kind="text/xml"), "/esk": Page(article("Eskmouth"))}
    store.ingest([f"{site.url}/feed"])
    assert len(slept) == 2 and all(0 < one <= 5 for one in slept)


def test_bombs_streams_without_end_and_silence_are_cut_off(
    store: Assistant, site: Site, slept: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.web.fetch.MOST_BYTES", 2_000_000)
    monkeypatch.setattr("index.web.fetch._SILENCE", 0.3)
    monkeypatch.setattr("index.web.fetch._SECONDS", 1.0)
    bomb = gzip.compress(bytes(200_000_000), compresslevel=9)
    site.pages["/bomb"] = Page(bomb, headers={"Content-Encoding": "gzip"})
    site.pages["/endless"] = Page(sends=lambda: itertools.repeat(b"x" * 65536))
    site.pages["/brotli"] = Page(b"x", headers={"Content-Encoding": "br"})
    site.pages["/cut"] = Page(gzip.compress(article("Eskmouth").encode())[:-20], headers={"Content-Encoding": "gzip"})

    def drip() -> Iterator[bytes]:
        for _ in range(100):
            threading.Event().wait(0.1)  # time.sleep does not wait here
            yield b"<p>x"

    def silent() -> Iterator[bytes]:
        threading.Event().wait(2)
        yield b"late"

    site.pages["/drip"] = Page(sends=drip)
    site.pages["/silent"] = Page(sends=silent)
    tracemalloc.start()
    begun = time.monotonic()
    said = {
        path: reason(store.ingest([f"{site.url}/{path}"]))
        for path in ("bomb", "endless", "brotli", "cut", "drip", "silent")
    }
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "longer than 2,000,000 bytes" in said["bomb"] and "longer than" in said["endless"]
    assert "'br'" in said["brotli"] and "did not come wholly" in said["cut"]
    assert "had not come wholly" in said["drip"] and "silent" in said["silent"]
    assert time.monotonic() - begun < 20 and peak < 40_000_000


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://name:word@news.example/", "a name or a password"),
        ("http://[half/", "is no address"),
        ("http://", "no address of the web"),
        ("http://nowhere.invalid/esk", "not known"),
        ("https://\u2028.example/", ""),
    ],
)
def test_what_is_no_address_is_said(
    empty_store: Assistant, address: str, said: str, slept: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert said in reason(empty_store.ingest([address]))


def test_a_broken_page_stops_no_other(store: Assistant, site: Site) -> None:
    site.pages |= {
        "/esk": Page(article("Eskmouth")),
        "/deep": Page("<div>" * 100_000 + "x"),
        "/bad.pdf": Page(b"%PDF-1.7 nothing", kind="application/pdf"),
        "/image": Page(b"\x89PNG\r\n", kind="image/png"),
    }
    listed = sitemap(site, **{"deep": "1", "bad.pdf": "1", "image": "1", "esk": "1"})
    site.pages["/sitemap.xml"] = Page(listed, kind="text/xml")
    report = store.ingest([f"{site.url}/sitemap.xml"])
    assert len(report.added) == 1
    assert any("image/png" in one.reason for one in report.failed)


def test_a_page_cannot_take_the_address_of_another_host(store: Assistant, site: Site) -> None:
    site.pages["/real"] = Page(article("Eskmouth"))
    [real] = store.ingest([f"{site.url}/real"]).added
    with serving() as other:
        head = f'<link rel="canonical" href="{site.url}/real">'
        other.pages["/evil"] = Page(article("Nowhere").replace("</head>", f"{head}</head>"))
        there = other.url.replace("127.0.0.1", "localhost")
        [forged] = store.ingest([f"{there}/evil"]).added
    assert "Eskmouth" in store.article(real).text
    assert store.article(forged).uri == f"{there}/evil"


def test_answers_that_are_packed_in_several_members_and_robots_with_a_mark(store: Assistant, site: Site) -> None:
    page = article("Eskmouth").encode()
    packed = gzip.compress(page[:700]) + gzip.compress(page[700:])
    site.pages["/esk"] = Page(packed, headers={"Content-Encoding": "x-gzip"})
    [added] = store.ingest([f"{site.url}/esk"]).added
    assert "costly" in store.article(added).text
    site.pages["/robots.txt"] = Page("\ufeffUser-agent: *\nDisallow: /esk\n", kind="text/plain")
    assert "robots.txt" in reason(store.sync())


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (
            "<urlset><url><loc>http://[bad/</loc></url><url><loc>http://a\u2100b.example/x</loc></url></urlset>",
            "text/xml",
        ),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": [', "application/feed+json"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": 5}', "application/feed+json"),
        (
            '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "http://x\\ud800/"}]}',
            "application/feed+json",
        ),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": ' + "[" * 100_000, "application/feed+json"),
        (
            '<html><head><link rel="alternate" type="application/rss+xml" href="http://[x"></head><body></body>',
            "text/html",
        ),
    ],
)
def test_a_list_that_is_broken_stops_no_other_source(store: Assistant, site: Site, body: str, kind: str) -> None:
    site.pages |= {"/broken": Page(body, kind=kind), "/esk": Page(article("Eskmouth"))}
    report = store.ingest([f"{site.url}/broken", f"{site.url}/esk"])
    assert len(report.added) == 1 and len(report.failed) <= 1


def test_a_header_that_drips_is_cut_off(store: Assistant, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.web.fetch._SECONDS", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            with contextlib.suppress(OSError):
                while True:
                    asked, _ = server.accept()
                    asked.recv(4096)
                    with contextlib.suppress(OSError), asked:
                        for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 1000:
                            asked.send(bytes([byte]))
                            threading.Event().wait(0.1)

        threading.Thread(target=drip, daemon=True).start()
        begun = time.monotonic()
        report = store.ingest([f"http://127.0.0.1:{server.getsockname()[1]}/esk"])
    assert "had not come wholly" in reason(report) and time.monotonic() - begun < 10


def test_an_address_where_nothing_is_is_a_fault_and_is_not_remembered(store: Assistant, site: Site) -> None:
    report = store.ingest([f"{site.url}/mistyped"])
    assert "404" in reason(report) and report.failed[0].exit_code == 32
    assert store.sources() == []


def test_without_the_libraries_it_says_what_to_install(store: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("index.web.fetch", "index.web.site", "index.web.page", "index.web.listing"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "protego", None)
    assert "pip install 'article-assistant[sources]'" in reason(store.ingest(["https://paper.example/"]))
