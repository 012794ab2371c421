"""Who judges whom as a workbook, of what its reader may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions import house
from actions.access import Actor, NotAllowedError
from actions.round_assign import assigning, sees_plan
from actions.round_read import seen
from reports.sheet import MEDIA_TYPE, Column, Sheet, workbook

__all__ = ["MEDIA_TYPE", "assignment_file", "assignment_file_name"]


def assignment_file_name(language: str) -> str:
    """What the file is called: subject and day."""
    subject = house.voice(language).say("Assignment").casefold()
    return f"{subject}-{house.today().isoformat()}.xlsx"


def assignment_file(actor: Actor, round_id: str, seat: str, language: str) -> bytes:
    """The bytes of the .xlsx, of what is kept; NotKeptError and NotAllowedError for whoever does not run the round."""
    found = seen(actor, round_id, seat)
    if not sees_plan(found):
        raise NotAllowedError
    say, shown = house.voice(language).say, assigning(found, {}, language)
    figures = [{say("Figure"): one.title, say("Kept"): one.kept} for one in shown.quality.figures]
    tables = ((say("Assignment"), shown.matrix), (say("Jurors"), shown.loads), (say("Quality"), figures))
    return workbook([_sheet(title, rows) for title, rows in tables if rows], language)


def _sheet(title: str, rows: Sequence[Mapping[str, str]]) -> Sheet:
    names = list(rows[0])
    columns = tuple(Column(name, 28 if n == 0 else 16) for n, name in enumerate(names))
    return Sheet(title, columns, tuple(tuple(row[name] for name in names) for row in rows))
