"""What turns or weakens a statement in English: "not", "may", "all", words for the opposite."""

from __future__ import annotations

import re

NEGATIONS = frozenset(
    "no not none never neither nor nobody nothing nowhere without hardly barely scarcely cannot cant wont".split()
)
"""Words that deny."""

NOT = NEGATIONS | frozenset(
    "fail failed fails refuse refused refuses deny denied denies unable nearly almost except instead unlike".split()
)
"""Words that make the words after them untrue."""

UNSURE = frozenset(
    "may might could would plan plans planned consider considers considering considered threaten threatens threatened"
    " try tries tried seek seeks sought propose proposes proposed offer offered expect expects expected likely unlikely"
    " if unless suspected suspect suspects charged accused appear appears appeared seem seems seemed probably possibly"
    " avoid avoided prevent prevented prevents former deputy want wants wanted hope hopes hoped intend"
    " intends intended aims promise promised pledge pledged vow vowed ready prepare prepares preparing myth"
    " hoax".split()
)
"""What makes less of the words after it than a fact."""

OPPOSITES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("rise rose increase climb grow gain up soar", "fall fell decrease drop decline shrink lose down sink"),
        ("raise hike", "cut lower reduce slash trim"),
        ("accept approve agree back support uphold", "reject refuse oppose decline overturn"),
        ("win won", "lose lost"),
        ("more above over", "less fewer below under"),
        ("buy", "sell"),
        ("start begin open", "stop end close cease"),
        ("arrive enter", "leave left depart"),
        ("allow permit", "ban forbid prohibit"),
        ("confirm admit", "deny"),
        ("guilty convict", "innocent acquit"),
        ("alive survive survivor", "dead die kill death"),
        ("first", "last second third fourth fifth"),
        ("second", "third fourth fifth"),
        ("keep retain maintain", "abandon scrap drop give"),
        ("sign", "veto"),
        ("rarely seldom", "often frequently usually"),
        ("release free", "convict jail imprison detain"),
        ("close shut", "reopen"),
        ("create add", "cut remove"),
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
"""Words of which one says the opposite of the other, in pairs of rows."""

ALL = frozenset("all every each both most many several few only always never entire entirely completely".split())
"""Of how many it is true; a sentence has such a word from its quotes only."""

SAME_AMOUNT = {"every": {"all", "each"}, "each": {"all", "every"}, "all": {"every", "each"}, "several": {"many"}}
"""Words of amount to those that say as much."""

EXACTNESS = re.compile(
    r"\b(?:at (?:least|most)|or (?:more|fewer|less)|as (?:many|much) as|(?:more|less|fewer) than)\b"
    r"|(?<=\b(?:may|can) )last\b|(?<=\b(?:will) )last\b",
    re.IGNORECASE,
)
"""What says how exact a number is, and "last" as a verb: compared elsewhere, or not at all."""

IF = re.compile(r"\b(?:if|unless|provided|assuming|in case)\b", re.IGNORECASE)
"""What makes a condition."""

ASKED = re.compile(r"\b(?:ask(?:s|ed)?|question(?:s|ed)?|wonder(?:s|ed)?|whether)\b", re.IGNORECASE)
"""What tells that something is only asked."""

DENYING = frozenset("reject deny decline oppose lack without ban stop cease refuse refusal fail unable".split())
"""Words that deny by their own meaning."""

PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non")
"""How words begin that deny by their form."""

NEARER = {
    "former": 1, "deputy": 1, "without": 1, "nearly": 1, "almost": 1, "except": 1, "instead": 1, "unlike": 1
}  # fmt: skip
"""Those of ``NOT`` and ``UNSURE`` that reach fewer words than the others, with how many."""

CONTRACTED_NOT = re.compile(r"n['’`´‘]t$", re.IGNORECASE)
"""How a verb ends that has "not" in it: "isn't"."""

REVERSING = frozenset("un in im ir il dis non mis de".split())
"""What makes of a word its opposite: "unable", "non-stop"."""
