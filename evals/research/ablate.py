"""What each rule and finder earns: ``python -m evals.research.ablate [--data DIR]``.

Every rule of ``assistant/rules`` and every finder of ``assistant/findings`` is switched off in turn, and the questions
of ``asked.all_sets`` are answered anew. Printed is in how many the first sentence, the short answer or the notices
change, and how often the rule helps (right with it, wrong without it) and hurts.

Right is a first sentence with an accepted answer, all of them for a list, the evidence for a yes or no; of what has no
answer a refusal. Only what comes after retrieval is done anew, so this takes minutes.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.table import Table

from assistant import Assistant
from assistant.evidence.scoring import Ranked
from assistant.findings import FINDERS, Finder
from assistant.pipeline import Part, Selection, choose, read_parts
from assistant.rules import RULES, Rule, adjust
from assistant.terminal.render import Progress, consoles
from evals.measures.metrics import mentions
from evals.research.asked import ARCHIVES, Asked, all_sets, store_of


@dataclass
class Effect:
    """What changes without one rule or finder, counted in questions."""

    applies: int = 0
    """In how many questions a rule is asked at all."""
    first: int = 0
    short: int = 0
    notices: int = 0
    helped: list[str] = field(default_factory=list)
    hurt: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """What is compared of an answer."""

    sentences: tuple[str, ...]
    short: tuple[str | None, ...]
    codes: tuple[str, ...]
    right: bool


def outcome(asked: Asked, selections: Iterable[Selection]) -> Outcome:
    """The answer that some selections give, and whether it is right."""
    rows = [row for selection in selections for row in selection.rows]
    candidates = [row.candidate for row in rows]
    short = tuple(row.candidate.article.text[slice(*row.mark)] if row.mark else None for row in rows)
    codes = tuple(finding.code for selection in selections for finding in selection.findings)
    told = tuple(one.text for one in candidates)
    return Outcome(told, short, codes, is_right(asked, told))


def is_right(asked: Asked, shown: Sequence[str]) -> bool:
    """Whether the sentences of an answer are right for a question."""
    if asked.accept is None:
        return not shown
    if not shown:
        return False
    if asked.evidence and set(asked.accept) <= {"yes", "no"}:
        return any(shown[0] in sentence or sentence in shown[0] for sentence in asked.evidence)
    if asked.all_of_them:
        told = " ".join(shown)
        return all(_has(told, form) for form in asked.accept)
    return any(_has(shown[0], form) for form in asked.accept)


def _has(text: str, form: str) -> bool:
    return mentions(text, [form])


def reranked(parts: Iterable[Part], rules: Collection[Rule]) -> list[Part]:
    """The parts with their candidates ranked by these rules alone."""
    bare = [(part, [Ranked(item.candidate, item.probability, item.strength) for item in part.ranked]) for part in parts]
    return [replace(part, ranked=adjust(part.question, row, rules)) for part, row in bare]


def main() -> None:
    """Ask, switch off, compare, print."""
    parser = argparse.ArgumentParser(prog="python -m evals.research.ablate", description="What each rule earns.")
    parser.add_argument("--data", type=Path, help="the folder of the public data sets")
    parser.add_argument("--archives", type=Path, default=ARCHIVES, help="the folder of the invented archives")
    parser.add_argument("--work", type=Path, default=Path(".reports/research"), help="where stores are kept")
    parser.add_argument("--only", help="sets whose name has this in it")
    parser.add_argument(
        "--most", type=int, default=14, help="so many questions of each set, drawn at random (%(default)s)"
    )
    parser.add_argument("--kind", help="questions of this kind alone, as how-many")
    parser.add_argument("--show", action="store_true", help="print the questions that a rule helps or hurts")
    options = parser.parse_args()
    console, beside = consoles()
    without: dict[str, tuple[Collection[Rule], Collection[Finder]]] = {
        "rule: " + rule.name: ([other for other in RULES if other is not rule], FINDERS) for rule in RULES
    }
    without |= {"finder: " + one.name: (RULES, [other for other in FINDERS if other is not one]) for one in FINDERS}
    without["all of them"] = ((), ())
    effects = {name: Effect() for name in without}
    totals = Table(title="right with everything on", box=None, pad_edge=False)
    for heading in ("set", "answerable right", "of", "refused rightly", "of"):
        totals.add_column(heading)
    count = 0
    for questions in all_sets(options.work, options.data, options.archives):
        if options.only and options.only not in questions.name:
            continue
        with Progress(beside) as progress, store_of(questions, options.work, progress) as assistant:
            tally = [[0, 0], [0, 0]]
            row = [one for one in questions.questions if not one.history and options.kind in (None, one.kind)]
            random.Random(1).shuffle(row)
            for number, asked in enumerate(row[: options.most]):
                progress(f"asking {questions.name}", number, len(row[: options.most]))
                count += 1
                base, changed, applied = _ask(assistant, asked, without)
                for name in applied:
                    effects[name].applies += 1
                counted = tally[asked.accept is None]
                counted[0] += base.right
                counted[1] += 1
                for name, other in changed.items():
                    effect = effects[name]
                    effect.first += base.sentences[:1] != other.sentences[:1]
                    effect.short += base.short != other.short
                    effect.notices += base.codes != other.codes
                    told = f"{questions.name}: {asked.question}\n      with: {base.sentences}"
                    told += f"\n      without: {other.sentences}"
                    if base.right and not other.right:
                        effect.helped.append(told)
                    if other.right and not base.right:
                        effect.hurt.append(told)
        totals.add_row(questions.name, *map(str, (*tally[0], *tally[1])))
    table = Table(title=f"switched off, over {count} questions", box=None, pad_edge=False)
    for heading in ("", "applies", "first sentence", "short answer", "notices", "helped", "hurt"):
        table.add_column(heading, justify="left" if not heading else "right")
    for name, effect in effects.items():
        counts = (effect.first, effect.short, effect.notices, len(effect.helped), len(effect.hurt))
        table.add_row(name, str(effect.applies) if name.startswith("rule") else "", *map(str, counts))
    console.print(totals)
    console.print(table)
    if options.show:
        for name, effect in effects.items():
            for kind, rows in (("helped", effect.helped), ("hurt", effect.hurt)):
                for told in rows if name != "all of them" else ():
                    console.print(f"{name} {kind}: {told}", markup=False, highlight=False)


def _ask(
    assistant: Assistant, asked: Asked, without: dict[str, tuple[Collection[Rule], Collection[Finder]]]
) -> tuple[Outcome, dict[str, Outcome], list[str]]:
    top_k = assistant.settings.top_k
    parts = read_parts(assistant.store, asked.question, top_k=top_k, fast=False, now=asked.now, window=asked.window)

    def answered(rules: Collection[Rule], finders: Collection[Finder]) -> Outcome:
        return outcome(asked, [choose(part, asked.now, finders) for part in reranked(parts, rules)])

    applied = ["rule: " + rule.name for rule in RULES if any(rule.applies(part.question) for part in parts)]
    return answered(RULES, FINDERS), {name: answered(*off) for name, off in without.items()}, applied


if __name__ == "__main__":
    main()
