"""Declarations and conflicts of a jury as a workbook for the office, of what its reader may see."""

from __future__ import annotations

from actions import house
from actions.access import Actor, NotAllowedError
from actions.round_conflict_words import KINDS
from actions.round_facts import conflict, dossiers, seats
from actions.round_read import seen
from actions.round_reviewing import known_conflicts, sees_conflicts, to_review
from reports.sheet import MEDIA_TYPE, Column, Sheet, workbook

__all__ = ["MEDIA_TYPE", "conflicts_file", "conflicts_file_name"]


def conflicts_file_name(language: str) -> str:
    """What the file is called: subject and day."""
    subject = house.voice(language).say("Conflicts").casefold()
    return f"{subject}-{house.today().isoformat()}.xlsx"


def conflicts_file(actor: Actor, round_id: str, seat: str, language: str) -> bytes:
    """The bytes of the .xlsx; NotKeptError and NotAllowedError for whoever does not run the round."""
    found = seen(actor, round_id, seat)
    if not sees_conflicts(found):
        raise NotAllowedError
    say = house.voice(language).say
    known = Sheet(
        say("Conflicts"),
        tuple(
            Column(title, width)
            for title, width in (
                (say("Name"), 28),
                (say("City"), 28),
                (say("Kind of conflict"), 24),
                (say("What was said of it"), 50),
                (say("Since"), 22),
                (say("Second person"), 60),
            )
        ),
        tuple(
            (one.name, one.city, one.kind, one.note, one.since, one.review)
            for one in known_conflicts(found, language)
        ),
        wrapped=True,
    )
    people = [one for one in seats(found.now) if one.active]
    said = Sheet(
        say("Declarations"),
        (Column(say("City"), 28), *(Column(one.name, 22) for one in people)),
        tuple(
            (
                city.name,
                *(
                    say("not declared yet") if kind is None else say(KINDS[kind])
                    for kind in (conflict(found.now, one.id, city.id) for one in people)
                ),
            )
            for city in dossiers(found.now)
            if not city.withdrawn
        ),
    )
    looked = Sheet(
        say("For the second person"),
        tuple(
            Column(title, width)
            for title, width in (
                (say("Name"), 28),
                (say("City"), 28),
                (say("Why it might be one"), 40),
                (say("What was declared"), 26),
                (say("Second person"), 60),
            )
        ),
        tuple((one.name, one.city, one.why, one.declared, one.review) for one in to_review(found, language)),
        wrapped=True,
    )
    return workbook([known, said, looked], language)
