"""The repair workbook of one upload: the city's own file with every finding in it, and what was answered there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.reader import READERS
from actions.standing import NotKeptError, upload
from actions.tell import tell
from actions.unusual import Links, known_cities
from actions.uploads import findings_of
from indicators.note_ids import note_id
from indicators.repair_answers import Answer
from indicators.repair_note import NotRepairableError, RepairNote
from locales import LANGUAGES, mark
from scoring.model import SEVERITIES, Finding
from store.uploads import original

__all__ = [
    "MEDIA_TYPES",
    "Answer",
    "NotRepairableError",
    "answered",
    "can_repair",
    "note_of",
    "repair",
    "repair_name",
]

# By the ending of the file: macros stay in the file, and it must say so.
MEDIA_TYPES: Mapping[str, str] = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
}
_ZIP = b"PK\x03\x04"
_LONGEST_STEM = 80
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_ENDING = re.compile(r"\.\w{1,5}$")
_NAMED = mark("{name}, with findings")


def can_repair(actor: Actor, upload_id: str) -> bool:
    """Whether the upload is a workbook that was read, so that it can be sent back; NotKeptError if there is none."""
    see(actor, upload_id)
    return _can_repair(upload_id)


def _can_repair(upload_id: str) -> bool:
    return upload(upload_id).reading.refused is None and _original(upload_id).startswith(_ZIP)


def repair(actor: Actor, upload_id: str, language: str) -> bytes:
    """The upload's own workbook with every finding marked at its cell and listed on a sheet.

    Findings stand in the order of what matters most. Raises NotKeptError if there is no such upload,
    NotRepairableError if it is no workbook: of a text file, for example, no cell can be marked.
    """
    return _repair(upload_id, language, known_cities(actor, upload_id))


@lru_cache(maxsize=8)
def _repair(upload_id: str, language: str, links: Links) -> bytes:
    reading = upload(upload_id).reading
    if reading.refused is not None:
        raise NotRepairableError(reading.refused.kind)
    if not _can_repair(upload_id):
        raise NotRepairableError("text_file")
    found = sorted(findings_of(upload_id, links), key=lambda one: SEVERITIES.index(one.severity))
    return READERS.repair(_original(upload_id), [note_of(one, language) for one in found], language)


@lru_cache(maxsize=64)
def answered(upload_id: str) -> Mapping[str, Answer]:
    """What a city answered on the sheet of findings in its upload, by note id; NotKeptError if there is none."""
    return READERS.answers(_original(upload_id)) if _can_repair(upload_id) else {}


def note_of(finding: Finding, language: str) -> RepairNote:
    """A finding as its note in a repair workbook, in the reader's words."""
    told = tell(finding, language)
    space = " " if language == "en" else ""
    text = space.join((told.sentence, told.rule, told.advice))
    return RepairNote(note_id(finding), finding.severity, finding.place, told.title, text, finding.proposal)


def repair_name(actor: Actor, upload_id: str, language: str) -> str:
    """What the repair workbook is called as a file: as the upload was, with a word for what is in it."""
    see(actor, upload_id)
    one = upload(upload_id)
    ending = ".xlsm" if any(found.kind == "macros" for found in one.reading.findings) else ".xlsx"
    stem = _ENDING.sub("", _NOT_IN_NAMES.sub(" ", one.name)).strip(" .")
    for other in LANGUAGES:
        # A repaired file that is repaired again keeps one name.
        stem = stem.removesuffix(house.voice(other).say(_NAMED, name=""))
    name = stem[:_LONGEST_STEM].strip(" .") or house.voice(language).say("Workbook")
    return house.voice(language).say(_NAMED, name=name) + ending


def _original(upload_id: str) -> bytes:
    data = original(house.store(), upload_id)
    if data is None:
        raise NotKeptError(upload_id)
    return data
