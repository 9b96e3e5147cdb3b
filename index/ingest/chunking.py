"""Sentences to chunks: runs of whole sentences that fit the embedder, overlapping by one sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Protocol

from index.types import Article, Chunk, Span

MAX_TITLE_TOKENS = 64
_SPECIAL_TOKENS = 2  # [CLS] and [SEP]


class TokenCounter(Protocol):
    """What chunking needs of an embedder."""

    def token_offsets(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """The code-point offsets of each text's tokens."""


def chunk_article(
    article: Article, sentences: Sequence[Span], counter: TokenCounter, *, max_tokens: int
) -> tuple[list[Span], list[Chunk]]:
    """Cut an article into chunks of at most ``max_tokens`` tokens, its title counted in.

    A chunk starts with the last sentence of the one before, where both fit. A sentence longer than a chunk is cut
    between words; so the sentences are given back too. Every sentence is in a chunk, unless there is no evidence.
    """
    if not any(sentence.evidence for sentence in sentences):
        return list(sentences), []
    texts = [article.text[sentence.start : sentence.end] for sentence in sentences]
    title, *offsets = counter.token_offsets([article.title or "", *texts])
    room = max_tokens - min(len(title), MAX_TITLE_TOKENS) - _SPECIAL_TOKENS
    pieces: list[Span] = []
    lengths: list[int] = []
    for sentence, tokens in zip(sentences, offsets, strict=True):
        for piece, length in _fit(article.text, sentence, tokens, room):
            pieces.append(piece)
            lengths.append(length)
    return pieces, [
        Chunk(_chunk_id(article, start, end), article.id, start, end)
        for start, end in ((pieces[first].start, pieces[last].end) for first, last in _runs(lengths, room))
    ]


def embedding_text(title: str | None, body: str, counter: TokenCounter) -> str:
    """What is embedded for a chunk: the article's title for context, cut where it is long, then the chunk's words."""
    if not title:
        return body
    if len(title) > MAX_TITLE_TOKENS:  # a token is a character at least: shorter titles need no counting
        [tokens] = counter.token_offsets([title])
        if len(tokens) > MAX_TITLE_TOKENS:
            title = title[: tokens[MAX_TITLE_TOKENS - 1][1]]
    return f"{title}\n{body}"


def _fit(text: str, sentence: Span, tokens: Sequence[tuple[int, int]], room: int) -> list[tuple[Span, int]]:
    """A sentence and its length in tokens, cut between words into pieces where it is longer than there is room."""
    pieces: list[tuple[Span, int]] = []
    first, start = 0, sentence.start
    while len(tokens) - first > room:
        cut = first + room
        # Back up to a token that begins a word; where a single "word" fills the room, cut inside it.
        while cut > first + room // 2 and not text[sentence.start + tokens[cut][0] - 1].isspace():
            cut -= 1
        if not text[sentence.start + tokens[cut][0] - 1].isspace():
            cut = first + room
        boundary = sentence.start + tokens[cut][0]
        end = start + len(text[start:boundary].rstrip())
        if end > start:
            pieces.append((Span(start, end, sentence.evidence), cut - first))
        first, start = cut, boundary
    pieces.append((Span(start, sentence.end, sentence.evidence), len(tokens) - first))
    return pieces


def _runs(lengths: Sequence[int], room: int) -> list[tuple[int, int]]:
    """The first and last sentence of each chunk."""
    runs: list[tuple[int, int]] = []
    first, size = 0, 0
    for number, length in enumerate(lengths):
        if size + length > room and number > first:
            runs.append((first, number - 1))
            overlap = number - 1 if lengths[number - 1] + length <= room and number - 1 > first else number
            first, size = overlap, sum(lengths[overlap:number])
        size += length
    runs.append((first, len(lengths) - 1))
    return runs


def _chunk_id(article: Article, start: int, end: int) -> str:
    digest = hashlib.sha256(f"{article.id}\0{start}\0{end}\0".encode())
    digest.update((article.title or "").encode() + b"\0" + article.text[start:end].encode())
    return digest.hexdigest()[:24]
