"""Whether something happened, lies ahead or is denied: by the verb that governs the words that matter."""

from __future__ import annotations

import pytest

from index.analysis.analyse import analyse_sentence
from index.analysis.types import Status


def _status(text: str, words: str) -> Status:
    return analyse_sentence(text).status_at(text.index(words))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Alderhol and Kossova met in Grauhafen on Wednesday to discuss whether fishing can resume.", "Wednesday"),
        ("Alderhol and Kossova met in Sandrik on Monday and agreed to reopen the border.", "Monday"),
        ("Calderia and Osmark signed a treaty in Berle on Saturday that could end the war.", "Saturday"),
        ("The strike ended on Wednesday after the owners offered a rise of 6 percent.", "Wednesday"),
        ("The agency launched the probe Ikaria on Monday, after two launches had been cancelled.", "Monday"),
        ("The parties that agreed to join signed the treaty on Monday.", "Monday"),
        ("Pavla Rehn was dismissed on Monday because she had not reported a gift.", "Monday"),
        ("The workers who had not been paid met on Monday.", "Monday"),
        ("He denied wrongdoing and resigned on Monday.", "Monday"),
        ("The toll rose to 33 on Tuesday and could rise further.", "33"),
        ("The company said on Monday it would not close the plant.", "Monday"),
        ("Lena Thorsby was sworn in as mayor on Tuesday.", "Lena Thorsby"),
        ("The bridge collapsed on Monday, though engineers had called it safe.", "bridge"),
    ],
)
def test_what_is_told_beside_an_event_makes_no_plan_of_it_and_denies_nothing(text: str, words: str) -> None:
    assert _status(text, words) is Status.ASSERTED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("President Orlenko will visit Vastmark on 2 September, her office said.", "2 September"),
        ("The bridge that collapsed in May will be reopened on Monday.", "Monday"),
        ("Workers threatened to strike in August if jobs are cut.", "August"),
        ("Union could win the Argent Cup again, the coach said.", "Union"),
        ("Novatek has reversed its decision to close its Berle plant on 1 July.", "1 July"),
        ("The launch on Friday was cancelled because of wind.", "Friday"),
        ("The agency called off the launch of the probe Talos on Friday.", "Friday"),
        ("She cancelled her visit planned for 2 September.", "2 September"),
        ("The bank is expected to cut its key rate to 4.5 percent.", "4.5 percent"),
        ("The plant is to be closed on 3 May.", "3 May"),
    ],
)
def test_plans_and_wishes_have_not_happened(text: str, words: str) -> None:
    assert _status(text, words) in (Status.PLANNED, Status.CALLED_OFF)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mount Skarra did not erupt on Sunday, as some media had reported.", "Sunday"),
        ("She denied on Wednesday that she had visited Vastmark on 5 September.", "5 September"),
        ("The ministry said it could not confirm that they had met in Rhule on 8 October.", "8 October"),
        ("There is no evidence that the two met on 8 October.", "8 October"),
        ("The parliament has not yet passed the forest law.", "forest law"),
        ("Rehn denied taking money from the Dorvan Group in 2023.", "2023"),
        ("The minister dismissed reports of a meeting on Monday.", "Monday"),
        ("They have never officially visited the town since May.", "town"),
        ("The company will not close the plant on 1 July.", "1 July"),
    ],
)
def test_what_is_denied_has_not_happened(text: str, words: str) -> None:
    assert _status(text, words) is Status.DENIED


@pytest.mark.parametrize(
    ("text", "words", "off"),
    [
        ("The concert on 5 May was cancelled.", "5 May", True),
        ("The match, planned for Thursday, was postponed because of rain.", "Thursday", True),
        ("The talks set for 9 May were called off after the attack.", "9 May", True),
        ("He resigned on 5 May after the deal was scrapped.", "5 May", False),
        ("The council met on 3 May, a day after the vote was postponed.", "3 May", False),
        ("They will meet on 20 May.", "20 May", False),
    ],
)
def test_what_was_called_off_is_told_from_what_is_planned(text: str, words: str, off: bool) -> None:
    assert (_status(text, words) is Status.CALLED_OFF) == off
