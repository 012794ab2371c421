"""Uploads that were made before people signed in go to a city, once, and stay provable; on both databases."""

from __future__ import annotations

import pytest

from actions import house
from actions.__main__ import main
from actions.access import COMPUTER, NotAllowedError, visible
from actions.adoption import adopt, to_adopt
from actions.decide import decide
from actions.uploads import receive
from store.answers import versions_of
from store.cities import find_cities, uploads_of_city
from store.engine import Store
from store.log_lines import newest_lines
from store.owners import Owner, owner_of
from store.verify import verify
from tests.actions.people_at_hand import make_city, somebody
from tests.two_cities import OWN, workbook


def kept_alone() -> tuple[str, str]:
    """What somebody uploaded on her own computer, and what she decided about it."""
    first = receive(COMPUTER, "own.xlsx", workbook(OWN), "en").upload_id
    return first, decide(COMPUTER, first, {"nothing of this name": "yes"})


def test_what_was_nobodys_is_the_citys_and_seen_by_its_people_alone(installation: Store) -> None:
    ids = kept_alone()
    (before,) = find_cities(installation, OWN)
    city = make_city(installation, "Osan")
    owner = somebody("owner", "owner@example.org", city=city)
    other = somebody("owner", "other@example.org", city=make_city(installation, "Cork"))
    assert visible(owner, ids) == ()
    assert tuple(one.id for one in to_adopt(COMPUTER, before.id)) == ids
    assert tuple(one.id for one in adopt(COMPUTER, city, before.id)) == ids
    assert visible(owner, ids) == ids
    assert visible(other, ids) == ()
    assert uploads_of_city(installation, city) == ids
    assert uploads_of_city(installation, before.id) == ()
    assert {one.upload_id for one in versions_of(installation, city)} <= set(ids)
    assert versions_of(installation, city) != ()
    with installation.reading() as connection:
        assert [owner_of(connection, one) for one in ids] == [Owner(city, COMPUTER.person)] * 2
        line = next(newest_lines(connection, 1, every=True))
        assert (line.act, line.kind, line.object_id, line.city) == ("adopt", "city", city, city)
    assert verify(installation).whole


def test_nothing_that_is_somebodys_is_given_away(installation: Store) -> None:
    city = make_city(installation, "Osan")
    owner = somebody("owner", "owner@example.org", city=city)
    hers = receive(owner, "own.xlsx", workbook(OWN), "en", city).upload_id
    thief = make_city(installation, "Cork")
    assert adopt(COMPUTER, thief, city, (hers,)) == ()
    assert adopt(COMPUTER, thief, "no id", ("no id", "A" * 22)) == ()
    with installation.reading() as connection:
        assert owner_of(connection, hers) == Owner(city, owner.person)


def test_an_upload_of_no_city_is_given_by_its_id_with_what_was_decided_from_it(installation: Store) -> None:
    ids = kept_alone()
    city = make_city(installation, "Osan")
    assert tuple(one.id for one in adopt(COMPUTER, city, upload_ids=ids[:1])) == ids
    assert adopt(COMPUTER, city, upload_ids=ids[:1]) == ()


@pytest.mark.parametrize(
    "role", ["owner", "contributor", "viewer", "mayor", "commission", "juror", "chair", "auditor"]
)
def test_nobody_but_the_secretariat_gives(installation: Store, role: str) -> None:
    city = make_city(installation, "Osan")
    where = {"city": city} if role in ("owner", "contributor", "viewer", "mayor") else {}
    who = somebody(role, "who@example.org", **(where or ({"country": "KOR"} if role == "commission" else {})))
    for act in (lambda: to_adopt(who, city), lambda: adopt(who, city, city)):
        with pytest.raises(NotAllowedError):
            act()


def test_there_must_be_such_a_city(installation: Store) -> None:
    kept_alone()
    with pytest.raises(NotAllowedError):
        adopt(COMPUTER, "A" * 22)


def test_the_command_says_what_it_would_do_first(
    installation: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = kept_alone()
    city = make_city(house.store(), "Osan")
    asked = ["adopt", "Osan", "--of", OWN]
    assert main(asked) == 1
    said = capsys.readouterr()
    assert [line.split()[0] for line in said.out.splitlines()] == list(ids)
    assert "Nothing was given." in said.err
    assert uploads_of_city(installation, city) == ()
    assert main([*asked, "--yes"]) == 0
    assert "Given to Osan" in capsys.readouterr().err
    assert uploads_of_city(installation, city) == ids
    assert main([*asked, "--yes", "--language", "zh"]) == 1
    assert "未找到" in capsys.readouterr().err
    assert main(["adopt", "Nowhere"]) == 2
    make_city(house.store(), "Osan", "IRL")
    assert main(["adopt", "Osan"]) == 2
    assert city in capsys.readouterr().err
