"""The form of a record, run for real: keeping, reading, clashes, reasons, and the workbook beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget

from actions.access import COMPUTER
from actions.queries import ask_at
from actions.record import record
from actions.record_copy import filled_in
from actions.record_history import versions_said
from actions.record_merge import bring
from actions.rooms import begin_assessment, room
from actions.states import Spoken, act
from tests.actions.record_at_hand import JOBLESS, PROFILE, new_room, own_computer, tell, typed_into
from tests.pages.reading import english_phrases, open_page, unfold, whole_text

FIELD = "2.2.1"


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        own_computer(tmp_path_factory.mktemp("record_page"), patch)
        yield


def opened(id: str, part: str = "2", lang: str = "en", **more: str) -> AppTest:
    """The form at one part."""
    return open_page("city_record", room=id, area=part, lang=lang, **more)


def box(app: AppTest, column: str, field: str = FIELD, kind: str = "text_input") -> Widget:
    """The box of one column."""
    return next(one for one in app.get(kind) if f".{field}.{column}." in str(one.key or ""))  # type: ignore[return-value, attr-defined]


def said(id: str, field: str = FIELD) -> dict[str, str]:
    return dict(record(COMPUTER, id).said(field))


def test_what_is_typed_is_kept_and_read_at_once_and_the_score_is_new() -> None:
    id = new_room()
    app = opened(id)
    before = [one.value for one in app.metric]
    box(app, "value").set_value("4,9").run()
    assert said(id) == {"value": "4,9"}
    assert "read as 4.9%" in whole_text(app)
    assert any("Reference year" in str(one.value) or "year" in str(one.value) for one in app.warning)
    assert [one.value for one in app.metric] != before
    assert any("saved " in one.value and "Assured score" in one.value for one in app.caption)
    box(app, "year").set_value("2024").run()
    box(app, "grade", kind="selectbox").set_value("survey").run()
    box(app, "remark", kind="text_area").set_value("two\nlines").run()
    assert said(id) == {"value": "4,9", "year": "2024", "grade": "survey", "remark": "two\nlines"}
    assert record(COMPUTER, id).version(FIELD) == 4
    # Another visit sees it.
    assert box(opened(id), "value").value == "4,9"


def test_a_proposal_is_written_with_a_click() -> None:
    id = new_room()
    app = opened(id)
    box(app, "value").set_value("0.45").run()
    take = next(one for one in app.button if one.label == "Write 45 there")
    take.click().run()
    assert said(id) == {"value": "45"}
    assert box(app, "value").value == "45"


def test_the_slower_one_keeps_her_boxes_and_chooses() -> None:
    id = new_room({**PROFILE, FIELD: JOBLESS})
    app = opened(id)
    tell(id, FIELD, {**JOBLESS, "value": "6"})
    box(app, "value").set_value("5,2").run()
    assert said(id)["value"] == "6"
    assert box(app, "value").value == "5,2"
    assert "Both are kept" in whole_text(app)
    # She writes on in another box: one clash, with all that she wrote.
    box(app, "year").set_value("2023").run()
    assert [one.label for one in app.button].count("Let this one count") == 1
    # A reload loses nothing.
    again = opened(id)
    assert "Both are kept" in whole_text(again)
    next(one for one in again.button if one.label == "Let this one count").click().run()
    assert (said(id)["value"], said(id)["year"]) == ("5,2", "2023")
    assert box(again, "value").value == "5,2"
    app.run()
    assert box(app, "value").value == "5,2"
    assert "Both are kept" not in whole_text(app)


def test_no_box_changes_under_its_readers_hands() -> None:
    id = new_room({**PROFILE, FIELD: JOBLESS})
    app = opened(id)
    tell(id, FIELD, {**JOBLESS, "value": "6"})
    box(app, "value", "2.1.1").set_value("62400").run()
    assert box(app, "value").value == "4,9"
    assert "Written in another window meanwhile" in whole_text(app)
    next(one for one in app.button if one.label == "Show what stands there now").click().run()
    assert box(app, "value").value == "6"


def test_a_reason_is_asked_for_and_kept_with_the_change() -> None:
    id = new_room({**PROFILE, FIELD: JOBLESS})
    app = opened(id)
    box(app, "value").set_value("5,2").run()
    reason = next(one for one in app.text_input if one.label.startswith("Why was it changed?"))
    reason.set_value("the yearbook was corrected").run()
    assert record(COMPUTER, id).entries[FIELD].why == "the yearbook was corrected"
    assert "Why it was changed: the yearbook was corrected" in whole_text(app).replace("**", "")
    box(app, "value").set_value("5,3").run()
    assert [one.get("value") for one in versions_said(COMPUTER, id, FIELD)] == [
        None,
        "4,9",
        "5,2",
        "5,2",
        "5,3",
    ]


def test_what_another_part_held_is_kept_when_its_reader_comes_back() -> None:
    id = new_room()
    app = opened(id)
    box(app, "value").set_value("4,9").run()
    part = next(one for one in app.selectbox if one.label == "Part")
    part.set_value("profile").run()
    box(app, "entry", "profile:population").set_value("12.3万").run()
    assert said(id, "profile:population") == {"entry": "12.3万"}
    next(one for one in app.selectbox if one.label == "Part").set_value("2").run()
    assert box(app, "value").value == "4,9"


def test_last_year_stands_beside_and_history_is_told() -> None:
    first = new_room({**PROFILE, FIELD: JOBLESS})
    second = begin_assessment(COMPUTER, room(COMPUTER, first).city.id, 2026, first)
    tell(second, FIELD, {"value": "5"})
    app = open_page("city_record", (f"history.{second}.{FIELD}",), room=second, area="2", lang="en")
    text = whole_text(app)
    assert "Last time: 4.9 · 2024" in text.replace("**", "")
    assert "Value: – → 5" in text


def test_evidence_that_was_given_is_in_view_at_once_and_the_place_for_more_is_open() -> None:
    id = new_room({FIELD: JOBLESS})
    app = opened(id)
    unfold(app, "Evidence", f"evidence.{id}.{FIELD}")
    unfold(app, "Add evidence", f"give_{id}_{FIELD}")
    for pointer, labels in (
        ("page 12", ["Evidence · 1 piece"]),
        ("table 3", ["Evidence · 2 pieces"]),
    ):
        link, place = (
            next(one for one in app.text_input if one.label == label)
            for label in ("Web address", "Where in it to look")
        )
        link.set_value("https://example.org/labour.pdf")
        place.set_value(pointer)
        next(one for one in app.button if one.label == "Add it").click().run()
        assert f"Where to look: {pointer}" in whole_text(app)
        assert [one.label for one in app.expander if one.label.startswith("Evidence · ")] == labels
    assert [one.value for one in app.text_input if one.label == "Web address"] == [""]


def test_a_question_stands_at_its_answer_until_it_is_settled() -> None:
    id = new_room({**PROFILE, FIELD: JOBLESS})
    adopted = dict.fromkeys(("beijing_declaration", "key_features"), "2024-01-15")
    signed = Spoken("", "Kim Ara", "Mayor", adopted, record(COMPUTER, id).sha256)
    for version, (step, spoken) in enumerate(
        (("check", Spoken()), ("sign_off", signed), ("hand_in", Spoken()))
    ):
        act(COMPUTER, id, step, version, "en", spoken)
    ask_at(COMPUTER, id, FIELD, "Which survey?")
    app = opened(id)
    next(one for one in app.text_area if one.label == "Reply for the city").set_value("The second one.")
    next(one for one in app.button if one.label == "Send the reply").click().run()
    text = whole_text(app)
    assert "The second one." in text
    assert "answered: waits for the reviewer" in text
    assert "This assessment is handed in, so nothing in it can be changed." in text
    assert "What you type is kept" not in text
    next(one for one in app.button if one.label == "Settle it").click().run()
    assert "The second one." not in whole_text(app)
    assert "Questions" in [one.label for one in app.expander]


def test_a_workbook_stands_beside_the_record_and_is_taken_over() -> None:
    id = new_room({**PROFILE, FIELD: JOBLESS})
    data = typed_into(filled_in(COMPUTER, id, "en"), {(FIELD, "Value"): 5.2, ("2.1.1", "Value"): 62400})
    made, _ = bring(COMPUTER, id, "back.xlsx", data, "en")
    app = opened(id, merge=made)
    assert "Changed in the workbook alone" in whole_text(app)
    next(one for one in app.button if one.label == "Take all 2 fields over").click().run()
    assert (said(id)["value"], said(id, "2.1.1")["value"]) == ("5.2", "62400")
    assert "2 fields were taken over." in whole_text(app)
    assert box(app, "value").value == "4,9"
    assert "Show what stands there now" in [one.label for one in app.button]


@pytest.mark.parametrize("part", ["profile", "2", "ratings"])
def test_no_english_sentence_is_left_on_the_chinese_form(part: str) -> None:
    id = new_room({**PROFILE, FIELD: {"value": "0.45"}, "profile:population": {"entry": "12.3万"}})
    assert english_phrases(opened(id, part, "zh")) == []


@pytest.mark.parametrize("address", [{"room": "A" * 22}, {"room": "../etc"}, {}])
def test_an_unknown_room_leads_to_one_that_is_there(address: dict[str, str], tmp_path: Path) -> None:
    new_room()
    app = open_page("city_record", lang="en", **address)
    assert app.title[0].value == "Answers"


def test_while_the_store_fails_what_was_typed_stands_in_its_box_and_is_kept_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    id = new_room({**PROFILE, FIELD: JOBLESS})
    app = opened(id)
    with monkeypatch.context() as patch:
        # A server that nobody answers at.
        patch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
        box(app, "value").set_value("7,7").run()
        assert box(app, "value").value == "7,7"
        assert app.error
    next(one for one in app.button if one.label == "Try again to save this").click().run()
    assert said(id)["value"] == "7,7"
    assert not app.error
