"""A conversation as a Word file: each answer as prose with raised numbers, below it the quotes they stand for."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from docx import Document
from docx.document import Document as Written
from docx.shared import Pt

from assistant import messages
from assistant.web.markup import source_line

Json = Mapping[str, Any]


def word_file(answers: Iterable[Json]) -> bytes:
    """Answers, each in its JSON form, as the bytes of a .docx file."""
    document = Document()
    document.styles["Normal"].font.size = Pt(11)
    for answer in answers:
        document.add_heading(_plain(answer["question"]), level=1)
        _add_prose(document, answer)
        for notice in answer["notices"]:
            document.add_paragraph().add_run(_plain(notice["message"])).italic = True
        if answer["citations"]:
            document.add_heading("Sources", level=2)
        for citation in answer["citations"]:
            paragraph = document.add_paragraph(f"{citation['number']}. “{_plain(citation['quote'])}” ")
            paragraph.add_run(_plain(f"{source_line(citation)} ({citation['uri']})")).italic = True
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add_prose(document: Written, answer: Json) -> None:
    if answer["refused"]:
        document.add_paragraph(_plain(answer["answer"]))
        return
    end = 0
    paragraph = document.add_paragraph()
    for sentence in answer["sentences"]:
        between = answer["answer"][end : sentence["start"]]
        if "\n" in between:
            paragraph = document.add_paragraph()
        elif between:
            paragraph.add_run(" ")
        end = sentence["end"]
        paragraph.add_run(_plain(sentence["text"]))
        numbers = paragraph.add_run(" ".join(f"[{number}]" for number in sentence["citations"]))
        numbers.font.superscript = True
        if sentence.get("verdict") == "unsure":
            paragraph.add_run(f" ({messages.UNSURE_SHOWN})").italic = True


def _plain(text: str) -> str:
    """What a Word file can hold: it knows no control characters."""
    return "".join(character if character.isprintable() else " " for character in text)
