"""Two people on one answer: what the slower one wrote beside what counts, and choosing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions import house
from actions.access import Actor, NotKeptError
from actions.record import require_field
from actions.record_words import apart, column_title, moment, text_of
from actions.rooms import require_open, room
from indicators.typed import Said
from store.acts import Act
from store.record import MINE, THEIRS, ChangedMeanwhileError, Clash, RecordEntry, clashes, settle

__all__ = ["MINE", "THEIRS", "ClashShown", "choose", "show_clashes"]

_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class ClashShown:
    """One clash in words: who wrote what counts and when, who wrote the other and when, and where they differ.

    `rows` have a column each for what is asked, what counts and what does not; `mine` says that the actor wrote it.
    """

    id: str
    counts_by: str
    counts_at: str
    by: str
    at: str
    rows: tuple[Mapping[str, str], ...]
    mine: bool


def show_clashes(
    found: Sequence[Clash], entry: RecordEntry | None, people: Mapping[str, str], person: str, language: str
) -> tuple[ClashShown, ...]:
    """The clashes of one field beside what counts in it now."""
    say = house.voice(language).say
    counts: Said = entry.said if entry else {}
    shown = []
    for one in found:
        shown.append(
            ClashShown(
                one.id,
                people[entry.by] if entry else "",
                moment(entry.at, language) if entry else "",
                people[one.by],
                moment(one.at, language),
                tuple(
                    {
                        say("Column"): column_title(one.field, name, language),
                        say("Counts now"): text_of(one.field, name, counts.get(name, ""), language)
                        or _NOTHING,
                        say("Written meanwhile"): text_of(one.field, name, one.said.get(name, ""), language)
                        or _NOTHING,
                    }
                    for name in apart(one.field, counts, one.said)
                ),
                one.by == person,
            )
        )
    return tuple(shown)


def choose(actor: Actor, assessment_id: str, clash_id: str, choice: str, base: int) -> RecordEntry | None:
    """Let `mine` (what the slower one wrote) or `theirs` count in a clash; returns what counts then.

    `base` is the version that the chooser has seen: if yet another one came in since, nothing is settled, and that
    one is returned. NotKeptError for a clash that is not there or settled, RoomError where the record stands still,
    StoreError.
    """
    room(actor, assessment_id, "fill")
    with house.store().reading() as reader:
        found = next((one for one in clashes(reader, assessment_id) if one.id == clash_id), None)
    if found is None:
        raise NotKeptError(clash_id)
    here = room(actor, assessment_id, "fill")
    require_field(here, found.field)
    act = Act(actor.person, "settle", "record", assessment_id, {"field": found.field, "choice": choice})
    with house.store().writing(act) as writing:
        require_open(writing, assessment_id)
        try:
            return settle(writing, found, choice, base=base)
        except ChangedMeanwhileError as meanwhile:
            return meanwhile.entry
