"""The check of an upload: the verdict, every finding once in one area, and what is still open."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from actions.access import COMPUTER
from actions.check import area_choices, check
from actions.uploads import receive
from scoring.model import SEVERITIES
from tests.indicators.faults import A1, A2, A3, ANSWER, PROFILE, RATINGS
from tests.workbooks import blank, changed, filled

pytestmark = pytest.mark.usefixtures("data_folder")


def _faulty(book: Workbook) -> None:
    book[PROFILE]["B4"] = None
    book[RATINGS]["F4"] = 2.5
    book[A1]["F5"], book[A1]["G7"] = "many", 2090
    book[A2]["J8"] = None
    book[A3]["A30"], book[A3]["F30"] = "3.9.9", 5


@pytest.fixture
def faulty() -> str:
    return receive(COMPUTER, "faulty.xlsx", changed(filled(), _faulty), "en").upload_id


def _kept(data: bytes) -> str:
    return receive(COMPUTER, "city.xlsx", data, "en").upload_id


def _shown(upload_id: str, severity: str = "all", area: str = "all") -> list[tuple[str, str]]:
    page = check(COMPUTER, upload_id, "core", severity, area, "en")
    return [(told.kind, told.where) for group in page.groups for told in group.rows]


ALL = [
    ("ladder_not_whole", f"{RATINGS}!F4"),
    ("name_missing", f"{PROFILE}!B4"),
    ("source_missing", f"{A2}!J8"),
    ("text_for_number", f"{A1}!F5"),
    ("unknown_code", f"{A3}!A30"),
    ("year_future", f"{A1}!G7"),
]


def test_without_a_filter_everything_is_shown(faulty: str) -> None:
    assert sorted(_shown(faulty)) == ALL


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("1", [ALL[3], ALL[5]]),
        ("2", [ALL[2]]),
        # A row whose code is unknown belongs to the area of its sheet.
        ("3", [ALL[4]]),
        # §7 of the declaration is not focus area 7.
        ("7", []),
        ("elsewhere", [ALL[0], ALL[1]]),
    ],
)
def test_each_finding_stands_in_its_area(faulty: str, area: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(_shown(faulty, area=area)) == expected


def test_the_areas_share_out_all_findings(faulty: str) -> None:
    parts = [one for area in area_choices()[1:] for one in _shown(faulty, area=area)]
    assert sorted(parts) == sorted(_shown(faulty))


def test_the_filter_says_how_many_are_behind_each_choice(faulty: str) -> None:
    areas = check(COMPUTER, faulty, "core", "all", "all", "en").areas
    assert list(areas) == list(area_choices())
    assert [areas[one].partition(" · ")[2] for one in ("all", "1", "2", "3", "7", "elsewhere")] == [
        "6",
        "2",
        "1",
        "1",
        "",
        "2",
    ]


def test_the_filter_by_severity(faulty: str) -> None:
    shown = {severity: len(_shown(faulty, severity)) for severity in SEVERITIES}
    assert shown == {"refuses": 0, "blocks": 4, "question": 2, "note": 0}


def test_progress_says_what_is_to_repair(faulty: str) -> None:
    page = check(COMPUTER, faulty, "core", "all", "all", "en")
    asked = {row.code: row.text for row in page.progress}
    assert asked["1"].endswith(" · 2 to repair")
    assert asked["3"].endswith(" · 1 to repair")
    assert "repair" not in asked["2"] + asked["7"]


def _claimed(book: Workbook) -> None:
    book[A1]["F5"], book[A1]["H5"], book[A1]["L5"] = None, "not applicable", "There is no such thing here."


def _emptied(book: Workbook) -> None:
    for column in ANSWER:
        book[A1][f"{column}5"] = None


@pytest.mark.parametrize(
    ("data", "verdict", "sentence", "open_rows"),
    [
        (filled(), "fine", "Read in full: nothing to repair and nothing to check.", 0),
        (changed(filled(), _emptied), "fine", "Read in full: nothing to repair and nothing to check.", 1),
        (changed(filled(), _claimed), "fine", "Read in full: nothing to repair and nothing to check.", 0),
        (blank(), "questions", "Read in full. 2 to check; 1 note.", 10),
        (
            b"%PDF-1.7",
            "refused",
            "This file was not accepted. The reason and the way out stand below.",
            10,
        ),
    ],
)
def test_verdict_and_what_to_fill_next(data: bytes, verdict: str, sentence: str, open_rows: int) -> None:
    page = check(COMPUTER, _kept(data), "core", "all", "all", "en")
    assert (page.verdict, page.sentence, len(page.next_rows)) == (verdict, sentence, open_rows)


@pytest.mark.parametrize(("data", "share"), [(filled(), 1.0), (blank(), 0.0)])
def test_progress_of_a_full_and_of_a_blank_workbook(data: bytes, share: float) -> None:
    page = check(COMPUTER, _kept(data), "full", "all", "all", "en")
    assert [row.share for row in page.progress] == [share] * 12
