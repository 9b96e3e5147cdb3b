"""Invented news of invented towns, and a suite of questions about it: who, when, how many, as of a day, and none."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path

from evals.cases import Case, Suite

TOWNS = 40
"""Each has five questions."""

_ONSETS = "b br d f g gr h k l m n p r s st t v".split()
_ENDS = "by dal den ford ham holm mere sund wick worth".split()
_TRADES = "sawmill cannery brewery tannery foundry warehouse bakery harbour station library".split()
_FILLER = (
    "The weather stayed mild, and the market on the square was busy as always.",
    "Residents had been waiting for news for some time, the local radio station reported.",
    "A spokeswoman for the town hall declined to comment further.",
    "The region is known for its orchards and its long winters.",
    "More details are to be given at the next meeting, according to the minutes.",
)


def make_world(folder: Path, seed: int = 3) -> tuple[Path, Suite]:
    """A file with three articles of each town, and the suite."""
    rng = random.Random(seed)
    towns = _names(rng, TOWNS)
    people = [f"{first} {last}" for first, last in zip(_names(rng, 2 * TOWNS), _names(rng, 2 * TOWNS), strict=True)]
    articles: list[dict[str, str]] = []
    cases: list[Case] = []
    for number, town in enumerate(towns):
        old, new = people[2 * number : 2 * number + 2]
        trade = _TRADES[number % len(_TRADES)]
        first = date(2024, 1, 10) + timedelta(days=number * 3)
        second = first + timedelta(days=380)
        fire = first + timedelta(days=150)
        dead, budget = rng.randrange(3, 90), rng.randrange(12, 900)
        chosen = [f"{who} was elected mayor of {town} on {day:%A}." for who, day in ((old, first), (new, second))]
        burned = f"A fire in the {trade} of {town} killed {dead} people on {fire:%A}."
        articles += [
            _article(rng, town, first, chosen[0]),
            _article(rng, town, fire + timedelta(days=1), f"{burned} The damage was put at {budget} million crowns."),
            _article(rng, town, second, chosen[1]),
        ]
        who = f"Who was elected mayor of {town}?"
        cases += [
            Case(f"latest-{town}", f"Who was most recently elected mayor of {town}?", accept=(new,), type="latest",
                 evidence=(chosen[1],)),
            Case(f"then-{town}", who, accept=(old,), as_of=second - timedelta(days=90), type="as-of",
                 evidence=(chosen[0],)),
            Case(f"when-{town}", f"When was the fire in the {trade} of {town}?", date=fire.isoformat(), type="when",
                 evidence=(burned,)),
            Case(f"many-{town}", f"How many people did the fire in the {trade} of {town} kill?", number=dead,
                 type="number", evidence=(burned,)),
            Case(f"none-{town}", f"Who won the chess tournament of {town}?", unanswerable="nobody is named",
                 type="unanswerable"),
        ]  # fmt: skip
    path = folder / "world.jsonl"
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    return path, Suite("proof", tuple(cases))


def _article(rng: random.Random, town: str, day: date, news: str) -> dict[str, str]:
    filler = rng.sample(_FILLER, 3)
    text = f"{news} {filler[0]}\n\n{filler[1]} {filler[2]}"
    return {"id": f"{town}-{day}", "title": f"News from {town}", "text": text, "published": day.isoformat()}


def _names(rng: random.Random, count: int) -> list[str]:
    """So many names that differ in more than a letter."""
    made: dict[str, str] = {}
    while len(made) < count:
        name = (rng.choice(_ONSETS) + rng.choice("aeiou") + rng.choice("lmnrst") + rng.choice(_ENDS)).title()
        made.setdefault(name[:4], name)
    return list(made.values())
