"""The planted prompts stand in for the real ones: were a field amiss, no case would be asked, and nothing be shown."""

from string import Template

import pytest

from evals.proof.worse_prompt import WORSE
from prompts import load


@pytest.mark.parametrize("name", WORSE)
def test_a_worse_prompt_has_the_fields_of_the_real_one(name: str) -> None:
    """A new field of the real prompt is one of the worse prompt as well."""
    assert {*Template(WORSE[name]).get_identifiers()} == {*Template(load(name).text).get_identifiers()}
