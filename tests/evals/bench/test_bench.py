"""The helpers of the benchmarks, not the benchmarks: no test depends on how fast a machine is."""

from pathlib import Path

import numpy as np
import pytest

from evals.bench.filling import RandomEmbedder
from evals.bench.llamaindex import choose, mean_recall
from evals.bench.measures import Measure, percentile
from evals.bench.stories import Question, Story, read_stories, write_jsonl
from evals.bench.synthetic import World


def test_invented_articles_are_the_same_each_time_and_however_many_there_are() -> None:
    few, many = list(World(3, rare_words=100).articles(2)), list(World(3, rare_words=100).articles(5))
    assert few == many[:2]
    assert len({story.text for story in many}) == 5
    assert list(World(4, rare_words=100).articles(2)) != few


def test_invented_questions_are_all_different() -> None:
    questions = World(rare_words=100).questions(25)
    assert len(set(questions)) == 25
    assert questions == World(rare_words=100).questions(25)


def test_percentile_is_a_value_that_was_measured() -> None:
    values = [float(number) for number in range(20, 0, -1)]
    assert percentile(values, 0.5) == 10
    assert percentile(values, 0.95) == 19
    assert percentile([7.0], 0.95) == 7
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_a_target_is_held_up_to_its_value_and_a_larger_one_only_beyond_it() -> None:
    assert Measure("time", 5.0, "s", 5.0).held is True
    assert Measure("time", 5.1, "s", 5.0).held is False
    assert Measure("recall", 1.0, "×", 1.0, more_is_better=True).held is False
    assert Measure("chunks", 7).held is None


def test_random_vectors_have_unit_length() -> None:
    vectors = RandomEmbedder().embed(["one", "two", "three"])
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)


def test_recall_is_the_mean_share_of_evidence_found() -> None:
    questions = [Question("both?", frozenset("ab")), Question("one?", frozenset("c"))]
    assert mean_recall(lambda question: ["a", "c", "x"], questions) == 0.75


def test_evidence_is_chosen_before_other_articles_and_only_what_it_can_answer_is_asked() -> None:
    stories = [Story(name, name, "", "text") for name in "abcde"]
    questions = [Question("first?", frozenset("d")), Question("second?", frozenset("be"))]
    chosen, asked = choose(stories, questions, 2)
    assert [story.id for story in chosen] == ["d", "b"]
    assert asked == questions[:1]


def test_a_written_story_has_no_empty_fields(tmp_path: Path) -> None:
    file = write_jsonl([Story("1", "", "", "text")], tmp_path / "corpus.jsonl")
    assert '"title": null' in file.read_text()
    with pytest.raises(FileNotFoundError):
        next(read_stories(tmp_path))
