"""Builds the training cache from the train sets: `python -m index.training.prepare --data D --base B --out C`.

Held-back articles are left out altogether, so neither their questions nor their texts are seen.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from index.models.reader import QUESTION_TOKENS, TITLE_TOKENS
from index.training import cloze, swap
from index.training.cache import SOURCES, Cache
from index.training.mine import Miner, Pool
from index.training.retrieve import Dense
from index.training.sources import SEED, TRAIN_SETS, held_back, load_all, unit
from index.training.windows import SIZES, Tokens, cut, encode, tokenizer

ALONE = "qamr_dev_test"


def shorten(tokens: Tokens, most: int) -> Tokens:
    """Keep the first `most` tokens of every text."""
    rows = [tokens.ids[a:b][:most] for a, b in zip(tokens.bounds, tokens.bounds[1:], strict=False)]
    bounds = np.cumsum([0, *(len(row) for row in rows)]).astype(np.int32)
    ids = np.concatenate(rows).astype(np.int32)
    return Tokens(ids, ids, ids, bounds)


def build(data: Path, base: Path, out: Path) -> dict[str, object]:
    """Load, split, cut, mine and save; returns the note kept with the cache."""
    began = time.time()
    articles, questions = load_all(data, TRAIN_SETS)
    held = held_back(articles)
    left_out = {article.id for article in articles if unit(article) in held}
    articles = [article for article in articles if article.id not in left_out]
    questions = [item for item in questions if not left_out.intersection(item.docs)]
    questions += swap.make(articles, questions, SEED)
    questions += cloze.make([art for art in articles if art.source != ALONE], SEED)
    words = tokenizer(str(base / "vocab.txt"))
    tokens = encode([article.text for article in articles], words)
    windows = cut(articles, tokens)
    titles = shorten(encode([article.title for article in articles], words), TITLE_TOKENS)
    asked = shorten(encode([item.text for item in questions], words), QUESTION_TOKENS)
    rows = [asked.ids[a:b] for a, b in zip(asked.bounds, asked.bounds[1:], strict=False)]
    miner = Miner(articles, tokens, windows, questions, rows)
    dense = Dense(base / "model.safetensors")
    alone = np.array([article.source == ALONE for article in articles])
    for size in range(len(SIZES)):
        for apart in (False, True):
            chosen = np.flatnonzero((windows[:, 3] == size) & (alone[windows[:, 0]] == apart))
            pool = Pool(chosen.tolist(), [miner.text(int(number)) for number in chosen])
            numbers = [n for n, item in enumerate(questions) if (item.source == ALONE) == apart]
            miner.mine(numbers, pool, size, dense)
            print(f"size {size} pool {len(chosen)} questions {len(numbers)} "
                  f"{time.time() - began:.0f} s", flush=True)  # fmt: skip
    source = np.array([SOURCES.index(item.source) for item in questions], dtype=np.int32)
    answerable = np.array([bool(item.answers) for item in questions], dtype=np.int32)
    usable = (answerable == 0) | (miner.homes[:, :, 0] >= 0).all(1)
    source[~usable] = -1
    note: dict[str, object] = {
        "seed": SEED, "sizes": SIZES, "articles": len(articles), "held": len(left_out),
        "windows": len(windows), "seconds": round(time.time() - began),
        "questions": {n: int((source == i).sum()) for i, n in enumerate(SOURCES)},
        "unusable": int((~usable).sum()),
    }  # fmt: skip
    Cache(
        tokens.ids, windows, titles.ids, titles.bounds, asked.ids, asked.bounds, miner.golds,
        miner.homes, miner.near, miner.far, source, answerable,
    ).save(out, note)  # fmt: skip
    return note


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the sets")
    parser.add_argument("--base", type=Path, required=True, help="MiniLM weights and vocab.txt")
    parser.add_argument("--out", type=Path, required=True, help="folder for the cache")
    given = parser.parse_args()
    print(build(given.data, given.base, given.out))


if __name__ == "__main__":
    main()
