"""Claims with the lines of a web page that bear them out, or do not (WiCE: Kamoi and others 2023, arXiv:2303.01432).

Questions of ``type`` supported, partially_supported or not_supported, and ``supporting_sentences``, lists of line
numbers of the article. A claim that nothing bears out is set beside the two lines that share most words with it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from assistant.verification.evidence import Evidence
from evals.research.claim_support.claim import Claim
from index.analysis.terms import content_tokens, terms


def load(data: Path) -> list[Claim]:
    """Each claim with what it is set beside."""
    with gzip.open(data / "corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        articles = {article["id"]: article for article in map(json.loads, file)}
    with gzip.open(data / "questions.jsonl.gz", "rt", encoding="utf-8") as file:
        questions = [json.loads(line) for line in file]
    found = []
    for question in questions:
        article = articles[question["evidence"][0]]
        lines = article["text"].split("\n")
        borne_out = [numbers for numbers in question["supporting_sentences"] if numbers]
        numbers = sorted(borne_out[0] if borne_out else _nearest(question["question"], lines))
        title = question.get("meta", {}).get("claim_title") or article["title"] or ""
        evidence = Evidence(" ".join(lines[number] for number in numbers), title)
        found.append(Claim(question["question"], [evidence], question["type"] == "supported", question["type"]))
    return found


def _nearest(claim: str, lines: Sequence[str]) -> list[int]:
    wanted = {term for _, term in content_tokens(claim)}
    return sorted(range(len(lines)), key=lambda number: -len(wanted & set(terms(lines[number]))))[:2]
