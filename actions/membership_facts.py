"""What is known of a city for the membership check: from its room's profile, from an open workbook, or typed here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from actions import house
from actions.access import Actor, see
from actions.membership_check import Value
from actions.record import record
from actions.rooms import rooms_of
from actions.standing import upload
from indicators.membership import membership
from indicators.membership_rules import HERE, NO_REPORT, PROFILE, REPORT, Fact
from indicators.profile import profile_fields

# What a quick check asks about, of the profile and of this check alone.
QUICK = ("population", "population_year", "governing_body", "unit_kind", "member_state")


def quick_start(actor: Actor, upload_id: str) -> tuple[str, Mapping[str, str]]:
    """What an open workbook says for a quick check: the name, and texts by fact. NotKeptError."""
    see(actor, upload_id)
    profile = upload(upload_id).reading.profile
    texts = {name: _plain(profile[name]) for name in membership().facts if name in profile}
    return str(profile.get("name", "")), texts


def of_profile(actor: Actor, city_id: str) -> tuple[dict[str, Value], str, int]:
    """Facts of the profile, each from the latest assessment that says it; that assessment and its year.

    Where nothing is said anywhere it is the latest assessment; "" and 0 where there is none.
    """
    wanted = [one.id for one in membership().facts.values() if one.origin == PROFILE]
    found: dict[str, Value] = {}
    room, year = "", 0
    for one in rooms_of(actor, city_id):
        room, year = room or one.id, year or one.year
        profile = record(actor, one.id).reading.profile
        # A number without its own year is not dated by another assessment's.
        if "population" in profile and "population" not in found:
            found |= {name: profile[name] for name in ("population", "population_year") if name in profile}
        for name in wanted:
            if name in profile and name not in found and name != "population_year":
                found[name] = profile[name]
    return found, room, year


def here_fact(fact: str) -> Fact:
    """A fact that is asked for the check alone; ValueError for any other."""
    found = membership().facts.get(fact)
    if found is None or found.origin != HERE:
        raise ValueError(f"{fact!r} is not asked here")
    return found


def parsed(texts: Mapping[str, str], origin: str) -> dict[str, Value]:
    """The values of texts; what cannot be one is not known."""
    made: dict[str, Value] = {}
    for name, text in texts.items():
        fact = membership().facts.get(name)
        if fact is not None and fact.origin == origin and text:
            try:
                made[name] = value_of(fact, text)
            except ValueError:
                continue
    return made


def value_of(fact: Fact, text: str) -> Value:
    """The value of a text; ValueError for one that the fact cannot be."""
    if fact.choices:
        if text not in fact.choices:
            raise ValueError(f"{text!r} is no choice of {fact.id}")
        return text
    if fact.kind == REPORT:
        return text if text == NO_REPORT else dt.date.fromisoformat(text)
    number, (low, high) = int(text), bounds(fact)
    if not low <= number <= high:
        raise ValueError(f"{fact.id} must lie from {low} to {high}")
    return number


def _plain(value: str | float | int) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def bounds(fact: Fact) -> tuple[int, int]:
    """Between which numbers a fact lies; (0, 0) for one that is no number."""
    if fact.origin != PROFILE or fact.choices:
        return fact.low, fact.high
    field = profile_fields()[fact.id]
    if field.kind == "year":
        return int(field.low or 0), house.today().year
    # A town may be smaller than a workbook expects of a city.
    return 1, int(field.high or 0)
