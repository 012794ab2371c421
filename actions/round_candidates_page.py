"""The candidates of a round as a page shows them: who is still open first, every rule, exceptions, past winners."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.round_eligibility import (
    dates,
    past_winners,
    sees_facts,
    standings,
)
from actions.round_facts import EXPERT, REFERENCE_KIND, Candidate, dossiers
from actions.round_read import Seen
from actions.round_rights import ENTER, may_do
from actions.round_rule_words import (
    STANDINGS,
    WITHDRAWN,
    Look,
    Told,
    days_text,
)
from actions.uploads import fold
from indicators.countries import country_name
from scoring.eligibility import ELIGIBLE, NOT_ELIGIBLE, OPEN, Standing
from scoring.eligibility_kinds import ENDS_ON, NOT_KNOWN

# Up to how many rules that wait for an answer are named in the list.
_TOLD_BY_NAME = 2
_ORDER = (OPEN, NOT_ELIGIBLE, ELIGIBLE, WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Line:
    """A candidate in the list: its standing, and the first things that keep it open or out, in words."""

    id: str
    name: str
    country: str
    region: str
    verdict: str
    look: Look
    hindering: str
    exceptions: str
    dossier: str
    no_dossier: bool
    free_from: str


@dataclass(frozen=True, slots=True)
class Winner:
    """A past winner in the list: when it was awarded, when its block ends, and whether it is a reference here."""

    id: str
    name: str
    country: str
    awarded: str
    ends: str
    state: str
    blocked: bool
    entered: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference dossier; `marks` are the expert's by criterion, None where the viewer does not see them."""

    id: str
    name: str
    country: str
    dossier: str
    marks: Mapping[str, float] | None
    version: int
    expert_version: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page: the answer in a sentence, how many stand where, the lines, references and past winners."""

    answer: str
    note: str
    counts: Mapping[str, int]
    lines: tuple[Line, ...]
    references: tuple[Reference, ...]
    winners: tuple[Winner, ...]
    may_enter: bool
    shown: bool


def candidates_page(found: Seen, language: str) -> Page:
    """What a viewer sees of the round's candidates; without standings where she does not see their facts."""
    shown, voice = sees_facts(found), house.voice(language)
    lines = _lines(found, language, standings(found) if shown else {})
    counts = {one: sum(line.verdict == one for line in lines) for one in _ORDER}
    deadline = dates(found).get("deadline")
    set_here = "deadline" in found.settings.dates
    return Page(
        answer=_answer(counts, deadline, language) if shown else "",
        note=""
        if set_here or deadline is None or not shown
        else voice.say(
            "No deadline is set for this round: rules are asked as of {day}, that of the award's own round. "
            "Set it with the round's other days.",
            day=voice.date(deadline),
        ),
        counts=counts,
        lines=lines,
        references=_references(found, language),
        winners=_winners(found, language) if shown else (),
        may_enter=may_do(found, ENTER),
        shown=shown,
    )


def entering_phases(found: Seen, language: str) -> str:
    """The phases in which candidates, answers and exceptions are entered."""
    words = found.award.phase_words[language]
    return house.voice(language).listing(
        [words[one.id].title for one in found.award.phases if ENTER in one.acts]
    )


def _answer(counts: Mapping[str, int], deadline: dt.date | None, language: str) -> str:
    voice = house.voice(language)
    total = counts[OPEN] + counts[NOT_ELIGIBLE] + counts[ELIGIBLE]
    if not total:
        return voice.say("No candidate is in the round yet. Enter the first ones below.")
    told = voice.plural(
        "{count} candidate: {eligible} eligible, {not_eligible} not, {open} still open.",
        "{count} candidates: {eligible} eligible, {not_eligible} not, {open} still open.",
        total,
        eligible=voice.number(counts[ELIGIBLE]),
        not_eligible=voice.number(counts[NOT_ELIGIBLE]),
        open=voice.number(counts[OPEN]),
    )
    if deadline is None:
        return told
    asked = voice.say("Asked as of the deadline, {day}.", day=voice.date(deadline))
    return ("" if language == "zh" else " ").join((told, asked))


def _lines(found: Seen, language: str, answered: Mapping[str, Standing]) -> tuple[Line, ...]:
    every = [one for one in dossiers(found.now) if one.kind != REFERENCE_KIND]
    told = told_for(found, language)
    made = [line_of(found, told, one, answered.get(one.id)) for one in every]
    return tuple(sorted(made, key=lambda one: (_ORDER.index(one.verdict), fold(one.name))))


def told_for(found: Seen, language: str) -> Told:
    """What answers of a round are told with."""
    return Told(found.award, language, {one.id: one.name for one in dossiers(found.now)})


def line_of(found: Seen, told: Told, one: Candidate, standing: Standing | None) -> Line:
    voice, award = told.voice, found.award
    verdict = WITHDRAWN if one.withdrawn else standing.verdict if standing else OPEN
    titles = award.rule_words[told.language]
    in_the_way = [] if standing is None else [each for each in standing.answers if not each.passes]
    # What ends by itself tells its day at once; many answers that are waited for are only counted.
    hindering = [
        titles[each.rule].title
        if each.outcome != ENDS_ON or each.found.ends is None
        else voice.say("{rule} (until {day})", rule=titles[each.rule].title, day=voice.date(each.found.ends))
        for each in in_the_way
        if each.outcome != NOT_KNOWN
    ]
    waiting = [titles[each.rule].title for each in in_the_way if each.outcome == NOT_KNOWN]
    hindering += (
        waiting
        if len(waiting) <= _TOLD_BY_NAME
        else [
            voice.plural("{count} answer is waited for", "{count} answers are waited for", len(waiting)),
        ]
    )
    excepted = [] if standing is None else [each.rule for each in standing.answers if each.exception]
    free = standing.free_from if standing else None
    return Line(
        id=one.id,
        name=one.name,
        country=country_name(one.country, told.language),
        region=award.terms[told.language].get(f"region.{one.region}", one.region),
        verdict=verdict,
        look=STANDINGS[verdict],
        hindering=voice.series(hindering),
        exceptions=voice.series([titles[rule].title for rule in excepted]),
        dossier=voice.say("yes") if one.upload_id else voice.say("missing"),
        no_dossier=one.upload_id == "",
        free_from=voice.date(free) if free else "",
    )


def short_rows(page: Page, language: str) -> list[Mapping[str, str]]:
    """The list as a page shows it, with few columns so that a phone shows it too."""
    voice = house.voice(language)
    made: list[Mapping[str, str]] = []
    for one in page.lines:
        row = {voice.say("City"): voice.say("{city}, {country}", city=one.name, country=one.country)}
        if page.shown:
            more = [one.hindering] if one.hindering else []
            if one.exceptions:
                more.append(voice.say("Exception from: {rules}", rules=one.exceptions))
            if one.no_dossier:
                more.append(voice.say("no dossier yet"))
            row |= {
                voice.say("Eligibility"): f"{one.look.sign} {voice.say(one.look.word)}",
                voice.say("What keeps it open or out"): voice.series(more),
            }
        made.append(row)
    return made


def _references(found: Seen, language: str) -> tuple[Reference, ...]:
    say = house.voice(language).say
    made = []
    for one in dossiers(found.now):
        if one.kind != REFERENCE_KIND:
            continue
        expert = found.now.get((EXPERT, one.id))
        marks = None if expert is None else {k: float(v) for k, v in expert.said["marks"].items()}
        made.append(
            Reference(
                id=one.id,
                name=one.name,
                country=country_name(one.country, language),
                dossier=say("yes") if one.upload_id else say("missing"),
                marks=marks,
                version=one.version,
                expert_version=expert.version if expert else 0,
                withdrawn=one.withdrawn,
            )
        )
    return tuple(made)


def _winners(found: Seen, language: str) -> tuple[Winner, ...]:
    voice, told = house.voice(language), told_for(found, language)
    made = []
    for one in past_winners(found):
        facts = {"day": voice.date(one.free_from)}
        made.append(
            Winner(
                id=one.award.city,
                name=one.award.names[language],
                country=country_name(one.award.country, language),
                awarded=days_text(one.award.awarded, told),
                ends=voice.date(one.ends),
                state=voice.say("reference only, a candidate again from {day}", **facts)
                if one.blocked
                else voice.say("may be a candidate again since {day}", **facts),
                blocked=one.blocked,
                entered=one.entered,
            )
        )
    return tuple(made)
