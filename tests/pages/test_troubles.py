"""A store that fails under a click, a change, a page or a download: a clear sentence, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from streamlit.testing.v1 import AppTest

from actions import house, passwords, sign_in
from actions.access import Actor
from actions.candidates import extended
from actions.samples import open_sample
from actions.uploads import receive
from tests.actions.people_at_hand import come_in, make_city
from tests.pages.reading import ROOT
from tests.workbooks import filled
from views import identity

SETTINGS = {
    "SCORECARD_MODE": "shared",
    "SCORECARD_AUDIT_KEY": "NsXTzcxhQ0bOSkUOyZlBt7M8sT9mJ0rHV3m5G2fXkqY=",
    "STREAMLIT_SERVER_COOKIE_SECRET": "q2w9GzP0vJ7kYtC5rXo3LmB8dHs6NfAe1UiVx4KyTgE=",
    "SCORECARD_ADDRESS": "https://scorecard.example.org",
    "SCORECARD_FIRST_PERSON": "first@example.org",
}
READ_ONLY = {
    "en": "The folder in which uploads are kept cannot be written to. Nothing kept so far is lost.",
    "zh": "保存上传文件的文件夹无法写入。",
}
AWAY = "cannot be opened at the moment"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Actor]:
    """Lets in somebody of a role of one city, and has the door say that it is she."""
    for name, value in {**SETTINGS, "SCORECARD_DATA": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(passwords, "COST", passwords.Cost(n=2**4))
    city = make_city(house.store(), "Osan")

    def let_in(role: str) -> Actor:
        where = {"city": city} if role in ("owner", "contributor", "viewer", "mayor") else {}
        who = come_in(role, f"{role}@example.org", **where).person  # type: ignore[arg-type]
        monkeypatch.setattr(identity, "actor", lambda: sign_in.actor(who))
        return sign_in.actor(who)

    return let_in


@contextmanager
def read_only() -> Iterator[None]:
    """SQLite itself refuses every write; reading goes on."""
    with _every_connection("PRAGMA query_only = ON"):
        yield
    with _every_connection("PRAGMA query_only = OFF"), house.store().reading():
        pass


@contextmanager
def _every_connection(statement: str) -> Iterator[None]:
    engine = house.store().engine

    def set_up(connection: object, *_more: object) -> None:
        connection.execute(statement)  # type: ignore[attr-defined]

    event.listen(engine, "checkout", set_up)
    yield
    event.remove(engine, "checkout", set_up)


@contextmanager
def away(folder: Path) -> Iterator[None]:
    """The file is not to be reached: its place is taken by a folder."""
    engine = house.store().engine
    path = Path(str(engine.url.database))
    engine.dispose()
    path.rename(folder / "elsewhere")
    path.mkdir()
    yield
    engine.dispose()
    path.rmdir()
    (folder / "elsewhere").rename(path)


def opened(page: str, folds: tuple[str, ...] = (), **address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for fold in folds:
        app.session_state[f"fold_{fold}"] = True
    for name, value in {"lang": "en", **address}.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(f"views/{page}.py")
    for name, value in {"lang": "en", **address}.items():
        app.query_params[name] = value
    return app.run()


def said(app: AppTest) -> str:
    """The errors of a page, without Markdown's escapes; never Streamlit's own."""
    assert not app.exception
    return "\n".join(str(one.value).replace("\\", "") for one in app.error)


def press(app: AppTest, label: str) -> None:
    next(one for one in app.button if one.label == label).click().run()


@pytest.mark.parametrize(("language", "label"), [("en", "Make a link"), ("zh", "生成链接")])
def test_a_click_is_told_and_the_e_mail_is_still_there(
    person: Callable[[str], Actor], language: str, label: str
) -> None:
    person("owner")
    app = opened("city_people", lang=language)
    app.text_input("invite_email").set_value("new@example.org").run()
    app.selectbox("invite_role").select("viewer").run()
    with read_only():
        press(app, label)
        assert said(app).count(READ_ONLY[language]) == 1
        assert len(app.error) == 1
        assert app.text_input("invite_email").value == "new@example.org"
        assert app.selectbox("invite_role").value == "viewer"
        assert said(app.run()) == ""
    press(app, label)
    assert said(app) == ""
    assert app.code[0].value.startswith("https://scorecard.example.org/invitation?code=")


def test_every_button_of_the_secretariat_is_told(person: Callable[[str], Actor]) -> None:
    person("juror")
    person("secretariat")
    app = opened("city_people", ("new_city",))
    app.text_input("new_city_name").set_value("Cork")
    app.text_input("new_city_country").set_value("IRL")
    app.text_input("new_city_email").set_value("cork@example.org").run()
    with read_only():
        press(app, "Make the city and a link for its owner")
        assert READ_ONLY["en"] in said(app)
    assert [app.text_input(f"new_city_{one}").value for one in ("name", "country", "email")] == [
        "Cork",
        "IRL",
        "cork@example.org",
    ]
    app = opened("city_people", people="everybody")
    app.selectbox("somebody").select(app.selectbox("somebody").options[0]).run()
    app.checkbox[0].check().run()
    with read_only():
        for label in ("Sign out everywhere", "Make a link for a new password", "Let in no more"):
            press(app, label)
            assert READ_ONLY["en"] in said(app), label
    app = opened("city_people", people="office")
    leaving = next(one for one in app.selectbox if one.label.startswith("Take away"))
    leaving.select(leaving.options[0]).run()
    app.checkbox[0].check().run()
    with read_only():
        press(app, "Take away")
        assert READ_ONLY["en"] in said(app)


def test_a_what_if_that_cannot_be_saved_keeps_its_name(person: Callable[[str], Actor]) -> None:
    who = person("owner")
    upload = receive(who, "a.xlsx", filled(), "en", who.grants[0].city).upload_id
    app = opened("city_next", city=upload, change="weight")
    next(one for one in app.text_input if one.label.startswith("Weight")).set_value("3").run()
    app.text_input("scenario_name").set_value("More for culture").run()
    with read_only():
        press(app, "Save this what-if")
        assert READ_ONLY["en"] in said(app)
        assert app.text_input("scenario_name").value == "More for culture"
    press(app, "Save this what-if")
    assert said(app) == ""
    assert "scenario" in app.query_params


def test_a_button_within_a_page_is_told_above_the_whole_page(person: Callable[[str], Actor]) -> None:
    who = person("owner")
    ids = [open_sample(who, one, "en").upload_id for one in ("riverbend", "yunlan")]
    chosen = extended(who, ids[:1], ())
    app = opened("jury_candidates", set=chosen)
    title = [one.value for one in app.subheader]
    app.multiselect(f"joining_{chosen}").select("Yunlan (invented)").run()
    with read_only():
        press(app, "Compare them")
        assert said(app).count(READ_ONLY["en"]) == 1
        # The page is whole beneath it.
        assert [one.value for one in app.subheader] == title
    press(app, "Compare them")
    assert said(app) == ""


def test_a_dropped_file_that_cannot_be_kept_is_told_and_read_as_soon_as_it_can(
    person: Callable[[str], Actor],
) -> None:
    person("owner")
    app = opened("city_upload")
    with read_only():
        app.get("file_uploader")[0].set_value([("a.xlsx", filled(), KIND)])
        app.run()
        assert READ_ONLY["en"] in said(app)
        assert "city" not in app.query_params
    app.run()
    assert said(app) == ""
    assert "city" in app.query_params


def test_while_the_store_is_away_a_page_says_so_and_what_was_typed_comes_back(
    person: Callable[[str], Actor], tmp_path: Path
) -> None:
    person("owner")
    app = opened("city_people")
    app.text_input("invite_email").set_value("new@example.org").run()
    app.selectbox("invite_role").select("viewer").run()
    with away(tmp_path):
        press(app, "Make a link")
        assert AWAY in said(app)
        assert len(app.text_input) == 0
        assert AWAY in said(app.run())
    app.run()
    assert said(app) == ""
    assert app.text_input("invite_email").value == "new@example.org"
    assert app.selectbox("invite_role").value == "viewer"
    press(app, "Make a link")
    assert len(app.code) == 1


def test_a_typed_answer_stays_where_the_store_is_away_for_a_moment(
    person: Callable[[str], Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    who = person("owner")
    upload = receive(who, "a.xlsx", filled(), "en", who.grants[0].city).upload_id
    app = opened("city_next", city=upload, edit="2.2.1")
    field = next(one for one in app.text_input if one.key == "answer_2.2.1")
    # Asking who acts fails at the click alone.
    calls: list[int] = []
    real = sign_in.actor

    def once(person_id: str) -> Actor:
        calls.append(1)
        if len(calls) == 1:
            raise house.StoreError("unreachable", "")
        return real(person_id)

    monkeypatch.setattr(sign_in, "actor", once)
    field.set_value("5.5").run()
    assert AWAY in said(app)
    assert next(one for one in app.text_input if one.key == "answer_2.2.1").value == "5.5"
