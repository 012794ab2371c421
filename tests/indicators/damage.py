"""Small tools that spoil one thing in a copy of a catalogue folder."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

Damage = Callable[[Path], None]


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle))


def write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(rows)


def cell(name: str, key: str, /, **changes: str) -> Damage:
    """Puts other texts into the line that begins with `key`."""

    def damage(folder: Path) -> None:
        rows = read(folder / name)
        (row,) = (row for row in rows if row[0] == key)
        for column, text in changes.items():
            row[rows[0].index(column)] = text
        write(folder / name, rows)

    return damage


def drop(name: str, key: str) -> Damage:
    """Takes out the line that begins with `key`."""
    return lambda folder: write(folder / name, [row for row in read(folder / name) if row[0] != key])


def move(name: str, key: str, behind: str) -> Damage:
    """Puts the line that begins with `key` behind the one that begins with `behind`."""

    def damage(folder: Path) -> None:
        rows = read(folder / name)
        (row,) = (row for row in rows if row[0] == key)
        rows.remove(row)
        rows.insert([one[0] for one in rows].index(behind) + 1, row)
        write(folder / name, rows)

    return damage


def add(name: str, *row: str) -> Damage:
    """Adds a line at the end."""
    return lambda folder: write(folder / name, [*read(folder / name), row])


def column(name: str, old: str, new: str) -> Damage:
    """Gives a column another name."""

    def damage(folder: Path) -> None:
        rows = read(folder / name)
        rows[0][rows[0].index(old)] = new
        write(folder / name, rows)

    return damage


def without_column(name: str, old: str) -> Damage:
    """Takes out a column."""

    def damage(folder: Path) -> None:
        rows = read(folder / name)
        position = rows[0].index(old)
        write(folder / name, [row[:position] + row[position + 1 :] for row in rows])

    return damage


def text(name: str, old: str, new: str) -> Damage:
    """Puts `new` in the place of the first `old`."""

    def damage(folder: Path) -> None:
        content = (folder / name).read_text(encoding="utf-8")
        assert old in content
        (folder / name).write_text(content.replace(old, new, 1), encoding="utf-8")

    return damage


def content(name: str, data: bytes) -> Damage:
    """Makes `data` the whole file."""

    def damage(folder: Path) -> None:
        (folder / name).write_bytes(data)

    return damage


def delete(name: str) -> Damage:
    """Takes out a file."""
    return lambda folder: (folder / name).unlink()


def together(*damages: Damage) -> Damage:
    """Several damages, one after the other."""

    def damage(folder: Path) -> None:
        for one in damages:
            one(folder)

    return damage
