"""Text to the terms that the word index, the reader of questions and the duplicate check all share.

A term is a lower-case lemma without diacritics, so that "spoke" finds "speak" and "Süddeutsche" finds
"Suddeutsche". Words in no dictionary, mostly names, are folded further, so that Zelenskyy, Zelenskiy and Zelensky
are one term.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Function words, question words and verbs of asking: they say nothing about which article is meant.
STOP_WORDS = frozenset(
    "a about above after again against all also am an and any are as at be because been before being below between"
    " both but by can could did do does doing down during each either else ever every few for from further had has"
    " have having he her here hers herself him himself his how i if in into is it its itself just let may me might"
    " more most much many must my myself neither no nor not of off on once only or other our ours ourselves out over"
    " own per please same shall she should so some such tell than that the their theirs them themselves then there"
    " these they this those though through to too under until up upon very was we were what whatever when where"
    " whether which while who whom whose why will with would yes you your yours yourself yourselves"
    " anyone anybody anything everyone everybody everything happen happened nobody nothing someone somebody"
    " something".split()
)
CALENDAR_WORDS = frozenset(
    "january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday".split()
)

NOT_NAMES = STOP_WORDS | CALENDAR_WORDS
"""Words that name nobody, though they may be capitalised."""

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)*")
_CODES = {"US": "usa", "U.S.": "usa", "USA": "usa", "U.S.A.": "usa", "UK": "uk", "U.K.": "uk"}


def terms(text: str) -> list[str]:
    """The terms of a text in order, stop words included.

    >>> terms("Macron and Zelenskyy last spoke in the U.S.")
    ['macron', 'and', 'zelensky', 'last', 'speak', 'in', 'the', 'usa']
    """
    return [term for _, term in tokens(text)]


def content_tokens(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text that carry meaning, as written, each with its term."""
    for word, term in tokens(text):
        if word.lower() not in STOP_WORDS and term not in STOP_WORDS:
            yield word, term


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Each word of a text as written, with its term."""
    for match in _TOKEN.finditer(text):
        word = match.group()
        if term := _term(word):
            yield word, term


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

    if word in _CODES:
        return _CODES[word]
    if word[0].isdecimal():
        return _number(word)
    plain = word.lower().replace("’", "'").removesuffix("'s").replace("'", "").replace(".", "")
    if simplemma.is_known(plain, lang="en"):
        return _one_spelling(_strip_marks(simplemma.lemmatize(plain, lang="en")))
    return _fold_name(_strip_marks(plain))


_SPELLINGS = (
    (re.compile(r"is(e|ation)$"), r"iz\1"),
    (re.compile(r"yse$"), "yze"),
    (re.compile(r"(?<=\w{4})our$"), "or"),
    (re.compile(r"(?<=\w{2})tre$"), "ter"),
    (re.compile(r"(?<=def|off|lic|ret)ence$"), "ense"),
    (re.compile(r"^advisor$"), "adviser"),
    (re.compile(r"^programme$"), "program"),
    (re.compile(r"^grey$"), "gray"),
)
"""British spellings to American ones; a word that is neither is changed in the index and in questions alike."""


_BRITISH = ("ise", "isation", "yse", "our", "tre", "ence", "advisor", "programme", "grey")
"""How those end; most words do not."""


def _one_spelling(term: str) -> str:
    if not term.endswith(_BRITISH):
        return term
    for pattern, spelling in _SPELLINGS:
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
    folded = name.replace("ph", "f").replace("kh", "k").replace("q", "k")
    folded = re.sub(r"(.)\1+", r"\1", folded)
    return re.sub(r"(?:iy|yi|ij|yj|ii|i|y|j)$", "y", folded)
