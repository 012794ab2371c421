"""The sheets of a workbook: which node of the framework has a sheet, and which measurements stand on it."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.model import Framework, Node

# A sheet stands for the level two above the measurements, so that their parents can head them.
LEVELS_BELOW_A_SHEET = 2


@dataclass(frozen=True, slots=True)
class Area:
    """A node with a sheet of its own: the headings on it, each with the measurements below it."""

    node: Node
    headings: tuple[tuple[Node, tuple[Node, ...]], ...]

    @property
    def measurements(self) -> tuple[Node, ...]:
        return tuple(node for _, below in self.headings for node in below)


def areas(framework: Framework) -> tuple[Area, ...]:
    """Every sheet of a framework's workbook in the order of the tree."""
    level = framework.levels[max(0, len(framework.levels) - 1 - LEVELS_BELOW_A_SHEET)].name
    return tuple(Area(node, _headings(framework, node)) for node in framework.at_level(level))


def _headings(framework: Framework, area: Node) -> tuple[tuple[Node, tuple[Node, ...]], ...]:
    children = tuple(framework.by_code[code] for code in framework.children[area.code])
    below = tuple((child, _leaves(framework, child)) for child in children if child.measurement is None)
    own = tuple(child for child in children if child.measurement is not None)
    return ((area, own), *below) if own else below


def _leaves(framework: Framework, node: Node) -> tuple[Node, ...]:
    if node.measurement is not None:
        return (node,)
    return tuple(
        leaf for code in framework.children[node.code] for leaf in _leaves(framework, framework.by_code[code])
    )
