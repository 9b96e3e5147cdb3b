"""Whether answers are judged as a careful editor would judge them."""

from __future__ import annotations

from typing import Any

import pytest

from evals.cases import Case, a_case
from evals.measures.correctness import is_right


def answer(text: str, short: str | None = None, refused: bool = False) -> dict[str, Any]:
    sentences = [{"text": text}] if text else []
    return {"answer": text, "short": short, "refused": refused, "sentences": sentences, "citations": []}


@pytest.mark.parametrize(
    ("case", "said", "right"),
    [
        (Case("1", "When?", accept=("July",)), answer("They spoke in July.", short="July"), True),
        (Case("1", "When?", accept=("July",)), answer("They spoke in May, not July.", short="May"), False),
        (Case("1", "Who?", accept=("Emmanuel Bonne",)), answer("Bonne went.", short="Bonne"), True),
        (Case("1", "How many?", number=5_300_000), answer("Some 5.3 million people came."), True),
        (Case("1", "How many?", number=10, tolerance=0.05), answer("Nine came."), False),
        (Case("1", "When?", date="2022-09"), answer("It ended in September 2022."), True),
        (Case("1", "When?", date="2022-09"), answer("It ended in October 2022."), False),
        (Case("1", "Did they meet?", yes_no=True), answer("They met in July."), True),
        (Case("1", "Did they meet?", yes_no=True), answer("They have not met."), False),
        (Case("1", "Did they meet?", yes_no=False), answer("No, they did not."), True),
        (Case("1", "Who won?", unanswerable="nobody"), answer("", refused=True), True),
        (Case("1", "Who won?", unanswerable="nobody"), answer("Union won."), False),
        (Case("1", "When?", accept=("July",)), answer("", refused=True), False),
        (Case("1", "When?", accept=("July",), must_not_mention=("Moon",)), answer("In July, on the Moon."), False),
        (Case("1", "Who?", must_mention=("Bonne", "Lavrov")), answer("Bonne met Lavrov."), True),
        (Case("1", "How many?", accept=("12 people",)), answer("15 people died.", short="15 people"), False),
        (Case("1", "How many?", accept=("twelve",)), answer("12 people died.", short="12 people"), True),
        (Case("1", "How many?", number=12), answer("On 12 May 15 people died."), False),
        (Case("1", "How many?", number=12), answer("15 people died, not 12."), False),
        (Case("1", "How many?", number=12), answer("12 died, 3 of them on land.", short="3"), False),
        (Case("1", "Who?", accept=("John Smith",)), answer("Jane Smith won.", short="Jane Smith"), False),
        (Case("1", "Who?", accept=("Macron",)), answer("It was not Macron but Scholz who spoke."), False),
        (Case("1", "Where?", accept=("New York",)), answer("In York.", short="York"), False),
        (Case("1", "How much?", accept=("$5 million",)), answer("€5 million", short="€5 million"), False),
        (Case("1", "When?", accept=("5 May 2024",)), answer("On May 5, 2024 it sank.", short="May 5, 2024"), True),
        (Case("1", "When?", accept=("May 2024",)), answer("In May 2023.", short="May 2023"), False),
        (Case("1", "When?", date="2024-05-05"), answer("It sank in May 2024."), False),
        (Case("1", "When?", date="2019"), answer("Closed in 2019, it reopened in 2021.", short="2021"), False),
        (Case("1", "When?", date="2021"), answer("Closed in 2019, it reopened in 2021.", short="2021"), True),
        (
            Case("1", "Did the council approve the mill?", yes_no=True),
            answer("The council refused to approve it."),
            False,
        ),
        (
            Case("1", "Did the council approve the mill?", yes_no=False),
            answer("The council refused to approve it."),
            True,
        ),
        (Case("1", "Did Brandt win?", yes_no=True), answer("Brandt lost."), False),
        (Case("1", "Did Brandt win?", yes_no=False), answer("Brandt lost."), True),
        (Case("1", "Did Brandt win the race?", yes_no=False), answer("Brandt lost the race."), True),
        (Case("1", "Did the tunnel open?", yes_no=True), answer("The tunnel failed to open."), False),
        (Case("1", "Did the tunnel open?", yes_no=True), answer("The weather was fine."), False),
        (Case("1", "Did the tunnel open?", yes_no=False), answer("The weather was fine."), False),
        (Case("1", "How many boats?", number=1), answer("One boat sank.", short="One"), True),
        (Case("1", "How many were hurt?", number=0), answer("No passengers were hurt."), True),
        (Case("1", "How many boats?", number=12), answer("12% of the boats sank.", short="12%"), False),
        (Case("1", "What share of the boats?", number=12), answer("12% of the boats sank.", short="12%"), True),
        (Case("1", "How many boats?", number=12), answer("The 12th boat sank."), False),
        (Case("1", "How many boats?", number=15), answer("10 to 15 boats sank."), False),
        (Case("1", "How many boats?", number=30), answer("More than 30 boats.", short="More than 30"), False),
        (Case("1", "Who won?", accept=("Brandt",)), answer("Brandt did not win."), False),
        (Case("1", "Who won?", accept=("Brandt",)), answer("Brandt never won."), False),
        (Case("1", "What came?", accept=("ban",)), answer("There was no ban.", short="no ban"), False),
        (Case("1", "Who won?", accept=("Brandt and Sal",)), answer("Brandt won.", short="Brandt"), False),
        (Case("1", "Who won?", accept=("President Brandt",)), answer("The president.", short="President"), False),
        (Case("1", "Where?", accept=("Lorn",)), answer("In North Lorn.", short="North Lorn"), False),
        (Case("1", "Who?", accept=("O'Brien",)), answer("O’Brien won.", short="O’Brien"), True),
        (Case("1", "Who?", accept=("Jose Munoz",)), answer("José Muñoz won.", short="José Muñoz"), True),
        (Case("1", "Who?", accept=("US",)), answer("It is with us.", short="us"), False),
        (Case("1", "When?", date="2024-05"), answer("It sank in June 2024, not in May 2024."), False),
    ],
)
def test_an_answer_is_right_by_what_it_says_first(case: Case, said: dict[str, Any], right: bool) -> None:
    assert is_right(case, said) is right


_WHO = {"question": "Who won?"}
_HOW_MANY = {"question": "How many came?"}
_RESIGNED = {"question": "Did Oren resign?"}


@pytest.mark.parametrize(
    ("case", "text", "short", "right"),
    [
        # A short answer that says the opposite, or something else.
        ({"question": "When?", "accept": ["July"]}, "They met before July.", "before July", False),
        ({"question": "When?", "accept": ["after the vote"]}, "They met.", "before the vote", False),
        ({"question": "When?", "accept": ["July"]}, "They met.", "July, before the vote", True),
        ({"question": "When?", "accept": ["since July"]}, "They meet.", "until July", False),
        ({"question": "When?", "accept": ["July"]}, "They met.", "July or August", False),
        ({"question": "How?", "accept": ["without too many talks"]}, "So.", "too many talks", False),
        ({"question": "How?", "accept": ["with sugar"]}, "So.", "without sugar", False),
        (_WHO | {"accept": ["Oren"]}, "All but one.", "everyone except Oren", False),
        (_WHO | {"accept": ["Oren"]}, "Nobody.", "neither Oren nor Salka", False),
        (_WHO | {"accept": ["Emmanuel Orn"]}, "He did.", "the son of Emmanuel Orn", False),
        (_WHO | {"accept": ["Emmanuel Orn"]}, "She did.", "Emmanuel Orn's wife", False),
        (_WHO | {"accept": ["president"]}, "He did.", "vice president", False),
        (_WHO | {"accept": ["Ilka Brandt"]}, "He did.", "Oren Sal, who beat Ilka Brandt", False),
        (_WHO | {"accept": ["Brandt"]}, "One did.", "Brandt, Sal, Dal or Esk", False),
        ({"question": "Where?", "accept": ["Virginia"]}, "There.", "West Virginia", False),
        ({"question": "What?", "accept": ["red and blue"]}, "So.", "red", False),
        ({"question": "What?", "accept": ["a ceasefire"]}, "So.", "did not agree on a ceasefire", False),
        ({"question": "Which?", "accept": ["C"]}, "So.", "C++", False),
        ({"question": "When?", "accept": ["5 May"]}, "So.", "May", False),
        ({"question": "When?", "accept": ["July 2022"]}, "So.", "2022", False),
        # One that says the same.
        (_WHO | {"accept": ["Zelensky"]}, "He did.", "Zelenskyy", True),
        (_WHO | {"accept": ["Mayor Mike Orn"]}, "He did.", "Mike Orn", True),
        ({"question": "How long?", "accept": ["5 kilometres"]}, "So.", "5 km", True),
        ({"question": "How long?", "accept": ["5 miles"]}, "So.", "5km", False),
        ({"question": "How much?", "accept": ["12%"]}, "So.", "12 percentage points", False),
        ({"question": "What score?", "accept": ["1-0"]}, "So.", "1\u20130", True),
        ({"question": "What score?", "accept": ["1-0"]}, "So.", "0-1", False),
        ({"question": "Which?", "accept": ["US"]}, "So.", "the U.S.", True),
        ({"question": "When?", "accept": ["5 September"]}, "So.", "Sept. 5", True),
        ({"question": "What time?", "accept": ["3 p.m."]}, "So.", "3pm", True),
        ({"question": "What burned?", "accept": ["ship"]}, "So.", "ships", True),
        # Numbers.
        (_HOW_MANY | {"accept": ["fewer than 12"]}, "So.", "more than 12", False),
        (_HOW_MANY | {"number": 10}, "Between 10 and 15 came.", "between 10 and 15", False),
        (_HOW_MANY | {"number": 12}, "3 of 12 came.", None, False),
        (_HOW_MANY | {"number": 3}, "3 of 12 came.", None, True),
        (_HOW_MANY | {"number": 2.5}, "Two and a half.", "two and a half", True),
        (_HOW_MANY | {"number": 120}, "So many.", "one hundred and twenty", True),
        (_HOW_MANY | {"number": 2500}, "So many.", "two thousand five hundred", True),
        (_HOW_MANY | {"number": 1200}, "So many.", "1 200", True),
        # Sentences without a short answer.
        (_WHO | {"accept": ["Brandt"]}, "Everyone except Brandt won.", None, False),
        (_WHO | {"accept": ["Brandt"]}, "Brandt denied that she had won.", None, False),
        (_WHO | {"accept": ["Brandt"]}, "Brandt lost to Sal.", None, False),
        (_WHO | {"accept": ["Brandt"]}, "Nobody said that Brandt won.", None, False),
        (_WHO | {"accept": ["Brandt"]}, "Not Sal but Brandt won.", None, True),
        (_WHO | {"accept": ["Brandt"]}, "It is not known why, but Brandt won.", None, True),
        (
            {"question": "When did they meet?", "date": "2022-09"},
            "They met in July 2025, after talks had ceased in September 2022.",
            None,
            False,
        ),
        ({"question": "When did they meet?", "date": "2022-09"}, "They never met in September 2022.", None, False),
        ({"question": "Why did it not open?", "accept": ["rain"]}, "It did not open because of rain.", None, True),
        # Yes and no.
        (_RESIGNED | {"yes_no": True}, "No doubt Oren resigned.", None, True),
        (_RESIGNED | {"yes_no": False}, "Not yet: Oren stays.", None, True),
        (_RESIGNED | {"yes_no": False}, "Oren has yet to resign.", None, True),
        (_RESIGNED | {"yes_no": False}, "Oren ruled out resigning.", None, True),
        (_RESIGNED | {"yes_no": False}, "Oren cannot resign.", None, True),
        (_RESIGNED | {"yes_no": False}, "It is not true that Oren resigned.", None, True),
        (_RESIGNED | {"yes_no": True}, "It is unclear whether Oren resigned.", None, False),
        (_RESIGNED | {"yes_no": False}, "It is unclear whether Oren resigned.", None, False),
        (_RESIGNED | {"yes_no": True}, "Oren may resign next week.", None, False),
        (_RESIGNED | {"yes_no": True}, "Oren threatened to resign.", None, False),
        (_RESIGNED | {"yes_no": True}, "Calls for Oren to resign grew.", None, False),
        ({"question": "Did rates rise in May?", "yes_no": True}, "Rates rose in March.", None, False),
        ({"question": "Did rates rise after May?", "yes_no": True}, "They did rise in July, the rates.", None, True),
        (_HOW_MANY | {"number": 6.5}, "It fell to 6.25 from 6.5.", None, False),
        ({"question": "Who came?", "must_mention": ["Oren"]}, "Neither Oren nor Sal came.", None, False),
        ({"question": "Is Brandt the mayor?", "yes_no": True}, "Brandt, the former mayor, spoke.", None, False),
        ({"question": "Did it open?", "yes_no": True}, "It will open in June.", None, False),
        ({"question": "Did they speak again after May 2022?", "yes_no": True}, "They ceased in May 2022.", None, False),
    ],
)  # fmt: skip
def test_what_other_readers_took_for_wrong_and_right(
    case: dict[str, Any], text: str, short: str | None, right: bool
) -> None:
    assert is_right(a_case(case), answer(text, short)) is right


@pytest.mark.parametrize(
    ("case", "text", "short", "right"),
    [
        # As much as the question leaves to be said.
        ({"question": "What kind of approach?", "accept": ["European approach"]}, "So.", "European", True),
        (_HOW_MANY | {"accept": ["12 people"]}, "So.", "12", True),
        ({"question": "How much?", "accept": ["about $200 million"]}, "So.", "$200m", True),
        ({"question": "Which river?", "accept": ["a wide river"]}, "So.", "river", True),
        ({"question": "Where?", "accept": ["the Slave craton in Canada"]}, "So.", "craton", False),
        ({"question": "Who?", "accept": ["Ohio Company of Virginia"]}, "So.", "Virginia Company", False),
        # What is known by two names, and what is denied elsewhere.
        ({"question": "Which country?", "accept": ["the United States"]}, "The U.S. did.", None, True),
        ({"question": "When?", "accept": ["May"]}, "It may sink.", None, False),
        ({"question": "When?", "accept": ["July"]}, "They spoke in July, without a result.", None, True),
        ({"question": "Why?", "accept": ["rain"]}, "It fell because of rain rather than of snow.", None, True),
        # Numbers.
        (_HOW_MANY | {"number": 500_000}, "Half a million came.", None, True),
        (_HOW_MANY | {"number": 24}, "Two dozen came.", None, True),
        (_HOW_MANY | {"number": 300}, "In 2022 some 300 came.", None, True),
        (_HOW_MANY | {"number": 2022}, "In 2022 some 300 came.", None, False),
        ({"question": "What share?", "number": 12.5}, "12.5 per cent did.", None, True),
        # Dates.
        ({"question": "When?", "date": "2024-05-05"}, "It sank on 2024-05-05.", None, True),
        ({"question": "When?", "date": "2024-05"}, "It sank.", "the 5th of May 2024", True),
        ({"question": "When?", "date": "2020"}, "So.", "between 2019 and 2021", False),
        # Yes and no.
        ({"question": "Did Oren sink the boat?", "yes_no": True}, "The boat was sunk by Oren.", None, True),
        ({"question": "Was the match called off?", "yes_no": True}, "The match was called off.", None, True),
    ],
)  # fmt: skip
def test_answers_in_other_words_and_forms(case: dict[str, Any], text: str, short: str | None, right: bool) -> None:
    assert is_right(a_case(case), answer(text, short)) is right


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("They met on Tuesday.", "2024-06-04"),
        ("They met on Wednesday.", "2024-06-05"),
        ("They met yesterday.", "2024-06-04"),
        ("They met last month.", "2024-05"),
        ("They met in July.", "2023-07"),
        ("They met on 5 May.", "2024-05-05"),
        ("They met last year.", "2023"),
    ],
)
def test_a_day_without_a_year_is_the_last_before_its_article(told: str, wanted: str) -> None:
    dated = answer(told) | {"citations": [{"published": "2024-06-05T10:00:00Z"}]}
    assert is_right(Case("1", "When did they meet?", date=wanted), dated)
    assert not is_right(Case("1", "When did they meet?", date=wanted), answer(told))


@pytest.mark.parametrize(
    ("case", "text", "short"),
    [
        # Other words for the same.
        ({"question": "What happened?", "accept": ["he died"]}, "He passed away.", None),
        # Denied is another thing in the same clause.
        ({"question": "What did it cost?", "accept": ["5 million"]}, "The plan that was not approved cost 5m.", None),
        # A verb that is in no list.
        ({"question": "Did Oren swim?", "yes_no": True}, "Oren swam.", None),
        # What follows from what is said, without the words of the question.
        ({"question": "Did the match begin?", "yes_no": False}, "The match was called off.", None),
        # Only the name that stands last is a name by itself.
        (_WHO | {"accept": ["Sybilla of Normandy"]}, "She did.", "Sybilla"),
        # Of two things one is not enough, even if they are one thing.
        (_WHO | {"accept": ["John Pell, Lord of Pelham Manor"]}, "He did.", "John Pell"),
    ],
)
def test_what_is_right_and_not_seen_to_be(case: dict[str, Any], text: str, short: str | None) -> None:
    """Known limits: a careful reader would accept these."""
    assert is_right(a_case(case), answer(text, short)) is False


@pytest.mark.parametrize(
    ("case", "text", "short"),
    [
        # What lies ahead is taken for past.
        ({"question": "When will it open?", "date": "2023-07"}, "It will open in July.", None),
        # A word of the form is a word of something else.
        ({"question": "Who?", "accept": ["Brandt"]}, "The Brandt bridge fell.", None),
        # An opposite that is in no list.
        ({"question": "Did the council praise the plan?", "yes_no": True}, "The council condemned the plan.", None),
    ],
)
def test_what_is_wrong_and_not_seen_to_be(case: dict[str, Any], text: str, short: str | None) -> None:
    """Known limits: a careful reader would not accept these."""
    said = answer(text, short) | {"citations": [{"published": "2024-06-05"}]}
    assert is_right(a_case(case), said) is True
