"""The text that goes to a language model: Markdown templates with ``$name`` fields, one file each."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template

_USER = "\n---\n"
"""Parts what the model is told once and for all from what it is asked."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A template; ``version`` is the hash of its words."""

    name: str
    text: str

    @property
    def version(self) -> str:
        """The first twelve characters of the text's sha256."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]

    def messages(self, **fields: str) -> list[dict[str, str]]:
        """What to send, in OpenAI's form; raises KeyError for a missing field, ValueError for an unknown one."""
        system, user = self.text.split(_USER)
        known = {*Template(self.text).get_identifiers()}
        if unknown := fields.keys() - known:
            raise ValueError(f"prompt {self.name!r} has no field {sorted(unknown)}, only {sorted(known)}")
        return [
            {"role": role, "content": Template(part).substitute(fields).strip()}
            for role, part in (("system", system), ("user", user))
        ]


@cache
def load(name: str) -> Prompt:
    """A prompt by the name of its file; raises FileNotFoundError.

    >>> load("answer").name
    'answer'
    """
    return Prompt(name, (files(__package__) / f"{name}.md").read_text(encoding="utf-8"))


def names() -> list[str]:
    """The names of all prompts, in order."""
    return sorted(path.name.removesuffix(".md") for path in files(__package__).iterdir() if path.name.endswith(".md"))
