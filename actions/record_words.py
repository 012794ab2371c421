"""The words of a record: what a field is called, who wrote in it, when and how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from actions import house
from indicators.as_typed import shown, title_of
from indicators.headers import ANSWER_COLUMNS, RATING_COLUMNS
from indicators.labels import columns, fields
from indicators.merge import PROFILE
from indicators.ratings import rated_themes, rating_key
from indicators.typed import Said
from locales import mark
from store.acts import OWN_COMPUTER
from store.people import person
from store.record import CHOSEN, CONFIRMED, FORM, LAST_YEAR, WORKBOOK
from store.words import Reader

_WAYS: Mapping[str, str] = {
    FORM: mark("typed on the page"),
    WORKBOOK: mark("taken from a workbook"),
    LAST_YEAR: mark("taken over from last year"),
    CHOSEN: mark("chosen where two wrote at once"),
    CONFIRMED: mark("confirmed as it was last year"),
}
LOG_ACTS: Mapping[str, str] = {
    "say": mark("wrote an answer"),
    "settle": mark("chose between two answers"),
    "take": mark("took answers over from a workbook"),
    "copy": mark("made a workbook of"),
}
_BETWEEN = " · "


@lru_cache(maxsize=8)
def _themes(language: str) -> Mapping[str, str]:
    declaration = house.declaration()
    return {
        rating_key(declaration, one.code): f"§{one.code} {declaration.words[language][one.code].title}"
        for one in rated_themes(declaration)
    }


def title(field: str, language: str) -> str:
    """What a field is called: a measurement with its code, a theme with its paragraph, an entry of the profile."""
    return title_of(house.framework(), _themes(language), field, language)


def column_title(field: str, column: str, language: str) -> str:
    """What a column of a field is called."""
    if field.startswith(PROFILE):
        return fields(language)[field.removeprefix(PROFILE)].text
    return columns(language)[column].text


def text_of(field: str, column: str, text: str, language: str) -> str:
    """One text of a field as its reader calls it."""
    return shown(house.framework(), field, column, text, language)


def columns_of(field: str) -> tuple[str, ...]:
    """The columns in which something may be said in a field, in the order of the workbook."""
    if field.startswith(PROFILE):
        return ("entry",)
    return RATING_COLUMNS if ":" in field else ANSWER_COLUMNS


def apart(field: str, first: Said, second: Said) -> tuple[str, ...]:
    """The columns in which two sides of a field say different things, in the order of the workbook."""
    known = columns_of(field)
    names = [*known, *(name for name in {**first, **second} if name not in known)]
    return tuple(name for name in names if first.get(name, "") != second.get(name, ""))


def said_in_words(field: str, said: Said, language: str) -> str:
    """All that is said in a field, in one line; "" for nothing."""
    return _BETWEEN.join(
        text_of(field, column, said[column], language) for column in columns_of(field) if said.get(column)
    )


def way(name: str, language: str) -> str:
    """How an entry came in."""
    return house.voice(language).say(_WAYS[name]) if name in _WAYS else name


def names_of(reader: Reader, ids: Iterable[str], language: str) -> Mapping[str, str]:
    """What people are called: on one's own computer nobody has a name, and of who was erased none is left."""
    say = house.voice(language).say
    found = {}
    for one in set(ids):
        known = person(reader, one) if one != OWN_COMPUTER else None
        if one == OWN_COMPUTER:
            found[one] = say("whoever uses this computer")
        else:
            found[one] = known.name if known and known.name else say("somebody who is no longer named")
    return found


def moment(at: str, language: str) -> str:
    """When something was written, in the reader's manner; "" for never."""
    return house.voice(language).moment(dt.datetime.fromisoformat(at)) if at else ""


def clock(at: str, zone: str, language: str) -> str:
    """When something was saved, by the reader's own clock: the time to the second, and the day unless it is today."""
    try:
        own: dt.tzinfo = ZoneInfo(zone)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        own = dt.UTC
    then, now = dt.datetime.fromisoformat(at).astimezone(own), dt.datetime.now(own)
    time = f"{then:%H:%M:%S}" if own is not dt.UTC else f"{then:%H:%M:%S} UTC"
    return time if then.date() == now.date() else f"{house.voice(language).date(then.date())} {time}"
