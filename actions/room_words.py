"""Why something cannot be done in a city's room, in one sentence each."""

from __future__ import annotations

from collections.abc import Mapping

from locales import mark

# By the kinds of actions.rooms.RoomError.
ROOM_TROUBLES: Mapping[str, str] = {
    "name_missing": mark("A city needs a name."),
    "country_unknown": mark("Choose the city's country from the list."),
    "year_beyond": mark("An assessment is for a year from 2013, when the network began, to next year."),
    "closed_signed": mark(
        "This assessment is signed off, so nothing in it can be changed. The owner can take it back first."
    ),
    "closed_submitted": mark("This assessment is handed in, so nothing in it can be changed."),
    "closed_resubmitted": mark("This assessment is handed in again, so nothing in it can be changed."),
    "closed_accepted": mark("This assessment is accepted, so nothing in it can be changed."),
    "closed_returned": mark(
        "This assessment came back with questions. The owner opens it again before anything in it can be changed."
    ),
}
