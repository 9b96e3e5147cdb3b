"""What makes of an event a plan, a denial or something called off, with how far each reaches.

Triggers and their scopes are used as in ConText (Harkema and others 2009) and FactBank (Saurí and Pustejovsky 2009);
``index/analysis/factuality.py`` is the engine.
"""

from __future__ import annotations

import re

from index.languages.en.verbs import PAST_OF_DEEDS

_AUXILIARY = r"(?:(?:has|have|had|is|are|was|were|be|been|being|do|does|did|will|would|can|could|should|may|might) )"
_PLAN = r"(?:plan|decision|proposal|offer|threat|promise|pledge|agreement|deal|intention|vow)"
_GROUP = r"(?:(?: (?:be|been|being|have|yet|even|also|soon|not|\w+ly))* [a-z]+(?:ed|en|wn|ght|ld|de|ne|t)\b)?"
"""The rest of a verb: "not yet been passed"."""

PLANNED = re.compile(
    rf"\b(?i:{_AUXILIARY}*)(?:"
    r"will|would|may|might|could|should|can|shall|(?i:if|unless|whether)"
    r"|(?:plan|hope|intend|aim|want|vow|agree|promise|decide"
    r"|prepare|prepar|expect|seek|offer|threaten|propose|propos)(?:s|d|ed|ned|ning|ing|ring)? (?:to|for|a|an|the)"
    r"|(?<=is )to|(?<=are )to|(?<=was )to|(?<=were )to"
    r"|(?:preparing|planning|due|set|expected|scheduled|slated|likely|about|ready|willing|supposed|meant)"
    r" (?:to|for|on|in)"
    r"|resum(?:e|ing)|delayed"
    rf"|{_PLAN}s? (?:to|for)|proposal|upcoming|forthcoming)\b{_GROUP}"
)
"""A plan, a wish or a condition."""

CALLED_OFF = re.compile(rf"\b(?i:{_AUXILIARY}*)(?:cancell?ed|postponed|called off|scrapped|shelved|put off)\b{_GROUP}")
"""What will not be, or not then."""

NOT = re.compile(
    rf"(?:\b(?i:{_AUXILIARY}*)(?:(?i:no longer|never|neither)|not(?! (?:only|until|before|since)\b))\b"
    rf"|\b\w+n['’]t\b){_GROUP}"
)

DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|"
    r"(?:dismiss|reject|disput|debunk)(?:e|es|ed|ing|s)? (?:as \w+ )?(?:(?:the|all|any|media) )?"
    r"(?:claims?|reports?|rumou?rs?|suggestions?|allegations?|accusations?)"
    r"|(?:could|can) ?(?:not|n['’]t) (?:be )?(?:confirm(?:ed)?|verif(?:y|ied)|say)"
    r"|cannot (?:be )?(?:confirm(?:ed)?|verif(?:y|ied)|say)"
    r"|no (?:evidence|indication|sign|proof|trace))\b",
    re.IGNORECASE,
)
"""What is told after it is said not to be so."""

DENIED_WHEN = re.compile(r"\s*(?:it|this|them|again)?\s*(?:late|early)?\s*(?:on|in|at|for)\s+\S+(?: \d{1,2})?(?: \w+)?")
"""A denial's own time: "denied it on Wednesday"."""

NO_LONGER_DENIED = re.compile(r"\b(?:and|but|then|who|which)\b")
"""Behind these a verb is no longer denied: "denied wrongdoing and resigned on Monday"."""

DONE = re.compile(
    r"(?<!\bbe )(?<!\bto )(?<!\bbeen )(?<!\bbeing )(?<!\bhave )(?<!\ba )(?<!\bthe )"
    rf"\b(?:{'|'.join(PAST_OF_DEEDS)}"
    r"|[a-z]+ed(?=[.,;]?$|, | (?:an?|the|its|his|her|their|more|in|on|at|from|with|for|as|off|over|after|when|up|down"
    r"|out|into|that|about|around|some|nearly|least|last|first|again|two|three|[A-Z\d“\"$€£]\S*)\b))(?!\w)"
)
"""A verb of what was done, with what may follow one: in "the damaged ports" it is none."""

CLAUSE_BREAK = re.compile(
    r"[;—–] ?|, (?=(?:and|but|while|which|who|though|although|not|rather|ahead|before)\b)|\bbut\b"
    r"|\band (?=(?:could|may|might|will|would|is|are|was|were|has|have|had|said|says)\b)|(?<=\w) (?=not \d)"
    r"|, (?=(?:and |but )?(?:could|may|might|will|would)\b)"
)
"""Between what happened and what is told beside it: "rose to 33 and could rise further"."""

BESIDE = re.compile(
    r"\b(?:whether|that|which|who|whose|after|because|when|while|before|although|though|since|so)\b"
    r"|(?<=\w) (?=to [a-z]+\b)|, "
)
"""Where words begin that hang on what was told before."""

SUBORDINATOR = re.compile(r"\b(?:whether|that|after|because|when|while|before|although|though|since|so)\b")
THAT = re.compile(r"\bthat\b")

LEADING = re.compile(r"\W*(?:After|Before|Since|Following|Despite|When|While|As|Ahead of|Until|Once)\b[^,]*, ")
"""What leads to the main clause: "After the scandal of 3 May, …"."""

ASIDE = re.compile(r", (?:\w+(?:ed|en|wn|lt|ght)|who|which|whose|where|once|first)\b[^,;]*,")
"""What is told beside the main clause: "the church, damaged by a quake in 2023, reopened"."""
