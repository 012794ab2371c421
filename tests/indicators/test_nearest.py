"""A country that is not on the list is never guessed; the nearest names are offered to a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.labels import LANGUAGES, choices
from indicators.nearest import OFFERED, nearest_choices

NEAREST = [
    ("Norwy", ("Norway",)),
    ("Kingdom of Norway", ("Norway",)),
    ("TURKIYE", ("Türkiye",)),
    ("China, PR", ("China",)),
    ("Marocco", ("Morocco",)),
    ("中国大陆", ("中国",)),
    ("Great Britain", ("United Kingdom of Great Britain and Northern Ireland",)),
    ("Korea", ("Democratic People's Republic of Korea", "Republic of Korea")),
    ("Guinea Bisau", ("Guinea-Bissau", "Guinea")),
    ("Deutschland", ()),
    ("Atlantis", ()),
    ("47", ()),
    ("", ()),
    ("x" * 5000, ()),
]


@pytest.mark.parametrize(("text", "names"), NEAREST)
def test_the_nearest_names(text: str, names: tuple[str, ...]) -> None:
    assert nearest_choices("country", text) == names


@given(st.text(max_size=80))
def test_whatever_is_offered_is_on_the_list_once(text: str) -> None:
    listed = {label.text for language in LANGUAGES for label in choices("country", language).values()}
    offered = nearest_choices("country", text)
    assert len(offered) == len(set(offered)) <= OFFERED
    assert set(offered) <= listed
