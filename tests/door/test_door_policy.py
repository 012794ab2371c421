"""An honest walk through all pages, with the content security policy in force: nothing is reported, nothing fails."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT, SOAK
from tests.door.shared_app import PASSWORD, SharedApp

pytestmark = pytest.mark.browser

PATIENCE = 30_000
WATCH = """
window.reported = [];
document.addEventListener('securitypolicyviolation',
    e => window.reported.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}`));
"""


@pytest.fixture
def watched(browser: Browser) -> Page:
    """A browser that keeps every report of the policy."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCH)
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def settled(page: Page) -> None:
    """Wait until the page's run is over and what it brought is drawn."""
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=PATIENCE)
    page.get_by_test_id("stStatusWidget").wait_for(state="detached", timeout=PATIENCE)
    page.wait_for_load_state("networkidle")


def test_an_honest_walk_through_all_pages_is_reported_nowhere(shared_app: SharedApp, watched: Page) -> None:
    page = watched
    said: list[str] = []
    elsewhere: list[str] = []
    failed: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(
                (shared_app.url, "data:", "blob:", shared_app.url.replace("http", "ws"))
            )
            else elsewhere.append(request.url)
        ),
    )
    page.on(
        "response",
        # Streamlit's page finds out by trying at which depth it stands.
        lambda answer: (
            failed.append(f"{answer.status} {answer.url}")
            if answer.status >= 400 and not re.search(r"/\w+/_stcore/(health|host-config)$", answer.url)
            else None
        ),
    )
    page.goto(f"{shared_app.url}/invitation?code={shared_app.invite('walker@example.org', 'secretariat')}")
    page.get_by_label("Your name").fill("Wal Walker")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Accept and sign in").click()
    settled(page)
    page.get_by_role("button", name="Open this invented city").click()
    page.wait_for_url(re.compile("city="), timeout=PATIENCE)
    settled(page)
    city = re.findall(r"[?&]city=([^&]+)", page.url)[0]
    names = re.findall(r'\("(\w+)", mark\(', (ROOT / "app.py").read_text(encoding="utf-8"))
    assert {"start", "city_upload", "jury_candidates", "office_log", "city_people"} <= set(names)
    assert len(names) >= 13
    reports: list[str] = []
    for number, name in enumerate(names):
        # One language a page, both in the long form.
        for language in ("en", "zh") if SOAK else (("en", "zh")[number % 2],):
            page.goto(f"{shared_app.url}/{'' if name == 'start' else name}?city={city}&lang={language}")
            settled(page)
            reports += [f"{name}: {one}" for one in page.evaluate("window.reported")]
    charts = page.locator("canvas, svg.marks")
    page.goto(f"{shared_app.url}/city_overview?city={city}&lang=en")
    settled(page)
    # Drawn after its page stands.
    charts.first.wait_for(timeout=PATIENCE)
    reports += page.evaluate("window.reported")
    assert reports == []
    assert [text for text in said if "Content Security Policy" in text] == []
    assert elsewhere == []
    assert failed == []


def test_a_planted_script_is_reported_and_does_not_run(shared_app: SharedApp, watched: Page) -> None:
    page = watched
    page.goto(f"{shared_app.url}/invitation?code={shared_app.invite('planter@example.org')}")
    page.get_by_label("Your name").fill("Pla Planter")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Accept and sign in").click()
    settled(page)
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.planted = true';
            document.head.append(script);
            const picture = document.createElement('img');
            picture.src = 'http://evil.example/seen.png';
            document.body.append(picture);
            const frame = document.createElement('iframe');
            frame.srcdoc = '<script>parent.planted = true</' + 'script>';
            document.body.append(frame);
        }"""
    )
    page.wait_for_function("window.reported.length >= 2")
    assert page.evaluate("window.planted") is None
    reports = " ".join(page.evaluate("window.reported"))
    assert "script-src-elem" in reports
    assert "img-src http://evil.example" in reports
