"""Questions about the seed articles that a person would ask, answered or refused rightly."""

from __future__ import annotations

import pytest

from assistant import REFUSAL, Assistant

JULY = "Macron and Putin last spoke in July, their first known phone conversation in over two and a half years."

FACTS = [
    ("When did Macron and Putin last speak?", JULY),
    ("When was the last phone call between Macron and Putin?", JULY),
    ("What is the most recent month in which Putin spoke with Macron?", JULY),
    ("When did talks between Macron and Putin cease?", "talks ceased after a phone call in September 2022."),
    ("When did Macron and Putin stop talking?", "talks ceased after a phone call in September 2022."),
    ("Who did Macron send to the Kremlin?", "his advisor Emmanuel Bonne"),
    ("Who is Emmanuel Bonne?", "Macron sent his advisor Emmanuel Bonne to the Kremlin"),
    ("What did Lavrov say about a call from Macron?", "If you want to call and discuss something seriously, then call"),
    ("Did Macron give a timeframe for resuming dialogue?", "Macron did not give a specific timeframe."),
    ("Where did Macron travel to in early 2022?", "traveled to Moscow earlier that year"),
    ("When did Russia's full-scale invasion of Ukraine begin?", "began in February 2022"),
    ("What has the EU imposed on Russia?", "huge sanctions and travel restrictions"),
    ("Is dialogue between the EU and Russia frozen?", "virtually frozen since the offensive launched in 2022"),
    ("How did the Kremlin respond to calls to resume dialogue?", 'resume dialogue with Russia as "positive".'),
    ("Which newspaper interviewed Macron?", "Suddeutsche Zeitung"),
    ("What did the Süddeutsche Zeitung quote?", "Suddeutsche Zeitung"),
    ("With whom did he consult, Volodymyr Zelenskyy?", "Volodymyr Zelensky and European allies"),
    ("Why does Macron want to resume dialogue with Putin?", "rather than leaving the United States alone"),
    ("What did Macorn say about Russia's willingness to negotiate?", '"real willingness" to negotiate a ceasefire'),
]  # fmt: skip

TWO_SENTENCES = [
    # What answers stands in two places: both are quoted.
    ("What did Lavrov say about a call from Macron?", ["ready to accept a call", "then call"]),
]

TWO_ARTICLES = [
    ("Did Macron give a timeframe, and who did he send to the Kremlin?", ["specific timeframe", "Emmanuel Bonne"]),
    ("What has the EU imposed on Russia and when did Macron and Putin last speak?", ["sanctions", "in July"]),
]

UNANSWERABLE = [
    "Who won the football World Cup?",
    "What is the capital of Australia?",
    "Who is the president of Germany?",
    "How many people died in the invasion?",
    "How old is Putin?",
    "Who is Macron's wife?",
    "What did Trump say to Macron in July?",
    "What did Scholz tell Putin?",
    "What is the price of gas?",
]

FALSE_PREMISES = [
    "When did Macron resign?",
    "When did Putin visit Paris?",
    "When did Macron and Zelensky last speak?",
    "When did Zelenskyy last speak with Putin?",
    "Why did Macron cancel his trip to Kyiv?",
    "When did Macron sign the peace agreement with Putin?",
    "When will Macron and Putin meet in Berlin?",
    "When did France leave NATO?",
    "Who shot Putin?",
]


@pytest.mark.parametrize(("question", "words"), FACTS)
def test_a_fact_is_quoted(seed_store: Assistant, question: str, words: str) -> None:
    answer = seed_store.ask(question)
    assert not answer.refused
    assert words in answer.text
    assert 1 <= len(answer.sentences) <= 3


def test_the_flagship_says_july_and_neither_the_call_of_2022_nor_the_remark_of_january(seed_store: Assistant) -> None:
    answer = seed_store.ask("When did Macron and Putin last speak?")
    assert answer.text == JULY
    [citation] = answer.citations
    assert citation.uri == "seeds/002_adfbef52f63616a5.txt"
    assert citation.quote == JULY
    assert seed_store.article(citation.article_id).text[citation.start : citation.end] == JULY


@pytest.mark.parametrize(("question", "needed"), TWO_SENTENCES)
def test_an_answer_in_two_places_quotes_both(seed_store: Assistant, question: str, needed: list[str]) -> None:
    answer = seed_store.ask(question)
    assert all(words in answer.text for words in needed)
    assert len(answer.citations) >= 2


@pytest.mark.parametrize(("question", "needed"), TWO_ARTICLES)
def test_an_answer_in_two_articles_cites_both(seed_store: Assistant, question: str, needed: list[str]) -> None:
    answer = seed_store.ask(question)
    assert all(words in answer.text for words in needed)
    assert len({citation.article_id for citation in answer.citations}) == 2


@pytest.mark.parametrize("question", UNANSWERABLE + FALSE_PREMISES)
def test_what_the_articles_do_not_answer_is_refused(seed_store: Assistant, question: str) -> None:
    answer = seed_store.ask(question)
    assert answer.refused, answer.text
    assert answer.text == REFUSAL
    assert (answer.sentences, answer.citations) == ((), ())
    assert answer.passages


def test_a_refusal_says_which_words_are_nowhere(seed_store: Assistant) -> None:
    [notice] = seed_store.ask("When did Macron resign from NATO?").notices
    assert notice.code == "unknown_words"
    assert "'resign', 'NATO'" in notice.message


def test_a_mended_spelling_is_told(seed_store: Assistant) -> None:
    notices = seed_store.ask("What did Macorn say about a ceasefire?").notices
    assert [notice.code for notice in notices] == ["spelling"]


def test_titles_datelines_sub_headings_and_signatures_are_no_evidence(seed_store: Assistant) -> None:
    evidence: set[str] = set()
    other: set[str] = set()
    for passage in seed_store.search("Macron Putin", top_k=10):
        for span in passage.sentences:
            (evidence if span.evidence else other).add(passage.article.text[span.start : span.end])
    assert len(evidence) == 13 + 16
    assert other == {"Details"}
    titles = {article.title for article in seed_store.articles()}
    assert not evidence & {"Kyiv • UNN", "P.Ries--LiLuX", *titles}


def test_the_part_of_a_question_that_has_no_answer_is_told(seed_store: Assistant) -> None:
    answer = seed_store.ask("When did Macron and Putin last speak, and when did Macron resign?")
    assert answer.text == JULY
    assert "not_answered" in {notice.code for notice in answer.notices}
