"""How English says who says something: verbs of saying, where the speaker stands, where their words end."""

from __future__ import annotations

import re

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
QUOTATION = re.compile(r"[\"“][^\"“”]*[\"”]")
"""What stands in quotation marks."""

SAYING = re.compile(rf"\b{_VERBS}", re.IGNORECASE)
"""A verb of saying, or "according to"."""


_WHO = r"((?:[\w’'.-]+ ){0,6}?[\w’'.-]+)"
SPEAKER = re.compile(
    rf"(?:^|[,;] |\bthat |\b(?:and|but|while|as) ){_WHO}((?:, [^,]{{1,60}},)?)(?: has| had| have| also)? (?={_VERBS})"
    rf"|\b(?:said|says|added|wrote) ((?-i:[A-Z])[\w’'.-]+(?: (?-i:[A-Z])[\w’'.-]+){{0,4}})"
    rf"|\baccording to ((?:(?!(?:that|on|in|at|to)\b)[\w’'.-]+ ?){{1,5}})",
    re.IGNORECASE,
)
"""Who says it: before the verb, in a row of its own between commas, after the verb, after "according to"."""
