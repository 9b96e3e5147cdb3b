"""Claims with the lines of a web page that bear them out, or do not (WiCE: Kamoi and others 2023, arXiv:2303.01432).

Questions of ``type`` supported, partially_supported or not_supported, and ``supporting_sentences``, lists of line
numbers of the article. A claim that nothing bears out is set beside the two lines that share most words with it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from assistant.verification.check import Carried
from index.analysis.terms import content_tokens, terms

KINDS = ("supported", "partially_supported", "not_supported")
_AROUND = 3


def load(data: Path) -> list[tuple[str, str, Carried]]:
    """Each claim with its kind and what it is set beside."""
    with gzip.open(data / "corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        articles = {article["id"]: article for article in map(json.loads, file)}
    with gzip.open(data / "questions.jsonl.gz", "rt", encoding="utf-8") as file:
        questions = [json.loads(line) for line in file]
    found = []
    for question in questions:
        article = articles[question["evidence"][0]]
        lines = article["text"].split("\n")
        claim, borne_out = question["question"], [numbers for numbers in question["supporting_sentences"] if numbers]
        numbers = sorted(borne_out[0] if borne_out else _nearest(claim, lines))
        titles = f"{article['title'] or ''} {question.get('meta', {}).get('claim_title', '')}"
        around = lines[max(0, numbers[0] - _AROUND) : numbers[0]]
        found.append((question["type"], claim, Carried([lines[number] for number in numbers], around, titles)))
    return found


def _nearest(claim: str, lines: Sequence[str]) -> list[int]:
    wanted = {term for _, term in content_tokens(claim)}
    return sorted(range(len(lines)), key=lambda number: -len(wanted & set(terms(lines[number]))))[:2]
