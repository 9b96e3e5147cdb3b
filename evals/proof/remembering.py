"""Readers that read a question beside a text once: the defects planted here do not change what they read."""

from __future__ import annotations

from collections.abc import Sequence

from index.models.large_reader import CloseReader, Judgement, Look, Shown
from index.models.reader import Reader
from index.passage import Passage, Reading


class RememberingReader:
    """A reader of passages that remembers what it read."""

    def __init__(self, reader: Reader) -> None:
        """Read with ``reader`` what is new."""
        self._reader = reader
        self.name, self.passages, self.calibration = reader.name, reader.passages, reader.calibration
        self._read: dict[tuple[tuple[str, str, int], ...], list[tuple[Reading | None, ...]]] = {}

    def read(self, questions: Sequence[str], passages: Sequence[Passage]) -> list[tuple[Reading | None, ...]]:
        """What the reader says of them, all together: how many it reads depends on their lengths."""
        key = tuple(
            (question, passage.text, len(passage.sentences))
            for question, passage in zip(questions, passages, strict=True)
        )
        if key not in self._read:
            self._read[key] = self._reader.read(questions, passages)
        return self._read[key]

    def load(self) -> None:
        """Load the reader."""
        self._reader.load()


class RememberingCloseReader:
    """A close reader that remembers what it read."""

    def __init__(self, reader: CloseReader) -> None:
        """Read with ``reader`` what is new."""
        self._reader = reader
        self.name, self.calibration = reader.name, reader.calibration
        self._looks: dict[tuple[str, Shown], Look] = {}
        self._judgements: dict[tuple[str, str], Judgement] = {}

    def look(self, asked: Sequence[tuple[str, Shown]]) -> list[Look]:
        """What the reader makes of each question beside its text."""
        new = [pair for pair in dict.fromkeys(asked) if pair not in self._looks]
        self._looks.update(zip(new, self._reader.look(new), strict=True))
        return [self._looks[pair] for pair in asked]

    def judge(self, claim: str, evidence: Sequence[str]) -> list[Judgement]:
        """Whether each piece of evidence bears a claim out."""
        new = [text for text in dict.fromkeys(evidence) if (claim, text) not in self._judgements]
        found = self._reader.judge(claim, new)
        self._judgements.update({(claim, text): judged for text, judged in zip(new, found, strict=True)})
        return [self._judgements[claim, text] for text in evidence]

    def tokens(self, text: str) -> int:
        """How many tokens a text has."""
        return self._reader.tokens(text)

    def load(self) -> None:
        """Load the reader."""
        self._reader.load()
