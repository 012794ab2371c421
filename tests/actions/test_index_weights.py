"""What weights do, and where they come from: weights.csv, method.toml and what is refused; by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.desk import Desk, Outcome, desk_in


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return desk_in(tmp_path, capsys)


def weights(got: Outcome) -> dict[str, dict[str, str]]:
    return {row["node"]: row for row in got.rows("weights.csv")}


def test_effective_weights_by_hand(desk: Desk) -> None:
    """b tells no unit from another; learn is 37.5, 50, 62.5, work 100, 50, 0, so the whole falls as learn rises."""
    desk.lay("units.csv", "id,a,b,c\nx,0,50,100\ny,50,50,50\nz,100,50,0\n")
    got = desk.run('[[nodes]]\ncode = "b"\nweight = 3\nweight_source = "the council"\n')
    found = weights(got)
    assert list(found) == ["all", "learn", "a", "b", "work", "c"]
    assert list(found["all"].values()) == ["all", "", "1.0", "1.0", "", "", "", "", ""]
    assert (found["a"]["share_of_parent"], found["a"]["share_of_whole"]) == ("0.25", "0.125")
    assert (found["b"]["share_of_parent"], found["b"]["share_of_whole"]) == ("0.75", "0.375")
    assert float(found["learn"]["correlation"]) == pytest.approx(-1)
    assert float(found["work"]["correlation"]) == pytest.approx(1)
    assert float(found["learn"]["main_effect"]) == pytest.approx(1)
    assert float(found["learn"]["effective"]) == pytest.approx(0.5)
    assert float(found["a"]["effective"]) == pytest.approx(1)
    assert [found["b"][name] for name in ("correlation", "main_effect", "effective")] == ["", "", ""]
    assert (found["a"]["units"], found["b"]["source"], found["a"]["source"]) == ("3", "the council", "")


def test_two_units_say_nothing_about_weights(desk: Desk) -> None:
    """b is known of x and z only; learn and the whole of all three."""
    found = weights(desk.run())
    assert (found["b"]["units"], found["b"]["correlation"], found["b"]["effective"]) == ("2", "", "")
    # a and learn: 10, 50, 90 and 15, 50, 65, whose products of differences are 2,000 of the root of 3,200 x 1,316.7.
    assert float(found["a"]["correlation"]) == pytest.approx(2000 / (3200 * 3950 / 3) ** 0.5)


@pytest.mark.parametrize("rule", ["pca", "entropy", "critic", "benefit_of_the_doubt"])
def test_weights_from_the_data_say_so_wherever_they_stand(desk: Desk, rule: str) -> None:
    desk.lay("units.csv", "id,a,b,c\nx,10,10,30\ny,50,50,70\nz,90,90,20\nw,20,20,40\n")
    got = desk.run(f'[[weights]]\nrule = "{rule}"\nunder = "learn"\n')
    found = weights(got)
    assert (
        found["a"]["source"] == found["b"]["source"] == f"{rule}, from the data: for robustness checks alone"
    )
    assert found["work"]["source"] == ""
    text = (got.out / "method.toml").read_text(encoding="utf-8")
    assert (
        "# These weights come from the data: for robustness checks alone, never for an official index.\n"
        f'[[weights]]\nrule = "{rule}"\n'
    ) in text
    assert "suits a robustness check and no official index" in got.told


def test_experts_who_differ(desk: Desk) -> None:
    """Shares of a: 75 and 50 %. The deviation of two is their distance over the root of 2: 17.7 %."""
    desk.lay("experts.csv", "expert,a,b\nAda,75,25\nBo,1,1\n")
    got = desk.run('[[weights]]\nrule = "budget"\nfile = "experts.csv"\n')
    found = weights(got)
    assert found["a"]["share_of_parent"] == "0.625"
    assert found["a"]["source"] == "budget of 2, experts.csv, from 50.0% to 75.0%, standard deviation 17.7%"
    assert found["b"]["source"] == "budget of 2, experts.csv, from 25.0% to 50.0%, standard deviation 17.7%"
    kept = (got.out / "weights.csv").read_bytes()
    again = desk.run((got.out / "method.toml").read_text(encoding="utf-8"))
    assert (again.out / "weights.csv").read_bytes() == kept


def test_an_expert_alone_has_no_spread(desk: Desk) -> None:
    desk.lay("experts.csv", "expert,a,b\nAda,75,25\n")
    assert weights(desk.run('[[weights]]\nrule = "budget"\nfile = "experts.csv"\n'))["a"]["source"] == (
        "budget of 1, experts.csv"
    )


def test_comparisons_in_a_circle_are_refused(desk: Desk) -> None:
    """a is 3 times b, b 3 times c and c 3 times a: equal weights, eigenvalue 1 + 3 + 1/3, ratio (4/3 / 2) / 0.58."""
    desk.lay(
        "nodes.csv",
        "code,parent,level,lower,upper\nall,,index,,\n" + "".join(f"{c},all,leaf,0,100\n" for c in "abc"),
    )
    desk.lay("pairs.csv", "code,a,b,c\na,1,3,1/3\nb,1/3,1,3\nc,3,1/3,1\n")
    got = desk.run('[[weights]]\nrule = "ahp"\nfile = "pairs.csv"\n')
    assert got.code == 2
    assert got.told == (
        "towns/METHOD.toml, line 3: towns/pairs.csv: the comparisons contradict each other: consistency ratio 1.149, "
        "at most 0.10 is accepted; think over first: a to b was set at 3, the others suggest 1; a to c was set at "
        "0.333, the others suggest 1; b to c was set at 3, the others suggest 1\n"
    )
    assert not (got.out / "weights.csv").exists()
