"""A jury's meeting as one viewer sees it, in words: where it stands, its order, and everything about one city."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor
from actions.round_agenda import (
    Item,
    agenda,
    called,
    comings_and_goings,
    following,
    outside,
    proposed_order,
    told_of,
)
from actions.round_ballots import Ballot, ballots, vote_version
from actions.round_decisions import decisions, dissents, undecided
from actions.round_decisions import winners as decided_winners
from actions.round_facts import DISSENT, VERDICT, of_kind, version_of
from actions.round_figures import figures
from actions.round_meeting_words import (
    DECIDED,
    STATES,
    ballot_outcome,
    ballot_title,
    choice_word,
    city_name,
    names,
)
from actions.round_questions import Question, questions
from actions.round_read import COMPUTER, Seen
from actions.round_rights import ASK, CAST, DECIDE, DISSENT_ACT, LEAD, may_do
from actions.round_slate_rules import winners
from actions.round_verdicts import NOT_FOUND, NOT_SUPPORTED, PARTLY, SUPPORTED
from locales import Speaker, mark

# What was found of a city's evidence, and the word for it.
VERDICTS: Mapping[str, str] = {
    SUPPORTED: mark("Evidence supports it"),
    PARTLY: mark("Evidence supports it in part"),
    NOT_SUPPORTED: mark("Evidence does not support it"),
    NOT_FOUND: mark("Evidence not found"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A city on the agenda: `version` is that of its place there."""

    id: str
    name: str
    state: str
    leaves: str
    open_questions: int
    decision: str
    version: int


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody who may vote: what she chose so far ("" for nothing yet, or not the viewer's to see)."""

    seat: str
    name: str
    choice: str
    version: int
    mine: bool


@dataclass(frozen=True, slots=True)
class Vote:
    """A ballot in words: `choices` by their names, `told` how it came out, "" while it is open."""

    id: str
    title: str
    about: tuple[str, ...]
    choices: Mapping[str, str]
    closed: bool
    told: str
    voters: tuple[Voter, ...]
    version: int


@dataclass(frozen=True, slots=True)
class City:
    """One city in the meeting: who moves for it, what is open, how it stands, what was decided."""

    id: str
    name: str
    called: bool
    out: tuple[str, ...]
    standing: str
    evidence: tuple[tuple[str, str], ...]
    questions: tuple[tuple[Question, str], ...]
    votes: tuple[Vote, ...]
    decision: str
    reason: str
    decided: str
    version: int
    dissent: tuple[tuple[str, str], ...]
    own_dissent: str
    own_dissent_version: int
    may_decide: bool
    may_dissent: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where the meeting stands: figures, the order, which city is called and what moves for the next one."""

    summary: str
    figures: tuple[tuple[str, str, str], ...]
    lines: tuple[Line, ...]
    order_note: str
    ordered: bool
    called: str
    next: str
    next_name: str
    next_version: int
    moves: tuple[str, ...]
    may_lead: bool
    may_ask: bool
    may_open_ballots: bool
    open_to_decide: bool


def meeting(found: Seen, language: str) -> Meeting:
    """The meeting as the viewer sees it now."""
    voice = house.voice(language)
    say = voice.say
    items = agenda(found)
    now, then = called(found), following(found)
    left, won, most = undecided(found), decided_winners(found), winners(found)
    waiting = Counter(one.candidate for one in questions(found) if one.open)
    open_votes = [one for one in ballots(found) if not one.closed]
    done = len(items) - len(left)
    summary = say(
        "{done} of {all} cities are decided; {won} of at most {most} awards are given.",
        done=voice.number(done),
        all=voice.number(len(items)),
        won=voice.number(len(won)),
        most=voice.number(most),
    )
    figures = (
        (say("Decided"), f"{voice.number(done)} / {voice.number(len(items))}", ""),
        (say("Awards given"), f"{voice.number(len(won))} / {voice.number(most)}", ""),
        (say("Open questions"), voice.number(waiting.total()), ""),
        (say("Votes under way"), voice.number(len(open_votes)), ""),
    )
    order = tuple(one.candidate.id for one in items)
    return Meeting(
        summary=summary,
        figures=figures,
        lines=tuple(_line(found, one, waiting[one.candidate.id], voice) for one in items),
        order_note=_order_note(found, order, voice) if found.viewer.office else "",
        ordered=any(one.version for one in items),
        called=now.candidate.id if now else "",
        next=then.candidate.id if then else "",
        next_name=then.candidate.name if then else "",
        next_version=then.version if then else 0,
        moves=_moves(found, now, then, voice),
        may_lead=may_do(found, LEAD),
        may_ask=may_do(found, ASK),
        may_open_ballots=may_do(found, LEAD) and "vote" in found.phase.acts,
        open_to_decide="decide" in found.phase.acts,
    )


def _line(found: Seen, item: Item, waiting: int, voice: Speaker) -> Line:
    made = decisions(found).get(item.candidate.id)
    return Line(
        id=item.candidate.id,
        name=item.candidate.name,
        state=voice.say(STATES[item.state]),
        leaves=voice.series(names(found, item.out))
        if told_of(found, item)
        else voice.say("Told once the order is kept"),
        open_questions=waiting,
        decision=voice.say(DECIDED[made.decision]) if made else "",
        version=item.version,
    )


def _order_note(found: Seen, order: tuple[str, ...], voice: Speaker) -> str:
    present, best = comings_and_goings(found, order), comings_and_goings(found, proposed_order(found))
    if present == best:
        return voice.say(
            "In this order people leave the room or come back {count} times; no order needs fewer.",
            count=voice.number(present),
        )
    return voice.say(
        "In this order people leave the room or come back {count} times; in the proposed order {best} times.",
        count=voice.number(present),
        best=voice.number(best),
    )


def _moves(found: Seen, now: Item | None, then: Item | None, voice: Speaker) -> tuple[str, ...]:
    """Who leaves and who comes back when the next city is called; nothing where the viewer cannot know it yet."""
    if then is None or not told_of(found, then):
        return ()
    before = now.out if now else ()
    leaves = names(found, [one for one in then.out if one not in before])
    back = names(found, [one for one in before if one not in then.out])
    told = []
    if leaves:
        told.append(voice.say("Leaves the room: {names}", names=voice.series(leaves)))
    if back:
        told.append(voice.say("Comes back: {names}", names=voice.series(back)))
    return tuple(told) or (voice.say("Nobody has to leave or come back."),)


def city(actor: Actor, found: Seen, candidate: str, language: str) -> City:
    """One city in the meeting; KeyError for one that the viewer does not see."""
    voice = house.voice(language)
    item = {one.candidate.id: one for one in agenda(found)}[candidate]
    now = called(found)
    made = decisions(found).get(candidate)
    own = next((one for one in dissents(found, candidate) if one.seat == found.viewer.seat), None)
    return City(
        id=candidate,
        name=item.candidate.name,
        called=now is not None and now.candidate.id == candidate,
        out=names(found, outside(found, candidate)),
        standing=_standing(actor, found, candidate, voice),
        evidence=_evidence(found, candidate, voice),
        questions=tuple(
            (one, next(iter(names(found, (one.seat,))), "")) for one in questions(found, candidate)
        ),
        votes=tuple(_vote(found, one, voice) for one in ballots(found, candidate)),
        decision=made.decision if made else "",
        reason=made.reason if made else "",
        decided=voice.say(DECIDED[made.decision]) if made else "",
        version=made.version if made else 0,
        dissent=tuple(
            (next(iter(names(found, (one.seat,))), ""), one.text) for one in dissents(found, candidate)
        ),
        own_dissent=own.text if own else "",
        own_dissent_version=_dissent_version(found, candidate),
        may_decide=may_do(found, DECIDE, candidate),
        may_dissent=bool(made) and bool(found.viewer.seat) and may_do(found, DISSENT_ACT, candidate),
    )


def _dissent_version(found: Seen, candidate: str) -> int:
    return version_of(found.now, DISSENT, found.viewer.seat, candidate)


def _standing(actor: Actor, found: Seen, candidate: str, voice: Speaker) -> str:
    """How the city stands by the marks: rank and rank band; "" where marks bear no names for the viewer yet."""
    of = figures(actor, found) if found.phase.names or found.viewer.office else None
    if of is None or candidate not in of.moment.marks.cities:
        return ""
    place = of.moment.marks.cities.index(candidate)
    if not of.standing.rank[place]:
        return voice.say("By the marks: not ranked.")
    return voice.say(
        "By the marks: rank {rank} of {all}, mean {points}, rank band {band}.",
        rank=voice.number(int(of.standing.rank[place])),
        all=voice.number(len(of.ranked)),
        points=voice.number(float(of.standing.points[place]), 2),
        band=voice.number(int(of.bands.band[place])),
    )


def _evidence(found: Seen, candidate: str, voice: Speaker) -> tuple[tuple[str, str], ...]:
    """How many answers the jury found how well supported: word and number."""
    given = Counter(
        str(one.said.get("verdict", "")) for one in of_kind(found.now, VERDICT) if candidate in one.about
    )
    return tuple(
        (voice.say(word), voice.number(given[name])) for name, word in VERDICTS.items() if given[name]
    )


def _vote(found: Seen, one: Ballot, voice: Speaker) -> Vote:
    mine = found.viewer.seat
    everybody = found.viewer.role == COMPUTER
    may = may_do(found, CAST, one.about[0]) and not one.closed
    return Vote(
        id=one.id,
        title=ballot_title(found, one, voice),
        about=one.about,
        choices={choice: choice_word(found, choice, voice) for choice in one.choices},
        closed=one.closed,
        told=ballot_outcome(found, one, voice) if one.closed else "",
        voters=tuple(
            Voter(
                seat,
                next(iter(names(found, (seat,))), ""),
                one.votes.get(seat, ""),
                vote_version(found, one.id, seat),
                may and (everybody or seat == mine),
            )
            for seat in one.voters
        ),
        version=one.version,
    )


def tie_breaks(found: Seen, language: str) -> tuple[str, ...]:
    """The award's list for equal cities, a sentence each, in its order."""
    words = found.award.rule_words[language]
    return tuple(words[one.id].text for one in found.award.tie_breaks)


def shared_votes(found: Seen, language: str) -> tuple[Vote, ...]:
    """The ballots between several cities."""
    voice = house.voice(language)
    return tuple(_vote(found, one, voice) for one in ballots(found) if len(one.about) > 1)


def city_names(found: Seen) -> Mapping[str, str]:
    """The cities of the meeting in its order: id -> name."""
    return {one.candidate.id: city_name(found, one.candidate.id) for one in agenda(found)}
