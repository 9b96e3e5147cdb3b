# ruff: noqa: E501  (what stands in files)
"""Each kind of file that can be read: what a newsroom has lying about, and what is broken in it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import tarfile
import time
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from assistant import Assistant
from assistant.settings import Settings
from index.errors import FileEmpty, FileUnreadable, LineMalformed, NothingToRead, SourceError
from index.sources import KINDS, Root, read_file
from index.types import Article, Note
from tests.pdf import a_pdf

FERRY = (
    "The ferry Halden ran aground off Esk on Monday night with 212 people on board, the coastguard said.",
    "All passengers were taken off by lifeboat before dawn. Nobody was hurt, said the harbour master, Ilse Torvald.",
    "The company has stopped sailings until the hull has been looked at, which may take ten days.",
)
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Ferry runs aground | Esk Post</title>
<meta property="og:site_name" content="Esk Post"><meta property="og:title" content="Ferry runs aground">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "headline":
 "Ferry runs aground", "datePublished": "2025-03-04T09:12:00+01:00", "author": {"@type": "Person", "name": "Ann Lee"}}</script>
<script>var text = "The tram will open in May.";</script></head><body><nav><ul><li><a href="/">Home</a></li>
<li><a href="/sport">Sport</a></li></ul></nav><main><article><h1>Ferry runs aground</h1><p class="byline">By Ann Lee</p>
<figure><img src="x.jpg"><figcaption>The Halden in 2019. Photo: Esk Post</figcaption></figure>
<p>%s</p><aside><h3>Related</h3><ul><li><a href="/tram">The tram opens in May, says the mayor of the town</a></li></ul></aside>
<p>%s</p><p>%s</p></article></main><footer><p>© 2026 Esk Post. All rights reserved.</p></footer></body></html>"""
for _paragraph in FERRY:
    PAGE = PAGE.replace("%s", _paragraph, 1)


def read(file: Path, *, max_characters: int = 1_000_000) -> list[Article | SourceError | Note]:
    root = Root(file.parent.name, file.parent)
    return [item for _, item in read_file(file, root=root, max_characters=max_characters)]


def the_article(file: Path) -> Article:
    [article] = read(file)
    assert isinstance(article, Article), article
    return article


def the_fault(file: Path) -> SourceError:
    [fault] = read(file)
    assert isinstance(fault, SourceError), fault
    return fault


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


def test_a_pdf_is_read_in_columns_without_running_heads_and_keeps_its_pages(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    left = [
        "The ferry Halden ran aground off",
        "Esk on Monday night with 212 peo-",
        "ple on board, the coastguard said.",
    ]
    right = ["Sailings stop until the hull has", "been looked at, which may take", "ten days, the company said."]
    pages = [
        [(20, 60, 760, "Ferry runs aground"), *_column(60, left), *_column(330, right), (9, 60, 40, "Esk Post 1")],
        [*_column(60, ["A second page tells of the crew,", "who stayed on board."]), (9, 60, 40, "Esk Post 2")],
        [*_column(60, ["The third page tells of the cost."]), (9, 60, 40, "Esk Post 3")],
    ]
    file.write_bytes(a_pdf(pages))
    article = the_article(file)
    assert article.title == "Ferry runs aground"
    one, two, three = article.text.split("\f")
    assert one.strip().endswith(
        "The ferry Halden ran aground off Esk on Monday night with 212 people on board, the coastguard said.\n\n"
        "Sailings stop until the hull has been looked at, which may take ten days, the company said."
    )
    assert two.strip() == "A second page tells of the crew, who stayed on board."
    assert three.strip() == "The third page tells of the cost."


def _column(left: float, lines: list[str]) -> list[tuple[int, float, float, str]]:
    return [(11, left, 700 - 14 * number, line) for number, line in enumerate(lines)]


def test_a_pdf_that_is_broken_or_of_pictures_says_so(tmp_path: Path) -> None:
    broken, pictures = tmp_path / "broken.pdf", tmp_path / "scan.pdf"
    broken.write_bytes(b"%PDF-1.4\nnothing")
    pictures.write_bytes(a_pdf([[], []]))
    assert isinstance(the_fault(broken), FileUnreadable)
    assert "pictures" in str(the_fault(pictures))


def test_a_quote_of_a_pdf_says_its_page(tmp_path: Path) -> None:
    pages = [[(11, 60, 700, "The council met in Esk on Monday and spoke about roads.")]]
    pages += [[(11, 60, 700, "The ferry Halden carried 212 people when it ran aground.")]]
    (tmp_path / "minutes.pdf").write_bytes(a_pdf(pages))
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        assistant.ingest([tmp_path / "minutes.pdf"])
        answer = assistant.ask("How many people did the ferry Halden carry?")
    assert [one.page for one in answer.citations] == [2]
    assert answer.to_json()["citations"][0]["page"] == 2


def test_a_word_document_keeps_its_table(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Ferry runs aground", level=0)
    document.add_paragraph(FERRY[0])
    table = document.add_table(rows=2, cols=2)
    for number, text in enumerate(("Ferry", "On board", "Halden", "212")):
        table.cell(number // 2, number % 2).text = text
    document.save(str(tmp_path / "ferry.docx"))
    article = the_article(tmp_path / "ferry.docx")
    assert article.title == "Ferry runs aground"
    assert article.text == f"{FERRY[0]}\n\nFerry | On board\nHalden | 212"


def test_an_open_document(tmp_path: Path) -> None:
    office = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    body = f'<text:p text:style-name="Title">Ferry runs aground</text:p><text:p>{FERRY[0]}</text:p><text:p>{FERRY[1]}</text:p>'
    content = f"<office:document-content {office}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    _zip(tmp_path / "ferry.odt", {"content.xml": content})
    article = the_article(tmp_path / "ferry.odt")
    assert (article.title, article.text) == ("Ferry runs aground", f"{FERRY[0]}\n\n{FERRY[1]}")


def _epub(file: Path, *chapters: str) -> None:
    container = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="o/p.opf"/></rootfiles></container>'
    numbers = range(len(chapters))
    items = "".join(f'<item id="c{number}" href="c%20{number}.xhtml"/>' for number in numbers)
    order = "".join(f'<itemref idref="c{number}"/>' for number in numbers)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Esk Review</dc:title>'
        f"<dc:date>2025-03</dc:date></metadata><manifest>{items}</manifest><spine>{order}</spine></package>"
    )
    page = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body>{}</body></html>"
    parts = {f"o/c {number}.xhtml": page.format(chapter) for number, chapter in enumerate(chapters)}
    _zip(file, {"META-INF/container.xml": container, "o/p.opf": package, **parts})


def test_chapters_of_an_epub_are_articles(tmp_path: Path) -> None:
    _epub(tmp_path / "review.epub", *(f"<h1>{head}</h1><p>{' '.join(FERRY)}</p>" for head in ("Ferries", "Trams")))
    articles = [one for one in read(tmp_path / "review.epub") if isinstance(one, Article)]
    assert [one.text for one in articles] == [f"{head}\n{' '.join(FERRY)}" for head in ("Ferries", "Trams")]
    assert [(one.title, one.agency, one.published) for one in articles] == [
        ("Ferries", "Esk Review", "2025-03"),
        ("Trams", "Esk Review", "2025-03"),
    ]


def test_a_short_chapter_is_an_article_if_it_has_a_sentence(tmp_path: Path) -> None:
    chapters = (
        "<h1>Esk Review</h1><p>March 2025</p>",
        "<h1>Contents</h1><p><a href='c%202.xhtml'>In brief: the ferry and the tram of the town</a></p>",
        "<h1>In brief</h1><p>The tram to Velt opens in May.</p>",
    )
    _epub(tmp_path / "review.epub", *chapters)
    assert the_article(tmp_path / "review.epub").text == "In brief\nThe tram to Velt opens in May."


def test_markdown_with_front_matter(tmp_path: Path) -> None:
    file = tmp_path / "ferry.md"
    file.write_text(
        "---\ntitle: Ferry runs aground\ndate: 2025-03-04\nauthors: [Ann Lee, Bo Berg]\n---\n"
        f"## What happened\n\n{FERRY[0]} See [the map](http://x.example).\n\n| Ferry | On board |\n|---|---|\n| Halden | 212 |\n"
    )
    article = the_article(file)
    assert (article.title, article.published, article.author) == (
        "Ferry runs aground",
        "2025-03-04",
        "Ann Lee, Bo Berg",
    )
    assert article.text == f"What happened\n{FERRY[0]} See the map.\nFerry | On board\nHalden | 212"


def test_markdown_with_front_matter_in_toml(tmp_path: Path) -> None:
    file = tmp_path / "ferry.md"
    told = 'title = "Ferry runs aground"\ndate = 2025-03-04T09:12:00+01:00\nauthors = ["Ann Lee", "Bo Berg"]\n[params]\nx = 1\n'
    file.write_text(f"+++\n{told}+++\n{FERRY[0]}\n")
    article = the_article(file)
    assert (article.title, article.published) == ("Ferry runs aground", "2025-03-04T09:12:00+01:00")
    assert (article.author, article.text) == ("Ann Lee, Bo Berg", FERRY[0])
    file.write_text(f"+++\ntitle = Ferry\n+++\n{FERRY[0]}\n")
    assert isinstance(fault := the_fault(file), LineMalformed)
    assert "no TOML" in str(fault)
    assert "line 2" in str(fault)
    assert "\n" not in str(fault)


def test_front_matter_that_is_no_yaml_says_which_line(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("---\ntitle: a\n  b: [\n---\nText.\n")
    assert isinstance(fault := the_fault(tmp_path / "x.md"), LineMalformed)
    assert "line 3" in str(fault)


def _mail(subject: str, text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = (
        subject,
        "Esk Ferries <press@ferries.example>",
        "Tue, 04 Mar 2025 09:12:00 +0100",
    )
    mail["Message-ID"] = f"<{len(subject)}-{subject[-1]}@ferries.example>"
    mail.set_content(text)
    return mail


def test_mail_alone_and_in_a_mailbox(tmp_path: Path) -> None:
    (tmp_path / "press.eml").write_bytes(bytes(_mail("Férry runs aground", FERRY[0])))
    article = the_article(tmp_path / "press.eml")
    assert (article.title, article.agency, article.published) == (
        "Férry runs aground",
        "Esk Ferries",
        "2025-03-04T09:12:00+01:00",
    )
    assert article.text == FERRY[0]
    import mailbox

    box = mailbox.mbox(tmp_path / "press.mbox")
    for number in range(3):
        box.add(_mail(f"Ferry {number}", FERRY[number]))
    box.close()
    articles = [one for one in read(tmp_path / "press.mbox") if isinstance(one, Article)]
    assert [one.text for one in articles] == list(FERRY)
    assert len({one.id for one in articles}) == 3


def test_a_mail_of_several_parts_is_all_that_it_shows(tmp_path: Path) -> None:
    mail = _mail("Ferry", FERRY[0])
    mail.make_mixed()
    for kind, content in (("plain", FERRY[1]), ("html", f"<p>{FERRY[2]}</p>")):
        part = EmailMessage()
        part.set_content(content, subtype=kind)
        mail.attach(part)
    mail.add_attachment("Timetable of the tram", filename="tram.txt")
    mail.add_attachment(_mail("Tram opens", "The tram to Velt opens in May."), disposition="inline")
    mail.add_attachment(_mail("Kept apart", "The tram is late."))
    (tmp_path / "press.eml").write_bytes(bytes(mail))
    assert the_article(tmp_path / "press.eml").text == "\n\n".join(
        (*FERRY, "Tram opens", "The tram to Velt opens in May.")
    )


def test_a_plain_part_that_only_points_to_the_html_is_not_the_text(tmp_path: Path) -> None:
    stub = "Your mail program cannot show HTML.\nSee https://ferries.example/view?id=" + "x" * 200
    for plain, text in ((stub, "\n".join(FERRY)), ("\n\n".join(FERRY), "\n\n".join(FERRY))):
        mail = _mail("Ferry", plain)
        mail.add_alternative("".join(f"<p>{one}</p>" for one in FERRY), subtype="html")
        mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="hull.pdf")
        (tmp_path / "press.eml").write_bytes(bytes(mail))
        assert the_article(tmp_path / "press.eml").text == text


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Esk Post</title>
<item><title>Ferry &amp; crew</title><link>https://post.example/ferry</link><pubDate>Tue, 04 Mar 2025 09:12:00 +0100</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>{FERRY[0]}</p><p>{FERRY[1]}</p>]]></content:encoded></item>
<item><title>Empty</title><link>https://post.example/empty</link></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Esk Post</title><entry><title>Ferry</title><id>urn:1</id>
<link href="https://post.example/f"/><published>2025-03-04T09:12:00Z</published><updated>2025-03-06T10:00:00Z</updated>
<author><name>Ann Lee</name></author><summary>{FERRY[0]}</summary></entry></feed>"""


def test_feeds(tmp_path: Path) -> None:
    (tmp_path / "news.rss").write_text(RSS)
    (tmp_path / "news.xml").write_text(ATOM)
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Esk Post", "items": [
        {"id": "1", "url": "https://post.example/j", "content_html": f"<p>{FERRY[0]}</p>", "date_published": "2025-03-04T09:12:00Z"}]}  # fmt: skip
    (tmp_path / "feed.json").write_text(json.dumps(feed))
    first, fault = read(tmp_path / "news.rss")
    assert isinstance(first, Article)
    assert (first.title, first.uri, first.published) == (
        "Ferry & crew",
        "https://post.example/ferry",
        "2025-03-04T09:12:00+01:00",
    )
    assert first.text == f"{FERRY[0]}\n{FERRY[1]}"
    assert "entry 2 has no text" in str(fault)
    atom = the_article(tmp_path / "news.xml")
    assert (atom.author, atom.updated) == ("Ann Lee", "2025-03-06T10:00:00Z")
    assert the_article(tmp_path / "feed.json").published == "2025-03-04T09:12:00Z"


def test_xml_of_agencies_and_of_wordpress(tmp_path: Path) -> None:
    nitf = f"<nitf><head><docdata><date.issue norm='20250304T091200+0100'/><doc.copyright holder='UNN'/></docdata></head><body><body.head><hedline><hl1>Ferry</hl1></hedline></body.head><body.content><p>{FERRY[0]}</p><p>{FERRY[1]}</p></body.content></body></nitf>"
    (tmp_path / "nitf.xml").write_text(nitf)
    article = the_article(tmp_path / "nitf.xml")
    assert (article.title, article.agency, article.published) == ("Ferry", "UNN", "2025-03-04T09:12:00+0100")
    newsml = (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1"><itemMeta><provider><name>UNN</name></provider><firstCreated>2025-03-04T09:12:00+01:00</firstCreated>'
        f'</itemMeta><contentMeta><headline>Ferry</headline></contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{FERRY[0]}</p></body></html></inlineXML></contentSet></newsItem>'
    )
    (tmp_path / "g2.xml").write_text(newsml)
    article = the_article(tmp_path / "g2.xml")
    assert (article.title, article.agency, article.published, article.text) == (
        "Ferry",
        "UNN",
        "2025-03-04T09:12:00+01:00",
        FERRY[0],
    )
    item = "<item><title>{0}</title><link>https://b.example/{0}</link><content:encoded><![CDATA[{1}]]></content:encoded><wp:post_id>{0}</wp:post_id><wp:post_date_gmt>2025-03-04 08:12:00</wp:post_date_gmt><wp:post_type>post</wp:post_type><wp:status>{2}</wp:status></item>"
    export = (
        '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Blog</title>'
        + item.format(1, f"{FERRY[0]}\n\n{FERRY[1]}", "publish")
        + item.format(2, "Not yet.", "draft")
        + "</channel></rss>"
    )
    (tmp_path / "blog.xml").write_text(export)
    article = the_article(tmp_path / "blog.xml")
    assert (article.published, article.text) == ("2025-03-04T08:12:00+00:00", f"{FERRY[0]}\n{FERRY[1]}")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<inlineXML><html {}><head><title>x</title></head><body>One<br/>two &amp; 3.<br/><br/>Four.</body></html></inlineXML>", "One\ntwo & 3.\nFour."),
        ("<inlineXML><div {}>One <em>and</em> two.<p>Three<br/>four.</p>Five.</div></inlineXML>", "One and two.\nThree\nfour.\nFive."),
        ("<inlineXML><x:body xmlns:x='http://www.w3.org/1999/xhtml'><x:p>One <x:em>and</x:em> two.</x:p><x:ul><x:li><x:p>Six</x:p></x:li></x:ul></x:body></inlineXML>", "One and two.\n- Six"),
        ("<inlineXML><table {}><tr><th><p>Ferry</p></th><th>On board</th></tr><tr><td>Halden</td><td><p>212</p></td></tr></table></inlineXML>", "Ferry | On board\nHalden | 212"),
        ("<inlineXML><nitf {}><body><body.head><hedline><hl1>Ferry</hl1></hedline></body.head><body.content><media><media-caption>x</media-caption></media><hl2>At sea</hl2><p>The <org>Esk Line</org> said<br/>so.</p></body.content><body.end><tagline>al</tagline></body.end></body></nitf></inlineXML>", "At sea\nThe Esk Line said\nso."),
        ('<inlineData contenttype="text/plain">One.\n\nTwo &lt; 3.</inlineData>', "One.\n\nTwo < 3."),
        ('<inlineData contenttype="text/html">&lt;p&gt;One.&lt;/p&gt;Two.</inlineData>', "One.\nTwo."),
    ],
)  # fmt: skip
def test_the_content_of_newsml_keeps_its_lines(tmp_path: Path, content: str, text: str) -> None:
    content = content.format('xmlns="http://www.w3.org/1999/xhtml"')
    item = f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1"><contentSet>{content}</contentSet></newsItem>'
    (tmp_path / "g2.xml").write_text(item)
    assert the_article(tmp_path / "g2.xml").text == text


def test_a_text_that_newsml_encodes_is_told(tmp_path: Path) -> None:
    data = '<inlineData contenttype="{}" encoding="e:base64">T25lLg==</inlineData>'
    item = '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><contentSet>{}</contentSet></newsItem>'
    (tmp_path / "g2.xml").write_text(item.format(data.format("text/plain")))
    assert "encoded (e:base64)" in str(the_fault(tmp_path / "g2.xml"))
    (tmp_path / "g2.xml").write_text(item.format(data.format("image/jpeg")))
    assert read(tmp_path / "g2.xml") == []


def test_xml_that_is_a_bomb_or_of_another_kind(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    (tmp_path / "bomb.xml").write_text(
        f'<!DOCTYPE nitf [<!ENTITY l0 "lol">{entities}]><nitf><body.content><p>&l9;</p></body.content></nitf>'
    )
    began = time.perf_counter()
    assert isinstance(the_fault(tmp_path / "bomb.xml"), SourceError)
    assert time.perf_counter() - began < 5
    (tmp_path / "map.xml").write_text("<urlset><url><loc>https://x.example</loc></url></urlset>")
    assert isinstance(the_fault(tmp_path / "map.xml"), NothingToRead)
    (tmp_path / "other.xml").write_text("<svg><path/></svg>")
    assert "<svg>" in str(the_fault(tmp_path / "other.xml"))


def test_entities_that_an_xml_file_declares_are_shown_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("The libel.")
    declared = (
        f'<!ENTITY co "Esk Ferries &amp; Sons"><!ENTITY all "&co; of Esk"><!ENTITY far SYSTEM "{tmp_path}/secret.txt">'
    )
    page = f"<!DOCTYPE nitf [{declared}]><nitf><body.content><p>{{}} said so.</p></body.content></nitf>"
    (tmp_path / "a.xml").write_text(page.format("&co; and &all;"))
    assert the_article(tmp_path / "a.xml").text == "Esk Ferries & Sons and Esk Ferries & Sons of Esk said so."
    for name in ("far", "mdash"):
        (tmp_path / "a.xml").write_text(page.format(f"&{name};"))
        assert f"Entity '{name}' not defined" in str(the_fault(tmp_path / "a.xml"))
    many = f'<!DOCTYPE nitf [<!ENTITY a "{"x" * 100_000}">]><nitf><body.content><p>{"&a;" * 1_000}</p></body.content></nitf>'
    (tmp_path / "a.xml").write_text(many)
    assert "amplification" in str(the_fault(tmp_path / "a.xml"))
    (tmp_path / "a.rss").write_text(
        RSS.replace("?>", '?><!DOCTYPE rss [<!ENTITY co "Esk Ferries">]>', 1).replace("crew", "&co;")
    )
    first, _ = read(tmp_path / "a.rss")
    assert isinstance(first, Article)
    assert first.title == "Ferry & Esk Ferries"


def test_json_of_one_article_of_many_and_ninjs(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps({"title": "Ferry", "text": FERRY[0], "date": "2025-03-04"}))
    assert the_article(tmp_path / "one.json").title == "Ferry"
    (tmp_path / "many.json").write_text(json.dumps([{"text": FERRY[0]}, {"text": FERRY[1]}, {"title": "no text"}]))
    kinds = [type(one).__name__ for one in read(tmp_path / "many.json")]
    assert kinds == ["Article", "Article", "LineMalformed"]
    (tmp_path / "n.json").write_text(
        json.dumps(
            {"uri": "urn:1", "headline": "Ferry", "body_text": FERRY[0], "versioncreated": "2025-03-04T09:12:00Z"}
        )
    )
    assert the_article(tmp_path / "n.json").published == "2025-03-04T09:12:00Z"


def test_tables_of_articles(tmp_path: Path) -> None:
    rows = [
        ["Headline", "Publication Date", "Body", "Source", "votes"],
        ["Ferry", "2025-03-04", f"{FERRY[0]}\n{FERRY[1]}", "Esk Post", "3"],
        ["Empty", "", "", "", ""],
    ]
    for name, delimiter, encoding in (("a.csv", ",", "utf-8"), ("b.csv", ";", "cp1252"), ("c.tsv", "\t", "utf-16")):
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows(rows)
        (tmp_path / name).write_bytes(out.getvalue().encode(encoding))
        article, fault = read(tmp_path / name)
        assert isinstance(article, Article), name
        assert (article.title, article.published, article.agency) == ("Ferry", "2025-03-04", "Esk Post"), name
        assert "row 3 has no text" in str(fault), name
    (tmp_path / "d.csv").write_text("name,votes\na,3\n")
    assert "it has: name, votes" in str(the_fault(tmp_path / "d.csv"))


def test_the_encoding_of_a_table_is_told_by_lines_far_down(tmp_path: Path) -> None:
    plain = "title,text\n" + "".join(f"{number},{FERRY[0].replace(',', ';')}\n" for number in range(4_000))
    accents = "Café,The café Zoë has reopened.\nCrème,A crème brûlée is served.\n"
    stray = plain.encode() + accents.encode() + b"Stray,A caf\xe9 is left.\n"
    for data, title in (
        (plain.encode() + accents.encode("cp1252"), "Crème"),
        ((plain + accents).encode(), "Crème"),
        (stray, "Stray"),
    ):
        (tmp_path / "a.csv").write_bytes(data)
        articles = [one for one in read(tmp_path / "a.csv") if isinstance(one, Article)]
        assert articles[-1].title == title
        assert articles[4_000].text == "The café Zoë has reopened."
    (tmp_path / "a.csv").write_bytes(plain.encode() + b"x,\x81\x8d\x8f\x90\x9d\xff\x81\n" * 50)
    assert "is not UTF-8 and no other encoding fits" in str(the_fault(tmp_path / "a.csv"))


def _warc_record(url: str, status: str, kind: str, body: str | bytes) -> bytes:
    data = body if isinstance(body, bytes) else body.encode()
    block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def test_web_archives(tmp_path: Path) -> None:
    records = b"".join(
        gzip.compress(_warc_record(f"https://post.example/{path}", status, kind, body))
        for path, status, kind, body in (
            ("ferry", "200 OK", "text/html; charset=utf-8", PAGE),
            ("ferry", "200 OK", "text/html; charset=utf-8", PAGE),
            ("gone", "404 Not Found", "text/html", PAGE),
            ("style.css", "200 OK", "text/css", "p {}"),
        )
    )
    (tmp_path / "crawl.warc.gz").write_bytes(records)
    article = the_article(tmp_path / "crawl.warc.gz")
    assert (article.uri, article.published) == ("https://post.example/ferry", "2025-03-04T09:12:00+01:00")
    _zip(tmp_path / "crawl.wacz", {"archive/a.warc.gz": (tmp_path / "crawl.warc.gz").read_bytes()})
    assert the_article(tmp_path / "crawl.wacz").uri == "https://post.example/ferry"
    (tmp_path / "broken.warc").write_text("no archive")
    assert isinstance(the_fault(tmp_path / "broken.warc"), FileUnreadable)


def test_pages_of_a_web_archive_that_are_packed_in_other_ways(tmp_path: Path) -> None:
    import brotli

    page = PAGE.encode()
    html, most = "text/html; charset=utf-8\r\nContent-Encoding: ", 200_000
    records = [
        _warc_record(f"https://post.example/{number}", "200 OK", html + packed, body)
        for number, (packed, body) in enumerate(
            (
                ("br", brotli.compress(page)),
                ("br", page),
                ("br", brotli.compress(page)[:-100]),
                ("br", brotli.compress(b"<p>" + b"a" * 50_000_000, quality=1)),
                ("zstd", b"\x28\xb5\x2f\xfd" + bytes(range(256)) * 9),
                ("zstd", page),
                ("gzip", gzip.compress(page)),
            )
        )
    ]
    (tmp_path / "crawl.warc").write_bytes(b"".join(records))
    told = [str(getattr(one, "title", None) or one) for one in read(tmp_path / "crawl.warc", max_characters=most)]
    assert [one for one in told if "crawl.warc" not in one] == ["Ferry runs aground"] * 4
    assert "/2 is packed with brotli, and is not whole" in told[2]
    assert "/3 has more than 4,000,000 bytes" in told[3]
    assert "/4 is packed as zstd, which cannot be unpacked" in told[4]


def _zip(file: Path, parts: dict[str, Any]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)


def test_packed_files_are_read_as_they_would_be_outside(tmp_path: Path) -> None:
    parts: dict[str, Any] = {
        "a/ferry.html": PAGE,
        "b.txt": f"Tram opens\n{FERRY[1]}",
        "../../evil.txt": f"Evil\n{FERRY[2]}",
        "logo.png": b"x",
        ".hidden.txt": "x",
    }
    _zip(tmp_path / "news.zip", parts)
    with tarfile.open(tmp_path / "news.tar.gz", "w:gz") as packed:
        for name, content in parts.items():
            data = content if isinstance(content, bytes) else content.encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("passwd.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        packed.addfile(link)
    for name in ("news.zip", "news.tar.gz"):
        articles = [one for one in read(tmp_path / name) if isinstance(one, Article)]
        assert [one.title for one in articles] == ["Ferry runs aground", "Tram opens", "Evil"], name
        assert not (tmp_path.parent / "evil.txt").exists()


def _tar(file: Path, parts: dict[str, bytes]) -> None:
    with tarfile.open(file, "w:gz") as packed:
        for name, data in parts.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))


def test_what_stands_beside_a_text_counts_within_a_packed_file(tmp_path: Path) -> None:
    parts = {
        "a/ferry.meta.json": b'{"published": "2025-03-04", "title": "Aground"}',
        "a/ferry.txt": FERRY[0].encode(),
        "b/ferry.txt": FERRY[1].encode(),
        "b/ferry.meta.json": b'{"published": "soon"}',
        "ferry.txt": FERRY[2].encode(),
        "c/tram.meta.json": b"{}",
    }
    _zip(tmp_path / "news.zip", parts)
    _tar(tmp_path / "news.tar.gz", parts)
    for name in ("news.zip", "news.tar.gz"):
        told, fault, plain, note = read(tmp_path / name)
        assert isinstance(told, Article)
        assert isinstance(plain, Article)
        assert (told.title, told.published, plain.published) == ("Aground", "2025-03-04", None), name
        assert f'{name}/b/ferry.meta.json: "published" is' in str(fault)
        assert str(note) == "of no use: no .txt of its name is beside it"


def test_a_packed_bomb_is_left_out_and_the_rest_goes_on(tmp_path: Path) -> None:
    _zip(tmp_path / "news.zip", {"bomb.txt": b"a" * 300_000_000, "ferry.txt": f"Ferry\n{FERRY[0]}"})
    began = time.perf_counter()
    fault, article = read(tmp_path / "news.zip")
    assert "unpacks to more than" in str(fault)
    assert isinstance(article, Article)
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize(
    "name", ["x.zip", "x.tar.gz", "x.docx", "x.odt", "x.epub", "x.wacz", "x.xml", "x.json", "x.pdf", "x.warc.gz"]
)
def test_what_is_broken_is_told_in_one_line(tmp_path: Path, name: str) -> None:
    for data in (b"", b"\x00\x01broken", gzip.compress(b"broken"), b"PK\x03\x04broken"):
        (tmp_path / name).write_bytes(data)
        fault = the_fault(tmp_path / name)
        assert "\n" not in str(fault)
        assert name in str(fault)


def test_without_its_library_a_kind_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(a_pdf([[(11, 60, 700, FERRY[0])]]))
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert "pip install 'article-assistant[sources]'" in str(the_fault(tmp_path / "a.pdf"))


def test_every_kind_has_a_reader() -> None:
    from index.sources import reader_of

    assert all(reader_of(f"x{end}") for end in KINDS)


def test_what_stands_beside_a_text_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(f"Ferry\n{FERRY[0]}")
    (tmp_path / "ferry.meta.json").write_text('{"published": "2025-03-04"}')
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        report = assistant.ingest([tmp_path])
    assert (len(report.added), report.failed) == (1, ())


def test_deleted_text_comments_and_second_forms_are_not_read(tmp_path: Path) -> None:
    names = "office text table".split()
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    body = (
        "<text:tracked-changes><text:p>The libel.</text:p></text:tracked-changes>"
        f"<text:p>{FERRY[0]}<office:annotation><text:p>is this true?</text:p></office:annotation></text:p>"
    )
    content = f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    _zip(tmp_path / "a.odt", {"content.xml": content})
    assert the_article(tmp_path / "a.odt").text == FERRY[0]
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    other = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    run = "<w:r><w:t>{}</w:t></w:r>"
    text = (
        f"<w:p>{run.format(FERRY[0])}<w:r><mc:AlternateContent><mc:Choice>{run.format(' Box.')}</mc:Choice>"
        f"<mc:Fallback>{run.format(' Box.')}</mc:Fallback></mc:AlternateContent></w:r>"
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:moveFrom>{run.format('moved')}</w:moveFrom></w:p>"
    )
    document = f'<w:document xmlns:w="{word}" xmlns:mc="{other}"><w:body>{text}</w:body></w:document>'
    _zip(tmp_path / "a.docx", {"word/document.xml": document})
    assert the_article(tmp_path / "a.docx").text == f"{FERRY[0]} Box."


def test_figures_of_a_pdf_stay(tmp_path: Path) -> None:
    rows = [(11, 60, 700 - 14 * number, town) for number, town in enumerate(("Talsund", "Velt", "Korrin"))]
    figures = [(11, 300, 700 - 14 * number, count) for number, count in enumerate(("45", "2024", "1,204"))]
    (tmp_path / "a.pdf").write_bytes(a_pdf([[*rows, *figures, (9, 300, 30, "7")]]))
    text = the_article(tmp_path / "a.pdf").text
    assert all(figure in text for figure in ("45", "2024", "1,204"))
    assert not text.rstrip().endswith("7")


def test_a_date_that_may_be_two_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'date,text\n03/04/2025,"{FERRY[0]}"\n23/04/2025,"{FERRY[1]}"\n')
    assert [one.published for one in read(tmp_path / "a.csv") if isinstance(one, Article)] == [None, "2025-04-23"]


def test_rows_of_two_tables_and_pages_of_one_site_are_different_articles(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(
            f'id,permalink,text\n1,/about/,"{name} {FERRY[0]}"\n2,/about/,"{name} {FERRY[1]}"\n'
        )
    home = '<link rel="canonical" href="https://post.example/">'
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(PAGE.replace("<head>", f"<head>{home}"))
    files = sorted(tmp_path.iterdir())
    ids = [one.id for file in files for one in read(file) if isinstance(one, Article)]
    assert len(ids) == len(set(ids)) == 6


def test_a_row_with_more_values_than_columns_is_told_not_cut(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'title,text\nA,One, two, three\nB,"{FERRY[0]}"\n')
    fault, article = read(tmp_path / "a.csv")
    assert "4 values for 2 columns" in str(fault)
    assert isinstance(article, Article)


def test_what_would_never_end_is_told_at_once(tmp_path: Path) -> None:
    began = time.perf_counter()
    aliases = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    (tmp_path / "a.md").write_text(f"---\n{aliases}title: x\n---\n{FERRY[0]}\n")
    assert "aliases" in str(the_fault(tmp_path / "a.md"))
    for opened in ("<!--", "<script>"):
        (tmp_path / "a.jsonl").write_text(json.dumps({"text": "<p>x</p>" + opened * 20_000 + FERRY[0]}) + "\n")
        read(tmp_path / "a.jsonl")
    _zip(tmp_path / "a.zip", {"b.zip": b"PK", "ferry.txt": f"Ferry\n{FERRY[0]}"})
    fault, article = read(tmp_path / "a.zip")
    assert "is packed itself" in str(fault)
    assert isinstance(article, Article)
    assert time.perf_counter() - began < 10


def test_parquet_with_bytes_and_lists(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    columns = {
        "body": [FERRY[0].encode(), b""],
        "authors": [["Ann Lee", "Bo Berg"], None],
        "date": ["2025-03-04", None],
    }
    parquet.write_table(pyarrow.table(columns), tmp_path / "news.parquet")
    article, fault = read(tmp_path / "news.parquet")
    assert isinstance(article, Article)
    assert (article.text, article.author, article.published) == (FERRY[0], "Ann Lee, Bo Berg", "2025-03-04")
    assert "row 2 has no text" in str(fault)
    parquet.write_table(pyarrow.table({"votes": [3]}), tmp_path / "votes.parquet")
    assert "it has: votes" in str(the_fault(tmp_path / "votes.parquet"))


def test_what_a_library_does_not_expect_ends_one_file_alone(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    (tmp_path / "x.mbox").write_bytes(
        b"From a@x.example Tue Mar  4 09:12:00 2025\nMessage-ID: <\xe9a@x>\nSubject: S\n\nText.\n"
    )
    assert isinstance(the_article(tmp_path / "x.mbox"), Article)
    far = pyarrow.array([2**62], pyarrow.timestamp("us"))  # no calendar has such a day
    parquet.write_table(pyarrow.table({"text": [FERRY[0]], "date": far}), tmp_path / "far.parquet")
    assert "broken in a way" in str(the_fault(tmp_path / "far.parquet"))
    (tmp_path / "feed.json").write_text(
        '{"version": "https://jsonfeed.org/version/1", "items": [{"content_text": "a \\ud800"}]}'
    )
    assert "half a surrogate pair" in str(the_fault(tmp_path / "feed.json"))


def test_a_book_within_a_packed_file_is_read_and_an_archive_is_not(tmp_path: Path) -> None:
    _zip(tmp_path / "inner.zip", {"ferry.txt": FERRY[0]})
    document = Document()
    document.add_paragraph(FERRY[0])
    document.save(str(tmp_path / "a.docx"))
    parts = {name: (tmp_path / name).read_bytes() for name in ("inner.zip", "a.docx")}
    _zip(tmp_path / "outer.zip", parts)
    fault, article = read(tmp_path / "outer.zip")
    assert "is packed itself" in str(fault)
    assert isinstance(article, Article)
