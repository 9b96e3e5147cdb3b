"""Questions for several things: all of them are given, in one short answer or in the sentences that have them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.assistant.news import Ingest, News

ARTICLES: News = {
    "fines": (
        "2025-04-08",
        "The cartel office fined two cement makers, Ostgard and Brellin Works, on Monday for fixing prices. A third, "
        "Halm & Sons, went free because it had told the office of the talks. The fines come to 41 million crowns.",
    ),
    "flood": (
        "2025-05-02",
        "Three bridges over the Tarn were closed on Friday as the water rose. The Mill Bridge and the Old Ferry Bridge "
        "will stay shut until Monday, the town said, and so will the footbridge at Senn. The railway bridge is open.",
    ),
    "cement": ("2025-01-20", "Cement became dearer in Korvan for the third winter in a row, builders said."),
    "bread": ("2025-01-01", "Bread became dearer in Marlow."),
}


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Which two cement makers were fined?", ("Ostgard", "Brellin Works")),
        ("Which bridges over the Tarn will stay shut until Monday?", ("Mill Bridge", "Old Ferry Bridge")),
    ],
)
def test_a_list_is_given_whole(news: Ingest, question: str, parts: tuple[str, ...]) -> None:
    with news(ARTICLES) as assistant:
        answer = assistant.ask(question, now=date(2025, 6, 1))
    assert answer.short and all(part in answer.short for part in parts)
    assert answer.short in answer.text
    assert "Halm" not in answer.short and "railway" not in answer.short


def test_what_is_one_thing_stays_one(news: Ingest) -> None:
    with news(ARTICLES) as assistant:
        answer = assistant.ask("Which cement maker went free?", now=date(2025, 6, 1))
    assert answer.short and "Halm & Sons" in answer.short and "Ostgard" not in answer.short
