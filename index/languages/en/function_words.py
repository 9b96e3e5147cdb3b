"""English words that carry no meaning of their own, or name nobody."""

from __future__ import annotations

STOP_WORDS = frozenset(
    "a about above after again against all also am an and any are as at be because been before being below between"
    " both but by can could did do does doing down during each either else ever every few for from further had has"
    " have having he her here hers herself him himself his how i if in into is it its itself just let may me might"
    " more most much many must my myself neither no nor not of off on once only or other our ours ourselves out over"
    " own per please same shall she should so some such tell than that the their theirs them themselves then there"
    " these they this those though through to too under until up upon very was we were what whatever when where"
    " whether which while who whom whose why will with would yes you your yours yourself yourselves"
    " anyone anybody anything everyone everybody everything happen happened nobody nothing someone somebody"
    " something"
    " whats whos wheres whens whys hows thats theres heres im ive youre youve youd youll weve theyre theyve"
    " theyd theyll hed itd itll isnt arent wasnt werent dont doesnt didnt hasnt havent hadnt wont cant couldnt"
    " wouldnt shouldnt mustnt aint lets".split()
)
"""Function words, question words and verbs of asking: they say nothing about which article is meant.

"They'd" stands here without its apostrophe, as a term does.
"""

CALENDAR_WORDS = frozenset(
    "january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday".split()
)
"""The months and the days of the week."""

NOT_NAMES = STOP_WORDS | CALENDAR_WORDS
"""Words that name nobody, though they may be capitalised."""
