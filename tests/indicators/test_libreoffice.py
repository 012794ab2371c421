"""What LibreOffice saved is read the same, and what it saved in another format is named. The real program runs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping

import pytest
from openpyxl import Workbook

from scoring.model import Reading
from tests.indicators.faults import A1
from tests.workbooks import Content, blank, changed, filled, filled_reading, read_bytes

pytestmark = pytest.mark.office

Convert = Callable[[Mapping[str, bytes], str], Mapping[str, bytes]]


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Saves workbooks by LibreOffice: name -> bytes, and the ending of the format wanted."""
    home = tmp_path_factory.mktemp("libreoffice")

    def run(files: Mapping[str, bytes], ending: str) -> Mapping[str, bytes]:
        soffice = shutil.which("soffice")
        assert soffice, "LibreOffice (soffice) is not installed"
        source, target = home / f"in_{ending}", home / f"out_{ending}"
        source.mkdir()
        for name, data in files.items():
            (source / f"{name}.xlsx").write_bytes(data)
        command = [soffice, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless"]
        inputs = [str(path) for path in sorted(source.iterdir())]
        subprocess.run(
            [*command, "--convert-to", ending, "--outdir", str(target), *inputs],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return {name: (target / f"{name}.{ending}").read_bytes() for name in files}

    return run


def _formula(book: Workbook) -> None:
    book[A1]["F5"] = "=100*3/4"


def _percent_cell(book: Workbook) -> None:
    book[A1]["F5"] = 0.455
    book[A1]["F5"].number_format = "0.0%"


def _error(book: Workbook) -> None:
    book[A1]["F5"] = "=1/0"


@pytest.fixture(scope="module")
def saved(convert: Convert) -> Mapping[str, Reading]:
    """Readings of workbooks that LibreOffice opened and saved again."""
    files = {
        "filled_en": filled("en"),
        "filled_zh": filled("zh"),
        "blank_en": blank("en"),
        "formula": changed(filled(), _formula),
        "percent_cell": changed(filled(), _percent_cell),
        "error": changed(filled(), _error),
    }
    return {name: read_bytes(data) for name, data in convert(files, "xlsx").items()}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_filled_workbook_reads_the_same(saved: Mapping[str, Reading], language: str) -> None:
    reading = saved[f"filled_{language}"]
    assert reading.findings == ()
    assert Content.of(reading) == Content.of(filled_reading())
    assert (reading.language, reading.edition) == (language, "2013.1")


def test_a_blank_template_stays_blank(saved: Mapping[str, Reading]) -> None:
    assert [finding.kind for finding in saved["blank_en"].findings] == [
        "name_missing",
        "country_missing",
        "assessment_year_missing",
    ]
    assert saved["blank_en"].observations == {}


def test_a_formula_that_was_calculated_gives_its_result(saved: Mapping[str, Reading]) -> None:
    assert saved["formula"].observations["1.1.1"].value == 75.0
    assert saved["formula"].findings == ()


def test_a_percent_cell_keeps_its_sense(saved: Mapping[str, Reading]) -> None:
    assert saved["percent_cell"].observations["1.1.1"].value == 45.5


def test_an_error_is_named(saved: Mapping[str, Reading]) -> None:
    (finding,) = saved["error"].findings
    assert (finding.kind, finding.facts["found"]) == ("error_value", "#DIV/0!")
    assert finding.place is not None
    assert finding.place.cell == "F5"


@pytest.mark.parametrize(
    ("ending", "kind"),
    [("xls", "legacy_xls"), ("ods", "ods_file"), ("csv", "text_file"), ("pdf", "pdf_file")],
)
def test_another_format_is_named_with_its_way_out(convert: Convert, ending: str, kind: str) -> None:
    data = convert({"city": filled()}, ending)["city"]
    assert [finding.kind for finding in read_bytes(data, "city.xlsx").findings] == [kind]
