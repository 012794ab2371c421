"""The page of marking: what is owed, a mark kept with its time, a reason asked for, two windows, and who sees what."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from actions.access import COMPUTER
from actions.round_marks import give_mark
from actions.round_own import own_mark
from actions.round_read import seen
from actions.round_setup import move_on
from tests.actions.jury_at_work import AtWork, answer, jury_at_work, mark_all
from tests.pages.reading import english_phrases, open_page, whole_text


@pytest.fixture
def at(data_folder: Path) -> AtWork:
    return jury_at_work()


def page(at: AtWork, who: str, **address: str) -> AppTest:
    return open_page("round_mark", **{"lang": "en", "round": at.id, "seat": at.seats[who], **address})


def judging(
    at: AtWork, who: str = "ana", city: str = "riverbend", crit: str = "plan", **more: str
) -> AppTest:
    return page(at, who, show="judge", cand=at.dossiers[city], crit=crit, **more)


def box(app: AppTest, kind: str) -> str:
    """The key of the boxes of the mark that is drawn."""
    every = [*app.radio, *app.text_area]
    return next(one.key for one in every if one.key and one.key.startswith(f"mark.{kind}."))


def kept(at: AtWork, who: str = "ana", crit: str = "plan") -> tuple[str, str, int]:
    own = own_mark(seen(COMPUTER, at.id, at.seats[who]), at.dossiers["riverbend"], crit)
    return own.choice, own.reason, own.version


def test_a_juror_reads_what_she_owes_and_goes_on(at: AtWork) -> None:
    app = page(at, "ana")
    text = whole_text(app)
    assert "You owe 16 marks. 0 of 16 are in." in text
    assert "Mark Riverbend" in text
    app.button(key="mark_go_on").click().run()
    assert app.query_params["cand"] in (at.dossiers["riverbend"], [at.dossiers["riverbend"]])
    assert "Dossier: Riverbend" in whole_text(app)


def test_a_click_is_kept_at_once_with_every_anchor_in_view(at: AtWork) -> None:
    app = judging(at)
    radio = app.radio(key=box(app, "choice"))
    assert len(radio.options) == 10
    words = seen(COMPUTER, at.id).award.criterion_words["en"]["plan"]
    assert [one.replace("\\", "") for one in radio.proto.captions if one] == list(words.anchors.values())
    radio.set_value("3.5").run()
    assert kept(at) == ("3.5", "", 1)
    assert "kept " in whole_text(app)
    app.text_area(key=box(app, "reason")).set_value("The plan on page 2").run()
    assert kept(at) == ("3.5", "The plan on page 2", 2)
    # The same boxes go on being hers.
    app.radio(key=box(app, "choice")).set_value("4").run()
    assert kept(at) == ("4", "The plan on page 2", 3)


def test_a_mark_that_needs_a_reason_waits_for_it(at: AtWork) -> None:
    app = judging(at)
    app.radio(key=box(app, "choice")).set_value("5").run()
    assert "Not kept yet: this mark needs a reason." in whole_text(app)
    assert kept(at) == ("", "", 0)
    assert app.radio(key=box(app, "choice")).value == "5"
    app.text_area(key=box(app, "reason")).set_value("Renewed twice, page 9").run()
    assert kept(at) == ("5", "Renewed twice, page 9", 1)
    assert "Not kept yet" not in whole_text(app)


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_two_windows_never_overwrite_each_other(choice: str, at: AtWork) -> None:
    app = judging(at)
    give_mark(COMPUTER, at.id, at.seats["ana"], answer(at.dossiers["riverbend"], "plan", "2"))
    # This window was drawn before the other one's mark came in.
    app.radio(key=box(app, "choice")).set_value("4").run()
    assert kept(at) == ("2", "", 1)
    assert (
        "You marked this in another window meanwhile. Both are here still. Which one counts?"
        in whole_text(app)
    )
    label = {"mine": "Let this window's count", "theirs": "Keep what counts now"}[choice]
    next(one for one in app.button if one.label == label).click().run()
    assert kept(at)[0] == {"mine": "4", "theirs": "2"}[choice]
    assert app.radio(key=box(app, "choice")).value == kept(at)[0]
    assert "Which one counts?" not in whole_text(app)


def test_a_change_elsewhere_is_told_and_shown_on_a_click(at: AtWork) -> None:
    app = judging(at)
    app.radio(key=box(app, "choice")).set_value("3").run()
    give_mark(COMPUTER, at.id, at.seats["ana"], answer(at.dossiers["riverbend"], "plan", "4", base=1))
    app.run()
    assert "Changed in another window meanwhile" in whole_text(app)
    assert app.radio(key=box(app, "choice")).value == "3"
    next(one for one in app.button if one.label == "Show what counts now").click().run()
    assert app.radio(key=box(app, "choice")).value == "4"
    assert kept(at) == ("4", "", 2)


def test_a_city_that_is_closed_is_nowhere_on_the_page(at: AtWork) -> None:
    for show in ("list", "judge", "ladder", "evidence", "offline"):
        app = page(at, "cai", show=show, cand=at.dossiers["riverbend"])
        text = whole_text(app)
        # Its name stands once: where she is told that it is closed to her.
        assert text.count("Riverbend") == 1, show
        assert at.dossiers["riverbend"] not in text


def test_others_marks_come_with_the_discussion(data_folder: Path) -> None:
    at = jury_at_work(until="mark")
    mark_all(at, "ben", "riverbend", "4")
    mark_all(at, "ana", "riverbend")
    assert "What others gave" not in whole_text(judging(at))
    move_on(COMPUTER, at.id, "", 4, "discuss")
    app = open_page(
        "round_mark",
        folds=(f"others.{at.dossiers['riverbend']}.plan", f"marks.{at.dossiers['riverbend']}.plan"),
        lang="en",
        round=at.id,
        seat=at.seats["ana"],
        show="judge",
        cand=at.dossiers["riverbend"],
        crit="plan",
    )
    text = whole_text(app)
    assert "What others gave" in text
    assert "Another juror (1)" in text
    assert "Ben" not in [str(cell) for one in app.get("table") for cell in one.value.to_numpy().ravel()]


def test_what_is_found_of_evidence_is_kept_with_its_page(at: AtWork) -> None:
    app = page(at, "ana", show="evidence", cand=at.dossiers["riverbend"], speaks="access")
    assert "0 of 14 answers looked at" in whole_text(app)
    verdict = next(one for one in app.selectbox if one.key.startswith("verdict.") and ".4.1.1." in one.key)
    place = verdict.key.removeprefix("verdict.")
    verdict.select("supported").run()
    app.button(key=f"keep.{place}").click().run()
    assert "Say on which page it stands" in whole_text(app)
    app.text_input(key=f"where.{place}").set_value("page 27").run()
    app.button(key=f"keep.{place}").click().run()
    assert "1 of 14 answers looked at · Supported 1" in whole_text(app)


def test_what_is_not_scored_is_worth_no_points(at: AtWork) -> None:
    text = whole_text(page(at, "office", show="evidence", cand=at.dossiers["riverbend"]))
    assert " points" in text
    assert "– points" not in text


@pytest.mark.parametrize("show", ["list", "judge", "ladder", "evidence", "offline"])
def test_all_of_it_in_chinese(show: str, data_folder: Path) -> None:
    at = jury_at_work(language="zh")
    mark_all(at, "ana", "riverbend")
    app = page(at, "ana", lang="zh", show=show, cand=at.dossiers["riverbend"], crit="access")
    assert english_phrases(app, allowed=("Round of the tests",)) == []


def test_whoever_marks_nothing_sees_the_evidence_alone(at: AtWork) -> None:
    app = page(at, "office")
    text = whole_text(app)
    assert "Marks are given by jurors, the chair and the substitute." in text
    assert "Strength of the evidence" in text
    assert "My ladder" not in text
