"""The page of a round: beginning one, the invented one, working as somebody, moving on, and two windows at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import NumberInput, Toggle

from actions import passwords
from actions.access import COMPUTER
from actions.round_decisions import decide_rest
from actions.round_facts import CHAIR, seats
from actions.round_moves import go_to, phase_version
from actions.round_read import rounds, seen
from actions.round_settings import keep_settings, settings_form
from actions.round_setup import move_on
from tests.actions.people_at_hand import somebody
from tests.actions.round_begun import Begun, assigned, begun
from tests.pages.reading import ROOT, english_phrases, open_page, whole_text
from views import identity

FOLDS = ("round_settings", "begin_round", "rounds", "reminders")


def button(app: AppTest, label: str) -> AppTest:
    """The page after a click on the one button of that label."""
    (one,) = [one for one in app.button if one.label == label]
    app = one.click().run()
    assert not app.exception
    return app


def warned(app: AppTest) -> list[str]:
    """The warnings on a page, without Markdown's escapes."""
    return [one.value.replace("\\", "") for one in app.warning]


def test_a_round_is_begun_by_its_name(data_folder: Path) -> None:
    app = open_page("round_home", lang="en")
    assert app.title[0].value == "Award round"
    app = button(app, "Begin this round")
    assert warned(app) == ["A name is missing. Type one, then try again."]
    app.text_input(key="round_name").set_value("Spring *2027*").run()
    app = button(app, "Begin this round")
    (made,) = rounds(COMPUTER)
    assert app.query_params["round"] in (made.id, [made.id])
    text = whole_text(app)
    assert "Spring *2027*" in text
    assert "Phase 1 of 9: Preparation" in text
    assert "Enter the candidate cities" in text
    assert "Invented round" not in app.title[0].value


def test_the_invented_round_is_one_click_away_and_says_that_it_is_invented(data_folder: Path) -> None:
    app = open_page("round_home", lang="en")
    app.default_timeout = 120
    app = button(app, "Make the invented round")
    (made,) = rounds(COMPUTER)
    assert made.invented
    text = whole_text(app)
    assert "Phase 6 of 9: Discussion" in text
    assert "Invented round (sample)]" in text
    assert [(one.label, one.value) for one in app.metric] == [
        ("Candidates", "7"),
        ("Who marks", "6"),
        ("Marks in", "100%"),
    ]
    chair = next(one for one in seats(seen(COMPUTER, made.id).now) if one.role == CHAIR)
    app.selectbox(key="select_seat").select(chair.id).run()
    text = whole_text(app)
    # A brother runs a college there: the chair sees six cities, and which one she does not.
    assert "Closed to you by a conflict, and left out of everything here: Riverbend" in text
    assert app.metric[0].value == "6"
    assert app.query_params["seat"] in (chair.id, [chair.id])
    assert "Open the invented round" in whole_text(open_page("round_home", folds=FOLDS, lang="en"))


def test_what_ends_something_is_asked_twice(data_folder: Path) -> None:
    made = assigned()
    made.move("calibrate", "mark", "discuss", "meet")
    app = open_page("round_home", lang="en", round=made.id)
    assert "Go on to: Closed" not in [one.label for one in app.button]
    assert "Not decided yet: Alba, Brixen, Corvo." in whole_text(app)
    decide_rest(COMPUTER, made.id, "", "not this time")
    app = button(app.run(), "Go on to: Closed")
    assert made.seen().phase.id == "meet"
    assert "- There is no way back from there." in whole_text(app)
    app = button(app, "No, stay here")
    assert "There is no way back" not in whole_text(app)
    app = button(button(app, "Go on to: Closed"), "Yes, go there")
    assert made.seen().phase.id == "closed"
    assert "Phase 8 of 9: Closed" in whole_text(app)


def test_of_two_who_close_a_round_the_slower_is_told(data_folder: Path) -> None:
    made = assigned()
    made.move("calibrate", "mark", "discuss", "meet")
    decide_rest(COMPUTER, made.id, "", "not this time")
    app = open_page("round_home", lang="en", round=made.id, seat=made.seats["Ben"])
    app = button(app, "Go on to: Closed")
    other = made.seen()
    go_to(COMPUTER, other, phase_version(other), "closed", "en")
    app = button(app, "Yes, go there")
    assert warned(app) == ["Somebody else has moved the round meanwhile. It stands now in: Closed"]
    assert "Phase 8 of 9: Closed" in whole_text(app)
    assert phase_version(made.seen()) == 7


def test_a_chair_with_a_conflict_reads_why_she_does_not_end_it(data_folder: Path) -> None:
    made = assigned()
    made.move("calibrate", "mark", "discuss", "meet")
    app = open_page("round_home", lang="en", round=made.id, seat=made.seats["Ada"])
    assert "Go on to: Closed" not in [one.label for one in app.button]
    assert "It is for a chair or substitute who has declared and is closed out of no city." in whole_text(app)
    assert "Corvo" not in whole_text(app).replace("left out of everything here: Corvo", "")


def settings_page(made: Begun) -> AppTest:
    """The page with all its folds open."""
    return open_page("round_home", folds=FOLDS, lang="en", round=made.id)


def field(app: AppTest, kind: str, label: str) -> NumberInput | Toggle:
    """The one field of that kind and label."""
    (one,) = [one for one in app.get(kind) if one.label == label]
    return one


def test_settings_are_kept_from_the_page(data_folder: Path) -> None:
    made = begun()
    app = settings_page(made)
    field(app, "number_input", "Winners sought").set_value(2)
    field(app, "number_input", "Learning city plan taken further").set_value(3.0)
    field(app, "toggle", "Marks corrected for strict and mild jurors").set_value(True)
    app = button(app.run(), "Keep these settings")
    kept = made.seen().settings
    assert (kept.winners, kept.adjust, kept.weights["plan"], kept.weights["access"]) == (2, True, 3.0, 1.0)
    assert field(app, "number_input", "Winners sought").value == 2


@pytest.mark.parametrize(
    ("choice", "winners", "least"),
    [("Take what counts now", 4, 3), ("Let what is typed here count", 0, 5)],
)
def test_settings_of_two_windows_stand_beside_each_other(
    choice: str, winners: int, least: int, data_folder: Path
) -> None:
    made = begun()
    app = settings_page(made)
    form = settings_form(made.seen(), "en")
    keep_settings(COMPUTER, made.seen(), form.version, replace(form.now, winners=4))
    field(app, "number_input", "Least number of jurors for a city").set_value(5)
    app = button(app, "Keep these settings")
    assert made.seen().settings.winners == 4
    assert "Nothing that you typed is lost: choose." in whole_text(app)
    shown = next(one.value for one in app.get("table") if "Typed here" in one.value.columns)
    assert [[cell.replace("\\", "") for cell in row] for row in shown.to_numpy().tolist()] == [
        ["Winners sought", "4", "10 (the award's own)"],
        ["Least number of jurors for a city", "3", "5"],
    ]
    app = button(app, choice)
    kept = made.seen().settings
    assert (kept.winners, kept.least) == (winners, least)
    assert field(app, "number_input", "Winners sought").value == winners
    assert "Nothing that you typed is lost" not in whole_text(app)


@pytest.mark.parametrize("phase", ["declare", "mark", "discuss", "meet", "published"])
def test_the_page_speaks_chinese_in_every_phase(phase: str, data_folder: Path) -> None:
    made = assigned()
    order = ("calibrate", "mark", "discuss", "meet", "closed", "published")
    made.move(*(("declare",) if phase == "declare" else order[: order.index(phase) + 1]))
    for seat in ("", made.seats["Ada"], made.seats["Cleo"]):
        app = open_page("round_home", folds=FOLDS, lang="zh", round=made.id, seat=seat)
        assert english_phrases(app, allowed=("Round of tests", "Alba, Brixen, Corvo")) == []


def test_whoever_has_not_declared_is_led_there(data_folder: Path) -> None:
    made = begun()
    move_on(COMPUTER, made.id, "", 0, "declare")
    text = whole_text(open_page("round_home", lang="en", round=made.id, seat=made.seats["Cleo"]))
    assert "Dossiers, marks and results open once you have declared for every candidate." in text
    assert "Declare for 4 candidates whether you have a conflict" in text
    assert "The round waits for" not in text


def test_an_address_of_another_round_shows_ones_own(data_folder: Path) -> None:
    made = begun()
    app = open_page("round_home", lang="en", round="AAAAAAAAAAAAAAAAAAAAAA", seat="AAAAAAAAAAAAAAAAAAAAAA")
    assert warned(app) == ["This round is not here, or you have no part in it. Choose one from the list."]
    assert app.query_params["round"] in (made.id, [made.id])
    assert "seat" not in app.query_params


def as_somebody(role: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page as somebody of a role sees it where people sign in."""
    monkeypatch.setattr(passwords, "COST", passwords.Cost(n=2**4))
    who = somebody(role, f"{role}@example.org", "Jonas")
    monkeypatch.setattr(identity, "actor", lambda: who)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["lang"] = "en"
    app.run()
    app.switch_page("views/round_home.py").run()
    assert not app.exception
    assert not app.error
    return app


def test_whoever_only_reads_is_led_to_the_results_once_they_are_public(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = assigned()
    made.move("calibrate", "mark", "discuss", "meet", "closed", "published")
    text = whole_text(as_somebody("juror", monkeypatch))
    assert "Phase 9 of 9: Published · Reader of the results" in text
    assert "This round is over, and its results are public." in text
    assert "Cleo" not in text
    assert "Yours to do" not in text


def test_an_office_without_a_seat_is_told_so(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = assigned()
    made.move("calibrate", "mark")
    app = as_somebody("auditor", monkeypatch)
    assert "You have no seat in this round yet" in whole_text(app)
    assert [(one.label, one.value) for one in app.metric] == [("Candidates", "3"), ("Who marks", "4")]
    assert "Go on to: Discussion" not in [one.label for one in app.button]


def test_where_people_sign_in_a_juror_without_a_seat_finds_nothing(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun()
    app = as_somebody("juror", monkeypatch)
    text = whole_text(app)
    assert "You have no part in a round so far." in text
    assert "Round of tests" not in text
    assert "Begin this round" not in [one.label for one in app.button]
