"""A checked draft to read: as Markdown to paste elsewhere, or as a page of HTML that needs nothing else."""

from __future__ import annotations

from html import escape

from assistant import messages
from assistant.types import CheckedSentence, Citation, DraftReport
from index.times.published import published_in_words

_STYLE = """
body { font: 16px/1.5 Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1c }
.checked { border-left: 4px solid #a0aec0; padding: .1rem 0 .1rem .8rem; margin: .8rem 0 }
.checked.supported { border-color: #2f855a } .checked.contradicted { border-color: #c53030 }
.checked p { margin: .2rem 0 } .told { font: 13px/1.4 sans-serif; color: #4a5568 }
mark { background: #fed7d7; color: inherit } blockquote { margin: .3rem 0 .3rem 1rem; color: #2d3748 }
"""


def markdown(report: DraftReport) -> str:
    """A report as Markdown: each sentence with its verdict and its quotes."""
    parts = [f"# {messages.DRAFT_CHECKED}", messages.draft_counts(report.counts)]
    for sentence in report.sentences:
        lines = [f"**{sentence.verdict}**: {' '.join(sentence.text.split())}"]
        if told := messages.checked(sentence.verdict, sentence.sources, _marked(sentence, report.text)):
            lines.append(f"({told})")
        lines += [f"> {' '.join(one.quote.split())}\n> — {_where(one)}" for one in sentence.citations]
        parts.append("\n\n".join(lines))
    return "\n\n".join(parts) + "\n"


def page(report: DraftReport) -> str:
    """A report as a whole page of HTML."""
    title = escape(messages.DRAFT_CHECKED)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>"
        f"<body><h1>{title}</h1>{html(report)}</body></html>\n"
    )


def html(report: DraftReport) -> str:
    """A report as HTML to stand in a page."""
    rows = "".join(_row(sentence, report.text) for sentence in report.sentences)
    return f'<p class="told">{escape(messages.draft_counts(report.counts))}</p>{rows}'


def _row(sentence: CheckedSentence, draft: str) -> str:
    told = messages.checked(sentence.verdict, sentence.sources, _marked(sentence, draft))
    quotes = "".join(
        f'<blockquote>“{_line(one.quote)}”<br><span class="told">{escape(_where(one))}</span></blockquote>'
        for one in sentence.citations
    )
    return (
        f'<div class="checked {sentence.verdict.replace(" ", "-")}"><p>{_set_off(sentence, draft)}</p>'
        f'<p class="told"><b>{escape(sentence.verdict)}</b>{f" · {escape(told)}" if told else ""}</p>{quotes}</div>'
    )


def _set_off(sentence: CheckedSentence, draft: str) -> str:
    """A sentence with the words set off that its quotes do not have."""
    parts, at = [], sentence.start
    for start, end in sentence.marks:
        parts.append(f"{_line(draft[at:start])}<mark>{_line(draft[start:end])}</mark>")
        at = end
    return "".join(parts) + _line(draft[at : sentence.end])


def _marked(sentence: CheckedSentence, draft: str) -> list[str]:
    return [draft[start:end] for start, end in sentence.marks]


def _where(citation: Citation) -> str:
    told = [citation.title or citation.uri, citation.outlet, published_in_words(citation.published)]
    return " · ".join(part for part in told if part)


def _line(text: str) -> str:
    return escape(text).replace("\r", " ").replace("\n", " ")
