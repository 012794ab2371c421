"""Every version of an answer is kept: old, new, who, why, and the cell it stands in."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from scoring.model import Place, Reading
from store.answers import Version, versions_of
from store.engine import Store
from store.ids import new_id
from store.uploads import Upload, add, link_city
from store.verify import verify
from tests.store.readings import EDITION, FRAMEWORK, reading


def said(value: float | None, cell: str = "G12") -> Reading:
    """The reading above with another value in another cell."""
    whole = reading()
    answer = replace(whole.observations["2.2.1"], value=value, place=Place("2 Economy", cell))
    return replace(whole, observations={"2.2.1": answer}, ratings={})


def keep(store: Store, data: bytes, read: Reading, **more: str) -> Upload:
    return add(store, name="a.xlsx", data=data, reading=read, framework=FRAMEWORK, edition=EDITION, **more)


def link(store: Store, upload: Upload, same_as: str = "", actor: str = "own_computer") -> str:
    return link_city(store, upload.id, country="KOR", folded_name="x", name="X", same_as=same_as, actor=actor)


def values(rows: tuple[Version, ...]) -> list[tuple[float | None, float | None]]:
    """Old and new value of each version, None where nothing is said."""
    return [tuple(json.loads(text)["value"] if text else None for text in (one.old, one.new)) for one in rows]  # type: ignore[misc]


def test_three_uploads_of_a_city_make_the_versions_in_which_something_changed(store: Store) -> None:
    first = keep(store, b"1", said(4.9, "G12"))
    second = keep(store, b"2", said(4.9, "G13"))
    third = keep(store, b"3", said(5.1, "G14"))
    city = link(store, first, actor="person-1")
    for one in (second, third):
        link(store, one, first.id, actor="person-2")
    rows = versions_of(store, city)
    assert [one.version for one in rows] == [1, 2]
    assert values(rows) == [(None, 4.9), (4.9, 5.1)]
    assert [(one.actor, one.why, one.upload_id, one.sheet, one.cell) for one in rows] == [
        ("person-1", "uploaded", first.id, "2 Economy", "G12"),
        ("person-2", "uploaded", third.id, "2 Economy", "G14"),
    ]
    assert rows == versions_of(store, city, "2.2.1")
    assert versions_of(store, city, "2.2.2") == ()
    assert verify(store).whole


def test_an_answer_that_is_taken_out_is_a_version_as_well(store: Store) -> None:
    first = keep(store, b"1", said(4.9))
    city = link(store, first)
    link(store, keep(store, b"2", replace(said(4.9), observations={})), first.id)
    rows = versions_of(store, city)
    assert values(rows) == [(None, 4.9), (4.9, None)]
    assert (rows[1].version, rows[1].new, rows[1].sheet, rows[1].cell) == (2, "", "", "")


def test_a_decision_says_what_was_decided_and_can_be_taken_back(store: Store) -> None:
    doubtful = keep(store, b"1", said(None))
    city = link(store, doubtful)
    decided = keep(store, b"1", said(1.234), decided_from=doubtful.id, why="2 Economy!G!decimal_mark = .")
    assert (decided.city_id, decided.decided_from) == (city, doubtful.id)
    back = keep(store, b"1", said(None), decided_from=decided.id, why="2 Economy!G!decimal_mark")
    assert back.id == doubtful.id
    rows = versions_of(store, city)
    assert values(rows) == [(None, None), (None, 1.234), (1.234, None)]
    assert [one.why for one in rows] == [
        "uploaded",
        "decided: 2 Economy!G!decimal_mark = .",
        "decided: 2 Economy!G!decimal_mark",
    ]


def test_without_a_city_the_first_upload_is_what_versions_belong_to(store: Store) -> None:
    first = keep(store, b"1", said(None))
    second = keep(store, b"1", said(1.0), decided_from=first.id)
    third = keep(store, b"1", said(2.0), decided_from=second.id)
    assert third.city_id == ""
    assert values(versions_of(store, first.id)) == [(None, 1.0), (1.0, 2.0)]
    assert versions_of(store, second.id) == ()


def test_an_upload_moved_to_another_city_takes_its_answers_along(store: Store) -> None:
    ours, strange = keep(store, b"1", said(4.9)), keep(store, b"2", said(50.0))
    city = link(store, ours)
    link(store, strange, ours.id)
    other = link(store, strange)
    assert values(versions_of(store, city)) == [(None, 4.9), (4.9, 50.0), (50.0, 4.9)]
    assert versions_of(store, city)[-1].why == "moved"
    assert versions_of(store, city)[-1].upload_id == ours.id
    assert values(versions_of(store, other)) == [(None, 50.0)]


def test_a_decision_about_nothing_is_refused_whole(store: Store) -> None:
    with pytest.raises(LookupError):
        keep(store, b"1", said(1.0), decided_from=new_id())
    assert store.head().number == 0


@pytest.mark.parametrize("unknown", ["", "x", "' OR 1=1 --' OR 1=1 --", "\ud800" * 22])
def test_an_unknown_subject_has_no_versions(store: Store, unknown: str) -> None:
    assert versions_of(store, unknown) == ()
