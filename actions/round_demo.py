"""A round of invented cities to try the jury's half with: on one's own computer, made with one click.

The cities are the sample cities, the jury and its marks stand in sample_data; everything is invented and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from actions import house
from actions.access import Actor, NotAllowedError
from actions.round_conflicts import Declaration, declare
from actions.round_facts import (
    MARKED,
    NO_CONFLICT,
    REFERENCE_KIND,
    candidates,
    pairs,
)
from actions.round_marks import Answer, Given, give_marks
from actions.round_pairs import keep_plan, proposed
from actions.round_read import rounds, seen
from actions.round_setup import (
    NewCandidate,
    NewSeat,
    change_settings,
    enter_candidate,
    make_round,
    move_on,
    take_seat,
)
from actions.round_words import INVENTED
from actions.samples import open_sample
from actions.standing import upload
from sample_data.jury import conflicts, invented_marks, members, merit
from sample_data.make import city, city_ids

# The city on whose dossier everybody practises.
REFERENCE = "lindenhavn"
DATES = {"deadline": "2026-05-31", "conferred": "2026-12-02"}
WINNERS = 3
# Which share of the work is done once the cities are in, all have declared, and all have practised: by the clock.
ENTERED, DECLARED, PRACTISED = 0.84, 0.9, 0.94
# Invented, like all the rest: what eligibility asks and no workbook says.
FACTS: Mapping[str, str] = {
    "member": "yes",
    "nominated": "yes",
    "mayor_signed": "yes",
    "consent_signed": "yes",
    "progress_report": "filed",
}


def demo_round(actor: Actor) -> str:
    """The invented round of this computer that was made last, "" where there is none."""
    return next((one.id for one in rounds(actor) if one.invented), "")


def make_demo(actor: Actor, language: str, so_far: Callable[[float], object] = lambda share: None) -> str:
    """Make an invented round up to the discussion: eligibility, conflicts, calibration and marks; returns its id.

    `so_far` is told which share 0-1 of it is done. NotAllowedError where people sign in, StoreError.
    """
    if not actor.everything:
        raise NotAllowedError
    made = make_round(actor, "unesco_2024", house.voice(language).say(INVENTED), invented=True)
    change_settings(actor, made, "", 1, {"dates": DATES, "winners": WINNERS})
    entered = _enter(actor, made, language, so_far)
    so_far(ENTERED)
    seated = {
        one.id: take_seat(
            actor,
            made,
            "",
            NewSeat(
                one.role,
                one.names[language],
                employer=one.employers[language],
                country=one.country,
                languages=one.languages,
                most=one.most,
            ),
        )
        for one in members()
    }
    move_on(actor, made, "", 0, "declare")
    for member, seat in seated.items():
        declare(actor, made, seat, _declarations(member, entered, language))
    so_far(DECLARED)
    move_on(actor, made, "", 1, "assign")
    plan, _ = proposed(seen(actor, made), keep_present=False)
    keep_plan(
        actor,
        made,
        "",
        [
            (juror.id, one.id)
            for j, juror in enumerate(plan.jurors)
            for i, one in enumerate(plan.cities)
            if plan.assigned[j, i]
        ],
    )
    move_on(actor, made, "", 2, "calibrate")
    _mark(actor, made, seated, entered, language, reference=True)
    so_far(PRACTISED)
    move_on(actor, made, "", 3, "mark")
    _mark(actor, made, seated, entered, language, reference=False)
    move_on(actor, made, "", 4, "discuss")
    so_far(1.0)
    return made


def _enter(actor: Actor, made: str, language: str, so_far: Callable[[float], object]) -> Mapping[str, str]:
    """Every sample city comes in; its id in the round by its id among the samples."""
    found = {}
    for number, one in enumerate(city_ids()):
        so_far(ENTERED * number / len(city_ids()))
        dossier = open_sample(actor, one, language).upload_id
        profile = upload(dossier).reading.profile
        reference = one == REFERENCE
        found[one] = enter_candidate(
            actor,
            made,
            "",
            NewCandidate(
                name=city(one).names[language],
                country=str(profile["country"]),
                region=str(profile["region"]),
                upload_id=dossier,
                # Most of the invented jury reads English alone; their workbooks are there in both languages.
                languages=tuple(dict.fromkeys((language, "en"))),
                facts={
                    **FACTS,
                    "member_since": str(int(str(profile["member_since"]))),
                    "commission": str(profile["country"]),
                },
                kind=REFERENCE_KIND if reference else "candidate",
                expert=merit(one) if reference else {},
            ),
        )
    return found


def _declarations(member: str, entered: Mapping[str, str], language: str) -> Mapping[str, Declaration]:
    own = {one.city: one for one in conflicts() if one.member == member}
    return {
        candidate: Declaration(own[name].conflict, own[name].notes[language])
        if name in own
        else Declaration(NO_CONFLICT)
        for name, candidate in entered.items()
    }


def _mark(
    actor: Actor,
    made: str,
    seated: Mapping[str, str],
    entered: Mapping[str, str],
    language: str,
    *,
    reference: bool,
) -> None:
    found = seen(actor, made)
    names = {candidate: name for name, candidate in entered.items()}
    kind = REFERENCE_KIND if reference else "candidate"
    wanted = {one.id for one in candidates(found.now, kind)}
    judged = set(pairs(found.now))
    why = house.voice(language).say("Invented reason.")
    for member in members():
        seat = seated[member.id]
        if not member.most:
            continue
        own = [one for one in wanted if reference or (seat, one) in judged]
        answers = [
            Answer(entered[name], criterion, 0, Given(MARKED, value, why))
            for (name, criterion), value in invented_marks(member, sorted(names[one] for one in own)).items()
        ]
        if answers:
            give_marks(actor, made, seat, answers)
