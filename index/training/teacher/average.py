"""Averages two sets of weights: `python -m index.training.teacher.average --old A --new B --share 0.6 --out C`.

Training that goes on forgets some of what was known; between its weights and those it began with lie better ones
(Wortsman et al. 2022, arXiv:2109.01903).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from safetensors.torch import load_file, save_file


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--old", type=Path, required=True, help="weights that training began with")
    parser.add_argument("--new", type=Path, required=True, help="weights that it left")
    parser.add_argument("--share", type=float, default=0.6, help="of the new ones (%(default)s)")
    parser.add_argument("--out", type=Path, required=True, help="weights.safetensors to write")
    given = parser.parse_args()
    old, new = load_file(str(given.old)), load_file(str(given.new))
    mixed = {name: (1 - given.share) * old[name] + given.share * new[name] for name in old}
    save_file({name: value.contiguous() for name, value in mixed.items()}, str(given.out))


if __name__ == "__main__":
    main()
