"""Saved web pages: the article, what the page says of it, and what is no article."""

from __future__ import annotations

import time
from pathlib import Path

from assistant import Assistant
from assistant.settings import Settings
from index.errors import FileEmpty, SourceError
from index.types import Article
from tests.index.sources.given import FERRY, PAGE, read, the_article, the_fault


def test_a_saved_page_is_its_article_without_what_stands_around_it(tmp_path: Path) -> None:
    file = tmp_path / "ferry.html"
    file.write_text(PAGE, encoding="utf-8")
    article = the_article(file)
    assert article.text == "\n\n".join(FERRY)
    assert (article.title, article.author, article.agency) == ("Ferry runs aground", "Ann Lee", "Esk Post")
    assert article.published == "2025-03-04T09:12:00+01:00"


def test_a_page_says_in_its_metadata_alone_that_it_was_changed(tmp_path: Path) -> None:
    changed = '<head><meta property="article:modified_time" content="2025-03-06T10:00:00+01:00">'
    (tmp_path / "ferry.html").write_text(PAGE.replace("<head>", changed), encoding="utf-8")
    article = the_article(tmp_path / "ferry.html")
    assert (article.published, article.updated) == ("2025-03-04T09:12:00+01:00", "2025-03-06T10:00:00+01:00")


def test_a_page_declares_its_encoding_or_lies_about_it(tmp_path: Path) -> None:
    page = PAGE.replace("Torvald", "Törvåld")

    def declared(charset: str) -> str:
        return page.replace("<head>", f'<head><meta charset="{charset}">')

    for name, data in (
        ("western.html", declared("iso-8859-1").encode("cp1252")),
        ("lie.html", declared("iso-8859-1").encode("utf-8")),
        ("unknown.html", declared("klingon").encode("utf-8")),
        ("sixteen.html", page.encode("utf-16")),
    ):
        (tmp_path / name).write_bytes(data)
        assert "Törvåld" in the_article(tmp_path / name).text, name


def test_a_page_without_an_article_says_so(tmp_path: Path) -> None:
    file = tmp_path / "front.html"
    file.write_text("<html><body><ul>" + "<li><a href='/x'>Sport</a></li>" * 30 + "</ul></body></html>")
    assert isinstance(the_fault(file), FileEmpty)


TEASERS = "".join(
    f'<article><h3><a href="/{number}">Headline of report {number} of the day</a></h3><p>{text}</p></article>'
    for number, text in enumerate(FERRY)
)


def test_a_front_page_of_teasers_has_no_article(tmp_path: Path) -> None:
    front = "<html><head><title>Esk Post</title>{}</head><body><main>{}</main></body></html>"
    for name, body in (("front", TEASERS), ("section", f"<h1>Harbour</h1>{TEASERS}")):
        (tmp_path / f"{name}.html").write_text(front.format("", body))
        assert "has no article of its own" in str(the_fault(tmp_path / f"{name}.html")), name
    article = '<meta property="og:type" content="article">'
    for name, head, body in (
        ("article", article, TEASERS),
        ("list", "", f"<h1>The week on the coast</h1><p>{FERRY[0]}</p>{TEASERS}"),
        ("live", "", TEASERS.replace('href="/', 'href="#')),
        (
            "linked",
            "",
            "<h2><a href='/x'>The ferry Halden ran aground</a></h2>" + "".join(f"<p>{one}</p>" for one in FERRY),
        ),
    ):
        (tmp_path / f"{name}.html").write_text(front.format(head, body))
        assert FERRY[1] in the_article(tmp_path / f"{name}.html").text, name


def test_a_page_that_must_be_paid_for_says_that_only_its_beginning_is_there(tmp_path: Path) -> None:
    paid = PAGE.replace('"headline"', '"isAccessibleForFree": false, "headline"')
    (tmp_path / "paid.html").write_text(paid, encoding="utf-8")
    article, note = read(tmp_path / "paid.html")
    assert isinstance(article, Article)
    assert str(note) == "only its beginning is on the page, which has the rest for those who pay"
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        report = assistant.ingest([tmp_path / "paid.html"])
    assert len(report.added) == 1
    assert report.notes == (f"{tmp_path.name}/paid.html: {note}",)


def test_a_page_nested_without_end_is_read_in_bounded_time(tmp_path: Path) -> None:
    file = tmp_path / "deep.html"
    file.write_text("<div>" * 100_000 + PAGE)
    began = time.perf_counter()
    [item] = read(file)
    assert isinstance(item, SourceError) or FERRY[0] in getattr(item, "text", "")
    assert time.perf_counter() - began < 20
