"""Settings: defaults, then the file, then the environment, then flags; slips are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import SettingsInvalid
from assistant.settings import Settings, read_settings
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_each_source_wins_over_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().store == Path(".assistant")
    Path("assistant.toml").write_text('store = "from-file"\ntop_k = 7\n')
    assert (read_settings().store, read_settings().top_k) == (Path("from-file"), 7)
    monkeypatch.setenv("ASSISTANT_STORE", "from-environment")
    assert read_settings().store == Path("from-environment")
    assert read_settings(store="from-flag").store == Path("from-flag")
    assert read_settings(store=None).store == Path("from-environment")


def test_a_slip_in_the_environment_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_TOPK", "7")
    with pytest.raises(SettingsInvalid, match="ASSISTANT_TOPK is not a setting"):
        read_settings()


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("topk = 7", "'topk'"),
        ("top_k = 0", "'top_k' is 0"),
        ("chunk_tokens = 4096", "'chunk_tokens' is 4096"),
        ("top_k = ", "assistant.toml cannot be read"),
    ],
)
def test_a_slip_in_the_file_is_told(toml: str, said: str) -> None:
    Path("assistant.toml").write_text(toml)
    with pytest.raises(SettingsInvalid, match=said):
        read_settings()


def test_every_setting_is_documented() -> None:
    usage = (ROOT / "docs" / "usage.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"`{name}`" in usage
