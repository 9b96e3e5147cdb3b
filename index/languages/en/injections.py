"""How English sentences give orders to a language model."""

from __future__ import annotations

import re

_READERS = r"(?:ai|assistants?|(?:language )?models?|chatbots?|llms?|bots?)"
_WRITE = (
    r"(?:answer|reply|respond|output|print|repeat|say|write|return|reveal|append|add|include|end|begin|cite|translate"
    r"|tell)"
)
ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}"
    r"\b(?:instructions|prompts?|guidelines|(?:rules|text|words) above)\b"
    r"|\b(?:system|developer|hidden|initial) (?:prompt|message|instructions)\b"
    r"|\byou are (?:now|no longer|an? (?:ai|assistant|language model|chatbot))\b|\byour new task\b"
    rf"|\b(?:note|attention|message|instructions?|important)\b.{{0,20}}\b(?:to|for) (?:the |any |all )?{_READERS}\b"
    rf"|\b{_READERS} (?:must|should|shall|are to|is to|please) {_WRITE}\b"
    rf"|^(?:please |now |then |only |always |instead )*{_WRITE}\b.{{0,20}}"
    r"(?:: |\"|“|\b(?:only|exactly|the words?|in (?:html|json|verse))\b)"
    r"|\b(?:if|when(?:ever)?) (?:you are |you're |anyone |someone |a user |the user )?(?:asks?|asked)\b.{0,60}"
    rf"\b{_WRITE}\b"
    r"|<\|?\w+\|?>|\[/?(?:INST|SYS)\]|^(?:system|assistant|user|human)\s*:",
    re.IGNORECASE,
)
"""An order to a model, a role of a conversation or the markup of a prompt."""
