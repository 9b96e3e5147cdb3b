"""How much evidence is found for questions that need several articles: ``python -m evals.research.hops --data DIR``.

DIR is a data set whose questions have all their ``evidence``. Each is looked up as it was asked, with a second look at
what the names found first lead to, and, where ASSISTANT_MODEL names a model, in the steps that it plans. (HotpotQA:
Yang and others 2018, arXiv:1809.09600; MuSiQue: Trivedi and others 2022, arXiv:2108.00573.)
"""

from __future__ import annotations

from collections.abc import Callable, Generator

from rich.table import Table

from assistant import Assistant
from assistant.api import choose_model
from assistant.model.openai import Form, LanguageModel, Messages, Usage
from assistant.settings import Settings, read_settings
from assistant.terminal.render import Progress, consoles
from assistant.types import PassagesFound
from evals.measures.metrics import interval
from evals.research.data import filled_store, read_options, read_rows

_MOST = (5, 10)


class Planless:
    """A model that plans nothing, so that only the second look is left."""

    name = "planless"

    def write(
        self, messages: Callable[[Form], Messages], usage: Usage, *, structured: bool = False
    ) -> Generator[str, None, None]:
        """See ``LanguageModel``."""
        yield "NONE"


def found(assistant: Assistant, question: str, *, fast: bool) -> list[str]:
    """The articles of the passages that an answer would be made of, best first."""
    events = assistant.stream(question, fast=fast)
    first = next(events)
    events.close()
    assert isinstance(first, PassagesFound)
    return list(dict.fromkeys(passage.article.id for passage in first.passages))


def main() -> None:
    """Look up, print."""
    options = read_options("hops", "Measure questions of several steps.")
    console, beside = consoles()
    questions = read_rows(options.data)
    planner = choose_model(read_settings().model, read_settings())
    table = Table("looked up", *(f"evidence among {most}" for most in _MOST), box=None, pad_edge=False)
    with (
        Progress(beside) as progress,
        filled_store(options, Settings(top_k=max(_MOST)), progress) as assistant,
    ):
        ways: dict[str, LanguageModel | None] = {"as asked": None, "with a second look": Planless()}
        if planner:
            ways[f"in steps planned by {planner.name}"] = planner
        for name, model in ways.items():
            assistant.model = model
            shares: list[list[float]] = [[] for _ in _MOST]
            for number, row in enumerate(questions):
                progress(name, number, len(questions))
                ids = found(assistant, row["question"], fast=options.fast)
                wanted = set(row["evidence"])
                for place, most in enumerate(_MOST):
                    shares[place].append(len(wanted & set(ids[:most])) / len(wanted))
            table.add_row(name, *("{:.3f} [{:.3f}, {:.3f}]".format(*interval(row)) for row in shares))
    console.print(f"{options.data.name}: {len(questions)} questions")
    console.print(table)


if __name__ == "__main__":
    main()
