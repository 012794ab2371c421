"""The settings of Streamlit are known to the installed version, safe, and readable in light and dark."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from streamlit import config

from indicators.guard import LIMIT_PACKED, MEGABYTE
from tests.source_code import ROOT

# Setting -> the value that safety or speed rests on.
HELD = {
    "runner.postScriptGC": False,
    "runner.magicEnabled": False,
    "server.address": "127.0.0.1",
    "server.maxUploadSize": 10,
    "server.enableStaticServing": False,
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.disableDataExport": True,
}
# Safe as they come; nobody may turn them off.
LEFT_ON = {"server.enableXsrfProtection": True, "server.enableCORS": True}
READABLE = 4.5  # WCAG 2.2, 1.4.3: text
VISIBLE = 3.0  # WCAG 2.2, 1.4.11: lines, dots, borders of controls
HUES = ("red", "orange", "yellow", "green", "blue", "violet", "gray")


@cache
def settings() -> dict[str, Any]:
    """.streamlit/config.toml, flat: "theme.dark.textColor" -> its value."""
    text = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    return dict(flat("", tomllib.loads(text)))


def flat(section: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Dotted names and values of a nested table."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from flat(f"{section}{name}.", value)
        else:
            yield section + name, value


@pytest.mark.parametrize("name", settings())
def test_the_installed_version_knows_every_setting(name: str) -> None:
    section, _, option = name.rpartition(".")
    assert option in config.get_options_for_section(section)
    known = config.get_config_options()[name]
    assert not known.deprecated
    if isinstance(known.default_val, bool | int | list):
        assert type(settings()[name]) is type(known.default_val)


@pytest.mark.parametrize(("name", "value"), HELD.items())
def test_what_safety_and_speed_rest_on_is_set(name: str, value: object) -> None:
    assert settings()[name] == value


@pytest.mark.parametrize(("name", "value"), LEFT_ON.items())
def test_what_is_safe_as_it_comes_is_left_alone(name: str, value: object) -> None:
    assert name not in settings()
    assert config.get_config_options()[name].default_val is value


def test_forced_collection_is_off_against_the_default() -> None:
    assert config.get_config_options()["runner.postScriptGC"].default_val is True


def test_a_file_beyond_our_limit_still_reaches_our_own_message() -> None:
    assert settings()["server.maxUploadSize"] * MEGABYTE > LIMIT_PACKED


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0-1 (WCAG 2.2, definition of relative luminance)."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1-21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_reckoned_as_published(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def grounds(mode: str, *parts: str) -> set[str]:
    """The colours that text may stand on in the page ("") and its sidebar (".sidebar"), badges aside."""
    names = ("backgroundColor", "secondaryBackgroundColor")
    return {settings()[f"theme.{mode}{part}.{name}"] for part in parts for name in names}


def pairs(mode: str) -> list[tuple[str, str, str, float]]:
    """What stands on what in a mode: name, its colour, the ground, and the contrast needed."""
    colours = {name.removeprefix(f"theme.{mode}."): value for name, value in settings().items()}
    texts = ["textColor", "linkColor", *(f"{hue}TextColor" for hue in HUES)]
    found = [
        (name, colours[name], ground, READABLE) for name in texts for ground in grounds(mode, "", ".sidebar")
    ]
    found += [
        (f"{hue} badge", colours[f"{hue}TextColor"], colours[f"{hue}BackgroundColor"], READABLE)
        for hue in HUES
    ]
    found += [("button", "#ffffff", colours["primaryColor"], READABLE)]
    # The sidebar holds nothing but the list of pages, and that only on a phone.
    found += [("primaryColor", colours["primaryColor"], ground, VISIBLE) for ground in grounds(mode, "")]
    return sorted(found)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_text_is_readable_on_its_ground(mode: str) -> None:
    assert len(pairs(mode)) > 20
    weak = [
        (name, one, other, contrast(one, other))
        for name, one, other, needed in pairs(mode)
        if contrast(one, other) < needed
    ]
    assert weak == []


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_both_modes_set_the_same_colours(mode: str) -> None:
    names = [
        {n.split(".", 2)[2] for n in settings() if n.startswith(f"theme.{one}.")} for one in (mode, "light")
    ]
    assert names[0] == names[1]
