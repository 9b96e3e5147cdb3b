"""What the documents say is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, SEEDS


def test_the_python_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [code] = [code for code in re.findall(r"```python\n(.*?)```", readme, re.DOTALL) if "gradio_client" not in code]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").symlink_to(SEEDS)
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)
    assert "July" in str(names["answer"])


def test_every_file_stands_in_the_map() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for file in (ROOT / "evals").glob("*.py"):
        assert file.name == "__init__.py" or f"`{file.name}`" in text, file.name
    for room in ("index", "assistant"):
        for file in (ROOT / room).rglob("*.py"):
            if file.name == "__init__.py":
                continue
            if file.parent.name == "training":  # has a map of its own
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
        if file.name != "__init__.py" and file.parent.name not in ("training", "weights")
    ]
    tried = 0
    for name in modules:
        result = doctest.testmod(importlib.import_module(name))
        assert result.failed == 0, name
        tried += result.attempted
    assert tried >= 5
