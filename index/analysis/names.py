"""Whether the names in a sentence are those of its quotes: full and half names, peoples, initials, pronouns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.analysis.quantities import quantities
from index.analysis.terms import CALENDAR_WORDS, STOP_WORDS, is_name, tokens

_PEOPLES = """
    afghanistan afghan|albania albanian|algeria algerian|argentina argentine argentinian|armenia armenian
    australia australian|austria austrian|azerbaijan azerbaijani|bangladesh bangladeshi|belarus belarusian
    belgium belgian|bolivia bolivian|bosnia bosnian|brazil brazilian|britain british briton uk|bulgaria bulgarian
    cambodia cambodian|canada canadian|chile chilean|china chinese|colombia colombian|croatia croatian croat|cuba cuban
    cyprus cypriot|czechia czech|denmark danish dane|ecuador ecuadorian|egypt egyptian|england english|estonia estonian
    ethiopia ethiopian|europe european|finland finnish finn|france french|georgia georgian|germany german|greece greek
    hungary hungarian|iceland icelandic|india indian|indonesia indonesian|iran iranian|iraq iraqi|ireland irish
    israel israeli|italy italian|jamaica jamaican|japan japanese|jordan jordanian|kazakhstan kazakh|kenya kenyan
    korea korean|kosovo kosovar|kuwait kuwaiti|kyrgyzstan kyrgyz|latvia latvian|lebanon lebanese|libya libyan
    lithuania lithuanian|malaysia malaysian|mali malian|malta maltese|mexico mexican|moldova moldovan|mongolia mongolian
    morocco moroccan|myanmar burmese|nepal nepali nepalese|netherlands dutch holland|niger nigerien|nigeria nigerian
    norway norwegian|pakistan pakistani|palestine palestinian|panama panamanian|paraguay paraguayan|peru peruvian
    philippines philippine filipino|poland polish pole|portugal portuguese|qatar qatari|romania romanian|russia russian
    rwanda rwandan|scotland scottish scot|senegal senegalese|serbia serbian serb|singapore singaporean|slovakia slovak
    slovenia slovenian slovene|somalia somali|spain spanish spaniard|sudan sudanese|sweden swedish swede
    switzerland swiss|syria syrian|taiwan taiwanese|tajikistan tajik|tanzania tanzanian|thailand thai|tunisia tunisian
    turkey turkish turk turkiye|turkmenistan turkmen|uganda ugandan|ukraine ukrainian|uruguay uruguayan|usa american us
    uzbekistan uzbek|venezuela venezuelan|vietnam vietnamese|wales welsh|yemen yemeni|zambia zambian|zimbabwe zimbabwean
    africa african|asia asian|arabia arabian arab|crimea crimean|chechnya chechen
    kurdistan kurdish kurd
"""
_COUNTRY = {
    term: names.split()[0]
    for names in re.split(r"\||\n", _PEOPLES)
    for word in names.split()
    for _, term in tokens(word)
}
"""A people or its language to its country, all as terms."""

_OPENERS = frozenset(
    "however although nearly about almost officials authorities meanwhile overall despite according later earlier one"
    " today both another since people".split()
)
"""Words that begin a sentence without naming anything."""

_COMMON = re.compile(r"(?:s|ing|tion|sion|ment|ity|ness|ance|ence|ship|ism)$|ed$")
"""How a word ends that begins a sentence as a common noun or a verb, such as Negotiations, Building, Injured."""

_ONE = re.compile(r"\b(?:he|she|it|him|her|his|hers|its)\b|^[\"“'‘]?(?:The|This|That)\b", re.IGNORECASE)
_MANY = re.compile(r"\b(?:they|them|their|theirs|both)\b|^[\"“'‘]?(?:The|These|Those)\b", re.IGNORECASE)


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
    return not _COMMON.search(word) and word.lower() not in _OPENERS and not quantities(word)


def _referents(said: str, around: Sequence[str]) -> set[str]:
    """The forms of the names that a pronoun in the quotes may stand for."""
    one, many = _ONE.search(said), _MANY.search(said)
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
    return word.lower() not in STOP_WORDS | _OPENERS | CALENDAR_WORDS


def forms(text: str) -> set[str]:
    """The terms of a text, those of a people or its language also as their country."""
    found = {term for _, term in tokens(text)}
    return found | {_COUNTRY[term] for term in found if term in _COUNTRY}


def _initials(text: str) -> set[str]:
    """The initials of runs of capitalised words, as "EU" of "the European Union"."""
    return {initials for run in _runs(text) for initials in _short(run)}


def _runs(text: str) -> list[str]:
    return re.findall(r"\b[A-Z]\w+(?:(?: of| for| and| the)* [A-Z]\w+)+", text)


def _short(run: str) -> list[str]:
    """A name's initials, without and with its first word: "The European Union"."""
    words = [word for word in run.split() if word[0].isupper()]
    return [initials for first in range(2) if len(initials := "".join(word[0] for word in words[first:])) > 1]
