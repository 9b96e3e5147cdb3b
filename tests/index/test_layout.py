"""Which lines of a news text are evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.layout import read_layout
from tests.conftest import SEEDS

KYIV = (SEEDS / "002_adfbef52f63616a5.txt").read_text(encoding="utf-8")
LILUX = (SEEDS / "000_f7c9105c749ce258.txt").read_text(encoding="utf-8")


def lines(text: str, kind: str, title: str | None = None) -> list[str]:
    return [text[block.start : block.end] for block in read_layout(text, title=title).blocks if block.kind == kind]


def test_the_first_line_is_the_title() -> None:
    assert read_layout(LILUX).title == "Macron says work under way to resume contact with Putin"
    assert lines(LILUX, "title") == [read_layout(LILUX).title]


def test_a_dateline_gives_place_and_agency() -> None:
    layout = read_layout(KYIV)
    assert (layout.place, layout.agency, layout.author) == ("Kyiv", "UNN", None)
    assert lines(KYIV, "dateline") == ["Kyiv • UNN"]


def test_a_closing_signature_gives_author_and_agency() -> None:
    layout = read_layout(LILUX)
    assert (layout.author, layout.agency, layout.place) == ("P.Ries", "LiLuX", None)
    assert lines(LILUX, "signature") == ["P.Ries--LiLuX"]


def test_a_sub_heading_is_no_evidence_but_a_pull_quote_is() -> None:
    assert lines(KYIV, "heading") == ["Details"]
    pull_quote = "My desire is to share this with my European partners and to have a well-organized European approach"
    assert pull_quote in lines(KYIV, "body")


@pytest.mark.parametrize(
    ("opening", "place", "agency", "body"),
    [
        ("(CNN) The bridge is open.", None, "CNN", "The bridge is open."),
        ("MARLOW (AP) — The bridge is open.", "MARLOW", "AP", "The bridge is open."),
        ("MARLOW (AP), 3 March 2024 - The bridge is open.", "MARLOW", "AP", "The bridge is open."),
        ("MARLOW (AP) March 3, 2024 — The bridge is open.", "MARLOW", "AP", "The bridge is open."),
        (
            "BRASK, Norland, March 3 (Reuters) - The bridge is open.",
            "BRASK, Norland",
            "Reuters",
            "The bridge is open.",
        ),
        ("PORT HALE — The bridge is open.", "PORT HALE", None, "The bridge is open."),
        ("BRASK, March 3 (Reuters) - The bridge is open.", "BRASK", "Reuters", "The bridge is open."),
        ("NATO said the bridge is open.", None, None, "NATO said the bridge is open."),
        ("Ilse Torvald (Harbour Board) said it is open.", None, None, "Ilse Torvald (Harbour Board) said it is open."),
    ],
)
def test_a_dateline_inside_the_first_paragraph_is_cut_off(
    opening: str, place: str | None, agency: str | None, body: str
) -> None:
    text = f"Bridge opens\n{opening}"
    layout = read_layout(text)
    assert (layout.place, layout.agency) == (place, agency)
    assert lines(text, "body") == [body]


def test_a_byline_gives_the_author() -> None:
    text = "Bridge opens\nBy Ilse Torvald, Coastal Wire\nThe bridge opened on Monday."
    layout = read_layout(text)
    assert (layout.author, layout.agency) == ("Ilse Torvald", "Coastal Wire")
    assert lines(text, "body") == ["The bridge opened on Monday."]


def test_a_single_line_is_all_body() -> None:
    assert read_layout("The bridge opened on Monday.").title is None
    assert lines("The bridge opened on Monday.", "body") == ["The bridge opened on Monday."]


def test_a_known_title_is_not_taken_from_the_first_line_again() -> None:
    text = "The bridge opened on Monday.\nIt is long."
    assert lines(text, "body", title="Bridge opens") == ["The bridge opened on Monday.", "It is long."]
    assert lines("Bridge  opens\nIt is long.", "title", title="Bridge opens") == ["Bridge  opens"]


def test_a_list_is_no_row_of_headings() -> None:
    text = "Medals\nThe table after day two shows this.\nNorland 3 gold\nBrask 2 gold\nHale 1 gold"
    assert lines(text, "heading") == []


def test_text_wrapped_at_a_fixed_width_is_read_in_paragraphs() -> None:
    text = (
        "Bridge opens\n\n"
        "The harbour board of Marlow Sound opened the long delayed bridge to\n"
        "Brask Island on Monday after three years of work that had cost more\n"
        "than twice what the board had promised the town at the very start\n"
        "of the works.\n\n"
        "Captain Torvald was not there.\n"
    )
    first, second = lines(text, "body")
    assert first.endswith("start\nof the works.")
    assert second == "Captain Torvald was not there."


def test_wrapped_text_with_a_known_title_keeps_its_first_line_in_its_sentence() -> None:
    wrapped = (
        "The harbour board of Marlow Sound said on Monday that it had opened the\n"
        "new ferry line to Brask Island after three years of work that cost more\n"
        "than twice what the board had promised to the town at the very start of\n"
        "the works and of the inquiry.\n"
    )
    assert len(lines(wrapped, "body", title="Ferry opens")) == 1


def test_a_list_of_names_does_not_hang() -> None:
    names = " and ".join(["Ann"] * 2000)
    assert read_layout(f"Bridge opens\nBy {names} !\nThe bridge opened.").author is None
    assert read_layout("Bridge opens\nBy " + "A " * 90 + "!\nThe bridge opened.").author is None


@pytest.mark.parametrize("opening", ["الوزير افتتح الجسر — أمس.", "мост открыт — сегодня."])
def test_scripts_without_capitals_have_no_dateline_of_capitals(opening: str) -> None:
    assert lines(f"Title\n{opening}", "body") == [opening]


@given(st.text(alphabet="ab .\n•()-—'\"A1é", max_size=300))
def test_blocks_are_in_order_inside_the_text_and_hold_all_that_is_not_white_space(text: str) -> None:
    position = 0
    for block in read_layout(text).blocks:
        assert block.start < block.end
        assert not text[position : block.start].strip()
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        position = block.end
    assert not text[position:].strip()


def test_a_dateline_on_a_line_of_its_own_still_tells_place_and_agency() -> None:
    layout = read_layout("Bridge opens\nKYIV (Reuters) —\nThe bridge opened on Monday.")
    assert (layout.place, layout.agency) == ("KYIV", "Reuters")
