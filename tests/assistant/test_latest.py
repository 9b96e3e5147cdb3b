"""The latest of several events, both sides of a contradiction, a correction before what it corrects, a timeline."""

from __future__ import annotations

import json
from datetime import date

import pytest

from assistant.evidence.exclusive_answers import contradict
from assistant.pipeline import read_parts
from index.errors import DateInvalid
from tests.assistant.news import Ingest, News, codes

CALLS: News = {
    "spring": ("2024-03-12", "Oren and Salka spoke by phone on 4 March 2024 about the dam."),
    "autumn": ("2024-10-02", "Oren and Salka spoke by phone on 30 September 2024 about the dam."),
    "late": ("2025-02-01", "Looking back, Oren and Salka spoke by phone on 2 May 2024 about the dam."),
    "plan": ("2025-03-01", "Oren and Salka will speak by phone on 9 March 2025 about the dam."),
}


def test_the_latest_is_the_newest_event_not_the_newest_report_and_no_plan(news: Ingest) -> None:
    with news(CALLS) as assistant:
        last = assistant.ask("When did Oren and Salka last speak by phone?", now=date(2025, 3, 2))
        first = assistant.ask("When did Oren and Salka first speak by phone?", now=date(2025, 3, 2))
        earlier = assistant.ask("When did Oren and Salka last speak by phone?", as_of=date(2024, 9, 1))
    assert last.citations[0].article_id == "autumn"
    assert first.citations[0].article_id == "spring"
    assert earlier.citations[0].article_id == "spring"
    assert "time_asked" in codes(last)
    assert "contradiction" not in codes(last)


def test_both_sides_of_a_contradiction_are_told_the_newer_first(news: Ingest) -> None:
    articles: News = {
        "old": ("2024-03-12", "The fire in the Esk harbour burned 12 boats, the mayor said."),
        "new": ("2024-03-19", "The fire in the Esk harbour burned 15 boats, the mayor said."),
        "third": ("2024-03-20", "Bread became dearer in Marlow."),
    }
    with news(articles) as assistant:
        answer = assistant.ask("How many boats did the fire in the Esk harbour burn?")
    assert [citation.article_id for citation in answer.citations[:2]] == ["new", "old"]
    [told] = [notice.message for notice in answer.notices if notice.code == "newer_count"]
    assert "15" in told and "12" in told and "19 March 2024, newer" in told


@pytest.mark.parametrize(
    ("other", "reported"),
    [
        ("The fire in the Esk harbour killed twelve people.", False),
        ("The flood in the Esk harbour killed 15 people.", False),
        ("The fire in the Marlow harbour killed 15 people.", False),
        ("The fire in the Esk harbour killed 15 people.", True),
    ],
)
def test_only_another_answer_to_the_same_question_is_a_contradiction(news: Ingest, other: str, reported: bool) -> None:
    with news({"a": (None, "The fire in the Esk harbour killed 12 people."), "b": (None, other)}) as assistant:
        answer = assistant.ask("How many people did the fire in the Esk harbour kill?")
    assert ("contradiction" in codes(answer)) == reported


def test_a_correction_comes_before_what_it_corrects(news: Ingest) -> None:
    text = (
        "The mayor of Esk opened the new harbour bridge on 3 May 2024.\n\nPeople came from far away to see it.\n\n"
        "Correction: an earlier version of this article said that the harbour bridge of Esk was opened on 3 May 2024."
        " It was opened on 5 May 2024."
    )
    with news({"a": ("2024-05-06", text), "b": ("2024-05-07", "Bread became dearer in Marlow.")}) as assistant:
        answer = assistant.ask("When was the harbour bridge of Esk opened?")
    assert [sentence.text for sentence in answer.sentences][:2] == [
        "Correction: an earlier version of this article said that the harbour bridge of Esk was opened on 3 May 2024.",
        "It was opened on 5 May 2024.",
    ]
    assert answer.short is None
    assert "correction" in codes(answer)


def test_what_a_correction_has_mended_already_stays_first(news: Ingest) -> None:
    text = (
        "The new Elden bridge cost 45 million euros.\n\nIt opened in July in the rain.\n\n"
        "Correction: An earlier version of this article said the bridge cost 54 million euros."
    )
    with news({"a": ("2023-07-02", text), "b": ("2023-07-03", "Bread became dearer in Marlow.")}) as assistant:
        answer = assistant.ask("How much did the Elden bridge cost?")
    assert answer.short == "45 million euros"
    assert answer.sentences[0].text == "The new Elden bridge cost 45 million euros."
    assert answer.sentences[-1].text.startswith("Correction:")


@pytest.mark.parametrize(
    "other",
    [
        "Correction: An earlier version of this article misspelled the name of the mayor's adviser in Elden.",
        "The Elden bridge was drawn by Ole Brandt, whose earlier bridges cost less.",
    ],
)
def test_what_others_said_earlier_and_corrections_of_something_else_correct_nothing(news: Ingest, other: str) -> None:
    text = f"The new Elden bridge cost 45 million euros.\n\nIt opened in July in the rain.\n\n{other}"
    with news({"a": ("2023-07-02", text), "b": ("2023-07-03", "Bread became dearer in Marlow.")}) as assistant:
        answer = assistant.ask("How much did the Elden bridge cost?")
    assert answer.short == "45 million euros"
    assert "correction" not in codes(answer)


@pytest.mark.parametrize(
    ("denied", "told"),
    [
        ("The council of Esk did not approve the new ferry line, the mayor said.", True),
        ("The council of Esk approved the new ferry line, aides said.", False),
        ("The council of Marlow did not meet.", False),
    ],
)
def test_yes_and_no_contradict_each_other(news: Ingest, denied: str, told: bool) -> None:
    articles: News = {
        "yes": ("2024-03-04", "The council of Esk approved the new ferry line on Sunday."),
        "no": ("2024-03-06", denied),
        "bread": ("2024-03-07", "Bread became dearer in Marlow."),
    }
    with news(articles) as assistant:
        answer = assistant.ask("Did the council of Esk approve the new ferry line?")
    assert ("contradiction" in codes(answer)) == told
    assert not told or [citation.article_id for citation in answer.citations] == ["no", "yes"]


def test_what_was_only_to_come_does_not_answer_whether_it_has_happened(news: Ingest) -> None:
    articles: News = {
        "before": ("2024-06-01", "Petra Lund denied on Friday that she would resign as mayor of Esk."),
        "after": ("2024-06-20", "Petra Lund resigned as mayor of Esk on Wednesday, citing ill health."),
        "bread": ("2024-06-21", "Bread became dearer in Marlow."),
    }
    with news(articles) as assistant:
        answer = assistant.ask("Did Petra Lund resign?", now=date(2024, 7, 1))
        earlier = assistant.ask("Did Petra Lund resign?", as_of=date(2024, 6, 2))
    assert answer.citations[0].article_id == "after"
    assert earlier.citations[0].article_id == "before"


def test_a_later_count_of_the_dead_is_told_before_an_earlier_one(news: Ingest) -> None:
    articles: News = {
        "first": ("2023-07-03", "The flood in Gorna killed 20 people, officials said on Monday."),
        "later": ("2023-07-05", "The death toll of the flood in Gorna rose to 33 and could rise further."),
        "bread": ("2023-07-06", "Bread became dearer in Marlow."),
    }
    with news(articles) as assistant:
        answer = assistant.ask("How many people did the flood in Gorna kill?", now=date(2023, 7, 10))
        before = assistant.ask("How many people did the flood in Gorna kill?", as_of=date(2023, 7, 4))
    assert [citation.article_id for citation in answer.citations] == ["later", "first"]
    assert "newer_count" in codes(answer)
    assert [citation.article_id for citation in before.citations] == ["first"]


def test_a_later_figure_of_something_else_is_no_newer_count(news: Ingest) -> None:
    articles: News = {
        "table": ("2023-07-03", "Gorna Rowers lead the league with 41 points after their win on Sunday."),
        "claim": ("2023-07-09", "Gorna Rowers want 300,000 crowns from the league, which had moved their match."),
    }
    with news(articles) as assistant:
        answer = assistant.ask("How many points do Gorna Rowers have?", now=date(2023, 7, 10))
    assert answer.citations[0].article_id == "table"
    assert "newer_count" not in codes(answer)


def test_a_report_answers_for_the_month_it_was_published_in_without_naming_it(news: Ingest) -> None:
    articles: News = {
        "winter": ("2025-02-07", "The bank of Esk raised its key rate on Thursday to 4.5 percent."),
        "spring": ("2025-05-09", "The bank of Esk cut its key rate on Thursday to 4 percent."),
        "bread": ("2025-05-10", "Bread became dearer in Marlow."),
    }
    with news(articles) as assistant:
        answers = [
            assistant.ask(f"What did the bank of Esk do in {month} 2025?", now=date(2025, 6, 10))
            for month in ("February", "May")
        ]
    assert [answer.citations[0].article_id for answer in answers] == ["winter", "spring"]
    assert not {"unknown_words", "other_time"} & codes(answers[0])


def test_what_is_of_another_time_than_asked_for_is_said_to_be(news: Ingest) -> None:
    articles: News = {
        "then": ("2024-11-13", "The harbour of Port Essel was closed on Monday after a tanker ran aground."),
        "bread": ("2024-11-14", "Bread became dearer in Marlow."),
    }
    with news(articles) as assistant:
        then = assistant.ask("What happened to the harbour of Port Essel this week?", now=date(2024, 11, 14))
        later = assistant.ask("What happened to the harbour of Port Essel this week?", now=date(2025, 2, 20))
    assert not then.refused and "other_time" not in codes(then)
    assert later.refused or "other_time" in codes(later)


def test_who_spoke_in_other_years_only_did_not_speak_in_the_one_asked_for(news: Ingest) -> None:
    articles: News = {
        "call": ("2022-09-03", "Lena Orlov and Karim Haddad spoke by phone on 2 September 2022."),
        "plan": ("2024-02-01", "Lena Orlov and Karim Haddad will meet in Port Essel on 12 March 2024."),
        "undated": (None, "Lena Orlov and Karim Haddad are both fond of chess."),
    }
    with news(articles) as assistant:
        answer = assistant.ask("When did Lena Orlov and Karim Haddad speak in 2021?", now=date(2025, 1, 1))
        as_of = assistant.ask("When did Orlov and Haddad last speak as of June 2022?", now=date(2025, 1, 1))
    assert answer.refused or "other_time" in codes(answer)
    assert as_of.refused


def test_a_name_of_a_later_article_spells_nothing_as_of_an_earlier_day(news: Ingest) -> None:
    articles: News = {
        "early": ("2023-01-01", "Bread became dearer in Marlow."),
        "late": ("2023-06-01", "Quentoria Malv opened the tunnel in Norland."),
    }
    with news(articles) as assistant:
        known = assistant.ask("What did Quentorya Malv open in Norland?")
        as_of = assistant.ask("What did Quentorya Malv open in Norland?", as_of=date(2023, 2, 1))
    assert [note.message for note in known.notices if note.code == "spelling"] == [
        "'Quentorya' is in no article; searched for Quentoria."
    ]
    assert "spelling" not in codes(as_of)
    [unknown] = [note.message for note in as_of.notices if note.code == "unknown_words"]
    assert "Quentorya" in unknown and "Malv" in unknown


def test_a_timeline_keeps_what_contradicts_and_leaves_out_what_was_denied(news: Ingest) -> None:
    articles: News = {
        "five": ("2024-05-05", "Storm Edda killed 5 people in Rask on 4 May 2024."),
        "eleven": ("2024-05-06", "Storm Edda killed 11 people in Rask on 4 May 2024."),
        "copy": ("2024-05-06", "Storm Edda killed 11 people in Rask on 4 May 2024, officials said."),
        "never": ("2024-05-09", "Storm Edda never reached Lund on 6 May 2024."),
        "off": ("2024-05-10", "The concert for the victims of Storm Edda, planned for 20 May 2024, was cancelled."),
        "after": ("2024-05-12", "After the damage of 4 May 2024, the victims of Storm Edda were paid on 11 May 2024."),
        "undated": (None, "Storm Edda hit Rask on a Tuesday."),
    }
    with news(articles) as assistant:
        found = assistant.timeline("Storm Edda", now=date(2024, 6, 1))
        bounded = assistant.timeline("Storm Edda", published=(date(2024, 5, 6), None))
    told = {event.citation.article_id: (event.first, event.status) for event in found.events}
    assert "never" not in told and {"five"} <= set(told) and len({"eleven", "copy"} & set(told)) == 1
    assert told["after"] == (date(2024, 5, 11), "happened")
    assert told["off"] == (date(2024, 5, 20), "called off")
    assert [notice.message for notice in bounded.notices] == [
        "Searched only articles published from 6 May 2024 on. 1 article was left out because no date is known."
    ]


@pytest.mark.parametrize(
    ("kind", "one", "other", "expected"),
    [
        ("when", "10 December 2020", "December 2, 2010", True),
        ("when", "December 10", "10 December 2020", False),
        ("when", "in July", "on Tuesday", False),
        ("how_many", "about 40 percent", "forty per cent", False),
        ("who", "Ilse Torvald", "Torvald", False),
        ("who", "Ilse Torvald", "Ole Brandt", True),
        ("where", "Tampa, Florida", "Glendale", True),
        ("why", "the rain", "the snow", False),
        ("how_many", "one person", "two people", True),
        ("how_many", "60 miles", "97 kilometres", False),
        ("how_many", "$5 million", "4.6 million euros", False),
        ("how_many", "at least 500", "800", False),
        ("how_many", "at least 500", "400", True),
        ("who", "the UN", "the United Nations", False),
        ("when", "9 p.m.", "3 May", False),
        ("when", "a decade ago", "in June", False),
        ("when", "over three days in May", "May 2", False),
    ],
)
def test_which_short_answers_exclude_each_other(kind: str, one: str, other: str, expected: bool) -> None:
    assert contradict(kind, None, one, other) == expected  # type: ignore[arg-type]


def test_a_timeline_has_dated_events_in_order_plans_marked_and_the_undated_apart(news: Ingest) -> None:
    articles: News = {
        **CALLS,
        "undated": (None, "Oren and Salka spoke on Tuesday about the dam."),
        "others": ("2024-05-05", "Brandt and Lund spoke on 1 May 2024 about bread."),
    }
    with news(articles) as assistant:
        found = assistant.timeline("calls between Oren and Salka", now=date(2025, 3, 2))
        bounded = assistant.timeline("calls between Oren and Salka", as_of=date(2024, 12, 31))
        for event in (*found.events, *found.undated):
            article = assistant.article(event.citation.article_id)
            assert article.text[event.citation.start : event.citation.end] == event.citation.quote
    assert [event.citation.article_id for event in found.events] == ["spring", "late", "autumn", "plan"]
    assert [event.planned for event in found.events] == [False, False, False, True]
    assert [event.said for event in found.undated] == ["Tuesday"]
    assert [event.citation.article_id for event in bounded.events] == ["spring", "autumn"]
    assert found.to_json()["events"][0]["when"] == "4 March 2024"


def test_the_command_line_shows_a_timeline(news: Ingest) -> None:
    from click.testing import CliRunner

    from assistant.terminal.cli import cli

    with news(CALLS) as assistant:
        place = ["--store", str(assistant.store.path)]
        shown = CliRunner().invoke(cli, ["timeline", "Oren", "Salka", *place]).output
        as_json = json.loads(CliRunner().invoke(cli, ["timeline", "Oren Salka", "--json", *place]).output)
    assert shown.index("4 March 2024") < shown.index("2 May 2024") < shown.index("30 September 2024")
    assert "(planned)" in shown
    assert len(as_json["events"]) == 4


def test_two_articles_together_fix_the_year(news: Ingest) -> None:
    articles: News = {
        "undated": (None, "Oren and Salka last spoke by phone in July about the dam."),
        "dated": ("2026-02-10", "Oren and Salka spoke by phone in July about the dam, aides said."),
        "bread": ("2026-02-11", "Bread became dearer in Marlow."),
    }
    with news(articles) as assistant:
        answer = assistant.ask("When did Oren and Salka last speak by phone?", now=date(2026, 2, 12))
        number = next(place for place, one in enumerate(answer.citations, 1) if one.article_id == "undated")
        sentence = next(place for place, one in enumerate(answer.sentences) if one.citations[0] == number)
        [told] = [note.text for note in answer.annotations if note.kind == "inferred" and note.sentence == sentence]
    assert told.startswith("July 2025: the article of 10 February 2026 says “July” of the same")
    cited = [answer.citations[place - 1].article_id for place in answer.sentences[sentence].citations]
    assert cited == ["undated", "dated"]


@pytest.mark.parametrize(("month", "name"), [("February", "winter"), ("May", "spring")])
def test_of_reports_that_are_alike_those_of_the_days_asked_for_come_first(news: Ingest, month: str, name: str) -> None:
    articles: News = {
        "winter": ("2025-02-07", "The bank of Esk raised its key rate on Thursday."),
        "spring": ("2025-05-09", "The bank of Esk raised its key rate on Thursday."),
    }
    with news(articles) as assistant:
        question = f"Which bank raised its key rate in {month} 2025?"
        [part] = read_parts(assistant.store, question, top_k=5, fast=False, now=date(2025, 6, 10))
    assert part.ranked[0].candidate.article.id == name


def test_a_first_in_thousands_of_years_is_no_fault_and_infers_nothing(news: Ingest) -> None:
    text = "Mount Ysker erupted in July, for the first time in 12000 years. Mount Ysker was measured on 4 May 2021."
    with news({"a": (None, text), "b": (None, "Bread became dearer in Marlow.")}) as assistant:
        answer = assistant.ask("What year did Mount Ysker erupt?")
    assert not any(note.kind == "inferred" for note in answer.annotations)


def test_what_did_not_happen_is_not_the_latest(news: Ingest) -> None:
    articles: News = {
        "met": ("2023-03-04", "Iva Grell and Noam Petty met on 3 March 2023 in Lund."),
        "not": ("2023-05-10", "Iva Grell and Noam Petty didn't meet on 9 May 2023 in Lund."),
    }
    with news(articles) as assistant:
        [part] = read_parts(
            assistant.store, "When did Iva Grell and Noam Petty last meet?", top_k=5, fast=False, now=date(2023, 6, 1)
        )
    assert part.ranked[0].candidate.article.id == "met"


_BRIDGE = (
    "Correction: This article originally said that the Lindholt bridge cost 210 million crowns. It cost 120 million."
)


@pytest.mark.parametrize("published", ["2025-05-04", "2025-05-08"])
def test_a_correction_reaches_what_another_article_says_wrong(news: Ingest, published: str) -> None:
    articles = {
        "a": ("2025-05-06", f"The Lindholt bridge opened on Monday in front of a large crowd.\n\n{_BRIDGE}"),
        "b": (published, "The Lindholt bridge cost 210 million crowns. The mayor of Lindholt opened it."),
    }
    with news(articles) as assistant:
        answer = assistant.ask("What was the price of the Lindholt bridge?")
    assert answer.text.startswith(_BRIDGE)
    assert [notice.message for notice in answer.notices if notice.code == "correction"] == [
        f"Another article corrects this: “{_BRIDGE}”"
    ]


@pytest.mark.parametrize(
    ("text", "correction", "question"),
    [
        (
            "The Aldern ferry company lost 4.2 million crowns last year.",
            "This article was amended on 2 October 2025. The original said the company lost 4.2 million crowns; in fact"
            " it lost 2.4 million.",
            "How much did the Aldern ferry company lose?",
        ),
        (
            "The new hospital of Brennick has 310 beds.",
            "This article was amended on 3 October 2025. The original gave the number of beds as 310; it should have"
            " been 130.",
            "How many beds does the hospital of Brennick have?",
        ),
        (
            "The stadium in Corvane cost 56 million crowns.",
            "Editor's note: A draft of this article misstated the cost of the stadium. It is 65 million crowns, not 56"
            " million.",
            "How much did the stadium in Corvane cost?",
        ),
        (
            "Dora Lisk of Esk won the gold medal in rowing.",
            "This story has been corrected to say that Dora Lisk won the silver medal, not gold.",
            "Which medal did Dora Lisk win?",
        ),
        (
            "Two pandas were born on Thursday at Lorn zoo.",
            "CLARIFICATION: The pandas were born on Wednesday, not Thursday.",
            "When were the pandas born at Lorn zoo?",
        ),
    ],
)
def test_a_correction_comes_first_however_it_is_put(news: Ingest, text: str, correction: str, question: str) -> None:
    with news({"a": ("2025-10-04", f"{text} People talked of it for days.\n\n{correction}")}) as assistant:
        answer = assistant.ask(question)
    assert answer.text.startswith(correction) and "correction" in codes(answer)


def test_a_correction_leaves_alone_what_others_say_of_something_else(news: Ingest) -> None:
    articles = {
        "a": ("2025-05-06", f"The Lindholt bridge opened on Monday in front of a large crowd.\n\n{_BRIDGE}"),
        "b": ("2025-05-05", "The Vesper bridge cost 210 million crowns. The mayor of Vesper opened it."),
        "c": ("2025-05-05", "Corrections officers at Brennick jail voted for a strike. They said 210 took part."),
    }
    with news(articles) as assistant:
        vesper = assistant.ask("How much did the Vesper bridge cost?")
        strike = assistant.ask("Who voted for a strike at Brennick jail?")
    assert (vesper.short, codes(vesper) & {"correction"}) == ("210 million crowns", set())
    assert (strike.sentences[0].text, codes(strike) & {"correction"}) == (
        "Corrections officers at Brennick jail voted for a strike.",
        set(),
    )


def test_a_timeline_of_a_name_and_a_thing_leaves_out_what_else_happened_there(news: Ingest) -> None:
    articles = {
        "a": ("2024-03-12", "The Velmora tram line opened on 11 March 2024 after six years of digging."),
        "b": ("2024-06-02", "Trams in Velmora were stopped by a flood on 1 June 2024."),
        "c": ("2024-07-09", "A baker in Velmora won the national prize for bread on 8 July 2024."),
        "d": ("2024-08-03", "The Esk tram line opened on 2 August 2024."),
    }
    with news(articles) as assistant:
        found = assistant.timeline("Velmora tram line", now=date(2025, 1, 1))
    assert [event.citation.article_id for event in found.events] == ["a", "b"]


def test_what_an_article_added_later_is_not_told_as_of_an_earlier_day(news: Ingest) -> None:
    offer = "The nurses of Lorn were offered 4 per cent by the hospital on Thursday. They had asked for nine."
    update = "Update, 12 May 2025: The nurses of Lorn were offered 6 per cent by the hospital."
    corrected = "Correction, 14 May 2025: An earlier version of this article said they asked for nine. It was eight."
    question = "How much were the nurses of Lorn offered by the hospital?"
    for text in (f"{offer}\n\n{update}\n\n{corrected}", f"{update}\n\n{offer}\n\n{corrected}"):
        with news({"a": ("2025-05-09", text), "b": ("2025-05-09", "Bread became dearer in Marlow.")}) as assistant:
            then = assistant.ask(question, as_of="2025-05-09")
            now = assistant.ask(question, as_of=date(2025, 5, 20))
        assert then.short == "4 per cent"
        told = then.text + "".join(passage.text for passage in then.passages)
        assert "6 per cent" not in told and "eight" not in told
        assert any("6 per cent" in passage.text for passage in now.passages)


def test_a_day_may_be_given_in_words_and_what_is_none_is_told(news: Ingest) -> None:
    with news({"a": ("2025-05-09", "The ferry of Esk sank on 8 May 2025.")}) as assistant:
        assert assistant.ask("When did the ferry of Esk sank?", now="2025-06-01", as_of="2025-05-20").short
        for options in ({"as_of": "May"}, {"now": 7}, {"published": ("2025-05-01", "soon")}):
            with pytest.raises(DateInvalid):
                assistant.ask("When did the ferry of Esk sink?", **options)


def test_what_was_denied_in_an_undated_article_is_no_event_either(news: Ingest) -> None:
    articles: News = {
        "before": (None, "Petra Lund denied that she would resign as mayor of Esk."),
        "after": (None, "Petra Lund resigned as mayor of Esk, citing ill health."),
        "bread": (None, "Bread became dearer in Marlow."),
    }
    with news(articles) as assistant:
        answer = assistant.ask("Did Petra Lund resign?")
    assert answer.citations[0].article_id == "after"
