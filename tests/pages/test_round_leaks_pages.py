"""The same as tests/actions/test_round_leaks.py on the pages: what is sent to who is in conflict stays to the byte."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.conftest import SOAK
from tests.pages.test_every_role import Reader
from tests.round_at_hand import VIEWERS, Changes, RoundWorld, round_world
from tests.source_code import ROOT
from tests.two_cities import DRAFT

CHANGES = 1000
OUTSIDE = (
    *("start", "jury_candidates", "how_sure", "city_compare", "city_room", "city_practice"),
    *("membership", "office_log", "own_account"),
)
LANGUAGES = ("en", "zh") if SOAK else ("en",)


def round_pages() -> tuple[str, ...]:
    """The pages of the award round, as the menu lists them."""
    tree = ast.parse((ROOT / "app.py").read_text(encoding="utf-8"))
    names = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return tuple(dict.fromkeys(one for one in names if isinstance(one, str) and one.startswith("round_")))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoundWorld]:
    with round_world(tmp_path_factory.mktemp("round_pages")) as made:
        yield made


def opened(world: RoundWorld, role: str, patch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """Everything that is sent for every page to somebody of a role."""
    reader = Reader(role, world, patch)  # type: ignore[arg-type]
    # Every role sees all pages of the round; of the others each page is seen by two roles, by all in the long form.
    turn = VIEWERS.index(role)
    others = [one for n, one in enumerate(OUTSIDE) if SOAK or n % len(VIEWERS) in (turn, (turn + 1) % 5)]
    others += ["city_people"] if role == "secretariat" else []
    found = {}
    for language in LANGUAGES:
        for page in (*others, *round_pages()):
            text = reader.open(page, lang=language, round=world.round, cand=world.others[0])
            # A download that is made when somebody asks for it bears a new number on every page.
            found[page, language] = re.sub(r'deferred_file_id: "[0-9a-f]+"', "", text)
    return found


def test_a_thousand_changes_of_the_closed_city_change_no_page_of_anybody_in_conflict(
    world: RoundWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {role: opened(world, role, monkeypatch) for role in VIEWERS}
    changes = Changes(world, seed=7)
    for number in range(CHANGES):
        changes.one()
        if number % 500 == 0:
            changes.outside()
    for role in VIEWERS:
        after = opened(world, role, monkeypatch)
        assert [page for page in after if after[page] != before[role][page]] == [], role
        # But for her own declaration nothing of the city's words is there at all: its first name alone.
        for page, text in after.items():
            assert f"{DRAFT} " not in text, (role, page)
