"""What the documents say is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, SEEDS


def test_the_python_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").symlink_to(SEEDS)
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)
    assert "July" in str(names["answer"])


def test_every_file_stands_in_the_map() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for file in (ROOT / "evals").rglob("*.py"):
        name = file.relative_to(ROOT).as_posix()
        whole = name.count("/") > 1 and f"`{file.parent.relative_to(ROOT).as_posix()}/`" in text
        assert file.name == "__init__.py" or whole or f"`{name}`" in text, name
    for room in ("index", "assistant"):
        for file in (ROOT / room).rglob("*.py"):
            if file.name == "__init__.py":
                continue
            if "training" in file.relative_to(ROOT).parts:  # has a map of its own
                assert file.stem in (file.parent / "README.md").read_text(encoding="utf-8")
                continue
            name = file.relative_to(ROOT).as_posix()
            assert name in text or (name.startswith("index/sources/") and file.name in text)


def test_examples_in_docstrings_hold() -> None:
    import doctest
    import importlib

    modules = [
        file.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        for room in ("index", "assistant", "evals")
        for file in (ROOT / room).rglob("*.py")
        # What makes weights needs onnx and torch, which users do not.
        if file.name != "__init__.py" and "training" not in file.relative_to(ROOT).parts
    ]
    tried = 0
    for name in modules:
        result = doctest.testmod(importlib.import_module(name))
        assert result.failed == 0, name
        tried += result.attempted
    assert tried >= 5


def test_every_key_and_code_of_an_answer_is_explained() -> None:
    from assistant.types import Answer

    api = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert [key for key in Answer("", "", True, "").to_json() if f"`{key}`" not in api] == []
    sources = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "assistant").rglob("*.py"))
    codes = {
        *re.findall(r"(?:Notice|Finding)\(\"(\w+)\"", sources),
        "contradiction",
        "newer_count",
        "newer_plan",
        "occasions",
    }
    assert [code for code in sorted(codes) if f"`{code}`" not in api] == []


def test_the_readme_names_what_is_run_first() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"make {target}" in readme for target in ("ask", "web", "test"))
