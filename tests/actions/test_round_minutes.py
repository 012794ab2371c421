"""Minutes of a jury: what stands in them for whom, as Word and PDF in both languages, and the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx import Document

from actions import house
from actions.access import COMPUTER, NotAllowedError
from actions.round_agenda import keep_order, proposed_order
from actions.round_ballots import YES, cast, close_ballot, open_ballot
from actions.round_decisions import AWARD, decide, decide_rest, dissent
from actions.round_feedback import keep_feedback
from actions.round_minutes import minutes, minutes_pdf, minutes_word
from actions.round_questions import ask
from actions.round_setup import move_on
from reports.paper import Grid, Heading, Line, Paper, Points
from store.engine import Store
from tests.actions.meeting_at_hand import AtHand, at_hand


@pytest.fixture
def closed(installation: Store) -> AtHand:
    """A round that is decided and closed."""
    here = at_hand()
    made = open_ballot(COMPUTER, here.id, "", [here.city["Aberton"]])
    for who in ("Chair Cho", "Juror Blum"):
        cast(COMPUTER, here.id, "", made, YES, voter=here.seat[who])
    close_ballot(COMPUTER, here.id, "", made, 1)
    decide(COMPUTER, here.id, here.seat["Chair Cho"], here.city["Aberton"], 0, AWARD, "Clearly ahead.")
    decide(
        COMPUTER, here.id, here.seat["Sub Stone"], here.city["Bellavista"], 0, AWARD, "A region of its own."
    )
    decide_rest(COMPUTER, here.id, "", "Below the line.")
    dissent(COMPUTER, here.id, here.seat["Juror Cruz"], here.city["Castel"], 0, "Castel gave more to others.")
    ask(COMPUTER, here.id, here.seat["Juror Blum"], here.city["Bellavista"], "Since which year?")
    move_on(COMPUTER, here.id, here.seat["Sub Stone"], 5, "closed")
    return here


def part(paper: Paper, heading: str) -> list[object]:
    """The blocks below a heading of level 1."""
    found: list[object] = []
    within = False
    for one in paper.blocks:
        if isinstance(one, Heading) and one.level == 1:
            within = one.text == heading
        elif within:
            found.append(one)
    return found


def grid(paper: Paper, heading: str) -> Grid:
    return next(one for one in part(paper, heading) if isinstance(one, Grid))


def text(paper: Paper) -> str:
    """Everything that a paper says."""
    said = [paper.title, paper.subtitle, paper.foot]
    for one in paper.blocks:
        match one:
            case Heading(text=its) | Line(text=its):
                said.append(its)
            case Points(lines=lines):
                said += lines
            case Grid():
                said += [cell for row in (one.columns, *one.rows) for cell in row]
    return "\n".join(said)


def test_what_stands_in_them(closed: AtHand) -> None:
    paper = minutes(COMPUTER, closed.id, "", "en")
    assert [row[0::2] for row in grid(paper, "Decisions").rows] == [
        ("Aberton", "Receives the award"),
        ("Bellavista", "Receives the award"),
        ("Castel", "No award this time"),
        ("Dunmere", "No award this time"),
    ]
    assert grid(paper, "Votes").rows == (
        (
            "Does Aberton receive the award?",
            "Carried: For 2, Against 0, Abstains 0.",
            "Chair Cho: For; Sub Stone: Did not vote; Juror Ames: Did not vote; Juror Blum: For; "
            "Juror Cruz: Did not vote",
        ),
    )
    assert part(paper, "Dissent") == [Points(("Juror Cruz on Castel: Castel gave more to others.",))]
    assert grid(paper, "Recusals").rows == (
        ("Bellavista", "Chair Cho; Juror Ames"),
        ("Dunmere", "Juror Ames"),
    )
    # By hand: (4 + 4 + 5 + 3) / 4 = 4; (2 + 3 + 4) / 3 = 3; 3; 2. Two cities share the second rank.
    assert [row[:3] for row in grid(paper, "Ranking by the marks").rows] == [
        ("1", "Aberton", "4.00"),
        ("2", "Bellavista", "3.00"),
        ("2", "Castel", "3.00"),
        ("4", "Dunmere", "2.00"),
    ]
    said = text(paper)
    assert f"Log at {house.store().head()}." in said
    assert closed.seen().round.rules_sha256 in said
    assert "Draft:" not in said
    assert "Then the jury votes" in said


def test_who_has_a_conflict_reads_them_without_her_cities_and_the_log(closed: AtHand) -> None:
    chair = minutes(COMPUTER, closed.id, closed.seat["Chair Cho"], "en")
    said = text(chair)
    assert "Bellavista" not in said
    assert "A region of its own." not in said
    assert "Since which year?" not in said
    assert "Log at" not in said
    assert [row[0] for row in grid(chair, "Ranking by the marks").rows] == ["1", "2", "3"]
    # What else is done here moves the log on, and changes no byte of hers.
    before = minutes_pdf(COMPUTER, closed.id, closed.seat["Chair Cho"], "en")
    keep_feedback(COMPUTER, closed.id, "", closed.city["Bellavista"], 0, "Well done.", release=True)
    assert minutes_pdf(COMPUTER, closed.id, closed.seat["Chair Cho"], "en") == before


def test_a_juror_reads_who_was_recused_once_the_order_was_kept(closed: AtHand) -> None:
    blum = closed.seat["Juror Blum"]
    unknown = [Line("Who was recused is told by chair and secretariat.")]
    assert part(minutes(COMPUTER, closed.id, blum, "en"), "Recusals") == unknown
    made = at_hand()
    keep_order(COMPUTER, made.id, "", proposed_order(made.seen()), {})
    paper = minutes(COMPUTER, made.id, made.seat["Juror Blum"], "en")
    assert grid(paper, "Recusals").rows == (
        ("Bellavista", "Chair Cho; Juror Ames"),
        ("Dunmere", "Juror Ames"),
    )


def test_before_the_meeting_jurors_have_no_minutes_and_the_office_a_draft(installation: Store) -> None:
    here = at_hand("discuss")
    with pytest.raises(NotAllowedError):
        minutes(COMPUTER, here.id, here.seat["Juror Blum"], "en")
    assert "Draft:" in text(minutes(COMPUTER, here.id, "", "en"))


def test_the_same_round_is_the_same_file_in_either_language(closed: AtHand) -> None:
    for language, title in (("en", "Minutes of the jury"), ("zh", "评审团会议纪要")):
        printed = minutes_pdf(COMPUTER, closed.id, "", language)
        assert printed == minutes_pdf(COMPUTER, closed.id, "", language)
        assert printed.startswith(b"%PDF-1.7")
        # Tagged, with its title shown, and with nothing of the machine that it was made on.
        assert b"/MarkInfo" in printed
        assert not re.search(rb"/(home|tmp|usr|work|root)/", printed)
        written = minutes_word(COMPUTER, closed.id, "", language)
        assert written == minutes_word(COMPUTER, closed.id, "", language)
        document = Document(io.BytesIO(written))
        assert document.paragraphs[0].text == title
        assert document.core_properties.title == title
        assert len(document.tables) == 7
        assert document.tables[1].rows[1].cells[0].text == "Aberton"


def test_a_word_file_bears_no_day_of_its_parts_and_no_path(closed: AtHand) -> None:
    with zipfile.ZipFile(io.BytesIO(minutes_word(COMPUTER, closed.id, "", "zh"))) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any(b"site-packages" in archive.read(one) for one in archive.infolist())
