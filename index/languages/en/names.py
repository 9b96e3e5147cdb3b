"""What names somebody in English and what only looks so: peoples, openers of sentences, runs of capitals."""

from __future__ import annotations

import re

PEOPLES = """
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
"""Each country with its people and its language; rows end at a line's end or at a bar."""


POSSESSIVE = re.compile(r"['’]s?$")
"""What follows the name of an owner."""
