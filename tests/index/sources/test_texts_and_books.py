# ruff: noqa: E501  (what stands in files)
"""Word, OpenDocument, EPUB and Markdown."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from index.errors import LineMalformed
from index.types import Article
from tests.index.sources.given import FERRY, pack, read, the_article, the_fault


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
    pack(tmp_path / "ferry.odt", {"content.xml": content})
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
    pack(file, {"META-INF/container.xml": container, "o/p.opf": package, **parts})


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


def test_deleted_text_comments_and_second_forms_are_not_read(tmp_path: Path) -> None:
    names = "office text table".split()
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    body = (
        "<text:tracked-changes><text:p>The libel.</text:p></text:tracked-changes>"
        f"<text:p>{FERRY[0]}<office:annotation><text:p>is this true?</text:p></office:annotation></text:p>"
    )
    content = f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    pack(tmp_path / "a.odt", {"content.xml": content})
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
    pack(tmp_path / "a.docx", {"word/document.xml": document})
    assert the_article(tmp_path / "a.docx").text == f"{FERRY[0]} Box."
