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
    "moved_meanwhile": mark("Somebody else has moved this assessment meanwhile. Look where it stands now."),
    "not_from_here": mark("This cannot be done from where the assessment stands."),
    "changed_meanwhile": mark("An answer was changed while you looked. Look at it again before you sign."),
    "visibility_unknown": mark("Choose one of the four."),
    "chosen_meanwhile": mark("Somebody else has chosen meanwhile. Look at what holds now, then choose."),
    "lacking": mark("Something is still missing; it is listed below."),
    "reason_missing": mark("Say why, in a few words."),
    "signer_missing": mark("Enter the mayor's name and title."),
    "adoption_day_missing": mark("Enter for both documents the day on which they were adopted."),
    "adoption_day_early": mark("The documents are of October 2013; they cannot have been adopted before."),
    "adoption_day_ahead": mark("A document cannot have been adopted on a day that is still to come."),
    "not_with_reviewers": mark("Questions are asked while an assessment is handed in and not decided about."),
    "text_missing": mark("Nothing is written yet."),
    "text_too_long": mark("This is longer than 4,000 letters. Say it in fewer words."),
}
