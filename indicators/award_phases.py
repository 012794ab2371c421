"""Reading the phases of a round: what may be done in each, and who sees whose marks, names and reasons."""

from __future__ import annotations

from pathlib import Path

from indicators.tables import CatalogueError, label, read_table, unique
from scoring.award import Phase

PHASES = "phases.csv"
PHASE_COLUMNS = ("id", "acts", "next", "jurors_see", "office_sees", "names", "results", "open")
# What may be done in a round.
PHASE_ACTS = (
    *("enter", "declare", "review", "assign", "calibrate", "mark", "revise"),
    *("verify", "discuss", "vote", "decide", "release"),
)
# Whose marks and reasons a juror sees besides her own: nobody's, others' of a city once hers are in, all.
SEEN = ("none", "after_own", "all")
# Who sees what the marks come to; each word opens it to those before as well.
RESULTS = ("nobody", "office", "jury", "everybody")


def read_phases(folder: Path) -> tuple[Phase, ...]:
    """The phases of phases.csv in the order of the file; CatalogueError for the first wrong line.

    A round begins in the first phase. Only in the last ones, where conflicts no longer hide anything (`open`),
    results may be seen by everybody.
    """
    rows = unique(read_table(folder, PHASES, PHASE_COLUMNS), "id")
    if not rows:
        raise CatalogueError(label(folder, PHASES), 0, "the table holds no phase")
    found = []
    for id, row in rows.items():
        for act in row.parts("acts"):
            if act not in PHASE_ACTS:
                raise row.fault(f'acts has "{act}"; the acts are {", ".join(PHASE_ACTS)}')
        for after in row.parts("next"):
            if after not in rows or after == id:
                raise row.fault(f'next has "{after}", which is no other phase')
        phase = Phase(
            id=id,
            acts=frozenset(row.parts("acts")),
            next=row.parts("next"),
            jurors_see=row.choice("jurors_see", SEEN),
            office_sees=row.choice("office_sees", ("none", "all")),
            names=row.yes("names"),
            results=row.choice("results", RESULTS),
            open=row.yes("open"),
        )
        if phase.results == "everybody" and not phase.open:
            raise row.fault("results are everybody's, but conflicts still hide cities; open must be yes")
        if phase.open and any(not rows[after].yes("open") for after in phase.next):
            raise row.fault("what was opened once cannot be hidden again; next must be open as well")
        found.append(phase)
    return tuple(found)
