"""Claims beside evidence from published sets, in groups that share a claim, and yes-or-no questions made of claims."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.training.teacher.example import CHOICES, CHOOSE, JUDGE, LABELS, Example, Group

NAMES = {"supported": "S", "refuted": "R", "neutral": "N", "not_supported": "X"}
SETS = (
    "vitaminc_real_test", "vitaminc_synthetic_test", "fever_train", "fever_nli_dev", "fever_symmetric",
    "fever_adversarial", "fm2_dev_test", "dialfact_small", "taxinli_mnli", "mnli_dev_binary", "cad_nli",
    "negation_nli", "med", "conjnli", "scone", "breaking_nli", "equate_newsnli", "equate_rte_quant",
    "equate_redditnli", "summedits_other", "falke_sentence_pairs", "factcheckgpt_stance", "wice_partial_train",
    "factor_expert", "begin", "convfever_human", "tracie", "drop_nli",
)  # fmt: skip
WORDS = 140
_ASIDE = re.compile(r"\s*\([^)]*\)")
_AUXILIARY = re.compile(
    r"^((?:The |An? )?[^,.;:]{2,60}?) (is|was|are|were|has|had|can|could|will|would|did|does) ([^;:]+)\.$"
)
_VERB = re.compile(
    r"\b(?:that|who|which|whose|where|when|if|and|to|in|of the|by|there|it|he|she|they)\b|\b\w+ed\b", re.I
)
_NO_INVERSION = frozenset({"has", "had", "did", "does"})


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Rows of a packed file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            yield json.loads(line)


def examples(folder: Path, name: str, seed: int = 7) -> list[Group]:
    """Groups of one set: claims told of two pieces of evidence stay together; long evidence is left out."""
    if name not in SETS:
        raise ValueError(f"{name} is not a set to train on")
    together: dict[str, Group] = {}
    for row in lines(folder / f"{name}.jsonl.gz"):
        if len(row["evidence"].split()) > WORDS or len(row["claim"].split()) > 60:
            continue
        evidence, claim = row["evidence"].strip(), row["claim"].strip()
        if (
            not evidence
            or not claim
            or (name == "factor_expert" and row["label"] == "supported" and claim not in evidence)
        ):
            continue
        label = LABELS.index(NAMES[row["label"]])
        item = Example(JUDGE, claim, evidence, label, name)
        key = row["claim"] if name.startswith("vitaminc") else row["id"]
        together.setdefault(f"{key}/{len(together.get(key, ())) // 4}", []).append(item)
    groups = [group for whole in together.values() for group in _couples(whole)]
    random.Random(f"{seed}/{name}").shuffle(groups)
    return groups


def _couples(whole: Group) -> Iterator[Group]:
    """A claim's examples two by two, unlike labels first."""
    rest = sorted(whole, key=lambda item: item.label)
    while rest:
        one = rest.pop(0)
        yield [one, rest.pop()] if rest else [one]


def asked(claim: str) -> str | None:
    """The yes-or-no question of a plain statement ("X was born in Y."), or None where no safe rule applies."""
    found = _AUXILIARY.match(claim.strip())
    if not found:
        return None
    subject, verb, rest = found.groups()
    if verb in _NO_INVERSION and not re.match(r"been\b|not\b", rest):
        return None
    if len(subject.split()) > 6 or _VERB.search(subject) or not subject[0].isupper():
        return None
    if subject.startswith(("The ", "A ", "An ")):
        subject = subject[0].lower() + subject[1:]
    if re.search(r"\bnot\b|\bnever\b|\bonly\b", rest):
        return None
    return f"{verb.capitalize()} {subject} {rest}?"


def choices(groups: list[Group]) -> list[Group]:
    """Yes-or-no questions of those claims that turn into one; where it is only known that nothing supports, none."""
    answers = {"S": "yes", "R": "no", "N": "unclear"}
    found: list[Group] = []
    for group in groups:
        turned = [
            Example(CHOOSE, question, item.second, CHOICES.index(answers[LABELS[item.label]]), f"asked {item.kind}")
            for item in group
            if LABELS[item.label] in answers and (question := asked(item.first))
        ]
        if turned:
            found.append(turned)
    return found


def strategy(folder: Path, seed: int = 7) -> list[Group]:
    """StrategyQA's questions beside the facts that decide them, and at times beside facts of another question."""
    facts = {row["id"]: row["text"] for row in lines(folder / "corpus.jsonl.gz")}
    rows = list(lines(folder / "questions.jsonl.gz"))
    draw = random.Random(seed)
    found: list[Group] = []
    for row in rows:
        text = " ".join(facts[place] for place in row["evidence"])
        group = [Example(CHOOSE, row["question"], text, CHOICES.index(row["answers"][0]), "strategyqa")]
        if draw.random() < 0.2:
            other = " ".join(facts[place] for place in draw.choice(rows)["evidence"])
            group.append(Example(CHOOSE, row["question"], other, CHOICES.index("unclear"), "strategyqa elsewhere"))
        found.append(group)
    return found


def plain(text: str) -> str:
    """A title without what stands in brackets."""
    return _ASIDE.sub("", text)
