"""What a viewer may see of a round: entry by entry, by kind, phase and conflict. One rule a kind, in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from actions import house
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
    all_in,
    checked_twice,
    conflicted,
    joined,
    settings,
)
from actions.round_viewer import CITY, COMPUTER, PUBLIC, Viewer
from scoring.award import Award, Phase
from store.rounds import Entry, Round
from store.words import digest_of

# Before somebody has declared for every candidate she sees who they are, and nothing that is in a dossier.
_BEFORE_DECLARING = (SETTINGS, PHASE, CANDIDATE, SEAT, DECLARED, EXCEPTION)
# What is said of a candidate that its dossier shows, or that the jury makes of it.
_NOT_ENTERED_YET = {"upload_id": ""}


@dataclass(frozen=True, eq=False)
class Sight:
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


_SIGHTS: Mapping[str, Callable[[Sight, Entry], Entry | None]] = {
    SETTINGS: Sight.everyone,
    PHASE: Sight.everyone,
    CANDIDATE: Sight.named,
    EXCEPTION: Sight.for_all,
    EXPERT: Sight.expert,
    SEAT: Sight.for_all,
    DECLARED: Sight.own,
    REVIEWED: Sight.reviewed,
    PAIR: Sight.pair,
    MARK: Sight.of_jurors,
    VERDICT: Sight.verdict,
    QUESTION: Sight.for_all,
    AGENDA: Sight.for_all,
    BALLOT: Sight.for_all,
    VOTE: Sight.vote,
    DECISION: Sight.outcome,
    DISSENT: Sight.for_all,
    FEEDBACK: Sight.feedback,
}
