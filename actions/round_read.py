"""A round as one viewer may see it: the one way to it, for every page, count, average, chart, file, list and title.

Cities that the viewer has a conflict with are taken out before anything is counted; others' marks as the phase says.
What is left is numbered anew, so that no gap tells of what was taken out. Everything that is shown of a round is worked
out from `Seen` alone; nothing reads around it (tests/actions/test_round_no_way_around.py).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from actions import house
from actions.access import Actor, NotKeptError
from actions.round_facts import (
    AGENDA,
    AUDITOR,
    AWARD,
    BALLOT,
    CANDIDATE,
    CHAIR,
    DECISION,
    DECLARED,
    DISSENT,
    EXCEPTION,
    EXPERT,
    FEEDBACK,
    JUROR,
    MARK,
    PAIR,
    PHASE,
    QUESTION,
    REVIEWED,
    SEAT,
    SECRETARIAT,
    SETTINGS,
    SUBSTITUTE,
    VERDICT,
    VOTE,
    Now,
    Seat,
    Settings,
    all_in,
    checked_twice,
    conflicted,
    joined,
    latest,
    of_kind,
    phase_id,
    seats,
    settings,
    undeclared,
)
from actions.round_journal import Whole, journal, journal_while_writing
from actions.round_rules import award_of
from scoring.award import Award, Phase
from store.cities import all_cities
from store.rounds import Entry, Round, all_rounds, round_of
from store.words import Reader, digest_of
from store.writing import Writing

# Whoever runs a round on one's own computer, without a seat: she enters everybody's papers.
COMPUTER = "computer"
# Who reads her own city's feedback, and what everybody reads in the end.
CITY, PUBLIC = "city", "public"
OFFICE = (CHAIR, SUBSTITUTE, SECRETARIAT, AUDITOR, COMPUTER)
# Before somebody has declared for every candidate she sees who they are, and nothing that is in a dossier.
_BEFORE_DECLARING = (SETTINGS, PHASE, CANDIDATE, SEAT, DECLARED, EXCEPTION)
# What is said of a candidate that its dossier shows, or that the jury makes of it.
_NOT_ENTERED_YET = {"upload_id": ""}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: the seat ("" without one), what she is in the round, and what is closed to her.

    `declared` says that she has declared for every candidate, `undeclared` for which not yet; `recused` are the
    candidates that she has a conflict with, by the names under which they came into the round.
    """

    seat: str
    role: str
    declared: bool
    undeclared: tuple[str, ...] = ()
    recused: Mapping[str, str] = field(default_factory=dict)
    city: str = ""

    @property
    def office(self) -> bool:
        """Whether she runs the round: chair, substitute, secretariat, auditor."""
        return self.role in OFFICE


@dataclass(frozen=True, eq=False)
class Seen:
    """A round as one viewer may see it now: `entries` in order, numbered from 1 on without gaps."""

    round: Round
    award: Award
    viewer: Viewer
    entries: tuple[Entry, ...]

    @cached_property
    def now(self) -> Now:
        """What counts of each thing."""
        return latest(self.entries)

    @cached_property
    def phase(self) -> Phase:
        """The phase that the round is in."""
        return self.award.phase(phase_id(self.now, self.award.phases[0].id))

    @cached_property
    def settings(self) -> Settings:
        """What was set for the round."""
        return settings(self.now)

    @cached_property
    def digest(self) -> str:
        """A name for all of this: another one as soon as anything more is said of what the viewer sees."""
        told = "\n".join(f"{one.kind} {one.key} {one.version}" for one in self.entries)
        return hashlib.sha256(
            f"{self.round.id} {self.viewer.seat} {self.viewer.role}\n{told}".encode()
        ).hexdigest()

    def at(self, number: int) -> Seen:
        """The round as it was after an entry, of what may be seen today."""
        return replace(self, entries=self.entries[:number])

    @property
    def sees_results(self) -> bool:
        """Whether the viewer may see what the marks come to."""
        order = {"nobody": (), "office": OFFICE, "jury": (*OFFICE, JUROR), "everybody": None}
        allowed = order[self.phase.results]
        return self.viewer.declared and (allowed is None or self.viewer.role in allowed)


def rounds(actor: Actor) -> tuple[Round, ...]:
    """The rounds that the actor may see anything of, the newest first."""
    with house.store().reading() as reader:
        every = all_rounds(reader)
        return tuple(one for one in every if _viewer(actor, journal(reader, one.id).now, "", one))


def every_seen(actor: Actor) -> tuple[Seen, ...]:
    """The same rounds as the actor sees each of them, without choosing a seat: read at one moment."""
    with house.store().reading() as reader:
        every = [(one, journal(reader, one.id)) for one in all_rounds(reader)]
    found = [(one, whole, _viewer(actor, whole.now, "", one)) for one, whole in every]
    return tuple(_remembered(one, whole, _Look.of(viewer)) for one, whole, viewer in found if viewer)


def seen(actor: Actor, round_id: str, seat: str = "") -> Seen:
    """A round as the actor may see it; NotKeptError where she may see nothing of it, and where there is none.

    `seat` is the seat that somebody on one's own computer works for; where people sign in, it is the actor's own.
    """
    with house.store().reading() as reader:
        found, whole, viewer = _who(actor, round_id, seat, reader, journal)
    return _remembered(found, whole, _Look.of(viewer))


def seen_while_writing(writing: Writing, actor: Actor, round_id: str, seat: str = "") -> Seen:
    """The same within the transaction that writes next, so that what is asked first holds when it is written."""
    return _look(*_who(actor, round_id, seat, writing, journal_while_writing))


def _who(
    actor: Actor, round_id: str, seat: str, reader: Reader, read: Callable[[Reader, str], Whole]
) -> tuple[Round, Whole, Viewer]:
    """The round, all of it, and what the actor is in it; NotKeptError where it is nothing to her."""
    found = round_of(reader, round_id)
    if found is None:
        raise NotKeptError(round_id)
    whole = read(reader, round_id)
    viewer = _viewer(actor, whole.now, seat, found)
    if viewer is None:
        raise NotKeptError(round_id)
    return found, whole, viewer


def _look(found: Round, whole: Whole, viewer: Viewer) -> Seen:
    """What a viewer sees of a round."""
    award = award_of(found)
    phase = award.phase(phase_id(whole.now, award.phases[0].id))
    kept = _Sight(found, award, phase, whole.now, viewer).left(whole.entries)
    return Seen(found, award, viewer, tuple(replace(one, number=n) for n, one in enumerate(kept, start=1)))


@dataclass(frozen=True, slots=True)
class _Look:
    """A viewer, to be told from others by all that decides about what she sees."""

    key: tuple[object, ...]
    viewer: Viewer = field(compare=False)

    @classmethod
    def of(cls, viewer: Viewer) -> _Look:
        recused = tuple(sorted(viewer.recused.items()))
        return cls(
            (viewer.seat, viewer.role, viewer.declared, viewer.undeclared, recused, viewer.city), viewer
        )


@lru_cache(maxsize=64)
def _remembered(found: Round, whole: Whole, look: _Look) -> Seen:
    """The same for as long as nothing more is said in the round."""
    return _look(found, whole, look.viewer)


def _viewer(actor: Actor, now: Now, seat: str, found: Round) -> Viewer | None:
    """What the actor is in a round, None where it is nothing to her."""
    every = seats(now)
    if actor.everything:
        own = next((one for one in every if one.id == seat and one.active), None)
        return _seated(own, now, found) if own else Viewer("", COMPUTER, declared=True)
    own = next((one for one in every if one.person == actor.person and one.active), None)
    if own is not None:
        return _seated(own, now, found)
    roles = {one.role for one in actor.grants}
    missing = tuple(one.key for one in of_kind(now, CANDIDATE))
    for role in (SECRETARIAT, AUDITOR):
        if role in roles:
            # Who runs the installation enters candidates before she has a seat, and declares like everybody.
            return Viewer("", role, declared=_is_open(now, found), undeclared=missing)
    cities = {one.city for one in actor.grants if one.city}
    if _is_open(now, found) and actor.person:
        inside = next(
            (one.key for one in of_kind(now, CANDIDATE) if one.said["city_id"] in cities),
            "",
        )
        return Viewer("", CITY if inside else PUBLIC, declared=True, city=inside)
    return None


def _is_open(now: Now, found: Round) -> bool:
    award = award_of(found)
    return award.phase(phase_id(now, award.phases[0].id)).open


def _seated(own: Seat, now: Now, found: Round) -> Viewer:
    if _is_open(now, found):
        return Viewer(own.id, own.role, declared=True)
    missing = undeclared(now, own.id)
    recused = {key: name for key, name in first_names(now).items() if conflicted(now, own.id, key)}
    return Viewer(own.id, own.role, declared=not missing, undeclared=missing, recused=recused)


def first_names(now: Now) -> Mapping[str, str]:
    """Every candidate by the name under which it came into the round: what was said of it later tells nothing here."""
    return {one.key: str(one.said.get("entered_as", one.said["name"])) for one in of_kind(now, CANDIDATE)}


@dataclass(frozen=True, eq=False)
class _Sight:
    """What one viewer may see of the entries of a round."""

    round: Round
    award: Award
    phase: Phase
    now: Now
    viewer: Viewer

    def left(self, whole: tuple[Entry, ...]) -> list[Entry]:
        hidden = set(self.viewer.recused)
        found = []
        for one in whole:
            # Her own declaration is hers to see: it is why she does not see the rest.
            own = one.kind == DECLARED and one.seat == self.viewer.seat
            if not own and not hidden.isdisjoint(one.about):
                continue
            shown = self._shown(one)
            if shown is not None:
                found.append(shown)
        return found

    def _shown(self, one: Entry) -> Entry | None:
        if not self.viewer.declared:
            return self._before_declaring(one)
        return _SIGHTS[one.kind](self, one)

    def _before_declaring(self, one: Entry) -> Entry | None:
        if one.kind not in _BEFORE_DECLARING:
            return None
        if one.kind == CANDIDATE and self.viewer.role not in (SECRETARIAT, COMPUTER):
            return replace(one, said={**one.said, **_NOT_ENTERED_YET, "facts": {}, "sources": {}})
        if one.kind == DECLARED:
            return self.own(one)
        if one.kind == EXCEPTION:
            return self.for_office(one)
        return one

    def for_all(self, one: Entry) -> Entry | None:
        """What everybody with a seat sees."""
        return one if self.viewer.role not in (CITY, PUBLIC) else None

    def for_office(self, one: Entry) -> Entry | None:
        """What those who run the round see."""
        return one if self.viewer.office else None

    def own(self, one: Entry) -> Entry | None:
        """What somebody said of herself: hers, and for those who run the round."""
        return one if self.viewer.office or (one.seat and one.seat == self.viewer.seat) else None

    def pair(self, one: Entry) -> Entry | None:
        """Who judges whom: one's own, and all once others' marks are seen."""
        if self._recused(one):
            return None
        return self.for_all(one) if self.phase.jurors_see == "all" else self.own(one)

    def of_jurors(self, one: Entry) -> Entry | None:
        """A mark: one's own, and others' as the phase says, without names where it says so."""
        if self.viewer.role in (CITY, PUBLIC):
            return None
        if one.seat == self.viewer.seat:
            return one
        if self._recused(one):
            return None
        if self.viewer.office and self.viewer.role not in (CHAIR, SUBSTITUTE):
            return one if self.phase.office_sees == "all" else None
        leads = self.viewer.role in (CHAIR, SUBSTITUTE) and self.phase.office_sees == "all"
        if leads and self.phase.jurors_see != "all":
            # Who marks a city herself does so before she sees how others did.
            own = joined(self.viewer.seat, *one.about)
            judges = (found := self.now.get((PAIR, own))) is not None and found.said["assigned"]
            return one if not judges or self._own_in(one) else None
        if self.phase.jurors_see == "none":
            return None
        if self.phase.jurors_see == "after_own" and not self._own_in(one):
            return None
        return one if self.phase.names else self._nameless(one)

    def reviewed(self, one: Entry) -> Entry | None:
        """What a second person found: for those who run the round, and for whom a city is open again by it."""
        return one if one.key.split(":")[0] == self.viewer.seat else self.for_office(one)

    def _recused(self, one: Entry) -> bool:
        """Whether somebody's part at a city ended by a conflict: the office's to know; it counts no more."""
        return not self.viewer.office and any(conflicted(self.now, one.seat, of) for of in one.about)

    def _own_in(self, one: Entry) -> bool:
        criteria = [criterion.id for criterion in self.award.criteria]
        return all(all_in(self.now, self.viewer.seat, candidate, criteria) for candidate in one.about)

    def verdict(self, one: Entry) -> Entry | None:
        """What was found of evidence: everybody's, but where two are to look neither knows of the other before."""
        if one.seat == self.viewer.seat or self.viewer.role in (AUDITOR, COMPUTER):
            return self.for_all(one)
        _, candidate, field = one.key.split(":", 2)
        share = settings(self.now).second_share
        if checked_twice(self.round.id, candidate, field, share):
            own = self.now.get((VERDICT, joined(self.viewer.seat, candidate, field)))
            if own is None and self._looked[candidate, field] < 2:
                return None
        return self.for_all(one)

    @cached_property
    def _looked(self) -> Counter[tuple[str, str]]:
        """How many people have looked at each answer."""
        found: Counter[tuple[str, str]] = Counter()
        for kind, key in self.now:
            if kind == VERDICT:
                _, candidate, field = key.split(":", 2)
                found[candidate, field] += 1
        return found

    def expert(self, one: Entry) -> Entry | None:
        """What an expert gave a reference dossier: once one's own marks of it are in."""
        if self.viewer.role in (SECRETARIAT, AUDITOR, COMPUTER):
            return one
        return self.for_all(one) if self._own_in(one) else None

    def vote(self, one: Entry) -> Entry | None:
        """A vote: one's own, and all of a ballot that is closed."""
        ballot = self.now.get((BALLOT, one.key.split(":")[0]))
        closed = ballot is not None and bool(ballot.said.get("closed"))
        return self.for_all(one) if closed else self.own(one)

    def outcome(self, one: Entry) -> Entry | None:
        """A decision: for the jury; once results are everybody's, who won for all, and a city's own for the city."""
        if self.viewer.role not in (CITY, PUBLIC):
            return one
        # What was decided before it was decided otherwise is nobody's outside.
        counts = self.phase.results == "everybody" and self.now[DECISION, one.key].version == one.version
        told = one.said["decision"] == AWARD or self.viewer.city in one.about
        return replace(one, by="") if counts and told else None

    def feedback(self, one: Entry) -> Entry | None:
        """What a city is told: for those who run the round, and for the city once the chair has released it."""
        if self.viewer.role == CITY:
            # What was written before it was released is nobody's outside.
            released = one.said.get("released") and self.now[FEEDBACK, one.key].said.get("released")
            return one if released and self.viewer.city in one.about else None
        return self.for_office(one)

    def named(self, one: Entry) -> Entry | None:
        """A candidate: for whom only reads results, its name and where it lies."""
        if self.viewer.role in (CITY, PUBLIC):
            shown = {
                name: one.said.get(name, "") for name in ("name", "country", "region", "kind", "withdrawn")
            }
            return replace(one, said={**shown, "city_id": "", "upload_id": ""})
        return one

    def everyone(self, one: Entry) -> Entry | None:
        """What everybody sees who may see the round at all."""
        return one

    def _nameless(self, one: Entry) -> Entry:
        """Another's entry with a sign instead of her seat, another one for each city."""
        sign = nameless(self.round.id, one.seat, one.about)
        return replace(one, seat=sign, key=one.key.replace(one.seat, sign, 1), by="")


def nameless(round_id: str, seat: str, about: tuple[str, ...]) -> str:
    """What stands for a juror at a city where names are not shown; nobody without the store's key makes it herself."""
    return "j" + digest_of(house.store().key, "juror", round_id, seat, *about)[:21]


_SIGHTS: Mapping[str, Callable[[_Sight, Entry], Entry | None]] = {
    SETTINGS: _Sight.everyone,
    PHASE: _Sight.everyone,
    CANDIDATE: _Sight.named,
    EXCEPTION: _Sight.for_all,
    EXPERT: _Sight.expert,
    SEAT: _Sight.for_all,
    DECLARED: _Sight.own,
    REVIEWED: _Sight.reviewed,
    PAIR: _Sight.pair,
    MARK: _Sight.of_jurors,
    VERDICT: _Sight.verdict,
    QUESTION: _Sight.for_all,
    AGENDA: _Sight.for_all,
    BALLOT: _Sight.for_all,
    VOTE: _Sight.vote,
    DECISION: _Sight.outcome,
    DISSENT: _Sight.for_all,
    FEEDBACK: _Sight.feedback,
}


def known_cities(actor: Actor) -> Mapping[str, str]:
    """Cities of the installation that the actor may name as candidates: id -> name, without those closed to her."""
    return {one.id: one.name for one in all_cities(house.store()) if one.id not in actor.closed}
