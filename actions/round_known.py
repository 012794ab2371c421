"""What the installation knows already of a candidate's facts: from its workbook, its profile and its membership."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor, NotKeptError, Subject, may, see
from actions.membership_check import MET, NOT_MET, evaluate
from actions.membership_facts import of_profile, parsed
from actions.standing import upload
from indicators.membership import membership
from indicators.membership_rules import HERE
from scoring.award import Award
from scoring.periods import span
from store.membership import said_by
from store.people import city

# Where a fact comes from.
TYPED, WORKBOOK, ROOM, MEMBERSHIP = SOURCES = ("typed", "workbook", "room", "membership")
# What the award asks of which this installation knows something.
MEMBER, MEMBER_SINCE, REPORT = "member", "member_since", "progress_report"
_REPORT_RULE = "report"


@dataclass(frozen=True, slots=True)
class Known:
    """A fact that stands somewhere else already: its text as the award asks for it, and where it stands."""

    text: str
    source: str


def known_facts(actor: Actor, award: Award, upload_id: str, city_id: str, on: dt.date) -> Mapping[str, Known]:
    """What is known of the facts that an award asks, by fact; of nothing that the actor may not see."""
    found = {**_of_membership(actor, city_id, on), **_of_workbook(actor, upload_id)}
    asked = {rule.fact: rule for rule in award.eligibility}
    return {
        name: one
        for name, one in found.items()
        if name in asked and (not asked[name].options or one.text in asked[name].options)
    }


def _of_workbook(actor: Actor, upload_id: str) -> dict[str, Known]:
    if not upload_id:
        return {}
    try:
        see(actor, upload_id)
        profile = upload(upload_id).reading.profile
    except NotKeptError:
        return {}
    return _of_year(profile.get("member_since"), WORKBOOK)


def _of_year(year: object, source: str) -> dict[str, Known]:
    """Who has a year of joining is a member; who has none may be one all the same."""
    if not isinstance(year, int | float):
        return {}
    text = str(int(year))
    span(text)
    return {MEMBER: Known("yes", source), MEMBER_SINCE: Known(text, source)}


def _of_membership(actor: Actor, city_id: str, on: dt.date) -> dict[str, Known]:
    """The year of joining from the city's room, and whether its last report is in, from its membership check."""
    if not city_id:
        return {}
    with house.store().reading() as reader:
        of = city(reader, city_id)
        if of is None or not may(actor, "see_record", Subject(of.id, of.country)):
            return {}
        said = said_by(reader, city_id)
    facts, _, _ = of_profile(actor, city_id)
    facts |= parsed(said.facts if said else {}, HERE)
    found = _of_year(facts.get(MEMBER_SINCE), ROOM)
    checked = evaluate(membership(), on, facts)
    report = next((one for one in checked.outcomes if one.rule.id == _REPORT_RULE), None)
    if report is not None and report.state == NOT_MET:
        found[REPORT] = Known("not_filed", MEMBERSHIP)
    elif report is not None and report.state == MET:
        filed = isinstance(facts.get("last_report"), dt.date)
        found[REPORT] = Known("filed" if filed else "not_due", MEMBERSHIP)
    return found
