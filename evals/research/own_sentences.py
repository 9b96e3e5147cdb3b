"""What the check makes of the sentences of a recorded model, as it wrote them first.

``python -m evals.research.own_sentences --work W`` asks the questions of ``evals/recorded`` and replays what the model
wrote; nothing is asked anew. Nearly all of these sentences are true, so what is marked or sent back is mostly a loss.
``--weights DIR`` lets other files of the large reader do the check alone: what is looked up stays the same.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant import Assistant
from assistant.answer.generative import LENGTHS, Written, asked, check, prompt
from assistant.lookup import Lookup
from assistant.model.drafts import Drafts
from assistant.model.openai import Usage
from assistant.options import read_options
from assistant.terminal.render import Progress, consoles
from assistant.types import Dropped
from assistant.verification.verify import Verdict
from evals.measures.metrics import interval
from evals.research.asked import store_at
from evals.research.side_by_side import RECORDED, Recorded, Replies, Wanted, rows_of, together
from index.models.large_reader import CloseReader, LargeReader


@dataclass(frozen=True, slots=True)
class Replied:
    """A question with what the check makes of each sentence that the model wrote."""

    question: str
    broad: bool
    sentences: tuple[Written | Dropped, ...]

    @property
    def second_call(self) -> bool:
        """Whether the model is asked again: to mend a sentence, or to judge one."""
        return any(_standing(one) != "unmarked" for one in self.sentences)


def _standing(sentence: Written | Dropped) -> str:
    if isinstance(sentence, Dropped):
        return "sent back"
    return "unsure" if sentence.verdict is Verdict.UNSURE else "unmarked"


def replay(assistant: Assistant, question: str, now: str, replies: Replies, reader: CloseReader) -> Replied:
    """The recorded reply to a question, checked; raises Wanted where none was recorded."""
    asking = read_options({"now": now}, fast=False)
    found = Lookup(assistant.store, assistant.settings, asking, question, written=True)
    found.look_further(Recorded(replies), Usage())
    passages = found.evidence()
    fields = asked(question, asking.now) | {"length": LENGTHS["long" if found.broad else "normal"]}
    sent = prompt("answer", "json", passages, Usage(), **fields)
    reply = replies.to("\n\n".join(message["content"] for message in sent))
    drafts = Drafts().read(iter([reply]), lambda: True)
    return Replied(question, found.broad, tuple(check(draft, passages, reader) for draft in drafts))


def replay_all(work: Path, reader: CloseReader, progress: Progress) -> Iterator[Replied]:
    """All recorded questions that have a reply."""
    articles, replies = together(work), Replies(work)
    questions = rows_of(RECORDED / "questions.jsonl")
    with store_at(work / "store" / articles.stem, [articles], progress) as assistant:
        for number, row in enumerate(questions):
            progress("asking", number, len(questions))
            with suppress(Wanted):
                yield replay(assistant, row["question"], row["now"], replies, reader)


def table(replied: Sequence[Replied], console: Console) -> None:
    """How many sentences are shown unmarked, as unsure, or sent back, of all, of broad and of plain questions."""
    shown = Table("", "all", "broad", "plain", box=None, pad_edge=False)
    groups = [replied, [one for one in replied if one.broad], [one for one in replied if not one.broad]]
    standings = [[_standing(one) for each in group for one in each.sentences] for group in groups]
    shown.add_row("answers", *(str(len(group)) for group in groups))
    shown.add_row("sentences", *(str(len(ones)) for ones in standings))
    for name in ("unmarked", "unsure", "sent back"):
        shown.add_row(name, *(_told([float(one == name) for one in ones]) for ones in standings))
    shown.add_row("need a second call", *(_told([float(one.second_call) for one in group]) for group in groups))
    console.print(shown)


def _told(values: list[float]) -> str:
    if not values:
        return "–"
    share, low, high = interval(values)
    return f"{share:.3f} [{low:.2f}, {high:.2f}]"


def main() -> None:
    """Replay and print."""
    parser = argparse.ArgumentParser(prog="python -m evals.research.own_sentences", description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, default=Path(".reports/side_by_side"), help="replies and stores")
    parser.add_argument("--weights", type=Path, help="a folder with other large_lower_int8.onnx, large_upper_int8.onnx")
    parser.add_argument("--list", action="store_true", help="print what is not shown unmarked")
    options = parser.parse_args()
    files = [options.weights / f"large_{part}_int8.onnx" for part in ("lower", "upper")] if options.weights else []
    console, beside = consoles()
    with Progress(beside) as progress:
        replied = list(replay_all(options.work, LargeReader(*files), progress))
    table(replied, console)
    for each in replied if options.list else ():
        for one in each.sentences:
            if _standing(one) != "unmarked":
                told = one.reason if isinstance(one, Dropped) else " | ".join(place.quote for place in one.places)
                console.print(f"\n{_standing(one)}: {one.text}\n  {told}", markup=False, highlight=False)


if __name__ == "__main__":
    main()
