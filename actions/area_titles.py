"""What the focus areas are called."""

from __future__ import annotations

from collections.abc import Mapping

from actions import house


def area_titles(language: str) -> Mapping[str, str]:
    """The focus areas in the order of the framework: code -> number and title; KeyError for an unknown language."""
    framework = house.framework()
    words = framework.words[language]
    return {node.code: f"{node.code} {words[node.code].title}" for node in framework.at_level("focus_area")}
