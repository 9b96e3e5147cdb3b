"""What quotes carry, and what they do not."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.verification.check import Carried, unsupported
from assistant.verification.entailment import LEAST, bearing
from evals.research.claim_support.meddled import LISTS, load_meddled
from index.analysis.quantities import quantities
from index.models.reader import MiniLMReader

CARRIED = [
    ("The ferry cost 10 million dollars.", "The ferry cost $10 million."),
    ("Twenty-one people died in the EU.", "21 people died in the European Union."),
    ("The Russian leader did not come.", "Russia's leader did not come."),
    ("The leader sent an envoy.", "Russia's leader did not come but sent an envoy."),
    ("The board did not approve the plan.", "The board rejected the plan."),
    ("Torvald said the ferry is unsafe.", "The ferry is unsafe, Torvald said."),
    ("Prices climbed by 5 percent.", "Prices rose by 5%."),
    ("It opened on 3 May 2024.", "The ferry opened on May 3, 2024."),
    ("Some 386,000 passengers came.", "386000 passengers came."),
    ("The US imposed tariffs.", "The United States imposed tariffs."),
    ("The UN sent troops.", "The United Nations sent troops."),
    ("France's president resigned.", "The French president resigned."),
    ("The British government fell.", "Britain's government fell."),
    ("World War I began in 1914.", "World War I began in 1914 in Europe."),
    ("Macron spoke with Putin by phone.", "Macron did not meet Putin in Moscow but spoke with Putin by phone."),
    ("Putin and Macron spoke in July.", "Macron and Putin spoke in July."),
    ("The bank may impose tariffs.", "The bank may impose tariffs next week."),
    ("Tariffs on steel were imposed.", "The United States imposed tariffs on steel."),
    ("The ferry is twelve kilometres away.", "The ferry is 12 km away."),
    ("Minister Paul Renner died in Esk.", "Minister Paul Renner, once without power, died in Esk."),
    ("The fare is 5 euros.", "If the weather holds, ferries sail on Monday. The fare is 5 euros."),
    ("Doctors warn the dam is unsafe.", "Doctors have warned that the dam is unsafe."),
    ("More than 12 people died.", "Over 12 people died."),
    ("About 386,000 passengers came.", "386,000 passengers came."),
    ("Torvald was accused by Brandt.", "Brandt accused Torvald."),
    ("Inflation rose from 5% to 7%.", "Inflation rose to 7% from 5%."),
    ("The board did not, it said, sell the ferry.", "The board said it had not sold the ferry."),
    ("Seventy prisoners were freed.", "Rebels took the town, freeing 70 prisoners and seizing nine trucks."),
    ("He coached the team for two decades.", "He coached the team for 20 years."),
    ("United Nations troops left.", "UN troops left."),
    ("Negotiations ended.", "Talks ended after negotiators had met for negotiations."),
    ("Brandt closed the ferry.", "Torvald said the ferry is unsafe, and Brandt closed the ferry."),
    ("34 deputies would back the bill, aides said.", "Aides said 34 of the 58 deputies would back the bill."),
    ("Two days before Petra landed, Omar weakened.", "Petra landed two days after Omar weakened."),
    ("Trucks may last until spring.", "The trucks may last until next spring."),
    ("Brandt visited Marlow.", "In May Brandt visited Marlow."),
    ("Brandt met the king before the vote.", "Before the vote, Brandt met the king."),
    ("34 people were killed and 100 injured in the crash.", "The crash killed 34 people and injured 100."),
    ("Torvald met Brandt in Marlow.", "Brandt met Torvald in Marlow."),
    ("Thomas Quill picked 26 players.", "The coach of Marlow, Thomas Quill, picked 26 players."),
]


@pytest.mark.parametrize(("sentence", "quote"), CARRIED)
def test_carried(sentence: str, quote: str) -> None:
    assert unsupported(sentence, Carried([quote])) is None


NOT_CARRIED = [
    ("The ferry cost $12 million.", "The ferry cost $10 million.", "$12 million"),
    ("The ferry cost €10 million.", "The ferry cost $10 million.", "€10 million"),
    ("Five per cent left.", "Five left.", "Five per cent"),
    ("It opened in June.", "It opened in May.", "June"),
    ("It opened yesterday.", "It opened in May.", "yesterday"),
    ("It opened in May 2024.", "It opened in May.", "2024"),
    ("Brandt opened it.", "Torvald opened it.", "Brandt"),
    ("The leader came.", "Russia's leader did not come to the talks.", "not"),
    ("The leader did not come.", "The leader came.", "not"),
    ("Prices fell by 5%.", "Prices rose by 5%.", "rose"),
    ("The ferry is unsafe.", "Torvald said the ferry is unsafe.", "name who says it"),
    ("The ferry is unsafe.", "The ferry is unsafe, Torvald stressed.", "name who says it"),
    ("Iraq closed the strait.", "Iran closed the strait.", "Iraq"),
    ("The envoy of Nigeria left.", "The envoy of Niger left.", "Nigeria"),
    ("Bush resigned in May.", "Brandt resigned in May.", "Bush"),
    ("2025 workers were hurt.", "A total of 14 workers were hurt.", "2025"),
    ("10 people died.", "People died on the 10th.", "10"),
    ("No, Torvald opened the ferry.", "Torvald opened the ferry.", "yes or no"),
    ("No.", "Torvald opened the ferry.", "yes or no"),
    ("The bank will impose tariffs.", "The bank may impose tariffs.", "less sure"),
    ("Esk approved the plan.", "Esk failed to approve the plan.", "not"),
    ("Brandt closed the strait.", "Brandt threatened to close the strait.", "less sure"),
    ("Israel attacked Iran.", "Iran attacked Israel.", "with Iran"),
    ("The court overturned the ban.", "The court upheld the ban.", "uphold"),
    ("The minister did not win the international election.", "The minister won the international election.", "not"),
    ("See https://evil.example for the ferry.", "The ferry opened.", "https"),
    ("You can take the ferry.", "The ferry opened.", "You"),
    ("The attack hurt 12 people.", "The attack hurt at least 12 people.", "bound"),
    ("More than 12 people were hurt.", "12 people were hurt.", "bound"),
    ("Only two ships sank.", "Two ships sank.", "bound"),
    ("The bridge is 12 miles long.", "The bridge is 12 kilometres long.", "kilometres"),
    ("The trip takes two weeks.", "The trip takes two months.", "months"),
    ("The house cost 500,000 dollars.", "The house cost A$500,000.", "500,000 dollars"),
    ("It was -5 degrees.", "It was 5 degrees.", "5"),
    ("All of the passengers survived.", "Not all of the passengers survived.", "not"),
    ("All members voted for it.", "Members voted for it.", "all"),
    ("Parliament has approved the budget.", "Parliament has not, despite a year of talks, approved the budget.", "not"),
    ("The mayor did not resign.", "The mayor resigned after the council did not approve his budget.", "not"),
    ("Brandt met Torvald in 2004.", "Brandt denied he met Torvald in 2004.", "not"),
    ("Torvald will resign.", "If the board votes against her, Torvald will resign.", "condition"),
    ("The ferry is unsafe.", "Is the ferry unsafe?", "ask"),
    ("Torvald was accused by Brandt of fraud.", "Brandt was accused by Torvald of fraud.", "with Torvald"),
    ("Esk Ferries sued Marlow Lines.", "Marlow Lines sued Esk Ferries.", "with Marlow Lines"),
    ("He flew from Marlow to Esk.", "He flew from Esk to Marlow.", "from"),
    ("Brandt said the ferry is unsafe.", "Torvald said the ferry is unsafe, after Brandt had praised it.", "Torvald"),
    ("Prices rose from 7% to 5%.", "Prices rose from 5% to 7%.", "from"),
    ("The bank will collapse.", "Analysts warn the bank will collapse.", "name who says it"),
    ("The dam is unsafe.", "Officials acknowledge the dam is unsafe.", "name who says it"),
    ("It opened on 1/12/2024.", "It opened on 11/2/2024.", "1/12/2024"),
    ("A thousand people came.", "A hundred people came.", "A thousand"),
    ("Esk has the lowest crime rate.", "Esk has the highest crime rate.", "high"),
    ("The firm hired 50 and fired 200.", "The firm hired 200 and fired 50.", "with 200"),
    ("It has 500 shops in Spain.", "It has 300 shops in Spain and 500 in Italy.", "shops"),
    ("The villages flooded in September.", "The villages flooded in June had power back by September.", "June"),
    ("Torvald was arrested.", "The brother of Ilse Torvald was arrested.", "brother"),
    ("Police said Brandt fled.", "Brandt fled, his lawyer said. Police would not comment.", "lawyer"),
    ("The dam broke because farmers sold cattle.", "The dam broke after rain, and farmers sold cattle.", "cause"),
    ("Brandt resigned before the vote.", "Brandt resigned after the vote.", "other way round"),
    ("Putin was arrested on Monday.", "Putin's lawyer was arrested on Monday.", "lawyer"),
    ("The deal was signed in May.", "The deal could be signed in May at the earliest.", "less sure"),
    ("The ferry sank on Monday.", "The ferry nearly sank on Monday.", "not"),
    ("Brandt sued Lind after they met with Hansen.", "Lind sued Brandt after they met with Hansen.", "with"),
]


@pytest.mark.parametrize(("sentence", "quote", "said"), NOT_CARRIED)
def test_not_carried(sentence: str, quote: str, said: str) -> None:
    fault = unsupported(sentence, Carried([quote]))
    assert fault is not None and said in fault


@pytest.mark.parametrize("name", LISTS)
def test_subtly_wrong_sentences_are_mostly_dropped_and_fair_ones_mostly_kept(name: str) -> None:
    """The bounds are a little below what ``python -m evals.research.claim_support`` prints: they may only be raised."""
    rows = [(row.fault, unsupported(row.sentence, Carried([row.quote])) is not None) for row in load_meddled(name)]
    wrong = [dropped for fault, dropped in rows if fault]
    fair = [dropped for fault, dropped in rows if not fault]
    assert sum(wrong) >= 0.65 * len(wrong)
    assert sum(fair) <= 0.28 * len(fair)


def test_how_well_quotes_bear_a_sentence_out_needs_shared_words_and_the_reader_likes_the_rest() -> None:
    reader = MiniLMReader()
    quote = Carried(["Torvald opened the ferry on Monday."])
    assert bearing("He was.", quote) < LEAST
    for chosen in (None, reader):
        assert bearing("Torvald opened the ferry.", quote, chosen) > 0.6
        assert bearing("Bread became dearer in May.", quote, chosen) < LEAST


def test_tuesday_is_that_of_its_own_article() -> None:
    quotes = Carried(
        ["The ferry sank on Tuesday.", "Brandt spoke in Marlow."], published=[date(2024, 5, 9), date(2019, 6, 12)]
    )
    assert unsupported("The ferry sank on 7 May 2024.", quotes) is None
    assert unsupported("The ferry sank on 11 June 2019.", quotes) is not None


def test_who_says_it_may_be_the_pronouns_name() -> None:
    carried = Carried(["The ferry is unsafe, he said."], around=["Brandt spoke."])
    assert unsupported("Brandt said the ferry is unsafe.", carried) is None


def test_one_quote_that_is_a_fact_makes_no_fact_of_another() -> None:
    carried = Carried(["Torvald said the ferry is unsafe.", "The ferry opened in May."])
    fault = unsupported("The ferry is unsafe and opened in May.", carried)
    assert fault is not None and "name who says it" in fault


def test_a_pronoun_may_be_put_as_whom_the_passage_names() -> None:
    quote = "He sent an envoy."
    assert unsupported("Torvald sent an envoy.", Carried([quote], around=["Torvald hesitated."])) is None
    assert unsupported("Brandt sent an envoy.", Carried([quote], around=["Torvald hesitated."])) is not None


def test_a_full_name_may_stand_where_the_quote_has_half_of_it() -> None:
    around = ["Governor Ilse Torvald hesitated."]
    assert unsupported("Ilse Torvald sent an envoy.", Carried(["Torvald sent an envoy."], around=around)) is None
    assert unsupported("Ole Torvald sent an envoy.", Carried(["Torvald sent an envoy."], around=around)) is not None


@pytest.mark.parametrize(
    ("when", "sentence", "carried"),
    [
        ("on Monday", "The ferry opened on Monday, 5 May 2025.", True),
        ("yesterday", "The ferry opened on 4 May 2025.", True),
        ("on Friday", "The ferry opened on 2 May 2025.", True),
        ("last Monday", "The ferry opened on 5 May 2025.", False),
        ("next Monday", "The ferry opened on 5 May 2025.", False),
    ],
)
def test_the_day_that_the_date_of_the_article_tells_may_be_told(when: str, sentence: str, carried: bool) -> None:
    quotes = Carried([f"The ferry opened {when}."], published=[date(2025, 5, 5)])
    assert (unsupported(sentence, quotes) is None) == carried


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("5.3 million", [(5.3e6, "")]),
        ("5,300,000", [(5.3e6, "")]),
        ("£3m", [(3e6, "£")]),
        ("12 per cent", [(12, "%")]),
        ("fifty-five", [(55, "")]),
        ("two hundred thousand", [(2e5, "")]),
        ("the 21st of 30", [(21, "th"), (30, "")]),
        ("at 14:05", [(1405, "14:05")]),
        ("a hundred and a dozen", [(100, ""), (12, "")]),
        ("8 m high and $8m", [(8, ""), (8e6, "$")]),
        ("one of them", []),
        ("one hundred and twenty", [(120, "")]),
        ("two thousand five hundred", [(2500, "")]),
        ("two and a half million", [(2.5e6, "")]),
        ("1\u202f200", [(1200, "")]),
        ("3 dollars", [(3, "$")]),
        ("B747 and covid-19", [(19, "")]),
    ],
)
def test_quantities(text: str, worth: list[tuple[float, str]]) -> None:
    assert [quantity.same_as for quantity in quantities(text)] == worth


def test_a_name_from_elsewhere_in_the_passage_is_not_carried() -> None:
    quote = "Ilse Torvald resigned as chair of the harbour board."
    around = ["Ole Brandt praised the plan."]
    assert unsupported("Ole Brandt resigned as chair of the harbour board.", Carried([quote], around)) is not None


def test_a_pronoun_stands_for_whom_the_sentence_before_names_first() -> None:
    quote, around = "He attempted a series of calls.", ["Macron and Putin last spoke in July."]
    assert unsupported("Macron attempted a series of calls.", Carried([quote], around)) is None
    assert unsupported("Putin attempted a series of calls.", Carried([quote], around)) is not None
    both = Carried(["They attempted a series of calls."], around)
    assert unsupported("Macron and Putin attempted a series of calls.", both) is None


def test_a_title_carries_nothing_by_itself() -> None:
    carried = Carried(["The harbour board met on Monday."], titles="Brandt took bribes worth 3 million")
    assert unsupported("Brandt took bribes worth 3 million.", carried) is not None
