"""The one question of each session that waits or is being answered: it can be stopped, and left behind."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

_PATIENCE = 10.0
"""Seconds to wait for an answer that was left to end."""


@dataclass
class Asked:
    """A question on its way; ``left`` is whether its conversation was left, so that it is shown no more."""

    question: str
    stop: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    begun: bool = False
    left: bool = False


class Running:
    """The questions of all sessions, one of each at most; safe to use from several threads."""

    def __init__(self) -> None:
        self._asked: dict[str, Asked] = {}
        self._lock = threading.Lock()

    def take(self, session: str, question: str) -> bool:
        """Let a question wait for its answer; False where another of its session does or is being answered."""
        with self._lock:
            if session in self._asked:
                return False
            self._asked[session] = Asked(question)
            return True

    def begin(self, session: str) -> Asked | None:
        """The question that waited; None where it was stopped or left meanwhile."""
        with self._lock:
            asked = self._asked.get(session)
            if asked is None or asked.begun:
                return None
            asked.begun = True
            return asked

    def end(self, session: str, asked: Asked) -> None:
        """The question was answered, or its answering broken off."""
        with self._lock:
            if self._asked.get(session) is asked:
                del self._asked[session]
        asked.ended.set()

    def stop(self, session: str) -> Asked | None:
        """Stop the question of a session; gives it back where it only waited, and so will not begin."""
        with self._lock:
            asked = self._asked.get(session)
            if asked is None:
                return None
            asked.stop.set()
            return None if asked.begun else self._asked.pop(session)

    def leave(self, session: str) -> None:
        """Stop the question of a session and wait until nothing more of it can be shown."""
        with self._lock:
            asked = self._asked.get(session)
            if asked is None:
                return
            asked.left = True
            asked.stop.set()
            if not asked.begun:
                del self._asked[session]
                return
        asked.ended.wait(_PATIENCE)
