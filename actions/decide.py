"""What a city decides about doubtful readings: answers for whole columns, accepted proposals, and taking either back.

Nothing kept is changed. A decision reads the same file once more and keeps the new reading under an id of its own;
taking it back leads to a reading without it. The file's bytes stay what they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor, areas_open_to, see, subject_of_upload
from actions.reader import READERS
from actions.set_aside import areas_counted, within
from actions.standing import NotKeptError, upload
from actions.tell import tell
from indicators.accepted import ACCEPT
from indicators.note_ids import note_id
from indicators.questions import questions
from locales import mark
from store.uploads import add, original

# How the answers to a question about a column are told, by doubt and option.
_OPTIONS: Mapping[str, Mapping[str, str]] = {
    "decimal_mark": {",": mark("The comma is the decimal mark"), ".": mark("The point is the decimal mark")},
    "fraction": {
        "percent": mark("They are percentages as written"),
        "fraction": mark("They are fractions of 1"),
    },
    "range": {
        "low": mark("Take the lower end"),
        "middle": mark("Take the middle"),
        "high": mark("Take the upper end"),
    },
    "bound": {"bound": mark("Take the limit itself")},
    "unit": {
        "as_it_stands": mark("The numbers are in the unit of the row"),
        "converted": mark("Convert them into the unit of the row"),
    },
}
_QUESTIONS: Mapping[str, str] = {
    "decimal_mark": mark("Is 1.234 one and a bit, or more than a thousand?"),
    "fraction": mark("Are small numbers percentages, or fractions such as 0.45 for 45%?"),
    "range": mark("Some values are ranges. Which point counts?"),
    "bound": mark("Some values are limits, such as “less than 5”. What counts?"),
    "unit": mark("Some values name another unit. What are they?"),
}


@dataclass(frozen=True, slots=True)
class ColumnQuestion:
    """One doubt of one column in words: where, how many cells, and what may be answered (option -> words)."""

    id: str
    where: str
    text: str
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be right in one cell; `key` is what a decision about it is kept under."""

    key: str
    where: str
    title: str
    found: str
    proposal: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision that was made, in words, and the key under which it can be taken back."""

    key: str
    text: str


def column_questions(actor: Actor, upload_id: str, language: str) -> tuple[ColumnQuestion, ...]:
    """What must be asked about one upload, once a column; NotKeptError if there is no such upload."""
    see(actor, upload_id)
    voice = house.voice(language)
    found = []
    for one in questions(upload(upload_id).reading):
        doubt = one.doubt.split(" ")[0]
        where = voice.plural(
            "Sheet {sheet}, column {column}, {count} cell",
            "Sheet {sheet}, column {column}, {count} cells",
            len(one.places),
            sheet=one.sheet,
            column=one.column,
        )
        words = _OPTIONS.get(doubt, {})
        options = {option: voice.say(words[option]) if option in words else option for option in one.options}
        found.append(ColumnQuestion(one.id, where, voice.say(_QUESTIONS[doubt]), options))
    return tuple(found)


def proposals(actor: Actor, upload_id: str, language: str) -> tuple[Proposal, ...]:
    """The corrections that can be accepted as they are; NotKeptError if there is no such upload."""
    see(actor, upload_id)
    return tuple(
        Proposal(
            key=ACCEPT + note_id(one),
            where=told.where,
            title=told.title,
            found=str(one.facts.get("found", "")),
            proposal=one.proposal,
        )
        for one in upload(upload_id).reading.findings
        if one.proposal and one.place and (told := tell(one, language))
    )


def decisions(actor: Actor, upload_id: str, language: str) -> tuple[Decision, ...]:
    """What was decided about one upload so far, and can be taken back."""
    see(actor, upload_id)
    voice = house.voice(language)
    found = []
    for key, answer in upload(upload_id).reading.answers.items():
        if key.startswith(ACCEPT):
            text = voice.say("Accepted at {cell}", cell=answer)
        else:
            sheet, column, doubt = key.rsplit("!", 2)
            words = _OPTIONS.get(doubt.split(" ")[0], {})
            text = voice.say(
                "Sheet {sheet}, column {column}: {answer}",
                sheet=sheet,
                column=column,
                answer=voice.say(words[answer]) if answer in words else answer,
            )
        found.append(Decision(key, text))
    return tuple(found)


def may_decide(actor: Actor, upload_id: str) -> bool:
    """Whether the actor may decide about an upload; a contributor for some focus areas only about her own files."""
    try:
        _require_decide(actor, upload_id)
    except NotKeptError:
        return False
    return True


def _require_decide(actor: Actor, upload_id: str) -> None:
    see(actor, upload_id, right="decide")
    if actor.everything:
        return
    subject = subject_of_upload(upload_id)
    if subject.city and subject.person != actor.person and areas_open_to(actor, subject.city) is not None:
        raise NotKeptError(upload_id)


def decide(actor: Actor, upload_id: str, changes: Mapping[str, str | None]) -> str:
    """Read an upload once more with decisions made (key -> answer) or taken back (key -> None); returns the new id.

    The new upload is of the same city. Raises NotKeptError if there is no such upload, StoreError if it cannot be kept.
    """
    _require_decide(actor, upload_id)
    one, data = upload(upload_id), original(house.store(), upload_id)
    if data is None:
        raise NotKeptError(upload_id)
    answers = {
        key: answer for key, answer in {**one.reading.answers, **changes}.items() if answer is not None
    }
    areas = areas_counted(one.reading)
    reading = within(READERS.read(one.name, data, columns=answers), areas)
    kept = add(
        house.store(),
        name=one.name,
        data=data,
        reading=reading,
        framework=one.framework,
        edition=one.edition,
        decided_from=upload_id,
        why="; ".join(key if answer is None else f"{key} = {answer}" for key, answer in changes.items()),
        actor=actor.person,
        areas=areas,
    )
    return kept.id
