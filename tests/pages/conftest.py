"""One store for all page tests, filled with the invented cities in both languages."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from actions.access import COMPUTER
from actions.samples import open_sample
from sample_data.make import city_ids


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, str], str]]:
    """(city, language) -> upload id."""
    before = os.environ.get("SCORECARD_DATA")
    os.environ["SCORECARD_DATA"] = str(tmp_path_factory.mktemp("pages"))
    yield {
        (city, language): open_sample(COMPUTER, city, language).upload_id
        for language in ("en", "zh")
        for city in city_ids()
    }
    if before is None:
        del os.environ["SCORECARD_DATA"]
    else:
        os.environ["SCORECARD_DATA"] = before
