"""The page of eligibility: answers kept at once, exceptions with reasons, past winners, and what a conflict closes."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from actions.access import COMPUTER
from actions.round_candidates import grant_exception, say_fact
from actions.round_conflicts import Declaration, declare
from actions.round_demo import make_demo
from actions.round_eligibility import eligible
from actions.round_enter import enter_reference
from actions.round_facts import NO_CONFLICT, candidates, dossiers
from actions.round_read import seen
from actions.round_setup import (
    NewCandidate,
    NewSeat,
    change_settings,
    enter_candidate,
    make_round,
    move_on,
    take_seat,
)
from actions.samples import open_sample
from tests.pages.reading import english_phrases, open_page, whole_text

SAID = {
    "member": "yes",
    "member_since": "2019-05-02",
    "nominated": "yes",
    "commission": "IRL",
    "mayor_signed": "yes",
    "consent_signed": "yes",
    "progress_report": "filed",
}


def new_round() -> str:
    made = make_round(COMPUTER, "unesco_2024", "Round")
    change_settings(COMPUTER, made, "", 1, {"dates": {"deadline": "2026-05-31"}})
    return made


def city(round_id: str, name: str, **facts: str) -> str:
    new = NewCandidate(name, "IRL", "europe_north_america", facts={**SAID, **facts})
    return enter_candidate(COMPUTER, round_id, "", new)


def page_of(round_id: str, lang: str = "en", folds: tuple[str, ...] = (), **address: str) -> AppTest:
    return open_page("round_candidates", folds=folds, lang=lang, round=round_id, **address)


def press(app: AppTest, label: str) -> AppTest:
    return next(one for one in app.button if one.label == label).click().run()


def warnings(app: AppTest) -> list[str]:
    return [str(one.value).replace("\\", "") for one in app.warning]


def test_a_new_round_says_what_to_do_first_and_which_winners_are_blocked(data_folder: Path) -> None:
    app = page_of(new_round(), folds=("past_winners",))
    text = whole_text(app)
    assert "No candidate is in the round yet. Enter the first ones below." in text
    assert "20 past winners are references only until their blocks have ended" in text
    winners = app.get("table")[0].value
    dublin = winners[winners["City"] == "Dublin"].iloc[0]
    assert list(dublin) == [
        *("Dublin", "Ireland", "Oct 27, 2021", "Oct 27, 2027"),
        "reference only, a candidate again from Oct 28, 2027",
    ]
    assert not app.warning


def test_an_answer_is_kept_at_once_and_the_city_is_eligible(data_folder: Path) -> None:
    made = new_round()
    one = city(made, "Galway", mayor_signed="")
    app = page_of(made)
    assert "1 candidate: 0 eligible, 0 not, 1 still open." in whole_text(app)
    app.selectbox(key=f"cand_{one}_fact_mayor_signed_").select("yes").run()
    text = whole_text(app)
    assert "1 candidate: 1 eligible, 0 not, 0 still open." in text
    assert "No rule keeps this city out." in text
    assert eligible(seen(COMPUTER, made)) == {one}


def test_a_day_that_is_none_is_told_and_stays_typed(data_folder: Path) -> None:
    made = new_round()
    one = city(made, "Galway", member_since="")
    app = page_of(made)
    key = f"cand_{one}_fact_member_over_12_months_"
    app.text_input(key=key).set_value("spring 2019").run()
    assert warnings(app) == [
        "“spring 2019” cannot be read as an answer to this question. Write a day as 2021-10-27, a month as "
        "2021-10 or a year as 2021."
    ]
    assert app.text_input(key=key).value == "spring 2019"
    app.text_input(key=key).set_value("2019-03").run()
    assert not app.warning
    assert eligible(seen(COMPUTER, made)) == {one}


def test_of_two_answers_at_once_the_slower_one_chooses(data_folder: Path) -> None:
    made = new_round()
    one = city(made, "Galway", mayor_signed="")
    app = page_of(made)
    say_fact(COMPUTER, made, "", one, "mayor_signed", "no", "")
    # This page was drawn before the other answer came in.
    app.selectbox(key=f"cand_{one}_fact_mayor_signed_").select("yes").run()
    assert warnings(app) == [
        "Somebody else answered this question while you were looking. It counts: no. You answered: yes."
    ]
    press(app, "Let mine count")
    assert not app.warning
    assert eligible(seen(COMPUTER, made)) == {one}


def test_an_exception_is_granted_with_a_reason_and_taken_back_with_one(data_folder: Path) -> None:
    made = new_round()
    one = city(made, "Galway", consent_signed="no")
    app = page_of(made, folds=(f"met_{one}", f"exceptions_{one}"))
    press(app, "Grant an exception")
    assert warnings(app) == ["A reason is due here. Say why in a few words, then keep it."]
    app.text_area(key=f"cand_{one}_why_consent_signed_0").set_value("Lost in the post.")
    press(app, "Grant an exception")
    text = whole_text(app)
    assert "Exception from: Consent signed" in text
    assert "whoever uses this computer: Lost in the post." in text
    assert eligible(seen(COMPUTER, made)) == {one}
    app.text_area(key=f"cand_{one}_why_consent_signed_1").set_value("It never came.")
    press(app, "Take the exception back")
    assert eligible(seen(COMPUTER, made)) == frozenset()
    history = app.get("table")[-1].value
    assert list(history["What happened"]) == ["taken back", "granted"]
    assert list(history["Reason"]) == ["It never came\\.", "Lost in the post\\."]


def test_a_blocked_winner_typed_as_a_candidate_is_refused_with_its_day(data_folder: Path) -> None:
    made = new_round()
    app = page_of(made, way="hand")
    app.text_input(key="enter_name").set_value("Dublin")
    app.selectbox(key="enter_country").select("IRL")
    press(app, "Enter the candidate")
    assert warnings(app)[0].startswith(
        "This city has received the award, and its block runs until 2027-10-27."
    )
    assert app.text_input(key="enter_name").value == "Dublin"
    app.text_input(key="enter_name").set_value("Galway")
    press(app, "Enter the candidate")
    assert [one.name for one in candidates(seen(COMPUTER, made).now)] == ["Galway"]
    assert [str(one.value) for one in app.success] == ["1 city came in\\."]
    assert app.text_input(key="enter_name").value == ""


def test_kept_assessments_come_in_together(data_folder: Path) -> None:
    made = new_round()
    uploads = [open_sample(COMPUTER, one, "en").upload_id for one in ("yunlan", "riverbend")]
    app = page_of(made)
    app.multiselect(key="enter_uploads").set_value(uploads).run()
    press(app, "Enter as candidates")
    assert "2 cities came in" in whole_text(app)
    assert {one.upload_id for one in candidates(seen(COMPUTER, made).now)} == set(uploads)


def test_a_reference_comes_in_with_the_experts_marks(data_folder: Path) -> None:
    made = new_round()
    app = page_of(made, way="reference")
    app.selectbox(key="reference_winner").select("dublin").run()
    app.selectbox(key="reference_mark_access").select("4.5")
    press(app, "Enter the reference")
    (one,) = dossiers(seen(COMPUTER, made).now)
    assert (one.kind, one.name) == ("reference", "Dublin")
    assert "The expert gave: Access 4.5" in whole_text(app)


def test_a_city_is_withdrawn_with_a_reason_and_taken_in_again(data_folder: Path) -> None:
    made = new_round()
    one = city(made, "Galway")
    app = page_of(made)
    app.text_area(key=f"cand_{one}_leave_why_1").set_value("The mayor asked for it.")
    press(app, "Withdraw it")
    assert "Withdrawn: The mayor asked for it." in whole_text(app)
    assert candidates(seen(COMPUTER, made).now) == ()
    press(app, "Take it into the round again")
    assert eligible(seen(COMPUTER, made)) == {one}


def test_the_page_in_chinese(data_folder: Path) -> None:
    made = new_round()
    one = city(made, "高威", consent_signed="no", mayor_signed="", member_since="2025")
    city(made, "都柏林港区")
    grant_exception(COMPUTER, made, "", one, "consent_signed", 0, "邮件遗失。")
    enter_reference(COMPUTER, made, "", "", {"access": 4.0}, winner="shanghai", language="zh")
    for way in ("kept", "hand", "reference"):
        app = page_of(made, "zh", ("past_winners", f"met_{one}", f"exceptions_{one}"), way=way, cand=one)
        assert "始于 2025：期限是否届满取决于具体日期，最迟于 2026年12月31日 届满。" in whole_text(app)
        assert english_phrases(app, allowed=("Round",)) == []


def test_the_invented_round_is_read_and_says_when_it_could_be_changed(data_folder: Path) -> None:
    app = page_of(make_demo(COMPUTER, "en"))
    text = whole_text(app)
    assert "7 candidates: 6 eligible, 0 not, 1 still open." in text
    assert "entered by the secretariat in these phases: Preparation, Conflicts, Assignment." in text
    assert "Enter cities" not in text
    assert [one.label for one in app.selectbox] == ["Round", "Working as", "Candidate"]


@pytest.mark.parametrize("role", ["juror", "secretariat"])
def test_a_seat_with_a_conflict_reads_nothing_of_the_city(data_folder: Path, role: str) -> None:
    made = new_round()
    hidden, shown = city(made, "Galway", consent_signed="no"), city(made, "Sligo")
    seat = take_seat(COMPUTER, made, "", NewSeat(role, "Second"))
    move_on(COMPUTER, made, "", 0, "declare")
    declare(COMPUTER, made, seat, {hidden: Declaration("family"), shown: Declaration(NO_CONFLICT)})
    before = page_of(made, seat=seat, cand=hidden)
    say_fact(COMPUTER, made, "", hidden, "consent_signed", "yes", "no")
    say_fact(COMPUTER, made, "", hidden, "commission", "", "IRL")
    after = page_of(made, seat=seat, cand=hidden)
    assert whole_text(after) == whole_text(before)
    lines = after.get("table")[0].value
    assert list(lines["City"]) == ["Sligo, Ireland"]
    # The head names the city that is closed; nothing else does.
    assert whole_text(after).count("Galway") == 1
    assert ("1 candidate: 1 eligible" in whole_text(after)) == (role == "secretariat")
