"""People assert on answers in their own tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from assistant import Assistant


def test_people_assert_on_answers_in_their_own_tests(tmp_path: Path, seed_store: Assistant) -> None:
    (tmp_path / "test_news.py").write_text(
        "def test_right(assistant_case):\n"
        "    answer = assistant_case('When did Macron and Putin last speak?', accept=['July'])\n"
        "    assert len(answer.citations) == 1\n"
        "def test_wrong(assistant_case):\n"
        "    assistant_case('When did Macron and Putin last speak?', accept=['August'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-W", "error", "--assistant-store", str(seed_store.store.path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and "1 failed, 1 passed" in done.stdout
    assert "expected: August\nanswered: Macron and Putin last spoke in July" in done.stdout
