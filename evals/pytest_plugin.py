"""A pytest plugin: the fixture ``assistant_case`` asks a question and asserts that the answer is right.

    def test_the_last_call(assistant_case):
        answer = assistant_case("When did Macron and Putin last speak?", accept=["July"])
        assert len(answer.citations) == 1

The store is that of ``--assistant-store``, else the one of the settings. Of a suite each case is a test with::

    @pytest.mark.parametrize("case", read_suite(Path("suite.yaml")).accepted.cases, ids=lambda case: case.id)
    def test_suite(assistant_case, case):
        assistant_case(case)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from assistant import Answer, Assistant
    from evals.cases import Case


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the store."""
    parser.getgroup("article-assistant").addoption(
        "--assistant-store",
        metavar="FOLDER",
        help="The store that assistant_case asks (default: that of the settings).",
    )


class AssistantCase:
    """Asks, and asserts that the answer is right and its quotes are in the articles, character for character."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    def __call__(self, question: str | Case, **fields: Any) -> Answer:
        """The answer to a case, or to a question with the fields of one (``assistant eval schema``).

        The test fails where it is wrong. Raises SuiteInvalid for a wrong field, and what ``Assistant.chat`` does.
        """
        __tracebackhide__ = True
        from evals.cases import a_case
        from evals.measures.answer import measure

        case = a_case({"question": question, **fields}) if isinstance(question, str) else question
        if not case.reviewed:
            pytest.fail(f"{case.question}\nthis is a draft that nobody has accepted (reviewed: no)", pytrace=False)
        answer = self.assistant.chat(case.question, history=case.history, now=case.now, as_of=case.as_of)
        measures = measure(self.assistant, case, answer.to_json())
        if not measures["right"]:
            expected = case.in_words or f"a refusal: {case.unanswerable}"
            quotes = "".join(f"\n  [{cited.number}] {cited.quote}" for cited in answer.citations)
            pytest.fail(f"{case.question}\nexpected: {expected}\nanswered: {answer.text}{quotes}", pytrace=False)
        if measures["citations_exact"] not in (None, 1.0):
            pytest.fail(f"{case.question}\na quote is not in its article as it stands", pytrace=False)
        return answer


@pytest.fixture(scope="session")
def _opened_assistant(request: pytest.FixtureRequest) -> Iterator[Assistant]:
    from assistant import Assistant

    with Assistant.open(request.config.getoption("--assistant-store")) as assistant:
        yield assistant


@pytest.fixture
def assistant_case(_opened_assistant: Assistant) -> AssistantCase:
    """Asks a question and asserts that the answer is right; see ``AssistantCase``."""
    return AssistantCase(_opened_assistant)
