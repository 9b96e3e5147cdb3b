"""Answers about the archive itself, from its catalog: how many articles, by whom, of when, what one of them says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import islice

from assistant import messages
from assistant.answer.compose import Place, Quotation
from assistant.options import Asking
from assistant.question.intent import OF_ONE_ARTICLE
from index.analysis.mentions import name_spans
from index.analysis.terms import content_tokens, is_name, tokens
from index.languages.en.function_words import CALENDAR_WORDS
from index.search.query import plan_query
from index.search.retrieve import retrieve
from index.storage.store import Store
from index.times.days import day_in_words
from index.times.published import published_in_words
from index.types import Article, Window

CATALOG = "catalog"
"""The name of what answers without reading."""

_LEAD = 3
"""So many sentences of an article are its summary."""

_LISTED = 12
"""An archive of so many articles or fewer is told by their titles."""

_LOOKED_AT = 300
"""So many articles, the newest, are looked at for what they are about."""

_TOPICS, _OUTLETS, _NEWEST = 8, 12, 3


def about_archive(store: Store, intent: str, asking: Asking, subject: str | None = None) -> Quotation:
    """What an archive, or the part of it that is asked, has to say for an intent of ``assistant.question.intent``.

    With a ``subject`` only the articles count that have all its words.
    """
    told = Quotation()
    window = asking.window
    if subject:
        found = _on_subject(store, subject, window)
        if not found:
            told.add(messages.no_article_on(subject), [])
            return told
        if intent in OF_ONE_ARTICLE:
            found = [_best(store, subject, found, asking)]
        elif intent == "count":
            _count_on(store, subject, found, told)
            return told
        window = replace(window or Window(), articles=frozenset(found))
    _ANSWERS[intent](store, window, told)
    return told


def _on_subject(store: Store, subject: str, window: Window | None) -> list[str]:
    """The articles that have all words of a subject, the newest first."""
    terms = list(dict.fromkeys(term for _, term in content_tokens(subject)))
    return store.catalog.articles_with(terms, window) if terms else []


def _best(store: Store, subject: str, found: list[str], asking: Asking) -> str:
    """Of the articles on a subject the one that is most about it."""
    window = replace(asking.window or Window(), articles=frozenset(found))
    passages = retrieve(store, plan_query(store, subject, asking.now, window), top_k=1, fast=True)
    return passages[0].article.id if passages else found[0]


def _count_on(store: Store, subject: str, found: list[str], told: Quotation) -> None:
    told.add(messages.so_many_on("1 article has" if len(found) == 1 else f"{len(found):,} articles have", subject), [])
    titles = [_named(one[0]) for one in map(store.catalog.article, found[:_NEWEST]) if one]
    told.add(messages.newest_titles_on(titles), [])


def _greeting(store: Store, window: Window | None, told: Quotation) -> None:
    told.add(messages.greeting(_size(store, window)), [])


def _thanks(store: Store, window: Window | None, told: Quotation) -> None:
    told.add(messages.WELCOME, [])


def _help(store: Store, window: Window | None, told: Quotation) -> None:
    for sentence in messages.WHAT_CAN_BE_ASKED:
        told.add(sentence, [])


def _count(store: Store, window: Window | None, told: Quotation) -> None:
    told.add(messages.so_many_articles(_size(store, window), narrowed=window is not None), [])


def _size(store: Store, window: Window | None) -> str:
    count = store.catalog.count(window)
    return "1 article" if count == 1 else f"{count:,} articles"


def _outlets(store: Store, window: Window | None, told: Quotation) -> None:
    outlets = store.catalog.outlets(window)
    if not outlets:
        told.add(messages.NO_OUTLETS, [])
        return
    shown = [f"{outlet} ({count:,})" for outlet, count in islice(outlets.items(), _OUTLETS)]
    told.add(messages.outlets(shown, len(outlets) - len(shown)), [])
    unknown = store.catalog.count(window) - sum(outlets.values())
    if unknown:
        told.add(messages.no_outlet(unknown), [])


def _period(store: Store, window: Window | None, told: Quotation) -> None:
    days = store.catalog.days(window)
    if days is None:
        told.add(messages.NO_DATES, [])
        return
    told.add(messages.period(*map(day_in_words, days)), [])
    if window is None and (undated := store.catalog.undated()):
        told.add(messages.without_date(undated), [])


def _newest(store: Store, window: Window | None, told: Quotation, *, newest: bool = True) -> None:
    found = store.catalog.by_day(window, 1, newest=newest)
    if not (found and found[0].published):
        told.add(messages.NO_DATES, [])
        return
    told.add(messages.is_the_newest(_named(found[0]), newest=newest), [])
    _lead(store, found[0], told, 1)


def _oldest(store: Store, window: Window | None, told: Quotation) -> None:
    _newest(store, window, told, newest=False)


def _topics(store: Store, window: Window | None, told: Quotation) -> None:
    articles = store.catalog.by_day(window, _LOOKED_AT)
    if store.catalog.count(window) <= _LISTED:
        told.add(messages.titles([article.title or article.uri for article in articles]), [])
        return
    names = Counter(name for article in articles for name in set(_names(article)))
    outlets = {word for outlet in store.catalog.outlets() for word in outlet.split()}
    often = [(name, held) for name, held in names.most_common(4 * _TOPICS) if held > 1 and name not in outlets]
    whole = [(name, held) for name, held in often if not any(name != other and name in other for other, _ in often)]
    told.add(messages.named_most([f"{name} ({held:,})" for name, held in whole[:_TOPICS]], len(articles)), [])
    told.add(messages.newest_titles([article.title or article.uri for article in articles[:_NEWEST]]), [])


def _names(article: Article) -> list[str]:
    """Whom and what an article names more than once."""
    lines = article.text.split("\n")
    found = Counter(line[start:end] for line in lines for start, end in name_spans(line))
    return [
        name
        for name, count in found.items()
        if count > 1
        and (" " in name or is_name(name))
        and not any(word.lower() in CALENDAR_WORDS for word, _ in tokens(name))
    ]


def _summary(store: Store, window: Window | None, told: Quotation) -> None:
    article = _only(store, window)
    if article is None:
        told.add(messages.WHICH_ARTICLE, [])
    else:
        _lead(store, article, told, _LEAD)


def _published(store: Store, window: Window | None, told: Quotation) -> None:
    article = _only(store, window)
    if article is None:
        told.add(messages.WHICH_ARTICLE, [])
    elif article.published:
        told.add(messages.was_published(_titled(article), published_in_words(article.published), article.outlet), [])
    else:
        told.add(messages.no_date(_titled(article)), [])


def _only(store: Store, window: Window | None) -> Article | None:
    """The article that is asked about, if only one can be."""
    chosen = window.articles if window else frozenset()
    if len(chosen) == 1:
        found = store.catalog.article(next(iter(chosen)))
        return found[0] if found else None
    return next(store.catalog.articles(), None) if store.catalog.count() == 1 else None


def _lead(store: Store, article: Article, told: Quotation, most: int) -> None:
    """Quote the first sentences of an article."""
    first = [one for one in store.catalog.analysis(article) if one.evidence][:most]
    for one in first:
        told.add(article.text[one.start : one.end], [Place.of(article, one)])


def _named(article: Article) -> str:
    when = published_in_words(article.published)
    return f"{_titled(article)} ({article.outlet}, {when})" if article.outlet else f"{_titled(article)} ({when})"


def _titled(article: Article) -> str:
    return f"“{article.title or article.uri}”"


_ANSWERS: dict[str, Callable[[Store, Window | None, Quotation], None]] = {
    "greeting": _greeting,
    "thanks": _thanks,
    "help": _help,
    "count": _count,
    "outlets": _outlets,
    "period": _period,
    "newest": _newest,
    "oldest": _oldest,
    "topics": _topics,
    "summary": _summary,
    "published": _published,
}
