"""A mayor's signature in words: who signed, and on which day each guiding document was adopted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from actions import house
from indicators.guiding import guiding_documents
from store.states import State


def signer(one: State, people: Mapping[str, str]) -> str:
    """Who signed, with the title; the name as typed, or that of who was signed in."""
    name = str(one.detail.get("signer", "")) or people[one.by]
    title = str(one.detail.get("title", ""))
    return f"{name}, {title}" if title else name


def adopted(one: State, language: str) -> tuple[tuple[str, str], ...]:
    """Each guiding document by name, and the day on which it was adopted."""
    voice = house.voice(language)
    return tuple(
        (known.names[language], voice.date(dt.date.fromisoformat(str(one.detail[known.id]))))
        for known in guiding_documents().values()
    )
