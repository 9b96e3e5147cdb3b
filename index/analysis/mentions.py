"""Where a text names somebody or something."""

from __future__ import annotations

from index.analysis.terms import is_name, placed_tokens
from index.languages.en.function_words import NOT_NAMES
from index.languages.en.names import POSSESSIVE


def name_spans(text: str, *, lower: bool = False) -> list[tuple[int, int]]:
    """Where the names in a text stand, a full name as one: capitalised words that follow one another.

    The first word of a text, capitalised in any case, counts where it is in no dictionary, stands alone or a name
    follows; with ``lower`` any word counts that is in no dictionary, as people type names in a question.

    >>> text = "Peter Brandt's Tide Party beat ilse torvald"
    >>> [text[slice(*span)] for span in name_spans(text)]
    ['Peter Brandt', 'Tide Party']
    >>> [text[slice(*span)] for span in name_spans(text, lower=True)]
    ['Peter Brandt', 'Tide Party', 'ilse torvald']
    """
    words: list[tuple[str, int, bool]] = []
    for start, word, term in placed_tokens(text):
        plain = POSSESSIVE.sub("", word)
        named = (word[0].isupper() or (lower and is_name(plain))) and not {plain.lower(), term} & NOT_NAMES
        words.append((plain, start, named))
    if words and words[0][2] and len(words) > 1:
        first, start, _ = words[0]
        second, after, named = words[1]
        beside = named and second[0].isupper() and text[start + len(first) : after] == " "
        words[0] = first, start, first.isupper() or is_name(first) or beside
    spans: list[tuple[int, int]] = []
    for word, start, named in words:
        if named and spans and text[spans[-1][1] : start] == " ":
            spans[-1] = spans[-1][0], start + len(word)
        elif named:
            spans.append((start, start + len(word)))
    return spans
