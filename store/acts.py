"""Who does what to which thing: without an act nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# The one person of a program that runs on her own computer, where nobody signs in.
OWN_COMPUTER = "own_computer"
# The program itself, for what no person asked for.
PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the log to be: ids and figures only, never a person's own words or name.

    `actor` is a person's id, `act` a verb of the program ("add"), `kind` and `object_id` say what it is done to,
    `detail` holds what else must be provable, as plain texts and whole numbers.
    """

    actor: str
    act: str
    kind: str
    object_id: str = ""
    detail: Mapping[str, str | int] = field(default_factory=dict)
