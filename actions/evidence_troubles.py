"""Why a link or a file may not stand behind an answer, in one sentence each: what was found, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from actions import house
from actions.room_words import ROOM_TROUBLES
from actions.rooms import RoomError
from indicators.evidence_limits import limits
from locales import mark

# By the kinds of indicators.evidence_file.look and of EvidenceError.
EVIDENCE_TROUBLES: Mapping[str, str] = {
    "file_missing": mark("Choose a file first."),
    "visit_limit": mark("That is more than one visit may upload. Sign in again, or give a link."),
    "empty": mark("The file is empty. Choose the file that holds the evidence."),
    "too_large": mark("The file is larger than {file} MB. Give the pages that matter, or a link to it."),
    "damaged": mark("The file is damaged, or something else hangs on it. Save it anew and try again."),
    "encrypted": mark("The file is locked with a password. Save it without one, so that it can be read."),
    "active": mark(
        "The file holds a program or starts one when it is opened. Print it to a plain PDF and give that."
    ),
    "macros": mark(
        "The document holds macros or controls. Save it as .docx or .xlsx without them, or as a PDF."
    ),
    "file_within": mark("Another file is packed into this one. Give each file by itself."),
    "fetches": mark(
        "The document fetches parts of itself from elsewhere when it is opened. Save it as a PDF and give that."
    ),
    "two_in_one": mark("These bytes are two kinds of file in one. Save the file anew and try again."),
    "picture_too_large": mark(
        "The picture has too many dots. Save it smaller: 5,000 dots a side are plenty."
    ),
    "unpacked_too_large": mark("The file unpacks to more than {unpacked} MB. Give the pages that matter."),
    "too_many_parts": mark("The document has more than {parts} parts. Save it as a PDF and give that."),
    "old_office": mark(
        "This is a document of an old kind (.doc, .xls, .ppt). Save it as .docx, .xlsx or PDF."
    ),
    "program": mark("This is a program. Evidence is a PDF, PNG or JPG, a .docx or .xlsx."),
    "other_picture": mark("This is a picture of another kind. Save it as PNG or JPG."),
    "other_zip": mark(
        "This is a packed folder or another kind of document. Give a PDF, PNG, JPG, .docx or .xlsx."
    ),
    "other_kind": mark("This file is none of PDF, PNG, JPG, .docx and .xlsx, whatever its name says."),
    "city_files": mark(
        "The city has {files} files of evidence already, which is the most. Give a link instead."
    ),
    "city_bytes": mark(
        "The files of the city would be more than {city} MB together. Give a smaller file or a link."
    ),
    "pointer_missing": mark("Say where in it to look: a page, a paragraph, a table."),
    "link_wrong": mark("This is no web address. It begins with https:// or http:// and holds no blanks."),
    "reason_missing": ROOM_TROUBLES["reason_missing"],
    "settled_meanwhile": mark("Somebody else has decided about this piece meanwhile. Look at it again."),
    "erased": mark("This file was taken out for good because a person's data were erased."),
}


class EvidenceError(RoomError):
    """Evidence cannot be given, or decided about, as it was asked."""

    def told(self, language: str) -> str:
        """Why, and what to do, in the reader's words."""
        most = limits()
        return house.voice(language).say(
            EVIDENCE_TROUBLES[self.kind],
            file=most.file_megabytes,
            unpacked=most.unpacked_megabytes,
            parts=most.parts,
            files=most.city_files,
            city=most.city_megabytes,
        )
