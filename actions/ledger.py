"""What was understood from every cell: the text as it stands, the rules applied, the value, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.figures import NOTHING
from actions.figures import value as with_unit
from actions.standing import upload
from indicators.labels import choices, fields
from indicators.number_words import rule_words
from indicators.profile import profile_fields
from scoring.model import Entry, Observation, Reading

_LEVEL = "level"


def ledger(actor: Actor, upload_id: str, language: str) -> tuple[Mapping[str, str], ...]:
    """One row for every cell that holds an answer, in words; NotKeptError if there is no such upload.

    Profile first, then measurements, then ratings; empty for a reading kept before readings knew their rules.
    """
    see(actor, upload_id)
    return _ledger(upload_id, language)


@lru_cache(maxsize=64)
def _ledger(upload_id: str, language: str) -> tuple[Mapping[str, str], ...]:
    return tuple(_rows(upload(upload_id).reading, language))


def reading_words(read: Observation | Entry, language: str) -> str:
    """How one cell was read, in one line: as written, by which rules, how surely; "" where nothing was typed."""
    if not read.raw:
        return ""
    voice, words = house.voice(language), rule_words(language)
    rules = [words[f"rule.{rule}"] for rule in read.rule.split()]
    sure = words[f"confidence.{read.confidence}"] if read.confidence else ""
    return voice.say(
        "Written “{raw}”, read: {how}",
        raw=read.raw,
        how=voice.listing([part for part in (*rules, sure) if part]) or voice.say("not understood"),
    )


def _rows(reading: Reading, language: str) -> Iterator[Mapping[str, str]]:
    framework, declaration = house.framework(), house.declaration()
    for id, entry in reading.entries.items():
        yield _row(fields(language)[id].text, entry, _entry(id, entry, language), language)
    for code, answer in reading.observations.items():
        measurement = framework.by_code[code].measurement
        if measurement is not None and answer.raw:
            title = f"{code} {framework.words[language][code].title}"
            yield _row(title, answer, with_unit(answer.value, measurement.unit, language), language)
    for answer in reading.ratings.values():
        if answer.raw and answer.code in declaration.words[language]:
            title = f"§{answer.code} {declaration.words[language][answer.code].title}"
            yield _row(title, answer, with_unit(answer.value, _LEVEL, language), language)


def _row(title: str, read: Observation | Entry, value: str, language: str) -> Mapping[str, str]:
    say, words, voice = house.voice(language).say, rule_words(language), house.voice(language)
    rules = [words[f"rule.{rule}"] for rule in read.rule.split()]
    return {
        say("Measurement"): title,
        say("Cell"): f"{read.place.sheet}!{read.place.cell}",
        say("As written"): read.raw,
        say("How it was read"): voice.listing(rules) if rules else say("not understood"),
        say("Value taken"): value,
        say("How sure"): words[f"confidence.{read.confidence}"] if read.confidence else NOTHING,
    }


def _entry(id: str, entry: Entry, language: str) -> str:
    """A profile entry as a reader sees it: years without thousands marks, choices by their names."""
    field = profile_fields()[id]
    if entry.value is None:
        return NOTHING
    if isinstance(entry.value, str):
        return choices(field.choices, language)[entry.value].text if field.choices else entry.value
    if field.kind == "year":
        return str(int(entry.value))
    return with_unit(float(entry.value), "", language)
