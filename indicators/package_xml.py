"""One XML part patched where it stands: expat tells at which byte each element is, and only splices are written.

Whatever no splice touches stays byte for byte as it was, prefixes, unknown elements and white space included.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.parsers import expat

_ATTRIBUTE = re.compile(rb"\s([^\s=/>\"']+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_START_TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>")
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)[\"']")
_MARKS = (
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
# What XML 1.0 cannot hold, and lone surrogates, which no encoding can.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Spreadsheets read _x000D_ in a text as a code of a character; the underscore coded makes it text again.
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(slots=True)
class Element:
    """One element and where it stands: `start` at its "<", `inner` behind its start tag, `close` at its end tag.

    An element without content has `inner` == `close` == `end`. Attributes keep their prefixes.
    """

    name: str
    attributes: dict[str, str]
    start: int
    inner: int = 0
    close: int = 0
    end: int = 0
    children: Sequence[Element] = ()

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix with its colon, "" if there is none."""
        before, colon, _ = self.name.rpartition(":")
        return before + colon

    @property
    def empty(self) -> bool:
        """Whether the element is one tag that closes itself."""
        return self.inner == self.end

    def child(self, local: str) -> Element | None:
        """The first child of that name."""
        return next((one for one in self.children if one.local == local), None)

    def all(self, local: str) -> list[Element]:
        """All children of that name."""
        return [one for one in self.children if one.local == local]


class Markup:
    """A part's elements down to a depth (the root is 1), and the splices to be made in it."""

    def __init__(self, content: bytes, depth: int) -> None:
        """Raises xml.parsers.expat.ExpatError on what is not well formed, UnicodeError on an odd encoding."""
        self._encoding = _encoding(content)
        self.content = content.decode(self._encoding).encode() if self._encoding else content
        self.root = _scan(self.content, depth)
        self._splices: list[tuple[int, int, int, bytes]] = []
        self._inside: dict[int, tuple[Element, list[bytes]]] = {}

    @property
    def prefix(self) -> str:
        """The prefix of the root, which its children of the same kind share."""
        return self.root.prefix

    def raw(self, element: Element) -> bytes:
        """The element as it stands."""
        return self.content[element.start : element.end]

    def replace(self, start: int, end: int, text: bytes) -> None:
        """Puts `text` where the bytes from `start` to `end` stand; of several at one place the first goes first."""
        self._splices.append((start, end, len(self._splices), text))

    def insert(self, at: int, text: bytes) -> None:
        """Puts `text` before the byte `at`."""
        self.replace(at, at, text)

    def remove(self, element: Element) -> None:
        """Takes the element out with all that is in it."""
        self.replace(element.start, element.end, b"")

    def set(self, element: Element, name: str, value: str) -> None:
        """Gives an attribute a value."""
        start, end, text = attribute_splice(self.content[element.start : element.inner], name, value)
        self.replace(element.start + start, element.start + end, text)

    def append(self, element: Element, text: bytes) -> None:
        """Puts `text` behind the last child; an element without content is opened for it."""
        self._inside.setdefault(element.start, (element, []))[1].append(text)

    def put(self, order: tuple[str, ...], name: str, text: bytes) -> None:
        """Puts a new child of the root, called `name`, where the `order` of children wants it."""
        rank = order.index(name)
        before = [one for one in self.root.children if one.local in order[:rank]]
        self.insert(before[-1].end if before else self.root.inner, text)

    @property
    def changed(self) -> bool:
        """Whether there is any splice."""
        return bool(self._splices or self._inside)

    def __bytes__(self) -> bytes:
        splices = list(self._splices)
        for element, texts in self._inside.values():
            text = b"".join(texts)
            if element.empty:
                slash = self.content.rindex(b"/", element.start, element.end)
                splices.append(
                    (slash, element.end, len(splices), b">%s</%s>" % (text, element.name.encode()))
                )
            else:
                splices.append((element.close, element.close, len(splices), text))
        pieces, position = [], 0
        for start, end, _, text in sorted(splices, key=lambda one: (one[0], one[2])):
            pieces += [self.content[position:start], text]
            position = end
        content = b"".join([*pieces, self.content[position:]])
        return content.decode().encode(self._encoding) if self._encoding else content


def attribute_splice(tag: bytes, name: str, value: str) -> tuple[int, int, bytes]:
    """Where in an element's start tag, and by what, an attribute gets its value."""
    quoted = b'"%s"' % attribute(value).encode()
    for match in _ATTRIBUTE.finditer(tag):
        if match[1] == name.encode():
            return match.start(2), match.end(2), quoted
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    end = len(tag[:end].rstrip())
    return end, end, b" %s=%s" % (name.encode(), quoted)


def with_attributes(element: bytes, **values: str) -> bytes:
    """An element's bytes with other values of some attributes."""
    for name, value in values.items():
        match = _START_TAG.match(element)
        tag = match[0] if match else element
        start, end, text = attribute_splice(tag, name, value)
        element = element[:start] + text + element[end:]
    return element


def text(words: str) -> str:
    """Words as the text of an element: what XML cannot hold is dropped, nothing in it is markup or a code."""
    kept = _NOT_IN_XML.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    kept = _CODED.sub("_x005F_", kept)
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(words: str) -> str:
    """Words as the value of an attribute in double quotes."""
    kept = _NOT_IN_XML.sub("", words)
    for sign, code in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\n", "&#10;")):
        kept = kept.replace(sign, code)
    return kept


def _encoding(content: bytes) -> str:
    """The part's encoding, "" for UTF-8."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    declared = _DECLARED.match(content.removeprefix(codecs.BOM_UTF8))
    name = declared[1].decode().lower() if declared else "utf-8"
    return "" if name in ("utf-8", "utf8", "us-ascii", "ascii") else name


def _scan(content: bytes, depth: int) -> Element:
    top = Element("", {}, 0)
    path: list[Element] = [top]
    # Most elements are cells without children, for which no list is kept.
    lists: list[list[Element]] = [[]]
    below = 0
    # The encoding is settled; a declaration inside that says otherwise would shift the positions.
    parser = expat.ParserCreate("utf-8")

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal below
        if below or len(path) > depth:
            below += 1
            return
        at = parser.CurrentByteIndex
        match = _START_TAG.match(content, at)
        element = Element(name, attributes, at, inner=match.end() if match else content.index(b">", at) + 1)
        if not lists[-1]:
            path[-1].children = lists[-1]
        lists[-1].append(element)
        lists.append([])
        path.append(element)

    def end(name: str) -> None:
        nonlocal below
        if below:
            below -= 1
            return
        element = path.pop()
        lists.pop()
        if content[element.inner - 2 : element.inner] == b"/>":
            element.close = element.end = element.inner
        else:
            element.close = parser.CurrentByteIndex
            element.end = content.index(b">", element.close) + 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(content, True)
    return top.children[0]
