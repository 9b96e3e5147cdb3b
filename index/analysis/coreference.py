"""Whom a sentence speaks of: "He sent his advisor" says little without the sentence that names him."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.analysis.terms import is_name, tokens
from index.analysis.types import SentenceAnalysis
from index.languages.en.attribution import QUOTATION
from index.languages.en.function_words import NOT_NAMES
from index.languages.en.pronouns import HE_OR_SHE
from index.types import Span

_LOOK_BACK = 4


def leaning_word(text: str, span: Span | SentenceAnalysis) -> str | None:
    """The "he" or "she" of a sentence that does not name whom it stands for; None if it has none.

    What "it" and "they" stand for cannot be told by the nearest name. A name that stands only inside a quotation is
    nobody's antecedent.

    >>> leaning_word("He sent an envoy.", Span(0, 17)), leaning_word("Putin said he would call.", Span(0, 25))
    ('He', None)
    """
    own = _without_quotations(text[span.start : span.end])
    match = HE_OR_SHE.search(own)
    return match.group() if match and not _has_name(own[: match.start()], text) else None


def find_antecedent(
    text: str, sentences: Sequence[SentenceAnalysis], span: SentenceAnalysis
) -> SentenceAnalysis | None:
    """The nearest sentence before one that has a name in it; None where there is none among the four before.

    ``sentences`` are those of the article, in order.
    """
    before = [sentence for sentence in sentences if sentence.evidence and sentence.end <= span.start]
    for sentence in reversed(before[-_LOOK_BACK:]):
        if _has_name(_without_quotations(text[sentence.start : sentence.end]), text):
            return sentence
    return None


def _without_quotations(sentence: str) -> str:
    return QUOTATION.sub(lambda match: " " * len(match.group()), sentence)


def _has_name(piece: str, text: str) -> bool:
    """Whether a piece of a text has a name; any first word is capitalised, but a name is so inside a sentence too."""
    return any(
        word[0].isupper()
        and word.lower() not in NOT_NAMES
        and (number > 0 or is_name(word) or re.search(rf"[a-z,] {re.escape(word)}\b", text) is not None)
        for number, (word, _) in enumerate(tokens(piece))
    )
