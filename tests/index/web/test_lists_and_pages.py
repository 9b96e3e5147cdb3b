"""Articles from the web: pages, feeds and sitemaps of a real server on loopback, which does what servers do."""

from __future__ import annotations

import gzip
import json

from assistant import Assistant
from tests.index.test_ingest import counts
from tests.index.web.pages import article, feed, reason, sitemap
from tests.pdf import a_pdf
from tests.web_server import Page, Site, serving


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
    assert counts(store.sync()) == (1, 0, 2, 0, 0)
    assert store.status()["articles"] == 3


def test_a_page_that_a_feed_lists_no_more_is_still_corrected_and_taken_down(store: Assistant, site: Site) -> None:
    for name in ("esk", "tarn", "holm"):
        site.pages[f"/{name}"] = Page(article(name.title()))
    site.pages["/feed"] = Page(feed(site, "/esk", "/tarn", "/holm"), kind="application/rss+xml")
    store.ingest([f"{site.url}/feed"])
    site.pages["/feed"] = Page(feed(site, "/holm"), kind="application/rss+xml")
    site.pages["/esk"] = Page(article("Esk", more="<p>Correction: the pilots ask for three more boats, not two.</p>"))
    site.pages["/tarn"] = Page("", status=410)
    assert counts(store.sync()) == (0, 1, 1, 1, 0)
    site.pages["/esk"] = Page("", status=503)
    assert counts(store.sync()) == (0, 0, 1, 0, 0)  # it is in trouble today: nothing to say of it, and nothing lost
    assert store.status()["articles"] == 2


def test_of_the_pages_that_are_listed_no_more_some_are_asked_for(store: Assistant, site: Site) -> None:
    paths = [f"/page{number}" for number in range(25)]
    for path in paths:
        site.pages[path] = Page(article(path[1:].title()))
    site.pages["/feed"] = Page(feed(site, *paths), kind="application/rss+xml")
    store.ingest([f"{site.url}/feed"])
    site.pages["/feed"] = Page(feed(site, paths[0]), kind="application/rss+xml")
    site.asked.clear()
    store.sync()
    assert len(site.asked) == 2 + 1 + 20  # robots.txt and the feed, the page that it lists, and of the others some


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
