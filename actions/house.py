"""The things a process loads once and shares: catalogues, references and the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache, lru_cache

from indicators import key_features
from indicators import references as reference_data
from indicators.declarations import Commitments, beijing, yeonsu
from locales import Speaker, speaker
from scoring.model import Declaration, Framework
from store.engine import Store, default_url, open_store
from store.errors import StoreError

__all__ = ["StoreError"]


def framework() -> Framework:
    """The framework that city workbooks are judged by."""
    return key_features()


def declaration() -> Declaration:
    """The declaration whose themes are scored beside the focus areas."""
    return yeonsu()


def commitments() -> Commitments:
    """The twelve commitments shown beside the focus areas."""
    return beijing()


def references() -> reference_data.References:
    """Award-winning cities, their sourced figures and practice examples."""
    return reference_data.references()


@lru_cache(maxsize=4)
def _opened(url: str) -> Store:
    return open_store(url)


def store() -> Store:
    """The store of this installation; StoreError says why it cannot be opened."""
    return _opened(default_url())


@cache
def terms(language: str) -> Mapping[str, str]:
    """The framework's terms ("band.A", "state.answered", ...) in one language."""
    return framework().terms[language]


def voice(language: str) -> Speaker:
    """The speaker of a language on offer."""
    return speaker(language)


def today() -> dt.date:
    """The day by which the future is judged: the current date in UTC."""
    return dt.datetime.now(dt.UTC).date()
