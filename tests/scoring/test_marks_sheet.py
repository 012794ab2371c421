"""Means, medians and spreads; agreement with its limits and words; disagreement against the panel's noise."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.marks.agreement import MEASURES, agreement, resampled
from scoring.marks.disagreement import disagreement
from scoring.marks.limits import reading
from scoring.marks.severity import severity
from scoring.marks.sheet import covered, criterion_means, marks_of, whole_marks
from scoring.marks.summary import summary
from tests.scoring.panels import LIMITS, drawn_marks, marks

NO = np.nan
# Two jurors, three cities, two criteria.
SMALL = [[[4, 2], [3, NO], [NO, NO]], [[2, 4], [5, 3], [NO, 5]]]


def test_means_medians_and_spreads() -> None:
    found = summary(marks(SMALL, [3, 1]))
    assert found.mean == pytest.approx(np.array([[3, 3, 3], [4, 3, 3.75], [NO, 5, 5]]), nan_ok=True)
    assert found.count.tolist() == [[2, 2, 2], [2, 1, 2], [0, 1, 1]]
    assert found.covered.tolist() == [1, 1, 0.25]
    assert found.spread[:, 0] == pytest.approx([2**0.5, 2**0.5, NO], nan_ok=True)
    assert found.median[:, 0] == pytest.approx([3, 4, NO], nan_ok=True)
    assert (found.low[0].tolist()[:2], found.high[0].tolist()[:2]) == ([2, 2], [4, 4])


def test_the_median_is_the_middle_one_or_the_mean_of_two() -> None:
    found = summary(marks([[1, 1], [2, 2], [5, 5], [NO, 4]]))
    assert found.median[:, 0].tolist() == [2, 3]


def test_a_criterion_left_out_lifts_nobody() -> None:
    # The second criterion is marked 2 lower by everybody; a juror who leaves it out is taken to be as usual there.
    given = whole_marks(marks([[[4, 2], [5, 3]], [[4, 2], [5, NO]]]))
    middle = [np.mean([4, 5, 4, 5]), np.mean([2, 3, 2])]
    assert given[0] == pytest.approx([3, 4])
    assert given[1] == pytest.approx([3, np.mean(middle) + 5 - middle[0]])


def test_weights_come_to_one_and_marks_cannot_be_changed() -> None:
    panel = marks(SMALL, [3, 1])
    assert panel.weights.tolist() == [0.75, 0.25]
    assert covered(criterion_means(panel), panel.weights).tolist() == [1, 1, 0.25]
    with pytest.raises(ValueError, match="read-only"):
        panel.values[0, 0, 0] = 1


def test_a_recusal_takes_marks_out() -> None:
    hidden = np.array([[True, False, False], [False, False, False]])
    found = marks(SMALL).without(hidden)
    assert np.isnan(found.values[0, 0]).all()
    assert found.reached.tolist() == [[False, True, False], [True, True, True]]


@pytest.mark.parametrize(
    ("jurors", "values", "weights", "message"),
    [
        (["a", "a"], [[[1]], [[1]]], None, "the juror 'a' stands twice"),
        (["a"], [[1, 2]], None, "jurors x cities x criteria are"),
        (["a"], [[[np.inf]]], None, "the mark of 'a' for 'x' on 'k' is infinite"),
        (["a"], [[[1]]], [-1], "the weight of 'k' is -1"),
        (["a"], [[[1]]], [0], "all weights are 0"),
        (["a"], [[[1]]], [1, 1], "2 weights for 1 criteria"),
    ],
)
def test_what_is_wrong_is_named(
    jurors: list[str], values: list[object], weights: list[float] | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        marks_of(jurors, ["x"], ["k"], np.array(values, dtype=float), weights)


@pytest.mark.parametrize(
    ("value", "word"),
    [(0.9, "good"), (0.8, "good"), (0.79, "tentative"), (0.667, "tentative"), (0.66, "poor"), (NO, "untold")],
)
def test_readings_begin_at_their_steps(value: float, word: str) -> None:
    assert reading(value, LIMITS.readings["alpha"]) == word


def test_perfect_agreement_has_no_other_limits() -> None:
    found = agreement(marks([[1, 2, 3, 4, 5, 3]] * 3), LIMITS)
    assert found.measures == MEASURES
    for row, words in zip(found.figures, found.words, strict=True):
        assert row == pytest.approx(1.0)
        assert [word[1] for word in words] == ["good", *["excellent"] * 6, "good"]


def test_limits_hold_the_value_and_hang_on_the_cities_names_alone() -> None:
    rng = np.random.default_rng(4)
    _, table = drawn_marks(rng, np.ones((4, 20), dtype=bool), (0.6, 0.3, 0.4))
    panel = marks(np.round(table * 2) / 2)
    found = agreement(panel, LIMITS)
    low, value, high = np.moveaxis(found.figures, 2, 0)
    assert ((low < value) & (value < high)).all()
    order = rng.permutation(20)
    other = marks_of(
        panel.jurors, [panel.cities[i] for i in order], panel.criteria, panel.values[:, order], panel.weights
    )
    assert agreement(other, LIMITS).figures == pytest.approx(found.figures, abs=1e-9)


def test_few_cities_have_no_limits() -> None:
    found = agreement(marks([[1, 2, 3, 4], [1, 2, 4, 3]]), LIMITS)
    assert np.isnan(found.figures[:, :, [0, 2]]).all()
    assert found.words[0][0] == ("untold", "good", "untold")


def test_every_draw_has_as_many_cities_as_there_are() -> None:
    times = resampled(("b", "a", "c"), 50, 1)
    assert (times.sum(axis=1) == 3).all()
    assert (resampled(("a", "b", "c"), 50, 1)[:, [1, 0, 2]] == times).all()


def test_the_city_over_which_the_panel_quarrels_is_flagged() -> None:
    rng = np.random.default_rng(6)
    _, table = drawn_marks(rng, np.ones((5, 20), dtype=bool), (0.6, 0.3, 0.2))
    table[:, 7] = [1, 5, 3, 1, 5]
    panel = marks(table)
    found = disagreement(panel, severity(panel, LIMITS), LIMITS)
    assert np.flatnonzero(found.flagged[:, 0]).tolist() == [7]
    assert set(np.argwhere(found.outlying[:, :, 0])[:, 1].tolist()) == {7}
    assert found.chance[7, 0] < 1e-6


def test_a_city_is_measured_by_the_noise_of_the_others() -> None:
    # Two jurors without severity: differences of 1, of both signs alike, and one of 4 on city 6.
    up = np.array([1, -1, 1, -1, 1, -1, 4.0])
    middle = np.array([1, 2, 3, 4, 5, 3, 3.0])
    panel = marks([middle + up / 2, middle - up / 2])
    found = severity(panel, LIMITS)
    assert found.severity[:, 0] == pytest.approx([0, 0], abs=0.5)
    seen = disagreement(panel, found, LIMITS)
    assert int(np.argmin(seen.chance[:, 0])) == 6
    assert seen.off[:, 6, 0] == pytest.approx([-seen.off[1, 6, 0], seen.off[0, 6, 0]] * np.array([1, -1]))


def test_without_any_noise_nothing_stands_out() -> None:
    panel = marks([[1, 2, 3, 4, 5, 3]] * 3)
    found = disagreement(panel, severity(panel, LIMITS), LIMITS)
    assert np.isnan(found.chance).all()
    assert not found.flagged.any()
    assert not found.outlying.any()
