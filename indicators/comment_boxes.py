"""The drawing with a box for each comment of a sheet, without which Excel shows no comment."""

from __future__ import annotations

import re

from indicators.letters import row_and_column

_NAMES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_EMPTY = (
    ('<xml {names}>\n<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>\n</xml>')
    .format(names=" ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMES.items()))
    .encode()
)
_KIND = (
    '<{v}:shapetype id="_x0000_t202" coordsize="21600,21600" {o}:spt="202" '
    'path="m,l,21600r21600,l21600,xe"{names}><{v}:stroke joinstyle="miter"/>'
    '<{v}:path gradientshapeok="t" {o}:connecttype="rect"/></{v}:shapetype>'
)
_BOX = (
    '<{v}:shape id="_x0000_s{id}" type="#_x0000_t202" style=\'position:absolute;margin-left:60pt;'
    'margin-top:2pt;width:280pt;height:150pt;z-index:1;visibility:hidden\' fillcolor="#ffffe1" '
    '{o}:insetmode="auto"{names}><{v}:fill color2="#ffffe1"/>'
    '<{v}:shadow on="t" color="black" obscured="t"/><{v}:path {o}:connecttype="none"/>'
    "<{v}:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></{v}:textbox>"
    '<{x}:ClientData ObjectType="Note"><{x}:MoveWithCells/><{x}:SizeWithCells/>'
    "<{x}:Anchor>{left}, 12, {top}, 4, {right}, 12, {bottom}, 4</{x}:Anchor>"
    "<{x}:AutoFill>False</{x}:AutoFill><{x}:Row>{row}</{x}:Row><{x}:Column>{column}</{x}:Column>"
    "</{x}:ClientData></{v}:shape>"
)
_ROOT = re.compile(rb"<xml\b[^>]*>")
_ANY_BOX = re.compile(
    rb"<((?:\w+:)?)shape(?:\s(?:[^>\"']|\"[^\"]*\"|'[^']*')*)?(?<!/)>.*?</\1shape>", re.DOTALL
)
_ANYTHING = re.compile(rb"<(?:\w+:)?(?:shape|rect|roundrect|oval|line|group|image|polyline|curve|arc)[\s>]")
_ID = re.compile(rb"_x0000_s(\d{1,8})")
_CELL = re.compile(rb"Row>\s*(\d+)\s*</(?:\w+:)?Row>\s*<(?:\w+:)?Column>\s*(\d+)\s*</")
# Office numbers the shapes of a first sheet from here.
_FIRST_ID = 1025


def draw(drawing: bytes | None, add: frozenset[str], remove: frozenset[str]) -> bytes:
    """The drawing with a box for each comment to `add` (cells such as "F8"), those to `remove` taken out first.

    Not every program writes drawings as XML that a parser takes, so boxes are found by their words.
    """
    found = drawing if drawing and b"</" in drawing else _EMPTY
    gone = {_row_and_column(cell) for cell in remove}

    def kept(box: re.Match[bytes]) -> bytes:
        cell = _CELL.search(box[0])
        return b"" if cell and (int(cell[1]), int(cell[2])) in gone else box[0]

    found = _ANY_BOX.sub(kept, found)
    if not add:
        return found
    names = _names(found)
    boxes = [] if b'"_x0000_t202"' in found else [_KIND.format(**names)]
    first = max([_FIRST_ID - 1, *(int(number) for number in _ID.findall(found))]) + 1
    for number, (row, column) in enumerate(sorted(map(_row_and_column, add)), start=first):
        sides = {"left": column + 1, "right": column + 5, "top": max(0, row - 1), "bottom": row + 4}
        boxes.append(_BOX.format(id=number, row=row, column=column, **sides, **names))
    end = found.rindex(b"</")
    return found[:end] + "".join(boxes).encode() + found[end:]


def draws_anything(drawing: bytes) -> bool:
    """Whether there is any shape."""
    return _ANYTHING.search(drawing) is not None


def _names(drawing: bytes) -> dict[str, str]:
    """How the drawing calls the three vocabularies, and the declarations of those that it does not know."""
    root = _ROOT.search(drawing)
    names, missing = {}, ""
    for prefix, uri in _NAMES.items():
        known = re.search(rb"xmlns:([\w.-]+)\s*=\s*[\"']%s[\"']" % uri.encode(), root[0] if root else b"")
        names[prefix] = known[1].decode() if known else prefix
        missing += "" if known else f' xmlns:{prefix}="{uri}"'
    return {**names, "names": missing}


def _row_and_column(cell: str) -> tuple[int, int]:
    """Row and column counted from 0, as drawings do."""
    row, column = row_and_column(cell)
    return row - 1, column - 1
