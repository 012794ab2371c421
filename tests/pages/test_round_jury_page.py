"""The pages of the jury: seating, declaring, the second person, and assignment with its consequences previewed."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from actions import passwords, sign_in
from actions.access import COMPUTER, Actor
from actions.round_conflicts import Declaration, declare
from actions.round_facts import FOUND_BY_REVIEW, NO_CONFLICT, conflict, pairs, seats
from actions.round_marks import Answer, Given, give_mark
from actions.round_pairs import Change, keep_pairs
from actions.round_read import seen
from actions.round_setup import NewCandidate, NewSeat, change_seat, enter_candidate, make_round, move_on
from tests.actions.people_at_hand import somebody
from tests.actions.round_seated import Seated, declared, seated
from tests.pages.reading import ROOT, english_phrases, open_page, whole_text
from views import identity


def shown(found: Seated, page: str, name: str = "", *folds: str, lang: str = "en") -> AppTest:
    """A page of the round as a member works on it."""
    seat = {"seat": found.seats[name]} if name else {}
    return open_page(page, folds=folds, lang=lang, round=found.id, **seat)


def press(app: AppTest, label: str) -> None:
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception


def test_a_juror_declares_for_all_candidates_on_one_page(data_folder: Path) -> None:
    found = seated()
    app = shown(found, "round_jury", "Ana")
    text = whole_text(app)
    assert "You still have to declare for 4 candidates." in text
    assert "Nothing is declared until you press the button here." in text
    seat, ids = found.seats["Ana"], found.cities
    app.selectbox(key=f"declare_{seat}_{ids['Arden']}_kind").select("employer").run()
    app.text_input(key=f"declare_{seat}_{ids['Arden']}_note").set_value("I teach there.").run()
    # What is suggested is not swept along.
    press(app, "No conflict with the 2 other candidates")
    assert (
        "A conflict with Arden: Employer. No conflict with 2 candidates. 1 candidate stays open."
        in whole_text(app)
    )
    assert conflict(found.seen().now, seat, ids["Arden"]) is None
    app.selectbox(key=f"declare_{seat}_{ids['Beluna']}_kind").select(NO_CONFLICT).run()
    press(app, "Declare")
    assert [conflict(found.seen().now, seat, id) for id in ids.values()] == [
        "employer",
        *[NO_CONFLICT] * 3,
    ]
    text = whole_text(app)
    assert "Closed to you by a conflict, and left out of everything here: Arden" in text
    assert "Employer · I teach there." in text
    assert "Declared without conflict: Beluna, Cidra, Enyi." in text


def test_what_was_chosen_outlives_another_page_and_a_missing_word_is_asked_for(data_folder: Path) -> None:
    found = seated()
    app = shown(found, "round_jury", "Bo")
    key = f"declare_{found.seats['Bo']}_{found.cities['Cidra']}_kind"
    app.selectbox(key=key).select("other").run()
    press(app, "Declare")
    assert "Say in a few words what the conflict is." in whole_text(app)
    app.switch_page("views/round_assign.py").run()
    app.switch_page("views/round_jury.py").run()
    assert app.selectbox(key=key).value == "other"
    assert conflict(found.seen().now, *found.pair("Bo", "Cidra")) is None


def test_a_conflict_that_comes_up_later(data_folder: Path) -> None:
    found = declared()
    app = shown(found, "round_jury", "Cleo", "later_conflict")
    app.selectbox(key="later_city").select(found.cities["Arden"]).run()
    app.selectbox(key="later_kind").select("past_visit").run()
    press(app, "Declare this conflict")
    assert conflict(found.seen().now, *found.pair("Cleo", "Arden")) == "past_visit"
    assert "Declared without conflict: Beluna, Cidra, Enyi." in whole_text(app)


def test_before_the_phase_nothing_is_asked(data_folder: Path) -> None:
    found = seated()
    move_on(COMPUTER, found.id, "", 1, "prepare")
    text = whole_text(shown(found, "round_jury", "Bo"))
    assert "Declaring is not open yet." in text


def test_on_ones_own_computer_everybodys_declarations_are_a_click_away(data_folder: Path) -> None:
    found = seated()
    app = shown(found, "round_jury")
    assert "Still to declare: Ana, Bo, Cleo, Dov, Eva, Sami." in whole_text(app)
    assert [one.proto.label for one in app.get("page_link")][-6:] == [
        "Ana",
        "Bo",
        "Cleo",
        "Dov",
        "Eva",
        "Sami",
    ]


@pytest.mark.parametrize(
    ("label", "kind"), [("Close the city", FOUND_BY_REVIEW), ("Leave it open", NO_CONFLICT)]
)
def test_the_second_person_answers_with_a_reason(label: str, kind: str, data_folder: Path) -> None:
    found = declared()
    app = shown(found, "round_jury", "Sami")
    place = f"review_{found.seats['Ana']}_{found.cities['Arden']}"
    button = f"{place}_{'close' if kind == FOUND_BY_REVIEW else 'open'}"
    app.button(key=button).click().run()
    assert "A reason is due here." in whole_text(app)
    pair = f"{found.seats['Ana']}_{found.cities['Arden']}"
    # What is typed about another pair stays when this one is kept.
    other = next(one for one in app.text_input if one.label == "Reason" and pair not in str(one.key))
    other.set_value("Has moved away.").run()
    app.text_input(key=f"{place}_{pair}_why").set_value("Sits on its board.").run()
    app.button(key=button).click().run()
    assert conflict(found.seen().now, *found.pair("Ana", "Arden")) == kind
    assert "2 possible conflicts have not been looked at by a second person." in whole_text(app)
    assert not [one for one in app.button if one.key == button]
    assert app.text_input(key=other.key).value == "Has moved away."


def test_nobody_looks_at_her_own(data_folder: Path) -> None:
    found = declared()
    app = shown(found, "round_jury", "Ana")
    text = whole_text(app)
    assert "This is about yourself: somebody else looks at it." in text
    # And of the city that is closed to her stands its name in her own declaration, and nothing else.
    assert not [
        row for table in app.get("table") for row in table.value.astype(str).values.tolist() if "Enyi" in row
    ]


def test_a_juror_reads_nobody_elses_conflicts(data_folder: Path) -> None:
    found = declared()
    text = whole_text(shown(found, "round_jury", "Cleo"))
    assert "Conflicts and recusals" not in text
    assert "About Cidra." not in text
    assert "For the second person" not in text


def test_somebody_is_seated_and_the_form_is_empty_again(data_folder: Path) -> None:
    found = seated()
    app = shown(found, "round_jury", "", "new_seat")
    press(app, "Give this seat")
    assert "A name is missing. Type one, then try again." in whole_text(app)
    app.text_input(key="seat_0_name").set_value("Faye Holm").run()
    app.selectbox(key="seat_0_role").select("auditor").run()
    app.selectbox(key="seat_0_country").select("NOR").run()
    press(app, "Give this seat")
    new = seats(found.seen().now)[-1]
    assert (new.name, new.role, new.country, new.most) == ("Faye Holm", "auditor", "NOR", 0)
    assert "Still to declare: Ana, Bo, Cleo, Dov, Eva, Sami, Faye Holm." in whole_text(app)
    assert [one.value for one in app.text_input if (one.key or "").endswith("_name")] == [""]


def test_whoever_is_slower_with_a_seat_is_told_and_keeps_what_was_typed(data_folder: Path) -> None:
    found = seated()
    app = shown(found, "round_jury", "", "change_seat")
    bo = found.seats["Bo"]
    app.selectbox(key="changed_seat").select(bo).run()
    app.text_input(key=f"change_{bo}_0_employer").set_value("Observatory").run()
    change_seat(COMPUTER, found.id, "", bo, 1, NewSeat("juror", "Bo", employer="Mint", country="CHN", most=6))
    press(app, "Keep these changes")
    text = whole_text(app)
    assert "Somebody else changed this seat since. This counts now:" in text
    assert "Mint" in text
    assert app.text_input(key=f"change_{bo}_0_employer").value == "Observatory"
    press(app, "I have seen it: go on with what I typed")
    press(app, "Keep these changes")
    now = next(one for one in seats(found.seen().now) if one.id == bo)
    assert (now.employer, now.version) == ("Observatory", 3)


def test_a_plan_is_proposed_looked_at_and_kept(data_folder: Path) -> None:
    found = declared()
    app = shown(found, "round_assign")
    assert "No city has a juror yet." in whole_text(app)
    press(app, "Propose everything anew")
    text = whole_text(app)
    assert "12 changes are not kept yet." in text
    assert "4 of 4 cities have at least 3 jurors." in text
    assert pairs(found.seen().now) == ()
    press(app, "Keep these changes")
    assert len(pairs(found.seen().now)) == 12
    assert "not kept yet" not in whole_text(app)
    # What is asked of the engine once more is told, though nothing changes.
    press(app, "Propose what is missing")
    assert "The proposal is the plan as it is kept: nothing would change." in whole_text(app)


def test_once_marks_are_in_nothing_is_proposed_all_anew(data_folder: Path) -> None:
    found = declared()
    pair = found.pair("Bo", "Cidra")
    keep_pairs(COMPUTER, found.id, "", [Change(*pair, True, 0)])
    move_on(COMPUTER, found.id, "", 2, "mark")
    answer = Answer(found.cities["Cidra"], found.seen().award.criteria[0].id, 0, Given("mark", 3.0))
    give_mark(COMPUTER, found.id, found.seats["Bo"], answer)
    app = shown(found, "round_assign")
    assert next(one for one in app.button if one.label == "Propose everything anew").disabled
    pills = next(
        one for one in app.get("button_group") if one.key == f"judges_{found.id}_{found.cities['Cidra']}"
    )
    pills.set_value([]).run()
    assert "Bo no longer judges Cidra; marks given so far stay and count" in whole_text(app)


def test_a_change_is_previewed_and_dropped(data_folder: Path) -> None:
    found = declared()
    keep_pairs(COMPUTER, found.id, "", [Change(*found.pair("Bo", city), True, 0) for city in found.cities])
    app = shown(found, "round_assign")
    pills = next(
        one for one in app.get("button_group") if one.key == f"judges_{found.id}_{found.cities['Arden']}"
    )
    pills.set_value([]).run()
    text = whole_text(app)
    assert "1 change is not kept yet." in text
    assert "Bo no longer judges Arden" in text
    kept = next(one.value for one in app.get("table") if "With your changes" in one.value.columns)
    assert kept.to_numpy().tolist()[1] == ["Load difference", "4", "3", "▲ better"]
    press(app, "Drop all changes")
    assert "not kept yet" not in whole_text(app)
    assert len(pairs(found.seen().now)) == 4


def test_an_overtaken_change_is_told_and_chosen_anew(data_folder: Path) -> None:
    found = declared()
    pair = found.pair("Bo", "Arden")
    keep_pairs(COMPUTER, found.id, "", [Change(*pair, True, 0)])
    app = shown(found, "round_assign")
    pills = next(
        one for one in app.get("button_group") if one.key == f"judges_{found.id}_{found.cities['Arden']}"
    )
    pills.set_value([]).run()
    keep_pairs(COMPUTER, found.id, "", [Change(*pair, False, 1)])
    keep_pairs(COMPUTER, found.id, "", [Change(*pair, True, 2)])
    press(app, "Keep these changes")
    assert "Bo judges Arden: somebody else changed this since. You do not want it." in whole_text(app)
    assert pair in pairs(found.seen().now)
    press(app, "My change counts")
    press(app, "Keep these changes")
    assert pair not in pairs(found.seen().now)


def test_a_juror_sees_her_own_cities_alone(data_folder: Path) -> None:
    found = declared()
    keep_pairs(COMPUTER, found.id, "", [Change(*found.pair("Bo", "Cidra"), True, 0)])
    assert "Cidra (Brazil)" in whole_text(shown(found, "round_assign", "Bo"))
    text = whole_text(shown(found, "round_assign", "Cleo"))
    assert "No city is given to you yet." in text
    assert "Cidra" not in text


def test_the_chairs_plan_has_no_line_about_the_city_that_is_closed_to_her(data_folder: Path) -> None:
    found = declared()
    text = whole_text(shown(found, "round_assign", "Ana", "twin_assign"))
    # Its name stands once: in the head of the page, among what is closed to her.
    assert text.count("Enyi") == 1
    assert "Cities that you have a conflict with are left out" in text


def test_where_people_sign_in_the_secretariat_seats_those_with_a_jury_role(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "COST", passwords.Cost(n=2**4))
    office = somebody("secretariat", "office@example.org", "Sami Sato")
    juror = somebody("juror", "bo@example.org", "Bo Berg")
    made = make_round(office, "unesco_2024", "Award 2026")
    enter_candidate(office, made, "", NewCandidate("Arden", "GBR", "europe_north_america"))
    move_on(office, made, "", 0, "declare")
    app = as_somebody(office, monkeypatch, made)
    # No seat is chosen in the page's head, and nobody's but one's own declaration is entered.
    assert "Working as" not in whole_text(app)
    assert "You still have to declare for 1 candidate." in whole_text(app)
    app.selectbox(key="seat_0_person").select(juror.person).run()
    app.selectbox(key=f"seat_0_{juror.person}_role").select("chair").run()
    press(app, "Give this seat")
    assert [(one.name, one.role) for one in seats(seen(office, made).now)] == [
        ("Sami Sato", "secretariat"),
        ("Bo Berg", "chair"),
    ]
    assert "Everybody with a jury role sits here already." in whole_text(app)
    theirs = whole_text(as_somebody(sign_in.actor(juror.person), monkeypatch, made))
    assert "You still have to declare for 1 candidate." in theirs
    assert "Seat somebody" not in theirs


def as_somebody(who: Actor, patch: pytest.MonkeyPatch, round_id: str) -> AppTest:
    """The jury's page as somebody sees it where people sign in."""
    patch.setattr(identity, "actor", lambda: who)
    patch.setattr(identity, "again", lambda _: who)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state["fold_new_seat"] = True
    app.run()
    app.switch_page("views/round_jury.py")
    app.query_params["lang"], app.query_params["round"] = "en", round_id
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("page", ["round_jury", "round_assign"])
@pytest.mark.parametrize("name", ["", "Ana", "Cleo"])
def test_in_chinese(page: str, name: str, data_folder: Path) -> None:
    found = declared()
    declare(COMPUTER, found.id, found.seats["Eva"], {found.cities["Arden"]: Declaration("city")})
    folds = ("conflict_kinds", "new_seat", "change_seat", "any_pair", "later_conflict", "twin_assign")
    app = shown(found, page, name, *folds, lang="zh")
    assert english_phrases(app, allowed=("About Cidra", "About Enyi")) == []
