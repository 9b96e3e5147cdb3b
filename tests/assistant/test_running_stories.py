"""Stories that run over weeks: a strike, a ban that is lifted, a toll that rises, talks that break off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from assistant import Assistant
from tests.assistant.news import News, archive_of, codes

NEWS: News = {
    "struck": ("2025-03-04", "Some 1,200 dockers walked out at Port Salen on Tuesday after pay talks collapsed."),
    "back": ("2025-03-20", "Dockers at Port Salen returned to work on Thursday, ending a strike of 16 days."),
    "capsized": (
        "2025-06-02",
        "A ferry capsized off Port Salen on Sunday evening. At least nine people died, the coastguard said on Monday.",
    ),
    "missing": ("2025-06-04", "Fourteen people are still missing from the Salen ferry, it was said on Wednesday."),
    "final": (
        "2025-06-10",
        "The search for victims of the Salen ferry disaster ended on Tuesday. The final toll is 29 dead and two"
        " missing, Interior Minister Jon Arvik said.",
    ),
    "banned": ("2025-01-15", "The government of Kestria banned the sale of raw milk on Wednesday."),
    "lifted": ("2025-04-28", "Kestria lifted its ban on raw milk on Monday, three months after it was imposed."),
    "named": ("2024-10-07", "Jon Arvik was named interior minister of Kestria on Monday."),
    "out": ("2025-09-01", "Interior Minister Jon Arvik of Kestria stepped down on Monday over the ferry disaster."),
    "deputy": ("2025-09-02", "Nils Oberg takes over the ministry until a successor is found."),
    "plan": ("2025-02-10", "Hana Velt of Kestria will meet Stefan Korrin in Dunmar on 3 March, aides said on Monday."),
    "met": ("2025-03-04", "Hana Velt and Stefan Korrin met in Dunmar on Monday for the first time since 2022."),
    "phoned": ("2025-08-14", "Velt and Korrin spoke by telephone on Wednesday for the first time since May."),
    "alive": ("2025-11-14", "Six of the miners trapped at Ostra were brought out alive on Friday, a rescuer said."),
    "bodies": (
        "2025-11-17",
        "The bodies of the last eight miners trapped at Ostra were found on Sunday night. An earlier version of this"
        " article said that nine bodies were found.",
    ),
    "voted": ("2025-10-06", "Parliament voted 91 to 88 on Monday to withdraw its confidence from Edda Roal."),
    "again": ("2025-10-21", "Edda Roal survived a second vote of no confidence on Monday by 95 votes to 84."),
    "mine": (
        "2025-02-10",
        "An explosion at the Gralla coal mine killed 11 miners on Sunday, the company said. It was the deadliest"
        " accident at the mine since 2008, when 23 people died.",
    ),
    "mine corrected": ("2025-02-13", "The Gralla mine company put its toll at 13 dead on Thursday."),
    "sunk": (
        "2024-08-03",
        "The ferry Lindra sank off Torsk on Friday with 60 people aboard. At least 12 people drowned, a rescuer said.",
    ),
    "quill": (
        "2024-03-01",
        "Edda Quill said on Friday she would not resign. (Updated 2 April 2024: Quill was jailed for six years.)",
    ),
    "raised": ("2024-05-16", "The bank of Velonia raised its key rate on Thursday to 6.5 percent from 6 percent."),
    "cut": ("2024-09-19", "The bank of Velonia cut its key rate on Thursday to 6.25 percent."),
    "quake": ("2025-08-03", "A quake of magnitude 5.8 shook Holt early on Sunday. No one was hurt."),
    "stronger": ("2025-08-04", "The quake that shook Holt on Sunday had a magnitude of 6.1. Two people were hurt."),
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with archive_of(tmp_path_factory.mktemp("stories"), NEWS) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "as_of", "first", "short", "code"),
    [
        ("When was the raw milk ban lifted?", None, "lifted", "Monday", None),
        ("When did the strike in Port Salen end?", None, "back", "Thursday", None),  # 16 days are no day
        ("How many were still missing on 4 June 2025?", None, "missing", "Fourteen", None),
        ("How many people died in the ferry disaster?", date(2025, 6, 10), "final", "29", "newer_count"),
        ("Was anyone hurt in the quake in Holt?", date(2025, 8, 3), "quake", "No", None),
        ("How many people were hurt in the quake in Holt?", None, "stronger", "Two", "newer_count"),
        ("How long was Edda Quill jailed for?", date(2024, 3, 10), None, None, None),
        ("What is the key rate of the bank of Velonia?", None, "cut", "6.25 percent", None),
        ("What was the key rate of the bank of Velonia in June 2024?", None, "raised", "6.5 percent", "so_before"),
        ("How many miners were brought out alive at Ostra?", None, "alive", "Six", None),
        ("When did Roal survive the second vote of no confidence?", None, "again", "Monday", None),
        ("Who is the interior minister of Kestria?", date(2025, 9, 10), "out", None, "ended"),
        ("Who is the interior minister of Kestria?", date(2025, 8, 10), None, "Jon Arvik", None),
        ("Who was the interior minister of Kestria before Jon Arvik?", None, None, None, None),
        ("When did Velt and Korrin last meet?", None, "met", None, None),
        ("When did Velt and Korrin last meet?", date(2025, 2, 20), "plan", "3 March", "only_planned"),
        ("When did Velt and Korrin last speak?", None, "phoned", "Wednesday", None),
    ],
)
def test_a_running_story_is_told_as_of_its_day(
    archive: Assistant, question: str, as_of: date | None, first: str | None, short: str | None, code: str | None
) -> None:
    answer = archive.ask(question, now=date(2025, 11, 1), as_of=as_of)
    assert first is None or answer.citations[0].article_id == first
    assert answer.short == short
    told = {
        "so_before",
        "ended",
        "only_planned",
        "newer_plan",
        "newer_count",
        "contradiction",
        "other_time",
        "occasions",
    }
    assert codes(answer) & told == ({code} if code else set())
