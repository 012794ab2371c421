"""What must hold before an assessment is signed off, handed in, returned or accepted, each told with the way there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from actions import house
from actions.record import Record
from actions.record_words import title
from actions.set_aside import area_of
from indicators.typed import field_of
from locales import Speaker
from store.evidence import TO_CONFIRM, Evidence
from store.queries import ANSWERED, OPEN, SETTLED, Query
from store.record import Clash

# Where something is put right: a page, and what its address says.
ANSWERS, ROOM = "city_record", "city_room"


@dataclass(frozen=True, eq=False)
class Facts:
    """What needs are asked of: the record as it is now, its clashes, evidence and questions."""

    record: Record
    clashes: Sequence[Clash]
    evidence: Sequence[Evidence]
    queries: Sequence[Query]


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing, as a sentence, and where to put it right: a page and parts of its address."""

    text: str
    page: str
    address: Mapping[str, str]


def lacks(needs: Sequence[str], facts: Facts, language: str) -> tuple[Lack, ...]:
    """All that is missing of some needs, in their order."""
    voice = house.voice(language)
    return tuple(lack for need in needs for lack in NEEDS[need](facts, voice))


def _answers(facts: Facts, text: str, area: str = "") -> Lack:
    return Lack(text, ANSWERS, {"room": facts.record.room.id, **({"area": area} if area else {})})


def _room(facts: Facts, text: str) -> Lack:
    return Lack(text, ROOM, {"room": facts.record.room.id})


def _name(facts: Facts, voice: Speaker) -> tuple[Lack, ...]:
    if facts.record.reading.profile.get("name"):
        return ()
    return (_answers(facts, voice.say("The profile does not name the city.")),)


def _country(facts: Facts, voice: Speaker) -> tuple[Lack, ...]:
    if facts.record.reading.profile.get("country"):
        return ()
    return (_answers(facts, voice.say("The profile does not name the country.")),)


def _repaired(facts: Facts, voice: Speaker) -> tuple[Lack, ...]:
    """Answers that nobody can read count for nothing; in each focus area how many there are."""
    fields = {field_of(one) for one in facts.record.reading.findings if one.severity == "blocks"}
    measured = {node.code for node in house.framework().measurements}
    areas = Counter(area_of(one) for one in fields if one in measured)
    words = house.framework().words[voice.language]
    told = [
        _answers(
            facts,
            voice.plural(
                "{area}: {count} answer to repair",
                "{area}: {count} answers to repair",
                count,
                area=f"{area} {words[area].short}",
            ),
            area,
        )
        for area, count in sorted(areas.items(), key=lambda one: int(one[0]))
    ]
    others = sorted(fields - measured)
    return (
        *told,
        *(_answers(facts, voice.say("{what}: to repair", what=title(one, voice.language))) for one in others),
    )


def _clashes_settled(facts: Facts, voice: Speaker) -> tuple[Lack, ...]:
    areas = Counter(area_of(one.field) if ":" not in one.field else "" for one in facts.clashes)
    return tuple(
        _answers(
            facts,
            voice.plural(
                "Two people wrote {count} answer at once: choose which one counts",
                "Two people wrote {count} answers at once: choose which ones count",
                count,
            ),
            area,
        )
        for area, count in sorted(areas.items())
    )


def _questions_answered(facts: Facts, voice: Speaker) -> tuple[Lack, ...]:
    return tuple(
        _room(facts, voice.say("A question is open: {what}", what=_about(one, voice)))
        for one in facts.queries
        if one.state == OPEN
    )


def _evidence_confirmed(facts: Facts, voice: Speaker) -> tuple[Lack, ...]:
    waiting = sum(one.state == TO_CONFIRM for one in facts.evidence)
    if not waiting:
        return ()
    text = voice.plural(
        "{count} piece of evidence taken over waits to be confirmed or withdrawn",
        "{count} pieces of evidence taken over wait to be confirmed or withdrawn",
        waiting,
    )
    return (_room(facts, text),)


def _question_open(facts: Facts, voice: Speaker) -> tuple[Lack, ...]:
    if any(one.state == OPEN for one in facts.queries):
        return ()
    return (_room(facts, voice.say("Nothing was asked: ask at least one question before you return it.")),)


def _questions_settled(facts: Facts, voice: Speaker) -> tuple[Lack, ...]:
    return tuple(
        _room(facts, voice.say("A question is not settled: {what}", what=_about(one, voice)))
        for one in facts.queries
        if one.state in (OPEN, ANSWERED) and one.state != SETTLED
    )


def _about(one: Query, voice: Speaker) -> str:
    return title(one.field, voice.language) if one.field else voice.say("About the whole assessment")


# Need -> what is missing of it.
NEEDS: Mapping[str, Callable[[Facts, Speaker], tuple[Lack, ...]]] = {
    "name": _name,
    "country": _country,
    "repaired": _repaired,
    "clashes_settled": _clashes_settled,
    "questions_answered": _questions_answered,
    "evidence_confirmed": _evidence_confirmed,
    "question_open": _question_open,
    "questions_settled": _questions_settled,
}
