"""A round at a glance: what is owed and by whom, in every phase; moving on; settings; and nothing of closed cities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from actions import house, passwords
from actions.access import COMPUTER, NotAllowedError
from actions.round_debts import kept_from
from actions.round_decisions import decide_rest
from actions.round_facts import BALLOT, VOTE, dossiers, joined
from actions.round_home import figures, round_rows, seat_rows
from actions.round_list import place_in_round, round_lines, seat_choices
from actions.round_moves import go_to, moves, phase_line, phase_version
from actions.round_read import Seen, rounds, seen
from actions.round_rights import CAST, LEAD
from actions.round_settings import differences, keep_settings, settings_form
from actions.round_setup import change_candidate, change_settings, make_round, may_make_round
from actions.round_tasks import ways, work
from actions.round_words import TROUBLES, sentence
from actions.round_write import MeanwhileError, RoundError, Saying, keep
from tests.actions.people_at_hand import somebody
from tests.actions.round_begun import ORDER, Begun, assigned, begun
from tests.actions.round_marked import FACTS

DAYS = "Set the days of this round below, under “What is set for this round”: eligibility is reckoned by them"


def own(found: Seen) -> list[str]:
    return [one.text for one in work(found, "en").own]


def waiting(found: Seen) -> dict[str, str]:
    return {one.name: one.owes for one in work(found, "en").waiting}


def test_a_round_that_was_just_begun_asks_for_cities_and_a_jury(data_folder: Path) -> None:
    found = seen(COMPUTER, make_round(COMPUTER, "unesco_2024", "  Round of the north "))
    assert found.settings.name == "Round of the north"
    shown = work(found, "en")
    assert [(one.text, one.page) for one in shown.own] == [
        (DAYS, ""),
        ("Enter the candidate cities", "round_candidates"),
        ("Seat the jury: 3 more members who mark are needed", "round_jury"),
    ]
    assert shown.answer == "The round is in its phase “Preparation”. 3 things are yours to do now."
    assert shown.waiting == ()
    assert work(found, "zh").answer == "本轮处于“准备”阶段。 您现在有 3 件事要做。"
    assert figures(found, "en") == (("Candidates", "0", "Cities in the round that are open to you."),)
    assert seat_rows(found, "en") == []
    assert place_in_round(found, "en") == "Phase 1 of 9: Preparation"


def test_everybody_declares_before_anything_else(data_folder: Path) -> None:
    made = begun()
    assert own(made.seen()) == [DAYS, "Ask what is still open about the eligibility of 3 candidates"]
    # Nobody declares before the round has come to it.
    assert own(made.seen("Cleo")) == []
    made.move("declare")
    assert own(made.seen("Cleo")) == ["Declare for 4 candidates whether you have a conflict"]
    four = "declarations for 4 candidates"
    assert waiting(made.seen()) == {"Ada": four, "Ben": four, "Cleo": four, "Dov": four}
    made.declare("Ada", Corvo="family")
    assert own(made.seen("Ada")) == []
    # Corvo is closed to Ada: of it she learns nothing, not even who has declared for it.
    three = "declarations for 3 candidates"
    assert waiting(made.seen("Ada")) == {"Ben": three, "Cleo": three, "Dov": three}
    # A juror is not told of others.
    assert waiting(made.seen("Cleo")) == {}
    made.declare("Ben")
    assert waiting(made.seen()) == {"Cleo": four, "Dov": four}
    reminder = work(made.seen(), "en").waiting[0].reminder
    assert reminder == (
        "Dear Cleo,\n“Round of tests” is in its phase “Conflicts” and waits for you: "
        "declarations for 4 candidates. Thank you."
    )


def test_only_where_nothing_is_owed_by_anybody_the_round_can_go_on(data_folder: Path) -> None:
    made = begun()
    done = "All that Preparation asks for is in: the round can go on."
    # The substitute enters no candidates herself; that these are not looked at keeps her from saying so.
    assert done not in work(made.seen("Ben"), "en").answer
    made.move("declare")
    for name in ("Ada", "Ben", "Cleo", "Dov"):
        made.declare(name)
    made.move("prepare")
    assert done not in work(made.seen("Ben"), "en").answer
    for city in ("Alba", "Brixen", "Corvo"):
        version = made.seen().now["candidate", made.cities[city]].version
        facts = {**FACTS, "commission": f"{city}'s own"}
        change_candidate(COMPUTER, made.id, "", made.cities[city], version, {"facts": facts})
    assert done not in work(made.seen("Ben"), "en").answer
    change_settings(
        COMPUTER, made.id, "", 1, {"dates": {"deadline": "2027-04-30", "conferred": "2027-12-01"}}
    )
    assert work(made.seen("Ben"), "en").answer == (
        f"The round is in its phase “Preparation”. Nothing is yours to do at the moment. {done}"
    )


def test_marks_that_are_owed_are_told_city_by_city(data_folder: Path) -> None:
    made = assigned()
    assert own(made.seen()) == [
        *(
            DAYS,
            "Ask what is still open about the eligibility of 3 candidates",
            "Assign jurors: one city has too few",
        ),
    ]
    made.move("calibrate")
    assert own(made.seen("Dov")) == ["Practise on the reference dossier Dale: 0 of 8 criteria answered"]
    made.mark("Dov", "Dale")
    assert own(made.seen("Dov")) == []
    assert waiting(made.seen())["Cleo"] == "marks of the reference dossier Dale"
    made.move("mark")
    made.mark("Dov", "Alba", criteria=3)
    assert own(made.seen("Dov")) == [
        "Mark Alba: 3 of 8 criteria answered",
        "Mark Brixen: 0 of 8 criteria answered",
        "Mark Corvo: 0 of 8 criteria answered",
    ]
    assert [one.candidate for one in work(made.seen("Dov"), "en").own] == [
        made.cities[one] for one in ("Alba", "Brixen", "Corvo")
    ]
    assert waiting(made.seen()) == {
        "Ada": "marks of Alba",
        "Ben": "marks of Corvo",
        "Cleo": "marks of Alba; Brixen; Corvo",
        "Dov": "marks of Alba; Brixen; Corvo",
    }
    # 8 pairs of 8 criteria, 3 of them answered.
    assert figures(made.seen(), "en")[2][:2] == ("Marks in", "4%")
    assert figures(made.seen("Dov"), "en")[2] == (
        "Marks in",
        "12%",
        "3 answers of 24: one for each criterion, city and juror, as far as you see them.",
    )


def test_a_chair_learns_of_others_marks_of_a_city_once_her_own_are_in(data_folder: Path) -> None:
    made = assigned()
    made.move("calibrate", "mark")
    made.mark("Cleo", "Alba")
    assert waiting(made.seen("Ada")) == {"Cleo": "marks of Brixen", "Dov": "marks of Brixen"}
    assert kept_from(made.seen("Ada")) == (made.cities["Alba"],)
    assert work(made.seen("Ada"), "en").left_out == (
        "Of cities that you mark yourself you learn whether others' marks are in once yours are: Alba"
    )
    made.mark("Ada", "Alba")
    assert waiting(made.seen("Ada")) == {"Cleo": "marks of Brixen", "Dov": "marks of Alba; Brixen"}
    assert work(made.seen("Ada"), "en").left_out == ""


def test_a_vote_is_owed_by_those_who_vote_and_a_decision_by_the_chair(data_folder: Path) -> None:
    made = assigned()
    made.move("calibrate", "mark", "discuss", "meet")
    city = made.cities["Brixen"]
    voters = [made.seats[one] for one in ("Ada", "Cleo", "Dov")]
    said = {"question": "", "closed": False, "voters": voters}
    keep(COMPUTER, made.id, "", LEAD, Saying(BALLOT, "b" * 22, 0, said, about=(city,)))
    assert own(made.seen("Cleo")) == ["Vote: Brixen"]
    assert own(made.seen("Ben")) == ["Decide about one city"]
    vote = Saying(
        VOTE, joined("b" * 22, made.seats["Cleo"]), 0, {"choice": "yes"}, (city,), made.seats["Cleo"]
    )
    keep(COMPUTER, made.id, made.seats["Cleo"], CAST, vote)
    assert own(made.seen("Cleo")) == []
    # The chair, who has a conflict with the third city, decides about two.
    assert own(made.seen("Ada")) == ["Vote: Brixen", "Decide about 2 cities"]
    assert waiting(made.seen()) == {"Ada": "a vote", "Dov": "a vote"}


def mark_it(made: Begun) -> None:
    """Two mark the closed city."""
    made.mark("Cleo", "Corvo", 4.5)
    made.mark("Ben", "Corvo", 2.0)


def rename_it(made: Begun) -> None:
    """The closed city is called something else."""
    of = made.cities["Corvo"]
    version = made.seen().now["candidate", of].version
    change_candidate(
        COMPUTER, made.id, "", of, version, {"name": "Corvus", "country": "ESP", "awarded_as": ""}
    )


def withdraw_it(made: Begun) -> None:
    """The closed city withdraws."""
    of = made.cities["Corvo"]
    version = made.seen().now["candidate", of].version
    change_candidate(COMPUTER, made.id, "", of, version, {"withdrawn": True})


@pytest.mark.parametrize(
    ("change", "phases"),
    [
        (mark_it, ("calibrate", "mark")),
        (mark_it, ("calibrate", "mark", "discuss")),
        (rename_it, ()),
        (withdraw_it, ()),
    ],
)
def test_a_conflicted_chair_sees_no_trace_of_the_closed_city(
    change: Callable[[Begun], None], phases: tuple[str, ...], data_folder: Path
) -> None:
    made = assigned()
    made.move(*phases)

    def shown() -> list[object]:
        found = made.seen("Ada")
        texts = [
            [
                work(found, one),
                ways(found, one),
                figures(found, one),
                seat_rows(found, one),
                moves(found, one),
            ]
            for one in ("en", "zh")
        ]
        return [*texts, phase_line(found, "en"), settings_form(found, "en"), round_lines(COMPUTER, "en")]

    def of_office() -> tuple[object, ...]:
        found = made.seen()
        return work(found, "en"), figures(found, "en"), [one.name for one in dossiers(found.now)]

    before, everything = shown(), of_office()
    change(made)
    assert shown() == before
    # It is a change that those who see the city do see.
    assert of_office() != everything
    assert "Corvo" not in str(before)
    assert made.seen("Ada").viewer.recused == {made.cities["Corvo"]: "Corvo"}


def test_every_phase_stands_in_the_line_and_one_counts_now(data_folder: Path) -> None:
    made = begun()
    assert [one.state for one in phase_line(made.seen(), "en")] == ["present", *["ahead"] * 8]
    made.move("declare", "assign")
    line = phase_line(made.seen(), "en")
    assert [(one.title, one.word) for one in line[:4]] == [
        ("Preparation", "done"),
        ("Conflicts", "done"),
        ("Assignment", "now"),
        ("Calibration", "ahead"),
    ]
    assert [(one.label, one.back) for one in moves(made.seen(), "en")] == [
        ("Go on to: Calibration", False),
        ("Go on to: Marking", False),
        ("Back to: Conflicts", True),
    ]
    # Jurors do not move a round.
    assert moves(made.seen("Cleo"), "en") == ()


def test_what_a_move_ends_is_said_before(data_folder: Path) -> None:
    made = assigned()
    made.move("calibrate", "mark", "discuss", "meet")
    on = moves(made.seen("Ben"), "en")[0]
    assert on.label == "Go on to: Closed"
    assert on.why_not == (
        "Not decided yet: Alba, Brixen, Corvo. Decide about each city, then close the round."
    )
    decide_rest(COMPUTER, made.id, "", "not this time")
    on = moves(made.seen("Ben"), "en")[0]
    assert (on.why_not, on.warnings) == ("", ("There is no way back from there.",))
    # Ada has a conflict: she does not see the whole round, and does not end it.
    assert moves(made.seen("Ada"), "en")[0].why_not == (
        "Going to “Closed” ends something for the whole round. "
        "It is for a chair or substitute who has declared and is closed out of no city."
    )
    with pytest.raises(NotAllowedError):
        go_to(COMPUTER, made.seen("Ada"), phase_version(made.seen("Ada")), "closed", "en")
    made.move("closed")
    assert own(made.seen("Ben")) == ["Release the feedback to one city"]
    # Feedback can be released afterwards as well.
    assert moves(made.seen("Ben"), "en")[0].warnings == (
        "There is no way back from there.",
        "From then on everybody sees the results, and conflicts hide nothing any more.",
    )


def test_of_two_who_move_a_round_the_slower_is_told_where_it_stands(data_folder: Path) -> None:
    made = assigned()
    made.move("calibrate", "mark", "discuss", "meet")
    ben, office = made.seen("Ben"), made.seen()
    decide_rest(COMPUTER, made.id, "", "Nobody this time.")
    base = phase_version(ben)
    decide_rest(COMPUTER, made.id, "", "not this time")
    go_to(COMPUTER, office, base, "closed", "en")
    with pytest.raises(RoundError) as told:
        go_to(COMPUTER, ben, base, "closed", "en")
    assert sentence(told.value, house.voice("en").say) == (
        "Somebody else has moved the round meanwhile. It stands now in: Closed"
    )
    assert made.seen().phase.id == "closed"
    assert phase_version(made.seen()) == base + 1
    with pytest.raises(RoundError, match="not_from_here"):
        go_to(COMPUTER, made.seen("Ben"), base + 1, "mark", "en")


def test_settings_are_kept_and_the_awards_own_weights_stay_its_own(data_folder: Path) -> None:
    made = begun()
    form = settings_form(made.seen(), "en")
    assert (form.now.winners, form.award_winners, form.award_minimum) == (0, 10, 2)
    assert form.now.second_percent == 20
    assert form.now.dates == {"deadline": dt.date(2024, 5, 31), "conferred": dt.date(2024, 12, 2)}
    changed = replace(
        form.now,
        name="Other",
        winners=2,
        least=2,
        minimum=2.5,
        adjust=True,
        second_percent=35,
        dates={**form.now.dates, "deadline": dt.date(2027, 4, 30)},
    )
    keep_settings(COMPUTER, made.seen(), form.version, changed)
    kept = made.seen().settings
    assert (kept.name, kept.winners, kept.least, kept.minimum, kept.adjust) == ("Other", 2, 2, 2.5, True)
    assert (kept.weights, kept.second_share) == ({}, 0.35)
    assert kept.dates == {"deadline": "2027-04-30", "conferred": "2024-12-02"}
    assert DAYS not in own(made.seen())
    assert settings_form(made.seen(), "en").now == changed
    keep_settings(
        COMPUTER, made.seen(), kept.version, replace(changed, weights={**changed.weights, "plan": 3.0})
    )
    assert made.seen().settings.weights["plan"] == 3.0
    # 3 of 3 + 7 and 1 of 10.
    rows = [one for one in differences(made.seen(), changed, "en") if one["What"].startswith("Weight")]
    assert rows[:2] == [
        {"What": "Weight of: Learning city plan taken further", "Counts now": "30.0%", "Typed here": "12.5%"},
        {"What": "Weight of: Stakeholders and partnerships", "Counts now": "10.0%", "Typed here": "12.5%"},
    ]


def test_settings_typed_in_two_windows_are_not_overwritten(data_folder: Path) -> None:
    made = begun()
    form = settings_form(made.seen(), "en")
    keep_settings(COMPUTER, made.seen(), form.version, replace(form.now, winners=4))
    slower = replace(form.now, least=5)
    with pytest.raises(MeanwhileError) as told:
        keep_settings(COMPUTER, made.seen(), form.version, slower)
    assert told.value.version == form.version + 1
    assert differences(made.seen(), slower, "en") == [
        {"What": "Winners sought", "Counts now": "4", "Typed here": "10 (the award's own)"},
        {"What": "Least number of jurors for a city", "Counts now": "3", "Typed here": "5"},
    ]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": "  "}, "A name is missing. Type one, then try again."),
        (
            {"winners": 101},
            "The number of winners is a whole number from 0 to 100; 0 is the award's own.",
        ),
        ({"least": 0}, "The least number of jurors for a city is a whole number from 1 to 20."),
        ({"minimum": 5.5}, "The least mark of a winner lies between 1 and 5, as on the rubric."),
        ({"second_percent": 120}, "The share of second checks lies between 0% and 100%."),
        ({"dates": {"deadline": None}}, "This is no day. Choose one from the calendar."),
        (
            {"weights": {"plan": -1.0}},
            "Weights are numbers from 0 upwards for each criterion, and at least one is above 0. "
            "Correct them above.",
        ),
        (
            {"weights": {"plan": float("nan")}},
            "Weights are numbers from 0 upwards for each criterion, and at least one is above 0. "
            "Correct them above.",
        ),
    ],
)
def test_wrong_settings_are_refused_with_a_sentence(
    wrong: dict[str, object], told: str, data_folder: Path
) -> None:
    made = begun()
    form = settings_form(made.seen(), "en")
    with pytest.raises(RoundError) as error:
        keep_settings(COMPUTER, made.seen(), form.version, replace(form.now, **wrong))  # type: ignore[arg-type]
    assert sentence(error.value, house.voice("en").say) == told
    assert sentence(error.value, house.voice("zh").say) != told
    assert made.seen().settings.version == form.version


def test_settings_stand_once_marking_has_begun(data_folder: Path) -> None:
    made = assigned()
    assert settings_form(made.seen(), "en").changeable
    made.move("calibrate")
    form = settings_form(made.seen(), "en")
    assert not form.changeable
    with pytest.raises(NotAllowedError):
        keep_settings(COMPUTER, made.seen(), form.version, replace(form.now, winners=1))
    assert not settings_form(made.seen("Cleo"), "en").changeable


def test_pages_of_a_phase_are_open_to_those_who_work_there(data_folder: Path) -> None:
    made = assigned()
    assert [one.page for one in ways(made.seen("Cleo"), "en")] == ["round_jury", "round_mark"]
    made.move("calibrate", "mark", "discuss")
    assert [one.page for one in ways(made.seen("Cleo"), "en")] == [
        *("round_jury", "round_mark", "round_results", "round_slates", "round_meeting"),
    ]
    made.move("meet", "closed")
    assert [one.page for one in ways(made.seen("Cleo"), "en")] == [
        "round_mark",
        "round_results",
        "round_slates",
    ]


def test_rounds_of_one_name_are_told_apart_and_each_seat_is_offered(data_folder: Path) -> None:
    made = begun()
    assert [one.name for one in round_lines(COMPUTER, "en")] == ["Round of tests"]
    assert list(seat_choices(COMPUTER, made.seen(), "en").values()) == [
        *("This computer, for everybody", "Ada · Chair", "Ben · Substitute for the chair"),
        *("Cleo · Juror", "Dov · Juror"),
    ]
    make_round(COMPUTER, "unesco_2024", "Round of tests")
    lines = round_lines(COMPUTER, "zh")
    assert [one.name for one in lines] == ["Round of tests (2)", "Round of tests (1)"]
    assert round_rows(lines, "zh")[0]["所处阶段"] == "准备"


def test_where_people_sign_in_the_secretariat_begins_and_others_see_nothing(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "COST", passwords.Cost(n=2**4))
    office = somebody("secretariat", "office@example.org", "Olga")
    juror = somebody("juror", "juror@example.org", "Jonas")
    assert may_make_round(office)
    assert not may_make_round(juror)
    with pytest.raises(NotAllowedError):
        make_round(juror, "unesco_2024", "Mine")
    made = make_round(office, "unesco_2024", "Spring")
    assert rounds(juror) == ()
    assert round_lines(juror, "en") == ()
    found = seen(office, made)
    assert seat_choices(office, found, "en") == {}
    assert seat_rows(found, "en") == [
        {
            "Name": "Olga (you)",
            "In the round": "Secretariat",
            "From, and reads": "English",
            "Declared": "for all",
        }
    ]
    assert own(found) == [
        DAYS,
        "Enter the candidate cities",
        "Seat the jury: 3 more members who mark are needed",
    ]


def test_every_phase_has_an_answer_in_both_languages(data_folder: Path) -> None:
    made = assigned()
    answers = {work(made.seen("Cleo"), "zh").answer}
    for phase in ORDER[2:]:
        made.move(phase)
        answers.add(work(made.seen("Cleo"), "zh").answer)
    assert len(answers) == 7
    assert work(made.seen("Cleo"), "en").answer == (
        "The round is in its phase “Published”. Nothing is yours to do at the moment."
    )


def test_every_trouble_is_said_in_chinese_with_its_facts() -> None:
    facts = {
        "least": 1,
        "most": 5,
        "step": 0.5,
        "phase": "讨论",
        "cities": "云澜",
        "count": 4,
        "day": "2027",
        "typed": "x",
    }
    for kind in TROUBLES:
        said = sentence(RoundError(kind, **facts), house.voice("zh").say)
        assert "{" not in said
        assert not said.isascii()
