"""Which winners would the rules of the award have? The best slate, the next ones, costs of rules, and ways out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from actions.round_figures import Figures
from actions.round_read import Seen
from actions.round_slate_rules import Choice, choice
from scoring.slate_problem import Rule, Slate, without_rule
from scoring.slate_relaxations import Relaxation, relaxations
from scoring.slates import Slates, slates

# So many slates are told beside the best one.
FURTHER = 5


@dataclass(frozen=True, eq=False)
class Winners:
    """The slates, what the rules cost, and what to give up where no slate keeps them all.

    With `wishes` the award's wishes count as rules. Where they cannot all be kept, `given_up` are the fewest of them
    without which there are slates, and `slates` are those; nothing there where binding rules leave none.
    """

    choice: Choice
    slates: Slates
    loosened: tuple[Relaxation, ...]
    wishes: frozenset[Rule]
    given_up: tuple[Rule, ...] = ()

    @property
    def best(self) -> Slate | None:
        """The slate to begin with, None where there is none."""
        return self.slates.slates[0] if self.slates.slates else None


def chosen(found: Seen, of: Figures | None, *, wishes: bool) -> Winners | None:
    """The slates of what the viewer sees, from its figures; None where there are none that she may see."""
    return _chosen(found, of, wishes) if of is not None else None


@lru_cache(maxsize=24)
def _chosen(found: Seen, of: Figures, wishes: bool) -> Winners:
    asked = choice(found, of.moment, of.order.places, wishes=wishes)
    binding = choice(found, of.moment, of.order.places, wishes=False)
    wished = frozenset(asked.rules.each) - frozenset(binding.rules.each)
    told = slates(asked.candidates, asked.rules, FURTHER)
    if told.slates:
        return Winners(asked, told, (), wished)
    loosened = relaxations(asked.candidates, asked.rules)
    # The fewest wishes first; where that is not enough, all of them.
    only_wishes = [one.rules for one in loosened if wished.issuperset(one.rules)]
    given_up = only_wishes[0] if only_wishes else tuple(one for one in asked.rules.each if one in wished)
    rules = asked.rules
    for one in given_up:
        rules = without_rule(rules, one)
    return Winners(asked, slates(asked.candidates, rules, FURTHER), loosened, wished, given_up)
