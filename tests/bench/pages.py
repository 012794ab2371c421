"""Pages as a visitor's computer sees them: reruns, first page, memory, upload to result."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sample_data.make import build, city_ids, file_name
from tests.bench.row import Row
from tests.bench.visitor import ROOT, Visitor, cpu_seconds, memory_bytes, serving

RERUNS = 60
# Enough open pages that one visitor's share stands out from what the allocator keeps anyway.
WARM_VISITORS = 30
VISITORS = 120
STARTS = 3
EMPTY_PAGE = "import streamlit as st\nst.title('x')\n"
EMPTY_CHART = (
    "import altair as alt\nimport pandas as pd\nimport streamlit as st\n"
    "st.altair_chart(alt.Chart(pd.DataFrame({'x': [], 'y': []})).mark_point().encode(x='x', y='y'))\n"
)


def rows() -> list[Row]:
    """All figures of this file; takes about a minute."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        city, candidates = _keep_cities(place)
        return [
            *_reruns(place, city, candidates),
            *_first_page(place, city),
            *_memory(place, city),
            *_upload(place),
        ]


def _keep_cities(place: Path) -> tuple[str, str]:
    """The id of one kept city, and of a set of all eight invented ones."""
    os.environ["SCORECARD_DATA"] = str(place)
    from actions.access import COMPUTER
    from actions.candidates import extended  # the store's place is read when it is first opened
    from actions.samples import open_sample

    kept = [open_sample(COMPUTER, city, "en").upload_id for city in city_ids()]
    return kept[2], extended(COMPUTER, (), kept)


def _script(place: Path, text: str) -> Path:
    script = place / f"bare{abs(hash(text))}.py"
    script.write_text(text)
    return script


def _cpu_of_rerun(script: Path, place: Path, query: str, page: str) -> float:
    with serving(script, place) as (port, pid, _):
        visitor = Visitor(port)
        for _ in range(5):
            visitor.run(query, page)
        before = cpu_seconds(pid)
        for _ in range(RERUNS):
            visitor.run(query, page)
        used = cpu_seconds(pid) - before
        visitor.close()
    return used / RERUNS * 1000


def _reruns(place: Path, city: str, candidates: str) -> list[Row]:
    bare = _cpu_of_rerun(_script(place, EMPTY_PAGE), place, "", "")
    found = []
    for page, query in (
        ("city_overview", f"city={city}"),
        ("city_areas", f"city={city}"),
        ("city_themes", f"city={city}"),
        ("city_compare", f"city={city}"),
        ("city_upload", f"city={city}"),
        ("city_why", f"city={city}&set={candidates}"),
        ("city_next", f"city={city}&set={candidates}"),
        ("jury_candidates", f"set={candidates}"),
        ("how_sure", f"set={candidates}"),
    ):
        ours = _cpu_of_rerun(ROOT / "app.py", place, f"{query}&lang=en", page)
        judged = 3.0 if page == "city_overview" else None
        found.append(Row(f"rerun of {page}, CPU", ours, "ms", bare, judged, 25.0))
    return found


def _first_page(place: Path, city: str) -> list[Row]:
    def finished(script: Path, query: str, page: str) -> float:
        times = []
        for _ in range(STARTS):
            with serving(script, place) as (port, _, started):
                visitor = Visitor(port)
                visitor.run(query, page)
                times.append(time.perf_counter() - started)
                visitor.close()
        return min(times)

    bare = finished(_script(place, EMPTY_CHART), "", "")
    ours = finished(ROOT / "app.py", f"city={city}&lang=en", "city_overview")
    return [Row("start to first finished page", ours, "s", bare, 1.3)]


def _memory(place: Path, city: str) -> list[Row]:
    with serving(ROOT / "app.py", place) as (port, pid, _):
        first = [Visitor(port) for _ in range(WARM_VISITORS)]
        for visitor in first:
            visitor.run(f"city={city}&lang=en", "city_overview")
        before = memory_bytes(pid)
        visitors = [Visitor(port) for _ in range(VISITORS)]
        for visitor in visitors:
            visitor.run(f"city={city}&lang=en", "city_overview")
        each = (memory_bytes(pid) - before) / VISITORS / 2**20
        for visitor in (*first, *visitors):
            visitor.close()
    return [Row("memory of an idle visitor", each, "MB", most=1.0)]


def _upload(place: Path) -> list[Row]:
    """From dropping a filled workbook to its check on the screen, in a real browser where there is one."""
    from playwright.sync_api import sync_playwright

    from tests.conftest import BROWSER_FLAGS, find_program

    program = find_program("browser")
    if program is None:
        return []
    times = []
    with serving(ROOT / "app.py", place) as (port, _, _), sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=program, args=list(BROWSER_FLAGS))
        for city in ("yunlan", "lindenhavn", "kijani_mpya", "wattlemere"):
            page = opened.new_page(locale="en-GB")
            page.goto(f"http://127.0.0.1:{port}/city_upload?lang=en")
            chooser = page.locator("input[type=file]")
            chooser.wait_for(state="attached")
            page.wait_for_timeout(1000)
            file = {"name": file_name(city, "en"), "mimeType": "application/zip", "buffer": build(city, "en")}
            times.append(
                _timed(partial(chooser.set_input_files, file), page.get_by_text("Read in full").wait_for)
            )
            page.close()
        opened.close()
    return [Row("upload to result in the browser (median)", statistics.median(times[1:]), "s", most=1.0)]


def _timed(act: Callable[[], object], wait: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    wait()
    return time.perf_counter() - start
