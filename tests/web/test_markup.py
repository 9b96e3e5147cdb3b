"""Answers, sources and filters as HTML: nothing of an article is ever obeyed, every character is there."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.web import markup, opening
from assistant.web.narrowing import Narrowing, chips_html, narrowed
from assistant.web.serve import serve
from assistant.web.source import Marked, source_html
from index.errors import DateInvalid, WebInvalid
from index.types import Article

_TAG = re.compile(r"<[^>]*>")


def shown(html: str) -> str:
    """What a person reads of some HTML."""
    return unescape(_TAG.sub("", html))


@given(text=st.text(min_size=1, max_size=200), data=st.data())
def test_an_article_is_shown_whole_with_its_quotes_marked_in_place(text: str, data: st.DataObject) -> None:
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    marks = [Marked(start, end, n) for n, (start, end) in enumerate(data.draw(st.lists(places, max_size=4)), 1)]
    html = source_html(Article("a", text, "a"), [mark for mark in marks if mark.start < mark.end], 1)
    body = html[html.index('<div class="text">') : html.rindex("</div>")]
    assert shown(body) == text
    assert set(re.findall(r"</?([a-z0-9]+)", body)) <= {"div", "mark", "strong"}


@given(text=st.text(max_size=100))
def test_a_message_has_no_line_break_that_markdown_would_begin_at(text: str) -> None:
    for html in (markup.error_html(text), markup.question_html(text)):
        assert "\n" not in html and "\r" not in html
        assert set(re.findall(r"</?([a-z0-9]+)", html)) <= {"div", "p"}


def test_only_the_web_is_linked_to() -> None:
    assert markup.web_link("https://news.example/1") and markup.web_link("HTTP://news.example")
    assert not any(
        map(markup.web_link, ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "seeds/1.txt"))
    )


def test_an_answer_to_paste_elsewhere_has_its_sources_and_no_path_of_this_machine(seed_store: Assistant) -> None:
    answer = seed_store.ask("When did Macron and Putin last speak?").to_json()
    text = markup.answer_text(answer)
    assert text.startswith("When did Macron and Putin last speak?\n") and "Sources" in text
    assert "· undated" in text and ".txt" not in text and "**" not in text
    cited = {**answer["citations"][0], "uri": "https://news.example/calls"}
    assert "· https://news.example/calls" in markup.answer_text({**answer, "citations": [cited]})


def test_an_unsure_sentence_is_marked_and_the_mark_says_why(seed_store: Assistant) -> None:
    answer = seed_store.ask("When did Macron and Putin last speak?").to_json()
    sentence = {**answer["sentences"][0], "verdict": "unsure"}
    html = markup.sentence_html(sentence, answer["citations"], 1)
    assert 'class="unsure"' in html and "Compare it with its quotes" in html
    assert "unsure" not in markup.sentence_html(answer["sentences"][0], answer["citations"], 1)
    assert "(Compare it with its quotes" in markup.answer_text({**answer, "sentences": [sentence]})


def test_what_is_still_coming_may_cite_what_comes_later(seed_store: Assistant) -> None:
    answer = seed_store.ask("When did Macron and Putin last speak?").to_json()
    [sentence, *_], [citation, *_] = answer["sentences"], answer["citations"]
    third = citation | {"number": 3}  # it names whom a "he" of the first sentence stands for
    shown = markup.partial_html([sentence | {"citations": [1, 3]}], [citation, third], 0, 0)
    assert 'title="Source 1"' in shown and 'title="Source 3"' in shown


def test_filters_are_dropped_one_by_one() -> None:
    narrowing = narrowed(Narrowing(articles=(("a", "<b>Esk</b>"),)), "2024-05-03", "", " 2024-06-01 ", ["Esk Post"])
    assert [words for _, words in narrowing.chips()] == [
        "as of 3 May 2024",
        "up to 1 June 2024",
        "Esk Post",
        "only “<b>Esk</b>”",
    ]
    assert "<b>" not in chips_html(narrowing)
    for key, _ in narrowing.chips():
        narrowing = narrowing.without(key)
    assert narrowing == Narrowing() and chips_html(narrowing) == ""
    assert Narrowing(first=date(2024, 1, 1)).without("nothing") == Narrowing(first=date(2024, 1, 1))
    with pytest.raises(DateInvalid, match="'May' is not a date"):
        narrowed(Narrowing(), "May", "", "", [])


@pytest.mark.slow
def test_questions_offered_are_about_people_and_answered(seed_store: Assistant) -> None:
    offered = opening.examples(seed_store)
    assert "When did Macron and Putin last speak?" in offered
    assert all(not seed_store.ask(question).refused for question in offered)
    assert opening.summary(seed_store) == "2 articles · 2 undated · LiLuX, UNN"


@pytest.mark.slow
def test_a_language_model_is_not_asked_for_what_is_offered(seed_store: Assistant) -> None:
    class Silent:
        name = "silent"

        def __getattr__(self, name: str) -> None:
            raise AssertionError(f"the model was asked for {name}")

    with_model = Assistant(seed_store.store, seed_store.settings, Silent())  # type: ignore[arg-type]
    assert opening.examples(with_model) == opening.examples(seed_store)


def test_an_empty_store_says_how_to_fill_it(empty_store: Assistant) -> None:
    assert "No articles yet" in opening.summary(empty_store)
    assert opening.examples(empty_store) == []


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "news.example"])
def test_others_are_let_in_with_a_password_only(seed_store: Assistant, host: str) -> None:
    with pytest.raises(WebInvalid, match="--auth NAME:PASSWORD"):
        serve(seed_store, host=host)
    with pytest.raises(WebInvalid, match="write it as NAME:PASSWORD"):
        serve(seed_store, host=host, auth="name")
