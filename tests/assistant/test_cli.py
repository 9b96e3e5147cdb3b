"""The command line, as a person types it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from assistant.terminal import cli
from index.errors import FileBinary, FileEmpty, LineMalformed, SomeFailed
from tests.conftest import ROOT, SEEDS, write_jsonl


@pytest.fixture
def store(seed_store: Any) -> str:
    return str(seed_store.store.path)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Type a command; gives back exit code, what was printed, what was said beside it."""

    def type_it(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["assistant", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        printed = capsys.readouterr()
        return int(stopped.value.code or 0), printed.out, printed.err

    return type_it


def test_ask_prints_the_answer_with_numbered_sources(run: Any, store: str) -> None:
    code, out, _ = run("ask", "--store", store, "When did Macron and Putin last speak?")
    assert code == 0
    flat = " ".join(out.split())
    assert "Macron and Putin last spoke in July, their first known phone conversation" in flat
    assert 'years. [1] (“July”: the article is undated) Sources [1] "Without pressure' in flat
    assert "seeds/002_adfbef52f63616a5.txt, 2100-2203" in flat
    assert "answered by extractive" in flat


def test_a_refusal_is_a_good_outcome(run: Any, store: str) -> None:
    code, out, _ = run("ask", "--store", store, "Who", "shot", "Putin?")
    assert code == 0
    assert "The articles do not answer this question." in out
    assert "Nearest passages" in out


def test_ask_json(run: Any, store: str) -> None:
    code, out, _ = run("ask", "--store", store, "--json", "When did Macron and Putin last speak?")
    answer = json.loads(out)
    assert code == 0
    assert answer["citations"][0]["quote"] == answer["answer"]


@pytest.mark.slow
def test_a_terminal_that_lacks_a_letter_gets_another_in_its_place(tmp_path: Path) -> None:
    text = "Zoë Müller opened the Café Ångström in Esk on Monday."
    write_jsonl(tmp_path / "a" / "a.jsonl", {"id": "1", "title": "Café", "text": text})
    for arguments in (["ingest", str(tmp_path / "a")], ["ask", "Who opened the Café Ångström?"]):
        done = subprocess.run(
            [sys.executable, "-m", "assistant.terminal.cli", *arguments, "--store", str(tmp_path / "store")],
            capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": "ascii"}, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert "Zo? M?ller opened the Caf? ?ngstr?m in Esk on Monday." in " ".join(done.stdout.split())


def test_search_says_why(run: Any, store: str) -> None:
    code, out, _ = run("search", "--store", store, "--top-k", 1, "call Putin July")
    assert code == 0
    assert "meaning: place 1" in out
    assert json.loads(run("search", "--store", store, "--json", "July")[1])[0]["why"]["words_rank"] == 1


def test_articles_list_show_and_remove(run: Any, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert run("ingest", SEEDS, "--store", store)[0] == 0
    listed = json.loads(run("articles", "list", "--store", store, "--json")[1])
    assert [item["agency"] for item in listed] == ["LiLuX", "UNN"]
    shown = json.loads(run("articles", "show", listed[1]["id"], "--store", store, "--json")[1])
    assert list(shown) == [
        "id",
        "text",
        "uri",
        "title",
        "published",
        "author",
        "agency",
        "place",
        "language",
        "published_from",
        "updated",
    ]
    assert shown["text"] == (SEEDS / "002_adfbef52f63616a5.txt").read_text(encoding="utf-8")
    assert "Kyiv" in run("articles", "show", listed[1]["id"], "--store", store)[1]
    assert run("articles", "remove", listed[1]["id"], "--store", store)[1] == "1 removed\n"
    assert listed[1]["id"] not in run("articles", "list", "--store", store)[1]
    code, _, err = run("articles", "remove", listed[0]["id"], "no-such-id", "--store", store)
    assert (code, "no-such-id" in err) == (11, True)
    assert listed[0]["id"] in run("articles", "list", "--store", store)[1]


def test_status_and_doctor(run: Any, store: str) -> None:
    status = json.loads(run("status", "--store", store, "--json")[1])
    assert (status["articles"], status["chunks_to_embed"], status["languages"]) == (2, 0, {"en": 2})
    assert "articles" in run("status", "--store", store)[1]
    code, out, _ = run("doctor", "--store", store)
    assert (code, "BAD" in out) == (0, False)
    assert run("doctor", "--store", "nowhere")[0] == 0


def test_chat_answers_line_by_line(store: str) -> None:
    lines = "When did Macron and Putin last speak?\n\nWho shot Putin?\n" + "x" * 3000 + "\nWho is Emmanuel Bonne?\n"
    command = [sys.executable, "-m", "assistant.terminal.cli", "chat", "--json", "--store", store]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, cwd=ROOT, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["refused"] for answer in answers] == [False, True, False]
    assert done.stderr.strip() == (
        "Error: the question has 3,000 characters; 2,000 at most (ASSISTANT_MAX_QUESTION_CHARACTERS)"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("ask", "When?", "--store", "nowhere"), 4, "there is no store at nowhere"),
        (("ask", "  ", "--store", "STORE"), 10, "the question is empty"),
        (("ask", "x" * 100_000, "--store", "STORE"), 10, "100,000 characters"),
        (("articles", "show", "none", "--store", "STORE"), 11, "no article 'none'"),
        (("ingest", "nowhere", "--store", "TMP/s"), 20, None),
        (("ask",), 2, "Missing argument"),
        (("frobnicate",), 2, "No such command"),
    ],
)
def test_a_mistake_gets_one_line_and_a_code_of_its_own(
    run: Any, store: str, tmp_path: Path, arguments: tuple[str, ...], code: int, said: str | None
) -> None:
    typed = [argument.replace("STORE", store).replace("TMP", str(tmp_path)) for argument in arguments]
    exit_code, out, err = run(*typed)
    assert exit_code == code
    assert "Traceback" not in out + err
    if said:
        assert said in err
        assert len(err.strip().splitlines()) == 1 or code == 2


def test_a_fault_in_a_batch_sets_the_exit_code_and_the_rest_is_read(run: Any, tmp_path: Path) -> None:
    folder, store = tmp_path / "news", tmp_path / "store"
    write_jsonl(folder / "a.jsonl", {"text": "The bridge to Brask opened on Monday."}, "{oops")
    code, out, err = run("ingest", folder, "--store", store)
    assert (code, out) == (LineMalformed.exit_code, "1 added, 0 updated, 0 unchanged, 0 removed, 1 failed\n")
    [line] = err.splitlines()
    assert line.startswith("failed: news/a.jsonl line 2 is not JSON")
    (folder / "empty.txt").write_text("")
    assert run("ingest", folder, "--store", store)[0] == SomeFailed.exit_code
    (folder / "a.jsonl").unlink()
    assert run("ingest", folder, "--store", store)[0] == FileEmpty.exit_code
    (folder / "empty.txt").write_bytes(bytes(range(256)))
    assert run("ingest", folder, "--store", store)[0] == FileBinary.exit_code


def test_ingest_json_reports_every_list(run: Any, tmp_path: Path) -> None:
    code, out, _ = run("ingest", SEEDS, "--store", tmp_path / "store", "--json")
    report = json.loads(out)
    assert code == 0
    assert len(report["added"]) == 2
    assert {"added", "updated", "unchanged", "removed", "failed"} <= set(report)


def test_debug_shows_where_an_error_came_from(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "assistant.terminal.cli",
        "ask",
        "Who?",
        "--store",
        str(tmp_path / "none"),
        "--debug",
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert "Traceback" in done.stderr
    assert "StoreMissing" in done.stderr


def test_articles_cannot_steer_the_terminal(run: Any, tmp_path: Path) -> None:
    text = "The bridge to Brask \x1b[31mopened\x1b[0m on Monday [bold]at noon[/bold]\u202e."
    write_jsonl(tmp_path / "news" / "a.jsonl", {"title": "Bri\x1bdge", "text": text})
    run("ingest", tmp_path / "news", "--store", tmp_path / "store")
    out = run("ask", "When did the bridge to Brask open?", "--store", tmp_path / "store")[1]
    assert "[bold]at noon[/bold]" in " ".join(out.split())
    assert not set("\x1b\u202e") & set(out)


@pytest.mark.parametrize("command", ["articles list", "articles list --json", "status"])
def test_a_reader_that_goes_away_gets_no_complaint(store: str, command: str) -> None:
    typed = f"{sys.executable} -m assistant.terminal.cli {command} --store {store} | true"
    done = subprocess.run(["bash", "-c", typed], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stderr == ""


def test_every_command_is_documented() -> None:
    usage = (ROOT / "docs" / "usage.md").read_text(encoding="utf-8")

    def commands(group: click.Group, prefix: str) -> list[str]:
        found = []
        for name, command in group.commands.items():
            found += commands(command, f"{prefix} {name}") if isinstance(command, click.Group) else [f"{prefix} {name}"]
        return found

    for command in commands(cli.cli, "assistant"):
        assert command in usage, f"{command} is not in docs/usage.md"


def test_the_answer_fits_a_narrow_terminal(store: str) -> None:
    command = [sys.executable, "-m", "assistant.terminal.cli", "ask", "Who is Emmanuel Bonne?", "--store", store]
    environment = {**os.environ, "COLUMNS": "40"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=True)
    assert max(map(len, done.stdout.splitlines())) <= 40


def test_the_times_of_a_text_need_no_store(run: Any, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(
        "KARSK, 12 August 2025 — The bridge opened on Monday, after two years of work.\n", encoding="utf-8"
    )
    code, out, _ = run("times", str(draft), "--json")
    found = [(one["text"], one["type"], one["value"]) for one in json.loads(out)]
    assert code == 0 and found == [("Monday", "DATE", "2025-08-11"), ("two years", "DURATION", "P2Y")]
    code, out, _ = run("times", str(draft), "--timex3", "--published", "2025-09-03")
    assert code == 0 and '<TIMEX3 tid="t1" type="DATE" value="2025-09-01">Monday</TIMEX3>' in out
    code, _, err = run("times", str(draft), "--published", "Monday")
    assert code == 3 and "2026-02-10" in err
