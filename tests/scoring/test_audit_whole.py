"""The audit as a whole: families of a tree, hard cases without a warning, and its time."""

from __future__ import annotations

import time
import warnings
from dataclasses import replace

import numpy as np
import pytest

from scoring.audit import audit
from scoring.audit.data import data_of, families
from scoring.audit.notes import NOTES
from scoring.model import Panel
from scoring.plan import compile_plan
from tests.scoring.three_towns import three_towns
from tests.scoring.towns import key_features, panel_of, scored_codes, small, values_between_goalposts

NAN = np.nan


def test_families_are_children_and_measurements_where_those_are_others() -> None:
    found = families(compile_plan(small(), "full"))
    assert [(one.code, one.members, one.codes) for one in found] == [
        ("town", "children", ("1", "2")),
        ("town", "measurements", ("1.2.1", "1.2.2", "1.10.1", "1.10.2", "2.1.1", "2.2.1", "2.2.3")),
        ("1", "children", ("1.2", "1.10")),
        ("1", "measurements", ("1.2.1", "1.2.2", "1.10.1", "1.10.2")),
        ("2", "children", ("2.1", "2.2")),
        ("2", "measurements", ("2.1.1", "2.2.1", "2.2.3")),
        ("1.2", "children", ("1.2.1", "1.2.2")),
        ("1.10", "children", ("1.10.1", "1.10.2")),
        ("2.2", "children", ("2.2.1", "2.2.3")),
    ]


def test_points_rest_on_answers_and_values_on_what_was_said() -> None:
    panel = three_towns()
    values, out = panel.values.copy(), panel.out.copy()
    values[0, panel.codes.index("1.10.1")] = NAN
    out[1, panel.codes.index("1.10.1")] = True
    data = data_of(small(), replace(panel, values=values, out=out), "core")
    leaf = data.plan.leaf_codes.index("1.10.1")
    np.testing.assert_array_equal(data.points[:, leaf], [NAN, NAN, 60])
    np.testing.assert_array_equal(data.values[:, leaf], [NAN, NAN, 3])
    assert data.asked[:, leaf].tolist() == [True, False, True]
    # 1.10 is what is left of it, 0 for a and 100 for b; 1.2 beside it 80 and 20.
    assert data.scores[:2, data.plan.codes.index("1")].tolist() == [40, pytest.approx(60)]


def test_the_parts_of_an_audit_look_at_the_same_data() -> None:
    found = audit(small(), three_towns(), "core")
    assert found.removals.base_rank.tolist() == [2, 3, 1]
    assert found.correlations.codes == found.data.plan.codes
    assert [one.name for one in found.coverage.units] == ["a", "b", "c"]
    assert [one.code for one in found.outliers.shapes] == list(found.data.plan.leaf_codes)
    assert found.dominance.pairs() == ()
    whole = found.families[0]
    assert (whole.family.code, whole.family.members) == ("town", "children")
    # Areas 65, 35, 27.5 and 25, 37.5, 75: more in the one is less in the other.
    assert whole.alpha.raw < 0
    flags = {(pair.first, pair.second): pair.flag for pair in found.correlations.flagged}
    assert flags["1", "2"] == "negative"


def test_hard_data_give_notes_and_no_warning() -> None:
    framework = key_features()
    random = np.random.default_rng(11)
    codes = scored_codes(framework)
    for units in (1, 2, 3, 8):
        values = values_between_goalposts(framework, random.random((units, len(codes))))
        values[:, 0] = NAN  # answered by nobody
        values[:, 1] = values[0, 1]  # the same everywhere
        values[-1] = NAN  # a unit without any answer
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = audit(framework, panel_of(framework, values), "full")
        assert all(part.note in ("", *NOTES) for one in found.families for part in (one.alpha, one.principal))
        assert all(shape.note in ("", *NOTES) for shape in found.outliers.shapes)
        for one in found.families:
            assert one.alpha.note or not np.isnan(one.alpha.raw)
            assert one.principal.note or one.principal.eigenvalues.size
        assert "unanswered" in found.dependence[0].reasons
        assert found.coverage.units[-1].answered == 0


def test_no_unit_is_named() -> None:
    panel = three_towns()
    nobody = Panel((), panel.codes, panel.values[:0], panel.out[:0], panel.claimed[:0])
    with pytest.raises(ValueError, match="there is no unit to look at"):
        audit(small(), nobody, "core")


def test_four_hundred_units_are_audited_while_one_waits() -> None:
    framework = key_features()
    random = np.random.default_rng(12)
    values = values_between_goalposts(framework, random.random((400, len(scored_codes(framework)))))
    values[random.random(values.shape) < 0.15] = NAN
    panel = panel_of(framework, values)
    start = time.process_time()
    audit(framework, panel, "full")
    assert time.process_time() - start < 2.0  # a second on a machine of its own
