"""A round's package: nobody named in it, the same bytes every time, and worked out anew from the file alone."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from actions.__main__ import main
from actions.access import COMPUTER
from actions.round_decisions import AWARD, decide, decide_rest
from actions.round_package import (
    ROUND_FILE,
    TABLE_FILE,
    Difference,
    PackageError,
    check_package,
    package,
)
from store.engine import Store
from tests.actions.meeting_at_hand import AtHand, at_hand


@pytest.fixture
def here(installation: Store) -> AtHand:
    made = at_hand()
    decide(COMPUTER, made.id, "", made.city["Aberton"], 0, AWARD, "Clearly ahead.")
    decide_rest(COMPUTER, made.id, "", "Below the line.")
    return made


def changed(data: bytes, name: str, before: str, after: str) -> bytes:
    """A package with one text in one of its parts written otherwise."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(kept, "w") as written:
        for one in read.namelist():
            part = read.read(one)
            if one == name:
                assert before.encode() in part
                part = part.replace(before.encode(), after.encode(), 1)
            written.writestr(one, part)
    return kept.getvalue()


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_it_comes_out_the_same(here: AtHand) -> None:
    data = package(COMPUTER, here.id, "")
    assert data == package(COMPUTER, here.id, "")
    found = check_package(data)
    assert (found.same, found.cities, found.name) == (True, 4, "Round at hand")
    assert (found.differences, found.versions) == ((), ())
    rows = [line.split(",") for line in part(data, TABLE_FILE).splitlines()]
    # By hand as in the minutes; the decision stands last.
    assert [row[1:5] + row[-1:] for row in rows[1:]] == [
        ["Aberton", "GBR", "1", "4.00", "award"],
        ["Bellavista", "CHL", "2", "3.00", "none"],
        ["Castel", "FRA", "2", "3.00", "none"],
        ["Dunmere", "GBR", "4", "2.00", "none"],
    ]


def test_with_severity_and_other_weights_it_comes_out_the_same(installation: Store) -> None:
    made = at_hand(settings={"adjust": True, "weights": {"plan": 3, "access": 1}, "seed": 7})
    data = package(COMPUTER, made.id, "")
    assert check_package(data).same
    assert '"seed": 7' in part(data, ROUND_FILE)


def test_nobody_and_no_reason_is_named_in_it(here: AtHand) -> None:
    said = part(package(COMPUTER, here.id, ""), ROUND_FILE)
    for name in (*here.seat, "Because.", "employer"):
        assert name not in said


def test_who_has_a_conflict_gets_a_package_without_the_city(here: AtHand) -> None:
    data = package(COMPUTER, here.id, here.seat["Chair Cho"])
    whole = part(data, ROUND_FILE) + part(data, TABLE_FILE)
    assert "Bellavista" not in whole
    assert here.city["Bellavista"] not in whole
    assert json.loads(part(data, ROUND_FILE))["log_head"] == ""
    assert check_package(data).same


def test_what_was_changed_afterwards_is_said(
    here: AtHand, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = package(COMPUTER, here.id, "")
    forged = changed(data, TABLE_FILE, "Aberton,GBR,1,4.00", "Aberton,GBR,2,3.50")
    assert check_package(forged).differences == (
        Difference("Aberton", "rank", "2", "1"),
        Difference("Aberton", "points", "3.50", "4.00"),
    )
    lowered = changed(data, ROUND_FILE, '"value": "5"', '"value": "1"')
    found = check_package(lowered)
    assert not found.same
    # The first mark of 5 is the one for the plan: (4 + 4 + 1 + 3) / 4 = 3, and the whole (7 * 4 + 3) / 8 = 3.875.
    told = {(one.name, one.column): (one.kept, one.made) for one in found.differences}
    assert told["Aberton", "mean_plan"] == ("4.00", "3.00")
    assert told["Aberton", "points"] == ("4.00", "3.88")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        rules = next(name for name in archive.namelist() if name.endswith("unesco_2024/criteria.csv"))
    reweighed = changed(data, rules, "medium", "high")
    assert not check_package(reweighed).rules
    file = tmp_path / "forged.zip"
    file.write_bytes(forged)
    assert main(["verify", str(file)]) == 1
    said = capsys.readouterr()
    assert "Aberton, points: the package says “3.50”, worked out is “4.00”." in said.err
    assert "Something differs." in said.out
    file.write_bytes(data)
    assert main(["verify", str(file), "--language", "zh"]) == 0
    assert "结果表完全一致" in capsys.readouterr().out


@pytest.mark.parametrize("data", [b"", b"PK nothing", b"\x00" * 100])
def test_other_files_are_refused(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(PackageError, match="not_a_package"):
        check_package(data)
    file = tmp_path / "other.zip"
    file.write_bytes(data)
    assert main(["verify", str(file)]) == 2
    assert "is no package of an award round" in capsys.readouterr().err
    assert main(["verify", str(tmp_path / "none.zip")]) == 2


def test_a_package_that_leads_out_of_its_folder_is_refused(here: AtHand) -> None:
    data = package(COMPUTER, here.id, "")
    kept = io.BytesIO(data)
    with zipfile.ZipFile(kept, "a") as archive:
        archive.writestr("rules/../../outside.csv", "id")
    with pytest.raises(PackageError, match="not_a_package"):
        check_package(kept.getvalue())
