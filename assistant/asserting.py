"""Whether a sentence asserts what its quotes assert: not, may, failed to; who did it to whom; and who says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.naming import is_like_a_name
from assistant.quotes import NEGATIONS
from index.words import STOP_WORDS, content_tokens, terms, tokens

_NOT = NEGATIONS | frozenset("fail failed fails refuse refused refuses deny denied denies unable".split())
_UNSURE = frozenset(
    "may might could would plan plans planned consider considers considering considered threaten threatens threatened"
    " try tries tried seek seeks sought propose proposes proposed offer offered expect expects expected likely unlikely"
    " if unless suspected suspect suspects charged accused appear appears appeared seem seems seemed probably possibly"
    " avoid avoided prevent prevented prevents former deputy want wants wanted hope hopes hoped intend"
    " intends intended aims promise promised pledge pledged vow vowed ready prepare prepares preparing".split()
)
"""What makes less of the words after it than a fact."""

_OPPOSITES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("rise rose increase climb grow gain up soar", "fall fell decrease drop decline shrink lose down sink"),
        ("accept approve agree back support uphold", "reject refuse oppose decline overturn"),
        ("win won beat", "lose lost"),
        ("before", "after"),
        ("more above over", "less fewer below under"),
        ("buy", "sell"),
        ("start begin open", "stop end close cease"),
        ("arrive enter", "leave left depart"),
        ("allow permit", "ban forbid prohibit"),
        ("confirm admit", "deny"),
        ("guilty convict", "innocent acquit"),
        ("alive survive", "dead die kill"),
        ("first", "last second third fourth fifth"),
        ("second", "third fourth fifth"),
        ("half", "third quarter"),
        ("double", "triple halve"),
        ("dozen", "hundred thousand"),
        ("likely", "unlikely"),
        ("legal", "illegal"),
        ("safe", "unsafe"),
        ("able", "unable"),
        ("high", "low"),
        ("large big", "small"),
        ("good", "bad"),
        ("rich", "poor"),
        ("long", "short"),
        ("old", "young new"),
        ("strong", "weak"),
        ("early", "late"),
        ("praise welcome", "criticise criticize condemn"),
        ("north northern", "south southern"),
        ("east eastern", "west western"),
        ("export", "import"),
        ("until", "since"),
        ("next", "last"),
        ("most", "least few some"),
    )
)
_ALL = frozenset("all every each both most many several few only always never entire entirely completely".split())
"""Of how many it is true; a sentence has such a word from its quotes only."""

_SAME_AMOUNT = {"every": {"all", "each"}, "each": {"all", "every"}, "all": {"every", "each"}, "several": {"many"}}
_IF = re.compile(r"\b(?:if|unless|provided|assuming|in case)\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:ask(?:s|ed)?|question(?:s|ed)?|wonder(?:s|ed)?|whether)\b", re.IGNORECASE)
_PREFIX = ("un", "in", "im", "ir", "il", "dis", "non")
_VERBS = (
    r"(?:said|says?|saying|told|tells|according to|claim(?:s|ed|ing)|alleg(?:es|ed|edly|ing)|argu(?:es|ed|ing)"
    r"|insist(?:s|ed|ing)|believ(?:es|ed)|thinks|thought|report(?:s|ed|edly)|den(?:ies|ied|ying)|warn(?:s|ed|ing that)"
    r"|announce[sd] that|confirm(?:s|ed|ing)|suggest(?:s|ed|ing)|add(?:s|ed) that|predict(?:s|ed|ing)|wrote|writes"
    r"|describe[sd]|accus(?:es|ed)|stated|rumou?red|not(?:ed|ing)|stress(?:es|ed|ing)|admit(?:s|ted|ting)"
    r"|acknowledg(?:es|ed|ing)|estimated|urge[sd]|explain(?:s|ed)|reveal(?:s|ed)|concede[sd]|declare[sd]"
    r"|testif(?:ies|ied)|tweeted|posted|quoted|emphasi[sz]e[sd]|contend(?:s|ed)|assert(?:s|ed)|remarked"
    r"|(?:(?<=s )|(?<=they )|(?<=who )|(?<=olice )|(?<=eople )|(?<=edia ))"  # Analysts warn, but not: a report
    r"(?:warn|predict|suggest|allege|argue|acknowledge|estimate|confirm|note|stress|admit|reveal|explain|urge|claim"
    r"|insist|believe|report|think|deny|tell|contend|assert))\b"
)
_SAYING = re.compile(rf"\b{_VERBS}", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’]? ")
_CLAUSE = re.compile(r"[,;:.!?—–]\s|\bbut\b")
_NAME_RUN = re.compile(r"\b[A-Z][\w’'-]{0,40}(?: [A-Z][\w’'-]{0,40}){0,5}")
_SPEAKER = re.compile(
    rf"({_NAME_RUN.pattern})(?:,[^,]{{1,60}},)? (?:has |had |also )?(?:{_VERBS})"
    rf"|\b(?:said|says|told|added|wrote) ({_NAME_RUN.pattern})|\b[Aa]ccording to ({_NAME_RUN.pattern})"
)
_PRONOUN_SAYS = re.compile(rf"\b(?:he|she|they|it|who) (?:has |had |also )?(?:{_VERBS})", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|been|be|being|is|are|got|gets)\b(?: \w+){1,4} by\b", re.IGNORECASE)
_TOGETHER = re.compile(r"\b(?:with|and|between)\b", re.IGNORECASE)
_FROM = re.compile(r"\bfrom (?:the |a )?([$€£]?\w[\w.,%-]*)")
_TO = re.compile(r"\bto (?:the |a )?([$€£]?\w[\w.,%-]*)")
_NEARER = {"former": 1, "deputy": 1, "without": 1}
_NEAR = 3
"""How many words of meaning after a "not" or "may" it still speaks of."""


def turned(sentence: str, said: str) -> str | None:
    """What a sentence makes of its quotes that they do not say; None where it keeps to them."""
    ours, theirs = _words(sentence), _words(said)
    return (
        _negated(sentence, said, ours)
        or _made_sure(sentence, said, ours)
        or _of_more(ours, theirs)
        or _opposite(ours - _reach(sentence, _NOT), theirs - _reach(said, _NOT), theirs)
        or _swapped(sentence, said)
    )


def speaker_lost(sentence: str, quotes: Iterable[str]) -> bool:
    """Whether the sentence makes a fact of what quotes only tell that somebody says."""
    if _SAYING.search(sentence):
        return False
    sayings = [quote for quote in quotes if _SAYING.search(quote)]
    facts = {term for quote in quotes if quote not in sayings for term in terms(quote)}
    ours = {term for _, term in content_tokens(sentence)}
    return any(ours & set(terms(quote)) - facts for quote in sayings)


def _negated(sentence: str, said: str, ours: set[str]) -> str | None:
    denied, denied_there = _reach(sentence, _NOT), _reach(said, _NOT)
    if denied and denied.isdisjoint(denied_there) and not _has_not(said, denied):
        return "it says not where the quotes do not"
    lost = (denied_there - _outside(said, _NOT)) & (ours - denied) - STOP_WORDS
    if lost and not denied:
        return f'it leaves out the "not" before {min(lost)!r}'
    return None


def _has_not(said: str, denied: set[str]) -> bool:
    """Whether the quotes deny by a word's own form: "rejected", "unable", "lacks"."""
    there = set(terms(said))
    if there & {"reject", "deny", "decline", "oppose", "lack", "without", "ban", "stop", "cease", "refuse", "fail"}:
        return True
    return any(term.removeprefix(prefix) in denied for term in there for prefix in _PREFIX if term.startswith(prefix))


def _made_sure(sentence: str, said: str, ours: set[str]) -> str | None:
    for piece in _SENTENCE_END.split(said):
        if 2 * len(ours & _words(piece) - STOP_WORDS) < len(ours - STOP_WORDS):
            continue  # another sentence is what it rests on
        if _IF.search(piece) and not _IF.search(sentence):
            return "the quotes say it only on a condition: name it"
        if piece.rstrip("\"'”’ ").endswith("?") and not _ASKED.search(sentence):
            return "the quotes only ask it"
    if ours & _UNSURE or _SAYING.search(sentence):
        return None
    unsure = _reach(said, _UNSURE) - _outside(said, _UNSURE)
    if made_sure := unsure & ours - STOP_WORDS:
        return f"the quotes are less sure of {min(made_sure)!r}"
    return None


def _of_more(ours: set[str], theirs: set[str]) -> str | None:
    for word in sorted(ours & _ALL - theirs):
        if theirs.isdisjoint(_SAME_AMOUNT.get(word, set())):
            return f"it says {word!r}, which the quotes do not"
    return None


def _opposite(ours: set[str], theirs: set[str], all_theirs: set[str]) -> str | None:
    for one, other in _OPPOSITES:
        for mine, yours in ((one, other), (other, one)):
            if mine & ours and not mine & all_theirs and yours & theirs:
                return f"it says {min(mine & ours)!r} where the quotes say {min(yours & theirs)!r}"
    return None


def _swapped(sentence: str, said: str) -> str | None:
    """Two names in the other order, where neither text turns the verb round or binds the two together."""
    shared = [name for name in _order(sentence) if name in _order(said)]
    if len(shared) == 2 and not _TOGETHER.search(sentence) and not _TOGETHER.search(said):
        one, other = shared
        theirs = _order(said)
        turned_round = theirs.index(one) > theirs.index(other)
        passive = (_PASSIVE.search(sentence) is None) != (_PASSIVE.search(said) is None)
        if turned_round != passive:
            return f"it has {one!r} and {other!r} the other way round"
    from_there, to_there = _after(_FROM, said), _after(_TO, said)
    if wrong := (_after(_FROM, sentence) & to_there) - from_there:
        return f"it has from {min(wrong)!r} where the quotes have to {min(wrong)!r}"
    return None


def _order(text: str) -> list[str]:
    """The last words of the names of a text in order, as terms."""
    named = [
        [term for word, term in tokens(match.group()) if is_like_a_name(word)] for match in _NAME_RUN.finditer(text)
    ]
    return list(dict.fromkeys(words[-1] for words in named if words))


def _after(lead: re.Pattern[str], text: str) -> set[str]:
    return {term for match in lead.finditer(text) for term in terms(match[1])}


def other_speaker(sentence: str, said: str) -> str | None:
    """Who the quotes say has said it, where the sentence names another; None where it does not.

    >>> other_speaker("Brandt said the ferry is unsafe.", "Torvald said the ferry is unsafe, as Brandt feared.")
    'torvald'
    """
    ours, theirs = _speakers(sentence), _speakers(said)
    if not ours or not theirs or not ours.isdisjoint(theirs) or _PRONOUN_SAYS.search(said):
        return None
    return min(theirs)


def _speakers(text: str) -> set[str]:
    """The last words, as terms, of the names that say something in a text."""
    names = [name for match in _SPEAKER.finditer(text) if (name := match[1] or match[2] or match[3])]
    return {words[-1] for name in names if (words := [term for word, term in tokens(name) if is_like_a_name(word)])}


def _words(text: str) -> set[str]:
    """The words of a text, as they stand and as terms."""
    return {form for word, term in tokens(text) for form in (word.lower(), term)}


def _reach(text: str, leads: frozenset[str]) -> set[str]:
    """The terms that some words speak of, such as a "not"."""
    return {term for term, reached in _reached(text, leads) if reached}


def _outside(text: str, leads: frozenset[str]) -> set[str]:
    """The terms that stand somewhere out of the reach of such words."""
    return {term for term, reached in _reached(text, leads) if not reached}


def _reached(text: str, leads: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Each term with whether such a word reaches it: over so many words of meaning, and no comma or "but".

    A "not" right before a comma speaks of what comes after the insertion: "has not, it said, approved".
    """
    pending, inserted = False, 0
    for words in _clauses(text):
        inserted = 2 if pending else inserted - 1
        left = _NEAR if inserted > 0 else 0
        pending = False
        for word, term in words:
            yield term, left > 0
            if _is(word, leads):
                left, pending = _NEARER.get(word, _NEAR), True
            elif not {word, term} & STOP_WORDS:
                left, pending = left - 1, False


def _clauses(text: str) -> list[Sequence[tuple[str, str]]]:
    return [[(word.lower().replace("’", "'"), term) for word, term in tokens(clause)] for clause in _CLAUSE.split(text)]


def _is(word: str, leads: frozenset[str]) -> bool:
    return word.replace("'", "") in leads or (word.endswith("n't") and "not" in leads)
