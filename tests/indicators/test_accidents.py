"""Each faulty workbook of the corpus gives exactly the findings expected of it."""

from __future__ import annotations

import pytest

from tests.indicators.accidents import ACCIDENTS, Accident
from tests.indicators.bombs import BOMBS
from tests.indicators.faults import FAULTS
from tests.indicators.test_guard import REFUSED
from tests.workbooks import changed, filled, read_bytes

LEAST = 120


@pytest.mark.parametrize("accident", ACCIDENTS, ids=[one.name for one in ACCIDENTS])
def test_an_accident_gives_exactly_its_findings(accident: Accident) -> None:
    reading = read_bytes(changed(filled(), accident.plant))
    found = [
        (one.kind, one.place.sheet, one.place.cell) if one.place else (one.kind, "", "")
        for one in reading.findings
    ]
    assert tuple(found) == accident.findings
    assert accident.findings


def test_the_corpus_has_enough_named_faulty_workbooks() -> None:
    cells = {fault.name for fault in FAULTS} | {accident.name for accident in ACCIDENTS}
    # Faults of cells and rows alone are enough; files that are refused come on top.
    assert len(cells) == len(FAULTS) + len(ACCIDENTS) >= LEAST
    assert len(cells | set(BOMBS) | set(REFUSED)) >= LEAST + 60
