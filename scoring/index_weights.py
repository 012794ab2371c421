"""What do the data say about weights? Robustness checks on the children of chosen nodes, from the leaves up.

None of these is ever a default: weights made from data reward what happens to vary, not what matters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from scoring.model import FloatArray, Framework
from scoring.weightings.benefit import common_weights
from scoring.weightings.critic import critic
from scoring.weightings.entropy import entropy
from scoring.weightings.pca import components

# Name -> weights of children from points, units x children.
FROM_DATA: Mapping[str, Callable[[Sequence[str], FloatArray], FloatArray]] = {
    "pca": lambda codes, points: components(codes, points).weights,
    "entropy": entropy,
    "critic": critic,
    "benefit_of_the_doubt": common_weights,
}


def weighted_by_data(
    framework: Framework,
    families: Mapping[str, tuple[str, tuple[str, ...]]],
    scored: Callable[[Framework], tuple[tuple[str, ...], FloatArray]],
) -> Framework:
    """The framework with the weights that rules of FROM_DATA find, deepest families first.

    `families` is parent -> (rule, its children that are scored), `scored` gives the nodes and scores (units x
    nodes, NaN for a blank) of a framework. Raises ValueError as the rule does, naming the parent.
    """
    depth = {code: _depth(framework, code) for code in families}
    for level in sorted(set(depth.values()), reverse=True):
        nodes, scores = scored(framework)
        weights: dict[str, float] = {}
        for parent in (code for code in families if depth[code] == level):
            rule, children = families[parent]
            if len(children) < 2:
                continue
            points = scores[:, [nodes.index(child) for child in children]]
            try:
                found = FROM_DATA[rule](children, points)
            except ValueError as error:
                raise ValueError(f"{parent}: weights by {rule!r}: {error}") from None
            weights |= dict(zip(children, np.asarray(found).tolist(), strict=True))
        framework = with_weights(framework, weights)
    return framework


def with_weights(framework: Framework, weights: Mapping[str, float]) -> Framework:
    """The framework with other weights for some nodes."""
    nodes = tuple(
        replace(node, weight=weights[node.code]) if node.code in weights else node for node in framework.nodes
    )
    by_code = MappingProxyType({node.code: node for node in nodes})
    return replace(framework, nodes=nodes, by_code=by_code)


def _depth(framework: Framework, code: str) -> int:
    depth = 0
    while code := framework.by_code[code].parent:
        depth += 1
    return depth
