"""A juror's workbook: what it holds, what comes back from it, what is wrong cell by cell, and what is kept."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from actions.access import COMPUTER, NotAllowedError
from actions.round_marks import give_mark, give_marks
from actions.round_offline import offline_workbook
from actions.round_offline_read import Brought, bring_back, keep_brought
from actions.round_own import own_mark
from actions.round_read import seen
from actions.round_write import MeanwhileError
from tests.actions.jury_at_work import CRITERIA, AtWork, answer, jury_at_work

# Rows of the sheet of marks begin here; Riverbend's eight criteria, then Wattlemere's.
FIRST = 4
LEVELS = "A mark lies between 1 and 5, in steps of 0.5; or it says “Not enough evidence”."
REASON = "The highest and lowest mark, one far from your others of the city, and too little evidence need a reason."


@pytest.fixture
def at(data_folder: object) -> AtWork:
    return jury_at_work()


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtWork]:
    """A round in which nothing is kept, shared by tests that only look."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCORECARD_DATA", str(tmp_path_factory.mktemp("offline")))
        yield jury_at_work()


def book_of(at: AtWork, who: str = "ana", language: str = "en") -> Workbook:
    return load_workbook(io.BytesIO(offline_workbook(COMPUTER, at.id, at.seats[who], language)))


def filled(book: Workbook, cells: Mapping[str, object]) -> bytes:
    """The workbook with some cells of the sheet of marks filled in."""
    sheet = book.worksheets[0]
    for cell, value in cells.items():
        sheet[cell] = value
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def back(at: AtWork, data: bytes, who: str = "ana", language: str = "en") -> Brought:
    return bring_back(COMPUTER, at.id, at.seats[who], "marks.xlsx", data, language)


@pytest.mark.parametrize(
    ("language", "titles"),
    [("en", ["Marks", "Rubric", "Scores", "Answers"]), ("zh", ["评分表", "评分细则", "得分"])],
)
def test_it_holds_all_that_a_juror_needs(language: str, titles: list[str], at: AtWork) -> None:
    give_mark(COMPUTER, at.id, at.seats["ana"], answer(at.dossiers["riverbend"], "plan", "3.5", "Page 2"))
    book = book_of(at, language=language)
    assert book.sheetnames[: len(titles)] == titles
    marks = book.worksheets[0]
    assert [marks.cell(FIRST + n, 1).value for n in range(16)] == ["Riverbend"] * 8 + ["Wattlemere"] * 8
    assert (marks["C4"].value, marks["D4"].value, marks["C5"].value) == (3.5, "Page 2", None)
    (rule,) = marks.data_validations.dataValidation
    assert rule.type == "list"
    assert str(rule.sqref) == "C4:C19" or {str(one) for one in rule.sqref.ranges} == {
        f"C{n}" for n in range(4, 20)
    }
    options = [row[0].value for row in book["_lists"].iter_rows()]
    assert options[:9] == [1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]
    assert options[9] == {"en": "Not enough evidence", "zh": "佐证不足"}[language]
    # Five levels for each of the eight criteria.
    assert book.worksheets[1].max_row == 1 + 40
    assert book.worksheets[2].max_row == 1 + 2 * 12


def test_a_closed_city_is_in_no_cell_of_it(at: AtWork) -> None:
    for sheet in book_of(at, "cai").worksheets:
        for row in sheet.iter_rows(values_only=True):
            assert not any("riverbend" in str(cell).casefold() for cell in row), sheet.title
            assert at.dossiers["riverbend"] not in str(row)


def test_whoever_marks_nothing_has_no_workbook(at: AtWork) -> None:
    with pytest.raises(NotAllowedError):
        offline_workbook(COMPUTER, at.id, at.seats["office"], "en")


def test_what_is_new_is_listed_and_kept_once_she_says_so(at: AtWork) -> None:
    cells = {
        "C4": 3,
        "C5": "3,5",
        "C6": "４",
        "C7": "not enough EVIDENCE",
        "D7": "No page given",
        "C12": 5,
        "D12": "All",
    }
    brought = back(at, filled(book_of(at), cells))
    assert (brought.refused, brought.told, brought.wrong, brought.same) == ("", None, (), 11)
    assert [(one.cell, one.city, one.title, one.before, one.after) for one in brought.new] == [
        ("Marks!C4", "Riverbend", "Learning city plan taken further", "–", "3"),
        ("Marks!C5", "Riverbend", "Stakeholders and partnerships", "–", "3.5"),
        ("Marks!C6", "Riverbend", "Finding and using resources", "–", "4"),
        ("Marks!C7", "Riverbend", "Watching and judging progress", "–", "Not enough evidence"),
        ("Marks!C12", "Wattlemere", "Learning city plan taken further", "–", "5"),
    ]
    assert own_mark(seen(COMPUTER, at.id, at.seats["ana"]), at.dossiers["riverbend"], "plan").version == 0
    assert keep_brought(COMPUTER, at.id, at.seats["ana"], brought.new) == 5
    own = own_mark(seen(COMPUTER, at.id, at.seats["ana"]), at.dossiers["riverbend"], "monitoring")
    assert (own.choice, own.reason) == ("not_enough", "No page given")
    # The same file again holds nothing new.
    again = back(at, filled(book_of(at), cells))
    assert (again.new, again.same) == ((), 16)


@pytest.mark.parametrize(
    ("cells", "cell", "found", "rule"),
    [
        ({"C4": 3.2}, "Marks!C4", "3.2", LEVELS),
        ({"C4": 6}, "Marks!C4", "6", LEVELS),
        ({"C4": "good"}, "Marks!C4", "good", LEVELS),
        ({"C4": "nan"}, "Marks!C4", "nan", LEVELS),
        ({"C4": 5}, "Marks!D4", "–", REASON),
        ({"C4": 2, "C5": 4.5, "C6": 4.5}, "Marks!D4", "–", REASON),
        ({"D4": "Page 3"}, "Marks!C4", "Page 3", "A reason belongs to a mark."),
        ({"C4": 3, "F4": "elsewhere:plan"}, "Marks!C4", "3", "Only your own cities and the award's criteria count."),
    ],
)  # fmt: skip
def test_every_wrong_cell_is_named_with_its_rule(
    cells: Mapping[str, object], cell: str, found: str, rule: str, looked_at: AtWork
) -> None:
    brought = back(looked_at, filled(book_of(looked_at), cells))
    assert [(one.cell, one.found, one.rule) for one in brought.wrong] == [(cell, found, rule)]
    assert all(one.advice for one in brought.wrong)
    assert cell.replace("D", "C") not in {one.cell for one in brought.new}


def test_two_rows_of_one_mark_are_both_refused(at: AtWork) -> None:
    book = book_of(at)
    key = book.worksheets[0]["F4"].value
    brought = back(at, filled(book, {"C4": 3, "C5": 4, "F5": key}))
    assert [(one.cell, one.rule) for one in brought.wrong] == [
        ("Marks!C4", "Each city has one row for each criterion."),
        ("Marks!C5", "Each city has one row for each criterion."),
    ]


def test_sorted_rows_and_new_columns_change_nothing(at: AtWork) -> None:
    book = book_of(at)
    sheet = book.worksheets[0]
    sheet.title = "My sheet"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST, max_col=7)]
    for number, row in enumerate(reversed(rows), start=FIRST):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value
    sheet.cell(19, 3).value = 3.5
    brought = back(at, filled(book, {}))
    assert [(one.cell, one.city, one.after) for one in brought.new] == [("My sheet!C19", "Riverbend", "3.5")]


def test_what_changed_here_meanwhile_waits_for_a_choice(at: AtWork) -> None:
    data = filled(book_of(at), {"C4": 3, "C5": 4})
    give_mark(COMPUTER, at.id, at.seats["ana"], answer(at.dossiers["riverbend"], "plan", "2"))
    brought = back(at, data)
    assert [(one.criterion, one.before, one.after) for one in brought.clashes] == [("plan", "2", "3")]
    assert [one.criterion for one in brought.clear] == ["partners"]
    # Between looking and keeping another change comes in: nothing of the file is kept.
    give_mark(COMPUTER, at.id, at.seats["ana"], answer(at.dossiers["riverbend"], "plan", "2.5", base=1))
    with pytest.raises(MeanwhileError):
        keep_brought(COMPUTER, at.id, at.seats["ana"], brought.new)
    found = seen(COMPUTER, at.id, at.seats["ana"])
    assert own_mark(found, at.dossiers["riverbend"], "plan").choice == "2.5"
    assert own_mark(found, at.dossiers["riverbend"], "partners").version == 0


def test_files_that_are_something_else_are_refused_in_words(at: AtWork) -> None:
    assert back(at, filled(book_of(at), {}), "ben").refused == (
        "This workbook was made for another round or another juror. Bring back the one that you downloaded here."
    )
    empty = Workbook()
    assert back(at, filled(empty, {})).refused.startswith("This is not a juror's workbook")
    told = back(at, b"%PDF-1.4 nothing").told
    assert told is not None
    assert told.kind == "pdf_file"
    assert back(at, b"").told is not None


def test_marks_are_checked_by_the_phase_too(at: AtWork) -> None:
    reference = at.dossiers["lindenhavn"]
    with pytest.raises(NotAllowedError):
        give_marks(COMPUTER, at.id, at.seats["ana"], [answer(reference, one, "3") for one in CRITERIA])
