"""A workbook's zip of parts, in which single parts are changed and all others are copied as they are packed."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from indicators.package_xml import Element, Markup, attribute

TYPES = "[Content_Types].xml"
# What every kind of a workbook's parts begins with.
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEADER = struct.Struct("<26xHH")
_SIZES_FOLLOW = 0x08
_RELATIONSHIPS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{PACKAGE}"/>'
).encode()


@dataclass(frozen=True, slots=True)
class Relationship:
    """That a part uses another: the id it calls it by, the last word of the relation's type, and the part's name."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of a workbook by name; names are compared as office programs do, without regard to case."""

    def __init__(self, data: bytes) -> None:
        """Raises zipfile.BadZipFile and the like on what is no zip file."""
        self._data = data
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._entries = {_key(entry.filename): entry for entry in self._archive.infolist()}
        self._changed: dict[str, bytes] = {}
        self._new: dict[str, str] = {}
        self._dropped: set[str] = set()

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        key = _key(part)
        return key in self._new or (key in self._entries and key not in self._dropped)

    def get(self, part: str) -> bytes:
        """The part's content; KeyError if there is none."""
        key = _key(part)
        if not self.has(part):
            raise KeyError(part)
        return self._changed[key] if key in self._changed else self._archive.read(self._entries[key])

    def put(self, part: str, content: bytes) -> None:
        """Changes a part, or adds a new one."""
        key = _key(part)
        if key not in self._entries:
            self._new[key] = part
        self._dropped.discard(key)
        self._changed[key] = content

    def drop(self, part: str) -> None:
        """Takes a part out, with what it is declared as and its own relationships."""
        key = _key(part)
        self._changed.pop(key, None)
        self._new.pop(key, None)
        self._dropped.add(key)
        types = Markup(self.get(TYPES), 2)
        for override in types.root.all("Override"):
            if _key(override.attributes.get("PartName", "")) == key:
                types.remove(override)
        if types.changed:
            self.put(TYPES, bytes(types))
        if self.has(_rels(part)):
            self.drop(_rels(part))

    def free(self, pattern: str) -> str:
        """The first name after a pattern such as "xl/comments{}.xml" that no part has."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def related(self, part: str) -> tuple[Relationship, ...]:
        """The parts of this package that a part uses."""
        if not self.has(_rels(part)):
            return ()
        return tuple(
            Relationship(
                one.attributes.get("Id", ""),
                one.attributes.get("Type", "").rpartition("/")[2],
                _resolve(part, one.attributes.get("Target", "")),
            )
            for one in Markup(self.get(_rels(part)), 2).root.all("Relationship")
            if one.attributes.get("TargetMode") != "External"
        )

    def relate(self, part: str, kind: str, target: str) -> str:
        """Lets a part use another one and returns the id; `kind` is the last word of the relation's type."""
        content = self.get(_rels(part)) if self.has(_rels(part)) else _RELATIONSHIPS
        markup = Markup(content, 2)
        taken = {one.attributes.get("Id", "").lower() for one in markup.root.children}
        number = len(taken) + 1
        while f"rid{number}" in taken:
            number += 1
        path = posixpath.relpath(target, posixpath.dirname(part))
        markup.append(
            markup.root,
            f'<{markup.prefix}Relationship Id="rId{number}" Type="{OFFICE}/{kind}" '
            f'Target="{attribute(path)}"/>'.encode(),
        )
        self.put(_rels(part), bytes(markup))
        return f"rId{number}"

    def unrelate(self, part: str, id: str) -> None:
        """Lets a part no longer use what it called `id`."""
        markup = Markup(self.get(_rels(part)), 2)
        for one in markup.root.all("Relationship"):
            if one.attributes.get("Id") == id:
                markup.remove(one)
        self.put(_rels(part), bytes(markup))

    def forget(self, part: str) -> None:
        """Drops what a part alone uses, and its relationships; the part itself stays."""
        for relation in self.related(part):
            others = (one for one in self._sources() if _key(one) != _key(part))
            used = {_key(found.target) for other in others for found in self.related(other)}
            if self.has(relation.target) and _key(relation.target) not in used:
                self.forget(relation.target)
                self.drop(relation.target)
        if self.has(_rels(part)):
            self.drop(_rels(part))

    def declare(self, part: str, content_type: str) -> None:
        """Says what kind of part this is, unless it is said already."""
        types = Markup(self.get(TYPES), 2)
        known = {_key(one.attributes.get("PartName", "")) for one in types.root.all("Override")}
        if _key(part) not in known:
            name = attribute(f"/{part}")
            types.append(
                types.root,
                f'<{types.prefix}Override PartName="{name}" ContentType="{content_type}"/>'.encode(),
            )
            self.put(TYPES, bytes(types))

    def declare_ending(self, ending: str, content_type: str) -> None:
        """Says what kind all parts with an ending are, unless it is said already."""
        types = Markup(self.get(TYPES), 2)
        known = {one.attributes.get("Extension", "").lower() for one in types.root.all("Default")}
        if ending not in known:
            new = f'<{types.prefix}Default Extension="{ending}" ContentType="{content_type}"/>'.encode()
            types.insert(types.root.inner, new)
            self.put(TYPES, bytes(types))

    def save(self) -> bytes:
        """The zip file: unchanged parts as they were packed, changed ones in their place, new ones last."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for key, entry in self._entries.items():
                if key in self._dropped:
                    continue
                if key in self._changed:
                    archive.writestr(_like(entry, entry.filename), self._changed[key])
                else:
                    self._copy(entry, archive)
            model = next(iter(self._entries.values()))
            for key, name in self._new.items():
                archive.writestr(_like(model, name), self._changed[key])
        return packed.getvalue()

    def _copy(self, entry: zipfile.ZipInfo, archive: zipfile.ZipFile) -> None:
        """Copies a part's packed bytes; its sizes are known, so they stand in front of it and not behind."""
        name, extra = _HEADER.unpack_from(self._data, entry.header_offset)
        start = entry.header_offset + _HEADER.size + name + extra
        copy = _like(entry, entry.filename)
        copy.compress_type = entry.compress_type
        copy.flag_bits = entry.flag_bits & ~_SIZES_FOLLOW
        copy.CRC, copy.file_size, copy.compress_size = entry.CRC, entry.file_size, entry.compress_size
        assert archive.fp is not None
        copy.header_offset = archive.fp.tell()
        archive.fp.write(copy.FileHeader(False))
        archive.fp.write(self._data[start : start + entry.compress_size])
        archive.filelist.append(copy)
        archive.NameToInfo[copy.filename] = copy
        archive.start_dir = archive.fp.tell()

    def _sources(self) -> Iterator[str]:
        """Every part that has relationships of its own."""
        for key in {*self._entries, *self._new}:
            folder, name = posixpath.split(key)
            if folder.endswith("_rels") and name.endswith(".rels") and self.has(key):
                yield posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def _like(entry: zipfile.ZipInfo, name: str) -> zipfile.ZipInfo:
    new = zipfile.ZipInfo(name, entry.date_time)
    new.compress_type = zipfile.ZIP_DEFLATED
    new.external_attr, new.create_system = entry.external_attr, entry.create_system
    return new


def _key(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()


def _rels(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolve(part: str, target: str) -> str:
    """The name of the part that a target written in `part` means."""
    path = target.replace("\\", "/").partition("#")[0]
    joined = path if path.startswith("/") else posixpath.join(posixpath.dirname(part), path)
    return posixpath.normpath(joined).lstrip("/")


def related_id(element: Element) -> str:
    """The id of the relationship that an element names; its attribute's prefix may be any."""
    return next(
        (value for name, value in element.attributes.items() if name.endswith(":id") and name != "xml:id"), ""
    )


def office_prefix(root: Element) -> tuple[str, str]:
    """How a part calls the vocabulary of relationships, and its declaration where the root has none."""
    for name, value in root.attributes.items():
        if name.startswith("xmlns:") and value == OFFICE:
            return name.removeprefix("xmlns:"), ""
    return "r", f' xmlns:r="{OFFICE}"'
