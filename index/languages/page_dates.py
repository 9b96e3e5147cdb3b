"""How a page states its date, in each language in which it may. Add a language HERE: one row."""

from __future__ import annotations

from typing import NamedTuple

_Names = tuple[str, str, str, str, str, str, str, str, str, str, str, str]


class PageDates(NamedTuple):
    """The words on the line of a page that states its date; all but the months are regular expressions."""

    months: _Names
    """January to December, each in all its forms, parted by spaces; short ones without their full stop."""

    published: str
    updated: str
    on: str
    """What stands between "published" and the day."""

    at: str
    """What stands between the day and the time of day."""

    by: str = ""
    """What stands before the name of who wrote it."""


PAGE_DATES: dict[str, PageDates] = {
    "en": PageDates(
        ("Jan January", "Feb February", "Mar March", "Apr April", "May", "Jun June", "Jul July", "Aug August",
         "Sep Sept September", "Oct October", "Nov November", "Dec December"),
        "(?:first |originally |date ?)?(?:published|posted|issued|released)",
        "(?:last |page )?(?:updated|modified|revised|reviewed|edited)", "on|at", "at",
        "(?:(?:words|written|story|posted|submitted|hosted|report(?:ing)?|text|analysis|interview) )?by",
    ),
    "fr": PageDates(
        ("janvier janv", "février févr", "mars", "avril avr", "mai", "juin", "juillet juil", "août", "septembre",
         "octobre", "novembre", "décembre déc"),
        "publi[ée]e?|mis en ligne", "mise? à jour", "le", "à", "(?:propos recueillis )?par",
    ),
    "es": PageDates(
        ("enero ene", "febrero", "marzo", "abril abr", "mayo", "junio", "julio", "agosto ago", "septiembre",
         "octubre", "noviembre", "diciembre dic"),
        "publicado|fecha", "actualizado", "el", "a las", "por",
    ),
    "de": PageDates(
        ("Januar Jänner", "Februar", "März Mrz", "April", "Mai", "Juni", "Juli", "August", "September",
         "Oktober Okt", "November", "Dezember Dez"),
        "veröffentlicht|erschienen|datum", "(?:zuletzt )?aktualisiert|stand", "am", "um",
        "(?:ein |eine )?(?:interview |reportage |kommentar |bericht )?von",
    ),
    "it": PageDates(
        ("gennaio gen", "febbraio", "marzo", "aprile", "maggio mag", "giugno giu", "luglio lug", "agosto ago",
         "settembre set", "ottobre ott", "novembre", "dicembre dic"),
        "pubblicato|data", "aggiornato", "il", "alle", "di|a cura di",
    ),
    "pt": PageDates(
        ("janeiro", "fevereiro fev", "março", "abril abr", "maio", "junho", "julho", "agosto ago", "setembro set",
         "outubro out", "novembro", "dezembro dez"),
        "publicado|data", "atualizado", "em", "às", "por|texto de",
    ),
    "nl": PageDates(
        ("januari", "februari", "maart mrt", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
         "november", "december"),
        "gepubliceerd|datum", "(?:laatst )?bijgewerkt", "op", "om", "door",
    ),
    "sv": PageDates(
        ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
         "november", "december"),
        "publicerad|datum", "(?:senast )?uppdaterad", "den", r"kl\.?", "av|text:",
    ),
    "pl": PageDates(
        ("stycznia styczeń", "lutego luty", "marca marzec", "kwietnia kwiecień", "maja maj", "czerwca czerwiec",
         "lipca lipiec", "sierpnia sierpień", "września wrzesień", "października październik", "listopada listopad",
         "grudnia grudzień"),
        "opublikowan[oay]|data publikacji|publikacja", "(?:ostatnia )?aktualizacja|zaktualizowan[oay]", "dnia",
        r"godz\.?|o",
        "autor(?:ka|zy)?:?|tekst:|opracował[a]?:?",
    ),
    "uk": PageDates(
        ("січня січень", "лютого лютий", "березня березень", "квітня квітень", "травня травень", "червня червень",
         "липня липень", "серпня серпень", "вересня вересень", "жовтня жовтень", "листопада листопад",
         "грудня грудень"),
        "опубліковано|дата публікації", "оновлено", "від", "о", "автор(?:ка)?:?",
    ),
    "ru": PageDates(
        ("января январь", "февраля февраль", "марта март", "апреля апрель", "мая", "июня июнь", "июля июль",
         "августа август", "сентября сентябрь", "октября октябрь", "ноября ноябрь", "декабря декабрь"),
        "опубликовано|дата публикации", "обновлено", "от", "в", "автор:?",
    ),
    "ar": PageDates(
        ("يناير", "فبراير شباط", "مارس آذار", "أبريل نيسان إبريل", "مايو أيار", "يونيو حزيران",
         "يوليو تموز", "أغسطس آب", "سبتمبر أيلول", "أكتوبر", "نوفمبر", "ديسمبر"),
        "نُ?شر(?:ت)?(?: في)?|تاريخ النشر", "آخر تحديث|تم التحديث|حُدِّث", "في|يوم", "الساعة", "بقلم|كتب(?:ت)?:?|إعداد:?",
    ),
}  # fmt: skip
"""By the language's code. Chinese, Japanese and Korean, which write a sign after each number, need no row."""


def spellings() -> list[tuple[str, ...]]:
    """The spellings of each month, of all languages together."""
    rows = [row.months for row in PAGE_DATES.values()]
    return [tuple(dict.fromkeys(name for row in rows for name in row[month].split())) for month in range(12)]


def any_of(field: str) -> str:
    """A regular expression for what one of the languages has in a field.

    >>> import re
    >>> [word for word in ("on", "le", "den", "sale") if re.fullmatch(any_of("on"), word)]
    ['on', 'le', 'den']
    """
    return f"(?:{'|'.join(dict.fromkeys(filter(None, (getattr(row, field) for row in PAGE_DATES.values()))))})"
