"""Drafts of cases from the user's own articles: questions with their evidence, for a person to accept or to throw away.

Without a model sentences that tell when something happened or how many are turned into questions by templates; with one
it writes the questions, and what it gives as an answer has to stand in the sentence. A draft says ``reviewed: no`` and
is not asked before somebody has changed that.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import simplemma
import yaml

from assistant import Assistant
from assistant.model.openai import LanguageModel, Usage, read_briefly
from assistant.verification.injection import gives_orders
from index.analysis.quantities import quantities
from index.analysis.types import SentenceAnalysis, Status
from index.errors import SuiteInvalid
from index.times.expression import Timex
from index.types import Article
from prompts import load

Draft = dict[str, Any]

_LONGEST = 260
"""Characters of a sentence that a question is made of."""

_SUBJECT = r"(?P<subject>(?:(?:The|A|An) )?(?:[\w'’.-]+ ){0,6}?[\w'’.-]+)"
_WAS = re.compile(rf"{_SUBJECT} (?P<was>was|were) (?P<rest>(?:\w+ly )?\w+(?:ed|en|wn|ght|ld|de|ne|t|ut)\b.*)")
_COUNTED = re.compile(
    r"(?:(?:At least|About|Some|Around|Nearly|Almost|More than|Fewer than|Up to) )?(?P<number>[\w.,-]+) "
    r"(?P<rest>[a-z]+s(?: [a-z]+){0,3}? (?:was|were|have|had|died|took|left) .*)"
)
_BOUND = r"(?:(?:at least|about|some|around|nearly|almost|more than|fewer than|up to|over) )?"
_SCALE = r"(?: (?:hundred|thousand|million|billion))?"
_OF_WHAT = re.compile(
    rf" {_BOUND}(?P<number>[\d.,]*\d{_SCALE}|[a-z]+) (?P<what>(?:[a-z]+ )?[a-z]+s|people)(?P<rest>\b.*)"
)
_MONEY = re.compile(rf" {_BOUND}(?P<number>[$€£¥][\d.,]*\d{_SCALE})(?P<rest>\b.*)")
_PAST_AGAIN = re.compile(
    r" [a-z]+ed (?:the|an?|in|as|by|to|on|that|[A-Z\d])| (?:met|said|told|won|lost|took|made|gave|was|were|had) "
)
_NO_SUBJECT = frozenset(
    "it he she they we you i this that these those there here what who which when where if but and or in on at for to"
    " as of by with from after before since while his her their its our my your not no such other several many both"
    " another some one more most".split()
)
_BREAK = re.compile(r"[,;:–—(]| (?:which|who|whose|after|before|while|when|because|as|although|though|and(?! [A-Z])) ")
_PREPOSITION = re.compile(r"\s*\b(?:in|on|at|since|during|around|early in|late in)\s*$")
_HANGING = re.compile(r"\b(?:for|by|from|of|and|until|to|between|a|an|the)$")
_LEMMAS = {
    "left": "leave",
    "built": "build",
    "found": "find",
    "felt": "feel",
    "lay": "lie",
    "fell": "fall",
    "saw": "see",
}
_NEVER = frozenset(
    "said says told was were is are has had have will would could may might can been be did does".split()
)
_UNITS = {"day": 10, "month": 7, "year": 4}
"""How much of a written day tells what is known to that precision."""

_HEAD = """# {} drafts. Each says what the article says; whether it is a good question is for you to judge.
# Mend or delete, then change "reviewed: no" to "reviewed: yes": what is not reviewed is not asked.
"""

_WRITTEN = re.compile(r"Question:\s*(?P<question>.+?)\s*\n\s*Answer:\s*(?P<answer>.+)")


def draft_cases(
    assistant: Assistant,
    limit: int,
    *,
    model: LanguageModel | None = None,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> list[Draft]:
    """At most so many drafts, from articles drawn at random, one of each article before a second of any.

    Raises ModelFailed, StoreMissing.
    """
    articles = list(assistant.articles())
    random.Random(seed).shuffle(articles)
    rows = [_of_article(assistant, article, model) for article in articles]
    drafts: list[Draft] = []
    asked: set[str] = set()
    while rows and len(drafts) < limit:
        going = []
        for row in rows:
            if len(drafts) < limit and (draft := next((one for one in row if one["question"] not in asked), None)):
                asked.add(draft["question"])
                drafts.append(draft)
                going.append(row)
                if progress:
                    progress(len(drafts), limit)
        rows = going
    return drafts


def drafts_of_opinions(opinions: Sequence[Mapping[str, Any]]) -> list[Draft]:
    """Drafts from what people thought of answers on the page (``assistant feedback --json``), each question once.

    What was liked is a draft of what is right; of what was not, somebody has to say it: "?" stands there.
    """
    drafts: dict[str, Draft] = {}
    for one in opinions:
        draft: Draft = {
            "id": _name(one["question"]),
            "question": one["question"],
            "evidence": [quote["quote"] for quote in one["evidence"]] if one["liked"] else [],
            "history": [list(turn) for turn in one["history"]],
            "type": "liked" if one["liked"] else "not liked",
        }
        if one["liked"] and one["refused"]:
            draft["unanswerable"] = "the refusal was liked"
        else:
            draft["accept"] = [(one["short"] or one["answer"]) if one["liked"] else "?"]
        if day := one["options"].get("as_of"):
            draft["as_of"] = day
        drafts[one["question"]] = {**draft, "reviewed": False}
    return list(drafts.values())


def write_drafts(drafts: Sequence[Draft], path: Path) -> None:
    """Write drafts as a suite in YAML; raises SuiteInvalid where there are none."""
    if not drafts:
        raise SuiteInvalid("there is nothing that a question could be made of; write the suite by hand")
    path.parent.mkdir(parents=True, exist_ok=True)
    cases = yaml.safe_dump({"cases": list(drafts)}, allow_unicode=True, sort_keys=False, width=110)
    # As a person would write it, and would change it.
    cases = cases.replace("  reviewed: false\n", "  reviewed: no\n")
    path.write_text(_HEAD.format(len(drafts)) + f"name: {path.stem}\n{cases}", encoding="utf-8")


def _of_article(assistant: Assistant, article: Article, model: LanguageModel | None) -> Iterator[Draft]:
    for span in assistant.store.catalog.analysis(article):
        sentence = article.text[span.start : span.end]
        if not span.evidence or len(sentence) > _LONGEST or "\n" in sentence or gives_orders(sentence):
            continue
        found = written(model, article, sentence) if model else from_template(sentence, span)
        if found:
            found["question"] = _uncapitalised(found["question"], sentence, article.text)
            told = {"evidence": [sentence], "articles": [article.id], "reviewed": False}
            yield {"id": _name(found["question"]), **found, **told}


def _name(question: str) -> str:
    return hashlib.sha256(question.encode()).hexdigest()[:8]


def written(model: LanguageModel, article: Article, sentence: str) -> Draft | None:
    """The question that a model writes to a sentence; None where its answer is not in it. Raises ModelFailed."""
    mark = "sentence-" + hashlib.sha256(sentence.encode()).hexdigest()[:8]
    messages = load("draft_question").messages(mark=mark, title=article.title or "", sentence=sentence)
    read = _WRITTEN.search(read_briefly(model, messages, Usage()))
    if not read:
        return None
    question, answer = read["question"].strip(), read["answer"].strip().rstrip(".").strip('"“”')
    if not answer or answer not in sentence or answer.lower() in question.lower() or not question.endswith("?"):
        return None
    return {"question": question, "accept": [answer], "type": "model"}


def from_template(sentence: str, analysis: SentenceAnalysis) -> Draft | None:
    """A question that a sentence answers, by what it tells first of a time and a number; None where no template fits.

    >>> from index.analysis.analyse import analyse_sentence
    >>> from_template("Nine ferries were stopped in Esk.", analyse_sentence("Nine ferries were stopped in Esk."))
    {'question': 'How many ferries were stopped in Esk?', 'accept': ['Nine'], 'number': 9.0, 'type': 'number'}
    """
    if any(mark in sentence for mark in '"“”?!«»'):
        return None
    counted = _COUNTED.match(sentence)
    if (
        counted
        and (values := quantities(counted["number"]))
        and not _is(Status.DENIED, analysis, counted.end("number") - 1)
    ):
        question = f"How many {_until_break(counted['rest'])}?"
        return {"question": question, "accept": [counted["number"]], "number": values[0].value, "type": "number"}
    for timex in analysis.times[:1]:
        begin, end = timex.start - analysis.start, timex.end - analysis.start
        if _is(Status.ASSERTED, analysis, begin):
            question_of_time = _when(sentence[:begin], sentence[begin:end], sentence[end:])
            if question_of_time:
                known, said = _date(timex), {"accept": [sentence[begin:end]]}
                if known and timex.derived != "absolute":
                    said = {}  # any Wednesday would do
                return {"question": question_of_time, **said, **known, "type": "time"}
    return _how_many(sentence, analysis)


def _is(status: Status, analysis: SentenceAnalysis, place: int) -> bool:
    """Whether what stands at a place of a sentence has a status."""
    return analysis.status_at(analysis.start + place) is status


def _when(before: str, time: str, after: str) -> str | None:
    """A question for the time of a sentence that is told behind its verb: "When did Oren and Salka last speak?"."""
    plain = _PREPOSITION.sub("", before.rstrip())
    if not plain or _BREAK.search(plain) or (plain == before.rstrip() and not time[:1].isupper()):
        return None
    rest = after.split(".")[0] if not _BREAK.match(after.lstrip()) else ""
    told = f"{plain.strip()} {_until_break(rest).strip()}".strip() if rest[:1] == " " else plain.strip()
    if passive := _WAS.fullmatch(told):
        return f"When {passive['was']} {_lower(passive['subject'])} {passive['rest']}?" if _names(passive) else None
    active = (_split_at(told, place.end()) for place in re.finditer(r" (?=[a-z]+\b)", told))
    return next((question for question in active if question), None)


def _split_at(told: str, place: int) -> str | None:
    """The question for a time, if the word at a place is the past of a verb that has a subject before it."""
    found = _subject_and_verb(told, place)
    if not found or _PAST_AGAIN.search(found[3]):
        return None
    subject, adverb, lemma, rest = found
    return f"When did {subject}{adverb} {lemma}{rest}?"


def _how_many(sentence: str, analysis: SentenceAnalysis) -> Draft | None:
    """A question for the number behind the first verb: "How many ferries did the board buy?"."""
    for place in re.finditer(r" (?=[a-z]+\b)", sentence):
        found = _subject_and_verb(sentence, place.end())
        if not found:
            continue
        subject, adverb, lemma, rest = found
        counted, money = _OF_WHAT.match(rest), _MONEY.match(rest)
        matched = counted or money
        values = quantities(matched["number"]) if matched else []
        if not matched or not values or _is(Status.DENIED, analysis, place.end()):
            return None
        asked = f"How many {counted['what']}" if counted else "How much"
        behind = _until_break(matched["rest"]) if not _BREAK.match(matched["rest"]) else ""
        if _PAST_AGAIN.search(behind):
            return None
        question = f"{asked} did {subject}{adverb} {lemma}{behind}?"
        return {"question": question, "accept": [matched["number"]], "number": values[0].value, "type": "number"}
    return None


def _subject_and_verb(told: str, place: int) -> tuple[str, str, str, str] | None:
    """The subject, an adverb, the verb's lemma and the rest, if the word at a place is the past of a verb."""
    word = re.match(r"[a-z]+", told[place:])
    subject = told[:place].strip()
    if not word or word.group() in _NEVER:
        return None
    verb = word.group()
    lemma = _LEMMAS.get(verb) or simplemma.lemmatize(verb, lang="en")
    past = verb.endswith("ed") or lemma != verb
    adverb = re.search(r" (last|first|also|then)$", subject)
    subject = subject[: adverb.start()] if adverb else subject
    if not past or verb.endswith(("s", "ing")) or not _is_subject(subject):
        return None
    said = f" {adverb[1]}" if adverb and adverb[1] != "also" else ""
    return _lower(subject), said, lemma, told[place + len(verb) :]


def _names(found: re.Match[str]) -> bool:
    return _is_subject(found["subject"])


def _is_subject(subject: str) -> bool:
    """Whether some words name somebody or something: no pronoun, a name or an article in front, not too long."""
    words = subject.split()
    if not words or len(words) > 8 or any(word.lower() in _NEVER for word in words):
        return False
    return words[0].lower() not in _NO_SUBJECT and words[0][:1].isupper()


def _uncapitalised(question: str, sentence: str, text: str) -> str:
    """A question with the first word of its sentence as it stands elsewhere: "police" of "Police arrested two men".

    >>> _uncapitalised("When did Police come?", "Police came on Monday.", "Police came on Monday. It was the police.")
    'When did police come?'
    """
    first = re.match(r"[A-Z][a-z]+", sentence)
    if not first or re.search(rf"[\w,] {first[0]}\b", text) or not re.search(rf"\b{first[0].lower()}\b", text):
        return question
    return re.sub(rf"(?<=\w ){first[0]}\b", first[0].lower(), question, count=1)


def _until_break(text: str) -> str:
    found = _BREAK.search(text)
    return _PREPOSITION.sub("", (text[: found.start()] if found else text).rstrip(" ."))


def _lower(subject: str) -> str:
    """A subject in the midst of a question: "the ferry", but "Oren"."""
    first, _, rest = subject.partition(" ")
    return f"{first.lower()} {rest}" if first in ("The", "A", "An") else subject


def _date(timex: Timex) -> dict[str, str]:
    """The day, the month or the year, where one is meant."""
    if timex.first is None or timex.last is None or timex.precision not in _UNITS:
        return {}
    known = timex.first.isoformat()[: _UNITS[timex.precision]]
    return {"date": known} if timex.last.isoformat().startswith(known) else {}
