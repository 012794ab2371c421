"""Coming in, going on and going out, with a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.hands import text_in
from tests.door.shared_app import PASSWORD, SharedApp

pytestmark = pytest.mark.browser

PATIENCE = 30_000
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens browsers of different people, which share nothing."""
    opened: list[BrowserContext] = []

    def new(**options: object) -> Page:
        context = browser.new_context(**{"locale": "en-GB", **options})  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context.new_page()

    yield new
    for context in opened:
        context.close()


def accept(page: Page, app: SharedApp, email: str, name: str, role: str = "juror") -> None:
    """Accept an invitation with a password."""
    page.goto(f"{app.url}/invitation?code={app.invite(email, role)}")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Accept and sign in").click()
    expect(page.get_by_text(f"Signed in as {name}").first).to_be_visible(timeout=PATIENCE)


def sign_in(page: Page, email: str) -> None:
    """Sign in on the page that asks for it."""
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_from_an_invitation_to_the_wanted_page_and_out(
    shared_app: SharedApp, visitor: Callable[..., Page]
) -> None:
    page = visitor()
    accept(page, shared_app, "journey@example.org", "Jo Journey")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign out here").click()
    expect(page.get_by_role("status")).to_have_text("You are signed out.")
    page.goto(f"{shared_app.url}/about_method?lang=en&basket=full")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("E-mail address").fill("journey@example.org")
    page.get_by_label("Password").fill("something else altogether")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("E-mail address or password is not right.")
    sign_in(page, "journey@example.org")
    expect(page.get_by_role("heading", level=1)).to_have_text("Method and sources", timeout=PATIENCE)
    assert page.url.startswith(f"{shared_app.url}/about_method?lang=en&basket=full")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Method and sources", timeout=PATIENCE)


def test_in_chinese(shared_app: SharedApp, visitor: Callable[..., Page]) -> None:
    page = visitor(locale="zh-CN")
    page.goto(f"{shared_app.url}/invitation?code={shared_app.invite('zhang@example.org')}")
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    expect(text_in(page, "您受邀以“评审专家”身份参与。")).to_be_visible()
    page.get_by_label("您的姓名").fill("张伟")
    page.get_by_label("新密码").fill("短")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Invitation")
    page.get_by_role("link", name="中文").click()
    page.get_by_label("您的姓名").fill("张伟")
    page.get_by_label("新密码").fill("zhangzhangzhang")
    page.get_by_role("button", name="接受邀请并登录").click()
    expect(page.get_by_role("alert")).to_contain_text("请另选密码")
    assert page.get_by_label("您的姓名").input_value() == "张伟"
    assert page.get_by_label("新密码").input_value() == ""
    page.get_by_label("新密码").fill(PASSWORD)
    page.get_by_role("button", name="接受邀请并登录").click()
    expect(page.get_by_text("已登录：张伟").first).to_be_visible(timeout=PATIENCE)


def test_with_an_account_elsewhere_to_the_wanted_page(
    oidc_app: SharedApp, provider: str, visitor: Callable[..., Page]
) -> None:
    page = visitor()
    page.goto(f"{oidc_app.url}/invitation?code={oidc_app.invite('zhang@city.example')}")
    page.get_by_role("link", name="Go on with your organisation's account").click()
    page.wait_for_url(f"{provider}/**")
    page.get_by_role("button", name="zhang-2").click()
    expect(page.get_by_text("Signed in as 张伟").first).to_be_visible(timeout=PATIENCE)
    other = visitor()
    other.goto(f"{oidc_app.url}/about_method?lang=en")
    other.get_by_role("link", name="Sign in with your organisation's account").click()
    other.wait_for_url(f"{provider}/**")
    other.get_by_role("button", name="zhang-2").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Method and sources", timeout=PATIENCE)
    assert other.url.startswith(f"{oidc_app.url}/about_method?lang=en")


def test_signing_out_everywhere_ends_the_other_browsers_next_action(
    shared_app: SharedApp, visitor: Callable[..., Page]
) -> None:
    one, other = visitor(), visitor()
    accept(one, shared_app, "both@example.org", "Bo Both")
    other.goto(f"{shared_app.url}/about_method?lang=en")
    sign_in(other, "both@example.org")
    expect(other.get_by_text("Signed in as Bo Both").first).to_be_visible(timeout=PATIENCE)
    one.get_by_role("button", name="Sign out").click()
    one.get_by_role("button", name="Sign out everywhere").click()
    expect(one.get_by_role("status")).to_have_text("You are signed out.")
    other.get_by_text("中文", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_have_text(re.compile("登录|Sign in"), timeout=PATIENCE)
    other.goto(other.url.replace("lang=zh", "lang=en"))
    sign_in(other, "both@example.org")
    expect(other.get_by_role("heading", level=1)).to_have_text(
        re.compile("Method and sources|方法与来源"), timeout=PATIENCE
    )


def test_downloads_reach_whom_they_were_made_for(shared_app: SharedApp, visitor: Callable[..., Page]) -> None:
    page = visitor(accept_downloads=True)
    accept(page, shared_app, "loader@example.org", "Lo Loader")
    page.goto(f"{shared_app.url}/city_upload?lang=en")
    with page.expect_response(re.compile("/media/")) as answered, page.expect_download() as started:
        page.get_by_role("button", name="Blank workbook").click()
    assert started.value.suggested_filename.endswith(".xlsx")
    assert started.value.failure() is None
    where = answered.value.url
    with shared_app.client() as stranger:
        assert stranger.get(where).status_code == 401
    with shared_app.client(shared_app.come_in("Thief")) as thief:
        assert thief.get(where).status_code == 404


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_before_signing_in_are_fit_for_everybody(
    oidc_app: SharedApp, visitor: Callable[..., Page], scheme: str, width: int
) -> None:
    page = visitor(color_scheme=scheme, viewport={"width": width, "height": 800})
    code = oidc_app.invite(f"fit{scheme}{width}@example.org", "secretariat")
    for path in ("/sign-in", f"/invitation?code={code}", "/invitation?code=gone"):
        page.goto(oidc_app.url + path)
        assert page.title().endswith(" · Learning City Scorecard")
        assert page.get_by_role("heading", level=1).count() == 1
        assert page.get_by_role("main").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("document.scripts.length") == 0
        assert Axe().run(page, options=RULES).response["violations"] == []
        # Every box has its words, and everything that can be pressed is large enough for a finger.
        for box in page.locator("input:not([type=hidden])").all():
            named = box.evaluate("e => e.labels.length === 1 && e.labels[0].innerText.trim() !== ''")
            assert named
        for target in page.locator("button, a.button, input:not([type=hidden])").all():
            size = target.bounding_box()
            assert size is not None
            assert size["height"] >= 44
        for link in page.locator("nav a").all():
            size = link.bounding_box()
            assert size is not None
            assert size["height"] >= 24
    page.goto(f"{oidc_app.url}/sign-in")
    for name in ("English", "中文", "Sign in with your organisation's account"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name=name)).to_be_focused()
    for label in ("E-mail address", "Password"):
        page.keyboard.press("Tab")
        expect(page.get_by_label(label)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Sign in")).to_be_focused()
