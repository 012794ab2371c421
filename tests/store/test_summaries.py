"""What lists say of an upload is written with it, is vouched for, and is found however far back it lies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from scoring.model import Finding
from store import summaries as kept_summaries
from store.acts import OWN_COMPUTER, Act
from store.engine import Store
from store.erasure import replace_reading, rewrite_texts
from store.owners import Owner
from store.people import add_city
from store.submissions import Judged, submit
from store.summaries import Reach, Summary, summaries, usable
from store.uploads import Upload, add, get
from store.verify import verify
from tests.store.readings import EDITION, FRAMEWORK, keep, reading

REFUSING = Finding("not_a_workbook", "refuses", None, "", {})


def _add(store: Store, number: int, *, owner: Owner | None = None, **other: object) -> Upload:
    text = replace(reading(f"City {number}"), **other)  # type: ignore[arg-type]
    data = f"{number}".encode()
    return add(
        store,
        name=f"{number}.xlsx",
        data=data,
        reading=text,
        framework=FRAMEWORK,
        edition=EDITION,
        owner=owner,
    )


@pytest.mark.parametrize(
    ("profile", "name", "year"),
    [
        ({"name": "Demoville", "assessment_year": 2025}, "Demoville", 2025),
        ({"name": "Dé\0mo\ud800ville", "assessment_year": 2024.0}, "Démo?ville", 2024),
        ({"name": None, "assessment_year": "last year"}, "", None),
        ({"assessment_year": 1e300}, "", None),
        ({"name": 7, "assessment_year": float("nan")}, "7", None),
        ({"assessment_year": -5}, "", None),
    ],
)
def test_the_name_and_year_of_the_workbook_stand_in_the_summary(
    store: Store, profile: Mapping[str, str | float], name: str, year: int | None
) -> None:
    kept = _add(store, 1, profile=profile, invented=False)
    assert summaries(store, (kept.id, "A" * 22, "no id")) == {
        kept.id: Summary(kept.id, kept.at, "1.xlsx", kept.sha256, name, year, False, False)
    }
    assert verify(store).whole


def test_the_same_bytes_twice_have_one_summary_and_a_decision_has_its_own(store: Store) -> None:
    first = keep(store)
    assert keep(store).id == first.id
    other = reading("Elsewhere")
    decided = add(
        store,
        name="x.xlsx",
        data=b"PK\x03\x04 the bytes of a workbook \x00\xff",
        reading=other,
        framework=FRAMEWORK,
        edition=EDITION,
        decided_from=first.id,
    )
    found = summaries(store, (decided.id, first.id))
    assert {one: found[one].name for one in found} == {first.id: "Demoville", decided.id: "Elsewhere"}
    assert all(one.invented and isinstance(one.at, dt.datetime) for one in found.values())


def _usable(store: Store, reach: Reach | None = None) -> list[str]:
    return [one.name for some in usable(store, reach) for one in some]


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_uploads_are_found_by_reach_newest_first_in_batches(
    store: Store, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_summaries, "_BATCH", batch)
    with store.writing(Act(OWN_COMPUTER, "make_city", "city")) as writing:
        seoul, oslo = (
            add_city(writing, name=name, folded_name=name, country=country)
            for name, country in (("seoul", "KOR"), ("oslo", "NOR"))
        )
    owners = [
        Owner(seoul, "ann"),
        Owner(oslo, "bob"),
        Owner("", "ann"),
        Owner("", "bob"),
        Owner(seoul, "eve"),
    ]
    made = [_add(store, number, owner=owner) for number, owner in enumerate(owners)]
    _add(store, 5, owner=Owner(seoul, "ann"), findings=(REFUSING,))
    _add(store, 6)
    submit(store, made[0].id, Judged("f", "1", "0" * 64, "1", "{}"))
    submit(store, made[1].id, Judged("f", "1", "0" * 64, "1", "{}"))
    expected: list[tuple[Reach | None, list[int]]] = [
        (None, [6, 4, 3, 2, 1, 0]),
        (Reach(), []),
        (Reach(cities=(seoul,)), [4, 0]),
        (Reach(cities=(seoul, oslo, "")), [4, 1, 0]),
        (Reach(person="ann"), [2]),
        (Reach(cities=(oslo,), person="bob"), [3, 1]),
        (Reach(submitted=True), [1, 0]),
        (Reach(countries=("NOR",)), [1]),
        (Reach(countries=("KOR", "FRA"), person="bob"), [3, 0]),
    ]
    assert [(reach, _usable(store, reach)) for reach, _ in expected] == [
        (reach, [f"City {number}" for number in numbers]) for reach, numbers in expected
    ]


def test_a_name_that_is_taken_out_is_taken_out_of_the_summary_too(store: Store) -> None:
    kept = _add(store, 1)
    with store.writing(Act(OWN_COMPUTER, "erase", "person")) as writing:
        replace_reading(writing, kept.reading_sha256, lambda text: text.replace("City 1", "▮▮▮"))
        assert rewrite_texts(writing, lambda text: text.replace("City 1", "▮▮▮")) == 1
    again = get(store, kept.id)
    assert again is not None
    assert again.reading.profile["name"] == summaries(store, (kept.id,))[kept.id].name == "▮▮▮"
    assert verify(store).whole
