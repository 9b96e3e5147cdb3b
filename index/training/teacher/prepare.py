"""Packs examples to train and to measure on: `python -m index.training.teacher.prepare --data D --base B --out C`."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer

from index.training.teacher import claims, dev, own, pairs, reading
from index.training.teacher.example import Group
from index.training.teacher.store import tokenizer, write

SMALL = {
    "own_claims": 110,
    "own_answers": 110,
    "own_reading": 160,
    "own_choices": 60,
}  # groups that a run looks at; `whole` has all
PARTS = ("claims", "choices", "reading", "pairs", "dev", "own")


class Packer:
    """Writes stores below one folder."""

    def __init__(self, out: Path, words: Tokenizer) -> None:
        self.out, self.words = out, words

    def put(self, where: str, groups: Iterable[Group]) -> None:
        """Write one store and say how large it is."""
        began = time.time()
        sizes = write(self.out / where, groups, self.words)
        print(f"{where}: {sizes} in {time.time() - began:.0f} s", flush=True)


def prepare(data: Path, packer: Packer, parts: set[str], folders: list[Path], seed: int) -> None:
    """Make the asked parts anew."""
    if "claims" in parts:
        for name in claims.SETS:
            packer.put(f"train/{name}", claims.examples(data / "claims", name, seed))
    if "choices" in parts:
        turned = [group for name in ("fever_train", "vitaminc_real_test", "vitaminc_synthetic_test", "fm2_dev_test")
                  for group in claims.choices(claims.examples(data / "claims", name, seed))]  # fmt: skip
        random.Random(seed).shuffle(turned)
        packer.put("train/choices", turned[400:])
        packer.put("dev/choices", turned[:120])
        packer.put("train/strategyqa", claims.strategy(data / "strategyqa", seed))
    if parts & {"reading", "pairs", "dev"}:
        articles, questions, kept_articles, kept_questions = reading.load(data, seed)
        if "reading" in parts:
            packer.put("train/reading", reading.Maker(articles, questions, seed).groups())
        if "pairs" in parts:
            packer.put("train/pairs", pairs.groups(articles, seed))
        if "dev" in parts:
            packer.put("dev/squad", dev.squad(kept_articles, kept_questions, seed, 200))
            packer.put("dev/pairs", dev.some(pairs.groups(kept_articles, seed), 90, seed))
            packer.put("dev/wice", dev.wice(data / "wice_dev"))
            packer.put("dev/factor_news", dev.factor_news(data / "claims", 50, seed))
            packer.put("dev/xsum", dev.xsum(data / "claims", 80, seed))
    if "own" in parts:
        for name, groups in own.load(folders, True, seed).items():
            packer.put(f"train/{name}", groups)
        packer.put("train/own_pairs", pairs.groups(own.articles(folders, seed), seed))
        for name, groups in own.load(folders, False, seed).items():
            packer.put(f"dev/{name}", dev.some(groups, SMALL[name], seed))
            packer.put(f"whole/{name}", groups)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the published sets")
    parser.add_argument("--base", type=Path, required=True, help="folder of all-mpnet-base-v2")
    parser.add_argument("--out", type=Path, required=True, help="folder for the packed examples")
    parser.add_argument("--own", type=Path, nargs="*", default=[], help="folders with articles, questions and claims")
    parser.add_argument("--parts", nargs="*", default=PARTS, choices=PARTS, help="make these only")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    prepare(given.data, Packer(given.out, tokenizer(given.base)), set(given.parts), given.own, given.seed)


if __name__ == "__main__":
    main()
