"""One training example: two texts and what is to be said of them, with what is told about an article in front."""

from __future__ import annotations

from dataclasses import dataclass

READ, CHOOSE, JUDGE = 0, 1, 2
TASKS = ("read", "choose", "judge")
LABELS = ("S", "R", "N", "X")
CHOICES = ("yes", "no", "unclear")
UNKNOWN_PLACE = -1


@dataclass(frozen=True)
class Example:
    """A question or claim beside a text.

    `label` means for READ whether the text answers (1 or 0), for CHOOSE a place in CHOICES, for JUDGE one in LABELS.
    `span` is where the answer stands in `second`, in characters; without it a positive READ trains no span.
    """

    task: int
    first: str
    second: str
    label: int
    kind: str
    span: tuple[int, int] | None = None
    weight: float = 1.0


Group = list[Example]


def shown(text: str, *front: str) -> tuple[str, int]:
    """`text` with title, outlet or date in front, and the place where it begins."""
    line = " : ".join(part.strip() for part in front if part and part.strip())
    return (f"{line} : {text}", len(line) + 3) if line else (text, 0)
