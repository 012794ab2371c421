"""What is still owed in a round, and by whom: worked out from what the viewer sees, so that it tells nothing more."""

from __future__ import annotations

from dataclasses import dataclass

from actions.round_conflicts import misses
from actions.round_eligibility import standings
from actions.round_facts import (
    BALLOT,
    CHAIR,
    DECISION,
    FEEDBACK,
    MARK,
    MARKING,
    ONE,
    REFERENCE_KIND,
    SUBSTITUTE,
    VOTE,
    Seat,
    candidates,
    conflicted,
    joined,
    of_kind,
    pairs,
    seat_of,
    seats,
    undeclared,
)
from actions.round_read import Seen
from actions.round_rights import ASSIGN, DECIDE, ENTER, RELEASE, REVIEW, RIGHTS, may_do
from scoring.eligibility import OPEN

# What a member of the jury can owe.
OWES_CONFLICTS, OWES_REFERENCE, OWES_MARKS, OWES_VOTE = ("conflicts", "reference", "marks", "vote")
# What those who run the round can owe.
OWES_DAYS, OWES_CANDIDATES, OWES_SEATS, OWES_ELIGIBILITY, OWES_REVIEW = (
    *("days", "candidates", "seats", "eligibility", "review"),
)
OWES_JUDGES, OWES_DECISIONS, OWES_FEEDBACK = ("judges", "decisions", "feedback")
# By which act of a phase a thing is done: where the act is no longer allowed, it can be done no more.
BY_ACT = {
    OWES_CONFLICTS: "declare",
    OWES_REFERENCE: "calibrate",
    OWES_MARKS: "mark",
    OWES_VOTE: "vote",
    OWES_DAYS: "enter",
    OWES_CANDIDATES: "enter",
    OWES_SEATS: "enter",
    OWES_ELIGIBILITY: "enter",
    OWES_REVIEW: "review",
    OWES_JUDGES: "assign",
    OWES_DECISIONS: "decide",
    OWES_FEEDBACK: "release",
}


@dataclass(frozen=True, slots=True)
class Debt:
    """One thing that is owed: of which kind, about which candidate or ballot ("" for none), `done` of `due`."""

    kind: str
    about: str
    done: int
    due: int

    @property
    def left(self) -> int:
        """How much of it is still to be done."""
        return self.due - self.done


def debts_of(found: Seen, seat: Seat) -> tuple[Debt, ...]:
    """What a member of the jury owes in this phase, as far as the viewer may know it.

    Conflicts come first: before they are declared nothing else can be done. Of cities that the viewer marks herself
    she learns of others' marks only once her own are in, so that these are left out until then.
    """
    now, acts = found.now, found.phase.acts
    missing = undeclared(now, seat.id)
    if missing:
        whole = [one for kind in ("candidate", REFERENCE_KIND) for one in candidates(now, kind)]
        done = len(whole) - len(missing)
        return (Debt(OWES_CONFLICTS, ONE, done, len(whole)),) if "declare" in acts else ()
    if not found.viewer.declared or seat.role not in MARKING:
        return ()
    return (*_references(found, seat), *_marks(found, seat), *_votes(found, seat))


def _references(found: Seen, seat: Seat) -> list[Debt]:
    if "calibrate" not in found.phase.acts:
        return []
    every = [one.id for one in candidates(found.now, REFERENCE_KIND)]
    return _unmarked(found, seat, OWES_REFERENCE, every)


def _marks(found: Seen, seat: Seat) -> list[Debt]:
    if "mark" not in found.phase.acts:
        return []
    own = [candidate for one, candidate in pairs(found.now) if one == seat.id]
    return _unmarked(found, seat, OWES_MARKS, [one for one in own if sees_whether_in(found, seat.id, one)])


def _unmarked(found: Seen, seat: Seat, kind: str, of: list[str]) -> list[Debt]:
    due = len(found.award.criteria)
    left = []
    for candidate in of:
        done = answered(found, seat.id, candidate)
        if done < due and not conflicted(found.now, seat.id, candidate):
            left.append(Debt(kind, candidate, done, due))
    return left


def answered(found: Seen, seat: str, candidate: str) -> int:
    """On how many criteria a seat has answered for a candidate, of the marks that the viewer sees."""
    keys = [joined(seat, candidate, one.id) for one in found.award.criteria]
    return sum(1 for key in keys if (kept := found.now.get((MARK, key))) is not None and kept.said["answer"])


def sees_whether_in(found: Seen, seat: str, candidate: str) -> bool:
    """Whether the viewer sees if a seat's marks of a candidate are in."""
    viewer = found.viewer
    if seat == viewer.seat:
        return True
    if not viewer.office or found.phase.office_sees != "all":
        return False
    if viewer.role not in (CHAIR, SUBSTITUTE) or (viewer.seat, candidate) not in pairs(found.now):
        return True
    return answered(found, viewer.seat, candidate) == len(found.award.criteria)


def _votes(found: Seen, seat: Seat) -> list[Debt]:
    if "vote" not in found.phase.acts:
        return []
    left = []
    for ballot in of_kind(found.now, BALLOT):
        if ballot.said.get("closed") or (VOTE, joined(ballot.key, seat.id)) in found.now:
            continue
        if seat.id in ballot.said.get("voters", ()):
            left.append(Debt(OWES_VOTE, ballot.key, 0, 1))
    return left


def debts_of_office(found: Seen, *, anybodys: bool = False) -> tuple[Debt, ...]:
    """What those who run the round owe in this phase: what the viewer herself may do, or `anybodys`."""

    def asked(act: str, candidate: str = "") -> bool:
        in_phase = not found.phase.acts.isdisjoint(RIGHTS[act][0].split())
        return in_phase and (anybodys or may_do(found, act, candidate))

    within = [one.id for one in candidates(found.now)]
    every = (
        *(_entering(found) if asked(ENTER) else ()),
        *(_reviewing(found) if asked(REVIEW) else ()),
        *(_assigning(found) if asked(ASSIGN) else ()),
        _deciding(found, [one for one in within if asked(DECIDE, one)]),
        _releasing(found, [one for one in within if asked(RELEASE, one)]),
    )
    return tuple(one for one in every if one.left > 0)


def _entering(found: Seen) -> list[Debt]:
    within = candidates(found.now)
    clear = sum(1 for one in standings(found).values() if one.verdict != OPEN)
    judges = sum(1 for one in seats(found.now) if one.active and one.role in MARKING)
    return [
        # Without days of its own a round is reckoned by those of the award's own, earlier round.
        Debt(OWES_DAYS, ONE, int(bool(found.settings.dates)), 1),
        Debt(OWES_CANDIDATES, ONE, min(len(within), 1), 1),
        Debt(OWES_SEATS, ONE, min(judges, found.settings.least), found.settings.least),
        Debt(OWES_ELIGIBILITY, ONE, clear, len(within)),
    ]


def _reviewing(found: Seen) -> list[Debt]:
    """Pairs that a second person should look at; one's own are for somebody else."""
    if not found.viewer.declared:
        return []
    others = [one for one in misses(found) if one.seat.id != found.viewer.seat]
    return [Debt(OWES_REVIEW, ONE, sum(1 for one in others if one.reviewed), len(others))]


def _assigning(found: Seen) -> list[Debt]:
    """Cities that have fewer jurors than each should have; not before all have declared."""
    if not found.viewer.declared:
        return []
    within = candidates(found.now)
    judges = [candidate for _, candidate in pairs(found.now)]
    enough = sum(1 for one in within if judges.count(one.id) >= found.settings.least)
    return [Debt(OWES_JUDGES, ONE, enough, len(within))]


def _deciding(found: Seen, within: list[str]) -> Debt:
    decided = sum(1 for one in within if (DECISION, one) in found.now)
    return Debt(OWES_DECISIONS, ONE, decided, len(within))


def _releasing(found: Seen, within: list[str]) -> Debt:
    told = sum(1 for one in within if (kept := found.now.get((FEEDBACK, one))) and kept.said.get("released"))
    return Debt(OWES_FEEDBACK, ONE, told, len(within))


def own_debts(found: Seen) -> tuple[Debt, ...]:
    """What the viewer owes: as a member of the jury, and as one of those who run the round."""
    own = seat_of(found.now, found.viewer.seat)
    return (*(debts_of(found, own) if own else ()), *debts_of_office(found))


def others_debts(found: Seen) -> tuple[tuple[Seat, tuple[Debt, ...]], ...]:
    """Who else the round waits for, and what for: told to those who run the round."""
    if not found.viewer.office:
        return ()
    others = [one for one in seats(found.now) if one.active and one.id != found.viewer.seat]
    owing = [(one, debts_of(found, one)) for one in others]
    return tuple((one, debts) for one, debts in owing if debts)


def all_is_in(found: Seen) -> bool:
    """Whether nobody owes anything in this phase: for one who runs the round, and only where she can know it."""
    return (
        found.viewer.office
        and found.viewer.declared
        and not (own_debts(found) or others_debts(found) or kept_from(found))
        and not debts_of_office(found, anybodys=True)
    )


def kept_from(found: Seen) -> tuple[str, ...]:
    """The candidates of whose marks the viewer is not told yet, because she marks them herself."""
    if found.viewer.role not in (CHAIR, SUBSTITUTE) or "mark" not in found.phase.acts:
        return ()
    own = [candidate for seat, candidate in pairs(found.now) if seat == found.viewer.seat]
    return tuple(one for one in own if not sees_whether_in(found, "", one))
