"""Whether a sentence speaks of somebody where its quotes speak of somebody's brother, aide or spokesman."""

from __future__ import annotations

import re

_RELATIVE = (
    "spokesman spokeswoman spokesperson aide adviser advisor lawyer attorney brother sister wife husband son daughter"
    " cousin nephew niece uncle aunt father mother parent widow widower deputy assistant staff secretary supporter ally"
    " critic friend colleague representative envoy partner successor predecessor rival opponent family relative"
    " follower bodyguard driver coach agent manager subsidiary unit brother-in-law grandson granddaughter"
    " translator neighbour neighbor teacher biographer donor backer loyalist rebel fan owner founder"
).split()
_RELATIVES = frozenset(_RELATIVE) | {f"{word}s" for word in _RELATIVE}
_HEADS = "|".join(sorted(_RELATIVES, key=len, reverse=True))
_NAME = r"(?:(?!(?:Mr|Mrs|Ms|Dr|Gen|Sen)\b)[A-Z][\w-]*)(?: [A-Z][\w-]*)*"
_OF = re.compile(
    rf"\b(?=((?i:{_HEADS})|parent company)(?: of staff)? (?:of|to|for)"
    rf"(?: (?:[a-z’'-]+|[A-Z][a-z]+(?= [A-Z])|Mr|Mrs|Ms|Dr|Gen|Sen)\.?){{0,6}}? ({_NAME}))"
)
"""With what stands before it in view, so that of "a lawyer for the widow of Oren" both heads are found."""


_POSSESSIVE = re.compile(rf"\b({_NAME})['’]s (?:[a-z-]+ ){{0,2}}((?i:{_HEADS}))\b")
_NAMED = re.compile(r",? (?:[A-Z]|(?:a|an|the|who) )")
_APPOSITION = re.compile(r"[A-Z][\w’'-]+, (?:the |an? )?(?:\w+ )?$")


def head_lost(sentence: str, said: str) -> str | None:
    """Whose brother, aide or spokesman the quotes speak of, where the sentence speaks of that person alone.

    >>> head_lost("Ilse Brandt was arrested.", "The brother of Ilse Brandt was arrested.")
    'the brother of Ilse Brandt'
    """
    lower = sentence.lower()
    found = [(match[1], match[2], match.start(), match.end(2)) for match in _OF.finditer(said)]
    found += [(match[2], match[1], match.start(), match.end()) for match in _POSSESSIVE.finditer(said)]
    for head, name, start, end in found:
        if _NAMED.match(said, end) or _APPOSITION.search(said, 0, start):  # "the coach of England, Ole Brandt"
            continue
        last = name.split()[-1].removesuffix("'s").removesuffix("’s")
        if len(re.findall(rf"\b{re.escape(last)}\b", said)) > 1 or not re.search(rf"\b{re.escape(last)}\b", sentence):
            continue
        if not any(word in lower for word in (head.lower(), head.lower().removesuffix("s"))):
            return f"the {head} of {name}"
    return None
