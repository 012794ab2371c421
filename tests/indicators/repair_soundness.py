"""What Excel insists on in a workbook's parts, asserted by parsing every one of them."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from openpyxl.utils.cell import coordinate_to_tuple

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CHILDREN = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "AlternateContent",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
ONCE = set(CHILDREN) - {"conditionalFormatting", "AlternateContent"}
KINDS = {
    "comments": "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
    "vmlDrawing": "application/vnd.openxmlformats-officedocument.vmlDrawing",
    "worksheet": "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
    "styles": "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
}


def parts(data: bytes) -> dict[str, bytes]:
    """Every part of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def related(found: dict[str, bytes], part: str) -> Iterator[tuple[str, str, str]]:
    """Id, kind and target of every part that a part uses."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    for one in ElementTree.fromstring(found[rels]) if rels in found else ():
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join(f"/{folder}", one.attrib["Target"])).lstrip("/")
            yield one.attrib["Id"], one.attrib["Type"].rpartition("/")[2], target


def assert_sound(data: bytes) -> None:
    """Raises AssertionError on the first thing for which Excel would offer to repair the file."""
    found = parts(data)
    assert len({name.lower() for name in found}) == len(found)
    for name, content in found.items():
        if name.endswith((".xml", ".rels", ".vml")):
            ElementTree.fromstring(content)
    _assert_declared(found)
    for name in found:
        if name.endswith(".rels"):
            folder, base = posixpath.split(name)
            source = posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))
            assert not base.removesuffix(".rels") or source in found, f"{name} belongs to nothing"
            relations = list(related(found, source))
            assert len({id for id, _, _ in relations}) == len(relations)
            assert [target for _, _, target in relations if target not in found] == []
    styles = _assert_styles(found["xl/styles.xml"])
    book = ElementTree.fromstring(found["xl/workbook.xml"])
    sheets = book.findall(f"{NS}sheets/{NS}sheet")
    assert len({sheet.attrib["name"].lower() for sheet in sheets}) == len(sheets)
    assert len({sheet.attrib["sheetId"] for sheet in sheets}) == len(sheets)
    assert all(0 < len(sheet.attrib["name"]) <= 31 for sheet in sheets)
    targets = {id: (kind, target) for id, kind, target in related(found, "xl/workbook.xml")}
    for sheet in sheets:
        kind, target = targets[sheet.attrib[f"{REL}id"]]
        if kind == "worksheet":
            _assert_sheet(found, target, styles)


def _assert_declared(found: dict[str, bytes]) -> None:
    types = ElementTree.fromstring(found["[Content_Types].xml"])
    defaults = [one.attrib["Extension"].lower() for one in types if local(one) == "Default"]
    overrides = {
        one.attrib["PartName"].lstrip("/"): one.attrib["ContentType"]
        for one in types
        if local(one) == "Override"
    }
    assert len(set(defaults)) == len(defaults)
    assert len(overrides) + len(defaults) == len(types)
    assert [name for name in overrides if name not in found] == []
    declared = {
        one.attrib["Extension"].lower(): one.attrib["ContentType"] for one in types if local(one) == "Default"
    }
    for name in found:
        if name != "[Content_Types].xml":
            kind = overrides.get(name) or declared[name.rpartition(".")[2].lower()]
            for part in found:
                if not part.endswith(".rels"):
                    for _, relation, target in related(found, part):
                        if target == name and relation in KINDS:
                            assert kind == KINDS[relation], name


def _assert_styles(content: bytes) -> int:
    root = ElementTree.fromstring(content)
    lists = {local(one): one for one in root}
    for name in ("fonts", "fills", "borders", "cellXfs"):
        assert lists[name].get("count", str(len(lists[name]))) == str(len(lists[name])), name
    for style in lists["cellXfs"]:
        for name in ("font", "fill", "border"):
            assert int(style.get(f"{name}Id", "0")) < len(lists[f"{name}s"])
    return len(lists["cellXfs"])


def _assert_sheet(found: dict[str, bytes], part: str, styles: int) -> None:
    root = ElementTree.fromstring(found[part])
    names = [local(one) for one in root]
    assert names == sorted(names, key=CHILDREN.index), part
    assert all(names.count(name) == 1 for name in names if name in ONCE)
    rows = root.findall(f"{NS}sheetData/{NS}row")
    last_row = 0
    for row in rows:
        number = int(row.get("r", last_row + 1))
        assert number > last_row, part
        last_row, last_column = number, 0
        for cell in row:
            at, column = coordinate_to_tuple(cell.get("r", f"A{number}"))
            column = column if "r" in cell.attrib else last_column + 1
            assert at == number
            assert column > last_column, f"{part} {cell.attrib}"
            last_column = column
            assert int(cell.get("s", "0")) < styles
            if "spans" in row.attrib:
                first, _, last = row.attrib["spans"].partition(":")
                assert int(first) <= column <= int(last)
    for name, entry in (("dataValidations", "dataValidation"), ("mergeCells", "mergeCell")):
        holder = root.find(f"{NS}{name}")
        if holder is not None and "count" in holder.attrib:
            assert int(holder.attrib["count"]) == len(holder.findall(f"{NS}{entry}")) > 0
    _assert_comments(found, part, root)


def _assert_comments(found: dict[str, bytes], part: str, root: ElementTree.Element) -> None:
    relations = list(related(found, part))
    comments = [target for _, kind, target in relations if kind == "comments"]
    drawings = {id: target for id, kind, target in relations if kind == "vmlDrawing"}
    legacy = root.find(f"{NS}legacyDrawing")
    assert len(comments) <= 1
    if not comments:
        return
    assert legacy is not None
    drawing = found[drawings[legacy.attrib[f"{REL}id"]]]
    ids = re.findall(rb'\sid="(_x0000_s\d+)"', drawing)
    assert len(set(ids)) == len(ids)
    boxes = {
        (int(row), int(column))
        for row, column in re.findall(rb"Row>(\d+)</[\w:]*Row>\s*<[\w:]*Column>(\d+)<", drawing)
    }
    body = ElementTree.fromstring(found[comments[0]])
    authors = body.findall(f"{NS}authors/{NS}author")
    cells = body.findall(f"{NS}commentList/{NS}comment")
    assert len(cells) > 0
    assert len({cell.attrib["ref"] for cell in cells}) == len(cells)
    for cell in cells:
        assert int(cell.attrib["authorId"]) < len(authors)
        row, column = coordinate_to_tuple(cell.attrib["ref"])
        assert (row - 1, column - 1) in boxes
        text = cell.find(f"{NS}text")
        assert text is not None
        assert [local(one) for one in text] in (["t"], ["r"] * len(text))
