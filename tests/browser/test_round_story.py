"""A whole award round as its people live it, each in a browser of her own: from the first candidate to the feedback.

Four jurors mark, two of them in conflict with a city each: one says so, the other is found by a second person. So is
the chair, for whom the substitute acts there. What is clicked by nobody here is done beside the browsers, in the same
store.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from actions import house
from store.verify import verify
from tests.browser.round_before import (
    a_second_person_looks,
    assigns,
    begins,
    comes_to_marking,
    declares,
    seats_the_jury,
    settles_who_may_be_a_candidate,
)
from tests.browser.round_cast import SERA
from tests.browser.round_deciding import (
    closes,
    in_conflict_nothing_is_seen,
    meets,
    publishes,
    takes_away,
)
from tests.browser.round_judging import (
    discusses,
    marks_in_the_browser,
    marks_the_rest,
    reads_results,
)
from tests.browser.round_town import town
from tests.conftest import SOAK

pytestmark = pytest.mark.browser


# Minutes of several browsers: the long form begins on the pages, on each database; the short one with the first mark.
@pytest.mark.parametrize("database", ["sqlite", "postgresql"] if SOAK else ["sqlite"])
def test_a_round_from_the_first_candidate_to_the_feedback(
    database: str, browser: Browser, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    settings = {}
    if database == "postgresql":
        server = request.getfixturevalue("postgres_server")
        settings["DATABASE_URL"] = server.url(server.new_database())
    with town(browser, tmp_path, settings) as of:
        office = of.tab(SERA)
        if SOAK:
            begins(of, office)
            settles_who_may_be_a_candidate(of, office)
            seats_the_jury(of, office)
            declares(of)
            a_second_person_looks(of)
            assigns(of, office)
        else:
            comes_to_marking(of)
        marks_in_the_browser(of)
        marks_the_rest(of)
        discusses(of, office)
        reads_results(of)
        meets(of, office)
        in_conflict_nothing_is_seen(of)
        takes_away(of, tmp_path)
        closes(of)
        publishes(of)
        assert verify(house.store()).whole
