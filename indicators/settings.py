"""Reading a catalogue folder's settings (TOML), so that every fault can be named by file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from indicators.tables import CatalogueError, label, one_of, read_text

_HEADER = re.compile(r"^\s*\[\[?\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([\w-]+)\s*=")
_AT_LINE = re.compile(r"^(?P<reason>.*?) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the settings: its values, and the line of each."""

    file: str
    line: int
    name: str
    values: Mapping[str, object]
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

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty; `default` where the key is left out."""
        value = self._get(key, default)
        if not isinstance(value, str):
            raise self._wrong(key, "a text")
        if key in self.values and not value:
            raise self.fault(key, f"{key} is empty")
        return value

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """A number from `low` to `high`; `default` where the key is left out."""
        return float(self._within(key, self._get(key, default), low, high))

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from `low` to `high`; `default` where the key is left out."""
        value = self._within(key, self._get(key, default), low, high)
        if not isinstance(value, int):
            raise self._wrong(key, "a whole number")
        return value

    def flag(self, key: str, default: bool) -> bool:
        """True or false; `default` where the key is left out."""
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """A text that is one of `allowed`; `default` where the key is left out."""
        options = tuple(allowed)
        value = self.text(key, default)
        if key in self.values and value not in options:
            raise self.fault(key, f'{key} is "{value}" and must be one of {one_of(options)}')
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of different texts, at least one."""
        value = self._get(key, None)
        if not isinstance(value, list):
            raise self._wrong(key, "a list of texts")
        texts = tuple(item for item in value if isinstance(item, str) and item)
        if not texts or len(texts) < len(value):
            raise self.fault(key, f"{key} must be a list of texts, at least one")
        if len(set(texts)) < len(texts):
            raise self.fault(key, f"{key} names something twice")
        return texts

    def _get(self, key: str, default: object) -> object:
        if key not in self.values and default is None:
            raise self.fault("", f'the key "{key}" is missing in {self.name}')
        return self.values.get(key, default)

    def _within(self, key: str, value: object, low: float, high: float) -> int | float:
        # TOML's true is Python's 1, which is no number to a reader.
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self._wrong(key, "a number")
        if key in self.values and not low <= value <= high:
            raise self.fault(
                key, f"{key} is {_plain(value)} and must lie from {_plain(low)} to {_plain(high)}"
            )
        return value

    def _wrong(self, key: str, kind: str) -> CatalogueError:
        return self.fault(key, f"{key} is {self.values.get(key)!r} and must be {kind}")


def _plain(number: int | float) -> str:
    """As a person writes it: 1000000, not 1e+06, unless that is what it takes."""
    return str(number) if isinstance(number, int) and abs(number) < 10**15 else f"{number:g}"


@dataclass(frozen=True, slots=True)
class Settings:
    """A settings file: keys at the top, single sections and repeated ones."""

    file: str
    values: Mapping[str, object]
    lines: Mapping[tuple[str, int], Mapping[str, int]]

    @property
    def top(self) -> Section:
        """The keys that stand before the first section."""
        return Section(self.file, 1, "the top of the file", self.values, self.lines.get(("", 0), {}))

    def section(self, name: str) -> Section | None:
        """The section [name], None if there is none; CatalogueError if the name holds something else."""
        found = self.values.get(name)
        if found is None:
            return None
        if not isinstance(found, dict):
            raise self.top.fault(name, f"{name} must be one section, written [{name}]")
        return self._section(name, 0, found, f"[{name}]")

    def sections(self, name: str) -> tuple[Section, ...]:
        """The repeated sections [[name]] in their order, none if there is none."""
        found = self.values.get(name, [])
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            raise self.top.fault(name, f"{name} must be repeated sections, each written [[{name}]]")
        return tuple(self._section(name, index, item, f"[[{name}]]") for index, item in enumerate(found))

    def _section(self, name: str, index: int, values: Mapping[str, object], title: str) -> Section:
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
        # Where the parser only noticed at the end of the file, that is where it stands.
        line = int(match["line"]) if match and match["line"] else len(text.splitlines()) or 1
        reason = match["reason"] if match else str(error)
        raise CatalogueError(file, line, f"the file is not well-formed TOML ({reason})") from None
    return Settings(file, values, _lines(text))


def _lines(text: str) -> dict[tuple[str, int], dict[str, int]]:
    """Where each key stands: (section, how many of that name come before) -> key -> line; "" is the header.

    Read by the eye's rule, one key a line, because the standard parser keeps no lines.
    """
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
