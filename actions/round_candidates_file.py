"""The candidates of a round as a workbook: who stands where, every rule with its days, exceptions, past winners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions import house
from actions.access import Actor
from actions.round_candidate_sheet import Sheet as CandidateSheet
from actions.round_candidate_sheet import candidate_sheet
from actions.round_candidates_page import candidates_page
from actions.round_eligibility import sees_facts, standings
from actions.round_read import Seen, seen
from reports.sheet import MEDIA_TYPE, Column, Sheet, workbook

__all__ = ["MEDIA_TYPE", "candidates_file", "candidates_file_name"]


def candidates_file_name(language: str) -> str:
    """What the file is called: subject and day."""
    subject = house.voice(language).say("Eligibility").casefold()
    return f"{subject}-{house.today().isoformat()}.xlsx"


def candidates_file(actor: Actor, round_id: str, seat: str, language: str) -> bytes:
    """The bytes of the .xlsx, of what the viewer sees at this moment; NotKeptError."""
    found = seen(actor, round_id, seat)
    say, sheets = house.voice(language).say, _sheets(actor, found, language)
    tables: list[tuple[str, Sequence[Mapping[str, str]], Sequence[float]]] = [
        (say("Candidates"), candidate_rows(found, language), (30, 24, 28, 20, 60, 40, 16, 22)),
        (say("Rule by rule"), _rules(sheets, language), (30, 34, 22, 60, 60, 60, 60)),
        (say("Exceptions"), _exceptions(sheets, language), (30, 24, 34, 18, 70, 30)),
        (say("Past winners"), winner_rows(found, language), (30, 28, 34, 22, 50)),
    ]
    return workbook([_sheet(name, rows, widths) for name, rows, widths in tables if rows], language)


def candidate_rows(found: Seen, language: str) -> list[Mapping[str, str]]:
    """Every candidate in a row; without its standing where the viewer sees none."""
    say, page = house.voice(language).say, candidates_page(found, language)
    made: list[Mapping[str, str]] = []
    for one in page.lines:
        row = {say("City"): one.name, say("Country"): one.country, say("UNESCO region"): one.region}
        if page.shown:
            row |= {
                say("Eligibility"): f"{one.look.sign} {say(one.look.word)}",
                say("What keeps it open or out"): one.hindering,
                say("Exceptions from"): one.exceptions,
                say("Dossier"): one.dossier,
                say("Free from"): one.free_from,
            }
        made.append(row)
    return made


def winner_rows(found: Seen, language: str) -> list[Mapping[str, str]]:
    """Every past winner in a row, with the day on which its block ends."""
    say = house.voice(language).say
    return [
        {
            say("City"): one.name,
            say("Country"): one.country,
            say("Awarded"): one.awarded,
            say("Block ends"): one.ends,
            say("In this round"): one.state,
        }
        for one in candidates_page(found, language).winners
    ]


def _sheets(actor: Actor, found: Seen, language: str) -> list[CandidateSheet]:
    if not sees_facts(found):
        return []
    answered = standings(found)
    every = (
        candidate_sheet(actor, found, line.id, language, answered)
        for line in candidates_page(found, language).lines
    )
    return [one for one in every if one is not None]


def _rules(sheets: Sequence[CandidateSheet], language: str) -> list[Mapping[str, str]]:
    say = house.voice(language).say
    return [
        {
            say("City"): sheet.line.name,
            say("Rule"): one.title,
            say("State"): f"{one.look.sign} {say(one.look.word)}",
            say("What is known"): one.found,
            say("What to do next"): one.then,
            say("Exception"): one.exception,
            say("Source"): one.source,
        }
        for sheet in sheets
        for one in sheet.rows
    ]


def _exceptions(sheets: Sequence[CandidateSheet], language: str) -> list[Mapping[str, str]]:
    say = house.voice(language).say
    return [{say("City"): sheet.line.name, **row} for sheet in sheets for row in sheet.history]


def _sheet(title: str, rows: Sequence[Mapping[str, str]], widths: Sequence[float]) -> Sheet:
    names = list(rows[0])
    columns = tuple(Column(name, width) for name, width in zip(names, widths[: len(names)], strict=True))
    return Sheet(title, columns, tuple(tuple(row[name] for name in names) for row in rows), wrapped=True)
