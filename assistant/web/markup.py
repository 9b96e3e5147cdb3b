"""An answer, and what leads to its sources, as HTML; every character of an article and of a question is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape, unescape
from typing import Any

from assistant import messages
from assistant.types import EXTRACTIVE
from index.times.published import published_in_words

Json = Mapping[str, Any]

_QUESTION = re.compile(r'<p class="question">(.*)</p>', re.DOTALL)
_LONG = 240
"""Characters of a quote that a card shows at most."""

_MOST = 0.8
"""What is set off is less of a sentence than this: a model mostly quotes the whole."""

_SURE = ((0.85, "Very likely right"), (0.6, "Probably right"), (0.0, "May be wrong: read the quote"))
"""How sure an answer is said to be, from which confidence on."""

_UNSURE = f'<span class="unsure" tabindex="0" title="{escape(messages.UNSURE_SHOWN)}">unsure</span>'

_AMISS = frozenset(
    "contradiction correction newer_count occasions no_such_day other_time spelling unknown_words not_answered cut_off"
    " nothing_kept model_failed not_judged judge_unused chunks_to_embed vectors_lost".split()
)
"""Codes of notices that a reader should not miss; the others tell what was understood."""


def answer_html(answer: Json, turn: int, searched: str = "") -> str:
    """An answer from its JSON, each sentence with its numbered citations.

    ``turn`` is its place in the conversation; ``searched`` is what a refusal says was searched.
    """
    if answer["refused"]:
        return _message([*_refusal(answer, turn, searched), f'<p class="by">{_share(turn)}</p>'])
    parts = [_understood(answer)]
    for paragraph in _paragraphs(answer):
        shown = [sentence_html(answer["sentences"][number], answer["citations"], turn) for number in paragraph]
        parts.append(f"<p>{' '.join(shown)}</p>")
        notes = [note["text"] for note in answer["annotations"] if note["sentence"] in paragraph]
        parts += [f'<p class="note">{_line(text)}</p>' for text in dict.fromkeys(notes)]
    parts += _notices(answer)
    parts.append(f'<p class="by">{_by(answer)} · {_share(turn)}</p>')
    return _message(parts)


def sentence_html(sentence: Json, citations: Sequence[Json], turn: int) -> str:
    """One sentence, the words that answer set off, and a link for each of its citations."""
    known = {citation["number"]: citation for citation in citations}  # of an answer that is still coming not yet all
    cited = [known[number] for number in sentence["citations"]]
    links = "".join(_link(citation, turn) for citation in cited)
    mark = _UNSURE if sentence.get("verdict") == "unsure" else ""  # what was shared earlier has no verdict
    return f'<span class="sentence">{_set_off(sentence["text"], cited[0] if cited else None)}{links}{mark}</span>'


def _paragraphs(answer: Json) -> list[list[int]]:
    """The places of the sentences that stand together: a quoted one by itself, what a model wrote in its paragraphs."""
    paragraphs: list[list[int]] = []
    end = 0
    for number, sentence in enumerate(answer["sentences"]):
        begins = answer["answerer"] == EXTRACTIVE or "\n\n" in answer["answer"][end : sentence["start"]]
        if begins or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(number)
        end = sentence["end"]
    return paragraphs


def partial_html(sentences: Sequence[Json], citations: Sequence[Json], dropped: int, turn: int) -> str:
    """An answer that is still coming."""
    parts = [f"<p>{sentence_html(sentence, citations, turn)}</p>" for sentence in sentences]
    if dropped:
        parts.append(f'<p class="note">{dropped} left out so far: no quote supports it.</p>')
    parts.append('<p class="note busy">Searching …</p>' if not sentences else '<p class="note busy">…</p>')
    return _message(parts)


def waiting_html() -> str:
    """In place of an answer that has not begun."""
    return _message(['<p class="note busy">Waiting …</p>'])


def error_html(message: str) -> str:
    """What went wrong, and what mends it."""
    return _message([f'<p class="amiss" role="alert">{_line(message)}</p>'])


def question_html(question: str) -> str:
    """A question as it was asked; ``question_of`` takes it back."""
    return f'<p class="question">{_line(question)}</p>'


def question_of(shown: str) -> str:
    """A question from how it is shown; what was typed by hand is left as it is.

    >>> question_of(question_html('Who said "a < b"?')), question_of("Who said <p>?")
    ('Who said "a < b"?', 'Who said <p>?')
    """
    framed = _QUESTION.fullmatch(shown.strip())
    return unescape(framed[1]) if framed else shown


def answer_text(answer: Json) -> str:
    """An answer with its sources, to paste elsewhere: numbered quotes with title, outlet, date and, if any, address."""
    lines = [answer["question"], ""]
    for sentence in answer["sentences"]:
        marks = "".join(f"[{number}]" for number in sentence["citations"])
        unsure = f" ({messages.UNSURE_SHOWN})" if sentence.get("verdict") == "unsure" else ""
        lines.append(f"{sentence['text']} {marks}{unsure}")
    if answer["refused"]:
        lines.append(answer["answer"])
    if answer["citations"]:
        lines += ["", "Sources", ""]
    for citation in answer["citations"]:
        address = web_link(citation["uri"])  # a path of this machine says nothing elsewhere
        lines.append(f"{citation['number']}. “{citation['quote']}”")
        lines.append("   " + " · ".join([source_line(citation), *([address] if address else [])]))
    return "\n".join(lines)


def web_link(uri: str) -> str | None:
    """An address that may be linked to: http and https only."""
    return uri if uri.lower().startswith(("http://", "https://")) else None


def _refusal(answer: Json, turn: int, searched: str) -> list[str]:
    parts = [_understood(answer), f'<p class="refusal">{_line(answer["answer"])}</p>', *_notices(answer)]
    if searched:
        parts.append(f'<p class="note">Searched: {_line(searched)}.</p>')
    if answer["passages"]:
        parts.append('<p class="note">Nearest passages, which may not answer it:</p><ul class="near">')
        for place, passage in enumerate(answer["passages"][:3], 1):
            title = _line(passage["title"] or passage["uri"])
            card = _card(passage["text"], passage)
            parts.append(f'<li><a class="cite near" href="#passage-{turn}-{place}">{title}{card}</a></li>')
        parts.append("</ul>")
    parts.append(
        '<p class="note">It may help to name in full who or what is meant, to ask for one thing at a time, '
        "or to take a filter away.</p>"
    )
    return parts


def _understood(answer: Json) -> str:
    if not answer.get("understood"):
        return ""
    return f'<p class="note">{_line(messages.understood(answer["question"], answer["understood"]))}</p>'


def _notices(answer: Json) -> list[str]:
    return [
        f'<p class="{"amiss" if notice["code"] in _AMISS else "note"}">{_line(notice["message"])}</p>'
        for notice in answer["notices"]
    ]


def _by(answer: Json) -> str:
    told = [_sure(answer["confidence"])] if answer["confidence"] is not None else []
    if answer["answerer"] == "catalog":
        told.append("from the list of articles")
    elif answer["answerer"] == EXTRACTIVE:
        told.append("quoted from the articles")
    else:
        told.append(f"written by {_line(answer['answerer'])}, each sentence checked against its quotes")
    return " · ".join([*told, *_spent(answer["usage"])])


def _sure(confidence: float) -> str:
    """How sure an answer is, in words; the figure for those who look for it."""
    words = next(words for least, words in _SURE if confidence >= least)
    return f'<span class="sure" title="{confidence:.0%} sure">{words}</span>'


def _spent(usage: Mapping[str, float]) -> list[str]:
    """What an answer took of a language model: tokens, and money where prices are set."""
    if not usage:
        return []
    tokens = f"{usage['prompt_tokens'] + usage['completion_tokens']:,.0f} tokens"
    return [tokens, *([f"{usage['cost']:.4f} in money"] if "cost" in usage else [])]


def spent_html(answers: Iterable[Json]) -> str:
    """What a conversation took of a language model in all; nothing where none was asked."""
    usages = [answer["usage"] for answer in answers if answer["usage"]]
    if not usages:
        return ""
    names = ("prompt_tokens", "completion_tokens", *(["cost"] if any("cost" in usage for usage in usages) else []))
    told = _spent({name: sum(usage.get(name, 0.0) for usage in usages) for name in names})
    return f'<p class="note">This conversation: {", ".join(told)}</p>'


def _share(turn: int) -> str:
    return f'<a class="share" href="#share-{turn}">Share this answer</a>'


def _link(citation: Json, turn: int) -> str:
    number = citation["number"]
    card = _card(citation["quote"], citation)
    return f'<a class="cite" href="#cite-{turn}-{number}" title="Source {number}">{number}{card}</a>'


def _card(quote: str, source: Json) -> str:
    """What is shown while the pointer or the focus is on a citation or a passage."""
    short = quote if len(quote) <= _LONG else quote[:_LONG].rsplit(" ", 1)[0] + " …"
    where = _line(source_line(source))
    return f'<span class="card"><span class="quote">{_line(short)}</span><span class="where">{where}</span></span>'


def source_line(source: Json) -> str:
    """The title of a citation's or a passage's article, its outlet and its date."""
    outlet = source.get("outlet")  # what was shared earlier may have none
    posted = source.get("posted")
    when = messages.posted(datetime.fromisoformat(posted)) if posted else published_in_words(source["published"])
    page = source.get("page")
    copies = source.get("also_in")
    told = [
        source["title"] or source["uri"],
        outlet,
        when,
        page and messages.on_page(page),
        copies and messages.also_in(copies),
    ]
    return " · ".join(filter(None, told))


def _set_off(text: str, citation: Json | None) -> str:
    """A verbatim sentence with the words that answer in bold."""
    if not citation or not citation["mark"] or citation["quote"] != text:
        return _line(text)
    start, end = (place - citation["start"] for place in citation["mark"])
    if end - start > _MOST * len(text):
        return _line(text)
    return f"{_line(text[:start])}<strong>{_line(text[start:end])}</strong>{_line(text[end:])}"


def _line(text: str) -> str:
    """Escaped, in one line: a blank line would end the HTML for Markdown, and begin its own."""
    return escape(text).replace("\r", " ").replace("\n", " ")


def _message(parts: Iterable[str]) -> str:
    return f'<div class="answer">{"".join(parts)}</div>'
