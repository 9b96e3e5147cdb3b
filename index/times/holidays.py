"""Holidays and the like by name: the day of each in any year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import EASTER_ORTHODOX, easter

from index.times.days import a_month


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday of a month, the last for -1."""
    first, last, _ = a_month(year, month)
    if nth < 0:
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    return first + timedelta(weeks=nth - 1, days=(weekday - first.weekday()) % 7)


def _on(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


_NATIONAL = {
    "independence": "india 15 8|ukraine 24 8|poland 11 11|finland 6 12|pakistan 14 8|brazil 7 9|mexico 16 9|greece 25 3"
    "|ghana 6 3|kenya 12 12|nigeria 1 10|indonesia 17 8|philippines 12 6|iceland 17 6|estonia 24 2|latvia 18 11"
    "|lithuania 16 2|georgia 26 5|armenia 21 9|america 4 7|peru 28 7|argentina 9 7|colombia 20 7|chile 18 9"
    "|zimbabwe 18 4|malta 21 9|cyprus 1 10|moldova 27 8|kazakhstan 16 12|south sudan 9 7",
    "national": "china 1 10|france 14 7|spain 12 10|switzerland 1 8|belgium 21 7|sweden 6 6|singapore 9 8|austria 26 10"
    "|norway 17 5|taiwan 10 10|saudi arabia 23 9|qatar 18 12|oman 18 11|portugal 10 6|romania 1 12",
    "republic": "india 26 1|turkey 29 10|italy 2 6",
    "constitution": "norway 17 5|japan 3 5|spain 6 12|denmark 5 6|south korea 17 7",
    "victory": "russia 9 5",
}
"""Of countries the day and month of a holiday by that name."""

HOLIDAYS: dict[str, Callable[[int], date]] = {
    "christmas eve": lambda year: date(year, 12, 24),
    "christmas day": lambda year: date(year, 12, 25),
    "christmas": lambda year: date(year, 12, 25),
    "boxing day": lambda year: date(year, 12, 26),
    "new year's eve": lambda year: date(year, 12, 31),
    "new year's day": lambda year: date(year, 1, 1),
    "valentine's day": lambda year: date(year, 2, 14),
    "good friday": lambda year: easter(year) - timedelta(days=2),
    "easter monday": lambda year: easter(year) + timedelta(days=1),
    "easter sunday": easter,
    "easter": easter,
    "halloween": lambda year: date(year, 10, 31),
    "palm sunday": lambda year: easter(year) - timedelta(days=7),
    "ash wednesday": lambda year: easter(year) - timedelta(days=46),
    "whit monday": lambda year: easter(year) + timedelta(days=50),
    "pentecost": lambda year: easter(year) + timedelta(days=49),
    "ascension day": lambda year: easter(year) + timedelta(days=39),
    "all saints' day": lambda year: date(year, 11, 1),
    "st. patrick's day": lambda year: date(year, 3, 17),
    "st patrick's day": lambda year: date(year, 3, 17),
    "may day": lambda year: date(year, 5, 1),
    "bastille day": lambda year: date(year, 7, 14),
    "armistice day": lambda year: date(year, 11, 11),
    "veterans day": lambda year: date(year, 11, 11),
    "fourth of july": lambda year: date(year, 7, 4),
    "martin luther king day": lambda year: nth_weekday(year, 1, 0, 3),
    "presidents' day": lambda year: nth_weekday(year, 2, 0, 3),
    "mother's day": lambda year: nth_weekday(year, 5, 6, 2),
    "memorial day": lambda year: nth_weekday(year, 5, 0, -1),
    "father's day": lambda year: nth_weekday(year, 6, 6, 3),
    "labor day": lambda year: nth_weekday(year, 9, 0, 1),
    "columbus day": lambda year: nth_weekday(year, 10, 0, 2),
    "election day": lambda year: nth_weekday(year, 11, 0, 1) + timedelta(days=1),
    "thanksgiving day": lambda year: nth_weekday(year, 11, 3, 4),
    "thanksgiving": lambda year: nth_weekday(year, 11, 3, 4),
    "orthodox easter": lambda year: easter(year, EASTER_ORTHODOX),
    "maundy thursday": lambda year: easter(year) - timedelta(days=3),
    "holy saturday": lambda year: easter(year) - timedelta(days=1),
    "shrove tuesday": lambda year: easter(year) - timedelta(days=47),
    "australia day": _on(1, 26),
    "burns night": _on(1, 25),
    "waitangi day": _on(2, 6),
    "international women's day": _on(3, 8),
    "april fools' day": _on(4, 1),
    "april fool's day": _on(4, 1),
    "earth day": _on(4, 22),
    "st george's day": _on(4, 23),
    "anzac day": _on(4, 25),
    "cinco de mayo": _on(5, 5),
    "juneteenth": _on(6, 19),
    "midsummer's day": _on(6, 24),
    "canada day": _on(7, 1),
    "bonfire night": _on(11, 5),
    "remembrance day": _on(11, 11),
    "st andrew's day": _on(11, 30),
    "remembrance sunday": lambda year: nth_weekday(year, 11, 6, 2),
    "black friday": lambda year: nth_weekday(year, 11, 3, 4) + timedelta(days=1),
    "cyber monday": lambda year: nth_weekday(year, 11, 3, 4) + timedelta(days=4),
    "august bank holiday": lambda year: nth_weekday(year, 8, 0, -1),
} | {
    f"{country}'s {kind} day": _on(int(month), int(day))
    for kind, row in _NATIONAL.items()
    for country, day, month in (one.rsplit(" ", 2) for one in row.split("|"))
}
"""Names in lower case to their day in a year; only those that mean one day wherever they are written."""
