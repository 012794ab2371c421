"""A city's room: opening it with years of history behind it, and seeing the new score after an answer is saved."""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.bench.row import Row
from tests.bench.visitor import ROOT, Visitor, cpu_seconds, serving
from tests.conftest import BROWSER_FLAGS, find_program

YEARS = 5
RERUNS = 40
SAVES = 12
PATIENCE = 120_000
# The page's own clock: from the key that leaves the box to the new figure on the screen.
_WATCH = """() => {
  const figure = () => document.querySelector('[data-testid="stMetricValue"]').innerText;
  const before = figure();
  window.left = window.seen = 0;
  document.addEventListener('keydown', event => {
    if (event.key === 'Tab' && !window.left) window.left = performance.now();
  }, {capture: true, once: true});
  const watcher = new MutationObserver(() => {
    if (!window.seen && document.querySelector('[data-testid="stMetricValue"]') && figure() !== before) {
      window.seen = performance.now();
      watcher.disconnect();
    }
  });
  watcher.observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


def rows() -> list[Row]:
    """All figures of this file; takes about a minute."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        os.environ["SCORECARD_DATA"] = folder
        first, fifth = _years(1)[-1], _years(YEARS)[-1]
        return [*_opening(place, first, fifth), *_saving(place, first)]


def _said() -> Mapping[str, Mapping[str, str]]:
    """What an invented city says in every field."""
    from actions import house
    from indicators.typed import fields_of
    from sample_data.make import city_ids
    from sample_data.tables import reading

    framework = house.framework()
    return fields_of(reading(city_ids()[0], framework, house.declaration(), "en"), framework)


def _years(count: int) -> list[str]:
    """A new city's assessments, one a year, each filled in by hand and corrected once."""
    from actions.access import COMPUTER
    from actions.record import say
    from actions.rooms import begin_assessment, new_room_city

    city, made = new_room_city(COMPUTER, f"Town of {count}", "KOR"), [""]
    for year in range(2026 - count, 2026):
        made.append(begin_assessment(COMPUTER, city, year, made[-1]))
        for field, said in _said().items():
            say(COMPUTER, made[-1], field, {**said, "remark": "first"} if ":" not in field else said, 0)
            if ":" not in field:
                say(COMPUTER, made[-1], field, said, 1)
    return made[1:]


def _opening(place: Path, first: str, fifth: str) -> list[Row]:
    """What it costs the server to draw the pages of a room, in its first year and in its fifth."""
    found = []
    for page in ("city_room", "city_record"):
        with serving(ROOT / "app.py", place) as (port, pid, _):
            times = {one: _cpu(port, pid, page, one) for one in (first, fifth)}
        name = f"opening {page} after {YEARS} years, CPU"
        found.append(Row(name, times[fifth], "ms", times[first], 1.5, note="against the first year's"))
    return found


def _cpu(port: int, pid: int, page: str, room: str) -> float:
    visitor, query = Visitor(port), f"room={room}&area=2&lang=en"
    for _ in range(5):
        visitor.run(query, page)
    before = cpu_seconds(pid)
    for _ in range(RERUNS):
        visitor.run(query, page)
    visitor.close()
    return (cpu_seconds(pid) - before) / RERUNS * 1000


def _saving(place: Path, room: str) -> list[Row]:
    """From leaving a box to the new score on the screen, in a real browser."""
    program = find_program("browser")
    if program is None:
        return []
    with serving(ROOT / "app.py", place) as (port, _, _), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(BROWSER_FLAGS))
        page = browser.new_page(locale="en-GB")
        page.goto(f"http://127.0.0.1:{port}/city_record?lang=en&room={room}&area=2")
        seconds = [_one(page, 5 + number) for number in range(SAVES)]
        browser.close()
    median, most = statistics.median(seconds[2:]), max(seconds[2:])
    return [
        Row(
            "saving an answer to seeing the new score, browser",
            median,
            "s",
            most=0.3,
            note=f"at most {most:.2f} s",
        )
    ]


def _one(page: Page, value: int) -> float:
    box = page.get_by_role("textbox", name="Value (%)").nth(1)
    expect(box).to_be_enabled(timeout=PATIENCE)
    box.fill(f"{value},5", timeout=PATIENCE)
    page.evaluate(_WATCH)
    box.press("Tab")
    page.wait_for_function("window.seen > 0", timeout=PATIENCE)
    seconds: float = page.evaluate("(window.seen - window.left) / 1000")
    page.wait_for_timeout(300)
    return seconds
