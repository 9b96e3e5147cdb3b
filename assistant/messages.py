"""Every sentence that a reader of an answer can see beside it, in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from assistant.evidence.event_time import EventTime
from index.times.days import day_in_words, days_in_words
from index.times.time_request import TimeIntent
from index.types import Window

ONLY_PLANNED = "When this was written it had not happened: it was planned, or denied."
ENDED = "The most recent report says this is no longer the case."
NO_QUOTE = "it has no quote"
UNSURE = "the quotes may not say all of this"
UNSURE_SHOWN = "Compare it with its quotes: they may not say all of it."
UNSUPPORTED = "the quotes do not say this"
CONTRADICTED = "the quotes say otherwise"
NOTHING_SAYS_SO = "none of the sentences found in the articles says this; shown is the nearest"
NEAREST_SAYS_OTHERWISE = "none of the sentences found in the articles says this; the nearest may say otherwise"
CONTRADICTED_ELSEWHERE = "another of the quotes says otherwise"
_NAMED_COPIES = 5
JUDGE_UNUSED = "ASSISTANT_JUDGE checks what a model writes, and no model is set: set ASSISTANT_MODEL."


def not_there(words: str) -> str:
    """That a claim has a figure, a date or a name of its own."""
    return f"the quotes do not have {words!r}"


def so_before(asked: TimeIntent, began: EventTime) -> str:
    """That a state is told of an earlier time than the one asked for."""
    when = days_in_words(began.first, began.last)
    told = f"of {when}" if began.explicit else f"published {when}"
    return f"No report from {days_in_words(asked.first, asked.last)}. Shown is what held before, by the report {told}."


def other_time(asked: TimeIntent) -> str:
    """That the best answer is of other days than those asked for."""
    return f"This may be about another time: no report could be tied to {days_in_words(asked.first, asked.last)}."


def understood(asked: str, question: str) -> str:
    """What a follow-up was understood as: "Understood as: Why did Ilse Torvald resign?".

    >>> understood("And who paid for it?", "who paid for it? (bridge Orlo)")
    'Understood as: who paid for it? Taken from before: bridge Orlo.'
    """
    own, bracket, taken = question.removesuffix(")").rpartition(" (")
    if bracket and question.endswith(")") and asked.casefold().endswith(own.casefold()):
        return f"Understood as: {own} Taken from before: {taken}."
    return f"Understood as: {question}"


def time_asked(asked: TimeIntent) -> str:
    """How the time in a question was understood: "Looked for the most recent, up to 30 June 2023."."""
    order = {"latest": "the most recent", "first": "the first"}.get(asked.order or "", "")
    days = days_in_words(asked.first, asked.last) if asked.bounded else ""
    return f"Looked for {', '.join(part for part in (order, days) if part)}."


def no_such_day(written: str) -> str:
    """That a day of the question does not exist."""
    return f"{written} is not a date, so it was ignored."


def disagree(sides: str) -> str:
    """That two articles exclude each other."""
    return f"The articles disagree: {sides}."


def posted(when: datetime) -> str:
    """When an update of a live blog was posted."""
    return f"update of {day_in_words(when.date())}, {when:%H:%M}"


def left_out(count: int) -> str:
    """That an ingest passed over what somebody had removed."""
    return f"{count:,} left out that you removed before (--again brings them back)"


def also_in(names: Sequence[str]) -> str:
    """That other outlets have the same words."""
    shown = ", ".join(names[:_NAMED_COPIES])
    more = f" and {len(names) - _NAMED_COPIES:,} more" if len(names) > _NAMED_COPIES else ""
    return f"the same words in {shown}{more}"


def was_changed(times: int) -> str:
    """That an article was changed since it was first read."""
    return f"Changed {'once' if times == 1 else f'{times} times'} since it was first read"


def changed_before(moment: datetime) -> str:
    """When a change was seen."""
    return f"Changed before {moment.astimezone():%Y-%m-%d %H:%M}"


def on_page(page: int) -> str:
    """The page of a file on which a quote stands."""
    return f"p. {page}"


def two_say(sides: str) -> str:
    """That two people exclude each other in one article."""
    return f"Two sources in the article disagree: {sides}."


def counts_anew(sides: str) -> str:
    """That a later report gives another figure."""
    return f"A later report gives another figure: {sides}."


def replanned(sides: str) -> str:
    """That a later report gives another day."""
    return f"A later report gives another date: {sides}."


def more_than_once(sides: str) -> str:
    """That several events answer."""
    return f"This happened more than once: {sides}."


def correction(text: str, *, wrong: bool, own: bool) -> str:
    """That an article was corrected on what answers."""
    if not wrong:
        return f"The article carries a correction about this: “{text}”"
    return f"The article corrects itself: “{text}”" if own else f"Another article corrects this: “{text}”"


def counted(days: Sequence[str]) -> str:
    """How many events the articles date."""
    such = "1 dated event" if len(days) == 1 else f"{len(days)} dated events"
    return f"Found {such}: {', '.join(days)}. Events that no article reports or dates are not included."


def searched(window: Window, titles: Sequence[str], undated: int, changed: int) -> str:
    """Which articles a window leaves: by their days, outlets or names; how many have no date or were changed since."""
    what = "articles" if len(titles) != 1 else f"“{titles[0]}”"
    if len(titles) > 1:
        what = f"{len(titles):,} chosen articles"
    days = f" published {_when(window)}{days_in_words(window.first, window.last)}" if window.dated else ""
    by = f" by {', '.join(sorted(window.outlets))}" if window.outlets else ""
    told = [f"Searched only {what}{days}{by}."]
    if undated:
        told.append(f"{_articles(undated)} left out because no date is known.")
    if changed:
        told.append(f"{_articles(changed)} left out because of a later change: what stood there before is not known.")
    return " ".join(told)


def _articles(count: int) -> str:
    return "1 article was" if count == 1 else f"{count:,} articles were"


def _when(window: Window) -> str:
    """The word before its days: "on 3 May", "in May", "from 3 to 9 May"; "up to" is one of them already."""
    if window.first is None or window.last is None:
        return ""
    days = days_in_words(window.first, window.last)
    return "on " if window.first == window.last else "from " if " to " in days else "in "


def says(yes_or_no: str) -> str:
    """What a sentence answers to a yes-or-no question."""
    return f"Taken as: {yes_or_no.lower()}"


def steps(taken: Sequence[str]) -> str:
    """That a question was looked up in steps."""
    return "Looked up in steps: " + " ".join(taken)


def searched_for(queries: Sequence[str]) -> str:
    """That a broad question was looked up from several sides."""
    return "Also searched for: " + " ".join(queries)


def model_failed(error: object) -> str:
    """That the model could not be asked."""
    return f"{error}. The answer below quotes the articles directly."


def cut_off(model: str, why: str) -> str:
    """That a model's answer is not whole."""
    return f"The answer of {model} ended early: {why}."


def not_judged(error: object) -> str:
    """That the sentences that stay unsure could not be judged by a model."""
    return f"{error}; so it is not known whether the quotes say all of what is marked as unsure."


def judged_unsupported(judge: str) -> str:
    """That a model finds a sentence unsupported."""
    return f"{judge} finds that the quotes do not say this"


def dropped(count: int, model: str) -> str:
    """That sentences of a model were left out."""
    left_out = "1 sentence" if count == 1 else f"{count} sentences"
    return f"{left_out} of {model} left out: no quote from the articles supports it."


def nothing_kept(*, dropped: bool) -> str:
    """That nothing of a model's answer is shown."""
    why = "Nothing it wrote is supported by a quote" if dropped else "It gave no answer in a form that can be read"
    return f"{why}; the answer below quotes the articles directly."


def not_answered(part: str) -> str:
    """That a part of a question has no answer."""
    return f"The articles do not answer this part: {part}"


def spelling(written: str, known: Sequence[str], *, narrowed: bool = False) -> str:
    """That a name was taken for another; ``narrowed`` if not all articles were searched."""
    where = "none of the articles that were searched" if narrowed else "no article"
    return f"{written!r} is in {where}; searched for {', '.join(known)}."


def unknown_words(words: Sequence[str], *, narrowed: bool = False) -> str:
    """That words of a question are in no article, or in none that was searched."""
    where = "In none of the articles that were searched" if narrowed else "In no article"
    return f"{where}: {', '.join(map(repr, words))}."


def to_embed(count: int) -> str:
    """That some chunks are found by their words alone."""
    return f"{count:,} passages can be found by their words only until an ingest has finished embedding them."


def vectors_lost(count: int, store: object) -> str:
    """That vectors are gone."""
    return (
        f"The vectors of {count:,} passages are gone; they can be found by their words only. "
        f"Restore them with: assistant rebuild --store {store}"
    )


def other_language(code: str) -> str:
    """That a question is not in English."""
    return (
        f"The question is not in English ({code}), which is all the readers know: these are the sentences nearest to "
        "it, which may not answer it."
    )


def foreign(languages: str) -> str:
    """That articles are in other languages than English."""
    return (
        f"{languages}: questions in these languages are not read, only looked up by their words; with "
        "ASSISTANT_EMBEDDER=multilingual also by their meaning (see Other languages in docs/models.md)."
    )


WELCOME = "You are welcome."
WHAT_CAN_BE_ASKED = (
    "Ask what the articles report: who, when, where, how many, or what is the latest.",
    "The answer quotes them word for word, and each quote leads to its article.",
    "Where the articles do not answer, you are told so.",
    "You can also ask how many articles there are, from which outlets and days, what they are about, "
    "and for a summary of one of them.",
)
NO_OUTLETS = "No outlet is known for these articles."
NO_DATES = "None of these articles has a date."
WHICH_ARTICLE = "Which article? Open it on the page, or name it on the command line (--article ID), and ask again."
FROM_CATALOG = "This is about the archive itself: it was looked up in its list of articles."
NEWEST = "How it stands: what the newest reports about this tell, the newest first."
OVERVIEW = "An overview without a language model: what the reports tell about this, the oldest first."
FIRST_SENTENCES = "A summary without a language model: the first sentences of the article."


def greeting(size: str) -> str:
    """What a greeting is answered with."""
    return f"Hello. This archive has {size}: ask what they report, or what can be asked."


def so_many_articles(size: str, *, narrowed: bool) -> str:
    """How many articles there are."""
    return f"{size} match these filters." if narrowed else f"The archive has {size}."


def so_many_on(having: str, subject: str) -> str:
    """How many articles have all words of a subject."""
    return f"{having} {'all the words of' if ' ' in subject else 'the word'} “{subject}”."


def no_article_on(subject: str) -> str:
    """Where no article has them."""
    words = "all the words of" if " " in subject else "the word"
    return f"No article has {words} “{subject}”: try other words, or ask what the articles report of it."


def newest_titles_on(titles: Sequence[str]) -> str:
    """The newest of them."""
    return f"The newest: {'; '.join(titles)}." if len(titles) > 1 else f"It is {titles[0]}."


def outlets(shown: Sequence[str], more: int) -> str:
    """Who published the articles."""
    others = f" and {more:,} more outlets" if more > 0 else ""
    return f"The articles are from {', '.join(shown)}{others}."


def no_outlet(count: int) -> str:
    """That of some articles no outlet is known."""
    return f"For {count:,} of them no outlet is known."


def period(first: str, last: str) -> str:
    """From when to when the articles are."""
    return (
        f"All of them were published on {first}." if first == last else f"They were published from {first} to {last}."
    )


def without_date(count: int) -> str:
    """That some articles have no date."""
    return f"{_articles(count).removesuffix(' was').removesuffix(' were')} {'has' if count == 1 else 'have'} no date."


def is_the_newest(named: str, *, newest: bool) -> str:
    """Which article is the newest, or the oldest."""
    return f"The {'newest' if newest else 'oldest'} article is {named}:"


def titles(shown: Sequence[str]) -> str:
    """What a small archive has."""
    return f"The articles are: {'; '.join(f'“{title}”' for title in shown)}."


def named_most(shown: Sequence[str], count: int) -> str:
    """Whom and what articles name most."""
    return f"Named most, with the number of articles among the newest {count:,}: {', '.join(shown)}."


def newest_titles(shown: Sequence[str]) -> str:
    """The titles of the newest articles."""
    return f"The newest articles are {'; '.join(f'“{title}”' for title in shown)}."


def was_published(titled: str, when: str, outlet: str | None) -> str:
    """When an article was published."""
    return f"{titled} was published on {when}{f' by {outlet}' if outlet else ''}."


def no_date(titled: str) -> str:
    """That an article has no date."""
    return f"{titled} has no date."


DRAFT_CHECKED = "The draft, checked against the articles"


def draft_counts(counts: Mapping[str, int]) -> str:
    """How many sentences of a draft have each verdict."""
    return f"{sum(counts.values()):,} sentences: {', '.join(f'{count:,} {name}' for name, count in counts.items())}."


def checked(verdict: str, sources: int, missing: Sequence[str]) -> str:
    """What should be known of a sentence of a draft beside its verdict."""
    if verdict == "contradicted":
        return f"the quote says otherwise{f'; not in it: {_quoted(missing)}' if missing else ''}"
    if verdict == "not found":
        return "the articles neither say this nor the opposite"
    by = f"in {sources} sources" if sources > 1 else ""
    lacking = f"not in the quotes: {_quoted(missing)}" if missing else ""
    return "; ".join(part for part in (by, lacking) if part)


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
