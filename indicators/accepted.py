"""Proposals that a person accepted, on the page or in the repair workbook: the cell is read as if it held them.

The file itself stays as it was sent; what was put in its place is kept with the reading and can be undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from indicators import findings
from indicators.book import Book, Cell
from indicators.letters import row_and_column
from indicators.note_ids import note_id
from indicators.repair_answers import answers_in
from scoring.model import Finding, Place

# Before the id of a finding, in the answers that a reading keeps.
ACCEPT = "accept:"
# The choice on the sheet of findings that accepts a proposal.
_CHOICE = "accept"


def accepted_ids(answers: Mapping[str, str], book: Book) -> set[str]:
    """The findings whose proposal was accepted: among the answers given on a page, and on the sheet of findings."""
    given = {key.removeprefix(ACCEPT) for key in answers if key.startswith(ACCEPT)}
    return given | {id for id, answer in answers_in(book.sheets).items() if answer.choice == _CHOICE}


def accepted_texts(found: Iterable[Finding], ids: set[str]) -> Mapping[Place, Finding]:
    """Where a proposal takes the place of what stands there."""
    return {one.place: one for one in found if one.place and one.proposal and (note_id(one) in ids)}


def put_in(book: Book, accepted: Mapping[Place, Finding]) -> None:
    """Let the cells hold the accepted proposals, in memory."""
    for sheet in book.sheets:
        cells = {
            row_and_column(place.cell): Cell(one.proposal)
            for place, one in accepted.items()
            if place.sheet == sheet.name
        }
        sheet.overwrite(cells)


def told(accepted: Sequence[Finding]) -> list[Finding]:
    """A note for every accepted proposal: what stood there, and what is read in its place."""
    return [
        findings.make(
            "proposal_accepted",
            one.place,
            one.code,
            found=str(one.facts.get("found", "")),
            proposal=one.proposal,
        )
        for one in accepted
    ]


def remembered(accepted: Iterable[Finding]) -> dict[str, str]:
    """What a reading keeps of them: by finding, the cell."""
    return {ACCEPT + note_id(one): f"{one.place.sheet}!{one.place.cell}" for one in accepted if one.place}
