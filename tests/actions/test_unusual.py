"""What is unusual is asked about and never blocks: against the last workbook, and against other cities."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from actions import house
from actions.access import COMPUTER
from actions.unusual import known_cities, unusual
from indicators.template import build
from sample_data.tables import reading
from scoring.model import Reading
from store.uploads import add, link_city


def _keep(name: str, year: int, value: float, city: str = "", same_as: str = "") -> str:
    """An upload of a city with one changed value (unemployment, goalposts 3 and 25) and an assessment year."""
    whole = reading("riverbend", house.framework(), house.declaration(), "en")
    answers = {"2.2.1": replace(whole.observations["2.2.1"], value=value)}
    changed = Reading(
        whole.framework,
        whole.edition,
        "en",
        False,
        MappingProxyType({"name": name, "country": "CAN", "assessment_year": year}),
        MappingProxyType(answers),
        MappingProxyType({}),
        (),
    )
    data = build(house.framework(), (), "en", prefill=changed)
    kept = add(house.store(), name=name, data=data, reading=changed, framework="k", edition="e")
    link_city(house.store(), kept.id, country="CAN", folded_name=city or name, name=name, same_as=same_as)
    return kept.id


@pytest.mark.parametrize(
    ("before", "now", "wanted"),
    [
        # A quarter of the distance between 3 and 25 is 5.5 points.
        (6.0, 11.5, []),
        (6.0, 11.6, [("unusual_change", 11.6, 6.0, 2024)]),
        (12.0, 6.0, [("unusual_change", 6.0, 12.0, 2024)]),
        (6.0, 6.0, []),
    ],
)
def test_a_large_change_since_last_time_is_asked_about(
    before: float, now: float, wanted: list[object], data_folder: Path
) -> None:
    first = _keep("Testville", 2024, before)
    second = _keep("Testville", 2026, now, same_as=first)
    found = [(one.kind, *one.facts.values()) for one in unusual(second, known_cities(COMPUTER, second))]
    assert found == wanted
    assert unusual(first, known_cities(COMPUTER, first)) == ()


@pytest.mark.parametrize(
    ("others", "value", "wanted"),
    [
        ([5.0, 6.0, 7.0, 8.0, 9.0], 14.4, []),
        ([5.0, 6.0, 7.0, 8.0, 9.0], 14.6, [("unusual_peers", 14.6, 5.0, 9.0, 5)]),
        # With four other cities nothing is compared.
        ([5.0, 6.0, 7.0, 8.0], 24.0, []),
    ],
)
def test_a_value_far_from_all_other_cities_is_asked_about(
    others: list[float], value: float, wanted: list[object], data_folder: Path
) -> None:
    for number, other in enumerate(others):
        _keep(f"City {number}", 2026, other)
    found = unusual(one := _keep("Testville", 2026, value), known_cities(COMPUTER, one))
    assert [(one.kind, *one.facts.values()) for one in found] == wanted
    assert {one.severity for one in found} <= {"question"}
