"""The repair workbook: a city's own file comes back with every finding marked at its cell and listed on a sheet.

Parts are patched where they stand, so that pictures, charts, formulas and rules are not touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.parsers import expat

from indicators import guard
from indicators.archives import DAMAGED
from indicators.book import Book
from indicators.marks import Before, Styles
from indicators.note_ids import note_id
from indicators.package import KIND, Package, office_prefix, related_id
from indicators.package_xml import Markup, attribute
from indicators.repair_answers import Answer, Earlier, answers, earlier, is_findings_sheet
from indicators.repair_marker import Marker
from indicators.repair_note import NotRepairableError, RepairNote
from indicators.repair_sheet import Line, sheet_xml
from indicators.repair_words import repair_words
from indicators.sheet_cells import position

__all__ = [
    "Answer",
    "NotRepairableError",
    "RepairNote",
    "answers",
    "is_findings_sheet",
    "note_id",
    "repaired",
]

VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BROKEN = (*DAMAGED, expat.ExpatError, LookupError)


def repaired(data: bytes, notes: Sequence[RepairNote], language: str) -> bytes:
    """The workbook with every note marked and commented at its cell and listed on a sheet, in "en" or "zh".

    What an earlier repair put in is replaced; answers given on its sheet are kept where the note is there
    still. Raises NotRepairableError for bytes that are no .xlsx or .xlsm workbook, and where the notes would
    make the file too large to be uploaded again.
    """
    _check(data)
    try:
        done = _Repair(data, language).run(notes)
    except _BROKEN as error:
        raise NotRepairableError from error
    # Whoever gets it back uploads it again, and it must not be too large for that.
    _check(done)
    return done


def _check(data: bytes) -> None:
    finding = guard.check("", data)
    if finding and finding.severity == "refuses":
        raise NotRepairableError(finding.kind)


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    part: str


class _Repair:
    """One repair under way."""

    def __init__(self, data: bytes, language: str) -> None:
        self._package = Package(data)
        self._words = repair_words(language)
        self._language = language
        self._earlier = _earlier(data)
        documents = (one.target for one in self._package.related("") if one.kind == "officeDocument")
        self._workbook = next(documents, "xl/workbook.xml")
        self._markup = Markup(self._package.get(self._workbook), 3)
        self._sheets = tuple(self._list())
        related = [found.target for found in self._package.related(self._workbook) if found.kind == "styles"]
        self._styles_part = next(filter(self._package.has, related), "")
        self._styles = Styles(self._package.get(self._styles_part) if self._styles_part else None)

    def run(self, notes: Sequence[RepairNote]) -> bytes:
        """Marks, lists and packs."""
        before: dict[str, Before] = {}
        marker = Marker(self._package, self._styles, self._earlier, self._words)
        for sheet in self._sheets:
            if sheet.name != self._earlier.sheet:
                own = [note for note in notes if note.place and note.place.sheet == sheet.name]
                before |= marker.mark_sheet(sheet.name, sheet.part, own)
        self._write_sheet(notes, before)
        self._write_styles()
        return self._package.save()

    def _list(self) -> list[_Sheet]:
        """The sheets with cells; a sheet that is a chart has none."""
        found = {one.id: one for one in self._package.related(self._workbook)}
        sheets = self._markup.root.child("sheets")
        entries = sheets.children if sheets else []
        related = [(one.attributes.get("name", ""), found.get(related_id(one))) for one in entries]
        return [
            _Sheet(name, relation.target)
            for name, relation in related
            if relation and relation.kind == "worksheet" and self._package.has(relation.target)
        ]

    def _write_sheet(self, notes: Sequence[RepairNote], before: Mapping[str, Before]) -> None:
        lines = [self._line(note, before.get(note.id)) for note in notes]
        content = sheet_xml(lines, self._styles, self._language)
        package = self._package
        old = next((sheet for sheet in self._sheets if sheet.name == self._earlier.sheet), None)
        if old:
            package.forget(old.part)
            package.put(old.part, content)
            return
        part = package.free("xl/worksheets/sheet{}.xml")
        package.put(part, content)
        package.declare(part, f"{KIND}worksheet+xml")
        id = package.relate(self._workbook, "worksheet", part)
        sheets = self._markup.root.child("sheets")
        if sheets is None:
            raise ValueError("the workbook has no sheets")
        taken = {one.attributes.get("name", "").casefold() for one in sheets.children}
        numbers = [int(one.attributes.get("sheetId", "0")) for one in sheets.children]
        name, declared = office_prefix(self._markup.root)
        title = _free_name(self._words["sheet"], taken)
        self._markup.append(
            sheets,
            f'<{sheets.prefix}sheet{declared} name="{attribute(title)}" sheetId="{max([0, *numbers]) + 1}" '
            f'{name}:id="{id}"/>'.encode(),
        )
        package.put(self._workbook, bytes(self._markup))

    def _line(self, note: RepairNote, before: Before | None) -> Line:
        place = note.place
        names = {sheet.name for sheet in self._sheets}
        linked = place and place.sheet in names and position(place.cell)
        sheet = place.sheet.replace("'", "''") if place else ""
        where = f"{place.sheet}!{place.cell}" if place and place.cell else place.sheet if place else ""
        return Line(
            id=note.id,
            where=where or self._words["whole_workbook"],
            link=f"'{sheet}'!{place.cell}" if place and linked else "",
            severity=note.severity,
            found=f"{note.title}\n{note.text}",
            proposal=note.proposal,
            before=before.written() if before else "",
            answer=self._earlier.answers.get(note.id),
        )

    def _write_styles(self) -> None:
        if not self._styles.changed:
            return
        if not self._styles_part:
            name = "xl/styles.xml"
            self._styles_part = self._package.free("xl/styles{}.xml") if self._package.has(name) else name
            self._package.relate(self._workbook, "styles", self._styles_part)
            self._package.declare(self._styles_part, f"{KIND}styles+xml")
        self._package.put(self._styles_part, bytes(self._styles))


def _earlier(data: bytes) -> Earlier:
    """What an earlier repair left, nothing if there was none."""
    try:
        sheets = Book(data, False).sheets
    except Exception as error:
        # openpyxl raises almost anything on a workbook that is broken inside.
        raise NotRepairableError from error
    return earlier(sheets) or Earlier("", {}, {}, {})


def _free_name(wanted: str, taken: set[str]) -> str:
    number, name = 1, wanted
    while name.casefold() in taken:
        number += 1
        name = f"{wanted} {number}"
    return name
