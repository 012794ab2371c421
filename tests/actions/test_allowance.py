"""One visit may upload much, but not everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.access import COMPUTER
from actions.allowance import FILES, SIZE, Allowance
from actions.uploads import receive_all, told_in
from indicators.guard import MEGABYTE
from sample_data.make import build


@pytest.mark.parametrize(
    ("files", "size", "more", "taken"),
    [
        (0, 0, 1, True),
        (FILES - 1, 0, 1, True),
        (FILES, 0, 1, False),
        (0, SIZE - MEGABYTE, MEGABYTE, True),
        (0, SIZE - MEGABYTE, MEGABYTE + 1, False),
    ],
)
def test_what_is_taken_counts_and_what_is_not_does_not(files: int, size: int, more: int, taken: bool) -> None:
    visit = Allowance(files, size)
    assert visit.take(more) is taken
    assert (visit.files, visit.size) == ((files + 1, size + more) if taken else (files, size))


def test_beyond_the_allowance_a_file_is_refused_unread_and_the_others_stay(data_folder: Path) -> None:
    visit = Allowance(files=FILES - 1)
    files = [(f"{city}.xlsx", lambda city=city: build(city, "en")) for city in ("yunlan", "riverbend")]
    first, second = (receipt for _, receipt in receive_all(COMPUTER, files, "en", visit))
    assert (first.accepted, second.accepted) == (True, False)
    assert second.upload_id == ""
    assert [one.kind for one in second.findings] == ["visit_limit"]
    assert "300 files and 200 MB" in told_in(second, "en")[0].rule
