"""Invented news: articles and questions of any number, the same on every machine.

Ordinary English sentences about invented people and places. What they speak of is drawn by Zipf's law from a
vocabulary whose common words are English and whose 30,000 rare ones are made of syllables: real news has such a tail
too, and it is what fills a word index and lengthens the search for a misspelt name.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from evals.bench.stories import Story

MEAN_WORDS = 600
"""How long an article is on average; each has between half of it and half as much again."""

_ENGLISH = (
    "government election budget border agreement company market report police court hospital school teacher"
    " bridge river storm flood harvest factory worker strike union railway airport harbour island mountain village"
    " museum festival film singer match league player coach season victory defeat goal record research vaccine virus"
    " patient doctor scientist satellite rocket energy oil gas coal solar battery price inflation bank loan interest"
    " tariff trade export import customer software phone network computer privacy law reform tax pension parliament"
    " senator mayor governor campaign vote protest rally crowd soldier army missile drone attack ceasefire treaty"
    " summit embassy visit sanction refugee aid crisis fire earthquake drought climate forest wolf whale bird garden"
    " kitchen restaurant hotel tourist passenger driver car train ship engine road tunnel tower square church temple"
    " king queen prince wedding funeral trial judge lawyer prison verdict theft fraud painting novel prize student"
).split()
_ROLES = "minister mayor governor spokeswoman coach doctor lawyer farmer engineer senator researcher singer".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_SENTENCES = (
    "{person}, the {role} of {place}, said on {day} that the {thing} would return to {place2} before {month}.",
    '"We have never seen such a {thing}, and the {thing2} knows it," {person} told reporters in {place}.',
    "The {thing} and the {thing2} were moved to {place} in {month}, according to a report on the {thing3}.",
    "Officials in {place} counted {number} cases of {thing} last year, twice as many as in {year}.",
    "It was not clear whether {person} had spoken with {person2} about the {thing} before the {thing2} began.",
    "A {thing} worth {number} million was found near {place} after a long search by the {role} and a {thing2}.",
    "{person} joined the {thing} in {year}, left it three years later and has lived in {place} since then.",
    "The {thing2} did not answer questions about the {thing}, but {person2} said more talks were planned in {place2}.",
    "Many people in {place} depend on the {thing}, which was built in {year} and closed in {month} of this year.",
    "Under the plan, every {thing} will need a {thing2} by {month}, and the {thing3} will pay {number} for it.",
    "Critics say that the {thing} is too slow, that the {thing2} is too dear and that {person} should resign.",
    "In {month}, {person} and {person2} met for the first time in {place}, where the {thing} had opened on {day}.",
    "About {number} people watched as the {thing} left {place} on {day} with {person} on board.",
    "The {role} denied it.",
    "Nobody was hurt, the {role} of {place2} said, although the {thing} was badly damaged by the {thing2}.",
)
_QUESTIONS = (
    "When did {person} and {person2} meet in {place}?",
    "What did {person} say about the {thing}?",
    "How many people watched the {thing} in {place}?",
    "Who is the mayor of {place}?",
    "Where was the {thing} moved to in {month}?",
    "Why should {person} resign?",
    "In which year was the {thing} of {place} built?",
    "Which {thing} was found near {place} after the {thing2}?",
    "Did {typo} speak with {person2} about the {thing}?",
    "What will the government and the police do about the price of energy?",
)
_SYLLABLES = [
    onset + vowel for onset in "b br d dr f g gr k kl l m n p pl r s st t tr v z".split() for vowel in "aeiou"
]


class World:
    """The words, people and places that all articles and questions of one seed share."""

    def __init__(self, seed: int = 7, *, rare_words: int = 30_000) -> None:
        self._seed = seed
        rng = random.Random(seed)
        self._things = _Zipf([*_ENGLISH, *_invent(rng, rare_words)])
        names = zip(_invent(rng, 2000), _invent(rng, 2000), strict=True)
        self._people = _Zipf([f"{first.title()} {last.title()}" for first, last in names])
        self._places = _Zipf([name.title() for name in _invent(rng, 500)])

    def articles(self, count: int) -> Iterator[Story]:
        """So many articles; the first of them are the same however many there are."""
        for number in range(count):
            yield self._article(number)

    def questions(self, count: int) -> list[str]:
        """So many different questions about what the articles speak of; one in ten misspells a name."""
        rng = random.Random(f"{self._seed} questions")
        found: dict[str, None] = {}
        while len(found) < count:
            # The last of the forms has no slots: all but the first use of it would be the same.
            form = _QUESTIONS[len(found) % len(_QUESTIONS)] if len(found) < len(_QUESTIONS) else rng.choice(_QUESTIONS)
            found[form.format(**self._slots(rng))] = None
        return list(found)

    def _article(self, number: int) -> Story:
        rng = random.Random(f"{self._seed} {number}")
        slots = self._slots(rng)
        title = "{person} of {place} wants a new {thing}".format(**slots)
        length = rng.randint(MEAN_WORDS // 2, MEAN_WORDS * 3 // 2)
        paragraphs: list[str] = []
        words = 0
        while words < length:
            # Two in three slots keep what they hold: an article is about something.
            sentences = [
                rng.choice(_SENTENCES).format(**(slots | self._slots(rng, share=1 / 3)))
                for _ in range(rng.randint(1, 3))
            ]
            paragraphs.append(" ".join(sentences))
            words += len(paragraphs[-1].split())
        published = date(2022, 1, 1) + timedelta(days=rng.randrange(1400))
        return Story(f"story-{number:06}", title, published.isoformat(), "\n\n".join(paragraphs))

    def _slots(self, rng: random.Random, share: float = 1.0) -> dict[str, str]:
        person, person2 = self._people.draw(rng, 2)
        place, place2 = self._places.draw(rng, 2)
        thing, thing2, thing3 = self._things.draw(rng, 3)
        slots = {
            "person": person,
            "person2": person2,
            "typo": person[:-2] + person[-1] + person[-2],
            "place": place,
            "place2": place2,
            "thing": thing,
            "thing2": thing2,
            "thing3": thing3,
            "role": rng.choice(_ROLES),
            "day": rng.choice(_DAYS),
            "month": rng.choice(_MONTHS),
            "number": str(rng.randint(2, 900)),
            "year": str(rng.randint(1950, 2025)),
        }
        return {name: value for name, value in slots.items() if share == 1 or rng.random() < share}


class _Zipf:
    """Words, each as likely as the reciprocal of its place."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))

    def draw(self, rng: random.Random, count: int) -> list[str]:
        return rng.choices(self._words, cum_weights=self._weights, k=count)


def _invent(rng: random.Random, count: int) -> list[str]:
    """Different words of two to four syllables."""
    words: dict[str, None] = {}
    while len(words) < count:
        words["".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))) + rng.choice(("", "n", "r", "s"))] = None
    return list(words)
