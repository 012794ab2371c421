"""How a cell is marked: its own style with another background, added to a workbook's styles, and taken off again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.parsers import expat

from indicators.package_xml import Element, Markup, with_attributes

# Backgrounds by severity, told apart from each other and from the template's own in grey as well.
COLOURS: Mapping[str, str] = {
    "refuses": "F4A9A3",
    "blocks": "F4A9A3",
    "question": "FFD37A",
    "note": "BCDDF4",
}
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs"),
    *("cellStyles", "dxfs", "tableStyles", "colors", "extLst"),
)
_OURS = re.compile(
    rb"patternType=[\"']solid[\"'].*?fgColor\s[^>]*?rgb=[\"'][0-9A-Fa-f]{2}(%s)[\"']"
    % b"|".join(sorted({colour.encode() for colour in COLOURS.values()})),
    re.DOTALL | re.IGNORECASE,
)
_FILL_PARTS = {"fill", "patternFill", "fgColor", "bgColor", "gradientFill", "stop", "color"}
# A workbook without styles is shown with these.
_PLAIN = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{MAIN}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    "</styleSheet>"
).encode()


@dataclass(frozen=True, slots=True)
class Before:
    """How a cell looked before it was marked: the number of its style and the background in it.

    The number holds as long as no other program has saved the file; the background holds longer.
    """

    style: int
    fill: str

    def written(self) -> str:
        """As text for a hidden cell."""
        return json.dumps([self.style, self.fill], ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> Before | None:
        """From the text of a hidden cell, None if it is no longer what was written."""
        try:
            style, fill = json.loads(text)
        except (ValueError, TypeError):
            return None
        return cls(style, fill) if isinstance(style, int) and isinstance(fill, str) else None


@dataclass(frozen=True, slots=True)
class Look:
    """A style of our own: elements with `{p}` for their prefix, "" for the plain one, and an alignment's attributes.

    `text` keeps whatever is in the cell a text, also when somebody edits it.
    """

    font: str
    alignment: str
    fill: str = ""
    border: str = ""
    text: bool = False


class Styles:
    """The styles of a workbook, to which others are added; the same one is never added twice."""

    def __init__(self, content: bytes | None) -> None:
        """`content` is the part of styles, None where a workbook has none."""
        self._markup = Markup(content or _PLAIN, 3)
        self._created = content is None
        self._lists = {name: self._list(name) for name in ("fonts", "fills", "borders", "cellXfs")}
        self._old = {name: len(entries) for name, entries in self._lists.items()}

    @property
    def changed(self) -> bool:
        """Whether anything was added."""
        return self._created or any(len(self._lists[name]) > old for name, old in self._old.items())

    def marked(self, style: int, severity: str) -> int:
        """The number of the style that is `style` on the background of a severity."""
        p = self._markup.prefix
        fill = self._add(
            "fills",
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="FF{COLOURS[severity]}"/>'
            f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>',
        )
        return self._add_bytes(
            "cellXfs", with_attributes(self._style(style), fillId=str(fill), applyFill="1")
        )

    def is_marked(self, style: int) -> bool:
        """Whether a style's background is one of ours."""
        return style in self._marked

    @cached_property
    def _marked(self) -> frozenset[int]:
        ours = {number for number, fill in enumerate(self._lists["fills"]) if _OURS.search(fill)}
        return frozenset(
            number for number, xf in enumerate(self._lists["cellXfs"]) if _number(xf, b"fillId") in ours
        )

    def before(self, style: int) -> Before:
        """What is to be known for taking a mark off a cell that has `style` now."""
        fills, number = self._lists["fills"], _number(self._style(style), b"fillId")
        return Before(style, fills[number].decode() if number < len(fills) else "")

    def unmarked(self, style: int, before: Before | None) -> int:
        """The number of the style that a marked cell had before; without background where that is not known."""
        marked, styles = self._style(style), self._lists["cellXfs"]
        if before and 0 <= before.style < len(styles):
            old = styles[before.style]
            again = with_attributes(old, fillId=str(_number(marked, b"fillId")), applyFill="1")
            if again == marked and self.before(before.style) == before:
                return before.style
        fill = 0
        if before and _is_fill(before.fill, self._markup.prefix):
            fill = self._add("fills", before.fill)
        return self._add_bytes(
            "cellXfs", with_attributes(marked, fillId=str(fill), applyFill="1" if fill else "0")
        )

    def add(self, look: Look) -> int:
        """Adds a style of our own sheet and returns its number."""
        p = self._markup.prefix
        font, fill, border = (
            self._add(name, entry.replace("{p}", p)) if entry else 0
            for name, entry in (("fonts", look.font), ("fills", look.fill), ("borders", look.border))
        )
        quote = ' quotePrefix="1"' if look.text else ""
        return self._add(
            "cellXfs",
            f'<{p}xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"{quote} '
            f'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f"<{p}alignment {look.alignment}/></{p}xf>",
        )

    def __bytes__(self) -> bytes:
        p = self._markup.prefix
        for name, entries in self._lists.items():
            added, found = entries[self._old[name] :], self._markup.root.child(name)
            if not added:
                continue
            if found is None:
                whole = b'<%s count="%d">%s</%s>' % (
                    (p + name).encode(),
                    len(entries),
                    b"".join(entries),
                    (p + name).encode(),
                )
                self._markup.put(_ORDER, name, whole)
                continue
            self._markup.append(found, b"".join(added))
            if "count" in found.attributes:
                self._markup.set(found, "count", str(len(entries)))
        return bytes(self._markup)

    def _list(self, name: str) -> list[bytes]:
        found: Element | None = self._markup.root.child(name)
        return [self._markup.raw(one) for one in found.children] if found else []

    def _style(self, number: int) -> bytes:
        styles = self._lists["cellXfs"]
        if not styles:
            p = self._markup.prefix
            self._add("cellXfs", f'<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>')
        return styles[number if 0 <= number < len(styles) else 0]

    def _add(self, name: str, entry: str) -> int:
        return self._add_bytes(name, entry.encode())

    def _add_bytes(self, name: str, entry: bytes) -> int:
        entries = self._lists[name]
        if entry not in entries:
            entries.append(entry)
        return entries.index(entry)


def _number(element: bytes, name: bytes) -> int:
    match = re.search(rb"\s" + name + rb"\s*=\s*[\"'](\d{1,9})[\"']", element)
    return int(match[1]) if match else 0


def _is_fill(fill: str, prefix: str) -> bool:
    """Whether a text from a hidden cell, which anybody may have changed, is one background and nothing else."""
    names: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: names.append(name)
    if "<!" in fill or "<?" in fill:
        return False
    try:
        parser.Parse(fill.encode(), True)
    except (expat.ExpatError, UnicodeError):
        return False
    return names[0] == f"{prefix}fill" and all(name.removeprefix(prefix) in _FILL_PARTS for name in names)
