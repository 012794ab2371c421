"""The history of an answer: every version of it, who made it, when, why and from where, and what was not taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions import house
from actions.access import Actor
from actions.record_words import apart, column_title, moment, names_of, text_of, way
from actions.rooms import room
from indicators.typed import Said
from store.record import LATER, THEIRS, current, ended_clashes, history
from store.states import ENTRIES
from store.uploads import get
from store.words import Reader

_NOTHING = "–"


def history_rows(
    actor: Actor, assessment_id: str, field: str, language: str
) -> tuple[Mapping[str, str], ...]:
    """The versions of a field as table rows, the newest first; NotKeptError.

    What somebody wrote at the same time and was not taken stands among them, so that no text is lost from sight.
    """
    here = room(actor, assessment_id)
    with house.store().reading() as reader:
        versions = history(reader, assessment_id, field)
        until = here.until(ENTRIES)
        aside = ended_clashes(reader, assessment_id, field) if here.sees_draft else ()
        people = names_of(
            reader, [*(one.by for one in versions), *(clash.by for clash, _ in aside)], language
        )
        shown = versions if until is None else versions[: _seen(reader, assessment_id, field, until)]
    say = house.voice(language).say
    rows = []
    before: Said = {}
    for one in shown:
        rows.append(
            (
                one.at,
                {
                    say("Version"): house.voice(language).number(one.version),
                    say("When"): moment(one.at, language),
                    say("Who"): people[one.by],
                    say("What changed"): _changes(field, before, one.said, language)
                    or say("nothing but the reason"),
                    say("Why"): one.why or _NOTHING,
                    say("How"): _from(one.upload_id, one.sheet, one.cell, language) or way(one.way, language),
                },
            )
        )
        before = one.said
    for clash, choice in aside:
        if choice in (THEIRS, LATER):
            base = versions[clash.base - 1].said if clash.base else {}
            rows.append(
                (
                    clash.at,
                    {
                        say("Version"): _NOTHING,
                        say("When"): moment(clash.at, language),
                        say("Who"): people[clash.by],
                        say("What changed"): _changes(field, base, clash.said, language),
                        say("Why"): _NOTHING,
                        say("How"): say("written meanwhile, not taken"),
                    },
                )
            )
    return tuple(row for _, row in sorted(rows, key=lambda one: one[0], reverse=True))


def versions_said(actor: Actor, assessment_id: str, field: str) -> tuple[Said, ...]:
    """What a field said in each of its versions, from 0 (nothing) on; NotKeptError."""
    room(actor, assessment_id, "fill")
    with house.store().reading() as reader:
        return ({}, *(one.said for one in history(reader, assessment_id, field)))


def nearest_version(versions: Sequence[Said], said: Said, since: int) -> int:
    """On top of which version from `since` on a text was most likely written: where the fewest columns differ.

    Of several it is the oldest, so that in doubt somebody is asked.
    """

    def apart_from(version: int) -> int:
        other = versions[version]
        return sum(said.get(name, "") != other.get(name, "") for name in {**said, **other})

    return min(range(since, len(versions)), key=apart_from)


def _seen(reader: Reader, assessment_id: str, field: str, until: int) -> int:
    found = current(reader, assessment_id, until).get(field)
    return found.version if found else 0


def _changes(field: str, before: Said, after: Said, language: str) -> str:
    """What became another text, by column: "Value: 4.9 → 5.1; Year: – → 2025"."""
    return "; ".join(
        f"{column_title(field, name, language)}: "
        f"{text_of(field, name, before.get(name, ''), language) or _NOTHING} → "
        f"{text_of(field, name, after.get(name, ''), language) or _NOTHING}"
        for name in apart(field, before, after)
    )


def _from(upload_id: str, sheet: str, cell: str, language: str) -> str:
    """The file, sheet and cell that a version came from, "" for what was typed on a page."""
    kept = get(house.store(), upload_id) if upload_id else None
    if kept is None:
        return ""
    return house.voice(language).say(
        "from {file}, {place}", file=kept.name, place=f"{sheet}!{cell}" if cell else sheet or _NOTHING
    )
