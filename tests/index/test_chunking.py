"""Chunks: whole sentences, never too long, nothing left out."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.layout import read_layout
from index.analysis.sentences import split_sentences
from index.ingest.chunking import chunk_article
from index.models.embedding import MiniLM
from index.types import Article, Chunk, Span
from tests.conftest import SEEDS

EMBEDDER = MiniLM()


def cut(text: str, *, max_tokens: int, title: str | None = None) -> tuple[Article, list[Span], list[Chunk]]:
    layout = read_layout(text, title=title)
    article = Article(id="a", text=text, uri="a.txt", title=layout.title)
    pieces, chunks = chunk_article(article, split_sentences(text, layout), EMBEDDER, max_tokens=max_tokens)
    return article, pieces, chunks


def tokens(text: str) -> int:
    return len(EMBEDDER.token_offsets([text])[0])


def test_chunks_of_a_seed_article_overlap_by_one_sentence_and_cover_it() -> None:
    article, pieces, chunks = cut((SEEDS / "002_adfbef52f63616a5.txt").read_text(encoding="utf-8"), max_tokens=128)
    assert len(chunks) > 3
    assert (chunks[0].start, chunks[-1].end) == (pieces[0].start, pieces[-1].end)
    starts = [piece.start for piece in pieces]
    for one, other in pairwise(chunks):
        shared = [piece for piece in pieces if other.start <= piece.start and piece.end <= one.end]
        assert len(shared) <= 1
        assert other.start in starts
    for chunk in chunks:
        body = tokens(article.text[chunk.start : chunk.end])
        assert body + tokens(article.title or "") + 2 <= 128


def test_the_same_text_gives_the_same_ids_and_another_text_others() -> None:
    _, _, one = cut("Bridge\nIt opened on Monday.", max_tokens=64)
    _, _, same = cut("Bridge\nIt opened on Monday.", max_tokens=64)
    _, _, other = cut("Bridge\nIt opened on Tuesday.", max_tokens=64)
    assert one == same
    assert one[0].id != other[0].id


def test_a_sentence_longer_than_a_chunk_is_cut_between_words() -> None:
    text = "Bridge\n" + " ".join(f"word{number}" for number in range(300))
    article, pieces, chunks = cut(text, max_tokens=64)
    assert len(chunks) > 5
    assert " ".join(article.text[piece.start : piece.end] for piece in pieces) == text.removeprefix("Bridge\n")


def test_an_article_that_is_only_a_signature_has_no_chunk() -> None:
    assert cut("Bridge opens\nI.Torvald--CoastalWire", max_tokens=64)[2] == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="abc XYZ.!?'é漢", min_size=1, max_size=120), min_size=1, max_size=12))
def test_every_sentence_is_whole_in_some_chunk_and_no_chunk_is_too_long(lines: list[str]) -> None:
    text = "\n".join(lines)
    article, pieces, chunks = cut(text, max_tokens=64, title="(known)")
    for piece in pieces:
        if any(other.evidence for other in pieces):
            assert any(chunk.start <= piece.start and piece.end <= chunk.end for chunk in chunks)
    for chunk in chunks:
        assert tokens(article.text[chunk.start : chunk.end]) + tokens(article.title or "") + 2 <= 64
