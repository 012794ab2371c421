"""How far a dossier's indicators leave marks open: by hand, and in bands, pages, minutes and package."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from actions import house
from actions.access import COMPUTER, Actor
from actions.round_figures import figures
from actions.round_minutes import minutes
from actions.round_package import ROUND_FILE, PackageError, check_package, package
from actions.round_result_sure import how_sure
from actions.round_widths import Widths, half_width, unlinked, widths
from scoring.model import Reading
from store.uploads import add
from tests.actions.round_marked import Marked, marked
from tests.workbooks import filled_reading

NAN = float("nan")
CRITERIA = ("plan", "partners", "resources", "monitoring", "access", "culture", "innovation", "network")


@pytest.mark.parametrize(
    ("brackets", "points"),
    [
        ([], 0),
        ([(60, 60)], 0),
        ([(0, 100)], 50),
        # Half of 10 and half of 30, and their mean.
        ([(50, 60), (40, 70)], 10),
        # A part outside the basket is left out, not taken for sure.
        ([(50, 60), (NAN, NAN)], 5),
        ([(NAN, NAN)], 0),
    ],
)
def test_a_criterion_has_the_mean_of_its_halved_brackets(
    brackets: list[tuple[float, float]], points: float
) -> None:
    assert half_width(brackets) == points


def kept(name: str, reading: Reading) -> str:
    """A dossier as it was read; returns the upload's id."""
    named = replace(reading, profile={**reading.profile, "name": name})
    return add(house.store(), name=name, data=name.encode(), reading=named, framework="k", edition="e").id


def with_dossiers() -> Marked:
    """Marked, with a full dossier of Alba, one without 10.3 of Brixen, and an empty one of Corvo; none of Dakra."""
    whole = filled_reading()
    rest = {code: one for code, one in whole.observations.items() if not code.startswith("10.3")}
    uploads = {
        "Alba": kept("Alba", whole),
        "Brixen": kept("Brixen", replace(whole, observations=rest)),
        "Corvo": kept("Corvo", replace(whole, observations={}, ratings={})),
    }
    return marked(phases=("discuss", "meet"), uploads=uploads)


@pytest.fixture
def at(data_folder: object) -> Marked:
    return with_dossiers()


def told(at: Marked, actor: Actor = COMPUTER, who: str = "") -> dict[str, dict[str, float]]:
    """City -> criterion -> half-width, of those with a dossier."""
    found = widths(actor, at.seen(who))
    return {at.named(city)[0]: dict(row) for city, row in found.said().items()}


def test_half_widths_by_hand(at: Marked) -> None:
    found = told(at)
    assert set(found) == {"Alba", "Brixen", "Corvo"}
    # Everything answered: the bracket is one number.
    assert set(found["Alba"].values()) == {0}
    # Nothing answered: half of 100 points is two of the four levels, and half of a mark rests on indicators.
    linked = dict.fromkeys(CRITERIA[:6], 1.0)
    assert found["Corvo"] == {**linked, "innovation": 0, "network": 0}
    # 10.3 is the whole of monitoring besides a duty that has no score: 0 to 100 again. The plan has 10.1 and 10.2,
    # answered, and theme 7, of 59 to 70.67 points: (0 + 0 + 11.67 / 2) / 3 points, 0.04 levels a point, and half.
    assert found["Brixen"]["monitoring"] == pytest.approx(1.0)
    assert found["Brixen"]["plan"] == pytest.approx(11.67 / 2 / 3 * 0.04 * 0.5, abs=1e-4)
    assert {name for name, one in found["Brixen"].items() if one} == {"monitoring", "plan"}
    assert unlinked(at.seen().award) == ("innovation", "network")


def test_nothing_is_read_of_a_city_in_conflict_and_nothing_before_declaring(at: Marked) -> None:
    at.conflict("Ben", "Brixen")
    assert set(told(at, who="Ben")) == {"Alba", "Corvo"}
    late = replace(at.seen("Ben"), viewer=replace(at.seen("Ben").viewer, declared=False))
    assert widths(COMPUTER, late) == Widths()
    # Who may open none of the uploads has bands of jurors and weights alone.
    assert told(at, Actor("somebody", "", ())) == {}


def test_bands_hold_the_doubt_and_the_page_says_so(at: Marked) -> None:
    found = at.seen()
    with_it, without = figures(COMPUTER, found), figures(Actor("somebody", "", ()), found)
    assert with_it is not None
    assert without is not None
    assert with_it is figures(COMPUTER, found)
    spans = [np.ptp(one.bands.sure.score[:, [0, 2]], axis=1) for one in (with_it, without)]
    corvo, dakra = (with_it.moment.marks.cities.index(at.cities[name]) for name in ("Corvo", "Dakra"))
    # All marks of Corvo are 3: without its indicators nothing would be in doubt about it. With them, six of eight
    # criteria move evenly by up to 1: a spread of (6 / 3) ** 0.5 / 8 = 0.177, and 90 % lie within 1.645 of it.
    assert spans[1][corvo] == pytest.approx(0, abs=0.02)
    assert spans[0][corvo] == pytest.approx(2 * 1.645 * 0.177, abs=0.03)
    assert spans[0][dakra] == pytest.approx(spans[1][dakra], abs=0.01)
    holds = how_sure(found, with_it, "en", False).holds
    assert holds == (
        "The rank bands hold three doubts: which jurors marked, how much each criterion weighs, and what the "
        "dossiers' indicators leave open. 50% of a mark is taken to rest on indicators, which leaves means open by "
        "0.00 to 1.00 marks either way.",
        "Without a dossier that may be opened, so nothing is added for indicators: Dakra.",
        "No indicator is linked to these criteria, so nothing is added to them: Innovation; Network.",
    )
    assert how_sure(found, without, "en", False).holds[0].startswith("The rank bands hold two doubts")


def test_minutes_say_what_the_bands_hold(at: Marked) -> None:
    assert "The rank bands hold three doubts" in repr(minutes(COMPUTER, at.id, "", "en"))
    assert "并列区间包含三种不确定性" in repr(minutes(COMPUTER, at.id, "", "zh"))


def changed(data: bytes, change: dict[str, object] | None) -> bytes:
    """A package whose half-widths are others; None: of the first format, which has none."""
    kept_as = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(kept_as, "w") as written:
        for name in read.namelist():
            part = read.read(name)
            if name == ROUND_FILE:
                said = json.loads(part)
                said.pop("half_widths")
                said |= {"format": 1} if change is None else {"half_widths": change}
                part = json.dumps(said).encode()
            written.writestr(name, part)
    return kept_as.getvalue()


def test_a_package_holds_them_and_comes_out_the_same_without_the_dossiers(at: Marked) -> None:
    data = package(COMPUTER, at.id, "")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        said = json.loads(archive.read(ROUND_FILE))
    assert said["half_widths"][at.cities["Corvo"]]["plan"] == 1.0
    assert at.cities["Dakra"] not in said["half_widths"]
    assert check_package(data).same
    # Without them every city would be sure of its place: the table's ranks would be others.
    columns = {one.column for one in check_package(changed(data, {})).differences}
    assert columns <= {"band", "rank_from", "rank_to"}
    assert columns
    assert not check_package(changed(data, None)).same
    row = dict.fromkeys(CRITERIA, 0.5)
    for wrong in ({"x": {"plan": 1.0}}, {"x": {**row, "plan": -1}}, {"x": {**row, "plan": "NaN"}}):
        with pytest.raises(PackageError, match="not_a_package"):
            check_package(changed(data, dict(wrong)))
