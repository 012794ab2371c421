"""An award round in a shared installation, in which everybody who looks has a conflict with one and the same city."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from actions import house, sign_in
from actions.access import COMPUTER, Actor
from actions.cards import NEEDED, new_card, publish, write_card
from actions.round_conflicts import Declaration, declare
from actions.round_facts import (
    AGENDA,
    BALLOT,
    CANDIDATE,
    CONFLICTS,
    DECISION,
    DECLARED,
    DISSENT,
    EXCEPTION,
    EXPERT,
    FEEDBACK,
    MARK,
    MARKED,
    NO_CONFLICT,
    NOT_ENOUGH,
    PAIR,
    QUESTION,
    REVIEWED,
    VERDICT,
    VOTE,
    joined,
)
from actions.round_journal import journal
from actions.round_marks import Answer, Given, give_marks
from actions.round_pairs import keep_plan
from actions.round_read import Seen, seen
from actions.round_setup import NewCandidate, NewSeat, enter_candidate, make_round, move_on, take_seat
from actions.submissions import submit
from actions.uploads import receive
from store.acts import Act
from store.ids import new_id
from store.rounds import say
from tests.actions.people_at_hand import come_in
from tests.two_cities import DRAFT, HANDED_IN, TwoCities, hand_in, two_cities, workbook

# Everybody who looks: each in conflict with the other city, each in another role.
VIEWERS = ("juror", "chair", "substitute", "secretariat", "auditor")
FREE = ("free 1", "free 2", "free 3")
PHASES = ("declare", "assign", "calibrate", "mark", "discuss", "meet")


@dataclass(frozen=True)
class RoundWorld:
    """Ids: of the round, of seats by role, of candidates; `closed` is the one that every viewer has a conflict with."""

    cities: TwoCities
    round: str
    people: Mapping[str, str]
    seats: Mapping[str, str]
    closed: str
    others: tuple[str, ...]

    def actor(self, role: str) -> Actor:
        """Somebody of a role, with her rights as they stand now."""
        return sign_in.actor(self.people[role])

    def seen(self, role: str) -> Seen:
        """The round as somebody sees it."""
        return seen(self.actor(role), self.round)


@contextmanager
def round_world(folder: Path, phases: tuple[str, ...] = PHASES) -> Iterator[RoundWorld]:
    """A new installation with two cities, a round of four candidates, and a jury; brought to the last of the phases."""
    with two_cities(folder) as cities:
        people = {role: cities.people[role] for role in ("juror", "chair", "secretariat", "auditor")}
        for role in ("substitute", *FREE):
            people[role] = come_in("juror", f"{role.replace(' ', '')}@example.org").person
        owner = sign_in.actor(cities.people["owner"])
        own = receive(owner, "own2.xlsx", workbook("Ownhanded"), "en", owner.grants[0].city).upload_id
        submit(owner, own)
        made = make_round(COMPUTER, "unesco_2024", "Round of tests")
        closed = enter_candidate(
            COMPUTER,
            made,
            "",
            _candidate(f"{DRAFT}{HANDED_IN}", "KOR", "asia_pacific", cities.handed_in, cities.other_city),
        )
        others = (
            enter_candidate(
                COMPUTER, made, "", _candidate("Ownville", "KOR", "asia_pacific", own, owner.grants[0].city)
            ),
            enter_candidate(COMPUTER, made, "", _candidate("Farville", "KEN", "africa")),
            enter_candidate(COMPUTER, made, "", _candidate("Norville", "NOR", "europe_north_america")),
        )
        seats = {}
        for role, person in people.items():
            seat_role = role if role in ("chair", "substitute", "secretariat", "auditor") else "juror"
            seats[role] = take_seat(COMPUTER, made, "", NewSeat(seat_role, role.title(), person=person))
        world = RoundWorld(cities, made, people, seats, closed, others)
        _bring(world, phases)
        yield world


def _candidate(name: str, country: str, region: str, upload: str = "", city: str = "") -> NewCandidate:
    facts = {"member": "yes", "member_since": "2015", "nominated": "yes", "commission": country}
    return NewCandidate(name, country, region, upload_id=upload, city_id=city, facts=facts)


def _bring(world: RoundWorld, phases: tuple[str, ...]) -> None:
    """Through the phases, each with what belongs to it."""
    for base, phase in enumerate(phases):
        if phase == "assign":
            for role in (*VIEWERS, *FREE):
                _declare(world, role)
        if phase == "calibrate":
            pairs = [(world.seats[role], one) for role in FREE for one in (world.closed, *world.others)]
            pairs += [(world.seats[role], one) for role in ("juror", "chair") for one in world.others]
            keep_plan(COMPUTER, world.round, "", pairs)
        if phase == "discuss":
            _mark(world)
        move_on(COMPUTER, world.round, "", base, phase)


def _declare(world: RoundWorld, role: str) -> None:
    own = "family" if role in VIEWERS else NO_CONFLICT
    said = {one: Declaration(NO_CONFLICT) for one in world.others} | {world.closed: Declaration(own)}
    declare(COMPUTER, world.round, world.seats[role], said)


def _mark(world: RoundWorld) -> None:
    rng = random.Random(7)
    for role in (*FREE, "juror", "chair"):
        cities = (world.closed, *world.others) if role in FREE else world.others
        criteria = [one.id for one in world.seen(role).award.criteria]
        answers = [
            Answer(city, one, 0, Given(MARKED, rng.choice((2.0, 2.5, 3.0, 3.5, 4.0)), "why"))
            for city in cities
            for one in criteria
        ]
        give_marks(COMPUTER, world.round, world.seats[role], answers)


class Changes:
    """Changes at random of whatever can be said of the closed city, in the round and outside, past all rights."""

    def __init__(self, world: RoundWorld, seed: int) -> None:
        self.world, self.rng = world, random.Random(seed)
        self.criteria = [one.id for one in world.seen("free 1").award.criteria]
        self.rules = [one.id for one in world.seen("free 1").award.eligibility]
        self.made = 0

    def one(self) -> str:
        """Make one change; returns what it was."""
        self.made += 1
        kind = self.rng.choice(list(_CHANGES))
        _CHANGES[kind](self)
        return kind

    def outside(self) -> None:
        """The closed city uploads, hands in, goes on with its room and publishes a practice card."""
        world, theirs = self.world, sign_in.actor(self.world.cities.other_owner)
        city = world.cities.other_city
        word = f"{DRAFT}{self.rng.randrange(10**6)}"
        submit(theirs, receive(theirs, f"{word}.xlsx", workbook(word), "en", city).upload_id)
        hand_in(
            world.cities,
            word,
            self.rng.choice((2014, 2016, 2018, 2020, 2022, 2024)) + self.made % 2,
            "network",
        )
        made = new_card(theirs, city, ["1.1"], "en")
        for base, field in enumerate(NEEDED, start=1):
            write_card(theirs, made, field, word, base)
        publish(theirs, made, len(NEEDED) + 1)

    def say(self, kind: str, key: str, said: Mapping[str, object], *about: str, seat: str = "") -> None:
        """Say something past all rights, as the round's own functions would have kept it."""
        store = house.store()
        with store.reading() as reader:
            known = journal(reader, self.world.round).now.get((kind, key))
        city = self.world.cities.other_city if set(about) == {self.world.closed} else ""
        detail = {"city": city} if city else {}
        with store.writing(Act(self._somebody(), "say", "round", self.world.round, detail)) as writing:
            base = known.version if known else 0
            say(
                writing,
                self.world.round,
                kind,
                key,
                base,
                said,
                about=about or (self.world.closed,),
                seat=seat,
            )

    def _somebody(self) -> str:
        return self.world.people[self.rng.choice(FREE)]

    def _seat(self) -> str:
        return self.world.seats[self.rng.choice(FREE)]

    def word(self) -> str:
        return f"{DRAFT} {self.rng.randrange(10**9)}"

    def candidate(self) -> None:
        with house.store().reading() as reader:
            said = journal(reader, self.world.round).now[CANDIDATE, self.world.closed].said
        facts = {
            "member": self.rng.choice(("yes", "no")),
            "commission": self.rng.choice(("KOR", "KEN", "NOR")),
        }
        changes = {
            "name": self.word(),
            "region": self.rng.choice(("africa", "asia_pacific")),
            "country": self.rng.choice(("KOR", "KEN")),
            "facts": facts,
            "withdrawn": self.rng.random() < 0.3,
        }
        self.say(CANDIDATE, self.world.closed, {**said, **changes})

    def exception(self) -> None:
        rule = self.rng.choice(self.rules)
        said = {"granted": self.rng.random() < 0.5, "reason": self.word()}
        self.say(EXCEPTION, joined(self.world.closed, rule), said)

    def expert(self) -> None:
        self.say(EXPERT, self.world.closed, {"marks": {self.rng.choice(self.criteria): "3"}})

    def declared(self) -> None:
        seat = self._seat()
        said = {"conflict": self.rng.choice((NO_CONFLICT, *CONFLICTS))}
        self.say(DECLARED, joined(seat, self.world.closed), said, seat=seat)

    def reviewed(self) -> None:
        said = {"conflict": self.rng.random() < 0.5, "why": self.word()}
        self.say(REVIEWED, joined(self._seat(), self.world.closed), said)

    def pair(self) -> None:
        seat = self._seat()
        self.say(PAIR, joined(seat, self.world.closed), {"assigned": self.rng.random() < 0.7}, seat=seat)

    def mark(self) -> None:
        seat, enough = self._seat(), self.rng.random() < 0.9
        value = f"{self.rng.randrange(2, 11) / 2:g}" if enough else ""
        answer = MARKED if enough else NOT_ENOUGH
        said = {"answer": answer, "value": value, "reason": self.word(), "phase": "mark"}
        key = joined(seat, self.world.closed, self.rng.choice(self.criteria))
        self.say(MARK, key, said, seat=seat)

    def verdict(self) -> None:
        seat = self._seat()
        verdict = self.rng.choice(("supported", "partly", "not", "not_found"))
        said = {"verdict": verdict, "page": str(self.rng.randrange(90)), "note": self.word()}
        key = joined(seat, self.world.closed, self.rng.choice(("2.2.1", "1.1.1", "3.1.1")))
        self.say(VERDICT, key, said, seat=seat)

    def question(self) -> None:
        seat = self._seat()
        said = {"text": self.word(), "settled": self.rng.random() < 0.5}
        self.say(QUESTION, new_id(), said, seat=seat)

    def agenda(self) -> None:
        self.say(AGENDA, "", {"candidate": self.world.closed})

    def ballot(self) -> None:
        about = (self.world.closed, self.rng.choice(self.world.others)) if self.rng.random() < 0.5 else ()
        made = new_id()
        said = {"question": self.word(), "closed": self.rng.random() < 0.5}
        self.say(BALLOT, made, said, *about)
        for role in FREE:
            choice = {"choice": self.rng.choice(("yes", "no", "abstain"))}
            self.say(VOTE, joined(made, self.world.seats[role]), choice, *about, seat=self.world.seats[role])

    def decision(self) -> None:
        said = {"outcome": self.rng.choice(("winner", "not")), "reason": self.word()}
        self.say(DECISION, self.world.closed, said)

    def dissent(self) -> None:
        seat = self._seat()
        self.say(DISSENT, joined(seat, self.world.closed), {"text": self.word()}, seat=seat)

    def feedback(self) -> None:
        said = {"text": self.word(), "released": self.rng.random() < 0.5}
        self.say(FEEDBACK, self.world.closed, said)


_CHANGES: Mapping[str, Callable[[Changes], None]] = {
    CANDIDATE: Changes.candidate,
    EXCEPTION: Changes.exception,
    EXPERT: Changes.expert,
    DECLARED: Changes.declared,
    REVIEWED: Changes.reviewed,
    PAIR: Changes.pair,
    MARK: Changes.mark,
    VERDICT: Changes.verdict,
    QUESTION: Changes.question,
    AGENDA: Changes.agenda,
    BALLOT: Changes.ballot,
    DECISION: Changes.decision,
    DISSENT: Changes.dissent,
    FEEDBACK: Changes.feedback,
}
