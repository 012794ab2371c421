"""Measurements that nothing depends on, each for a reason of its own, on three towns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scoring.audit import audit
from scoring.audit.dependence import Dependence
from scoring.model import Framework, Panel
from tests.scoring.three_towns import three_towns
from tests.scoring.towns import small, with_weights

NAN = np.nan


def told(framework: Framework, panel: Panel) -> dict[str, Dependence]:
    return {one.code: one for one in audit(framework, panel, "core").dependence}


def with_column(panel: Panel, code: str, values: list[float]) -> Panel:
    changed = panel.values.copy()
    changed[:, panel.codes.index(code)] = values
    return replace(panel, values=changed)


def test_in_the_three_towns_something_depends_on_nearly_all() -> None:
    found = told(small(), three_towns())
    assert list(found) == ["1.2.1", "1.10.1", "1.10.2", "2.1.1", "2.2.1"]
    # Without 2.1 the ranks 2, 3, 1 become 1, 2, 3.
    assert found["2.1.1"].mean_shift == pytest.approx(4 / 3)
    assert found["2.1.1"].largest_shift == 2
    assert found["2.1.1"].nominal == pytest.approx(3 / 8)
    assert found["2.1.1"].reasons == ()
    assert sum(one.effective for one in found.values()) == pytest.approx(1)


def test_the_same_everywhere_says_nothing() -> None:
    found = told(small(), with_column(three_towns(), "1.2.1", [50, 50, 50]))
    assert "constant" in found["1.2.1"].reasons
    assert "no_effect" not in found["1.2.1"].reasons
    assert found["1.2.1"].effective == 0


def test_nobody_answered() -> None:
    found = told(small(), with_column(three_towns(), "1.2.1", [NAN] * 3))
    assert found["1.2.1"].reasons[0] == "unanswered"
    assert "constant" not in found["1.2.1"].reasons


def test_no_weight() -> None:
    found = told(with_weights(small(), {"2.2": 0.0}), three_towns())
    assert found["2.2.1"].reasons == ("no_weight", "no_rank_moves")
    assert found["2.2.1"].nominal == 0


def test_ranks_that_do_not_move_without_it() -> None:
    # With a hundredth of the weight 2.2.1 differs between towns, but changes nobody's place.
    found = told(with_weights(small(), {"2.2": 0.01}), three_towns())
    assert found["2.2.1"].largest_shift == 0
    assert "no_rank_moves" in found["2.2.1"].reasons


def test_what_runs_across_the_whole_has_no_effect() -> None:
    """Four units in which 1.2.1 is uncorrelated with all the rest."""
    panel = three_towns()
    values = np.full((4, len(panel.codes)), 0.0)
    column = {code: j for j, code in enumerate(panel.codes)}
    values[:, column["1.2.1"]] = [0, 1, 1, 0]
    values[:, column["1.10.1"]] = [0, 1, 4, 5]
    values[:, column["1.10.2"]] = [45, 37, 13, 5]
    values[:, column["2.1.1"]] = 100
    values[:, column["2.2.1"]] = [0, 1, 4, 5]
    nothing = np.zeros(values.shape, dtype=bool)
    found = told(small(), Panel(("a", "b", "c", "d"), panel.codes, values, nothing, nothing))
    assert 0 < found["1.2.1"].effective < 1e-4  # by its own weight alone
    assert found["1.2.1"].reasons == ("no_rank_moves", "no_effect")
    assert found["2.1.1"].reasons == ("constant", "no_rank_moves")
    assert found["1.10.1"].effective > 0.3


def test_one_unit_moves_no_rank_for_a_reason_of_its_own() -> None:
    panel = three_towns()
    alone = Panel(("a",), panel.codes, panel.values[:1], panel.out[:1], panel.claimed[:1])
    for one in told(small(), alone).values():
        assert one.reasons == ("constant",)
