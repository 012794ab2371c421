"""Workbooks are read and written by one parser, whatever else is installed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.source_code import ROOT


@pytest.mark.parametrize(
    "first", ["indicators.workbook", "reports.sheet", "sample_data.make", "actions.reader_worker"]
)
def test_openpyxl_never_takes_the_parser_that_follows_entities(first: str) -> None:
    told = f"import {first}, lxml, openpyxl.xml; print(openpyxl.xml.LXML)"
    run = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
