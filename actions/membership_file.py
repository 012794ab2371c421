"""The membership check as a workbook to print or send on: requirements, papers, superseded rules, what is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions import house
from actions.access import Actor
from actions.membership import Question, check_membership
from reports.sheet import MEDIA_TYPE, Column, Sheet, workbook

__all__ = ["MEDIA_TYPE", "membership_file", "membership_file_name"]

_NUMBERED = (8, 110)
_CHECKED = (18, 36, 50, 36, 60, 60)
_PAPERS = (12, 44, 70, 60)
_SUPERSEDED = (60, 16, 16, 44, 60, 40)


def membership_file_name(language: str) -> str:
    """What the file is called: subject and day."""
    subject = house.voice(language).say("Membership").casefold()
    return f"{subject}-{house.today().isoformat()}.xlsx"


def membership_file(actor: Actor, about: Question, language: str) -> bytes:
    """The bytes of the .xlsx; NotKeptError for a city of others."""
    voice, shown = house.voice(language), check_membership(actor, about, language)
    say = voice.say
    title = say("Rules as of {day}: {rules}", day=voice.date(about.on), rules=shown.rules_name)
    answer = [{say("Line"): str(i), shown.name: text} for i, text in enumerate((*shown.sentences, title), 1)]
    checked = [
        {
            say("State"): f"{one.sign} {one.word}",
            say("Requirement"): one.title,
            say("The rule"): one.rule,
            say("What is known"): one.found,
            say("What to do next"): one.advice,
            say("Source"): voice.series([text for text, _ in one.sources]),
        }
        for one in shown.rows
    ]
    papers = [
        {
            say("Done?"): one.sign,
            say("To be signed or attached"): one.title,
            say("What belongs in it"): one.text,
            say("Source"): one.source,
        }
        for one in shown.papers
    ]
    unsure = [
        {say("Line"): str(i), say("What is not confirmed"): one}
        for i, one in enumerate((*shown.known_not, *shown.caveats), 1)
    ]
    tables: list[tuple[str, Sequence[Mapping[str, str]], Sequence[float]]] = [
        (say("In short"), answer, _NUMBERED),
        (say("Requirements"), checked, _CHECKED),
        (say("To sign and attach"), papers, _PAPERS),
        (say("Superseded rules"), shown.superseded, _SUPERSEDED),
        (say("What is not confirmed"), unsure, _NUMBERED),
    ]
    return workbook([_sheet(name, rows, widths) for name, rows, widths in tables if rows], language)


def _sheet(title: str, rows: Sequence[Mapping[str, str]], widths: Sequence[float]) -> Sheet:
    names = list(rows[0])
    columns = tuple(Column(name, width) for name, width in zip(names, widths, strict=True))
    return Sheet(title, columns, tuple(tuple(row[name] for name in names) for row in rows), wrapped=True)
