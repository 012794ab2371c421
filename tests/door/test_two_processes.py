"""Two processes behind the shipped nginx file on one PostgreSQL: both used, and either may go."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from actions import accepting, invitations
from actions.access import COMPUTER
from sample_data.make import build
from tests.conftest import SOAK, free_port
from tests.door.nginx import Nginx
from tests.door.shared_app import COOKIE, PASSWORD, SharedApp, hidden
from tests.postgres import PostgresServer

pytestmark = [pytest.mark.browser, pytest.mark.nginx]

PATIENCE = 60_000
ROUNDS = 5 if SOAK else 1
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class Installation:
    """All of it."""

    nginx: Nginx
    processes: tuple[SharedApp, SharedApp]

    @property
    def address(self) -> str:
        """Where people reach it."""
        return self.nginx.address

    def client(self, token: str = "") -> httpx2.Client:
        """Somebody who asks over https, with a browser's memory for cookies."""
        return httpx2.Client(
            base_url=self.address,
            verify=False,
            headers={"Origin": self.address, "Accept": "text/html"},
            cookies={COOKIE: token} if token else {},
            timeout=30,
        )


@pytest.fixture(scope="module")
def installation(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """Two running processes, nginx, and one database."""
    port = free_port()
    settings = {
        "SCORECARD_ADDRESS": f"https://localhost:{port}",
        "DATABASE_URL": postgres_server.url(postgres_server.new_database()),
        "SCORECARD_FIRST_PERSON": "",
    }
    folder = tmp_path_factory.mktemp("two")
    processes = (SharedApp(folder, settings=settings), SharedApp(folder, settings=settings))
    nginx = Nginx(folder, (processes[0].port, processes[1].port), port)
    for one in processes:
        one.start()
    nginx.start()
    yield Installation(nginx, processes)
    nginx.stop()
    for one in processes:
        one.stop()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Opens browsers of different people, which share nothing."""
    opened: list[BrowserContext] = []

    def new() -> Page:
        context = browser.new_context(locale="en-GB", ignore_https_errors=True, accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context.new_page()

    yield new
    for context in opened:
        context.close()


def at(page: Page) -> str:
    """The process that answers a browser."""
    return next(one["value"] for one in page.context.cookies() if one["name"] == "scorecard_at")


def owner(installation: Installation, page: Page, name: str) -> str:
    """Accept the invitation to a new city; returns its id."""
    with installation.processes[0].within():
        city, link = invitations.invite_new_city(
            COMPUTER, f"{name.lower()}@example.org", name=f"City of {name}", country="CAN"
        )
    page.goto(f"{installation.address}/invitation?code={link.code}")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Accept and sign in").click()
    expect(page.get_by_text(f"Signed in as {name}").first).to_be_visible(timeout=PATIENCE)
    return city


def upload(page: Page, name: str) -> str:
    """Upload a workbook in an open page; returns the id under which it is kept."""
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": name, "mimeType": WORKBOOK, "buffer": build("yunlan", "en")}
    )
    expect(page.get_by_role("link", name=re.compile("^Open ")).first).to_be_visible(timeout=PATIENCE)
    return re.findall(r"[?&]city=([^&]+)", page.url)[0]


def test_strangers_are_spread_and_everybody_stays_where_she_is(installation: Installation) -> None:
    ports = {str(one.port) for one in installation.processes}
    seen = set()
    for _ in range(20):
        with installation.client() as client:
            client.get("/sign-in")
            first = client.cookies["scorecard_at"]
            assert all(client.get("/sign-in").status_code == 200 for _ in range(3))
            assert client.cookies["scorecard_at"] == first
            seen.add(first)
    assert seen == ports


def test_the_headers_of_the_door_come_through(installation: Installation) -> None:
    with installation.client() as client:
        answer = client.get("/sign-in")
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert all("; secure" in one.lower() for one in answer.headers.get_list("set-cookie"))
        assert client.get("/", headers={"X-Scorecard-Person": "somebody"}).status_code == 303
        assert client.get("/_stcore/metrics").status_code == 404
        assert client.get("/_stcore/agent/openapi.json").status_code == 404
        assert client.post("/sign-in", content=b"x" * 13 * 2**20).status_code == 413
        assert client.get("/sign-in", headers={"Host": "evil.example"}).status_code == 421
        assert client.get("/health").text == "ok"


def test_nothing_that_opens_a_door_stands_in_the_log(installation: Installation) -> None:
    with installation.client() as client:
        client.get("/invitation", params={"code": "a-code-that-opens"})
        client.get("/media/0123456789.csv")
        client.put("/_stcore/upload_file/a-session/a-file")
    log = installation.nginx.log
    assert "/invitation 404" in log
    for secret in ("a-code-that-opens", "0123456789", "a-session", "a-file"):
        assert secret not in log


def switched(page: Page, language: str, shown: str) -> None:
    """Press a switch in an open page, once more where a line was just being taken up again."""
    for patience in (10_000, PATIENCE):
        page.get_by_text(language, exact=True).click()
        with suppress(AssertionError):
            expect(page.get_by_text(shown).first).to_be_visible(timeout=patience)
            return
    raise AssertionError(f"{shown} is not shown")


@dataclass
class Watch:
    """Somebody who asks again and again while processes come and go."""

    installation: Installation
    token: str
    answers: list[int] = field(default_factory=list)
    _ended: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Watch:
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        with self.installation.client(self.token) as client:
            while not self._ended.wait(0.1):
                with suppress(httpx2.TimeoutException):
                    self.answers.append(client.get("/about_method").status_code)


def test_a_rolling_restart_loses_nobodys_work(
    installation: Installation, visitor: Callable[[], Page]
) -> None:
    pages: dict[str, Page] = {}
    number = 0
    # Somebody on each process.
    while len(pages) < 2:
        page = visitor()
        owner(installation, page, f"Owner{number}")
        number += 1
        if at(page) in pages:
            page.context.close()
            continue
        pages[at(page)] = page
        page.goto(f"{installation.address}/city_upload?lang=en")
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    assert set(pages) == {str(one.port) for one in installation.processes}
    mine = {page: [upload(page, "first.xlsx")] for page in pages.values()}
    with installation.processes[0].within():
        opened = accepting.accept(
            invitations.invite(COMPUTER, "juror", "watch@example.org").code, "Watch", PASSWORD, "test"
        )
    with Watch(installation, opened.token) as watch:
        for _ in range(ROUNDS):
            for process in installation.processes:
                process.stop()
                other = next(one for one in installation.processes if one is not process)
                for page in pages.values():
                    # What was open finds the process that is left by itself, and goes on.
                    for _ in range(300):
                        if at(page) == str(other.port):
                            break
                        page.wait_for_timeout(200)
                    switched(page, "中文", "已登录")
                    switched(page, "English", "Signed in as")
                    assert at(page) == str(other.port)
                process.start()
                for page, ids in mine.items():
                    # The process that came back takes no uploads away from where the page now is.
                    page.goto(f"{installation.address}/city_upload?lang=en")
                    expect(page.get_by_test_id("stFileUploaderDropzoneInput")).to_be_attached()
                    ids.append(upload(page, f"again-{len(ids)}.xlsx"))
    assert len(watch.answers) > 20
    assert set(watch.answers) == {200}
    for page, ids in mine.items():
        for one in ids:
            page.goto(f"{installation.address}/city_overview?city={one}&lang=en")
            expect(page.get_by_text("Yunlan").first).to_be_visible(timeout=PATIENCE)


def test_a_process_whose_store_is_gone_is_not_well(
    installation: Installation, postgres_server: PostgresServer
) -> None:
    one = installation.processes[0]
    postgres_server.stop()
    try:
        answer = httpx2.get(f"{one.url}/health", timeout=60)
        assert (answer.status_code, answer.text) == (503, "unreachable")
        with installation.client("a" * 43) as client:
            assert client.get("/").status_code == 503
    finally:
        postgres_server.start()
    assert httpx2.get(f"{one.url}/health", timeout=60).status_code == 200


def test_forms_that_come_too_fast_are_refused_by_nginx_too(installation: Installation) -> None:
    with installation.client() as client:
        entered = hidden(client.get("/sign-in").text)
        codes = [client.post("/invitation", data=entered).status_code for _ in range(120)]
    assert codes[0] == 404
    assert 429 in codes
