"""Edits of a report do what their names say, and the script tells how many of its copies are found."""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from pathlib import Path

import pytest

from evals.research.copies import KINDS, Desk, main
from index.training.sources import Article

PAIRS = json.loads((Path(__file__).parents[2] / "index" / "near_copies.json").read_text(encoding="utf-8"))
TEXTS = [pair["first"] for pair in PAIRS if not pair["copies"]]


def desk() -> Desk:
    return Desk(Article("other", "The other title", TEXTS[1], "invented"), random.Random(1))


def test_edits_do_what_their_names_say() -> None:
    text = TEXTS[5]
    figures = re.findall(r"\d+", text)
    assert text.startswith(desk().cut(text, 0.4))
    assert len(desk().cut(text, 0.4).split()) == round(0.4 * len(text.split()))
    assert sorted(desk().sentences_reordered(text).split()) == sorted(text.split())
    assert desk().titled(text) == f"The other title\n\n{text}"
    assert desk().opened(text).endswith(text)
    edited = desk().edited(text).split()
    assert re.findall(r"\d+", " ".join(edited)) == figures
    assert 3 <= sum(old != new for old, new in zip(text.split(), edited, strict=True)) <= 6


@pytest.mark.parametrize("fitting", [True, False])
def test_a_table_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fitting: bool
) -> None:
    rows = [{"id": str(n), "title": "News", "date": "2026-03-01", "text": text} for n, text in enumerate(TEXTS)]
    (tmp_path / "questions.jsonl.gz").write_bytes(gzip.compress(b""))
    (tmp_path / "corpus.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    pairs = tmp_path / "pairs.jsonl"
    options = ["--data", str(tmp_path), "--pairs", str(pairs), *(["--fitting"] if fitting else [])]
    monkeypatch.setattr(sys, "argv", ["copies", *options])
    main()
    told = capsys.readouterr().out
    assert all(kind.split()[0] in told for kind in KINDS)
    assert "0 pairs among the" in told
    assert pairs.read_text() == ""
