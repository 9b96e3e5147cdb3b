"""How long the parts of an answer took."""

from __future__ import annotations

import time


class Clock:
    """Milliseconds between laps, and in all."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """Note the time since the last lap under a name."""
        now = time.perf_counter()
        self._laps[name] = round((now - self._last) * 1000, 2)
        self._last = now

    def timings(self) -> dict[str, float]:
        """The laps by their names, and ``total``."""
        return {**self._laps, "total": round((time.perf_counter() - self._start) * 1000, 2)}
