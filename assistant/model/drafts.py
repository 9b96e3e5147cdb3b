"""What a model writes, as it arrives: sentences, each with the words it says it rests on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

from pydantic import BaseModel, Field, ValidationError, field_validator

MOST_CHARACTERS = 100_000
"""Of a reply; what comes after is not read: no answer is so long."""

_OFTEN = 64
"""A reply is looked at when it has grown by one part in so many: the work stays in proportion to its length."""

_THOUGHT = re.compile(r"\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_SENTENCES = re.compile(r'"sentences"\s*:\s*\[')
_QUOTE = re.compile(r"\W*QUOTE\W*(\d{1,4})\W*?[:.)-][\s*_]*(.+)", re.IGNORECASE)
_SENTENCE = re.compile(r"\W*SENTENCE\W*\d{0,3}\W*?[:.-][\s*_]*(.+)", re.IGNORECASE)
_NONE = re.compile(r"\W*NONE\W*", re.IGNORECASE)


_MOST_QUOTES = 20


class DraftQuote(BaseModel):
    """Words that a model says stand in a passage, counted from 1."""

    passage: int
    words: str = Field(max_length=5000)


class Draft(BaseModel):
    """A sentence that a model proposes; what it says it rests on may be missing, or in a form that cannot be read."""

    quotes: list[DraftQuote] = []
    text: str = Field(min_length=1, max_length=1500)
    paragraph: int = 1
    """Which paragraph it belongs to."""

    @field_validator("paragraph", mode="before")
    @classmethod
    def _first_where_none_is_given(cls, paragraph: Any) -> int:
        return paragraph if isinstance(paragraph, int) else 1

    @field_validator("quotes", mode="before")
    @classmethod
    def _only_what_can_be_read(cls, quotes: Any) -> list[Any]:
        quotes = quotes if isinstance(quotes, list) else [quotes]
        quotes = [{"passage": 0, "words": quote} if isinstance(quote, str) else quote for quote in quotes]
        return [quote for quote in quotes[:_MOST_QUOTES] if isinstance(quote, dict | DraftQuote) and _readable(quote)]


def _readable(quote: dict[str, Any] | DraftQuote) -> bool:
    with suppress(ValidationError):
        DraftQuote.model_validate(quote)
        return True
    return False


SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "quotes": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"passage": {"type": "integer"}, "words": {"type": "string"}},
                            "required": ["passage", "words"],
                            "additionalProperties": False,
                        },
                    },
                    "text": {"type": "string"},
                    "paragraph": {"type": "integer"},
                },
                "required": ["quotes", "text", "paragraph"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["sentences"],
    "additionalProperties": False,
}
"""The JSON schema of a reply; quotes come first, so that a sentence is written from them."""


class Drafts:
    """A reply as it grows; feed it what arrives, and take out each sentence as soon as it is complete."""

    def __init__(self) -> None:
        self.text = ""
        self.well_formed = False
        """Whether anything was in the form asked for, and be it that there is no answer."""
        self._read_to = 0
        self._json: bool | None = None
        self._seen = False
        self._quotes: list[dict[str, Any]] = []

    @property
    def full(self) -> bool:
        """Whether the reply is longer than any answer would be."""
        return len(self.text) > MOST_CHARACTERS

    @property
    def complete(self) -> bool:
        """Whether the reply has come to its end, and not broken off in the midst of a sentence."""
        rest = self.text[self._read_to :].strip(" \t\r\n,`")
        return rest.startswith("]") if self._json else not rest

    def read(self, pieces: Iterable[str], ended: Callable[[], bool] = lambda: True) -> Iterator[Draft]:
        """The sentences of a reply that arrives in pieces, each as soon as it is complete.

        ``ended`` says, after the last piece, whether the model had come to its end.
        """
        due, looked_at = False, 0
        for piece in pieces:
            self.text += piece
            if self.full:
                break
            due = due or not {"}", "]", "\n"}.isdisjoint(piece)
            if due and _OFTEN * (len(self.text) - looked_at) >= len(self.text):
                yield from self._complete(final=False)
                due, looked_at = False, len(self.text)
        yield from self._complete(final=not self.full and ended())

    def _complete(self, *, final: bool) -> Iterator[Draft]:
        if self._json is None and not self._begin(final=final):
            return
        yield from self._from_json() if self._json else self._from_lines(final=final)

    def _begin(self, *, final: bool) -> bool:
        """Whether the reply has begun, after what a model that thinks aloud puts before it; and in which form."""
        body = self.text.lstrip()
        if body.lower().startswith("<think") and not _THOUGHT.match(self.text):
            return False
        thought = _THOUGHT.match(self.text)
        begin = thought.end() if thought else 0
        if match := _SENTENCES.search(self.text, begin):
            self._json, self._read_to = True, match.end()
            return True
        rest = self.text[begin:].lstrip("`json \n")
        if rest.startswith("["):
            self._json, self._read_to = True, self.text.index("[", begin) + 1
            return True
        if (not rest or rest.startswith("{")) and not final:
            return False  # its key is still to come
        self._json, self._read_to = False, begin
        return True

    def _from_json(self) -> Iterator[Draft]:
        decoder = json.JSONDecoder(strict=False)  # a line break within a string is forgiven
        while True:
            place = self._read_to
            while place < len(self.text) and self.text[place] in " \t\r\n,":
                place += 1
            if place >= len(self.text):
                return
            if self.text[place] == "]":
                self.well_formed |= not self._seen  # there is no answer
                return
            try:
                value, end = decoder.raw_decode(self.text, place)
            except (ValueError, RecursionError):
                return  # the rest is still to come
            self._read_to, self._seen = end, True
            yield from self._checked(value)

    def _from_lines(self, *, final: bool) -> Iterator[Draft]:
        while (end := self.text.find("\n", self._read_to)) >= 0 or (final and self._read_to < len(self.text)):
            end = len(self.text) if end < 0 else end
            line, self._read_to = self.text[self._read_to : end].strip(), end + 1
            if match := _QUOTE.match(line):
                self._quotes.append({"passage": int(match[1]), "words": match[2]})
            elif match := _SENTENCE.match(line):
                quotes, self._quotes = self._quotes, []
                yield from self._checked({"quotes": quotes, "text": match[1]})
            elif _NONE.fullmatch(line):
                self.well_formed = True

    def _checked(self, value: Any) -> Iterator[Draft]:
        with suppress(ValidationError):  # not even a sentence
            yield Draft.model_validate(value)
            self.well_formed = True
