"""Every fault that a cell, row or sheet may have: a function that plants it, and the finding it must give.

The workbook is the English template with everything answered; 1.1.1 stands in row 5 of the first focus
area's sheet, 2.2.1 in row 8 of the second's, the profile's entries in rows 4 to 17.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from openpyxl import Workbook

A1 = "1 Empowerment, cohesion"
A2 = "2 Economy and culture"
A3 = "3 Sustainability"
PROFILE = "City profile"
RATINGS = "Declaration ratings"
# The columns of an area's sheet.
CODE, TITLE, VALUE, YEAR, STATE, GRADE, SOURCE, LINK, REMARK, BREAK = (*"AB", *"FGHIJKLM")
ANSWER = (VALUE, YEAR, STATE, GRADE, SOURCE, LINK, REMARK, BREAK)

Damage = Callable[[Workbook], None]


@dataclass(frozen=True)
class Fault:
    """A planted fault: the finding's kind and place, what it concerns, and some of its facts."""

    name: str
    plant: Damage
    kind: str
    sheet: str
    cell: str
    code: str
    facts: dict[str, object]


FAULTS: list[Fault] = []


def fault(
    kind: str, sheet: str = "", cell: str = "", code: str = "", **facts: object
) -> Callable[[Damage], Damage]:
    """Registers a function that plants a fault with the one finding it must give."""

    def register(plant: Damage) -> Damage:
        FAULTS.append(Fault(plant.__name__, plant, kind, sheet, cell, code, facts))
        return plant

    return register


def _empty(book: Workbook, sheet: str, row: int) -> None:
    for column in ANSWER:
        book[sheet][f"{column}{row}"] = None


@fault("text_for_number", A1, "F5", "1.1.1", found="about half")
def words_as_value(book: Workbook) -> None:
    book[A1]["F5"] = "about half"


@fault("text_for_number", A1, "F5", "1.1.1", found="TRUE")
def truth_as_value(book: Workbook) -> None:
    book[A1]["F5"] = True


@fault("text_for_number", A1, "F5", "1.1.1", found="12.5²")
def footnote_behind_value(book: Workbook) -> None:
    book[A1]["F5"] = "12.5²"


@fault("date_for_number", A2, "F8", "2.2.1", found="2026-09-04")
def date_as_value(book: Workbook) -> None:
    book[A2]["F8"] = datetime.date(2026, 9, 4)


@fault("error_value", A1, "F5", "1.1.1", found="#DIV/0!")
def error_as_value(book: Workbook) -> None:
    book[A1]["F5"] = "#DIV/0!"


@fault("uncalculated", A1, "F5", "1.1.1")
def formula_without_result(book: Workbook) -> None:
    book[A1]["F5"] = "=100*3/4"


@fault("ambiguous_number", A2, "F5", "2.1.1", found="45.500", low=45.5, high=45500.0, column="F")
def three_digits_behind_one_mark(book: Workbook) -> None:
    book[A2]["F5"] = "45.500"


@fault("percent_where_none", A2, "F5", "2.1.1", found="4550000%")
def percent_format_on_dollars(book: Workbook) -> None:
    book[A2]["F5"] = 45500
    book[A2]["F5"].number_format = "0%"


@fault("merged_cell", A1, "F8", "1.2.2", found="50")
def value_merged_over_two_rows(book: Workbook) -> None:
    book[A1].merge_cells("F7:F8")
    for column in ("G", "H", "I", "J", "K"):
        book[A1][f"{column}8"] = None


@fault("out_of_range", A1, "F5", "1.1.1", found="104", low=0.0, high=100.0)
def more_than_all(book: Workbook) -> None:
    book[A1]["F5"] = 104


@fault("out_of_range", A3, "F11", "3.3.1", found="6", low=0, high=5)
def level_six(book: Workbook) -> None:
    book[A3]["F11"] = 6


@fault("ladder_not_whole", A3, "F11", "3.3.1", found="3.5", high=5)
def level_between(book: Workbook) -> None:
    book[A3]["F11"] = 3.5


@fault("ladder_not_whole", RATINGS, "F4", "yeonsu_2021:7", found="2.5", high=5)
def rating_between(book: Workbook) -> None:
    book[RATINGS]["F4"] = 2.5


@fault("fraction_percent", A1, "F5", "1.1.1", found=0.45, other=45.0, column="F")
def fraction_among_percentages(book: Workbook) -> None:
    book[A1]["F5"] = 0.45


@fault("number_understood", A1, "F5", "1.1.1", found="约50", value=50.0)
def rounded_in_words(book: Workbook) -> None:
    book[A1]["F5"] = "约50"


@fault("range_for_number", A1, "F5", "1.1.1", found="45–50 %", low=45.0, high=50.0, column="F")
def range_as_value(book: Workbook) -> None:
    book[A1]["F5"] = "45–50 %"


@fault("bound_for_number", A1, "F5", "1.1.1", found="> 90 %", bound=90.0, column="F")
def limit_as_value(book: Workbook) -> None:
    book[A1]["F5"] = "> 90 %"


@fault("other_unit", A2, "F5", "2.1.1", found="€ 45 500", other="€", column="F")
def euros_as_value(book: Workbook) -> None:
    book[A2]["F5"] = "€ 45 500"


@fault("missing_word", A1, "F5", "1.1.1", found="sin datos", state="not collected")
def word_for_nothing(book: Workbook) -> None:
    book[A1]["F5"] = "sin datos"


@fault("value_and_state", A1, "F7", "1.2.1", found="50", state="outside the city's remit")
def value_outside_remit(book: Workbook) -> None:
    book[A1]["H7"] = "outside the city's remit"


@fault("value_and_state", A1, "F5", "1.1.1", found="50", state="not collected")
def value_not_collected(book: Workbook) -> None:
    book[A1]["H5"] = "not collected"


@fault("remit_not_allowed", A1, "H5", "1.1.1", state="outside the city's remit")
def literacy_outside_remit(book: Workbook) -> None:
    book[A1]["F5"], book[A1]["H5"] = None, "outside the city's remit"


@fault("reason_missing", A1, "L7", "1.2.1", state="not applicable")
def claim_without_reason(book: Workbook) -> None:
    book[A1]["F7"], book[A1]["H7"], book[A1]["L7"] = None, "not applicable", None


@fault("unknown_state", A1, "H5", "1.1.1", found="perhaps")
def state_of_its_own(book: Workbook) -> None:
    book[A1]["H5"] = "perhaps"


@fault("answered_without_value", A1, "F5", "1.1.1")
def answered_but_empty(book: Workbook) -> None:
    book[A1]["F5"] = None


@fault("year_missing", A1, "G5", "1.1.1")
def no_year(book: Workbook) -> None:
    book[A1]["G5"] = None


@fault("year_unclear", A1, "G5", "1.1.1", found="2024/25")
def school_year(book: Workbook) -> None:
    book[A1]["G5"] = "2024/25"


@fault("year_future", A1, "G5", "1.1.1", year=2027, current_year=2026)
def next_year(book: Workbook) -> None:
    book[A1]["G5"] = 2027


@fault("year_too_old", A1, "G5", "1.1.1", year=2015, limit=10, assessment_year=2026)
def eleven_years_old(book: Workbook) -> None:
    book[A1]["G5"] = 2015


@fault("year_old", A1, "G5", "1.1.1", year=2022, age=4)
def four_years_old(book: Workbook) -> None:
    book[A1]["G5"] = 2022


@fault("source_missing", A1, "J5", "1.1.1")
def no_source(book: Workbook) -> None:
    book[A1]["J5"] = None


@fault("grade_unknown", A1, "I5", "1.1.1", found="first class")
def grade_of_its_own(book: Workbook) -> None:
    book[A1]["I5"] = "first class"


@fault("rating_without_evidence", RATINGS, "F4", "yeonsu_2021:7")
def rating_alone(book: Workbook) -> None:
    book[RATINGS]["H4"] = None


@fault("unknown_code", A1, "A5", found="1.1.7")
def code_of_nothing(book: Workbook) -> None:
    book[A1]["A30"], book[A1]["F30"] = book[A1]["A5"].value, 50
    for column in ANSWER:
        book[A1][f"{column}30"] = book[A1][f"{column}5"].value
    book[A1]["A5"] = "1.1.7"


@fault("duplicate_code", A1, "F30", "1.1.1", first=f"{A1}!F5")
def answered_twice(book: Workbook) -> None:
    book[A1]["A30"], book[A1]["F30"] = "1.1.1", 60


@fault("duplicate_code", A2, "F30", "1.1.1", first=f"{A1}!F5")
def answered_on_two_sheets(book: Workbook) -> None:
    book[A2]["A30"], book[A2]["F30"] = "1.1.1", 50


@fault("title_mismatch", A2, "B8", "2.2.1", found="Adult literacy rate", other="1.1.1")
def title_of_another_row(book: Workbook) -> None:
    book[A2]["B8"] = "Adult literacy rate"


@fault("row_without_code", A1, "F30", found="37")
def value_below_the_table(book: Workbook) -> None:
    book[A1]["F30"] = 37


@fault("value_not_asked", A1, "F4", "1.1", found="88")
def value_beside_a_feature(book: Workbook) -> None:
    book[A1]["F4"] = 88


@fault("value_not_asked", RATINGS, "F23", "yeonsu_2021:26", found="2")
def rating_of_a_call_to_others(book: Workbook) -> None:
    book[RATINGS]["F23"] = 2


@fault("missing_rows", code="1", codes="1.1.1")
def row_deleted(book: Workbook) -> None:
    book[A1].delete_rows(5)


@fault("missing_area", code="2")
def sheet_deleted(book: Workbook) -> None:
    del book[A2]


@fault("missing_column", A1, "A3", column="Value")
def value_column_deleted(book: Workbook) -> None:
    book[A1].delete_cols(6)


@fault("duplicate_column", A1, "M3", column="Value", first="F3")
def two_value_columns(book: Workbook) -> None:
    book[A1]["M3"] = "Value"


@fault("missing_ratings", code="yeonsu_2021", declaration="Yeonsu Declaration for Learning Cities")
def ratings_deleted(book: Workbook) -> None:
    del book[RATINGS]


@fault("missing_profile")
def profile_deleted(book: Workbook) -> None:
    del book[PROFILE]


@fault("name_missing", PROFILE, "B4", "name")
def no_name(book: Workbook) -> None:
    book[PROFILE]["B4"] = " "


@fault("country_missing", PROFILE, "B5", "country")
def no_country(book: Workbook) -> None:
    book[PROFILE]["B5"] = None


@fault("country_unknown", PROFILE, "B5", "country", found="Atlantis")
def country_of_legend(book: Workbook) -> None:
    book[PROFILE]["B5"] = "Atlantis"


@fault("country_near", PROFILE, "B5", "country", found="Norwy", nearest="Norway")
def country_misspelt(book: Workbook) -> None:
    book[PROFILE]["B5"] = "Norwy"


@fault("assessment_year_missing", PROFILE, "B14", "assessment_year", current_year=2026)
def no_year_of_assessment(book: Workbook) -> None:
    book[PROFILE]["B14"] = None


@fault("profile_uncalculated", PROFILE, "B7", "population")
def population_as_formula_without_result(book: Workbook) -> None:
    book[PROFILE]["B7"] = "=60000+8000"


@fault("profile_uncalculated", PROFILE, "B4", "name")
def name_as_formula_without_result(book: Workbook) -> None:
    book[PROFILE]["B4"] = "=1+1"


@fault("profile_error", PROFILE, "B4", "name", found="#REF!")
def name_lost_to_an_error(book: Workbook) -> None:
    book[PROFILE]["B4"] = "#REF!"


@fault("profile_unknown_choice", PROFILE, "B11", "governing_body", found="a king")
def governed_by_a_king(book: Workbook) -> None:
    book[PROFILE]["B11"] = "a king"


@fault("profile_not_number", PROFILE, "B7", "population", found="seventy thousand")
def population_in_words(book: Workbook) -> None:
    book[PROFILE]["B7"] = "seventy thousand"


@fault("profile_understood", PROFILE, "B7", "population", found="about 70 thousand", value=70_000.0)
def population_rounded_in_words(book: Workbook) -> None:
    book[PROFILE]["B7"] = "about 70 thousand"


@fault("profile_doubtful", PROFILE, "B7", "population", found="68.000", candidates="68 · 68000", column="B")
def population_with_one_mark(book: Workbook) -> None:
    book[PROFILE]["B7"] = "68.000"


@fault("profile_other_unit", PROFILE, "B9", "area_km2", found="37150 ha", other="ha", column="B")
def area_in_hectares(book: Workbook) -> None:
    book[PROFILE]["B9"] = "37150 ha"


@fault("profile_out_of_range", PROFILE, "B10", "member_since", found="2031", low="2013", high="2026")
def member_since_the_future(book: Workbook) -> None:
    book[PROFILE]["B10"] = 2031


@fault("profile_twice", PROFILE, "B30", "population", first=f"{PROFILE}!B7")
def two_populations(book: Workbook) -> None:
    book[PROFILE]["A30"], book[PROFILE]["B30"] = "Population", 70_000
