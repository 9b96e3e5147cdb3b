"""Asking as of a day, or of what was published in some days: what lies outside has no influence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.settings import Settings
from index.errors import ArticleUnknown, DateInvalid, OutletUnknown

MAYORS = [
    ("2019", "2019-03-01", "Ole Brandt was elected mayor of Esk on Sunday."),
    ("2022", "2022-06-10", "Ilse Torvald was elected mayor of Esk on Sunday."),
    ("2024", "2024-09-02", "Petra Lund was elected mayor of Esk on Sunday."),
    ("month", "2022-07", "Anna Holm was elected deputy mayor of Esk."),
    ("undated", None, "Jon Quill was elected mayor of Esk on Sunday."),
]


@pytest.fixture(scope="module", params=["exact", "chroma"])
def esk(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("esk")
    (folder / "news.jsonl").write_text(
        "\n".join(
            json.dumps({"id": name, "title": f"Esk elects {name}", "text": text, "published": published})
            for name, published, text in MAYORS
        )
    )
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "chroma":
            patch.setattr("index.storage.store.EXACT_UP_TO", 0)
            patch.setattr("index.storage.store.EXACT_WINDOW", 0)
        with Assistant.open(folder / "store", settings=Settings()) as assistant:
            assistant.ingest([folder / "news.jsonl"])
            yield assistant


QUESTION = "Who was elected mayor of Esk?"


@pytest.mark.parametrize(
    ("as_of", "known"),
    [
        (date(2018, 1, 1), set()),
        (date(2019, 3, 1), {"2019"}),
        (date(2022, 7, 30), {"2019", "2022"}),  # July is not over: what was published in it may be of tomorrow
        (date(2022, 7, 31), {"2019", "2022", "month"}),
        (date(2030, 1, 1), {"2019", "2022", "2024", "month"}),
    ],
)
def test_as_of_a_day_nothing_later_is_known(esk: Assistant, as_of: date, known: set[str]) -> None:
    assert {passage.article.id for passage in esk.search(QUESTION, as_of=as_of)} == known
    answer = esk.ask(QUESTION, as_of=as_of)
    assert {citation.article_id for citation in answer.citations} <= known
    assert {passage.article.id for passage in answer.passages} <= known
    assert answer.now == as_of.isoformat()
    [notice] = [notice.message for notice in answer.notices if notice.code == "published"]
    assert "1 article was left out because no date is known" in notice


def test_from_and_to_bound_what_was_published(esk: Assistant) -> None:
    def found(first: date | None, last: date | None) -> set[str]:
        return {passage.article.id for passage in esk.search(QUESTION, published=(first, last))}

    assert found(date(2022, 1, 1), date(2022, 6, 30)) == {"2022"}
    assert found(date(2022, 6, 11), None) == {"2024", "month"}
    assert found(None, None) == {name for name, _, _ in MAYORS}
    both = esk.search(QUESTION, published=(None, date(2030, 1, 1)), as_of=date(2020, 1, 1))
    assert {passage.article.id for passage in both} == {"2019"}
    with pytest.raises(DateInvalid, match="2 January 2020, is after the last, 1 January 2020"):
        esk.ask(QUESTION, published=(date(2020, 1, 2), date(2020, 1, 1)))


def test_an_answer_is_that_of_a_store_that_never_had_the_later_articles(esk: Assistant, tmp_path: Path) -> None:
    day = date(2022, 6, 30)
    with Assistant.open(tmp_path / "store", settings=Settings()) as earlier:
        (tmp_path / "news.jsonl").write_text(
            "\n".join(
                json.dumps({"id": name, "title": f"Esk elects {name}", "text": text, "published": published})
                for name, published, text in MAYORS[:2]
            )
        )
        earlier.ingest([tmp_path / "news.jsonl"])
        then, now = earlier.ask(QUESTION, now=day), esk.ask(QUESTION, as_of=day)
    assert now.text == then.text
    assert [citation.quote for citation in now.citations] == [citation.quote for citation in then.citations]


def test_the_best_of_a_window_are_found_however_few_it_keeps(tmp_path: Path) -> None:
    """The same hits as from a search of everything, filtered."""
    stories = [
        {
            "id": f"{number:03}",
            "title": f"Harbour note {number}",
            "text": f"The harbour master of Esk counted {number + 100} ships. Fog lay over pier {number % 7}.",
            "published": (date(2024, 1, 1) + timedelta(days=number)).isoformat(),
        }
        for number in range(300)
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, stories)))
    with pytest.MonkeyPatch.context() as patch, Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        assistant.ingest([tmp_path / "news.jsonl"])
        store = assistant.store
        from index.search.query import plan_query
        from index.types import Window

        query = plan_query(store, "How many ships did the harbour master count in the fog?")
        all_of_them = [hit for hit, _ in store.search_vectors(query.vector, 300)]
        for days in (3, 200):
            window = Window(date(2024, 2, 1), date(2024, 2, 1) + timedelta(days=days - 1))
            wanted = [hit for hit in all_of_them if hit in store.within(window).ids][:50]
            assert len(store.within(window).ids) == days
            for exact_up_to in (5000, 0):
                patch.setattr("index.storage.store.EXACT_UP_TO", exact_up_to)
                patch.setattr("index.storage.store.EXACT_WINDOW", exact_up_to)
                assert [hit for hit, _ in store.search_vectors(query.vector, 50, window)] == wanted
                words = {hit for hit, _ in store.search_words(query.search_terms, 50, window)}
                assert len(words) == min(50, days) and words <= store.within(window).ids


def test_the_command_line_takes_the_same_days(esk: Assistant) -> None:
    from click.testing import CliRunner

    from assistant.terminal.cli import cli

    place = ["--store", str(esk.store.path), "--json"]
    ran = CliRunner().invoke(cli, ["search", QUESTION, "--as-of", "2022-06-30", "--from", "2020-01-01", *place])
    assert [passage["article_id"] for passage in json.loads(ran.output)] == ["2022"]
    wrong = CliRunner().invoke(cli, ["search", QUESTION, "--as-of", "2022-02-31", *place])
    assert wrong.exit_code == 2 and "2022-02-31" in wrong.output


OUTLETS = [
    {"id": "post", "title": "Esk", "agency": "Esk Post", "text": "Petra Lund was elected mayor of Esk on Sunday."},
    {
        "id": "web",
        "title": "Esk",
        "url": "https://www.marlow.example/esk",
        "text": "Jon Quill was elected mayor of Esk.",
    },
    {"id": "none", "title": "Esk", "published": "2024-05-03", "text": "Ole Brandt was elected mayor of Esk."},
]


def test_only_some_outlets_or_articles_count(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, OUTLETS)))
    with Assistant.open(tmp_path / "store", settings=Settings()) as assistant:
        assistant.ingest([tmp_path / "news.jsonl"])

        def found(**options: Any) -> set[str]:
            return {passage.article.id for passage in assistant.search(QUESTION, **options)}

        assert assistant.outlets() == {"Esk Post": 1, "marlow.example": 1}
        assert found(outlets=["Esk Post"]) == {"post"}
        assert found(outlets="marlow.example") == {"web"}
        assert found(articles=["none", "post"]) == {"none", "post"}
        assert found(articles=["none", "post"], outlets=["Esk Post"]) == {"post"}
        assert found(articles=["none", "post"], as_of=date(2024, 6, 1)) == {"none"}
        answer = assistant.ask(QUESTION, articles=["post"])
        assert [note.message for note in answer.notices if note.code == "published"] == ["Searched only “Esk”."]
        with pytest.raises(OutletUnknown, match=r"'Post'; this store has: Esk Post, marlow\.example"):
            assistant.ask(QUESTION, outlets=["Post"])
        with pytest.raises(ArticleUnknown, match="no article 'x'"):
            assistant.ask(QUESTION, articles=["x"])


def test_a_later_word_does_not_take_a_slip_for_itself(tmp_path: Path) -> None:
    """As of February the answer is that of a store that never had the article of June."""
    articles = [
        ("won", "2025-01-10", "The miller Zorvax Tinn won the prize for the best bread in Obermar."),
        ("mill", "2025-01-11", "The council of Obermar met about the mill road."),
        ("later", "2025-06-01", "Zorvex shares rose by 3 percent, dealers said."),
    ]
    answers = []
    for count in (2, 3):
        records = [{"id": name, "published": day, "text": text} for name, day, text in articles[:count]]
        news = tmp_path / f"news-{count}.jsonl"
        news.write_text("\n".join(map(json.dumps, records)))
        with Assistant.open(tmp_path / f"store-{count}", settings=Settings()) as assistant:
            assistant.ingest([news])
            answers.append(assistant.ask("What prize did Zorvex Tinn win?", as_of=date(2025, 2, 1)))
    never, with_later = answers
    assert not never.refused and with_later.text == never.text
    assert [note.message for note in with_later.notices] == [note.message for note in never.notices]
