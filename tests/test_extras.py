"""Without an extra all else works, and what needs it says so in a line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import Assistant
from assistant.model import tokens
from assistant.settings import Settings
from assistant.terminal.cli import cli
from index.errors import ExtraMissing, SuiteInvalid
from tests.conftest import ROOT


def test_the_page_without_gradio_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "gradio", None)
    done = CliRunner().invoke(cli, ["web", "--store", str(tmp_path)], standalone_mode=False)
    assert isinstance(done.exception, ExtraMissing)
    assert str(done.exception) == "the page needs gradio: pip install 'article-assistant[web]'"


@pytest.mark.parametrize("library", ["yaml", "scipy", "matplotlib", "pytrec_eval"])
def test_evaluations_without_their_libraries_say_what_to_install(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    done = CliRunner().invoke(cli, ["eval", "run", "evals/suites/seeds.yaml"], standalone_mode=False)
    assert isinstance(done.exception, SuiteInvalid)
    assert str(done.exception) == f"evaluations need {library}: pip install 'article-assistant[evals]'"


def test_what_is_handed_in_without_llama_index_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "llama_index.core.callbacks", None)
    monkeypatch.delitem(sys.modules, "assistant.model.llama_index", raising=False)
    with pytest.raises(ExtraMissing, match=r"article-assistant\[llama-index\]"):
        Assistant.open(tmp_path, settings=Settings(), llm=object())


def test_tokens_are_estimated_where_nothing_has_kept_the_encoding(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = "The ferry opened on Monday."
    exact = tokens.count_tokens(said)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    monkeypatch.setitem(sys.modules, "llama_index", None)
    monkeypatch.setattr(tokens, "_encoding", tokens._encoding.__wrapped__)
    assert (exact, tokens.count_tokens(said), tokens.count_tokens("")) == (6, 7, 0)


def test_what_only_makers_run_is_not_packed() -> None:
    import tomllib

    from setuptools import find_namespace_packages

    found = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]["find"]
    packed = find_namespace_packages(str(ROOT), include=found["include"], exclude=found["exclude"])
    assert {"evals.cases", "evals.runs", "evals.measures", "evals.reports", "index.times"} <= set(packed)
    assert not [name for name in packed if name.split(".")[1:2] in (["bench"], ["research"], ["training"])]
