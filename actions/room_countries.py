"""Countries as a city's room names them."""

from __future__ import annotations

from collections.abc import Mapping

from indicators.countries import countries


def country_name(code: str, language: str) -> str:
    """A country's name, its code where it has none here."""
    known = countries().get(code)
    return known.names[language] if known else code


def country_choices(language: str) -> Mapping[str, str]:
    """The countries by code, in the order of their names."""
    named = {code: one.names[language] for code, one in countries().items()}
    return dict(sorted(named.items(), key=lambda one: one[1]))
