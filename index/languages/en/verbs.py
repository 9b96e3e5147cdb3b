"""English verbs by form: irregular past tenses, forms of "be", what two do together."""

from __future__ import annotations

IRREGULAR_PAST = (
    "met spoke took went came began fell rose won lost held left broke cut drew grew flew gave got made sank shut saw"
    " sold sent spent stood struck wrote ran led built bought caught chose drove fought found hit kept knew laid paid"
    " put rode sat shot stole swore threw withdrew"
).split()
"""Past tenses that do not end in "ed", as news writes them."""

PAST_OF_DEEDS = (*IRREGULAR_PAST, *"said told was were had did has became shook tore burnt".split())
"""Those that say that something was done."""

PAST_OF_TIMES = (*IRREGULAR_PAST, "read")
"""Those that make a time beside them one that is gone."""
