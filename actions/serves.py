"""What a measurement serves beyond its score: themes of the declaration and Sustainable Development Goals."""

from __future__ import annotations

from functools import lru_cache

from actions import house


def area_of(code: str) -> str:
    """The focus area of a measurement; "" where there is none above it."""
    nodes = house.framework().by_code
    while code and nodes[code].level != "focus_area":
        code = nodes[code].parent
    return code


def goals_of(code: str) -> tuple[str, ...]:
    """The goals and targets of a measurement, or of the nearest node above it that names any."""
    nodes = house.framework().by_code
    while code and not nodes[code].sdg:
        code = nodes[code].parent
    return nodes[code].sdg if code else ()


@lru_cache(maxsize=512)
def serves(code: str, language: str) -> tuple[str, str]:
    """The themes and the goals of a measurement in words; "" where there is none."""
    declaration, voice = house.declaration(), house.voice(language)
    feature = house.framework().by_code[code].parent
    words = declaration.words[language]
    linked = [
        f"§{theme.code} {words[theme.code].short}"
        for theme in declaration.themes
        if any(link.feature == feature for link in theme.links)
    ]
    return voice.listing(tuple(linked)), ", ".join(goals_of(code))
