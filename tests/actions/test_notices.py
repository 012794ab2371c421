"""A sentence about a click, for as long as it is read."""

from __future__ import annotations

import pytest

from actions.notices import Notice


@pytest.mark.parametrize(("now", "stands"), [(100.0, True), (119.9, True), (120.0, False), (500.0, False)])
def test_a_notice_stands_for_twenty_seconds(now: float, stands: bool) -> None:
    assert Notice("Enter the mayor's name and title.", 100.0).stands(now) is stands
