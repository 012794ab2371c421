"""The colours of every chart, for light and dark pages.

Contrast of `ink`, `muted`, `primary`, `warm` and every one of `series` against the page, and of each `heat_ink`
against its shade, is at least 4.5:1 (tests/reports/test_palette.py). Marks always differ in shape as well:
colour never speaks alone.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Named colours; `bands` and `heat` run from the lowest level up, `series` tells cities apart."""

    page: str
    ink: str
    muted: str
    grid: str
    primary: str
    primary_soft: str
    warm: str
    link: str
    bands: tuple[str, ...]
    heat: tuple[str, ...]
    heat_ink: tuple[str, ...]  # text on each shade of `heat`
    series: tuple[str, ...]


LIGHT = Palette(
    page="#ffffff",
    ink="#1b2a33",
    muted="#52636d",
    grid="#e2e8ea",
    primary="#0b6374",
    primary_soft="#8ec3cc",
    warm="#a8480a",
    link="#b9c6cb",
    bands=("#f7eee6", "#f4f2e8", "#e9f2ef", "#dceeee"),
    heat=("#f6f1e7", "#bcd9d8", "#5fa0aa", "#0b5565"),
    heat_ink=("#1b2a33", "#1b2a33", "#0d1519", "#ffffff"),
    series=("#0b6374", "#a8480a", "#6a3d9a", "#1b2a33"),
)

DARK = Palette(
    page="#11191e",
    ink="#e8eef0",
    muted="#a5b4bb",
    grid="#2b3940",
    primary="#63c6d6",
    primary_soft="#2c6d79",
    warm="#f0a352",
    link="#4a5b63",
    bands=("#2a211a", "#26261d", "#1b2a29", "#153032"),
    heat=("#22292c", "#1f4a52", "#3d95a3", "#a3e3ec"),
    heat_ink=("#e8eef0", "#e8eef0", "#0d1519", "#0d1519"),
    series=("#63c6d6", "#f0a352", "#c9a2f0", "#e8eef0"),
)


def palette(dark: bool) -> Palette:
    """The colours for a dark or a light page."""
    return DARK if dark else LIGHT
