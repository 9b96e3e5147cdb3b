"""Questions that people bring: a table, SQuAD's JSON, a folder of questions and articles, asked over those articles."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.terminal.cli import cli
from evals.cases import Case, read_suite
from evals.cases.importers import articles_of
from index.errors import SuiteInvalid

BRASK = "The ferry to Brask Island sank on 4 May 2024. Captain Ilse Torvald swam ashore with nine passengers."
LUND = "The council of Marlow chose Ole Brandt as mayor on 6 May 2024. He had been its treasurer for ten years."


def test_a_table_says_what_a_suite_says(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(
        'Question,Answer,evidence,number,yes_no,unanswerable,as_of,tags\n'
        '"Who swam ashore, and how?",Ilse Torvald|Torvald,"She swam, alone.|Nobody helped.",,,,2024-05-06,sea|people\n'
        "How many?,,,9,,,,\n"
        "Did it sink?,,,,yes,,,\n"
        "Who paid?,,,,,nobody is named,,\n",
        encoding="utf-8-sig",
    )  # fmt: skip
    cases = read_suite(table).cases
    assert len({case.id for case in cases}) == 4
    assert tuple(replace(case, id="") for case in cases) == (
        Case(
            "",
            "Who swam ashore, and how?",
            accept=("Ilse Torvald", "Torvald"),
            evidence=("She swam, alone.", "Nobody helped."),
            as_of=date(2024, 5, 6),
            tags=("sea", "people"),
        ),
        Case("", "How many?", number=9.0),
        Case("", "Did it sink?", yes_no=True),
        Case("", "Who paid?", unanswerable="nobody is named"),
    )


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.csv", "question,answer\nWho?,He\nWhy?,\n", "a.csv:3: what is right is missing"),
        ("a.csv", 'question,answer\n"Who\nnow?",He\nWhy?,it, rained\n', "a.csv:4: there are more cells than columns"),
        ("a.csv", "question,number\nHow many?,some\n", "a.csv:2: number has to be a number; it is 'some'"),
        ("a.csv", "question,colour\nWho?,red\n", "'colour' is no field of a case"),
        ("a.csv", "", "has no cases"),
        ("a.csv", "question,answer,accept\nWho?,He,She\n", "a.csv:1: two columns are for 'accept'"),
        (
            "a.json",
            '{"data": [{"title": "t", "paragraphs": [{"context": "x", "qas": [{"answers": [null]}]}]}]}',
            "question 1 of t-1 is none of SQuAD's",
        ),
        (
            "a.json",
            '{"data": [{"title": "t", "paragraphs": [{"context": "x", "qas": ["x"]}]}]}',
            "question 1 of t-1 is none of SQuAD's",
        ),
        ("a.csv", "question,answer,reviewed\nWho?,He,maybe\n", "a.csv:2: reviewed has to be true or false"),
        (
            "a.json",
            '{"data": [{"paragraphs": [{"context": "x", "qas": [\n{"id": "one", "question": "?", "answers": []},\n'
            '{"id": "two", "question": "", "answers": []}]}]}]}',
            "a.json:3: the question is missing",
        ),
        ("a.json", "[]", "has not the form of SQuAD's JSON"),
        ("a.json", '{"data": [{"paragraphs": [{}]}]}', "has not the form of SQuAD's JSON"),
        ("a.json", "{", "has not the form of SQuAD's JSON"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(SuiteInvalid) as raised:
        read_suite(tmp_path / name)
    assert told in str(raised.value)


def test_a_folder_without_questions_is_told(tmp_path: Path) -> None:
    with pytest.raises(SuiteInvalid, match=r"has to have questions.jsonl.gz and corpus.jsonl.gz"):
        read_suite(tmp_path)


def squad(path: Path) -> Path:
    def paragraph(text: str, *asked: tuple[str, str, str]) -> dict[str, object]:
        qas = [
            {"id": name, "question": question, "answers": [{"text": answer, "answer_start": 0}] if answer else []}
            for name, question, answer in asked
        ]
        return {"context": text, "qas": qas}

    content = {
        "version": "v2.0",
        "data": [
            {
                "title": "Brask_Island",
                "paragraphs": [
                    paragraph(
                        BRASK,
                        ("q1", "Who swam ashore from the ferry to Brask Island?", "Ilse Torvald"),
                        ("q2", "Who won the chess final of Brask Island?", ""),
                    )
                ],
            },
            {
                "title": "Marlow",
                "paragraphs": [paragraph(LUND, ("q3", "Who was chosen as mayor of Marlow?", "Ole Brandt"))],
            },
        ],
    }
    path.write_text(json.dumps(content))
    return path


def folder_of_data(path: Path) -> Path:
    path.mkdir()
    articles = [
        {"id": "brask", "title": "Ferry sinks", "date": "2024-05-05", "text": BRASK},
        {"id": "marlow", "title": "New mayor", "date": "2024-05-07", "text": LUND},
    ]
    questions = [
        {"id": "q1", "question": "Who swam ashore from the ferry to Brask Island?", "answers": ["Ilse Torvald"],
         "evidence": ["brask"], "type": "answerable"},
        {"id": "q2", "question": "Who won the chess final of Brask Island?", "answers": [], "evidence": []},
        {"id": "q3", "question": "And whom did it choose?", "answers": ["Ole Brandt"], "evidence": ["marlow"],
         "history": [{"role": "user", "text": "What did the council of Marlow do?"},
                     {"role": "agent", "text": "The council of Marlow chose a mayor."}],
         "question_date": "2024-05-08T00:00:00"},
    ]  # fmt: skip
    for name, rows in (("corpus", articles), ("questions", questions)):
        with gzip.open(path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_squad_and_a_folder_are_asked_over_the_articles_that_they_bring(tmp_path: Path) -> None:
    brought = {"squad": squad(tmp_path / "squad.json"), "data": folder_of_data(tmp_path / "data")}
    for name, path in brought.items():
        out, store = tmp_path / f"{name}.run.json", tmp_path / f"{name}.store"
        done = CliRunner().invoke(
            cli, ["eval", "run", "--data", str(path), "--store", str(store), "--out", str(out)], standalone_mode=False
        )
        assert done.exception is None, done.output
        cases = {case["id"]: case for case in json.loads(out.read_text())["cases"]}
        assert {name: case["measures"]["right"] for name, case in cases.items()} == {"q1": 1.0, "q2": 1.0, "q3": 1.0}
        assert [cases[name]["measures"]["recall@1"] for name in ("q1", "q3")] == [1.0, 1.0]
        assert cases["q2"]["measures"]["recall@1"] is None or name == "squad"
    case = {case.id: case for case in read_suite(brought["data"]).cases}["q3"]
    assert (case.now, case.history) == (
        date(2024, 5, 8),
        (("What did the council of Marlow do?", "The council of Marlow chose a mayor."),),
    )


def test_some_of_the_questions_are_drawn_the_same_each_time(tmp_path: Path) -> None:
    path = folder_of_data(tmp_path / "data")
    place = ["--data", str(path), "--store", str(tmp_path / "store"), "--sample", "2", "--json"]
    drawn = []
    for seed in ("1", "1", "2"):
        done = CliRunner().invoke(cli, ["eval", "run", *place, "--seed", seed], standalone_mode=False)
        drawn.append([case["id"] for case in json.loads(done.stdout)["run"]["cases"]])
    assert drawn[0] == drawn[1] and len(drawn[0]) == 2


def test_what_brings_no_articles_cannot_fill_a_store(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("question,answer\nWho?,He\n")
    place = ["--data", str(tmp_path / "mine.csv"), "--store", str(tmp_path / "store")]
    done = CliRunner().invoke(cli, ["eval", "run", *place], standalone_mode=False)
    assert isinstance(done.exception, SuiteInvalid) and "brings no articles" in str(done.exception)
    assert done.exception.exit_code == 2


def test_a_data_set_is_not_poured_among_ones_own_articles(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "mayor.txt").write_text("The mayor of Holmdal is Oren Sal.")
    place = ["--store", str(tmp_path / "store")]
    assert CliRunner().invoke(cli, ["ingest", str(own), *place], standalone_mode=False).exception is None
    path = folder_of_data(tmp_path / "data")
    done = CliRunner().invoke(cli, ["eval", "run", "--data", str(path), *place], standalone_mode=False)
    assert getattr(done.exception, "exit_code", 0) == 2 and "a store of its own" in str(done.exception)
    for _ in range(2):
        apart = ["--store", str(tmp_path / "apart")]
        done = CliRunner().invoke(cli, ["eval", "run", "--data", str(path), *apart], standalone_mode=False)
        assert done.exception is None, done.output


def test_articles_of_squad_without_a_title_are_told_apart(tmp_path: Path) -> None:
    paragraph = {"context": "Ilse swam.", "qas": [{"question": "Who swam?", "answers": [{"text": "Ilse"}]}]}
    path = tmp_path / "two.json"
    path.write_text(json.dumps({"data": [{"paragraphs": [paragraph]}, {"paragraphs": [paragraph | {"qas": None}]}]}))
    assert [case.articles for case in read_suite(path).cases] == [("two-1-1",)]
    with articles_of(path) as made:
        assert len({json.loads(line)["id"] for line in made.read_text().splitlines()}) == 2
