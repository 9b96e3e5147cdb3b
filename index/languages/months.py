"""The names of the months in each language in which a page may state its date. Add a language HERE: one row."""

from __future__ import annotations

MONTHS_OF: dict[str, tuple[str, str, str, str, str, str, str, str, str, str, str, str]] = {
    "en": ("Jan January", "Feb February", "Mar March", "Apr April", "May", "Jun June", "Jul July", "Aug August",
           "Sep Sept September", "Oct October", "Nov November", "Dec December"),
    "fr": ("janvier janv", "février févr", "mars", "avril avr", "mai", "juin", "juillet juil", "août", "septembre",
           "octobre", "novembre", "décembre déc"),
    "es": ("enero ene", "febrero", "marzo", "abril abr", "mayo", "junio", "julio", "agosto ago", "septiembre",
           "octubre", "noviembre", "diciembre dic"),
    "de": ("Januar Jänner", "Februar", "März Mrz", "April", "Mai", "Juni", "Juli", "August", "September",
           "Oktober Okt", "November", "Dezember Dez"),
    "it": ("gennaio gen", "febbraio", "marzo", "aprile", "maggio mag", "giugno giu", "luglio lug", "agosto ago",
           "settembre set", "ottobre ott", "novembre", "dicembre dic"),
    "pt": ("janeiro", "fevereiro fev", "março", "abril abr", "maio", "junho", "julho", "agosto ago", "setembro set",
           "outubro out", "novembro", "dezembro dez"),
    "nl": ("januari", "februari", "maart mrt", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
           "november", "december"),
    "sv": ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
           "november", "december"),
}  # fmt: skip
"""By the language's code: January to December, each in all its spellings, short ones without their full stop."""


def spellings() -> list[tuple[str, ...]]:
    """The spellings of each month, of all languages together."""
    return [
        tuple(dict.fromkeys(name for row in MONTHS_OF.values() for name in row[month].split())) for month in range(12)
    ]
