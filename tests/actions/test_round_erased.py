"""Erasing a juror: her name goes from the round as well, her marks stay, and what was remembered of it is forgotten."""

from __future__ import annotations

from actions.access import COMPUTER
from actions.erasure import erase_person
from actions.round_facts import marks, seats
from actions.round_home import seat_rows
from actions.round_marks import Answer, Given, give_marks
from actions.round_pairs import keep_plan
from actions.round_read import seen
from actions.round_setup import NewSeat, take_seat
from actions.sign_in import actor
from store.engine import Store
from tests.actions.people_at_hand import come_in, somebody
from tests.actions.round_begun import Begun, begun


def _with_juror(person: str) -> Begun:
    """A round in its marking, in which somebody of this installation marks Alba."""
    made = begun()
    made.seats["Eve"] = take_seat(
        COMPUTER, made.id, "", NewSeat("juror", "Eve Qvale", person=person, country="KOR")
    )
    made.move("declare")
    for name in made.seats:
        made.declare(name)
    made.move("assign")
    keep_plan(COMPUTER, made.id, "", [(made.seats["Eve"], made.cities["Alba"])])
    made.move("mark")
    answers = [
        Answer(made.cities["Alba"], one.id, 0, Given("mark", 3.0)) for one in made.seen().award.criteria
    ]
    give_marks(COMPUTER, made.id, made.seats["Eve"], answers)
    return made


def test_a_round_goes_on_without_the_name_of_an_erased_juror(installation: Store) -> None:
    office = somebody("secretariat", "office@example.org", "Sami Sato")
    juror = come_in("juror", "eve@example.org", "Eve Qvale")
    made = _with_juror(juror.person)
    assert any(one.name == "Eve Qvale" for one in seats(seen(office, made.id).now))
    erase_person(office, juror.person)
    # Whoever comes next makes the program forget what it has read; that must not fail.
    found = seen(actor(office.person), made.id)
    assert "Eve Qvale" not in str(found.now)
    assert len(marks(made.seen().now)) == 8
    assert "–" in [row["Name"] for row in seat_rows(made.seen(), "en")]
