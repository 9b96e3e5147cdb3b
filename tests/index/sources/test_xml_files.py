# ruff: noqa: E501  (what stands in files)
"""Feeds, agencies' XML, WordPress exports."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from index.errors import NothingToRead, SourceError
from index.types import Article
from tests.index.sources.given import FERRY, read, the_article, the_fault

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
