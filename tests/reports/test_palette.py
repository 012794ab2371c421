"""Colours that everybody can read and tell apart, on light and on dark pages."""

from __future__ import annotations

import pytest

from reports.palette import DARK, LIGHT, Palette

READABLE = 4.5
PALETTES = {"light": LIGHT, "dark": DARK}


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    red, green, blue = _rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula_gives_the_known_ratios() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("name", ["ink", "muted", "primary", "warm"])
def test_words_and_marks_stand_out_from_the_page(palette: Palette, name: str) -> None:
    assert contrast(getattr(palette, name), palette.page) >= READABLE


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_words_can_be_read_on_every_band(palette: Palette) -> None:
    assert min(contrast(palette.ink, band) for band in palette.bands) >= READABLE


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_city_and_the_reference_differ_for_eyes_that_see_no_red_or_green(palette: Palette) -> None:
    # Without red-green vision what is left of hue is blue against yellow; both marks must differ in it.
    def blue_yellow(colour: str) -> float:
        red, green, blue = _rgb(colour)
        return blue - (red + green) / 2

    assert abs(blue_yellow(palette.primary) - blue_yellow(palette.warm)) > 0.1
