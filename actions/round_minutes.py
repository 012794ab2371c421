"""The minutes of a jury: what was decided and by what, as a paper in either language, as a Word file or a PDF.

Everything in them follows from what their reader may see. Whoever has a conflict gets them without the cities that are
closed to her, and without the head of the log, which counts what was done about those, too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

from actions import house
from actions.access import Actor, NotAllowedError
from actions.round_agenda import agenda, outside, told_of
from actions.round_ballots import ballots
from actions.round_decisions import DECISIONS, decisions, dissents
from actions.round_facts import EXCEPTION, ONE, PHASE, of_kind, seats
from actions.round_meeting_words import (
    DECIDED,
    ballot_outcome,
    ballot_title,
    choice_word,
    city_name,
    names,
)
from actions.round_questions import questions
from actions.round_read import Seen, seen
from actions.round_table import Row, table_of
from actions.round_width_words import bands_hold
from actions.round_widths import Widths, widths
from actions.round_words import ROLES, phase_title
from indicators.countries import country_name
from locales import Speaker
from reports.paper import Block, Grid, Heading, Line, Paper, Points
from reports.pdf import MEDIA_TYPE as PDF
from reports.pdf import pdf
from reports.word import MEDIA_TYPE as WORD
from reports.word import word
from scoring.model import DrawSettings
from scoring.version import ENGINE

__all__ = ["PDF", "WORD", "may_read_minutes", "minutes", "minutes_pdf", "minutes_word"]
_DASH = "–"


def may_read_minutes(found: Seen) -> bool:
    """Whether the viewer may have minutes: she sees results, and marks bear names or are hers to see anyway."""
    return found.sees_results and bool(found.viewer.seat or found.viewer.office) and _by_name(found)


def _by_name(found: Seen) -> bool:
    return found.phase.names or found.viewer.office


def minutes_word(actor: Actor, round_id: str, seat: str, language: str) -> bytes:
    """The minutes as a Word file; errors as `minutes`."""
    return word(minutes(actor, round_id, seat, language))


def minutes_pdf(actor: Actor, round_id: str, seat: str, language: str) -> bytes:
    """The minutes as a PDF; errors as `minutes`."""
    return pdf(minutes(actor, round_id, seat, language))


def minutes(actor: Actor, round_id: str, seat: str, language: str) -> Paper:
    """The minutes as the actor may read them. NotKeptError, NotAllowedError, StoreError."""
    found = seen(actor, round_id, seat)
    if not may_read_minutes(found):
        raise NotAllowedError
    voice = house.voice(language)
    say, award = voice.say, found.award
    title = say("Minutes of the jury")
    ranking = partial(_ranking, widths=widths(actor, found))
    parts = (_head, _decisions, _votes, _dissent, _outside, ranking, _rules, _open, _proof, _signed)
    return Paper(
        title=title,
        subtitle=f"{award.names[language]} · {found.settings.name}",
        language=language,
        moment=_moment(found),
        foot=f"{title} · {found.settings.name}",
        blocks=tuple(block for part in parts for block in part(found, voice)),
    )


def _moment(found: Seen) -> dt.datetime:
    """The day of the phase that the round is in, so that the same round gives the same bytes."""
    entry = found.now.get((PHASE, ONE))
    return dt.datetime.fromisoformat(entry.at if entry else found.round.at)


def _head(found: Seen, voice: Speaker) -> Iterator[Block]:
    say = voice.say
    if found.round.invented:
        yield Line(say("Invented round (sample): cities, jury, marks and decisions are made up."))
    if "decide" in found.phase.acts or not ({"release"} & found.phase.acts):
        yield Line(say("Draft: the round is not closed yet, and what stands here may still change."))
    if found.viewer.recused:
        yield Line(
            say(
                "Made for a member of the jury with a conflict: the cities closed to her are left out of everything."
            )
        )
    yield Line(
        say(
            "Phase: {phase}, since {moment}.",
            phase=phase_title(found, found.phase.id, voice.language),
            moment=voice.moment(_moment(found)),
        )
    )
    yield Heading(say("The jury"))
    rows = tuple(
        (next(iter(names(found, (one.id,))), _DASH), say(ROLES[one.role]), one.employer or _DASH)
        for one in seats(found.now)
        if one.active
    )
    yield Grid((say("Name"), say("Part in the round"), say("Works for")), rows, say("Members of the jury"))


def _decisions(found: Seen, voice: Speaker) -> Iterator[Block]:
    say = voice.say
    yield Heading(say("Decisions"))
    made = decisions(found)
    # Awards first, cities without a decision last; within that as they were discussed.
    order = [made[one.candidate.id].decision if one.candidate.id in made else "" for one in agenda(found)]
    places = [(*DECISIONS, "").index(one) for one in order]
    items = [one for _, one in sorted(zip(places, agenda(found), strict=True), key=lambda pair: pair[0])]
    rows = []
    for one in items:
        known = made.get(one.candidate.id)
        rows.append(
            (
                one.candidate.name,
                country_name(one.candidate.country, voice.language),
                say(DECIDED[known.decision]) if known else say("Not decided"),
                known.reason if known else _DASH,
            )
        )
    columns = (say("City"), say("Country"), say("Decision"), say("Reason"))
    yield Grid(columns, tuple(rows), say("Decision and reason for every city"), wide=(3,))


def _votes(found: Seen, voice: Speaker) -> Iterator[Block]:
    say = voice.say
    every = [one for one in ballots(found) if one.closed]
    yield Heading(say("Votes"))
    if not every:
        yield Line(say("The jury decided without a vote."))
        return
    rows = []
    for one in every:
        given = [
            f"{next(iter(names(found, (seat,))), _DASH)}: "
            + (choice_word(found, one.votes[seat], voice) if seat in one.votes else say("Did not vote"))
            for seat in one.voters
        ]
        rows.append((ballot_title(found, one, voice), ballot_outcome(found, one, voice), voice.series(given)))
    columns = (say("Vote on"), say("Outcome"), say("By name"))
    yield Grid(columns, tuple(rows), say("Every vote with its outcome and who voted how"), wide=(1, 2))


def _dissent(found: Seen, voice: Speaker) -> Iterator[Block]:
    say = voice.say
    yield Heading(say("Dissent"))
    given = dissents(found)
    if not given:
        yield Line(say("Nobody put a dissent on record."))
        return
    yield Points(
        tuple(
            say(
                "{name} on {city}: {why}",
                name=next(iter(names(found, (one.seat,))), _DASH),
                city=city_name(found, one.candidate),
                why=one.text,
            )
            for one in given
        )
    )


def _outside(found: Seen, voice: Speaker) -> Iterator[Block]:
    say = voice.say
    yield Heading(say("Recusals"))
    rows = []
    if not all(told_of(found, one) for one in agenda(found)):
        yield Line(say("Who was recused is told by chair and secretariat."))
        return
    for one in agenda(found):
        out = names(found, outside(found, one.candidate.id))
        if out:
            rows.append((one.candidate.name, voice.series(out)))
    if not rows:
        yield Line(say("Nobody had to leave the room."))
        return
    yield Line(
        say(
            "These members saw nothing of the city, were outside while it was discussed, and did not vote on it."
        )
    )
    yield Grid((say("City"), say("Outside")), tuple(rows), say("Cities and who was recused from them"))


def _ranking(found: Seen, voice: Speaker, *, widths: Widths) -> Iterator[Block]:
    say, language = voice.say, voice.language
    yield Heading(say("Ranking by the marks"))
    rows = table_of(found, widths)
    if not rows:
        yield Line(say("There are no marks."))
        return
    settings = DrawSettings()
    yield Line(
        say(
            "Mean marks from {lowest} to {highest}. Cities of one rank band cannot be told apart by the marks: "
            "in {share} of {draws} draws a city's rank lies within the ranks given.",
            lowest=voice.number(found.award.marks.lowest),
            highest=voice.number(found.award.marks.highest),
            share=voice.percent(round(settings.high - settings.low, 4)),
            draws=voice.number(settings.draws),
        )
    )
    for sentence in bands_hold(found, widths, language):
        yield Line(sentence)
    yield Line(
        say("Marks count as corrected for severity.")
        if found.settings.adjust
        else say("Marks count as they were given, without correction for severity.")
    )
    words = found.award.criterion_words[language]
    criteria = tuple(words[one.id].short for one in found.award.criteria)
    columns = (say("Rank"), say("City"), say("Mean mark"), say("Rank band"), say("Ranks"), *criteria)
    yield Grid(
        columns, tuple(_row(one, voice) for one in rows), say("Ranking with rank bands and means"), wide=(1,)
    )


def _row(one: Row, voice: Speaker) -> tuple[str, ...]:
    def told(value: float | None) -> str:
        return _DASH if value is None else voice.number(value, 2)

    ranks = (
        voice.number(one.low) if one.low == one.high else f"{voice.number(one.low)}–{voice.number(one.high)}"
    )
    return (
        voice.number(one.rank) if one.rank else _DASH,
        one.name,
        told(one.points),
        voice.number(one.band) if one.band else _DASH,
        ranks if one.rank else _DASH,
        *(told(mean) for mean in one.means),
    )


def _rules(found: Seen, voice: Speaker) -> Iterator[Block]:
    say, words = voice.say, found.award.rule_words[voice.language]
    yield Heading(say("Rules"))
    yield Heading(say("Eligibility"), 2)
    yield Points(tuple(words[one.id].text for one in found.award.eligibility))
    granted = [
        say(
            "Exception for {city} from “{rule}”: {reason}",
            city=city_name(found, one.key.split(":")[0]),
            rule=words[rule].title if (rule := one.key.split(":")[1]) in words else rule,
            reason=str(one.said.get("reason", "")),
        )
        for one in of_kind(found.now, EXCEPTION)
        if one.said.get("granted", True) and one.said.get("reason")
    ]
    if granted:
        yield Points(tuple(granted))
    yield Heading(say("Choice of winners"), 2)
    # Where the round has a number of its own, the award's does not count.
    held = [one for one in found.award.selection if one.kind != "winners" or not found.settings.winners]
    told = list(dict.fromkeys(words[one.id].text for one in held))
    if found.settings.winners:
        told.insert(
            0,
            say(
                "For this round at most {count} awards were set.", count=voice.number(found.settings.winners)
            ),
        )
    yield Points(tuple(told))
    yield Heading(say("Equal cities, in this order"), 2)
    yield Points(tuple(words[one.id].text for one in found.award.tie_breaks))


def _open(found: Seen, voice: Speaker) -> Iterator[Block]:
    asked = questions(found)
    if not asked:
        return
    say = voice.say
    yield Heading(say("Questions"))
    rows = tuple((city_name(found, one.candidate), one.text, one.answer or say("Open")) for one in asked)
    yield Grid((say("City"), say("Question"), say("Answer")), rows, say("Questions and answers"), wide=(1, 2))


def _proof(found: Seen, voice: Speaker) -> Iterator[Block]:
    say, award = voice.say, found.award
    yield Heading(say("Versions and proof"))
    lines = [
        say("Award: {award}, edition {edition}.", award=award.id, edition=award.edition),
        say("Rules, SHA-256 of all their files: {hash}", hash=found.round.rules_sha256),
        say(
            "Engine of the figures: version {version}; seed of draws: {seed}.",
            version=ENGINE,
            seed=found.settings.seed,
        ),
    ]
    if not found.viewer.recused:
        lines.append(say("Log at {head}.", head=str(house.store().head())))
    yield Points(tuple(lines))
    yield Line(
        say(
            "The package of this round holds data, rules and marks. Whoever has it works out the ranking anew with: "
            "python -m actions verify PACKAGE.zip"
        )
    )


def _signed(found: Seen, voice: Speaker) -> Iterator[Block]:
    say = voice.say
    yield Heading(say("Signatures"))
    wanted = [
        one for one in seats(found.now) if one.active and one.role in ("chair", "substitute", "secretariat")
    ]
    rows = tuple((next(iter(names(found, (one.id,))), _DASH), say(ROLES[one.role]), "") for one in wanted)
    columns = (say("Name"), say("Part in the round"), say("Day and signature"))
    yield Grid(columns, rows, say("Who signs these minutes"), wide=(2,))
