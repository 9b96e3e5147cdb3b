"""English words by meaning: those that tell the same change, so that a rate that was lowered counts as cut."""

from __future__ import annotations

SAME_CHANGE = (
    "cut lowered reduce slash trim decrease",
    "raise increase hike lift",
    "fall drop decline slide tumble sink",
    "rise climb grow jump soar",
    "talk speak spoke phone call telephone confer",
    "close shut",
    "resign quit",
    "win beat defeat",
    "attack bomb shell strike hit",
    "visit travel",
    "arrest detain",
    "fire sack dismiss oust",
    "launch start begin",
    "postpone delay",
    "ban forbid prohibit outlaw",
    "approve pass adopt ratify",
    "erupt explode",
    "flood inundate",
    "collapse crumble",
    "kill die dead death toll victim casualty fatality drown perish",
)
