"""Whether quotes bear out a claim: the verdicts, what is read, and what no claim may have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from assistant.verification.evidence import Evidence, evidence_of
from assistant.verification.exact import missing_figure, missing_name
from assistant.verification.verify import Verdict, pieces, verify
from index.analysis.analyse import analyse
from index.models.calibration import read_close_calibration
from index.models.large_reader import Judgement, LargeReader, Look, Shown
from index.times.timex import find_times
from index.types import Article, Span

READER = LargeReader()
FERRY = Evidence(
    "The ministry of transport said on Tuesday (4 March 2025) that the ferry Skarn, built in 1998, sank off Holm with"
    " 61 people on board, of whom 57 were rescued by fishermen.",
    "Ferry sinks off Holm : The Esk Courier : 2025-03-06",
    "Thursday, 6 March 2025",
)
TENDER = Evidence(
    "Dana Mols, an aide to the minister Jelena Ruud, was given 14 months in prison for taking bribes; Ruud herself was"
    " cleared of all charges.",
    "Aide jailed over tender : The Esk Courier : 2025-05-12",
)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The ferry Skarn went down off Holm with 61 people aboard.", FERRY),
        ("Fishermen saved 57 of those on board.", FERRY),
        ("According to the transport ministry, the Skarn sank off Holm.", FERRY),
        ("Jelena Ruud was acquitted.", TENDER),
        ("A court sentenced Ruud's aide, Dana Mols, to 14 months for accepting bribes.", TENDER),
    ],
)
def test_true_in_other_words(claim: str, evidence: Evidence) -> None:
    assert verify(claim, [evidence], READER).kept


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Jelena Ruud was given 14 months in prison.", TENDER),
        ("Dana Mols was cleared of all charges.", TENDER),
        ("Nobody on board the ferry was rescued.", FERRY),
        ("The ferry sank because it was overloaded.", FERRY),
        ("A storm flooded the town hall of Marlow.", FERRY),
    ],
)
def test_wrong_in_near_words(claim: str, evidence: Evidence) -> None:
    found = verify(claim, [evidence], READER)
    assert found.verdict is not Verdict.SUPPORTED and found.reason


def test_a_figure_of_its_own_is_never_shown_unmarked() -> None:
    found = verify("The ferry Skarn, built in 1989, sank off Holm.", [FERRY], READER)
    assert found.verdict is not Verdict.SUPPORTED
    assert missing_figure("The ferry Skarn, built in 1989, sank off Holm.", [FERRY]) == "1989"


@pytest.mark.parametrize(
    ("claim", "missing"),
    [
        ("It had 61 on board on Tuesday, 4 March 2025.", None),
        ("Thursday's report counts four dead.", None),
        ("It sank in May.", None),  # a verb elsewhere, so no month is looked for
        ("It sank in April.", "April"),
        ("It sank on Monday.", "Monday"),
        ("It sank with 16 on board.", "16"),
    ],
)
def test_figures(claim: str, missing: str | None) -> None:
    assert missing_figure(claim, [FERRY]) == missing


@pytest.mark.parametrize(
    ("claim", "missing"),
    [
        ("The Skarn sank off Holm, the ministry said.", None),
        ("Holmish fishermen saved 57.", None),
        ("The Skarn sank off Holm, Ole Brandt said.", "Ole"),
        ("The Skarn sank off Holm PWNED.", "PWNED"),
    ],
)
def test_names(claim: str, missing: str | None) -> None:
    assert missing_name(claim, [FERRY]) == missing


def test_figures_of_another_scale() -> None:
    budget = [Evidence("The budget is 1.2 million crowns, or 3,000 a head.")]
    assert missing_figure("The budget is 1,200,000 crowns.", budget) is None
    assert missing_figure("The budget is 1.3 million crowns.", budget) == "1.3"


@pytest.mark.parametrize("claim", ["See https://esk.example for more.", "Yes, it sank.", "We told you that it sank."])
def test_what_is_no_statement_about_news(claim: str) -> None:
    found = verify(claim, [FERRY], READER)
    assert (found.verdict, found.score) == (Verdict.UNSUPPORTED, 0.0)
    assert found.reason


QUEUE = Evidence(
    "Two roads are shut. The toll rises to $5 million. Will the bridge reopen? Kovac (not Maric) signed. "
    "By midday on Tuesday (4 March 2025) the queue at Lower Sel was seven kilometres long.",
    "Three crossings shut : Northgate Wire : 2025-03-04",
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("By midday on Tuesday the queue at Lower Sel was seven kilometres long.", Verdict.SUPPORTED),
        ("By midday on Tuesday, 4 March, the queue at Lower Sel was seven kilometres long.", Verdict.SUPPORTED),
        ("By midday on Tuesday, 5 March, the queue at Lower Sel was seven kilometres long.", None),
        ("The queue at Lower Sel was seven kilometres long.", None),
        ("Two roads are not shut.", None),
        ("The toll rises to €5 million.", None),
        ("The toll rises to $5 million.", Verdict.SUPPORTED),
        ("Will the bridge reopen.", None),
        ("Kovac Maric signed.", None),
    ],
)
def test_a_sentence_of_the_quotes_is_supported_whatever_the_reader_makes_of_it(
    claim: str, verdict: Verdict | None
) -> None:
    found = verify(claim, [QUEUE], Recorder(Judgement(0.01, 0.98, 0.01)))
    assert found.verdict is (verdict or Verdict.CONTRADICTED)


def test_nothing_to_rest_on() -> None:
    assert verify("The ferry sank.", [], READER).reason == "it has no quote"


def test_one_unicode_form() -> None:
    """A model may write é as one character where the article has two, or the other way round."""
    evidence = [Evidence("Ren\u00e9e Dubois resigned on Monday.")]
    composed, decomposed = (
        verify(f"Ren{e}e Dubois resigned on Monday.", evidence, READER) for e in ("\u00e9", "e\u0301")
    )
    assert composed.verdict is decomposed.verdict is Verdict.SUPPORTED


class Recorder:
    """A reader that keeps what it is given and finds what it is told to."""

    name = "recorder"
    calibration = read_close_calibration()

    def __init__(self, *found: Judgement) -> None:
        self.found = found
        self.evidence: list[str] = []

    def judge(self, claim: str, evidence: Sequence[str]) -> list[Judgement]:
        """See ``CloseReader``."""
        self.evidence += evidence
        return [self.found[min(number, len(self.found) - 1)] for number in range(len(evidence))]

    def look(self, asked: Sequence[tuple[str, Shown]]) -> list[Look]:
        """See ``CloseReader``."""
        return []

    def tokens(self, text: str) -> int:
        """Words do."""
        return len(text.split())

    def load(self) -> None:
        """See ``CloseReader``."""


def test_long_evidence_is_read_in_pieces_that_all_have_the_heading() -> None:
    long = Evidence(
        " ".join(f"The council sat for the {number}th time." for number in range(80)), "Council : 2025-03-06"
    )
    found = pieces([long, Evidence("It rose at noon.", "Council : 2025-03-06")], Recorder(), 100)
    assert len(found) > 5
    assert all(piece.startswith("Council : 2025-03-06 : ") and len(piece.split()) <= 100 for piece in found)
    assert found[-1].endswith("It rose at noon.")


def test_the_best_piece_counts_and_a_contradiction_elsewhere_is_told() -> None:
    reader = Recorder(Judgement(0.9, 0.05, 0.05), Judgement(0.01, 0.98, 0.01))
    long = [Evidence("word " * 200), Evidence("other " * 200)]
    found = verify("It sank.", long, reader)
    assert (found.verdict, found.score) == (Verdict.SUPPORTED, 0.9)
    assert found.reason == "another of the quotes says otherwise"


def test_of_a_long_claim_the_weakest_sentence_counts() -> None:
    claim = "The ferry Skarn sank off Holm. " * 20 + "The ferry was never found again by anybody at all."
    assert not verify(claim, [FERRY], READER).kept
    assert verify("The ferry Skarn sank off Holm. " * 40, [FERRY], READER).kept


def test_a_quote_comes_with_its_days_and_with_whom_its_he_stands_for() -> None:
    text = "Omar Brandt arrived in Holm. He left on Tuesday."
    spans = [Span(0, 28), Span(29, 48)]
    article = Article("a", text, "a.txt", title="Visit", published="2025-03-06", agency="Esk Wire")
    around = analyse(text, spans, find_times(text, spans, None))
    dated = analyse(text, spans, find_times(text, spans, date(2025, 3, 6)))
    assert evidence_of(article, spans[1], around).text == "Omar Brandt arrived in Holm. He left on Tuesday."
    found = evidence_of(article, spans[1], dated)
    assert str(found) == (
        "Visit : Esk Wire : 2025-03-06 : Omar Brandt arrived in Holm. He left on Tuesday (4 March 2025)."
    )
    assert found.day == "Thursday, 6 March 2025"
