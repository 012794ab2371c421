"""Every role times every right, over one's own and others' cities, drafts and submitted uploads, in both directions.

rights.csv was written by hand, not printed by the code. Its letters say over what a right holds:
o own city's draft, O own city's submitted upload; y, Y the same of another city in the own country; x, X of a city in
another country; m own data or own upload of no city, i own sample; p, j the same of another person; n nothing in
particular. Of what was handed in with another choice than the jury's: a own city's and b another one's in the own
country, c in another country, private; d in another country, for the network, e for everybody; f is a draft for which
everybody was chosen in advance. What is not there is refused.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from actions.access import (
    COMPUTER,
    RIGHTS,
    ROLES,
    Actor,
    Grant,
    NotAllowedError,
    NotKeptError,
    Subject,
    areas_open_to,
    may,
    require,
)
from actions.rights_table import MEANINGS, as_markdown
from tests.source_code import ROOT

SUBJECTS = {
    "o": Subject("seoul", "KOR", "somebody"),
    "O": Subject("seoul", "KOR", "somebody", submitted=True),
    "y": Subject("osan", "KOR", "somebody"),
    "Y": Subject("osan", "KOR", "somebody", submitted=True),
    "x": Subject("cork", "IRL", "somebody"),
    "X": Subject("cork", "IRL", "somebody", submitted=True),
    "m": Subject(person="ann"),
    "i": Subject(person="ann", invented=True),
    "p": Subject(person="somebody"),
    "j": Subject(person="somebody", invented=True),
    "n": Subject(),
    "a": Subject("seoul", "KOR", "somebody", submitted=True, visibility="private"),
    "b": Subject("osan", "KOR", "somebody", submitted=True, visibility="private"),
    "c": Subject("cork", "IRL", "somebody", submitted=True, visibility="private"),
    "d": Subject("cork", "IRL", "somebody", submitted=True, visibility="network"),
    "e": Subject("cork", "IRL", "somebody", submitted=True, visibility="public"),
    "f": Subject("cork", "IRL", "somebody", visibility="public"),
}
GRANTS = {
    "owner": Grant("owner", city="seoul"),
    "contributor": Grant("contributor", city="seoul"),
    "viewer": Grant("viewer", city="seoul"),
    "mayor": Grant("mayor", city="seoul"),
    "commission": Grant("commission", country="KOR"),
    "juror": Grant("juror"),
    "chair": Grant("chair"),
    "secretariat": Grant("secretariat"),
    "auditor": Grant("auditor"),
}
with (Path(__file__).parent / "rights.csv").open(encoding="utf-8", newline="") as file:
    EXPECTED = {row.pop("right"): row for row in csv.DictReader(file)}
CASES = [
    (right, role, letter, letter in letters)
    for right, cells in EXPECTED.items()
    for role, letters in cells.items()
    for letter in SUBJECTS
]


def actor(role: str) -> Actor:
    return Actor("ann", "Ann", (GRANTS[role],) if role in GRANTS else ())


def test_the_table_by_hand_has_every_right_and_every_role() -> None:
    assert set(EXPECTED) == set(RIGHTS) == set(MEANINGS)
    assert (
        {role for cells in EXPECTED.values() for role in cells} == {*ROLES, "no role"} == {*GRANTS, "no role"}
    )
    assert len(CASES) == 30 * 10 * 17


@pytest.mark.parametrize("right", RIGHTS)
def test_every_role_has_the_right_over_what_the_table_by_hand_says_and_over_nothing_else(right: str) -> None:
    for one, role, letter, expected in CASES:
        if one == right:
            assert may(actor(role), right, SUBJECTS[letter]) is expected, (role, letter)


@pytest.mark.parametrize("right", RIGHTS)
def test_what_may_not_be_done_is_told_as_what_is_not_there(right: str) -> None:
    for one, role, letter, expected in CASES:
        if one == right and expected:
            require(actor(role), right, SUBJECTS[letter])
        elif one == right:
            with pytest.raises(NotKeptError) as caught:
                require(actor(role), right, SUBJECTS[letter])
            assert type(caught.value) is NotAllowedError
            assert str(caught.value) == ""


@pytest.mark.parametrize("right", RIGHTS)
def test_on_ones_own_computer_everything_may_be_done(right: str) -> None:
    assert all(may(COMPUTER, right, subject) for subject in SUBJECTS.values())


@pytest.mark.parametrize("right", RIGHTS)
def test_a_person_without_an_id_owns_nothing(right: str) -> None:
    nobody = Actor("", "", (Grant("owner"), Grant("mayor"), Grant("contributor"), Grant("commission")))
    assert not any(may(nobody, right, subject) for subject in (Subject(), Subject(submitted=True)))


def test_what_nobody_chose_is_for_the_jury_and_a_choice_that_nobody_knows_is_private() -> None:
    for role in (*ROLES, "no role"):
        for choice, same in (("jury", ""), ("everybody", "private")):
            subject, other = (
                Subject("cork", "IRL", "somebody", True, visibility=one) for one in (choice, same)
            )
            for right in RIGHTS:
                assert may(actor(role), right, subject) is may(actor(role), right, other), (
                    role,
                    right,
                    choice,
                )


def test_rights_of_several_roles_add_up_and_stay_where_they_are() -> None:
    both = Actor("ann", "Ann", (Grant("owner", "seoul"), Grant("viewer", "cork")))
    assert may(both, "submit", SUBJECTS["o"])
    assert not may(both, "submit", SUBJECTS["x"])
    assert may(both, "see", SUBJECTS["x"])
    assert not may(both, "see", SUBJECTS["y"])


def test_a_right_that_nobody_named_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        may(COMPUTER, "fly")


@pytest.mark.parametrize(
    ("grants", "areas"),
    [
        ((Grant("contributor", "seoul", areas=("2", "10")),), ("10", "2")),
        (
            (Grant("contributor", "seoul", areas=("2",)), Grant("contributor", "seoul", areas=("3",))),
            ("2", "3"),
        ),
        ((Grant("contributor", "seoul"),), None),
        ((Grant("contributor", "seoul", areas=("2",)), Grant("owner", "seoul")), None),
        ((Grant("contributor", "cork", areas=("2",)),), ()),
        ((Grant("viewer", "seoul"),), ()),
        ((), ()),
    ],
)
def test_a_contributor_answers_for_the_areas_of_the_role(
    grants: tuple[Grant, ...], areas: tuple[str, ...] | None
) -> None:
    assert areas_open_to(Actor("ann", "Ann", grants), "seoul") == areas


def test_the_table_in_the_docs_is_the_one_of_the_code() -> None:
    assert (ROOT / "docs" / "rights.md").read_text(encoding="utf-8") == as_markdown()
