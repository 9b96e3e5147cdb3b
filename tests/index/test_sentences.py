"""Sentences and their offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.layout import read_layout
from index.analysis.sentences import split_sentences
from tests.conftest import SEEDS


def sentences(text: str, *, title: str | None = "(known)") -> list[str]:
    layout = read_layout(text, title=title)
    return [text[span.start : span.end] for span in split_sentences(text, layout) if span.evidence]


@pytest.mark.parametrize(
    "expected",
    [
        ["Mr. Torvald of the U.S. Harbour Co. left on Jan. 5.", "He came back."],
        ['"What did I get? Confirmation," he said.', "He left."],
        ['"It is open."', "She left."],
        ["It cost $3.5 mln. in all.", "No. 10 Harbour St. was sold."],
        ["The vote is at 9 a.m. Friday.", "It ends at 6 p.m. EST.", "They met at 9 a.m.", "Brandt left at noon."],
        ["Gov. J. K. Hale spoke.", "Prof. Lund agreed."],
        ["He waited… and left.", "Or not?", "Yes!"],
        ["Line one has no end mark", "Line two has."],
    ],
)
def test_boundaries(expected: list[str]) -> None:
    glue = "\n" if expected[0][-1].isalpha() else " "
    assert sentences(glue.join(expected)) == expected


def test_a_pull_quote_does_not_run_into_the_next_paragraph() -> None:
    text = (SEEDS / "002_adfbef52f63616a5.txt").read_text(encoding="utf-8")
    found = sentences(text, title=None)
    assert (
        "My desire is to share this with my European partners and to have a well-organized European approach" in found
    )
    assert (
        "Macron and Putin last spoke in July, their first known phone conversation in over two and a half years."
        in found
    )
    assert not any("Details" in sentence or "UNN\n" in sentence for sentence in found)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", ["Am 4. März trat sie zurück.", "Dr. Groß war seit 2019 im Amt.", "Am 18. Mai wird gewählt."]),
        ("zh", ["市长说，辞职是因为健康原因。", "选举在6月15日举行。"]),
        ("ar", ["هل كان يعلم بالخطر؟", "نفى الوزير ذلك."]),
        ("xx", ["The port was closed.", "It opens on Friday."]),
    ],
)  # fmt: skip
def test_each_language_ends_its_sentences_its_own_way(language: str, expected: list[str]) -> None:
    text = ("" if language == "zh" else " ").join(expected)
    spans = split_sentences(text, read_layout(text, title="(known)"), language=language)
    assert [text[span.start : span.end] for span in spans] == expected


@given(st.text(max_size=300), st.sampled_from(["en", "de", "fr", "ru", "ar", "zh", "ja", "xx"]))
def test_sentences_are_in_order_and_hold_every_letter_of_the_body(text: str, language: str) -> None:
    layout = read_layout(text, title="(known)")
    spans = split_sentences(text, layout, language=language)
    position = 0
    for span in spans:
        assert position <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        position = span.end
    covered = "".join(text[span.start : span.end] for span in spans)
    body = "".join(text[block.start : block.end] for block in layout.blocks if block.kind in ("body", "heading"))
    assert "".join(covered.split()) == "".join(body.split())
