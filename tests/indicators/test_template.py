"""The template asks everything, locks what is not to be changed, and says in both languages the same."""

from __future__ import annotations

import io
import string
import zipfile
from collections.abc import Mapping

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from indicators import findings, key_features
from indicators.countries import countries
from indicators.declarations import yeonsu
from indicators.labels import LANGUAGES, Label, choices, columns, fields, template_words, term_names, terms
from indicators.profile import profile_fields
from indicators.template import build
from tests.workbooks import blank, filled, read_bytes

AREAS = [node.code for node in key_features().at_level("focus_area")]
LISTS = ("country", "region", "governing_body", "adoption", "yes_no")


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def book(language: str) -> Workbook:
    return load_workbook(io.BytesIO(blank(language)))


def _area(book: Workbook, code: str) -> Worksheet:
    (sheet,) = (sheet for sheet in book.worksheets if sheet.title.startswith(f"{code} "))
    return sheet


def _row(sheet: Worksheet, code: str) -> int:
    (row,) = (cell.row for cell in sheet["A"] if cell.value == code)
    return int(row)


def _rule(sheet: Worksheet, cell: str) -> DataValidation:
    (rule,) = (rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref)
    return rule


def _entries(book: Workbook, rule: DataValidation) -> list[object]:
    name, cells = str(rule.formula1).split("!")
    return [cell.value for (cell,) in book[name.strip("'")][cells.replace("$", "")]]


def test_sheets_stand_in_order_and_the_working_ones_are_hidden(book: Workbook, language: str) -> None:
    words = template_words(language)
    names = [sheet.title for sheet in book.worksheets]
    assert names[:2] == [words["instructions_sheet"], words["profile_sheet"]]
    assert [name.split(" ")[0] for name in names[2:14]] == AREAS
    assert names[14:] == [words["ratings_sheet"], "_template", "_lists"]
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible"] * 15 + ["hidden"] * 2
    assert max(len(name) for name in names) <= 31


def test_stamp_names_framework_edition_and_language(book: Workbook, language: str) -> None:
    assert {row[0].value: row[1].value for row in book["_template"].iter_rows()} == {
        "template_id": "learning-city-scorecard",
        "framework": "key_features_2013",
        "edition": "2013.1",
        "language": language,
        "format": "1",
        "invented": "no",
    }


def test_every_measurement_has_a_row_with_its_words(book: Workbook, language: str) -> None:
    framework = key_features()
    for node in framework.measurements:
        sheet = _area(book, node.code.split(".")[0])
        row = _row(sheet, node.code)
        words = framework.words[language][node.code]
        assert sheet.cell(row, 2).value == words.title
        assert str(sheet.cell(row, 3).value).startswith(words.definition)
        assert sheet.cell(row, 4).value == words.how
        assert node.measurement is not None
        assert sheet.cell(row, 5).value == framework.units[language][node.measurement.unit]


@pytest.mark.parametrize(
    ("code", "key"), [("7.2.3", "mark_doubtful"), ("1.4.1", "mark_shown"), ("1.2.2", "mark_survey")]
)
def test_a_row_says_when_it_is_not_an_ordinary_one(
    book: Workbook, language: str, code: str, key: str
) -> None:
    sheet = _area(book, code.split(".")[0])
    definition = str(sheet.cell(_row(sheet, code), 3).value)
    assert definition.endswith(f"[{template_words(language)[key]}]")


def test_labels_are_locked_and_answers_are_not(book: Workbook) -> None:
    for code in AREAS:
        sheet = _area(book, code)
        assert sheet.protection.sheet
        assert not sheet.protection.password
        for row in sheet.iter_rows(min_row=4):
            measured = str(row[0].value).count(".") == 2
            locked = [cell.protection.locked for cell in row]
            assert locked == ([True] * 5 + [False] * 8 if measured else [True] * 13)


def test_calls_to_others_take_no_rating(book: Workbook, language: str) -> None:
    sheet = book[template_words(language)["ratings_sheet"]]
    open_rows = {str(row[0].value) for row in sheet.iter_rows(min_row=4) if not row[5].protection.locked}
    assert open_rows == {f"§{number}" for number in (*range(7, 26), 28)}
    assert {str(row[0].value) for row in sheet.iter_rows(min_row=4)} - open_rows == {"§26", "§27"}


def test_headers_stay_in_sight_and_print_on_every_page(book: Workbook) -> None:
    for sheet in book.worksheets[2:15]:
        assert sheet.freeze_panes == "C4"
        assert sheet.print_title_rows == "$3:$3"
    for sheet in book.worksheets[:15]:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_states_offered_are_those_that_a_measurement_allows(book: Workbook, language: str) -> None:
    states = [label.text for label in terms(key_features(), "state", language).values()]
    for node in key_features().measurements:
        assert node.measurement is not None
        sheet = _area(book, node.code.split(".")[0])
        offered = _entries(book, _rule(sheet, f"H{_row(sheet, node.code)}"))
        remit = terms(key_features(), "state", language)["outside_remit"].text
        assert offered == [state for state in states if node.measurement.outside_remit or state != remit]


def test_numbers_outside_the_plausible_are_warned_about_and_not_forbidden(book: Workbook) -> None:
    sheet = _area(book, "8")
    rule = _rule(sheet, f"F{_row(sheet, '8.3.1')}")
    assert (rule.type, rule.errorStyle, rule.formula1, rule.formula2) == ("decimal", "warning", "3", "120")
    assert rule.showInputMessage
    assert "3" in str(rule.prompt)
    assert "120" in str(rule.prompt)


def test_levels_countries_and_grades_are_chosen_from_lists(book: Workbook, language: str) -> None:
    area = _area(book, "3")
    assert _entries(book, _rule(area, f"F{_row(area, '3.3.1')}")) == ["0", "1", "2", "3", "4", "5"]
    profile = book[template_words(language)["profile_sheet"]]
    offered = _entries(book, _rule(profile, "B5"))
    assert sorted(map(str, offered)) == sorted(country.names[language] for country in countries().values())
    grades = _entries(book, _rule(area, f"I{_row(area, '3.1.1')}"))
    assert grades == [label.text for label in terms(key_features(), "grade", language).values()]
    assert len(grades) == 6


def test_hints_are_as_short_as_excel_demands_without_being_cut(book: Workbook) -> None:
    for sheet in book.worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.promptTitle or "") < 32
            assert len(rule.prompt or "") < 255
            assert len(rule.error or "") < 255
            assert len(rule.formula1 or "") <= 255


def test_the_first_sheet_explains_states_grades_ladder_and_what_is_unverified(
    book: Workbook, language: str
) -> None:
    framework = key_features()
    text = "\n".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value)
    for name in ("state", "grade"):
        for label in terms(framework, name, language).values():
            assert label.text in text
            assert label.hint
            assert label.hint in text
    for level in framework.ladder[language]:
        assert level.description in text
    assert framework.terms[language]["framework.name"] in text
    assert template_words(language)["not_unesco"] in text


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_invented_city_is_marked_on_every_sheet(code: str) -> None:
    data = build(key_features(), (yeonsu(),), code, invented=True)
    for sheet in load_workbook(io.BytesIO(data)).worksheets[:15]:
        assert sheet["A1"].value == "INVENTED SAMPLE CITY / 虚构城市（示例）"
        assert sheet["A1"].fill.fgColor.rgb == "00B3261E"
    assert read_bytes(data).invented


def test_text_that_looks_like_a_formula_stays_text() -> None:
    with zipfile.ZipFile(io.BytesIO(filled())) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())
    profile = load_workbook(io.BytesIO(filled()))["City profile"]
    assert (profile["B15"].value, profile["B15"].data_type, profile["B15"].quotePrefix) == (
        "=Kari, office",
        "s",
        True,
    )


# Words


def _placeholders(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_kind_of_finding_is_told_in_every_language() -> None:
    always = {"code", "title", "sheet", "cell"}
    for language in LANGUAGES:
        assert list(findings.words(language)) == list(findings.kinds())
        for kind, words in findings.words(language).items():
            named = _placeholders(words.sentence, words.rule, words.advice)
            facts = set(findings.kinds()[kind].facts)
            assert named - always == facts - always, kind
            assert not _placeholders(words.title)


def test_template_words_name_the_same_facts_in_every_language() -> None:
    named = [{key: _placeholders(text) for key, text in template_words(one).items()} for one in LANGUAGES]
    assert all(one == named[0] for one in named)


def test_every_label_has_its_words_in_every_language() -> None:
    assert all(list(fields(one)) == list(profile_fields()) for one in LANGUAGES)
    assert all(list(columns(one)) == list(columns("en")) for one in LANGUAGES)
    for name in LISTS:
        assert all(list(choices(name, one)) == list(choices(name, "en")) for one in LANGUAGES)
        assert all(label.text for one in LANGUAGES for label in choices(name, one).values())


def _clashes(tables: list[Mapping[str, Label]]) -> dict[str, set[str]]:
    meant: dict[str, set[str]] = {}
    for table in tables:
        for id, label in table.items():
            for name in label.names:
                meant.setdefault(name, set()).add(id)
    return {name: ids for name, ids in meant.items() if len(ids) > 1}


def test_no_name_means_two_things() -> None:
    assert _clashes([columns(one) for one in LANGUAGES]) == {}
    assert _clashes([fields(one) for one in LANGUAGES]) == {}
    for name in LISTS:
        assert _clashes([choices(name, one) for one in LANGUAGES]) == {}
    for name in ("state", "grade"):
        assert _clashes([terms(key_features(), name, one) for one in LANGUAGES]) == {}
        assert set(term_names(key_features(), name).values()) == set(terms(key_features(), name, "en"))


def test_a_kind_that_is_not_in_the_table_is_refused() -> None:
    with pytest.raises(KeyError):
        findings.make("no_such_kind")
