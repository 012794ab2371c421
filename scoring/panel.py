"""What did whom answer? Observations of several units, laid out as arrays."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from scoring.model import CLAIMED_OUT_STATES, Framework, Observation, Panel

# A number beside any other state contradicts itself; until somebody decides, the row counts as blank.
ANSWER_STATES = ("answered", "")


def assemble(framework: Framework, observations: Mapping[str, Mapping[str, Observation]]) -> Panel:
    """The panel of all scored measurements of the framework, units in the order given.

    `observations` is unit -> measurement code -> observation; codes that are not scored are passed over.
    A value counts with the state "answered" or none; a claim of being out counts where there is no value.
    The unit's own rating is a value of an expert-review measurement that nobody has verified.
    """
    scored = [(node.code, node.measurement) for node in framework.measurements]
    codes = tuple(code for code, facts in scored if facts is not None and facts.scored)
    own = np.array([f.method == "expert" for _, f in scored if f is not None and f.scored], dtype=bool)
    values = np.full((len(observations), len(codes)), np.nan)
    out = np.zeros(values.shape, dtype=bool)
    for i, answers in enumerate(observations.values()):
        for j, code in enumerate(codes):
            seen = answers.get(code)
            if seen is None:
                continue
            if seen.value is None:
                out[i, j] = seen.state in CLAIMED_OUT_STATES
            elif seen.state in ANSWER_STATES:
                values[i, j] = seen.value
    claimed = ~np.isnan(values) & own
    for array in (values, out, claimed):
        array.flags.writeable = False
    return Panel(tuple(observations), codes, values, out, claimed)
