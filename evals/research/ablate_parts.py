"""What the parts beside the rules earn: ``python -m evals.research.ablate_parts``.

All invented archives are one store. Each part is left out in turn:

* the running story: of questions like "any news about ..." right is one whose first citation is its newest report;
* the overview: of broad ones right is one that cites two reports of the story at least, and nothing else;
* the story of the last answer: of follow-ups right is what ``ablate`` calls right.

Stories and archives are every other one: weights were fitted on the rest.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.table import Table

from assistant import Assistant
from assistant.lookup import Lookup
from assistant.options import read_options
from assistant.pipeline import Selection, choose, read_part
from assistant.question.analysis import analyse_question
from assistant.question.follow_up import Turn
from assistant.terminal.render import Progress, consoles
from evals.research.ablate import is_right
from evals.research.asked import ARCHIVES, Asked, all_sets, together
from evals.research.fit_stories import QUESTIONS, read_stories


@dataclass(frozen=True, slots=True)
class Effect:
    """Whether a question is answered rightly with a part, and without it."""

    part: str
    question: str
    right: bool
    right_without: bool


def _cited(selection: Selection) -> list[str]:
    """The ids of the articles whose sentences are shown, in order."""
    return [row.candidate.article.id for row in selection.rows]


def of_stories(assistant: Assistant, progress: Progress) -> Iterator[Effect]:
    """The running story and the overview, on the questions for stories that nothing was fitted on."""
    stories, published = read_stories()
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    names = sorted({row["story"] for row in rows})
    rows = [row for row in rows if names.index(row["story"]) % 2]
    top_k = assistant.settings.top_k
    for number, row in enumerate(rows):
        progress("asking of stories", number, len(rows))
        own = {name for name, story in stories.items() if story == row["story"]}
        asking = read_options({}, fast=False)
        question = replace(analyse_question(assistant.store, row["question"], asking.now), asks_for_newest=False)
        plain = choose(read_part(assistant.store, question, top_k=top_k, fast=False), asking.now)
        found = Lookup(assistant.store, assistant.settings, asking, row["question"], written=False)
        if row["kind"] == "latest":
            newest = max(own, key=lambda name: published[name])
            with_it, without = ([newest] == _cited(one)[:1] for one in (found.selections[0], plain))
            yield Effect("running story", row["question"], with_it, without)
        else:
            before = _cited(found.selections[0])
            found.overview()
            with_it, without = (
                len(set(cited)) > 1 and own.issuperset(cited) for cited in (_cited(found.selections[0]), before)
            )
            yield Effect("overview", row["question"], with_it, without)


def of_follow_ups(assistant: Assistant, archives: Sequence[Asked], progress: Progress) -> Iterator[Effect]:
    """The story of the last answer, on follow-ups."""
    for number, asked in enumerate(archives):
        progress("asking follow-ups", number, len(archives))
        turns: list[Turn] = []
        for before in asked.history:
            told = assistant.chat(before, history=turns, as_of=asked.now.isoformat())
            turns.append((told.understood or before, told.text))
        with_it = assistant.chat(asked.question, history=turns, as_of=asked.now.isoformat())
        without = assistant.ask(with_it.understood or asked.question, as_of=asked.now.isoformat())
        right = (is_right(asked, [one.text for one in answer.sentences]) for answer in (with_it, without))
        yield Effect("story of the last answer", asked.question, *right)


def main() -> None:
    """Ask with and without, print."""
    parser = argparse.ArgumentParser(prog="python -m evals.research.ablate_parts", description="What parts earn.")
    parser.add_argument("--work", type=Path, default=Path(".reports/research"), help="where the store is kept")
    parser.add_argument("--show", action="store_true", help="print the questions that a part helps or hurts")
    options = parser.parse_args()
    console, beside = consoles()
    sets = [one for one in all_sets(options.work, None) if one.paths[0].parent.parent == ARCHIVES]
    follow_ups = [asked for one in sets[1::2] for asked in one.questions if asked.history]
    with Progress(beside) as progress, together(options.work, progress) as assistant:
        effects = [*of_stories(assistant, progress), *of_follow_ups(assistant, follow_ups, progress)]
    table = Table(title="with a part, and without it", box=None, pad_edge=False)
    for heading in ("part", "questions", "right", "without", "helped", "hurt"):
        table.add_column(heading, justify="left" if heading == "part" else "right")
    for part in dict.fromkeys(one.part for one in effects):
        row = [one for one in effects if one.part == part]
        helped = [one for one in row if one.right and not one.right_without]
        hurt = [one for one in row if one.right_without and not one.right]
        counts = (sum(one.right for one in row), sum(one.right_without for one in row), len(helped), len(hurt))
        table.add_row(part, str(len(row)), *map(str, counts))
        for kind, some in (("helped", helped), ("hurt", hurt)) if options.show else ():
            for one in some:
                console.print(f"{part} {kind}: {one.question}", markup=False, highlight=False)
    console.print(table)


if __name__ == "__main__":
    main()
