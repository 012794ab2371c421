"""Three towns over three years on the small framework, worked out on paper.

Points of 1.2.1, 1.10.1, 1.10.2, 2.1.1, 2.2.1 (shares of the whole 0.25, 0.125, 0.125, 0.375, 0.125):
a 2020: 40, 40, 50,  50, 60   areas 42.5  and 52.5   town 47.5
a 2022: 60, 60, 50, 100,  –   areas 57.5  and 75     town 66.25    2.1.1 has a break
a 2024: 70, 80, 75, 100, 80   areas 73.75 and 95     town 84.375
b 2020: 20, out, 100, 0, 20   areas 60    and 5      town 32.5
b 2024: 30, out,   0, 50, 20  areas 15    and 42.5   town 28.75
c 2020, 2022, 2024: 50, –, –, 50, –   areas 25 and 37.5   town 31.25
"""

from __future__ import annotations

from collections.abc import Mapping

from scoring.model import Observation
from tests.scoring.towns import observation

Answers = Mapping[str, Observation]


def _answers(**given: float | None) -> Answers:
    """Answers by code written m1_2_1; None for a claim of being outside the remit."""
    return {
        (code := name.removeprefix("m").replace("_", ".")): observation(
            code, value, "answered" if value is not None else "outside_remit"
        )
        for name, value in given.items()
    }


A = {
    2020: _answers(m1_2_1=40, m1_10_1=2, m1_10_2=25, m2_1_1=100, m2_2_1=3),
    2022: _answers(m1_2_1=60, m1_10_1=3, m1_10_2=25, m2_1_1=1000),
    2024: _answers(m1_2_1=70, m1_10_1=4, m1_10_2=15, m2_1_1=1000, m2_2_1=4),
}
A_BREAKS = {2022: {"2.1.1": "New accounts"}}
B = {
    2020: _answers(m1_2_1=20, m1_10_1=None, m1_10_2=5, m2_1_1=10, m2_2_1=1),
    2024: _answers(m1_2_1=30, m1_10_1=None, m1_10_2=45, m2_1_1=100, m2_2_1=1),
}
C = dict.fromkeys((2020, 2022, 2024), _answers(m1_2_1=50, m2_1_1=100))
