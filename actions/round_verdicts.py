"""What the jury finds of a city's evidence: shared among those who judge it, and apart from what the city is worth.

Whoever looks says whether the evidence shows what the answer claims, and where. A sample of the answers, drawn by a
hash of the answer itself, is looked at by a second person who does not see the first one's verdict; how often the two
say the same is the agreement. Verdicts never enter a mark.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from actions.access import Actor
from actions.judging_limits import number
from actions.round_dossier import Shown, all_answers, candidate_of
from actions.round_facts import VERDICT, checked_twice, joined, of_kind
from actions.round_read import Seen, seen
from actions.round_rights import VERIFY, require_act
from actions.round_write import RoundError, Saying, keep
from indicators.text import tidy
from locales import mark
from scoring.marks.krippendorff import alpha
from store.rounds import Entry

SUPPORTED, PARTLY, NOT_SUPPORTED, NOT_FOUND = VERDICTS = ("supported", "partly", "not", "not_found")
VERDICT_WORDS: Mapping[str, str] = {
    SUPPORTED: mark("Supported"),
    PARTLY: mark("Partly supported"),
    NOT_SUPPORTED: mark("Not supported"),
    NOT_FOUND: mark("Not found"),
}
# Two people who differ about one answer.
DIFFERING = "differing"
# With fewer answers looked at twice, a share would say more of chance than of the jury.
FEWEST = int(number("small_cells", "fewest_pairs"))
_PLACE, _NOTE = 120, 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one person found: `seat` is hers, `where` the page, `version` what she says next stands on."""

    seat: str
    field: str
    verdict: str
    where: str
    note: str
    version: int
    at: str


@dataclass(frozen=True, slots=True)
class Check:
    """One answer and what was found of it so far, of what the viewer may see; `twice`: two look without knowing."""

    answer: Shown
    twice: bool
    own: Verdict | None
    others: tuple[Verdict, ...]

    @property
    def open(self) -> bool:
        """Whether the viewer could still be the one who looks: nobody did, or a second look is wanted."""
        return self.own is None and (self.twice or not self.others)


@dataclass(frozen=True, slots=True)
class Strength:
    """How strong a city's evidence is: answers by what was found of them (a name of VERDICTS or DIFFERING)."""

    of: int
    found: Mapping[str, int]

    @property
    def checked(self) -> int:
        """How many answers somebody has looked at."""
        return sum(self.found.values())


@dataclass(frozen=True, slots=True)
class Twice:
    """Answers that two people looked at without knowing of each other: how many, and how many they found alike.

    `alpha` is Krippendorff's on the nominal level, None where it cannot be told.
    """

    answers: int
    same: int
    alpha: float | None


def give_verdict(
    actor: Actor, round_id: str, seat: str, candidate: str, field: str, base: int, said: Mapping[str, str]
) -> None:
    """Keep what was found of one answer: `said` has "verdict", "where" and "note".

    NotKeptError and NotAllowedError; RoundError: `verdict_unknown`, `where_missing` (what was found has a page),
    `answer_unknown`; MeanwhileError, StoreError.
    """
    found = seen(actor, round_id, seat)
    one = candidate_of(found, candidate)
    require_act(found, VERIFY, candidate)
    verdict, where = said.get("verdict", ""), tidy(said.get("where", ""))[:_PLACE]
    if verdict not in VERDICTS:
        raise RoundError("verdict_unknown")
    if verdict in (SUPPORTED, PARTLY) and not where:
        raise RoundError("where_missing")
    if field not in {each.field for each in all_answers(actor, found, one, "en")}:
        raise RoundError("answer_unknown")
    own = found.viewer.seat
    kept = {"verdict": verdict, "where": where, "note": tidy(said.get("note", ""))[:_NOTE]}
    saying = Saying(VERDICT, joined(own, candidate, field), base, kept, about=(candidate,), seat=own)
    keep(actor, round_id, seat, VERIFY, saying)


def verdicts(found: Seen, candidate: str) -> Mapping[str, tuple[Verdict, ...]]:
    """What was found of a city's answers, of what the viewer may see: field -> verdicts in the order of giving."""
    told: dict[str, tuple[Verdict, ...]] = {}
    for one in of_kind(found.now, VERDICT):
        if candidate in one.about:
            seat, _, field = one.key.split(":", 2)
            told[field] = (*told.get(field, ()), _verdict(one, seat, field))
    return told


def _verdict(one: Entry, seat: str, field: str) -> Verdict:
    verdict, where, note = (str(one.said.get(name, "")) for name in ("verdict", "where", "note"))
    return Verdict(seat, field, verdict, where, note, one.version, one.at)


def checks(actor: Actor, found: Seen, candidate: str, language: str) -> tuple[Check, ...]:
    """Every answer of a city with what was found of it."""
    given = verdicts(found, candidate)
    share, own = found.settings.second_share, found.viewer.seat
    return tuple(
        Check(
            answer=one,
            twice=checked_twice(found.round.id, candidate, one.field, share),
            own=next((each for each in given.get(one.field, ()) if each.seat == own), None),
            others=tuple(each for each in given.get(one.field, ()) if each.seat != own),
        )
        for one in all_answers(actor, found, candidate_of(found, candidate), language)
    )


def strength(found: Seen, candidate: str, fields: Collection[str]) -> Strength:
    """How strong the evidence of some of a city's answers is, by the verdicts that the viewer sees."""
    counts = dict.fromkeys((*VERDICTS, DIFFERING), 0)
    for field, given in verdicts(found, candidate).items():
        if field in fields:
            said = {one.verdict for one in given}
            counts[said.pop() if len(said) == 1 else DIFFERING] += 1
    return Strength(len(fields), counts)


def looked_twice(found: Seen) -> Twice | None:
    """How far two people who did not know of each other's verdict found the same; None for fewer than three answers."""
    share = found.settings.second_share
    first: dict[tuple[str, str], list[int]] = {}
    for one in found.entries:
        # What each said first: later she may have seen what the other found.
        if one.kind == VERDICT and one.version == 1:
            _, candidate, field = one.key.split(":", 2)
            if checked_twice(found.round.id, candidate, field, share):
                first.setdefault((candidate, field), []).append(VERDICTS.index(str(one.said["verdict"])))
    pairs = [said[:2] for said in first.values() if len(said) > 1]
    if len(pairs) < FEWEST:
        return None
    table = np.array(sorted(pairs), dtype=float)
    figure = float(alpha(table, "nominal")[0])
    return Twice(len(pairs), int((table[:, 0] == table[:, 1]).sum()), None if np.isnan(figure) else figure)
