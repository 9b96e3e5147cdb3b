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


CONTRACTED_NOT = re.compile(r"n['’`´‘]t$", re.IGNORECASE)
"""How a verb ends that has "not" in it: "isn't"."""

REVERSING = frozenset("un in im ir il dis non mis de".split())
"""What makes of a word its opposite: "unable", "non-stop"."""
