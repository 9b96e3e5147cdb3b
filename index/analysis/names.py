"""Whether the names in a sentence are those of its quotes: full and half names, peoples, initials, pronouns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.analysis.quantities import quantities
from index.analysis.terms import is_name, tokens
from index.languages.en.function_words import CALENDAR_WORDS, STOP_WORDS
from index.languages.en.names import COMMON, OPENERS, PEOPLES, RUN
from index.languages.en.pronouns import MANY, ONE

_COUNTRY = {
    term: names.split()[0]
    for names in re.split(r"\||\n", PEOPLES)
    for word in names.split()
    for _, term in tokens(word)
}
"""A people or its language to its country, all as terms."""


def is_people(word: str) -> bool:
    """Whether a word names a country, a people or a language.

    >>> is_people("French"), is_people("Macron")
    (True, False)
    """
    return any(term in _COUNTRY for _, term in tokens(word))


def missing_name(sentence: str, quotes: Sequence[str], around: Sequence[str], titles: str) -> str | None:
    """A name in a sentence that is not in its quotes; None where there is none.

    ``around`` are the sentences before the quotes: whom a pronoun in them may stand for is whom the nearest of these
    that has a name names first, or for "they" any that it names. Half of a full name may stand anywhere in them.

    >>> missing_name("Brandt sent an envoy.", ["He sent an envoy."], ["Torvald hesitated."], "")
    'Brandt'
    """
    said = " ".join(quotes)
    there = forms(said)
    referents = _referents(said, around)
    nearby = forms(" ".join([*around, titles]))
    initials = _initials(" ".join([said, titles, *around]))
    spelled_out = {
        word for run in _runs(sentence) if not set(_short(run)).isdisjoint(said.split()) for word in run.split()
    }
    words = list(tokens(sentence))
    for number, (word, term) in enumerate(words):
        if not may_name(number, word, term):
            continue
        known = forms(word)
        if not known.isdisjoint(there | referents) or word.replace(".", "") in initials or word in spelled_out:
            continue
        beside = [other for other, _ in words[max(0, number - 1) : number + 2] if other != word and other[0].isupper()]
        halved = any(not forms(other).isdisjoint(there | referents) for other in beside)
        if not halved or known.isdisjoint(nearby):
            return word
    return None


def may_name(number: int, word: str, term: str) -> bool:
    """Whether a word, with its place in the sentence, may be a name.

    >>> may_name(0, "Negotiations", "negotiation"), may_name(0, "Bush", "bush")
    (False, True)
    """
    if not word[0].isupper() or {word.lower(), term} & (STOP_WORDS | CALENDAR_WORDS):
        return False
    if number > 0 or is_name(word):
        return True
    return not COMMON.search(word) and word.lower() not in OPENERS and not quantities(word)


def _referents(said: str, around: Sequence[str]) -> set[str]:
    """The forms of the names that a pronoun in the quotes may stand for."""
    one, many = ONE.search(said), MANY.search(said)
    if not one and not many:
        return set()
    for sentence in reversed(around):
        runs = re.findall(r"(?<![.!?] )(?:\b[A-Z][\w’'-]+(?: (?=[A-Z]))?)+", sentence)
        names = [
            run for run in runs if any(may_name(1, word, term) and is_like_a_name(word) for word, term in tokens(run))
        ]
        if names:
            return forms(" ".join(names if many else names[:1]))
    return set()


def is_like_a_name(word: str) -> bool:
    """Whether a capitalised word is more likely a name than the first word of a sentence.

    >>> is_like_a_name("Torvald"), is_like_a_name("Macron"), is_like_a_name("However")
    (True, True, False)
    """
    return word.lower() not in STOP_WORDS | OPENERS | CALENDAR_WORDS


def forms(text: str) -> set[str]:
    """The terms of a text, those of a people or its language also as their country."""
    found = {term for _, term in tokens(text)}
    return found | {_COUNTRY[term] for term in found if term in _COUNTRY}


def _initials(text: str) -> set[str]:
    """The initials of runs of capitalised words, as "EU" of "the European Union"."""
    return {initials for run in _runs(text) for initials in _short(run)}


def _runs(text: str) -> list[str]:
    return RUN.findall(text)


def _short(run: str) -> list[str]:
    """A name's initials, without and with its first word: "The European Union"."""
    words = [word for word in run.split() if word[0].isupper()]
    return [initials for first in range(2) if len(initials := "".join(word[0] for word in words[first:])) > 1]
