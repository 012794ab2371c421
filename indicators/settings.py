"""Reading the settings file (TOML) of a catalogue folder, so that every fault can be named by file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indicators.tables import CatalogueError, label, one_of, read_text

_HEADER = re.compile(r"^\s*\[\[?\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([\w-]+)\s*=")
_AT_LINE = re.compile(r"^(?P<reason>.*?) \(at line (?P<line>\d+), column \d+\)$")
_REQUIRED = object()


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the settings: its values, and the line of each."""

    file: str
    line: int
    name: str
    values: Mapping[str, Any]
    lines: Mapping[str, int]

    def fault(self, key: str, reason: str) -> CatalogueError:
        """The error to raise about one key of this section."""
        return CatalogueError(self.file, self.lines.get(key, self.line), reason)

    def only(self, allowed: Iterable[str]) -> Section:
        """This section; CatalogueError at the first key that is none of `allowed`."""
        options = tuple(allowed)
        for key in self.values:
            if key not in options:
                raise self.fault(key, f'the key "{key}" is unknown here; the keys are {one_of(options)}')
        return self

    def text(self, key: str, default: object = _REQUIRED) -> str:
        """A text that is not empty."""
        value = self._get(key, (str,), "a text", default)
        if value == "" and default is _REQUIRED:
            raise self.fault(key, f"{key} is empty")
        return str(value)

    def number(self, key: str, low: float, high: float, default: object = _REQUIRED) -> float:
        """A number from `low` to `high`."""
        return float(self._within(key, (int, float), "a number", low, high, default))

    def whole(self, key: str, low: int, high: int, default: object = _REQUIRED) -> int:
        """A whole number from `low` to `high`."""
        return int(self._within(key, (int,), "a whole number", low, high, default))

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        return bool(self._get(key, (bool,), "true or false", default))

    def choice(self, key: str, allowed: Iterable[str], default: object = _REQUIRED) -> str:
        """A text that is one of `allowed`."""
        options = tuple(allowed)
        value = self.text(key, default)
        if key in self.values and value not in options:
            raise self.fault(key, f'{key} is "{value}" and must be one of {one_of(options)}')
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of different texts, at least one."""
        value = self._get(key, (list,), "a list of texts", _REQUIRED)
        if not value or not all(isinstance(item, str) and item for item in value):
            raise self.fault(key, f"{key} must be a list of texts, at least one")
        if len(set(value)) < len(value):
            raise self.fault(key, f"{key} names something twice")
        return tuple(value)

    def _get(self, key: str, types: tuple[type, ...], kind: str, default: object) -> Any:
        if key not in self.values:
            if default is _REQUIRED:
                raise self.fault("", f'the key "{key}" is missing in {self.name}')
            return default
        value = self.values[key]
        # TOML's true is Python's 1, which is no number to a reader.
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            raise self.fault(key, f'{key} is "{value}" and must be {kind}')
        return value

    def _within(
        self, key: str, types: tuple[type, ...], kind: str, low: float, high: float, default: object
    ) -> Any:
        value = self._get(key, types, kind, default)
        if key in self.values and not low <= value <= high:
            raise self.fault(key, f"{key} is {value} and must lie from {low:g} to {high:g}")
        return value


@dataclass(frozen=True, slots=True)
class Settings:
    """A settings file: keys at the top, single sections and repeated ones."""

    file: str
    values: Mapping[str, Any]
    lines: Mapping[tuple[str, int], Mapping[str, int]]

    @property
    def top(self) -> Section:
        """The keys that stand before the first section."""
        return Section(self.file, 1, "the top of the file", self.values, self.lines.get(("", 0), {}))

    def section(self, name: str) -> Section | None:
        """The section [name], None if there is none; CatalogueError if the name holds something else."""
        if name not in self.values:
            return None
        if not isinstance(self.values[name], dict):
            raise self.top.fault(name, f"{name} must be one section, written [{name}]")
        return self._section(name, 0, self.values[name], f"[{name}]")

    def sections(self, name: str) -> tuple[Section, ...]:
        """The repeated sections [[name]] in their order, none if there is none."""
        found = self.values.get(name, [])
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            raise self.top.fault(name, f"{name} must be repeated sections, each written [[{name}]]")
        return tuple(self._section(name, index, item, f"[[{name}]]") for index, item in enumerate(found))

    def _section(self, name: str, index: int, values: Mapping[str, Any], title: str) -> Section:
        lines = self.lines.get((name, index), {})
        return Section(self.file, lines.get("", 1), title, values, lines)


def read_settings(folder: Path, name: str) -> Settings:
    """The settings of one TOML file; CatalogueError if it is missing or not well-formed."""
    file = label(folder, name)
    text = read_text(folder, name)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _AT_LINE.match(str(error))
        line = int(match["line"]) if match else 0
        reason = match["reason"] if match else str(error)
        raise CatalogueError(file, line, f"the file is not well-formed TOML ({reason})") from None
    return Settings(file, values, _lines(text))


def _lines(text: str) -> dict[tuple[str, int], dict[str, int]]:
    """Where each key stands: (section, how many of that name came before) -> key -> line; "" is the header."""
    found: dict[tuple[str, int], dict[str, int]] = {("", 0): {}}
    counts: dict[str, int] = {}
    current = ("", 0)
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            name = header[1]
            current = (name, counts.get(name, 0))
            counts[name] = current[1] + 1
            found[current] = {"": number}
            found[("", 0)].setdefault(name, number)
        elif key := _KEY.match(line):
            found[current].setdefault(key[1], number)
    return found
