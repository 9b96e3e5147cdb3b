"""PDF files: columns, running heads, pages, figures."""

from __future__ import annotations

from pathlib import Path

from assistant import Assistant
from assistant.settings import Settings
from index.errors import FileUnreadable
from tests.index.sources.given import the_article, the_fault
from tests.pdf import a_pdf


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


def test_figures_of_a_pdf_stay(tmp_path: Path) -> None:
    rows = [(11, 60, 700 - 14 * number, town) for number, town in enumerate(("Talsund", "Velt", "Korrin"))]
    figures = [(11, 300, 700 - 14 * number, count) for number, count in enumerate(("45", "2024", "1,204"))]
    (tmp_path / "a.pdf").write_bytes(a_pdf([[*rows, *figures, (9, 300, 30, "7")]]))
    text = the_article(tmp_path / "a.pdf").text
    assert all(figure in text for figure in ("45", "2024", "1,204"))
    assert not text.rstrip().endswith("7")
