"""The page of a jury's meeting, clicked through: calling, asking, voting, deciding; and nothing of a closed city."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from actions.access import COMPUTER
from actions.round_agenda import called
from actions.round_ballots import YES, ballots, open_ballot
from actions.round_decisions import AWARD, decide, decide_rest, decisions
from actions.round_feedback import feedback, keep_feedback
from actions.round_questions import answer, ask, questions
from actions.round_setup import move_on
from tests.actions.meeting_at_hand import CITIES, AtHand, at_hand
from tests.pages.reading import english_phrases, open_page, whole_text

PAGE = "round_meeting"


@pytest.fixture
def here(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[AtHand]:
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path_factory.mktemp("meeting")))
    return at_hand(fifth=True)


def page(here: AtHand, who: str = "", city: str = "", **more: str) -> AppTest:
    address = {"round": here.id, "lang": "en", **more}
    if who:
        address["seat"] = here.seat[who]
    if city:
        address["cand"] = here.city[city]
    return open_page(PAGE, **address)


def click(app: AppTest, label: str) -> AppTest:
    """Press the button of that label; fails where there is none or several."""
    found = [one for one in app.button if one.label == label]
    assert len(found) == 1, [one.label for one in app.button]
    found[0].click().run()
    assert not app.exception
    return app


def field(app: AppTest, label: str) -> object:
    return next(one for kind in ("text_input", "text_area") for one in app.get(kind) if one.label == label)


def test_a_city_is_called_with_who_leaves(here: AtHand) -> None:
    app = page(here, "Secretary Sand")
    assert "**In short.** 0 of 5 cities are decided; 0 of at most 2 awards are given." in whole_text(app)
    click(app, "Call Aberton")
    assert called(here.seen()).candidate.name == "Aberton"  # type: ignore[union-attr]
    text = whole_text(app)
    assert "Now: Aberton" in text
    assert "Leaves the room: Chair Cho; Juror Ames" in text
    assert "By the marks: rank 1 of 5, mean 4.00, rank band 1." in text


def test_a_chair_in_conflict_sees_nothing_of_the_city(here: AtHand) -> None:
    decide(COMPUTER, here.id, "", here.city["Bellavista"], 0, AWARD, "The best of its region.")
    open_ballot(COMPUTER, here.id, "", [here.city["Aberton"], here.city["Bellavista"]], "First of the two?")
    app = page(here, "Chair Cho", city="Bellavista")
    text = whole_text(app)
    assert text.count("Bellavista") == 1
    assert "Closed to you by a conflict, and left out of everything here: Bellavista" in text
    for hidden in ("The best of its region.", "First of the two?"):
        assert hidden not in text
    assert "0 of 4 cities are decided; 0 of at most 2 awards are given." in text


def test_a_juror_asks_votes_and_does_not_lead(here: AtHand) -> None:
    made = open_ballot(COMPUTER, here.id, "", [here.city["Castel"]])
    app = page(here, "Juror Blum", city="Castel")
    labels = [one.label for one in app.button]
    for leading in ("Call Aberton", "Close the vote and count it", "Keep the decision"):
        assert leading not in labels
    field(app, "Ask something about this city").set_value("Who pays?")  # type: ignore[attr-defined]
    click(app, "Keep the question")
    assert [one.text for one in questions(here.seen())] == ["Who pays?"]
    vote = next(one for one in app.radio if one.label == "Juror Blum")
    vote.set_value(YES).run()
    assert not app.exception
    assert ballots(here.seen())[0].votes == {here.seat["Juror Blum"]: YES}
    assert made == ballots(here.seen())[0].id


def test_a_decision_needs_its_reason_and_nothing_typed_is_lost(here: AtHand) -> None:
    app = page(here, "Chair Cho", city="Castel")
    next(one for one in app.radio if one.label == "What is decided").set_value(AWARD)
    click(app, "Keep the decision")
    assert "A reason is due here." in whole_text(app)
    assert next(one for one in app.radio if one.label == "What is decided").value == AWARD
    field(app, "Reason, as it will stand in the minutes").set_value("Steady.")  # type: ignore[attr-defined]
    # Meanwhile somebody else decides: this tab is told, and what it typed stays.
    decide(COMPUTER, here.id, "", here.city["Castel"], 0, "none", "Not yet.")
    click(app, "Keep the decision")
    text = whole_text(app)
    assert "Somebody else changed this while you were looking." in text
    assert "No award this time · Not yet." in text.replace("**", "")
    assert field(app, "Reason, as it will stand in the minutes").value == "Steady."  # type: ignore[attr-defined]
    click(app, "Keep the decision")
    assert decisions(here.seen())[here.city["Castel"]].reason == "Steady."


def test_closing_and_feedback(here: AtHand) -> None:
    decide_rest(COMPUTER, here.id, "", "Below the line.")
    move_on(COMPUTER, here.id, "", 5, "closed")
    app = page(here, city="Aberton")
    text = whole_text(app)
    assert "0 of 5 released. The cities read it once results are public." in text
    field(app, "The chair's words to Aberton").set_value("Well done.")  # type: ignore[attr-defined]
    click(app, "Release to the city")
    assert feedback(here.seen(), here.city["Aberton"]).text == "Well done."
    assert "1 of 5 released." in whole_text(app)


def test_who_does_not_decide_is_told_who_does(here: AtHand) -> None:
    told = "The chair decides; the substitute where the chair has a conflict or nobody is chair."
    assert told in whole_text(page(here, "Sub Stone", city="Castel"))
    assert told not in whole_text(page(here, "Chair Cho", city="Castel"))
    # Bellavista is closed to the chair.
    assert told not in whole_text(page(here, "Sub Stone", city="Bellavista"))


def test_words_to_a_city_are_not_lost_to_another_window(here: AtHand) -> None:
    decide_rest(COMPUTER, here.id, "", "Below the line.")
    move_on(COMPUTER, here.id, "", 5, "closed")
    app, city = page(here, city="Aberton"), here.city["Aberton"]
    keep_feedback(COMPUTER, here.id, "", city, 0, "Their words.", release=False)
    field(app, "The chair's words to Aberton").set_value("My words.")  # type: ignore[attr-defined]
    click(app, "Release to the city")
    assert "Somebody else has kept other words to this city meanwhile." in whole_text(app)
    assert field(app, "The chair's words to Aberton").value == "My words."  # type: ignore[attr-defined]
    assert not feedback(here.seen(), city).released
    click(app, "I have seen it: go on with what I typed")
    click(app, "Release to the city")
    now = feedback(here.seen(), city)
    assert (now.text, now.released) == ("My words.", True)
    assert "Somebody else has kept other words" not in whole_text(app)


def test_what_counts_now_can_be_taken_over(here: AtHand) -> None:
    decide_rest(COMPUTER, here.id, "", "Below the line.")
    move_on(COMPUTER, here.id, "", 5, "closed")
    app = page(here, city="Aberton")
    keep_feedback(COMPUTER, here.id, "", here.city["Aberton"], 0, "Their words.", release=False)
    field(app, "The chair's words to Aberton").set_value("My words.")  # type: ignore[attr-defined]
    click(app, "Keep as a draft")
    click(app, "Take what counts now")
    assert field(app, "The chair's words to Aberton").value == "Their words."  # type: ignore[attr-defined]


def test_a_question_that_is_typed_outlives_the_questions_of_others(here: AtHand) -> None:
    app, city = page(here, "Juror Blum", city="Castel"), here.city["Castel"]
    box = field(app, "Ask something about this city").key  # type: ignore[attr-defined]
    ask(COMPUTER, here.id, here.seat["Juror Cruz"], city, "Who pays?")
    app.run()
    # The same box, so that a browser leaves in it what is not sent yet.
    assert field(app, "Ask something about this city").key == box  # type: ignore[attr-defined]
    field(app, "Ask something about this city").set_value("Which year?")  # type: ignore[attr-defined]
    click(app, "Keep the question")
    assert [one.text for one in questions(here.seen(), city)] == ["Who pays?", "Which year?"]
    assert field(app, "Ask something about this city").value == ""  # type: ignore[attr-defined]


def test_an_answer_that_came_second_is_there_still(here: AtHand) -> None:
    city = here.city["Castel"]
    asked = ask(COMPUTER, here.id, here.seat["Juror Cruz"], city, "Who pays?")
    app = page(here, "Secretary Sand", city="Castel")
    field(app, "Answer").set_value("The state.")  # type: ignore[attr-defined]
    answer(COMPUTER, here.id, here.seat["Juror Blum"], asked, 1, "The city.")
    click(app, "Keep the answer")
    text = whole_text(app)
    assert "Somebody else changed this while you were looking." in text
    assert "The city." in text
    assert field(app, "Answer").value == "The state."  # type: ignore[attr-defined]
    click(app, "Keep the answer")
    assert questions(here.seen(), city)[0].answer == "The state."
    assert not [one for one in app.text_input if one.label == "Answer"]


def test_in_chinese_nothing_is_left_in_english(here: AtHand) -> None:
    app = open_page(PAGE, folds=("order", "rest"), round=here.id, lang="zh", cand=here.city["Castel"])
    assert "评审会议" in whole_text(app)
    assert (
        english_phrases(
            app, allowed=("Round at hand", ", ".join(CITIES), *here.seat, "python -m actions verify FILE")
        )
        == []
    )


def test_without_a_round_the_page_leads_on(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path_factory.mktemp("empty")))
    assert "No round yet" in whole_text(open_page(PAGE, lang="en"))
