"""What a paper to be signed consists of, whichever kind of file it becomes: headings, sentences, tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part; level 1 stands right below the paper's own title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """Several short statements in a list."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a row of column names; `about` says what it shows, for who hears it read out.

    `wide` are the columns with sentences in them, by position: they get more room.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    about: str
    wide: tuple[int, ...] = ()


Block = Heading | Line | Points | Grid


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper in one language; `moment` is the day that its files bear, `foot` stands at the foot of every page.

    The same paper becomes the same bytes on every machine.
    """

    title: str
    subtitle: str
    language: str
    moment: dt.datetime
    foot: str
    blocks: Sequence[Block]
