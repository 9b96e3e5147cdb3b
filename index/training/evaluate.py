"""Measures checkpoints on held-back SQuAD articles, or on a set that is never trained on.

`python evaluate.py --data D --base B --run RUN --held`            newest kept checkpoint
`python evaluate.py ... --set squadshifts_new_wiki --count 300`    with weights fitted on held-back
`python evaluate.py ... --held --watch`                            every new one, as they appear
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import bench_set
import torch
from bench_set import BenchSet
from metrics import PLAIN, fit, ordered, quality, refusal
from optim import spread
from reader import Reader
from retrieve import Dense
from score import Reading, read
from sources import MEASURE_ONLY, unit
from text import f1
from windows import tokenizer

SIZE, DEPTH = 120, 12


def open_reader(path: Path, base: Path) -> Reader:
    """The averaged weights of a checkpoint, ready to read in bf16."""
    model = Reader()
    model.begin(base / "model.safetensors")
    state = torch.load(path, map_location="cpu", weights_only=True)
    spread(state["optim"]["average"], model)
    return model.eval().bfloat16()


def prepare(given: argparse.Namespace, name: str) -> BenchSet:
    """The set and its candidates, from the cache folder if they were made before."""
    size = int(given.size)

    def make() -> BenchSet:
        if name == "held":
            articles, questions = bench_set.held_questions(given.data, given.seed, 450, 350)
        else:
            articles, questions = bench_set.sample(given.data / name, given.seed, given.count)
        words = tokenizer(str(given.base / "vocab.txt"))
        dense = Dense(given.base / "model.safetensors")
        return bench_set.build(articles, questions, words, dense, size, 24)

    count = "all" if name == "held" else given.count
    key = f"{name}-{count}-{size}-{given.seed}"
    found = bench_set.cached(key, given.run.parent / "bench", make)
    return found if name != "held" else _fewer(found, given.count, given.count * 2 // 3)


def _fewer(bench: BenchSet, yes: int, no: int) -> BenchSet:
    """The first questions with an answer and the first without."""
    rows = [row for row, item in enumerate(bench.questions) if item.answers][:yes]
    rows += [row for row, item in enumerate(bench.questions) if not item.answers][:no]
    return replace(
        bench, questions=[bench.questions[row] for row in rows],
        asked=[bench.asked[row] for row in rows],
        candidates=[bench.candidates[row] for row in rows],
    )  # fmt: skip


def halves(bench: BenchSet) -> tuple[list[int], list[int]]:
    """Calibration and report questions, of different articles: every second title."""
    names = {article.id: unit(article) for article in bench.articles}
    titles = sorted({names[item.docs[0]] for item in bench.questions})
    rows = range(len(bench.questions))
    first = [row for row in rows if titles.index(names[bench.questions[row].docs[0]]) % 2 == 0]
    return first, [row for row in rows if row not in set(first)]


def held_scores(bench: BenchSet, found: list[list[Reading]]) -> dict[str, Any]:
    """Fit on one half of the held-back titles, report on the other."""
    first, second = halves(bench)
    answered = [bool(item.answers) for item in bench.questions]
    weights = fit(bench, found, [row for row in first if answered[row]])
    rows = [row for row in second if answered[row]]
    correct = []
    for item, readings in zip(bench.questions, found, strict=True):
        _, best = ordered(readings, weights)[0]
        text = bench.articles[int(bench.windows[best.window, 0])].text[best.start : best.end]
        correct.append(f1(text, item.answers) if item.answers else 0.0)
    return {
        "n": len(rows), "n_refusal": len(second), "weights": weights,
        "fused_only": quality(bench, found, rows, (1e-6, 0.0, 1.0)),
        "reader_only": quality(bench, found, rows, PLAIN),
        "combined": quality(bench, found, rows, weights),
        "refusal": refusal(found, answered, first, second, correct, weights),
        "refusal_by_fused_score": refusal(
            found, answered, first, second, correct, (0.0, 0.0, 1.0)
        ),
    }  # fmt: skip


def measure(given: argparse.Namespace, path: Path, bench: BenchSet) -> dict[str, Any]:
    """All scores of one checkpoint on one set."""
    began = time.monotonic()
    model = open_reader(path, given.base)
    found = read(bench, model, given.depth)
    seconds = time.monotonic() - began
    result: dict[str, Any] = {"checkpoint": path.name, "set": "held" if given.held else given.set}
    if given.held:
        result |= held_scores(bench, found)
    else:
        rows = list(range(len(bench.questions)))
        weights = json.loads(_weights_file(given, path).read_text())
        result |= {
            "n": len(rows), "weights": weights,
            "fused_only": quality(bench, found, rows, (1e-6, 0.0, 1.0)),
            "reader_only": quality(bench, found, rows, PLAIN),
            "combined": quality(bench, found, rows, weights),
        }  # fmt: skip
    result["ms_per_question"] = round(1000 * seconds / len(bench.questions))
    if given.held:
        _weights_file(given, path).write_text(json.dumps(result["weights"]))
    return result


def _weights_file(given: argparse.Namespace, path: Path) -> Path:
    folder: Path = given.run / "weights"
    folder.mkdir(exist_ok=True)
    return folder / f"{path.stem}-{given.size}-{given.depth}.json"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options shared with export.py."""
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True, help="folder of the run")
    parser.add_argument("--checkpoint", help="file name; else the newest kept one")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--questions", type=int, default=500, help="for export.py")
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--depth", type=int, default=DEPTH)
    parser.add_argument("--seed", type=int, default=7)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    arguments(parser)
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--set", choices=MEASURE_ONLY)
    parser.add_argument("--watch", action="store_true")
    given = parser.parse_args()
    torch.set_num_threads(2)
    bench = prepare(given, "held" if given.held else given.set)
    done: set[str] = set()
    while True:
        paths = sorted(given.run.glob("step*.pt"))
        if given.checkpoint:
            paths = [given.run / given.checkpoint]
        for path in paths[-1:]:
            if path.name not in done:
                done.add(path.name)
                text = json.dumps(measure(given, path, bench))
                print(text, flush=True)
                with (given.run / "scores.jsonl").open("a") as handle:
                    handle.write(text + "\n")
        if not given.watch:
            return
        time.sleep(30)


if __name__ == "__main__":
    main()
