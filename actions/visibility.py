"""Who may see an assessment once it is handed in: the city's own choice, which counts from the next act on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor, may
from actions.record_words import moment, names_of
from actions.rooms import RoomError, room
from locales import mark
from store.acts import Act
from store.visibilities import (
    CHOICES,
    JURY,
    NETWORK,
    PRIVATE,
    PUBLIC,
    ChosenMeanwhileError,
    choose,
    visibility,
)

NAMES: Mapping[str, str] = {
    PRIVATE: mark("Private"),
    JURY: mark("Jury only"),
    NETWORK: mark("Network"),
    PUBLIC: mark("Public"),
}
_MEANINGS: Mapping[str, str] = {
    PRIVATE: mark(
        "The city's own people, the secretariat and the National Commission of its country. Jurors do not see it."
    ),
    JURY: mark("In addition jurors, their chair and the auditor. No other city sees it."),
    NETWORK: mark("In addition everybody who has a role in any city of the network."),
    PUBLIC: mark("Everybody who signs in here; it is marked as public."),
}


@dataclass(frozen=True, slots=True)
class VisibilityShown:
    """The choice of one assessment: what holds, what else could, and whether the actor may choose.

    `options` are (choice, name, meaning); `when` says who chose and when ("" where nobody did), `until` what holds
    before anything is handed in. `version` is what a choice is made on top of.
    """

    choice: str
    name: str
    options: tuple[tuple[str, str, str], ...]
    may_choose: bool
    version: int
    when: str
    until: str


def visibility_of(actor: Actor, assessment_id: str, language: str) -> VisibilityShown:
    """Who may see an assessment, in words; NotKeptError."""
    here = room(actor, assessment_id)
    say = house.voice(language).say
    with house.store().reading() as reader:
        found = visibility(reader, assessment_id)
        by = names_of(reader, [found.by] if found.version else [], language)
    when = (
        say("Chosen by {name}, {moment}.", name=by[found.by], moment=moment(found.at, language)) if by else ""
    )
    if actor.everything:
        until = say(
            "Nobody signs in on this computer, so the choice is a label: it goes along with what is handed in."
        )
    elif here.handed_in is None:
        until = say("Nothing is handed in yet: until then only the city's own people see this assessment.")
    else:
        until = ""
    return VisibilityShown(
        found.choice,
        say(NAMES[found.choice]),
        tuple((one, say(NAMES[one]), say(_MEANINGS[one])) for one in CHOICES),
        may(actor, "lead", here.subject),
        found.version,
        when,
        until,
    )


def choose_visibility(actor: Actor, assessment_id: str, choice: str, base: int) -> None:
    """Choose who may see an assessment; it holds for its workbooks in every list from the next act on.

    NotKeptError, NotAllowedError; RoomError where somebody else chose meanwhile; StoreError.
    """
    here = room(actor, assessment_id, "lead")
    if choice not in CHOICES:
        raise RoomError("visibility_unknown")
    act = Act(actor.person, "choose", "visibility", assessment_id, {"city": here.city.id, "choice": choice})
    with house.store().writing(act) as writing:
        try:
            choose(writing, assessment_id, choice, base=base)
        except ChosenMeanwhileError:
            raise RoomError("chosen_meanwhile") from None
