"""Reading files: what is in them, and what is wrong with them."""

from __future__ import annotations

import gzip
import html
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.settings import Settings
from index.errors import (
    ArticleTooLong,
    FileBinary,
    FileEmpty,
    FileUndecodable,
    FileUnreadable,
    LineMalformed,
    NothingToRead,
    SourceError,
    SourceMissing,
)
from index.sources import Root, find_files, read_file
from index.sources.decode import decode
from index.sources.markup import without_markup
from index.types import Article, Note
from tests.conftest import SEEDS, ferry_article, write_jsonl


def read(file: Path, *, max_characters: int = 1_000_000) -> list[Article | SourceError]:
    root = Root(file.parent.name, file.parent)
    items = read_file(file, root=root, max_characters=max_characters)
    return [item for _, item in items if not isinstance(item, Note)]


def test_the_seed_articles_are_byte_for_byte_as_received() -> None:
    import hashlib

    digests = {file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:16] for file in SEEDS.iterdir()}
    assert digests == {"000_f7c9105c749ce258.txt": "200f03d323e9e94a", "002_adfbef52f63616a5.txt": "4557de8108f66137"}


def test_a_text_file_is_one_article_addressed_by_its_place_below_the_root(tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    file.write_bytes(b"\xef\xbb\xbfTitle\r\nFirst line.\r\n")
    [article] = read(file)
    assert isinstance(article, Article)
    assert article.text == "Title\nFirst line.\n"
    assert (article.title, article.uri) == ("Title", f"{tmp_path.name}/one.txt")


def test_the_same_folder_elsewhere_gives_the_same_ids(tmp_path: Path) -> None:
    ids = []
    for place in ("here", "there"):
        file = tmp_path / place / "news" / "one.txt"
        file.parent.mkdir(parents=True)
        file.write_text(ferry_article())
        [article] = read(file)
        assert isinstance(article, Article)
        ids.append(article.id)
    assert ids[0] == ids[1]


def test_json_lines_keep_what_they_are_given(tmp_path: Path) -> None:
    record = {
        "id": "sound-1",
        "text": "  It opened on Monday.\r\n",
        "title": "Bridge opens",
        "published": "2031-05-06T08:00:00+02:00",
        "url": "https://news.example/bridge",
        "author": None,
        "agency": "Coastal Wire",
        "language": "en",
        "section": "passed over",
    }
    [article] = read(write_jsonl(tmp_path / "news.jsonl", record))
    assert isinstance(article, Article)
    assert article.text == record["text"]
    assert (article.id, article.uri, article.published) == (record["id"], record["url"], record["published"])
    assert (article.author, article.agency, article.language) == (None, "Coastal Wire", "en")


@pytest.mark.parametrize("name", ["body", "content", "articleBody", "body_text"])
def test_a_text_may_have_another_name(tmp_path: Path, name: str) -> None:
    record = {name: "<p>It opened.</p><p>Esk &amp; Velt.</p>", "headline": "Bridge opens", "text": " ", "title": None}
    write_jsonl(
        tmp_path / "news.jsonl", record, {"text": "It closed.", name: "Not this.", "headline": "x", "title": "Y"}
    )
    first, second = read(tmp_path / "news.jsonl")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, first.text) == ("Bridge opens", "It opened.\nEsk & Velt.")
    assert (second.title, second.text) == ("Y", "It closed.")
    (tmp_path / "news.json").write_text(json.dumps([record]))
    [other] = read(tmp_path / "news.json")
    assert isinstance(other, Article)
    assert (other.title, other.text) == (first.title, first.text)


def test_an_object_of_schema_org_is_dated(tmp_path: Path) -> None:
    record = {
        "headline": "Bridge opens",
        "articleBody": "It opened.",
        "datePublished": "2031-05-06",
        "dateModified": "2031-05-07",
    }
    [article] = read(write_jsonl(tmp_path / "news.jsonl", record))
    assert isinstance(article, Article)
    assert (article.published, article.updated) == ("2031-05-06", "2031-05-07")


def test_an_id_made_for_a_line_survives_its_moving(tmp_path: Path) -> None:
    one, other = {"text": ferry_article(1)}, {"text": ferry_article(2)}
    before = read(write_jsonl(tmp_path / "news.jsonl", one, other))
    after = read(write_jsonl(tmp_path / "news.jsonl", "", other, one))
    assert {item.id for item in before if isinstance(item, Article)} == {
        item.id for item in after if isinstance(item, Article)
    }


@pytest.mark.parametrize("name", ["news.jsonl.gz", "NEWS.JSONL.GZ"])
def test_gzipped_json_lines(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(gzip.compress(json.dumps({"text": "It opened.", "date": "2031-05-06"}).encode()))
    [article] = read(file)
    assert isinstance(article, Article)
    assert article.published == "2031-05-06"
    file.write_bytes(file.read_bytes()[:-6])
    assert isinstance(read(file)[-1], FileUnreadable)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{not json", "is not JSON"),
        ("[1]", "not an object"),
        ('{"title": "no text"}', 'has no "text"'),
        ('{"text": "  "}', 'has no "text"'),
        ('{"text": 5}', '"text" is a int'),
        ('{"headline": "no text", "body": ""}', 'has no "text"'),
        ('{"text": null, "body": ["It opened."]}', '"body" is a list'),
        ('{"text": "It opened.", "headline": {"main": "Bridge"}}', '"headline" is a dict'),
        ('{"text": "It opened.", "published": "last Tuesday"}', "not an ISO 8601 date"),
        ('{"text": "\\ud800"}', "half a surrogate pair"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_a_bad_line_is_numbered_and_the_others_go_on(tmp_path: Path, line: str, reason: str) -> None:
    items = read(write_jsonl(tmp_path / "news.jsonl", {"text": "One."}, line, {"text": "Three."}))
    assert [type(item) for item in items] == [Article, LineMalformed, Article]
    assert "news.jsonl line 2" in str(items[1])
    assert reason in str(items[1])


def test_a_line_that_is_not_utf8_names_the_byte(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_bytes(b'{"text": "caf\xe9"}\n{"text": "It opened."}\n')
    bad, good = read(file)
    assert isinstance(bad, LineMalformed)
    assert "byte 13 (0xe9)" in str(bad)
    assert isinstance(good, Article)


def test_an_endless_line_is_passed_over_without_being_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text('{"text": "' + "x" * 400_000 + '"}\n{"text": "It opened."}\n')
    bad, good = read(file, max_characters=1000)
    assert isinstance(bad, ArticleTooLong)
    assert isinstance(good, Article)


def test_a_huge_text_file_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as stream:
        stream.truncate(200_000_000)
    [error] = read(file)
    assert isinstance(error, ArticleTooLong)
    assert "200,000,000 bytes" in str(error)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32"])
def test_encodings_are_recognised(encoding: str) -> None:
    text = "Die Fähre über den Sund fährt wieder, sagte Käpt'n Jürgen Großmann am Dienstag in Süderhafen.\n" * 3
    assert decode(text.encode(encoding), "a.txt") == text


def test_short_western_text_is_read_as_windows_writes_it() -> None:
    text = "Bürgermeister José Muñoz\nDer “Hafen” ist wieder offen, sagte José Muñoz am Montag im Café."
    assert decode(text.encode("cp1252"), "a.txt") == text


def test_utf16_without_a_mark() -> None:
    text = "Bridge opens\nThe bridge to Brask Island opened on Monday."
    assert decode(text.encode("utf-16-le"), "a.txt") == decode(text.encode("utf-16-be"), "a.txt") == text


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"", FileEmpty, "a.txt is empty"),
        (b" \n\t ", FileEmpty, "a.txt is empty"),
        (b"\xff\xfe", FileEmpty, "a.txt is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, FileBinary, "a.txt is not text"),
        (b"\xff\xfea\x00b", FileUndecodable, "byte 4"),
    ],
)
def test_what_is_no_text_is_said(data: bytes, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        decode(data, "a.txt")


@given(st.text(min_size=1).filter(lambda text: text.strip() and not set(text[:8192]) & set(map(chr, range(32)))))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode(), "a.txt") == text.removeprefix("\ufeff")


def test_what_is_read_below_a_folder(tmp_path: Path) -> None:
    for name in ("b.txt", "a.jsonl", "sub/c.txt", ".hidden.txt", ".git/d.txt", "picture.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [file.relative_to(tmp_path.resolve()).as_posix() for file in find_files(tmp_path)[0]]
    assert found == ["a.jsonl", "b.txt", "sub/c.txt"]


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="holds no file that can be read"):
        find_files(tmp_path)
    with pytest.raises(SourceMissing, match="does not exist"):
        find_files(tmp_path / "nowhere")


def test_a_broken_link_is_reported(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    [file] = find_files(tmp_path)[0]
    [error] = read(file)
    assert isinstance(error, FileUnreadable)


def test_what_stands_beside_no_article_is_told(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news/ferry.txt").write_text("The ferry left Esk.")
    (tmp_path / "news/ferry.meta.json").write_text('{"published": "2024-05-03"}')
    (tmp_path / "news/boat.meta.json").write_text('{"published": "2024-05-03"}')
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        report = assistant.ingest([tmp_path / "news"])
    assert report.notes == ("news/boat.meta.json is of no use: no .txt of its name is beside it",)


def test_html_in_a_line_is_read_as_what_it_shows_and_quoted_so(tmp_path: Path) -> None:
    text = (
        "<p>Caf&eacute; Zo&euml; in <b>Esk</b> reopened on Monday.</p>"
        "<p>Owner Ren&eacute;e Dubois &amp; sons were there.</p>"
    )
    file = write_jsonl(tmp_path / "news.jsonl", {"id": "cafe", "title": "Caf&eacute; Zo&euml; is back", "text": text})
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        assistant.ingest([file])
        article = assistant.article("cafe")
        answer = assistant.ask("Who owns Café Zoë?")
    assert article.title == "Café Zoë is back"
    assert article.text == "Café Zoë in Esk reopened on Monday.\nOwner Renée Dubois & sons were there."
    assert answer.citations[0].quote == "Owner Renée Dubois & sons were there."


@pytest.mark.parametrize(
    "text",
    ["Shares of R&D firms: 3 < 4 > 2.", "if (a<b) goto <end>; Q&A", "It cost <5 crowns & more.", "&unknown; 5&6;"],
)
def test_signs_that_are_no_html_stay(text: str) -> None:
    assert without_markup(text) == text


@given(st.lists(st.text(alphabet=st.sampled_from("abé<>/&;#1'\"=!-"), min_size=1), min_size=1))
def test_whatever_is_written_as_html_is_read_as_it_was(words: list[str]) -> None:
    line = " ".join(words)
    assert without_markup(f"<p>{html.escape(line)}</p>") == line


@given(st.text(alphabet=st.sampled_from("ab<>/&;pbr#1\n '\"=!-")))
def test_broken_html_is_read_without_an_error(text: str) -> None:
    assert isinstance(without_markup(text), str)
