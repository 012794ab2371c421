"""Does a data set hold together? One audit, each question in a file of its own.

Everything is told of what is there: nothing is filled. Thresholds are arguments of each method, with the
usual ones as defaults and their source beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.audit.alpha import Alpha, alpha
from scoring.audit.components import Principal, principal
from scoring.audit.correlations import Correlations, correlate
from scoring.audit.coverage import Coverage, coverage
from scoring.audit.data import Data, Family, data_of, families
from scoring.audit.dependence import Dependence, dependence
from scoring.audit.dominance import Dominance, dominance
from scoring.audit.outliers import Outliers, outliers
from scoring.model import Framework, Panel
from scoring.remove_one import Removals, remove_from_points

__all__ = ["Audit", "FamilyAudit", "audit", "audit_data"]


@dataclass(frozen=True, eq=False)
class FamilyAudit:
    """One family: whether its members measure one thing, and how many things they measure."""

    family: Family
    alpha: Alpha
    principal: Principal


@dataclass(frozen=True, eq=False)
class Audit:
    """All that was looked at; `families` hold every node's children and measurements, the whole first."""

    data: Data
    families: tuple[FamilyAudit, ...]
    correlations: Correlations  # of all nodes
    dominance: Dominance
    coverage: Coverage
    outliers: Outliers
    removals: Removals  # every node left out in turn
    dependence: tuple[Dependence, ...]  # of every measurement


def audit(framework: Framework, panel: Panel, basket: str) -> Audit:
    """The audit of a panel on one basket of a framework.

    Raises KeyError for an unknown basket, ValueError for a panel without units and as
    `scoring.score.score` does.
    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), steps 3, 4 and 7.
    """
    return audit_data(data_of(framework, panel, basket))


def audit_data(data: Data) -> Audit:
    """The audit of points and scores, however they came about; ValueError where there is no unit."""
    if not data.units:
        raise ValueError(
            "there is no unit to look at; an audit needs one at least, and tells most from ten on"
        )
    plan = data.plan
    removals = remove_from_points(
        plan, data.units, data.ready, figure=data.figure, ranked=data.ranked, decimals=data.decimals
    )
    return Audit(
        data=data,
        families=tuple(_family(data, family) for family in families(plan)),
        correlations=correlate(plan.codes, data.scores, data.parents),
        dominance=dominance(data.units, plan.leaf_codes, data.points),
        coverage=coverage(
            data.units, plan.leaf_codes, ~np.isnan(data.points), data.asked, plan.codes, data.coverage
        ),
        outliers=outliers(data.units, plan.leaf_codes, data.values),
        removals=removals,
        dependence=dependence(
            plan.leaf_codes, data.points, removals.base_score, plan.nominal[plan.leaves], removals
        ),
    )


def _family(data: Data, family: Family) -> FamilyAudit:
    column = {code: j for j, code in enumerate(data.plan.codes)}
    points = data.scores[:, [column[code] for code in family.codes]]
    return FamilyAudit(family, alpha(family.codes, points), principal(family.codes, points))
