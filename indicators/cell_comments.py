"""Comments at cells: the part with their texts, and the drawing that Excel wants for each of their boxes.

A cell has room for one comment. Where somebody else's stands already, ours is written below it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from indicators.marks import MAIN
from indicators.package_xml import Element, Markup, text

AUTHOR = "Learning City Scorecard"
# Longer comments do not fit on a screen; the sheet of findings has the whole text.
LONGEST = 4000

_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'
).encode()
_AUTHOR = AUTHOR.encode()
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</(?:\w+:)?t>")
_LINE_ENDS = re.compile(rb"(?:\s|&#1[03];|&#x[aAdD];)+$")

# Our text begins with our name on a line of its own.
_BEGIN = re.compile(rb"(?:^|[\r\n;])(?=%s\s*(?:\r|\n|&#1[03];|&#x[aAdD];|$))" % _AUTHOR)


@dataclass(slots=True)
class Comments:
    """The comments of one sheet, without ours; `ours` tells what ours said by cell, such as "F8"."""

    content: bytes
    ours: dict[str, str] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()  # cells whose whole comment was ours

    @classmethod
    def read(cls, content: bytes | None) -> Comments:
        """From the part of comments, None where the sheet has none."""
        if content is None:
            return cls(_EMPTY)
        markup = Markup(content, 6)
        authors = [_plain(markup, one) for one in _children(markup, "authors")]
        ours: dict[str, str] = {}
        removed = set()
        for comment in _children(markup, "commentList"):
            cell, number = comment.attributes.get("ref", ""), comment.attributes.get("authorId", "")
            author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
            words = b"".join(_TEXT.findall(markup.raw(comment)))
            begin = _BEGIN.search(words)
            if begin is None and author != AUTHOR:
                continue
            at = begin.end() if begin else 0
            ours[cell] = words[at:].decode()
            if author == AUTHOR or not _LINE_ENDS.sub(b"", words[:at]):
                markup.remove(comment)
                removed.add(cell)
            else:
                _cut(markup, comment, at)
        return cls(bytes(markup), ours, frozenset(removed))

    @property
    def empty(self) -> bool:
        """Whether nobody has left a comment."""
        return not _children(Markup(self.content, 3), "commentList")

    def add(self, texts: Mapping[str, str]) -> frozenset[str]:
        """Adds our text at each cell and returns the cells that need a box for it."""
        markup = Markup(self.content, 5)
        p = markup.prefix
        taken = {one.attributes.get("ref", ""): one for one in _children(markup, "commentList")}
        authors = _children(markup, "authors")
        ours = [number for number, one in enumerate(authors) if _plain(markup, one) == AUTHOR]
        author = ours[0] if ours else len(authors)
        new = [cell for cell in texts if cell not in taken]
        if new and not ours:
            markup.append(_child(markup, "authors"), f"<{p}author>{AUTHOR}</{p}author>".encode())
        for cell, words in texts.items():
            runs = _runs(p, words, below=cell in taken)
            if cell in taken:
                _write_below(markup, taken[cell], runs)
            else:
                comment = (
                    f'<{p}comment ref="{cell}" authorId="{author}"><{p}text>{runs}</{p}text></{p}comment>'
                )
                markup.append(_child(markup, "commentList"), comment.encode())
        self.content = bytes(markup)
        return frozenset(new)


def _children(markup: Markup, name: str) -> Sequence[Element]:
    found = markup.root.child(name)
    return found.children if found else []


def _child(markup: Markup, name: str) -> Element:
    found = markup.root.child(name)
    if found is None:
        raise ValueError(f"the part of comments has no {name}")
    return found


def _plain(markup: Markup, element: Element) -> str:
    return markup.content[element.inner : element.close].decode().strip()


def _runs(prefix: str, words: str, *, below: bool) -> str:
    """Our text as two runs, the first with our name in bold."""
    p, start = prefix, "\n\n" if below else ""
    size = f'<{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="Tahoma"/><{p}family val="2"/>'
    return (
        f'<{p}r><{p}rPr><{p}b/>{size}</{p}rPr><{p}t xml:space="preserve">{start}{AUTHOR}</{p}t></{p}r>'
        f'<{p}r><{p}rPr>{size}</{p}rPr><{p}t xml:space="preserve">\n{text(words[:LONGEST])}</{p}t></{p}r>'
    )


def _write_below(markup: Markup, comment: Element, runs: str) -> None:
    """Puts our runs behind those that are there; a bare text becomes a run, which is what may stand before runs."""
    body, p = comment.child("text"), markup.prefix
    if body is None:
        markup.append(comment, f"<{p}text>{runs}</{p}text>".encode())
        return
    texts = [one for one in body.children if one.local in ("t", "r")]
    for one in texts:
        if one.local == "t":
            markup.insert(one.start, f"<{p}r>".encode())
            markup.insert(one.end, f"</{p}r>".encode())
    if texts:
        markup.insert(texts[-1].end, runs.encode())
    elif body.children:
        markup.insert(body.inner, runs.encode())
    else:
        markup.append(body, runs.encode())


def _cut(markup: Markup, comment: Element, at: int) -> None:
    """Takes our text off somebody else's comment: everything from the byte `at` of its words on."""
    body = comment.child("text")
    position = 0
    for run in body.children if body else []:
        words = run if run.local == "t" else run.child("t")
        if run.local not in ("t", "r") or words is None:
            continue
        written = markup.content[words.inner : words.close]
        kept = _LINE_ENDS.sub(b"", written[: max(0, at - position)])
        if position + len(written) <= at and len(kept) == len(written):
            position += len(written)
            continue
        position += len(written)
        if kept:
            markup.replace(words.inner, words.close, kept)
        else:
            markup.remove(run)
