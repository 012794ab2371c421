"""What all tests share: the programs found on this machine, the running application, and what could not run.

Tests marked `browser` need Chrome or Chromium, tests marked `office` need LibreOffice, those marked `nginx` nginx.
Where one is missing its tests are left out and the last lines of the run say so and how to get it; with
SCORECARD_REQUIRE_ALL=1 a missing program fails the run instead. SCORECARD_SOAK=1 runs property tests in their
long form.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import socket
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.components.v2 import manifest_scanner

import indicators  # noqa: F401 - says which parser openpyxl takes, before a test imports that
from tests.forked import Forked, fork
from tests.postgres import PostgresServer
from tests.prepared import prepare

ROOT = Path(__file__).resolve().parents[1]
REQUIRE_ALL = os.environ.get("SCORECARD_REQUIRE_ALL") == "1"
SOAK = os.environ.get("SCORECARD_SOAK") == "1"

# Mark -> (names of the program, places outside the search path, how to get it).
PROGRAMS = {
    "browser": (
        (
            "chromium-headless-shell",
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "chrome",
        ),
        (
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
        ),
        "install Chromium or Chrome (Debian: apt-get install chromium-headless-shell; macOS: the Chrome installer)",
    ),
    "office": (
        ("soffice", "libreoffice"),
        ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
        "install LibreOffice Calc (Debian, Ubuntu: apt-get install libreoffice-calc-nogui; macOS: its installer)",
    ),
    "nginx": (
        ("nginx",),
        ("/usr/sbin/nginx",),
        "install nginx (Debian, Ubuntu: apt-get install nginx-light; macOS: brew install nginx)",
    ),
}
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

hypothesis.settings.register_profile("short", max_examples=25, deadline=None)
hypothesis.settings.register_profile("soak", max_examples=5000, deadline=None)
hypothesis.settings.load_profile("soak" if SOAK else "short")

# Every page under test looks through all installed packages for components, which takes longer than the page itself;
# they are the same for the whole run.
manifest_scanner.scan_component_manifests = functools.cache(manifest_scanner.scan_component_manifests)

# Where the tests' folders stand in memory: every write of a store waits for the disk, which takes most of a run's
# time. The long form stays on the disk, whose ways it is there to try.
MEMORY, ROOM = Path("/dev/shm"), 2**31

_left_out: dict[str, int] = {}


def pytest_configure(config: pytest.Config) -> None:
    """Put the tests' folders into memory where the machine has such a place with room."""
    if SOAK or config.option.basetemp or not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        return
    folder = tempfile.mkdtemp(prefix="scorecard-tests-", dir=MEMORY)
    config.option.basetemp = folder
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def find_program(mark: str) -> str | None:
    """Where the program behind a mark is, None if it is not on this machine."""
    names, places, _ = PROGRAMS[mark]
    found = [path for name in names if (path := shutil.which(name))]
    return (found + [place for place in places if Path(place).exists()] + [None])[0]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot run, or fail at once where everything is required."""
    missing = [mark for mark in PROGRAMS if find_program(mark) is None]
    needed = [mark for mark in missing if any(item.get_closest_marker(mark) for item in items)]
    if needed and REQUIRE_ALL:
        raise pytest.UsageError(
            "everything is required, but missing: "
            + "; ".join(f"{mark} tests: {PROGRAMS[mark][2]}" for mark in needed)
        )
    kept, left = [], []
    for item in items:
        marks = [mark for mark in needed if item.get_closest_marker(mark)]
        (left if marks else kept).append(item)
        for mark in marks:
            _left_out[mark] = _left_out.get(mark, 0) + 1
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say last what was not run, and how to get it."""
    for mark, count in _left_out.items():
        terminalreporter.write_line(f"NOT RUN: {count} {mark} tests. To run them: {PROGRAMS[mark][2]}.")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser that tests drive."""
    found = find_program("browser")
    assert found is not None
    return found


@pytest.fixture(scope="session")
def soffice_path() -> str:
    """LibreOffice's program without windows."""
    found = find_program("office")
    assert found is not None
    return found


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class RunningApp:
    """The real application on a port of its own, with its data in a folder of its own."""

    data: Path
    port: int = field(default_factory=free_port)
    process: Forked | None = None

    @property
    def url(self) -> str:
        """The address of the start page, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start and wait until it answers."""
        self.process = fork(
            ["-m", "streamlit", "run", "app.py", "--server.port", str(self.port)],
            ROOT,
            {**os.environ, "SCORECARD_DATA": str(self.data)},
        )
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2).read()
                return
            time.sleep(0.1)
        raise RuntimeError("the application did not start")

    def stop(self) -> None:
        """Stop it as an operator would."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)

    def restart(self) -> None:
        """Stop and start again on the same port and data."""
        self.stop()
        self.start()


@pytest.fixture(scope="session")
def running_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """The real application, started once for all browser tests."""
    app = RunningApp(tmp_path_factory.mktemp("data"))
    app.start()
    yield app
    app.stop()


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One headless browser for all tests; each test opens pages of its own."""
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium_path, args=list(BROWSER_FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page of 1280 x 900 in a context of its own, English."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", accept_downloads=True
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of its own for one test of actions or pages."""
    monkeypatch.setenv("SCORECARD_DATA", str(prepare(tmp_path)))
    return tmp_path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A real PostgreSQL server, started once for all tests that ask for it."""
    server = PostgresServer()
    yield server
    server.remove()
