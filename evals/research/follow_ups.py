"""How well follow-up questions find their evidence: ``python -m evals.research.follow_ups --data DIR``.

DIR is a data set whose questions have a ``history`` of turns (``role``, ``text``). Each question is looked up as it was
asked, as it is understood without a model, and with all that the user said before. (MTRAG: Katsis and others 2025,
arXiv:2501.03468.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.table import Table

from assistant.question.follow_up import Turn, standalone
from assistant.settings import Settings
from assistant.terminal.render import Progress, consoles
from evals.measures.metrics import interval
from evals.research.data import filled_store, read_options, read_rows

Form = Callable[[str, Sequence[Turn]], str]
FORMS: dict[str, Form] = {
    "as asked": lambda question, _: question,
    "as understood": standalone,
    "after all that was asked": lambda question, history: " ".join([*(asked for asked, _ in history), question]),
}


def turns(history: Sequence[dict[str, str]]) -> list[Turn]:
    """What was said, as pairs of question and answer, each question as it is understood in its turn."""
    found: list[Turn] = []
    asked = ""
    for said in history:
        if said["role"] == "user":
            asked = standalone(said["text"], found)
        elif asked:
            found.append((asked, said["text"]))
    return found


def main() -> None:
    """Look up, print."""
    options = read_options("follow_ups", "Measure follow-up questions.")
    console, beside = consoles()
    questions = [row for row in read_rows(options.data) if row["evidence"] and row["history"]]
    hits: dict[str, list[list[float]]] = {name: [[], []] for name in FORMS}
    changed = 0
    with (
        Progress(beside) as progress,
        filled_store(options, Settings(), progress) as assistant,
    ):
        for number, row in enumerate(questions):
            progress("asking", number, len(questions))
            history = turns(row["history"])
            changed += standalone(row["question"], history) != row["question"]
            for name, form in FORMS.items():
                asked = form(row["question"], history)[-2000:]
                found = [passage.article.id for passage in assistant.search(asked, top_k=5, fast=options.fast)]
                for place, most in enumerate((1, 5)):
                    hits[name][place].append(float(bool(set(row["evidence"]) & set(found[:most]))))
    console.print(f"{options.data.name}: {len(questions)} follow-ups with evidence; {changed} were put anew")
    table = Table("looked up", "recall@1", "recall@5", box=None, pad_edge=False)
    for name, rows in hits.items():
        table.add_row(name, *("{:.3f} [{:.3f}, {:.3f}]".format(*interval(row)) for row in rows))
    console.print(table)


if __name__ == "__main__":
    main()
