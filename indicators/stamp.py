"""The stamp that a template carries on a hidden sheet: for which framework, edition and language it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indicators import findings
from indicators.book import Book
from indicators.labels import LANGUAGES
from indicators.text import quoted
from scoring.model import Finding, Framework

SHEET = "_template"
TEMPLATE = "learning-city-scorecard"
# Raised whenever an older version could no longer read a new template.
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the hidden sheet says; `format` is 0 where it names no version that is understood."""

    template: str
    framework: str
    edition: str
    language: str
    format: int
    invented: bool
    part: tuple[str, ...] = ()  # what one department's part holds; nothing for a whole workbook
    made_from: str = ""  # the record that the workbook shows, and up to which entry; nothing for a blank one


def write_stamp(stamp: Stamp) -> Mapping[str, str]:
    """The rows of the hidden sheet, key and value."""
    return {
        "template_id": stamp.template,
        "framework": stamp.framework,
        "edition": stamp.edition,
        "language": stamp.language,
        "format": str(stamp.format),
        "invented": "yes" if stamp.invented else "no",
        **({"part": " ".join(stamp.part)} if stamp.part else {}),
        **({"made_from": stamp.made_from} if stamp.made_from else {}),
    }


def read_stamp(book: Book) -> Stamp | None:
    """The stamp of a workbook, None if it carries none (or its sheet was removed)."""
    for sheet in book.sheets:
        if sheet.cell(1, 1).value == "template_id":
            pairs = {str(sheet.cell(row, 1).value): str(sheet.cell(row, 2).value) for row in sheet.rows}
            language = pairs.get("language", "")
            number = pairs.get("format", "")
            return Stamp(
                pairs["template_id"],
                pairs.get("framework", ""),
                pairs.get("edition", ""),
                language if language in LANGUAGES else LANGUAGES[0],
                int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0,
                pairs.get("invented") == "yes",
                tuple(pairs.get("part", "").split()),
                quoted(pairs.get("made_from", "")),
            )
    return None


def _readable(stamp: Stamp, framework: Framework) -> bool:
    """Whether the edition is today's or an older one whose codes are known."""
    return stamp.edition == framework.edition or stamp.edition in framework.editions


def refused_stamp(stamp: Stamp, framework: Framework, name: str) -> Finding | None:
    """Why a workbook with this stamp is not one of the framework's edition, None if it is."""
    asked = (
        ("other_framework", stamp.framework != framework.id, stamp.framework, framework.id),
        ("newer_format", stamp.format > FORMAT, stamp.format, FORMAT),
        ("other_edition", not _readable(stamp, framework), stamp.edition, framework.edition),
    )
    for kind, wrong, found, expected in asked:
        if wrong:
            return findings.make(kind, file=name, found=found, expected=expected)
    return None
