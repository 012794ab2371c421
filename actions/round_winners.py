"""Which winners would the rules of the award have? The best slate, the next ones, costs of rules, and ways out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from actions.round_figures import Looked, figures
from actions.round_read import Seen
from actions.round_slate_rules import Choice, choice
from scoring.slate_problem import Slate
from scoring.slate_relaxations import Relaxation, relaxations
from scoring.slates import Slates, slates

# So many slates are told beside the best one.
FURTHER = 5


@dataclass(frozen=True, eq=False)
class Winners:
    """The slates under all rules; where none keeps them all, `loosened` says which to give up.

    With `wishes` the award's wishes count as rules. `without_wishes` is the best slate by binding rules alone, where
    wishes leave none.
    """

    choice: Choice
    slates: Slates
    loosened: tuple[Relaxation, ...]
    without_wishes: Slate | None

    @property
    def best(self) -> Slate | None:
        """The slate to begin with: the best under all rules, else by binding rules alone; None without either."""
        return self.slates.slates[0] if self.slates.slates else self.without_wishes


def chosen(found: Seen, *, wishes: bool) -> Winners | None:
    """The slates of what the viewer sees; None where results are not hers to see yet, or no mark is."""
    return _chosen(Looked(found), wishes) if found.sees_results else None


@lru_cache(maxsize=24)
def _chosen(looked: Looked, wishes: bool) -> Winners | None:
    found = looked.taken()
    of = figures(found)
    if of is None:
        return None
    asked = choice(found, of.moment, of.order.places, wishes=wishes)
    told = slates(asked.candidates, asked.rules, FURTHER)
    loosened = () if told.slates else relaxations(asked.candidates, asked.rules)
    fallback = None
    if wishes and not told.slates:
        binding = choice(found, of.moment, of.order.places, wishes=False)
        first = slates(binding.candidates, binding.rules, 0).slates
        fallback = first[0] if first else None
    return Winners(asked, told, loosened, fallback)
