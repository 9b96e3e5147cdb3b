"""The house rules that a machine can hold: who imports whom, and what starts up light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

MAY_IMPORT = {
    "index": {"index"},
    "prompts": {"prompts"},
    "assistant": {"assistant", "index", "prompts"},
    "evals": {"evals", "assistant", "index", "prompts"},
}
ROOMS = set(MAY_IMPORT) | {"tests"}


def modules(room: str) -> list[Path]:
    return sorted(file for file in (ROOT / room).rglob("*.py") if file.parent.name != "training")


def imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_room_imports_only_what_it_may(room: str) -> None:
    for file in modules(room):
        rooms = {name.split(".")[0] for name in imported(file)} & ROOMS
        assert rooms <= MAY_IMPORT[room], f"{file} imports {rooms - MAY_IMPORT[room]}"


@pytest.mark.parametrize(
    ("library", "owners"),
    [
        ("chromadb", {"index/storage/vectors.py"}),
        (
            "sqlite3",
            {
                "index/storage/catalog.py",
                "index/storage/rows.py",
                "index/storage/schema.py",
                "assistant/terminal/doctor.py",
                "assistant/user_data.py",
            },
        ),
        ("onnxruntime", {"index/models/sessions.py", "index/weights/bert.py"}),
        ("sentencex", {"index/analysis/sentences.py"}),
        ("simplemma", {"index/analysis/terms.py"}),
        ("click", {"assistant/terminal/cli.py", "assistant/terminal/cli_options.py"}),
        ("openai", {"assistant/model/openai.py"}),
        ("tiktoken", {"assistant/model/tokens.py"}),
        ("llama_index", {"assistant/model/llama_index.py"}),
        (
            "gradio",
            {
                f"assistant/web/{name}.py"
                for name in ("page", "timeline_tab", "corpus_tab", "faults", "history_tab", "reactions", "api")
            },
        ),
        ("rich", {"assistant/terminal/render.py"}),
        ("pydantic_settings", {"assistant/settings.py"}),
    ],
)
def test_a_library_is_used_in_the_file_that_owns_it(library: str, owners: set[str]) -> None:
    users = {
        file.relative_to(ROOT).as_posix()
        for room in ("index", "assistant")
        for file in modules(room)
        if library in {name.split(".")[0] for name in imported(file)}
    }
    assert users == owners


def test_starting_the_command_line_loads_nothing_heavy() -> None:
    heavy = "chromadb gradio onnxruntime numpy pydantic simplemma py3langid rich tokenizers"
    code = f"import sys, assistant.terminal.cli; print([m for m in {heavy.split()!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_every_error_has_an_exit_code_of_its_own_and_stands_in_the_tree() -> None:
    from index import errors

    classes = [
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, errors.AssistantError) and "exit_code" in vars(value)
    ]
    codes = [error.exit_code for error in classes]
    assert len(set(codes)) == len(codes)
    for error in classes:
        assert f"{error.__name__} ({error.exit_code})" in (errors.__doc__ or "")


def test_the_exported_names_stay() -> None:
    import assistant

    assert set(assistant.__all__) >= {"Assistant", "AsyncAssistant", "Answer", "Citation", "Sentence", "REFUSAL"}
    assert all(hasattr(assistant, name) for name in assistant.__all__)
