"""Evidence behind a candidate's answers: links that open at the page named, and files of the city's room."""

from __future__ import annotations

import re
from collections.abc import Mapping

from actions.access import Actor, NotKeptError
from actions.evidence import Piece, all_evidence
from actions.rooms import room, rooms_of
from actions.round_facts import Candidate

# How a pointer names a page: "page 12", "p. 12", "pp. 12-14", "第 12 页".
_PAGE = re.compile(r"(?:\bpages?|\bpp?\.|第)\s*(\d{1,5})(?:\s*页)?", re.IGNORECASE)
_PDF = re.compile(r"\.pdf(?:\?[^#]*)?$", re.IGNORECASE)


def page_in(pointer: str) -> str:
    """The first page that a pointer names, "" where it names none."""
    found = _PAGE.search(pointer)
    return found.group(1) if found else ""


def at_page(link: str, pointer: str) -> str:
    """A link to a PDF as one that opens at the page that the pointer names; any other link as it is."""
    page = page_in(pointer)
    return f"{link}#page={page}" if page and _PDF.search(link) else link


def pieces_of(actor: Actor, candidate: Candidate, language: str) -> Mapping[str, tuple[Piece, ...]]:
    """The evidence of a candidate's dossier by answer: of the assessment that it was handed in from; {} without one."""
    if not candidate.city_id or not candidate.upload_id:
        return {}
    for one in rooms_of(actor, candidate.city_id):
        try:
            handed_in = room(actor, one.id).handed_in
            if handed_in is None or handed_in.upload_id != candidate.upload_id:
                continue
            found: dict[str, tuple[Piece, ...]] = {}
            for piece in all_evidence(actor, one.id, language):
                found[piece.field] = (*found.get(piece.field, ()), piece)
        except NotKeptError:
            continue
        return found
    return {}
