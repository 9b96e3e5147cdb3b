"""The training cache: everything tokenised and mined, as memory-mapped arrays in one folder."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

NEAR, FAR, GOLDS, HOMES = 8, 16, 6, 4
SOURCES = ("squad_v11_dev", "squad_v2_dev", "nq_open_oracle", "timeqa_human_train", "qamr_dev_test",
           "cloze", "swap")  # fmt: skip


@dataclass
class Cache:
    """Arrays of the cache; -1 fills unused places.

    ids: token ids of all articles; windows: (article, first, last, size); titles and questions:
    token ids with their bounds; golds: (question, GOLDS, 2) answer token ranges in `ids`, last
    included; homes: (question, size, HOMES) windows that hold a gold; near and far: (question,
    size, n) windows of the same article, or others, that hold no answer, hardest first.
    """

    ids: NDArray[np.int32]
    windows: NDArray[np.int32]
    titles: NDArray[np.int32]
    title_bounds: NDArray[np.int32]
    questions: NDArray[np.int32]
    question_bounds: NDArray[np.int32]
    golds: NDArray[np.int32]
    homes: NDArray[np.int32]
    near: NDArray[np.int32]
    far: NDArray[np.int32]
    source: NDArray[np.int32]
    answerable: NDArray[np.int32]

    def save(self, folder: Path, note: dict[str, Any]) -> None:
        """Write one file an array, and a note about how they were made."""
        folder.mkdir(parents=True, exist_ok=True)
        for field in fields(self):
            np.save(folder / f"{field.name}.npy", getattr(self, field.name))
        (folder / "note.json").write_text(json.dumps(note, indent=1) + "\n")

    @classmethod
    def open(cls, folder: Path) -> Cache:
        """Map the arrays without reading them."""
        return cls(**{
            field.name: np.load(folder / f"{field.name}.npy", mmap_mode="r")
            for field in fields(cls)
        })  # fmt: skip

    def window(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.int32], int]:
        """Title tokens, window tokens, and the place of the first window token in `ids`."""
        article, first, last, _ = (int(value) for value in self.windows[number])
        title = self.titles[self.title_bounds[article] : self.title_bounds[article + 1]]
        return title, self.ids[first:last], first

    def question(self, number: int) -> NDArray[np.int32]:
        """Token ids of a question."""
        return self.questions[self.question_bounds[number] : self.question_bounds[number + 1]]
