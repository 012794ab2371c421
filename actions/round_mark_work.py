"""What a juror has in hand: her cities and reference dossiers, what is answered, what she owes, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from actions import house
from actions.round_facts import MARKING, REFERENCE_KIND, Candidate, candidates, marks, pairs
from actions.round_own import may_mark
from actions.round_read import Seen
from actions.round_rights import CALIBRATE, GIVE_MARK, RIGHTS


@dataclass(frozen=True, slots=True)
class InHand:
    """One dossier in a juror's hands: how many criteria are answered, how many of these with too little evidence.

    `open` are the criteria without an answer in the award's order; `now` says whether it may be marked now.
    """

    candidate: Candidate
    answered: int
    of: int
    not_enough: int
    open: tuple[str, ...]
    now: bool

    @property
    def reference(self) -> bool:
        """Whether it is a dossier on which all practise."""
        return self.candidate.kind == REFERENCE_KIND


def in_hand(found: Seen) -> tuple[InHand, ...]:
    """The dossiers that the viewer marks, references first, then her cities in the round's order."""
    if not found.viewer.seat or not found.viewer.declared:
        return ()
    own = found.viewer.seat
    mine = {candidate for seat, candidate in pairs(found.now) if seat == own}
    cities = [one for one in candidates(found.now) if one.id in mine]
    references = candidates(found.now, REFERENCE_KIND) if found.viewer.role in MARKING else ()
    given = {(one.candidate, one.criterion): one.value for one in marks(found.now) if one.seat == own}
    return tuple(_one(found, one, given) for one in (*references, *cities))


def _one(found: Seen, one: Candidate, given: dict[tuple[str, str], float | None]) -> InHand:
    names = [criterion.id for criterion in found.award.criteria]
    answered = [name for name in names if (one.id, name) in given]
    return InHand(
        candidate=one,
        answered=len(answered),
        of=len(names),
        not_enough=sum(given[one.id, name] is None for name in answered),
        open=tuple(name for name in names if name not in answered),
        now=may_mark(found, one.id),
    )


def next_open(found: Seen, candidate: str = "", criterion: str = "") -> tuple[str, str] | None:
    """Where to go on: after a criterion of a city, else the first that is open; None where nothing is owed."""
    names = [one.id for one in found.award.criteria]
    every = [(one.candidate.id, name) for one in in_hand(found) if one.now for name in one.open]
    place = names.index(criterion) if criterion in names else -1
    same = [name for city, name in every if city == candidate]
    later = [name for name in same if names.index(name) > place]
    if later or same:
        return candidate, (later or same)[0]
    return every[0] if every else None


def work_sentence(found: Seen, language: str) -> str:
    """What is owed now, in one sentence."""
    voice = house.voice(language)
    every = [one for one in in_hand(found) if one.now]
    owed = sum(len(one.open) for one in every)
    if not every:
        return when_sentence(found, language)
    if not owed:
        return voice.say(
            "Every mark that you owe is in. You may still change one for as long as this phase lasts."
        )
    return voice.plural(
        "You owe {count} mark. {done} of {all} are in.",
        "You owe {count} marks. {done} of {all} are in.",
        owed,
        done=voice.number(sum(one.answered for one in every)),
        all=voice.number(sum(one.of for one in every)),
    )


def when_sentence(found: Seen, language: str) -> str:
    """Why nothing can be marked now, and when it can be."""
    say, order = house.voice(language).say, [one.id for one in found.award.phases]
    acts = {act for needed in (RIGHTS[CALIBRATE][0], RIGHTS[GIVE_MARK][0]) for act in needed.split()}
    titles = found.award.phase_words[language]
    here = order.index(found.phase.id)
    opens = [one.id for one in found.award.phases if acts & one.acts]
    if acts & found.phase.acts:
        return say(
            "No city is assigned to you yet. Whoever runs the round assigns cities; you need do nothing."
        )
    later = next((one for one in opens if order.index(one) > here), "")
    if later:
        return say(
            "Nothing can be marked yet: the round is in “{phase}”. Marking begins with “{later}”.",
            phase=titles[found.phase.id].title,
            later=titles[later].title,
        )
    return say("Marking is over: the round is in “{phase}”.", phase=titles[found.phase.id].title)
