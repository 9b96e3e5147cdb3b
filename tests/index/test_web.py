"""Articles from the web: pages, feeds and sitemaps of a real server on loopback, which does what servers do."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import json
import socket
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant, IngestReport
from assistant.settings import Settings
from tests.index.test_ingest import counts
from tests.pdf import a_pdf
from tests.web_server import Page, Site, serving

PARAGRAPHS = (
    "The harbour of {place} was closed on Monday after its pilots had voted to strike for a week, the port said.",
    "Some 40 ships wait outside the bar, among them a tanker with 12,000 tonnes of diesel that {place} needs.",
    "The pilots ask for two more boats. The harbour master, Ilse Torvald, called their demand fair but costly.",
)


def article(place: str, *, more: str = "") -> str:
    """A page with an article on a strike in a harbour."""
    text = "".join(f"<p>{one.format(place=place)}</p>" for one in PARAGRAPHS)
    return f"""<!doctype html><html lang="en"><head><title>Pilots of {place} strike - Esk Post</title>
<meta property="og:type" content="article"><meta property="og:site_name" content="Esk Post">
<meta property="og:title" content="Pilots of {place} strike">
<meta property="article:published_time" content="2025-03-03T09:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Pilots of {place} strike</h1>{text}{more}</article><footer>© Esk Post</footer></body></html>"""


def feed(site: Site, *paths: str, host: str = "") -> str:
    """An RSS feed that lists pages, each with its first sentence."""
    items = "".join(
        f"<item><title>Pilots of {path.strip('/')} strike</title><link>{host or site.url}{path}</link>"
        f"<pubDate>Mon, 03 Mar 2025 09:00:00 GMT</pubDate>"
        f"<description>{PARAGRAPHS[0].format(place=path.strip('/'))}</description></item>"
        for path in paths
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Esk Post</title>{items}</channel></rss>'


def sitemap(site: Site, **changed: str) -> str:
    """A sitemap that lists pages with the day of their last change."""
    rows = "".join(f"<url><loc>{site.url}/{name}</loc><lastmod>{day}</lastmod></url>" for name, day in changed.items())
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that would have been waited."""
    waits: list[float] = []
    monkeypatch.setattr("index.web.fetch.time.sleep", waits.append)
    return waits


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Assistant]:
    """A store that may fetch from this machine, without a pause."""
    settings = Settings(private_addresses=True, fetch_pause=0)
    with Assistant.open(tmp_path / "store", settings=settings) as assistant:
        yield assistant


def reason(report: IngestReport) -> str:
    """The one line that says what went wrong."""
    [failure] = report.failed
    assert "\n" not in failure.reason
    return failure.reason


def test_a_page_is_an_article_with_its_address_and_is_asked_for_again_only_if_it_changed(
    store: Assistant, site: Site
) -> None:
    site.pages["/esk"] = Page(article("Eskmouth"), etag='"1"')
    [added] = store.ingest([f"{site.url}/esk"]).added
    found = store.article(added)
    assert (found.title, found.published, found.uri) == (
        "Pilots of Eskmouth strike",
        "2025-03-03T09:00:00Z",
        f"{site.url}/esk",
    )
    assert counts(store.sync()) == (0, 0, 1, 0, 0)
    assert site.unchanged == ["/esk"]
    site.pages["/esk"] = Page(
        article("Eskmouth", more="<p>The strike ended on Friday, the pilots said.</p>"), etag='"2"'
    )
    assert counts(store.sync()) == (0, 1, 0, 0, 0)
    assert any("ended on Friday" in line for line in store.history(added)[0].lines)


def test_a_page_that_is_gone_is_removed_and_one_that_is_in_trouble_is_kept(
    store: Assistant, site: Site, slept: list[float]
) -> None:
    site.pages |= {"/esk": Page(article("Eskmouth")), "/tarn": Page(article("Tarn"))}
    store.ingest([f"{site.url}/esk", f"{site.url}/tarn"])
    site.pages |= {"/esk": Page(status=410), "/tarn": Page(status=503)}
    report = store.sync()
    assert counts(report) == (0, 0, 0, 1, 1)
    assert "503" in reason(report) and slept == [2.0, 4.0]
    site.pages["/tarn"] = [Page(status=503, headers={"Retry-After": "7"}), Page(article("Tarn"))]
    assert counts(store.sync()) == (0, 0, 1, 0, 0)
    assert slept[2:] == [7.0]


def test_a_feed_brings_the_pages_that_it_lists_and_keeps_them_when_it_lists_others(
    store: Assistant, site: Site
) -> None:
    for name in ("esk", "tarn", "holm"):
        site.pages[f"/{name}"] = Page(article(name.title()), etag=f'"{name}"')
    site.pages["/feed"] = Page(feed(site, "/esk", "/tarn"), kind="application/rss+xml")
    report = store.ingest([f"{site.url}/feed"])
    assert counts(report) == (2, 0, 0, 0, 0)
    assert all(len(store.article(one).text) > 250 for one in report.added)  # the page, not the feed's first sentence
    site.pages["/feed"] = Page(feed(site, "/holm", "/tarn"), kind="application/rss+xml")
    assert counts(store.sync()) == (1, 0, 1, 0, 0)
    assert store.status()["articles"] == 3


def test_what_a_feed_has_stands_for_a_page_that_may_not_be_fetched(store: Assistant, site: Site) -> None:
    site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /*/closed$\n", kind="text/plain")
    site.pages["/feed"] = Page(feed(site, "/a/closed"), kind="application/rss+xml")
    report = store.ingest([f"{site.url}/feed"])
    assert counts(report) == (1, 0, 0, 0, 0)
    assert "robots.txt" in report.notes[0] and "/a/closed" not in site.asked
    assert store.article(report.added[0]).text.startswith("The harbour")
    elsewhere = feed(site, "/tarn", host="http://wire.example")
    site.pages["/feed"] = Page(elsewhere, kind="application/rss+xml")
    report = store.sync()
    assert counts(report) == (1, 0, 0, 0, 0)
    assert "--host wire.example" in report.notes[0]


def test_a_json_feed_is_a_feed(store: Assistant, site: Site) -> None:
    site.pages["/esk"] = Page(article("Eskmouth"))
    items = [{"id": "1", "url": f"{site.url}/esk"}]
    listed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Esk Post", "items": items})
    site.pages["/feed.json"] = Page(listed, kind="application/feed+json")
    assert counts(store.ingest([f"{site.url}/feed.json"])) == (1, 0, 0, 0, 0)


def test_of_a_sitemap_only_what_it_says_has_changed_is_fetched(store: Assistant, site: Site) -> None:
    for name in ("esk", "tarn"):
        site.pages[f"/{name}"] = Page(article(name.title()))
    site.pages["/about"] = Page("<html><body><nav><a href='/'>Home</a></nav></body></html>")
    index = f"<sitemapindex><sitemap><loc>{site.url}/news.xml.gz</loc></sitemap></sitemapindex>"
    site.pages["/sitemap.xml"] = Page(index, kind="application/xml")
    listed = sitemap(site, esk="2025-03-03", tarn="2025-03-04", about="2024-01-01")
    site.pages["/news.xml.gz"] = Page(gzip.compress(listed.encode()), kind="application/gzip")
    report = store.ingest([f"{site.url}/sitemap.xml"])
    assert counts(report) == (2, 0, 0, 0, 0)
    assert "1 of its pages hold no article" in report.notes[0]
    site.asked.clear()
    listed = sitemap(site, esk="2025-03-03", tarn="2025-03-09", about="2024-01-01")
    site.pages["/news.xml.gz"] = Page(gzip.compress(listed.encode()), kind="application/gzip")
    assert counts(store.sync()) == (0, 0, 2, 0, 0)
    assert site.asked == ["/robots.txt", "/sitemap.xml", "/news.xml.gz", "/tarn"]


def test_so_many_pages_are_fetched_and_no_more_and_the_next_time_the_others(store: Assistant, site: Site) -> None:
    names = [f"p{number}" for number in range(5)]
    for name in names:
        site.pages[f"/{name}"] = Page(article(name.title()))
    site.pages["/sitemap.xml"] = Page(sitemap(site, **dict.fromkeys(names, "2025-03-03")), kind="text/xml")
    report = store.ingest([f"{site.url}/sitemap.xml"], most_pages=3)
    assert counts(report) == (3, 0, 0, 0, 0) and "2 more are left" in report.notes[0]
    assert counts(store.sync(most_pages=3)) == (2, 0, 3, 0, 0)


def test_a_home_page_tells_of_its_feed(store: Assistant, site: Site) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site.pages["/"] = Page(f"<html><head>{link}</head><body><nav><a href='/a'>Esk</a></nav></body></html>")
    assert f"assistant ingest {site.url}/feed" in reason(store.ingest([site.url]))


def test_a_pdf_file_and_a_text_in_latin_1_are_read_as_they_would_be_from_a_disk(store: Assistant, site: Site) -> None:
    report = a_pdf([[(12, 72, 700, "The pilots of Eskmouth ask for two more boats.")]])
    site.pages["/report"] = Page(report, kind="application/pdf")
    site.pages["/note.txt"] = Page(
        "Über die Häfen von Eskmouth schrieb sie.".encode("latin-1"), "text/plain; charset=latin-1"
    )
    done = store.ingest([f"{site.url}/report", f"{site.url}/note.txt"])
    assert counts(done) == (2, 0, 0, 0, 0)
    assert any("Häfen" in store.article(one).text for one in done.added)


def test_a_charset_that_a_server_says_wrongly_does_not_garble_the_text(store: Assistant, site: Site) -> None:
    site.pages["/esk"] = Page(article("Eskmöuth"), kind="text/html; charset=iso-8859-1")
    site.pages["/tarn"] = Page(article("Tårn").encode("cp1252"), kind="text/html; charset=windows-1252")
    report = store.ingest([f"{site.url}/esk", f"{site.url}/tarn"])
    assert ["Eskmöuth" in store.article(one).text or "Tårn" in store.article(one).text for one in report.added] == [
        True
    ] * 2


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
    assert len(slept) == 2 and all(4 < one <= 5 for one in slept)


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


def test_a_fault_never_puts_a_teaser_in_the_place_of_the_article(
    store: Assistant, site: Site, slept: list[float]
) -> None:
    site.pages["/esk"] = Page(article("Eskmouth"), etag='"1"')
    site.pages["/feed"] = Page(feed(site, "/esk"), kind="text/xml")
    [added] = store.ingest([f"{site.url}/feed"]).added
    whole = store.article(added).text
    for trouble in (Page(status=503), Page(status=403), Page("<html><body></body></html>")):
        site.pages["/esk"] = trouble
        assert counts(store.sync())[3:] == (0, 1)
        site.pages["/esk"] = Page(article("Eskmouth"), etag='"1"')
        assert counts(store.sync()) == (0, 0, 1, 0, 0)
        assert store.article(added).text == whole


def test_one_article_at_two_addresses_stays_as_long_as_one_of_them_does(store: Assistant, site: Site) -> None:
    head = f'<link rel="canonical" href="{site.url}/esk">'
    page = article("Eskmouth").replace("</head>", f"{head}</head>")
    site.pages |= {"/esk": Page(page, etag='"1"'), "/esk?utm=1": Page(page, etag='"2"')}
    assert counts(store.ingest([f"{site.url}/esk"])) == (1, 0, 0, 0, 0)
    assert counts(store.ingest([f"{site.url}/esk?utm=1"])) == (0, 0, 1, 0, 0)
    assert counts(store.sync()) == (0, 0, 1, 0, 0)
    del site.pages["/esk?utm=1"]
    assert counts(store.sync())[3] == 0
    assert counts(store.sync()) == (0, 0, 1, 0, 0)
    site.pages["/esk?utm=1"] = Page(page)
    store.ingest([f"{site.url}/esk?utm=1"])
    del site.pages["/esk"]
    store.sync()
    assert store.status()["articles"] == 1


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


def test_a_stamp_is_forgotten_when_a_page_comes_without_one(store: Assistant, site: Site) -> None:
    first, second = article("Eskmouth"), article("Eskmouth", more="<p>The strike ended on Friday, they said.</p>")
    for page in (Page(first, etag='"1"'), Page(second), Page(first, etag='"1"')):
        site.pages["/esk"] = page
        report = store.ingest([f"{site.url}/esk"])
    assert counts(report) == (0, 1, 0, 0, 0)
    [only] = store.articles()
    assert "ended on Friday" not in only.text


def test_a_list_without_stamps_is_read_wholly_in_some_goes(store: Assistant, site: Site) -> None:
    names = [f"p{number}" for number in range(5)]
    for name in names:
        site.pages[f"/{name}"] = Page(article(name.title()), etag=f'"{name}"')
    rows = "".join(f"<url><loc>{site.url}/{name}</loc></url>" for name in names)
    site.pages["/sitemap.xml"] = Page(f"<urlset>{rows}</urlset>", kind="text/xml")
    got = [len(store.ingest([f"{site.url}/sitemap.xml"], most_pages=2).added) for _ in range(3)]
    assert got == [2, 2, 1]


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


def test_hosts_and_sources_are_known_however_they_are_written(store: Assistant, site: Site) -> None:
    with serving() as other:
        there = other.url.replace("127.0.0.1", "localhost")
        other.pages["/esk"] = Page(article("Eskmouth"))
        site.pages["/feed"] = Page(feed(site, "/esk", host=there), kind="text/xml")
        report = store.ingest([f"{site.url}/feed"], hosts=["LocalHost:80"])
        assert counts(report) == (1, 0, 0, 0, 0) and len(store.article(report.added[0]).text) > 250
    site.pages["/"] = Page(article("Tarn"))
    store.ingest([site.url])
    store.forget([site.url])
    assert [one.place for one in store.sources()] == [f"{site.url}/feed"]


def test_an_address_where_nothing_is_is_a_fault_and_is_not_remembered(store: Assistant, site: Site) -> None:
    report = store.ingest([f"{site.url}/mistyped"])
    assert "404" in reason(report) and report.failed[0].exit_code == 32
    assert store.sources() == []
