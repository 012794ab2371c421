"""Marking one sheet: its cells get another background and a comment each, and lose those of an earlier repair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicators.cell_comments import Comments
from indicators.comment_boxes import draw, draws_anything
from indicators.letters import name_of
from indicators.marks import Before, Styles
from indicators.package import KIND, Package, office_prefix, related_id
from indicators.package_xml import Element, Markup
from indicators.repair_answers import Earlier
from indicators.repair_note import RepairNote
from indicators.sheet_cells import DEPTH, ORDER, Position, SheetCells, position
from scoring.model import SEVERITIES

VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"


@dataclass(frozen=True, slots=True)
class Marker:
    """What marking needs: the package and its styles, what an earlier repair left, and the language's words."""

    package: Package
    styles: Styles
    earlier: Earlier
    words: Mapping[str, str]

    def mark_sheet(self, name: str, part: str, notes: Sequence[RepairNote]) -> dict[str, Before]:
        """Marks one sheet's cells, and unmarks those of an earlier repair; how they looked, by note id."""
        package, styles = self.package, self.styles
        markup = Markup(package.get(part), DEPTH)
        cells = SheetCells(markup)
        parts = {found.kind: found for found in package.related(part)}
        at = parts.get("comments")
        comments = Comments.read(package.get(at.target) if at and package.has(at.target) else None)
        by_cell: dict[Position, list[RepairNote]] = {}
        for note in notes:
            place = position(note.place.cell) if note.place else None
            if place:
                by_cell.setdefault(cells.shown(*place), []).append(note)
        if not by_cell and not comments.ours and not self.earlier.before:
            return {}
        changed = self._unmark(name, cells, comments.ours)
        before: dict[str, Before] = {}
        texts: dict[str, str] = {}
        for place, here in sorted(by_cell.items()):
            plain = changed.get(place, cells.style(*place))
            worst = min((note.severity for note in here), key=SEVERITIES.index)
            changed[place] = styles.marked(plain, worst)
            before |= dict.fromkeys((note.id for note in here), styles.before(plain))
            texts[name_of(*place)] = "\n\n".join(map(self._comment, here))
        cells.restyle(changed)
        if texts or comments.ours:
            self._comment_on(part, markup, comments, texts)
        if markup.changed:
            package.put(part, bytes(markup))
        return before

    def _unmark(self, name: str, cells: SheetCells, ours: Mapping[str, str]) -> dict[Position, int]:
        """The styles that marked cells had before.

        A colour alone is no mark, since a city may use it too: the cell must have our comment, which stays
        with it where rows were inserted, or be one that our sheet names.
        """
        known = self.earlier.before
        named = {place: look for (sheet, place), look in self.earlier.places.items() if sheet == name}
        plain: dict[Position, int] = {}
        for place, style in cells.styles().items():
            if not self.styles.is_marked(style):
                continue
            comment, cell = ours.get(name_of(*place)), name_of(*place)
            if comment is None and cell not in named:
                continue
            told = [look for id, look in known.items() if comment and f"[{id}]" in comment]
            plain[place] = self.styles.unmarked(style, next(iter(told), named.get(cell)))
        return plain

    def _comment(self, note: RepairNote) -> str:
        head = f"{self.words[f'severity_{note.severity}']} [{note.id}]"
        proposal = self.words["proposal"].format(proposal=note.proposal) if note.proposal else ""
        return "\n".join(filter(None, (head, note.title, note.text, proposal)))

    def _comment_on(self, part: str, markup: Markup, comments: Comments, texts: Mapping[str, str]) -> None:
        """Writes a sheet's comments and their boxes, or takes out the parts that hold nothing any more."""
        package = self.package
        related = package.related(part)
        known = next((found for found in related if found.kind == "comments"), None)
        element = markup.root.child("legacyDrawing")
        id = related_id(element) if element else ""
        drawn = next((found for found in related if found.id == id and package.has(found.target)), None)
        add = comments.add(texts)
        drawing = draw(package.get(drawn.target) if drawn else None, add, comments.removed)
        if known and comments.empty:
            package.unrelate(part, known.id)
            package.drop(known.target)
        elif not comments.empty:
            target = known.target if known else package.free("xl/comments{}.xml")
            package.put(target, comments.content)
            if known is None:
                package.relate(part, "comments", target)
                package.declare(target, f"{KIND}comments+xml")
        if drawn and element and not draws_anything(drawing):
            package.unrelate(part, drawn.id)
            package.drop(drawn.target)
            markup.remove(element)
        elif drawn:
            package.put(drawn.target, drawing)
        elif add:
            target = package.free("xl/drawings/vmlDrawing{}.vml")
            package.put(target, drawing)
            package.declare_ending("vml", VML)
            self._show(markup, element, package.relate(part, "vmlDrawing", target))

    def _show(self, markup: Markup, element: Element | None, id: str) -> None:
        """Lets a sheet show a drawing of comments."""
        if element is not None:
            markup.remove(element)
        name, declared = office_prefix(markup.root)
        new = f'<{markup.prefix}legacyDrawing{declared} {name}:id="{id}"/>'.encode()
        markup.put(ORDER, "legacyDrawing", new)
