"""Tables of articles, and JSON."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from index.types import Article
from tests.index.sources.given import FERRY, PAGE, read, the_article, the_fault


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
