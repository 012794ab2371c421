"""Two units on their common basis."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.compare import CommonBasis, common_basis
from scoring.panel import assemble
from tests.scoring.towns import observation, small

PAIR = {
    "ours": {
        "1.2.1": observation("1.2.1", 80.0),
        "1.10.2": observation("1.10.2", 15.0),
        "2.1.1": observation("2.1.1", 100.0),
        "2.2.1": observation("2.2.1", 5.0),
    },
    "theirs": {
        "1.2.1": observation("1.2.1", 40.0),
        "1.10.1": observation("1.10.1", 5.0),
        "1.10.2": observation("1.10.2", None, "outside_remit"),
        "2.1.1": observation("2.1.1", 1000.0),
        "2.2.1": observation("2.2.1", 1.0),
    },
}


def test_means_rest_on_what_both_have_answered() -> None:
    found = {
        line.code: line for line in common_basis(small(), assemble(small(), PAIR), "core", "ours", "theirs")
    }
    assert found["1.2.1"] == CommonBasis("1.2.1", 80.0, 40.0, 1, 1)
    assert found["1.10"] == CommonBasis("1.10", None, None, 0, 2)  # each has answered another half of it
    assert found["1"] == CommonBasis("1", 80.0, 40.0, 1, 3)
    assert found["2"] == CommonBasis(
        "2", pytest.approx(62.5), 80.0, 2, 2
    )  # (3 x 50 + 100) / 4 and (3 x 100 + 20) / 4
    assert found["town"] == CommonBasis("town", pytest.approx(71.25), 60.0, 3, 5)


def test_the_comparison_turns_round() -> None:
    panel = assemble(small(), PAIR)
    forth = common_basis(small(), panel, "full", "ours", "theirs")
    back = common_basis(small(), panel, "full", "theirs", "ours")
    assert [(x.first, x.second, x.count) for x in forth] == [(x.second, x.first, x.count) for x in back]


def test_nothing_in_common_gives_no_score() -> None:
    panel = assemble(small(), {"a": {"1.2.1": observation("1.2.1", 80.0)}, "b": {}})
    town = common_basis(small(), panel, "core", "a", "b")[0]
    assert town == CommonBasis("town", None, None, 0, 5)


def test_an_unknown_unit_is_named() -> None:
    with pytest.raises(ValueError, match="the panel holds no unit 'nowhere'"):
        common_basis(small(), assemble(small(), PAIR), "core", "ours", "nowhere")


def test_a_value_beside_a_claim_is_not_in_common() -> None:
    panel = assemble(small(), PAIR)
    out = panel.out.copy()
    out[0, panel.codes.index("1.2.1")] = True
    found = {
        line.code: line for line in common_basis(small(), replace(panel, out=out), "core", "ours", "theirs")
    }
    assert found["1.2.1"] == CommonBasis("1.2.1", None, None, 0, 1)
    assert found["town"].count == 2
