"""Questions with a false premise, without annotators: a name in a question gives way to another.

"When did Ilse Torvald open the bridge?" becomes "When did Lena Moravec open the bridge?", which the same article does
not answer, however alike. The other name is as long, from a question of the same set, and nowhere in the article. The
idea is that of entity swaps (Longpre et al. 2021, arXiv:2109.05052), which there replace the answer.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from index.training.sources import Article, Question

SETS = ("squad_v11_dev", "nq_open_oracle", "timeqa_human_train")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]+(?: (?:of |de |the )?[A-Z][\w'’-]+)*")
_NO_NAMES = frozenset(
    "January February March April May June July August September October November December"
    " Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec I".split()
)  # fmt: skip


def make(articles: Sequence[Article], questions: Sequence[Question], seed: int) -> list[Question]:
    """At most one for each answerable question of these sets that has a name in it, in a fixed order."""
    texts = {article.id: article.text.lower() for article in articles}
    chosen = [item for item in questions if item.source in SETS and item.answers]
    names: dict[tuple[str, int], list[str]] = {}
    for item in chosen:
        for name in _names(item.text):
            names.setdefault((item.source, len(name.split())), []).append(name)
    found = []
    for item in chosen:
        draw = random.Random(f"{seed}/{item.id}")
        mine = _names(item.text)
        if not mine:
            continue
        name = draw.choice(mine)
        there = " ".join(texts[doc] for doc in item.docs)
        others = draw.sample(pool := names[item.source, len(name.split())], min(8, len(pool)))
        other = next((other for other in others if not any(word in there for word in other.lower().split())), None)
        if other:
            text = item.text.replace(name, other)
            found.append(replace(item, id=f"swap-{item.id}", text=text, answers=(), spans=(), source="swap"))
    return found


def _names(question: str) -> list[str]:
    return [name for name in _NAME.findall(question) if name not in _NO_NAMES]
