"""The log as a page: what was done, when, by whom, as far as the reader may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import islice

from actions import house
from actions.access import Actor, Subject, may
from actions.record_words import LOG_ACTS as RECORD_ACTS
from actions.state_words import LOG_ACTS, LOG_KINDS
from locales import mark
from reports.sheet import MEDIA_TYPE, Column, Sheet, workbook
from store.acts import OWN_COMPUTER, PROGRAM
from store.ids import is_id
from store.log_lines import LogLine, newest_lines
from store.people import grants_in, person
from store.words import Reader

__all__ = ["MEDIA_TYPE", "office_log", "office_log_file", "office_log_name", "sees_all"]

SHOWN, IN_FILE = 200, 10_000
_ACTS: Mapping[str, str] = {
    "accept": mark("accepted"),
    "add": mark("uploaded"),
    "add_identity": mark("added a way to sign in"),
    "adopt": mark("adopted"),
    "change_password": mark("changed the password"),
    "choose": mark("chose between two answers"),
    "decide": mark("decided"),
    "disable": mark("let in no more"),
    "enable": mark("let in again"),
    "end_sessions": mark("ended the sessions"),
    "erase": mark("erased"),
    "grant": mark("granted a role"),
    "invite": mark("invited"),
    "link": mark("named the city"),
    "make": mark("kept"),
    "make_city": mark("made a city"),
    "publish": mark("let others see"),
    "say": mark("said something in a round"),
    "refuse": mark("refused"),
    "remove": mark("took away"),
    "renew_password": mark("gave a link for a new password"),
    "save": mark("saved"),
    "see": mark("came back"),
    "sign_in": mark("signed in"),
    "sign_out": mark("signed out"),
    "submit": mark("handed in"),
    "take_back": mark("took back"),
    "try": mark("tried to sign in"),
    "unpublish": mark("let others see no more"),
    "withdraw": mark("withdrew a role"),
    "write": mark("wrote"),
    **LOG_ACTS,
    **RECORD_ACTS,
}
_KINDS: Mapping[str, str] = {
    "card": mark("a practice card"),
    "city": mark("a city"),
    "grant": mark("a role"),
    "invitation": mark("an invitation"),
    "membership": mark("a membership check"),
    "person": mark("a person"),
    "round": mark("an award round"),
    "scenario": mark("a what-if"),
    "session": mark("a session"),
    "set": mark("a set of workbooks"),
    "sign_in": mark("a sign-in"),
    "store": mark("the store"),
    "upload": mark("a workbook"),
    **LOG_KINDS,
}
# Of an id of 22 signs as many as tell two apart.
_SIGNS = 6


def sees_all(actor: Actor) -> bool:
    """Whether the actor sees every line, not only her own and those of her cities."""
    return may(actor, "see_log", Subject())


def numbered(actor: Actor) -> bool:
    """Whether lines bear numbers: where some are closed to the reader, a gap would tell that something was done."""
    return sees_all(actor) and not actor.closed


def office_log(actor: Actor, language: str) -> tuple[Mapping[str, str], ...]:
    """The newest lines that the actor may see, newest first, as table rows; ids are cut to their first signs."""
    say, voice = house.voice(language).say, house.voice(language)
    with_numbers = numbered(actor)
    return tuple(
        {
            say("When"): voice.moment(dt.datetime.fromisoformat(one.at)),
            say("Who"): _short(who),
            say("Act"): _word(_ACTS, one.act, language),
            say("What"): " ".join(filter(None, (_word(_KINDS, one.kind, language), _short(one.object_id)))),
            **({say("Line"): str(one.number)} if with_numbers else {}),
        }
        for one, who in _seen(actor, SHOWN, language)
    )


def office_log_file(actor: Actor, language: str) -> bytes:
    """The same as a workbook, with more lines."""
    say = house.voice(language).say
    with_numbers = numbered(actor)
    columns = (
        *((Column(say("Line"), 8, "whole"),) if with_numbers else ()),
        Column(say("When"), 34),
        Column(say("Who"), 28),
        Column(say("Act"), 30),
        Column(say("What"), 22),
        Column(say("Id"), 28),
        Column(say("City"), 28),
    )
    rows = tuple(
        (
            *((one.number,) if with_numbers else ()),
            one.at,
            who,
            _word(_ACTS, one.act, language),
            _word(_KINDS, one.kind, language),
            one.object_id,
            # A line of a round may speak of several cities; the round tells which.
            one.city if one.kind != "round" else "",
        )
        for one, who in _seen(actor, IN_FILE, language)
    )
    return workbook([Sheet(say("Log"), columns, rows)], language)


def office_log_name() -> str:
    """What the file is called."""
    return f"log-{house.today().isoformat()}.xlsx"


def _seen(actor: Actor, limit: int, language: str) -> list[tuple[LogLine, str]]:
    """The newest lines that the right lets through, each with who acted."""
    cities = tuple(dict.fromkeys(one.city for one in actor.grants if one.city))
    led = tuple(one for one in cities if may(actor, "see_log", Subject(city=one)))
    say = house.voice(language).say
    with house.store().reading() as connection:
        lines = _newest(connection, actor, limit, led)
        # Names of those who have a role in the reader's own city; of everybody else the id alone.
        known = {one.person_id for city in led for one in grants_in(connection, city)}
        names = {one: found.name for one in known if (found := person(connection, one))}
    names |= {OWN_COMPUTER: say("the command line"), PROGRAM: say("the program"), actor.person: say("you")}
    return [(one, names.get(one.actor) or one.actor) for one in lines]


def _newest(reader: Reader, actor: Actor, limit: int, led: tuple[str, ...]) -> list[LogLine]:
    """As many lines as are wanted of those that may be seen: how many others lie between is nobody's to learn."""
    lines = newest_lines(reader, limit, cities=led, person=actor.person, every=sees_all(actor))
    return list(islice((one for one in lines if _may_see(actor, one)), limit))


def _may_see(actor: Actor, one: LogLine) -> bool:
    # To whom a city is closed, every line of others is that may be of it: all but those of other cities by name.
    if actor.closed and one.actor != actor.person and (one.kind == "round" or not one.city):
        return False
    return may(actor, "see_log", Subject(city=one.city, person=one.actor))


def _short(text: str) -> str:
    """An id that fits a table on a phone; the file has it whole."""
    return f"{text[:_SIGNS]}…" if is_id(text) else text


def _word(words: Mapping[str, str], key: str, language: str) -> str:
    return house.voice(language).say(words[key]) if key in words else key
