"""Whom the award goes to, on the pages of readers and jury, in both languages; and not before it is published."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from actions.access import COMPUTER
from actions.round_decisions import AWARD, decide, decide_rest
from actions.round_setup import move_on
from tests.actions.meeting_at_hand import AtHand, at_hand
from tests.actions.test_round_outcome import BRITAIN, READERS
from tests.pages.reading import ROOT, english_phrases, open_page, whole_text
from views import identity

PAGES = ("round_home", "round_results")
REASON = "A plan that is lived."


def ended(phases: int) -> AtHand:
    """A round with one winner, brought so many phases past its meeting."""
    made = at_hand()
    decide(COMPUTER, made.id, "", made.city["Aberton"], 0, AWARD, REASON)
    decide_rest(COMPUTER, made.id, "", "Below the line.")
    for base, phase in enumerate(("closed", "published")[:phases], start=5):
        move_on(COMPUTER, made.id, "", base, phase)
    return made


def read_by(reader: str, page: str, language: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """A page as one of the readers sees it where people sign in."""
    monkeypatch.setattr(identity, "actor", lambda: READERS[reader])
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["lang"] = language
    app.run()
    app.switch_page(f"views/{page}.py").run()
    assert not app.exception
    return app


@pytest.mark.parametrize("page", PAGES)
def test_readers_find_the_winner_with_the_reason_and_nobody_elses(
    page: str, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended(2)
    for reader in ("the city that won", "a city that did not", "nobody in particular"):
        text = whole_text(read_by(reader, page, "en", monkeypatch))
        assert "Whom the award goes to" in text
        assert "goes to Aberton." in text
        assert REASON in text
        assert "Below the line." not in text
        assert "There is no mark yet that you can see" not in text
    chinese = read_by("nobody in particular", page, "zh", monkeypatch)
    assert "授予Aberton。" in whole_text(chinese)
    assert english_phrases(chinese, allowed=("Round at hand", REASON.rstrip("."), BRITAIN)) == []


@pytest.mark.parametrize("page", PAGES)
def test_before_it_is_published_nobody_finds_it(
    page: str, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ended(1)
    for who in ("Juror Blum", "Chair Cho"):
        text = whole_text(open_page(page, lang="en", round=made.id, seat=made.seat[who]))
        assert "Whom the award goes to" not in text
    for reader in ("the city that won", "nobody in particular"):
        text = whole_text(read_by(reader, page, "en", monkeypatch))
        assert "Aberton" not in text
        assert REASON not in text


@pytest.mark.parametrize("page", PAGES)
def test_the_jury_finds_it_on_the_same_pages_above_its_own_work(page: str, data_folder: Path) -> None:
    made = ended(2)
    text = whole_text(open_page(page, lang="en", round=made.id, seat=made.seat["Juror Blum"]))
    assert "goes to Aberton." in text
    assert REASON in text
    assert "In short." in text
