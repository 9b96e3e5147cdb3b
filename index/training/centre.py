"""The means of the multilingual embedder's vectors: ``python -m index.training.centre``.

Over sentences and questions in six of the languages of ``evals/languages``; the other six are measured.
"""

from __future__ import annotations

import json
from pathlib import Path

from index.analysis.layout import read_layout
from index.analysis.sentences import split_sentences
from index.models.multilingual import MEANS, MultilingualE5

FITTED = ("de", "it", "ja", "pl", "pt", "ru")


def main() -> None:
    """Embed, write the means."""
    sentences, questions = [], []
    for language in FITTED:
        folder = Path("evals/languages", language)
        for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            spans = split_sentences(row["text"], read_layout(row["text"], title=row["title"]), language=language)
            sentences += [row["text"][span.start : span.end] for span in spans if span.evidence]
        rows = map(json.loads, (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines())
        questions += [row["question"] for row in rows if row["language"] == language]
    model = MultilingualE5()._model
    means = {"passages": model.passage(sentences).mean(axis=0), "questions": model.query(questions).mean(axis=0)}
    MEANS.write_text(json.dumps({name: [round(float(one), 5) for one in mean] for name, mean in means.items()}) + "\n")


if __name__ == "__main__":
    main()
