"""Text to the terms that the word index, the reader of questions and the duplicate check all share.

A term is a lower-case lemma without diacritics, so that "spoke" finds "speak" and "Süddeutsche" finds
"Suddeutsche". Words in no dictionary, mostly names, are folded further, so that Zelenskyy, Zelenskiy and Zelensky
are one term.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from index.languages.en.function_words import STOP_WORDS as STOP_WORDS
from index.languages.en.lexicon import SAME_CHANGE
from index.languages.en.spelling import BRITISH, CODES, DOUBLED, NAME_END, NAME_LETTERS, SPELLINGS

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)*")
_MARKED = r"(?:[^\W_][\u0300-\u036f]*)+"
_DECOMPOSED = re.compile(rf"(?:[^\W\d_]\.){{2,}}|\d+(?:[.,]\d+)*|{_MARKED}(?:['’]{_MARKED})*")
"""The same where marks are characters of their own, which they seldom are: looking for them takes longer."""

_WITHOUT_SPACES = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_UNSPACED = re.compile(f"[{_WITHOUT_SPACES}]")
_RUNS = re.compile(f"[{_WITHOUT_SPACES}]+|[^{_WITHOUT_SPACES}]+")
"""Han characters and kana, which are written without spaces; two beside one another are found as a word is
(as Lucene's CJKBigramFilter has it)."""


def terms(text: str) -> list[str]:
    """The terms of a text in order, stop words included.

    >>> terms("Macron and Zelenskyy last spoke in the U.S.")
    ['macron', 'and', 'zelensky', 'last', 'speak', 'in', 'the', 'usa']
    """
    return [term for _, term in tokens(text)]


@cache
def _same_change() -> dict[str, str]:
    """Each term of the lexicon to the first of its row."""
    return {term: terms(row)[0] for row in SAME_CHANGE for term in terms(row)}


def same_meaning(found: Iterable[str]) -> set[str]:
    """Terms with one for all that tell the same change.

    >>> sorted(same_meaning(["lower", "rate"])), sorted(same_meaning(["toll"]))
    (['cut', 'rate'], ['kill'])
    """
    known = _same_change()
    return {known.get(term, term) for term in found}


def content_tokens(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text that carry meaning, as written, each with its term."""
    for word, term in tokens(text):
        if word.lower() not in STOP_WORDS and term not in STOP_WORDS:
            yield word, term


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Each word of a text as written, with its term."""
    for _, word, term in placed_tokens(text):
        yield word, term


def placed_tokens(text: str) -> Iterator[tuple[int, str, str]]:
    """The same with where each begins. What is written without spaces, as Chinese is, is given in pairs of characters.

    >>> terms("青屿市长周敏")
    ['青屿', '屿市', '市长', '长周', '周敏']
    """
    for match in (_TOKEN if unicodedata.is_normalized("NFC", text) else _DECOMPOSED).finditer(text):
        word, start = match.group(), match.start()
        if word.isascii() or not _UNSPACED.search(word):
            if term := _term(word):
                yield start, word, term
            continue
        for run in _RUNS.finditer(word):
            written = run.group()
            pairs = len(written) - 1 if _UNSPACED.match(written) else 0
            for at in range(max(1, pairs)):
                piece = written[at : at + 2] if pairs else written
                if term := _term(piece):
                    yield start + run.start() + at, piece, term


def is_name(word: str) -> bool:
    """Whether a word is in no English dictionary, which for a word of a question means a name.

    >>> is_name("lavrov"), is_name("minister")
    (True, False)
    """
    import simplemma

    return word[:1].isalpha() and len(word) > 2 and not simplemma.is_known(word.lower(), lang="en")


@lru_cache(maxsize=200_000)
def _term(word: str) -> str:
    import simplemma

    if word in CODES:
        return CODES[word]
    if word[0].isdecimal():
        return _number(word)
    plain = word.lower().replace("’", "'").removesuffix("'s").replace("'", "").replace(".", "")
    if not plain:
        return ""
    if simplemma.is_known(plain, lang="en"):
        return _one_spelling(_strip_marks(simplemma.lemmatize(plain, lang="en")))
    return _fold_name(_strip_marks(plain))


def _one_spelling(term: str) -> str:
    if not term.endswith(BRITISH):
        return term
    for pattern, spelling in SPELLINGS:
        term = pattern.sub(spelling, term)
    return term


def _number(word: str) -> str:
    """Thousands separators out: "386,000" and "386000" are one term."""
    return re.sub(r",(?=\d{3}(?!\d))", "", word).replace(",", ".").rstrip(".")


def _strip_marks(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word)
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    # Some letters only come apart here, some into more than letters.
    plain = "".join(character for character in plain.lower() if character.isalnum())
    return plain.replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("æ", "ae")


def _fold_name(name: str) -> str:
    """Spellings of one name to one term: doubled letters, -skyy/-skiy/-skii/-ski, kh/q/k, ph/f."""
    if not name.isalpha() or len(name) < 4:
        return name
    for written, folded in NAME_LETTERS:
        name = name.replace(written, folded)
    return NAME_END.sub("y", DOUBLED.sub(r"\1", name))
