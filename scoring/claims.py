"""What stands if no claim is believed? A panel in which every claim counts as blank (docs/decisions/0010)."""

from __future__ import annotations

import numpy as np

from scoring.model import Panel


def without_claims(panel: Panel) -> Panel:
    """The panel with blanks for values that a unit rated itself, and for what it claims lies outside its remit.

    A blank counts 0 in the assured score, so nobody gains by a claim that is not believed.
    """
    values = np.where(panel.claimed, np.nan, panel.values)
    nothing = np.zeros(panel.out.shape, dtype=bool)
    for array in (values, nothing):
        array.flags.writeable = False
    return Panel(panel.units, panel.codes, values, nothing, nothing)
